"""A1, A2: how long an acknowledgement takes, against Bolt with listeners that do nothing behind the same waitress."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping

import sqlalchemy as sa

from benchmarks import callers, databases, processes, product
from benchmarks.callers import Body, Times
from benchmarks.product import Running
from benchmarks.report import Line
from storage.engine import make_engine

P50 = {"SQLite": 3.5, "Postgres": 4.5}
TAIL, MOST_MS = 3.0, 1500.0
CALLS = {1: 400, 16: 1600, 64: 1600}


def kinds(record: str) -> Mapping[str, Callable[[], Body]]:
    """What is sent: name to payload. `record` is the id of the record in the channel."""
    return {
        "event: a reply": callers.reply_event,
        "button: accept, again": lambda: callers.button("owner_accept", record),
        "form: the same owner": lambda: callers.owner_form("U2"),
        "command: status": lambda: callers.command("status"),
        "command: assign, the same": lambda: callers.command("assign <@U2|ben>"),
        "command: assign, a new channel": lambda: callers.command("assign <@U2|ben>", f"C{time.time_ns()}"),
    }


def measure(quick: bool = False) -> Iterator[Line]:
    """Both databases, every kind of payload, one caller at a time; then sixteen and sixty-four."""
    for name, database in databases.DATABASES.items():
        with product.floor() as floor, database() as url, product.serving(url) as bot:
            record = _prepared(bot.port, url)
            share = 4 if quick else 1
            for what, make in kinds(record).items():
                yield from _alone(name, what, floor, bot, make, CALLS[1] // share)
            for count in (16, 64):
                yield from _together(name, floor, bot, count, CALLS[count] // share)


def _alone(
    database: str, what: str, floor: Running, bot: Running, make: Callable[[], Body], calls: int
) -> Iterator[Line]:
    used = [processes.cpu(each.pid) for each in (floor, bot)]
    under, over = _both(floor, bot, make, 1, calls)
    yield Line("A1", f"{database}, p50 of {what}", over.p50, under.p50, P50[database])
    light, heavy = ((processes.cpu(each.pid) - before) / calls for each, before in zip((floor, bot), used, strict=True))
    # What the workers do for it is in this as well.
    yield Line("A1", f"{database}, CPU of {what}", heavy, light)


def _together(database: str, floor: Running, bot: Running, count: int, calls: int) -> Iterator[Line]:
    under, over = _both(floor, bot, callers.reply_event, count, calls)
    yield Line("A2", f"{database}, p99 at c={count}, event", over.at(0.99), under.at(0.99), TAIL)
    under, over = _both(floor, bot, lambda: callers.command("assign <@U2|ben>"), count, calls)
    yield Line("A2", f"{database}, p99 at c={count}, assign", over.at(0.99), under.at(0.99), TAIL)
    yield Line("A2", f"{database}, max at c={count}, assign", over.sorted_ms[-1], None, MOST_MS)
    yield Line("A2", f"{database}, not 200 at c={count}", over.bad, None, 0, unit="")


def _both(floor: Running, bot: Running, make: Callable[[], Body], count: int, calls: int) -> tuple[Times, Times]:
    """The floor and the product in turns, so that both see the same weather."""
    rounds = [
        [callers.load(each, make, callers=count, calls=calls // 2) for each in (floor.port, bot.port)] for _ in range(2)
    ]
    return _joined([one for one, _ in rounds]), _joined([other for _, other in rounds])


def _joined(times: list[Times]) -> Times:
    return Times(sorted(ms for each in times for ms in each.sorted_ms), sum(each.bad for each in times))


def _prepared(port: int, url: str) -> str:
    """A record in the channel, and everything warm; returns its id."""
    callers.load(port, lambda: callers.command("assign <@U2|ben>"), callers=1, calls=5)
    engine = make_engine(url)
    with engine.connect() as conn:
        record = str(conn.execute(sa.text("SELECT id FROM postmortem")).scalar_one())
    engine.dispose()
    return record
