"""Five hundred reactions within seconds, each told once or more often, to two replicas at once: no line is lost, none is doubled,
and no message is read twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.domain.outgoing import Lane
from storage.engine import make_engine
from tests.fakes import payloads
from tests.fakes.bot import Bot

MESSAGES, REACTIONS = 125, 500
EMOJI = ("memo", "stopwatch", "pushpin", "round_pushpin")


@pytest.fixture
def replicas(shared_postgres: Engine, engine: Engine) -> Iterator[list[Bot]]:
    first = Bot(engine)
    first.assigned()
    other = make_engine(engine.url.render_as_string(hide_password=False))
    yield [first, Bot(other, clock=first.clock, chat=first.chat, synced=False)]
    other.dispose()


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_a_burst_of_reactions_on_two_replicas(replicas: list[Bot]) -> None:
    bot, random = replicas[0], Random(11)
    texts = {bot.chat.say("C1", f"step {number}", "U2"): f"step {number}" for number in range(MESSAGES)}
    bot.chat.calls.clear()
    events = [payloads.reaction(ts, name, "U3") for ts in texts for name in EMOJI]
    assert len(events) == REACTIONS
    told = [event for event in events for _ in range(random.randint(1, 2))]
    random.shuffle(told)

    def tell(numbered: tuple[int, dict[str, Any]]) -> int:
        number, event = numbered
        reply = replicas[number % 2].send(event)
        while reply.status == 503:  # What Slack does with an event that was not taken.
            reply = replicas[number % 2].send(event)
        return reply.status

    def work(replica: Bot) -> None:
        for _ in range(40):
            replica.workers[Lane.HARVEST].drain(most=10)

    with ThreadPoolExecutor(6) as pool:
        working = [pool.submit(work, replica) for replica in replicas]
        assert set(pool.map(tell, enumerate(told))) == {200}
        for each in working:
            each.result()
    bot.work()
    record = bot.record()
    lines = bot.look(lambda unit: unit.items.timeline(record.id))
    assert {item.ts: item.text for item in lines} == texts
    assert len(lines) == MESSAGES
    read = Counter(arguments["ts"] for method, arguments in bot.chat.calls if method == "message")
    assert set(read) <= set(texts)
    assert max(read.values()) == 1
