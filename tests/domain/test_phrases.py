"""Dates, spans and lists as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain import phrases


@pytest.mark.parametrize(
    ("length", "words"),
    [
        pytest.param(timedelta(seconds=-5), "0 s", id="never-negative"),
        pytest.param(timedelta(seconds=59.9), "59 s", id="rounded-down"),
        pytest.param(timedelta(seconds=60), "1 min", id="a-minute"),
        pytest.param(timedelta(hours=72), "72 h", id="three-days-in-hours"),
        pytest.param(timedelta(hours=73), "3 days", id="more-in-days"),
    ],
)
def test_a_span_is_told_in_its_largest_fitting_unit(length: timedelta, words: str) -> None:
    assert phrases.span(length) == words


def test_a_moment_has_its_date_and_its_zone() -> None:
    at = datetime(2026, 11, 27, 4, 30, tzinfo=UTC)
    assert phrases.moment(at, "America/New_York") == "Thu 26 Nov 2026 23:30 (America/New_York)"


def test_a_day_is_told_in_english_with_its_year() -> None:
    assert phrases.day(date(2028, 2, 29)) == "Tue 29 Feb 2028"


def test_a_long_list_says_how_many_were_left_out() -> None:
    assert phrases.listing(list("abc")) == "a, b, c"
    assert phrases.listing(list("abcdefg")) == "a, b, c, d, e and 2 more"


def test_counts_agree_with_their_nouns() -> None:
    assert phrases.count(1, "finding") == "1 finding"
    assert phrases.count(2, "finding") == "2 findings"
