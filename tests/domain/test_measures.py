"""The impact in numbers: whole numbers, portions with their percentage, reasons; everything else is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import measures
from bot.domain.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1204", {"value": 1204}),
        ("1,204", {"value": 1204}),
        ("1 204 000", {"value": 1204000}),
        ("0", {"value": 0}),
        ("٣٤", {"value": 34}),
        (" ", None),
        ("unknown, because the logs are gone", {"unknown": "the logs are gone"}),
        ("Unknown: about 300", {"unknown": "about 300"}),
        ("?? no logs", {"unknown": "no logs"}),
    ],
)
def test_a_count_is_a_number_or_a_reason(typed: str, kept: object) -> None:
    assert measures.count(typed) == kept


@pytest.mark.parametrize(
    "typed", ["many", "12k", "1.5", "-3", "12,34", "1,20", "unknown", "??", "?? of ??", "? / ?", "9" * 16, "1e3"]
)
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        measures.count(typed)
    assert refused.value.message.endswith((".", "…"))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("24 of 100000", "0.024 % (24 of 100,000)"),
        ("24 / 100,000", "0.024 % (24 of 100,000)"),
        ("1 of 3", "33.3 % (1 of 3)"),
        ("3 out of 3", "100 % (3 of 3)"),
        ("0 of 5", "0 % (0 of 5)"),
        ("0 of 0", "– (0 of 0)"),
        ("17", "17"),
        ("unknown, because x", "unknown, because x"),
    ],
)
def test_a_portion_has_its_percentage_computed(typed: str, shown: str) -> None:
    assert measures.shown(dict(measures.portion(typed) or {})) == shown


@pytest.mark.parametrize(
    "typed", ["5 of 3", "a of b", "5 of", "of 5", "50 %", "?? of ??", "?? of 100,000", "unknown of ?"]
)
def test_what_is_no_portion_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        measures.portion(typed)


@pytest.mark.parametrize(("typed", "kept"), [("45", 45), ("45 min", 45), ("0 minutes", 0), ("", None), ("1,440", 1440)])
def test_minutes(typed: str, kept: int | None) -> None:
    assert measures.minutes(typed) == kept


@given(st.text(max_size=60), st.sampled_from([measures.count, measures.portion, measures.minutes]))
def test_whatever_is_typed_is_kept_or_refused_with_a_sentence(typed: str, read: object) -> None:
    with contextlib.suppress(BadInput):
        read(typed)  # type: ignore[operator]


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_what_is_kept_is_typed_back_the_same(one: int, other: int) -> None:
    value, of = sorted((one, other))
    kept = dict(measures.portion(f"{value} of {of}") or {})
    assert measures.portion(measures.typed(kept)) == kept
