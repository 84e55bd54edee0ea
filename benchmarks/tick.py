"""R1: a tick with nothing due costs what the bare statement costs, however many rows are open."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from benchmarks import databases
from benchmarks.report import Line
from bot.domain.outgoing import Lane
from storage.engine import make_engine
from storage.store import SqlStore
from storage.transactions import Transactions

FEW, MANY = 100, 1_000_000
MOST = 1.5
PATIENCE, LEASE = timedelta(seconds=5), timedelta(seconds=60)
ROUNDS = 300
COLUMNS = "kind, lane, key, team_id, postmortem_id, payload, due_at, state, generation, attempts, result"
FILL = {
    "sqlite": f"""WITH RECURSIVE n(i) AS (SELECT :begin UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :end)
        INSERT INTO outbox ({COLUMNS}) SELECT 'owner_silent', 'messages', 'k' || i, 'T1', 'p' || i, '{{}}',
        '2099-01-01T00:00:00.000000+00:00', 'open', 1, 0, '{{}}' FROM n""",
    "postgresql": f"""INSERT INTO outbox ({COLUMNS}) SELECT 'owner_silent', 'messages', 'k' || i, 'T1', 'p' || i, '{{}}',
        '2099-01-01T00:00:00+00:00', 'open', 1, 0, '{{}}' FROM generate_series(:begin, :end - 1) AS i""",
}
BARE = """UPDATE outbox SET lease_by = 'b' WHERE id IN (SELECT id FROM outbox WHERE state = 'open' AND lane = 'messages'
    AND due_at <= {now} AND (lease_until IS NULL OR lease_until <= {now}) ORDER BY due_at, id LIMIT 1 {lock}) RETURNING id"""
WORDS = {
    "sqlite": {"now": "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '999+00:00'", "lock": ""},
    "postgresql": {"now": "statement_timestamp()", "lock": "FOR UPDATE SKIP LOCKED"},
}


def measure(quick: bool = False) -> Iterator[Line]:
    """Both databases, with a hundred open rows and with a million."""
    many = 100_000 if quick else MANY
    for name, database in databases.DATABASES.items():
        with database() as url:
            engine = make_engine(url)
            _fill(engine, 0, FEW)
            few, _ = _both(engine)
            _fill(engine, FEW, many)
            ours, bare = _both(engine)
            engine.dispose()
        yield Line("R1", f"{name}, a tick with {many:,} open rows, by the bare statement", ours, bare, MOST)
        yield Line("R1", f"{name}, the same by a tick with {FEW}", ours, few, MOST)


def _fill(engine: Engine, begin: int, end: int) -> None:
    with engine.begin() as conn:
        if engine.dialect.name == "postgresql":
            conn.execute(sa.text("SET LOCAL statement_timeout = 0"))
        conn.execute(sa.text(FILL[engine.dialect.name]), {"begin": begin, "end": end})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.exec_driver_sql("ANALYZE")


def _both(engine: Engine) -> tuple[float, float]:
    """The product's claim and the bare statement, each in a transaction of the same kind, in turns; medians in ms."""
    store, transactions = SqlStore(engine), Transactions(engine)
    bare = BARE.format(**WORDS[engine.dialect.name])

    def claim() -> None:
        with store.transaction(PATIENCE) as unit:
            assert not unit.outbox.claim(Lane.MESSAGES, by="b", limit=1, lease=LEASE)

    def statement() -> None:
        with transactions.writing(PATIENCE) as conn:
            assert not conn.exec_driver_sql(bare).all()

    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for kept, act in zip(times, (claim, statement), strict=True):
            kept.append(_timed(act))
    return statistics.median(times[0]), statistics.median(times[1])


def _timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
