"""What is typed after `search` and `list`, as a query; and the one sentence for what is not understood."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import search, search_typed
from bot.domain.errors import BadInput
from bot.domain.postmortem import Times
from bot.domain.search import Query, State
from bot.domain.status import Status
from tests import factories

ME = "U1"
BEN = "<@U2|ben>"


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("timeout", {"words": ("timeout",)}),
        ("Timeout timeout  TIMEOUT", {"words": ("Timeout",)}),
        ('"timed out" pool', {"words": ("timed out", "pool")}),
        ("“timed out” „read only“ «gone»", {"words": ("timed out", "read only", "gone")}),
        ("PM-7", {"words": ("PM-7",)}),
        (f"pool owner {BEN}", {"words": ("pool",), "owner": "U2"}),
        (f"pool owner:{BEN}", {"words": ("pool",), "owner": "U2"}),
        (f"pool {BEN}", {"words": ("pool",), "owner": "U2"}),
        ("OWNER me", {"owner": "U1"}),
        ('"owner" change', {"words": ("owner", "change")}),
        ("service payments", {"service": "payments"}),
        ('service "card payments" slow', {"service": "card payments", "words": ("slow",)}),
        ('service:"card payments"', {"service": "card payments"}),
        ("sev 1", {"severity": 1}),
        ("SEV-2", {"severity": 2}),
        ("sev3 severity SEV-3", {"severity": 3}),
        ("since: 2026-11-01 until 2026-11-30", {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}),
        ("a &lt;b&gt; &amp;c", {"words": ("a", "<b>", "&c")}),
        ("<https://a.example/x?y=1&amp;z=2|a.example>", {"words": ("https://a.example/x?y=1&z=2",)}),
        ("100% a_b c\\d", {"words": ("100%", "a_b", "c\\d")}),
        ("שרת \u202eנפל 🔥", {"words": ("שרת", "נפל", "🔥")}),
        ("error:timeout 12:30", {"words": ("error:timeout", "12:30")}),
        ("severe service5", {"words": ("severe", "service5")}),
        ('5" disk', {"words": ('5"', "disk")}),
        ('"" pool', {"words": ("pool",)}),
    ],
)
def test_what_is_looked_for(typed: str, query: dict[str, Any]) -> None:
    assert search_typed.search(typed, ME) == Query(**query)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", {"state": State.OPEN}),
        ("closed", {"state": State.CLOSED}),
        (f"ALL owner {BEN} sev1 service Mail", {"state": State.ALL, "owner": "U2", "severity": 1, "service": "Mail"}),
        ("since 2026-11-01", {"state": State.OPEN, "since": date(2026, 11, 1)}),
    ],
)
def test_what_is_listed(typed: str, query: dict[str, Any]) -> None:
    assert search_typed.listing(typed, ME) == Query(**query)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ('""', "empty"),
        (f"owner {BEN} owner <@U3|c>", "twice"),
        ("sev1 sev2", "twice"),
        ("owner", "owner"),
        ("owner ben", "owner"),
        ("owner @ben", "owner"),
        ("pool service", "service"),
        ("sev 9", "severity"),
        ("sev7", "severity"),
        ("severity high", "severity"),
        ("since yesterday", "since"),
        ("since 2026-13-01", "since"),
        ("until 2026-02-30", "until"),
        ("until ٢٠٢٦-11-01", "until"),
        ("since", "since"),
        ("since 2026-11-02 until 2026-11-01", "days"),
        ('"timed out', "quote"),
        ("“timed out", "quote"),
        ("a b c d e f g h i", "many"),
        ("x" * 101, "many"),
        ("x" * 501, "long"),
        ("🔥" * 251, "long"),
    ],
)
def test_what_is_not_understood_gets_one_sentence_with_an_example(typed: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        search_typed.search(typed, ME)
    assert refused.value.codes == (code,)
    assert "For example: `/postmortem search " in refused.value.message


@pytest.mark.parametrize(("typed", "code"), [("timeout", "unknown"), ("open closed", "state"), ("sev0", "severity")])
def test_a_list_takes_filters_alone(typed: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        search_typed.listing(typed, ME)
    assert refused.value.codes == (code,)
    assert "For example: `/postmortem list " in refused.value.message


@given(st.text(max_size=520))
def test_anything_at_all_is_a_query_or_a_sentence(typed: str) -> None:
    for read in (search_typed.search, search_typed.listing):
        with suppress(BadInput):
            assert all(word.strip() == word and word for word in read(typed, ME).words)


def test_every_filter_counts_and_days_are_those_of_the_organisations_zone() -> None:
    started = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    record = factories.postmortem(times=Times(started), services=("Card Payments", "mail"), severity=2)
    assert search.fits(Query(), record, "UTC")
    kept = Query(owner="U2", service="card payments", severity=2, since=date(2026, 11, 23), until=date(2026, 11, 23))
    assert search.fits(kept, record, "UTC")
    assert not search.fits(kept, record, "Europe/Berlin"), "there it is the 24th"
    for other in ({"owner": "U3"}, {"service": "card"}, {"severity": 1}, {"state": State.CLOSED}):
        assert not search.fits(replace(kept, **other), record, "UTC")
    assert search.fits(Query(state=State.CLOSED), factories.postmortem(status=Status.CLOSED), "UTC")
    assert search.day(factories.fresh(), "UTC") == factories.NOW.date(), "without a start the record's own day"


@pytest.mark.parametrize("word", ["PM-7", "pm7", "7", "pm-007"])
def test_a_number_names_its_record(word: str) -> None:
    assert search.is_named(factories.postmortem(), word)
    assert not search.is_named(factories.postmortem(number=77), word)


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("The pool was empty", "POOL", "The pool was empty"),
        ("a " * 60 + "needle" + " b" * 60, "needle", "…" + "a " * 29 + "needle" + " b" * 29 + "…"),
        ("x" * 100 + "needle" + "y" * 100, "needle", "…" + "x" * 60 + "needle" + "y" * 60 + "…"),
        ("one\ntwo", "one two", "one two"),
        ("Die Straße war zu", "STRASSE", "Die Straße war zu"),
        ("nothing here", "needle", None),
        ("a.c", "a.c", "a.c"),
        ("abc", "a.c", None),
    ],
)
def test_an_excerpt_has_the_word_in_it(text: str, word: str, shown: str | None) -> None:
    assert search.excerpt(text, word) == shown
