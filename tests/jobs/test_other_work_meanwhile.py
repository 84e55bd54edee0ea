"""While a long channel is read or analysed, everything else goes on: a command is answered, a message goes out, an event is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy.engine import Engine

from bot.domain.harvest.dialect import Dialect
from bot.domain.harvest.message import Message
from bot.domain.harvest_state import Phase
from bot.domain.outgoing import Lane
from bot.domain.policy import Policy
from bot.ports.chat import MessagePage
from tests.fakes import events
from tests.fakes.bot import Bot, new_chat
from tests.fakes.chat import BOT, FakeChat, Room
from tests.fakes.clock import ManualClock


@dataclass(frozen=True)
class Pondered(Dialect):
    """Words that take as long to read as a test wants."""

    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def __bool__(self) -> bool:
        return True

    def read(self, said: str) -> str:
        self.begun.set()
        assert self.go_on.wait(60)
        return said


class SlowChat(FakeChat):
    """The history of a channel takes as long as the test wants."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.begun, self.go_on = threading.Event(), threading.Event()

    def history(self, channel: str, *, oldest: str, cursor: str | None) -> MessagePage:
        self.begun.set()
        assert self.go_on.wait(60)
        return super().history(channel, oldest=oldest, cursor=cursor)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def everything_else_goes_on(bot: Bot) -> None:
    """Somebody begins another post-mortem, and says something in the channel that is being read."""
    posts = bot.chat.count("post")
    bot.chat.rooms["C2"] = Room({"U1", "U3", BOT})
    assert bot.command("assign <@U3|c>", user="U3", channel="C2").status == 200
    while bot.step(Lane.MESSAGES):
        pass
    assert bot.chat.count("post") > posts
    ts = bot.chat.say("C1", "TODO: said meanwhile", "U2")
    assert bot.send(events.posted(Message("C1", ts, "U2", "TODO: said meanwhile"))).status == 200


def test_while_a_channel_is_analysed(engine: Engine, pool: ThreadPoolExecutor) -> None:
    dialect = Pondered()
    bot = Bot(engine, policy=Policy(dialect=dialect))
    bot.chat.say("C1", "TODO: add an alert", "U3")
    bot.command("assign <@U2|b>")

    def read() -> None:
        while not dialect.go_on.is_set() and bot.step(Lane.HARVEST):
            pass

    harvest = pool.submit(read)
    try:
        assert dialect.begun.wait(60)
        record = bot.record()
        assert bot.look(lambda unit: unit.harvests.state(record.id)).phase is Phase.ANALYSE
        everything_else_goes_on(bot)
        assert not harvest.done()
    finally:
        dialect.go_on.set()
    harvest.result(60)
    bot.work()
    found = bot.look(lambda unit: unit.proposals.load(record.id))
    assert "add an alert" in [todo.text for todo in found.todos]


def test_while_a_page_of_its_history_is_on_its_way(engine: Engine, pool: ThreadPoolExecutor) -> None:
    clock = ManualClock()
    chat = SlowChat(clock.now)
    known = new_chat(clock)
    chat.users, chat.rooms = known.users, known.rooms
    bot = Bot(engine, clock=clock, chat=chat)
    chat.say("C1", "TODO: add an alert", "U3")
    bot.command("assign <@U2|b>")
    harvest = pool.submit(bot.step, Lane.HARVEST)
    try:
        assert chat.begun.wait(60)
        everything_else_goes_on(bot)
        assert not harvest.done()
    finally:
        chat.go_on.set()
    assert harvest.result(60) == 1
