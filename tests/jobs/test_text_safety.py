"""What people type reaches card, messages and document as words: it pings nobody, links nowhere, breaks nothing (F15, F16)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.blocks import ids
from tests.fakes.bot import Bot

CAST = {"U1", "U2", "U3", "U4", "U5", "UBOT"}
NASTY = {
    "everybody": "<!channel> <!here> <!everyone> @channel @here",
    "a person": "<@U404|boss> <@UEVIL>",
    "a group": "<!subteam^S1|@sre>",
    "a link in disguise": "<http://evil.example|bank.example>",
    "entities": "&lt;!channel&gt; &amp;lt; &amp;amp;",
    "code": "`x` ```y``` ``` open",
    "emphasis": "*b* _i_ ~s~ > q",
    "directions": "abc \u202efdp.exe\u202c \u2066x\u2069 \u200f",
    "SQL": "'; DROP TABLE postmortem; --",
    "markup of others": "{code}x{code} [l](http://evil.example) <script>alert(1)</script> <!-- x",
    "table": "a | b |\\| c",
    "longest": "\U0001f525" * 75,
    "control characters": "a\x07b\x1b[31mc\u2028d",
}


def markup(value: Any) -> list[str]:
    """Every text that Slack reads as mark-up."""
    if isinstance(value, dict):
        if value.get("type") == "plain_text":
            return []
        own = [str(value["text"])] if value.get("type") == "mrkdwn" else []
        return own + [text for each in value.values() for text in markup(each)]
    return [text for each in value for text in markup(each)] if isinstance(value, (list, tuple)) else []


def inert(text: str) -> None:
    """Only mentions of those who have a part in it, only our own links."""
    assert "<!" not in text.replace("<!date^", "")
    assert set(re.findall(r"<@([UW]\w+)", text)) <= CAST
    assert "<http://evil" not in text
    assert not re.search(r"@(channel|here|everyone)", text), "not even as words"


@pytest.mark.parametrize("case", list(NASTY))
def test_a_title_is_words_everywhere_and_kept_as_typed(bot: Bot, case: str) -> None:
    title = NASTY[case]
    bot.chat.say("C1", f"TODO: {title}", "U3")
    bot.assigned()
    reply = bot.submit(bot.details_form(), title=title, services=title.replace(",", ""))
    assert reply.text == "", reply.errors
    bot.work()
    bot.command("assign <@U3|c>", "U4")
    bot.press(ids.OWNER_DECLINE, bot.record().id, "U2")
    bot.submit(bot.screens.form(), "U2", "V9", reason=title)
    bot.work()
    for post in bot.chat.posts:
        for drawing in post.drawings:
            inert(drawing.text)
            for text in markup(drawing.blocks):
                inert(text)
                assert len(text) <= 3000
    inert(str(bot.command("status").sentence))
    assert len(bot.record().title) > 0
    for file in bot.chat.files.values():
        content = file.content.decode()
        assert "<script" not in content
        assert "<!channel>" not in content
        # An address is a link to itself, and no word of theirs is one.
        links = re.findall(r"(?<!\\)\[([^\]]*)\]\(<?http://evil", content)
        assert {said.replace("\\", "") for said in links} <= {"http://evil.example"}
        # The heading stays one line, and the document whole.
        assert content.count("\n# ") + content.startswith("# ") == 1


def test_a_title_as_long_as_slack_sends_is_refused_at_its_field(bot: Bot) -> None:
    bot.assigned()
    assert "150 characters" in bot.submit(bot.details_form(), title="x" * 3000).errors["title"]


def test_a_forty_thousand_character_message_is_harvested_and_shown_cut(bot: Bot) -> None:
    bot.chat.say("C1", "TODO: " + "long " * 8000, "U3")
    bot.assigned()
    found = bot.look(lambda unit: unit.proposals.load(bot.record().id))
    assert len(found.todos) == 1
    assert bot.chat.visible_files()
