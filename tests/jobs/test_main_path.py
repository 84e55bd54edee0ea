"""The main job once through every layer: what everybody has after one command."""

from __future__ import annotations

from bot.domain.harvest_state import Phase
from tests.fakes.bot import Bot


def test_one_command_opens_tells_harvests_and_writes(bot: Bot) -> None:
    bot.chat.say("C1", "TODO: why did nobody get paged?", "U3")
    bot.assigned()
    record = bot.record()
    assert record.owner == "U2"
    assert len(bot.chat.told("U2")) == 1
    assert bot.card.ts in bot.chat.rooms["C1"].pins
    state = bot.look(lambda unit: unit.harvests.state(record.id))
    assert state.phase is Phase.DONE
    (file,) = bot.chat.visible_files().values()
    assert b"why did nobody get paged" in file.content
    assert "Open the document" in str(bot.card.drawing.blocks)
    assert {row["state"] for row in bot.rows()} == {"done", "open"}
