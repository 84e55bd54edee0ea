"""Answers that only one person sees."""

from __future__ import annotations

import json

from bot.blocks import ids, replies

COMMANDS = [("/postmortem assign @name", "name the owner"), ("/postmortem status", "where it stands")]


def test_help_lists_every_command_with_what_it_does() -> None:
    drawn = json.dumps(list(replies.help(COMMANDS).blocks))
    for usage, what in COMMANDS:
        assert f"`{usage}`  {what}" in drawn


def test_an_unknown_command_is_answered_with_the_nearest_and_the_list() -> None:
    drawing = replies.unknown_command("<!channel> stats", "status", COMMANDS)
    assert "“&lt;!channel&gt; stats”" in drawing.text
    assert "Did you mean `/postmortem status`?" in drawing.text
    assert "name the owner" in json.dumps(list(drawing.blocks))


def test_without_a_near_one_nothing_is_guessed() -> None:
    assert "Did you mean" not in replies.unknown_command("xyz", None, COMMANDS).text


def test_a_refusal_is_a_plain_sentence() -> None:
    drawing = replies.refusal("@here is everybody.")
    assert drawing.text.endswith("here is everybody.")
    assert [block["type"] for block in drawing.blocks] == ["section"]


def test_the_way_back_to_the_form_is_a_button() -> None:
    blocks = replies.open_form("The form did not open.", "record-7").blocks
    (button,) = blocks[-1]["elements"]
    assert (button["action_id"], button["value"]) == (ids.DETAILS_OPEN, "record-7")
