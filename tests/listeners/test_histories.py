"""Random histories of a channel, told to the bot doubled and in any order, held against a plain model that reads the same
history in order: the timeline is the same. A run draws new ones each time, 250 of them, and 1000 in `make torture`."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.capture import Capture
from bot.domain.outgoing import Kind, Lane, Row, RowState
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.jobs.outcome import Done
from bot.usecases import rows
from bot.usecases.hear_marks import HearMarks
from storage.engine import make_engine
from storage.schema import upgrade
from tests import factories
from tests.fakes import payloads
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.chat import BOT, Room
from tests.fakes.fixtures import hasten

Json = dict[str, Any]
PEOPLE = ("U1", "U3", "U4")
# What people do, the likely things more often: which message it is done to is drawn beside it.
DOINGS = (
    "post",
    "post",
    "reply",
    "mark",
    "mark",
    "mark",
    "unmark",
    "unmark",
    "pin",
    "unpin",
    "edit",
    "delete",
    "other",
)
HISTORIES = int(os.environ.get("HISTORIES", "250"))
_numbers = itertools.count(1)


@dataclass
class Truth:
    """A message as the model knows it: who marks it, and what it says."""

    ts: str
    text: str
    thread_ts: str | None = None
    edited: float | None = None
    marks: set[tuple[str, str]] = field(default_factory=set)
    pinned: bool = False
    deleted: bool = False

    @property
    def wanted(self) -> bool:
        return bool(self.marks) or self.pinned

    def as_sent(self) -> Json:
        thread = {"thread_ts": self.thread_ts} if self.thread_ts else {}
        return payloads.written(self.ts, self.text, "U2", edited=self.edited, **thread)


class Channel:
    """A channel in which things happen; `told` is what Slack will tell of them."""

    def __init__(self, bot: Bot, random: Random) -> None:
        self.bot, self.random, self.id = bot, random, f"C{next(_numbers) + 1000}"
        self.messages: list[Truth] = []
        self.told: list[Json] = []
        self.clock = 1_764_000_000.0
        bot.chat.rooms[self.id] = Room({*PEOPLE, "U2", BOT})

    def happens(self, doing: str, which: int, who: str) -> None:
        self.clock += 1
        here = [each for each in self.messages if not each.deleted]
        if doing in ("post", "reply") or not here:
            self._post(here[which % len(here)] if doing == "reply" and here else None)
            return
        getattr(self, f"_{doing}")(here[which % len(here)], who)

    def _post(self, under: Truth | None) -> None:
        thread = (under.thread_ts or under.ts) if under else None
        ts = f"{self.clock:.6f}"
        self.messages.append(Truth(ts, f"step {len(self.messages)}", thread))
        self.bot.chat.say(self.id, self.messages[-1].text, "U2", ts=ts, thread_ts=thread)

    def _mark(self, message: Truth, who: str) -> None:
        name = self.random.choice(("memo", "stopwatch"))
        if (who, name) not in message.marks:
            message.marks.add((who, name))
            self._tell(payloads.reaction(message.ts, name, who, at=self.clock, channel=self.id))

    def _unmark(self, message: Truth, who: str) -> None:
        for mark in sorted(message.marks)[:1]:
            message.marks.discard(mark)
            event = payloads.reaction(message.ts, mark[1], mark[0], on=False, at=self.clock, channel=self.id)
            self._tell(event)

    def _pin(self, message: Truth, who: str) -> None:
        if not message.pinned:
            message.pinned = True
            self._tell(payloads.pin(message.as_sent(), who, at=self.clock, channel=self.id))

    def _unpin(self, message: Truth, who: str) -> None:
        if message.pinned:
            message.pinned = False
            self._tell(payloads.pin(message.as_sent(), who, on=False, at=self.clock, channel=self.id))

    def _edit(self, message: Truth, who: str) -> None:
        before = message.as_sent()
        message.text, message.edited = f"{message.text} again", self.clock
        room = self.bot.chat.rooms[self.id]
        room.messages[message.ts] = replace(room.messages[message.ts], text=message.text, edited_ts=f"{self.clock:.6f}")
        self._tell(payloads.changed(message.as_sent(), before, at=self.clock, channel=self.id))

    def _delete(self, message: Truth, who: str) -> None:
        message.deleted = True
        del self.bot.chat.rooms[self.id].messages[message.ts]
        self._tell(payloads.deleted(message.as_sent(), at=self.clock, channel=self.id))

    def _other(self, message: Truth, who: str) -> None:
        self._tell(payloads.reaction(message.ts, "tada", who, at=self.clock, channel=self.id))

    def _tell(self, payload: Json) -> None:
        self.told.append(payload["event"])


class Listener:
    """Tells the bot, and lets it work in between."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.hear, self.random = bot, HearMarks(Policy()), Random(7)
        self.look_at = bot.workers[Lane.HARVEST].handlers[Kind.CAPTURE]

    def begin(self, channel: Channel) -> Postmortem:
        number = next(_numbers) + 100_000
        record = factories.fresh(id=f"history-{number}", channel_id=channel.id, number=number, owner="U2")
        with self.bot.store.transaction(PATIENCE) as unit:
            unit.records.add(record)
        return record

    def tell(self, *events: Json) -> None:
        with self.bot.store.transaction(PATIENCE) as unit:
            for event in events:
                self._tell(unit, event)

    def _tell(self, unit: Any, event: Json) -> None:
        now, team, kind = self.bot.clock.now(), payloads.TEAM, event["type"]
        if kind.startswith("reaction") and self.hear.means_something(event):
            self.hear.reaction(unit, team, event, now, on=kind.endswith("added"))
        elif kind.startswith("pin"):
            self.hear.pin(unit, team, event, now, on=kind.endswith("added"))
        elif event.get("subtype") == "message_changed":
            self.hear.changed(unit, team, event, now)
        elif event.get("subtype") == "message_deleted":
            self.hear.deleted(unit, team, event, now)

    def work(self, record: Postmortem) -> None:
        """What a worker does with the rows that were written: each message is looked at once, whatever was heard of it."""
        heard = self.bot.look(lambda unit: unit.captures.all(record.id))
        for each in self.random.sample(heard, len(heard)):
            if each.heard.marks or each.item_id:
                assert self.look_at(_row(record, each)) == Done()


