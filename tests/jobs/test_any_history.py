"""Whatever is said, edited and answered, and however the events of it come, twice, in any order, some of them never: after
the next whole reading the same is stored as by one reading of a channel in which nobody listened."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.harvest import heard
from bot.domain.harvest.message import Message
from bot.domain.outgoing import Lane
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.usecases.hear_message import HearMessage
from tests.fakes import events, payloads
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.chat import BOT, Room

HEAR = HearMessage(Policy(), BOT)
_numbers = itertools.count(1)
EXAMPLES = settings(
    max_examples=8,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Act:
    """Something that happens to the `which`-th message: it is answered, edited or unfurled; or a new one is posted."""

    kind: str
    which: int
    missed: bool
    copies: int
    delay: int


acts = st.lists(
    st.builds(
        Act,
        kind=st.sampled_from(["post", "alert", "reply", "reply", "edit", "unfurl"]),
        which=st.integers(0, 9),
        missed=st.booleans(),
        copies=st.integers(1, 3),
        delay=st.integers(0, 12),
    ),
    min_size=1,
    max_size=14,
)


def plain(messages: Sequence[Message]) -> list[Message]:
    """Without what the channel shows of a message's answers: nobody reads it from what is stored."""
    return [
        replace(each, reply_count=0, latest_reply=None, thread_ts=each.thread_ts if each.is_reply else None)
        for each in messages
    ]


class Channel:
    """One channel with a record, and how it comes to be read."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.name = bot, f"C{next(_numbers)}x"
        bot.chat.rooms[self.name] = Room({"U1", BOT})
        self.events: list[tuple[int, int, dict[str, Any]]] = []

    def play(self, history: Sequence[Act], first: int) -> None:
        """The acts from the `first` on happen, and those that are not missed are told, late and more than once."""
        room = self.bot.chat.rooms[self.name]
        for number, act in enumerate(history, first):
            ts = f"{1795000000 + number}.000100"
            told = self._happens(act, ts, sorted(room.messages))
            for copy in range(0 if act.missed and not _of_a_reply(told) else act.copies):
                self.events.append((number + act.delay * copy % 7 + act.delay, number, told))

    def _happens(self, act: Act, ts: str, there: Sequence[str]) -> dict[str, Any]:
        room, chat = self.bot.chat.rooms[self.name], self.bot.chat
        if act.kind in ("post", "alert") or not there:
            more = {"bot_id": "B7", "subtype": "bot_message"} if act.kind == "alert" else {}
            chat.say(self.name, f"TODO: {ts}", "U3", ts=ts, **more)
            return events.posted(room.messages[ts])
        old = room.messages[there[act.which % len(there)]]
        if act.kind == "reply":
            first = old.thread_ts or old.ts
            chat.say(self.name, f"answer {ts}", "U4", ts=ts, thread_ts=first)
            return events.posted(room.messages[ts])
        if act.kind == "edit":
            room.messages[old.ts] = replace(old, text=f"TODO: edited {ts}", edited_ts=ts)
        else:
            room.messages[old.ts] = replace(old, links=(*old.links, f"https://x.example/{ts}"))
        return events.changed(room.messages[old.ts], ts)

    def tell(self) -> None:
        """Slack delivers."""
        for _, _, told in sorted(self.events, key=lambda each: each[:2]):
            message = heard.version(told)
            assert message
            with self.bot.store.transaction(PATIENCE) as unit:
                HEAR(unit, payloads.TEAM, message, self.bot.clock.now())
        self.events.clear()

    def read(self, text: str) -> list[Message]:
        """Read all of it, and say what is stored."""
        assert self.bot.command(text, channel=self.name).status == 200
        while self.bot.step(Lane.HARVEST) or self._due():
            pass
        return plain(self.stored())

    def _due(self) -> bool:
        """Whether there is more to read, in no time."""
        wait = self.bot.look(lambda unit: unit.outbox.next_due(Lane.HARVEST))
        self.bot.clock.advance(timedelta(milliseconds=2))
        return wait is not None and wait < timedelta(seconds=1)

    def stored(self) -> list[Message]:
        """What is stored."""
        record: Postmortem = self.bot.record(self.name)

        def ask(unit: Any) -> list[Message]:
            return list(unit.harvests.messages(unit.harvests.state(record.id)))

        found: list[Message] = self.bot.look(ask)
        return found


def _of_a_reply(told: dict[str, Any]) -> bool:
    """An edit within a thread: the channel's history does not tell that there was one, so only the event does."""
    return "message" in told and heard.thread_of(told) is not None


@EXAMPLES
@given(before=acts, after=acts)
def test_heard_in_any_way_and_then_read_it_is_what_one_reading_finds(
    bot: Bot, before: list[Act], after: list[Act]
) -> None:
    channel = Channel(bot)
    channel.play(before, 0)
    channel.read("start")
    channel.events.clear()
    channel.play(after, len(before))
    channel.tell()
    found = channel.read("harvest all")
    clean = plain(list(bot.chat.rooms[channel.name].messages.values()))
    assert found == sorted(clean, key=lambda each: each.ts)
    bot.clock.advance(timedelta(seconds=1))


@EXAMPLES
@given(before=acts, after=acts)
def test_where_nothing_was_missed_no_reading_is_needed(bot: Bot, before: list[Act], after: list[Act]) -> None:
    channel = Channel(bot)
    channel.play(before, 0)
    channel.read("start")
    channel.events.clear()
    channel.play([replace(act, missed=False) for act in after], len(before))
    channel.tell()
    clean = plain(list(bot.chat.rooms[channel.name].messages.values()))
    assert plain(channel.stored()) == sorted(clean, key=lambda each: each.ts)
    threads = bot.chat.count("thread")
    channel.read("harvest all")
    assert bot.chat.count("thread") == threads
