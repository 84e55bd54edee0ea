"""Threads under our own messages: those are posted and never stored as read, and what people reply there is not lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.postmortem import Posted, Postmortem
from storage.store import SqlUnit

Write = Callable[[], AbstractContextManager[SqlUnit]]
TS = "1772452800.000100"


def test_a_reply_under_our_own_card_makes_its_thread_one_to_read(write: Write, record: Postmortem) -> None:
    state = HarvestState(record.id, record.channel_id, Phase.DONE)
    with write() as unit:
        unit.posts.put(Posted(record.id, "card", record.channel_id, TS))
        assert unit.harvests.touch_thread(record.team_id, record.channel_id, TS)
        thread = unit.harvests.next_thread(state)
    assert thread
    assert thread.ts == TS


def test_a_reply_under_a_message_that_nobody_knows_makes_nothing_to_read(write: Write, record: Postmortem) -> None:
    with write() as unit:
        unit.posts.put(Posted(record.id, "card", record.channel_id, TS))
        assert not unit.harvests.touch_thread(record.team_id, record.channel_id, "1772452800.000200")
        assert not unit.harvests.touch_thread(record.team_id, "C99", TS)
