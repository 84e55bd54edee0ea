"""What becomes of typed text."""

from __future__ import annotations

import html
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo import story_text

START = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
MENTIONS = {"mira": "U01"}
LINES = {
    "mention": ("ask {@mira}", "ask <@U01>", "ask <@U01>"),
    "here": ("{here} hello", "<!here> hello", "@here hello"),
    "time over midnight": ("{utc 00:45:00} UTC", "00:15 UTC", "00:15 UTC"),
    "labelled link": (
        "{link https://a.example/b?c&d|e & f}",
        "<https://a.example/b?c&amp;d|e &amp; f>",
        "https://a.example/b?c&d",
    ),
    "bare link": ("see https://a.example/b?c&d.", "see <https://a.example/b?c&amp;d>.", "see https://a.example/b?c&d."),
    "entities": ("a <!channel> & <3", "a &lt;!channel&gt; &amp; &lt;3", "a <!channel> & <3"),
    "typed token": ("<@U01>", "&lt;@U01&gt;", "<@U01>"),
    "code": ("`{here} < https://a.example`", "`{here} &lt; https://a.example`", "`{here} < https://a.example`"),
    "other braces": ("{a} {}", "{a} {}", "{a} {}"),
}


@pytest.mark.parametrize(("source", "wire", "typed"), LINES.values(), ids=LINES)
def test_text_as_slack_keeps_it_and_as_it_is_typed(source: str, wire: str, typed: str) -> None:
    assert story_text.wire(source, MENTIONS, START) == wire
    assert story_text.typed(source, MENTIONS, START) == typed


@given(st.text(alphabet=st.sampled_from("ab <>&!@|`\n{}"), max_size=40).filter(lambda text: "{@" not in text))
def test_what_people_type_never_becomes_a_token(source: str) -> None:
    kept = story_text.wire(source, MENTIONS, START)
    assert "<" not in kept
    assert html.unescape(kept) == source
