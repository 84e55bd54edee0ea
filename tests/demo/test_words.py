"""What is printed of a message is what a person would read in Slack."""

from __future__ import annotations

from typing import Any

import pytest

from demo import words

NAMES = {"U1": "mira", "C1": "incident"}
TEXTS = {
    "mention": ("hello <@U1>", "hello @mira"),
    "mention of somebody unknown": ("hello <@U9|zoe>", "hello @zoe"),
    "channel": ("in <#C1>", "in #incident"),
    "everybody": ("<!here> look", "@here look"),
    "group": ("<!subteam^S1|@sre>", "@sre"),
    "date": ("<!date^1^{date} at {time}|Thu 26 Nov>", "Thu 26 Nov"),
    "link with a label": ("<https://a.example/x|the board>", "the board"),
    "link alone": ("<https://a.example/x>", "https://a.example/x"),
    "entities": ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
    "an entity of an entity": ("&amp;lt;", "&lt;"),
    "bold": ("*Deadline:* Thursday", "Deadline: Thursday"),
    "product": ("2 * 3 * 4", "2 * 3 * 4"),
    "emoji": (":warning: careful", "careful"),
    "time of day": ("16:30:05", "16:30:05"),
}


@pytest.mark.parametrize(("text", "shown"), TEXTS.values(), ids=TEXTS)
def test_marks_become_what_they_look_like(text: str, shown: str) -> None:
    assert words.plain(text, NAMES) == shown


MESSAGE: dict[str, Any] = {
    "text": "for notifications",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "PM-1"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Owner*\n<@U1>"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "read &amp; done"}]},
        {"type": "actions", "elements": [{"type": "button", "action_id": "yes", "text": {"text": "Accept"}}]},
    ],
}


def test_blocks_are_read_from_top_to_bottom() -> None:
    assert words.lines(MESSAGE, NAMES) == ["PM-1", "Owner", "@mira", "read & done", "[Accept]"]


def test_a_message_without_blocks_is_its_text() -> None:
    assert words.lines({"text": "a\n\nb"}, NAMES) == ["a", "b"]


def test_buttons_are_found_by_what_is_written_on_them() -> None:
    assert words.buttons(MESSAGE) == {"Accept": "yes"}


def test_fields_are_found_by_their_label() -> None:
    inputs = [{"type": "input", "block_id": "when", "label": {"text": "Started"}}, {"type": "section"}]
    assert words.fields({"blocks": inputs}) == {"Started": "when"}


def test_a_long_text_is_cut_to_one_line() -> None:
    assert words.clip("a\nb   c") == "a b c"
    assert words.clip("x" * 200, 10) == "x" * 9 + "…"
