"""The kinds of block that everything is made of."""

from __future__ import annotations

from bot.blocks import parts


def test_a_message_never_has_more_blocks_than_slack_takes() -> None:
    assert len(parts.drawing("x", [parts.divider()] * 51).blocks) == 50


def test_an_empty_text_is_shown_as_a_dash_because_slack_refuses_nothing_at_all() -> None:
    assert parts.section("")["text"]["text"] == "–"
    assert parts.header(" ")["text"]["text"] == "–"
    assert parts.drawing("", [parts.divider()]).text == "–"


def test_a_style_is_only_sent_when_there_is_one() -> None:
    assert "style" not in parts.button("Go", "go", "1")
    assert parts.button("Go", "go", "1", "primary")["style"] == "primary"
