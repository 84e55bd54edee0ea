"""Two replicas at the same moment on a Monday morning: each looks at the same ladders and at the same digest, as it is when a
lease ran out under somebody slow. One message each."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.domain.outgoing import Kind, Row
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Times
from storage.engine import make_engine
from tests import factories
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Room
from tests.fakes.payloads import TEAM

RECORDS, TIMES = 5, 4
OWNER, IC, DIGEST = "U2", "U1", "C9"
FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
# The meetings were due on Tuesday; the digest comes at nine, when people in London begin.
MONDAY = datetime(2026, 11, 30, 9, 0, 1, tzinfo=UTC)


@pytest.fixture
def replicas(engine: Engine) -> Iterator[list[Bot]]:
    policy = Policy(digest_channel=DIGEST)
    first = Bot(engine, policy=policy)
    first.chat.rooms[DIGEST] = Room({BOT})
    other = make_engine(engine.url.render_as_string(hide_password=False))
    yield [first, Bot(other, clock=first.clock, chat=first.chat, policy=policy, synced=False)]
    other.dispose()


def test_each_reminder_and_each_digest_comes_once_from_two_replicas_at_once(replicas: list[Bot]) -> None:
    bot = replicas[0]
    _records(bot)
    _housekeep(bot)
    bot.clock.advance_to(MONDAY)
    # Both have the same rows in hand, and each of them several times over.
    looks = [(each, row) for each in replicas for row in _rows(bot, Kind.REMIND, Kind.DIGEST) for _ in range(TIMES)]
    _at_once([lambda each=each, row=row: each.service.runner.handlers[row.kind](row) for each, row in looks])  # type: ignore[misc]
    _at_once([lambda each=each: _housekeep(each) for each in replicas])  # type: ignore[misc]
    _at_once([lambda worker=worker: worker.drain() for each in replicas for worker in each.service.runner.workers()])  # type: ignore[misc]
    bot.work()
    said = Counter(":".join(post.mark.split(":")[:3]) for post in bot.chat.posts if post.mark.startswith("nudge:"))
    wanted = {f"nudge:pm{n}:{to}" for n in range(RECORDS) for to in (OWNER, IC, "channel")}
    assert said == Counter(wanted)
    digests = [post for post in bot.chat.posts if post.mark.startswith("digest_post:")]
    assert sorted(post.channel for post in digests) == [DIGEST, f"D{IC}"]
    assert all(f"{RECORDS} overdue" in post.text for post in digests)


def _records(bot: Bot) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        for n in range(RECORDS):
            channel = f"C{n + 100}"
            bot.chat.rooms[channel] = Room({BOT, OWNER, IC})
            unit.channels.put(Channel(TEAM, channel, "incident", False, False, MONDAY, frozenset()))
            times = Times(None, None, FRIDAY)
            unit.records.add(
                factories.postmortem(
                    id=f"pm{n}", channel_id=channel, number=n + 1, created_at=FRIDAY, owner_since=FRIDAY, times=times
                )
            )


def _housekeep(bot: Bot) -> None:
    assert bot.service.runner.housekeeping
    bot.service.runner.housekeeping()


def _rows(bot: Bot, *kinds: Kind) -> list[Row]:
    with bot.engine.connect() as conn:
        query = sa.text("SELECT id FROM outbox WHERE kind IN :kinds ORDER BY id")
        ids = conn.execute(query.bindparams(sa.bindparam("kinds", [*kinds], expanding=True))).scalars().all()
    found = [bot.look(lambda unit, number=number: unit.outbox.row(number)) for number in ids]
    assert len(found) == RECORDS + 1
    return found


def _at_once(acts: list[Callable[[], object]]) -> None:
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        start.wait()
        act()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()
