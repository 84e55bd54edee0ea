"""The owner and the IC press at the same moment, on two replicas, a hundred times: one wins, the other is told who did it
first, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import move_buttons
from bot.domain.actors import Role
from bot.domain.booking import Booking, Outcome
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.status import Status
from storage.engine import make_engine
from tests.fakes.bot import Bot

OWNER, IC = "U2", "U1"
ROUNDS = 100
BUSY = "busy right now"


@pytest.fixture
def replicas(engine: Engine) -> Iterator[list[Bot]]:
    """Two services, each with its own connections, before one Slack."""
    first = Bot(engine)
    other = make_engine(engine.url.render_as_string(hide_password=False))
    yield [first, Bot(other, clock=first.clock, chat=first.chat, synced=False)]
    other.dispose()


def in_review(bot: Bot) -> None:
    """Its meeting was held, there is no message to customers: both ways out of In Review are open."""
    now = bot.clock.now()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(status=Status.IN_REVIEW, closed_at=None, reviewed_at=None))
        held = frozenset({Role.OWNER})
        times = (now - timedelta(hours=2), now - timedelta(hours=1), OWNER, now - timedelta(days=1))
        said = {"outcome": Outcome.AGREED, "confirmed_by": OWNER, "confirmed_at": now, "confirmed_as": held}
        unit.meetings.put_booking(Booking(record.id, *times, **said))  # type: ignore[arg-type]
        unit.meetings.put_external(record.id, ExternalDecision(ExternalMessage.NONE, Parts(), OWNER, now))


def test_owner_and_ic_at_once_a_hundred_times(replicas: list[Bot]) -> None:
    bot = replicas[0]
    bot.assigned()
    wins = 0
    for number in range(ROUNDS):
        in_review(bot)
        before = bot.record()
        said = race(replicas, before.id, number)
        after = bot.record()
        moves = [entry for entry in bot.history() if entry.field == "status"]
        if all(BUSY in each for each in said):
            assert after == before
            continue
        wins += 1
        assert len(moves) == wins, "one move a round, and none is lost"
        winner = moves[-1]
        assert (after.status.value, after.status_by) == (winner.new, winner.actor)
        assert after.version == before.version + 1
        loser = said[1] if f"is *{after.status}* now" in said[0] else said[0]
        assert f"already {after.status} by <@{winner.actor}>" in loser or BUSY in loser, said
    assert wins > ROUNDS // 2


def race(replicas: list[Bot], record_id: str, number: int) -> list[str]:
    """Both press; the one wants it Reviewed, the other Closed, by turns. What each is told."""
    start = threading.Barrier(2)
    wanted = [Status.REVIEWED, Status.CLOSED] if number % 2 else [Status.CLOSED, Status.REVIEWED]

    def press(bot: Bot, user: str, to: Status) -> str:
        shown = len(bot.screens.shown)
        start.wait()
        bot.press(move_buttons.ACTION[to], move_buttons.value(record_id, Status.IN_REVIEW), user)
        return str(bot.screens.shown[shown:])

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(press, replicas, [OWNER, IC], wanted))
