"""A page of `/postmortem search` over a thousand post-mortems with sixty lines of timeline each, by the bare statement over
those lines alone. What is above it buys every other place that is looked into, who may see what, and the excerpts."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from benchmarks import databases
from benchmarks.report import Line
from bot.domain.harvest.person import Person
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.search import Query
from bot.usecases.find_records import FindRecords
from storage import life_tables as t
from storage.engine import make_engine
from storage.records import to_row
from storage.store import SqlStore
from storage.tables import postmortem

RECORDS, LINES, ROUNDS = 1000, 60, 9
MOST = 300
PATIENCE = timedelta(seconds=30)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TEXT = (
    "deploy rollback checkout payments database index timeout latency error pods restarted customers noticed queue full"
)
WORDS = TEXT.split()
BARE = "SELECT DISTINCT postmortem_id FROM timeline_entry WHERE NOT removed AND lower(text) LIKE '%deploy%'"
ASKED = {
    "a word that is in all of them": Query(("deploy",)),
    "three words, one beyond ASCII": Query(("queue", "full", "überlauf")),
}


def measure(quick: bool = False) -> Iterator[Line]:
    """Both databases."""
    for name, database in databases.DATABASES.items():
        with database() as url:
            engine = make_engine(url)
            _fill(engine, RECORDS // 10 if quick else RECORDS)
            store, find = SqlStore(engine), FindRecords(Policy())
            for what, query in ASKED.items():
                ours, bare = _median(partial(_page, store, find, query)), _median(partial(_bare, engine))
                yield Line("search", f"{name}, {what}", ours, None, MOST)
                yield Line("search", f"{name}, the same by the bare statement", ours, bare)
            engine.dispose()


def _page(store: SqlStore, find: FindRecords, query: Query) -> None:
    with store.reading() as unit:
        find(unit, "T1", "U1", query)


def _bare(engine: Engine) -> None:
    with engine.connect() as conn:
        conn.execute(sa.text(BARE)).all()


def _fill(engine: Engine, many: int) -> None:
    dice = random.Random(1)
    records = [
        Postmortem(
            f"r{n}", "T1", f"C{n}", n, NOW, "U9", title=" ".join(dice.sample(WORDS, 3)), services=(f"s{n % 40}",)
        )
        for n in range(1, many + 1)
    ]
    lines = [
        {
            "id": f"{record.id}-{n}", "postmortem_id": record.id, "at": NOW, "text": " ".join(dice.choices(WORDS, k=15)),
            "kind": "action", "by": "U1", "saved_at": NOW, "evidence": [], "waiver": "", "removed": False, "version": 1,
        }
        for record in records
        for n in range(LINES)
    ]  # fmt: skip
    with SqlStore(engine).transaction(PATIENCE) as unit:
        unit.people.put("T1", [Person("U1", "Ana")])
        for record in records:
            unit.channels.put(Channel("T1", record.channel_id, record.channel_id, False, False, NOW))
    with engine.begin() as conn:
        conn.execute(postmortem.insert(), [to_row(record) for record in records])
        conn.execute(t.timeline_entry.insert(), lines)


def _median(act: Callable[[], None]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)
