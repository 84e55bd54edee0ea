"""Everything that is left when the bot is at rest: the whole memory, and all that stands in Slack. Two of them are equal when what
follows can only be the same. Times count to within some minutes, since who waited for a lease is later; how often a row was tried,
who had it in hand and in which order rows were written do not count."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.fakes import rows
from tests.faults.slack import FakeSlack

_BY_CHANCE = {
    "outbox": {"id", "attempts", "first_attempt_at", "generation", "lease_by", "lease_until", "last_error"},
    "audit": {"id"},
    "severity_change": {"id"},
}
# Which requests were answered is another matter, and no two runs have the same.
_LEFT_OUT = {"receipt"}
_ISO = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d)\d:\d\d(?:\.\d+)?(?:\+00:00)?")
_WRITTEN_AT = re.compile(r"DTSTAMP:\d{8}T\d{6}Z")
_STAMP = re.compile(r"\b(\d{10})(?:\.\d{6})?\b")
Rest = tuple[dict[str, Counter[str]], Counter[str]]


def of(engine: Engine, slack: FakeSlack) -> Rest:
    """The memory by table, of those that have rows, and Slack."""
    with engine.connect() as conn:
        memory = {
            table.name: Counter(_roughly(row) for row in conn.execute(_query(table)))
            for table in rows.filled(conn)
            if table.name not in _LEFT_OUT
        }
    posts = [(each.channel, each.mark, each.thread_ts, each.drawing) for each in slack.posts]
    files = [(each.name, each.content, each.thread_ts) for each in slack.visible()]
    canvases = [(each.title, each.access, each.text) for each in slack.canvases.values()]
    there = [*canvases, *posts, *files, *sorted(slack.pins), *sorted(slack.invited)]
    return memory, Counter(map(_roughly, there))


@cache
def _query(table: sa.Table) -> sa.Select[Any]:
    return sa.select(*(column for column in table.columns if column.name not in _BY_CHANCE.get(table.name, set())))


def _roughly(value: object) -> str:
    return _without_chance(repr(value))


@lru_cache(maxsize=20_000)  # most rows of a run are those of the run before
def _without_chance(written: str) -> str:
    said = _ISO.sub(r"\1", re.sub(r"datetime\.datetime\(([^)]*)\)", _numbers, written))
    return _STAMP.sub(lambda found: str(int(found[1]) // 600), _WRITTEN_AT.sub("", said))


def _numbers(found: re.Match[str]) -> str:
    """A time as Python writes it, to ten minutes."""
    year, month, day, hour, minute, *_ = (int(each) for each in [*re.findall(r"\d+", found[1]), "0", "0"])
    return f"{year}-{month}-{day} {hour}:{minute // 10}"
