"""Typed text made fit to be shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import typed


@given(st.text(max_size=300))
def test_cleaned_text_can_always_be_stored_and_sent(text: str) -> None:
    cleaned = typed.clean(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert typed.clean(cleaned) == cleaned


@given(st.text(max_size=300))
def test_one_line_is_one_line(text: str) -> None:
    assert len(typed.one_line(text).splitlines()) <= 1


def test_the_width_counts_what_the_strictest_service_counts() -> None:
    assert typed.width("a🔥") == 3
    assert typed.clip("🔥🔥🔥", 4) == "🔥…"
