"""The days of a report as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import period
from bot.domain.errors import BadInput
from bot.domain.period import Period

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("", date(2026, 8, 26), TODAY),
        ("30d", date(2026, 10, 25), TODAY),
        (" 1 day ", TODAY, TODAY),
        ("7 days", date(2026, 11, 17), TODAY),
        ("quarter", date(2026, 10, 1), TODAY),
        ("Quarter", date(2026, 10, 1), TODAY),
        ("2026-09", date(2026, 9, 1), date(2026, 9, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-09-01..2026-10-15", date(2026, 9, 1), date(2026, 10, 15)),
        ("2026-09-01 to 2026-09-01", date(2026, 9, 1), date(2026, 9, 1)),
    ],
)
def test_a_period_is_read(typed: str, first: date, last: date) -> None:
    assert period.read(typed, TODAY) == Period(first, last)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yesterday", "That is no period"),
        ("2026-13", "There is no such day or month"),
        ("0000-01", "There is no such day or month"),
        ("2026-02-30..2026-03-01", "There is no such day or month"),
        ("2026-10-15..2026-09-01", "The first day is after the last one"),
        ("0d", "between 1 and 3660 days"),
        ("9999d", "between 1 and 3660 days"),
        ("1990-01-01..2026-01-01", "between 1 and 3660 days"),
        ("9999-12-31..9999-12-30", "after the last one"),
    ],
)
def test_what_is_no_period_is_answered_with_what_is(typed: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        period.read(typed, TODAY)
    assert said in refused.value.message
    assert "`2026-09-01..2026-10-15`" in refused.value.message


def test_the_last_month_of_all_is_refused_and_nothing_breaks() -> None:
    with pytest.raises(BadInput):
        period.read("9999-12", TODAY)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 3000))
def test_what_is_written_is_read_again(first: date, more: int) -> None:
    made = Period(first, first + timedelta(days=more))
    assert period.read(made.written, TODAY) == made