def _row(record: Postmortem, capture: Capture) -> Row:
    made = rows.capture(record, capture.channel_id, capture.ts, factories.NOW)
    return Row(
        1, made.kind, made.key, made.team_id, record.id, made.payload, made.due_at, RowState.OPEN, 1, 1, None, {}, None
    )


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    """A database of its own that does not wait for the disk: nothing is killed here."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('histories') / 'bot.db'}")
    hasten(engine)
    upgrade(engine)
    yield Listener(Bot(engine))
    engine.dispose()


STEPS = st.lists(
    st.tuples(st.sampled_from(DOINGS), st.integers(0, 5), st.sampled_from(PEOPLE)), min_size=4, max_size=14
)


@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(0, 2**32))
def test_the_timeline_is_that_of_the_history_in_order(listener: Listener, steps: list[Any], seed: int) -> None:
    random = Random(seed)
    channel = Channel(listener.bot, random)
    record = listener.begin(channel)
    # Some of it is heard while it happens, the rest much later; everything once to three times.
    for doing, which, who in steps:
        channel.happens(doing, which, who)
        if channel.told and random.random() < 0.3:
            listener.tell(random.choice(channel.told))
            if random.random() < 0.5:
                listener.work(record)
    rest = [event for event in channel.told for _ in range(random.randint(1, 3))]
    random.shuffle(rest)
    for place in range(0, len(rest), 6):
        listener.tell(*rest[place : place + 6])
    listener.work(record)
    lines = listener.bot.look(lambda unit: unit.items.timeline(record.id))
    captures = listener.bot.look(lambda unit: unit.captures.all(record.id))
    wanted = {each.ts: each.text for each in channel.messages if each.wanted}
    assert {item.ts: item.text for item in lines if not item.removed} == wanted
    assert len(lines) == len({item.ts for item in lines})
    gone = {each.ts for each in captures if each.heard.deleted_at}
    assert gone == {each.ts for each in channel.messages if each.deleted}
    edited = {each.ts for each in captures if each.heard.edited_at and each.heard.before is not None}
    assert edited == {each.ts for each in channel.messages if each.edited}
