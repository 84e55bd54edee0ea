"""What every test of the memory needs: transactions with a patience, and a record to hang things on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy.engine import Engine

from bot.domain.harvest.message import Message
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.outgoing import Kind, Outgoing
from bot.domain.postmortem import Postmortem
from storage.engine import make_engine
from storage.schema import upgrade
from storage.store import SqlStore, SqlUnit

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
T = TypeVar("T")


@pytest.fixture
def noon() -> datetime:
    """A moment with microseconds."""
    return NOON


@pytest.fixture
def write(store: SqlStore) -> Callable[[], AbstractContextManager[SqlUnit]]:
    """`with write() as unit:` is a transaction with five seconds of patience."""
    return lambda: store.transaction(timedelta(seconds=5))


@pytest.fixture
def a_record() -> Callable[..., Postmortem]:
    """Makes a record; its id, number and channel follow from the number unless given."""

    def make(number: int = 1, **values: Any) -> Postmortem:
        given = {
            "id": f"pm{number}",
            "team_id": "T1",
            "channel_id": f"C{number}",
            "created_at": NOON,
            "created_by": "U1",
        }
        return Postmortem(number=number, **{**given, **values})

    return make


@pytest.fixture
def record(write: Any, a_record: Callable[..., Postmortem]) -> Postmortem:
    """A record that is stored."""
    with write() as unit:
        unit.records.add(a_record())
    return a_record()


@pytest.fixture
def a_row() -> Callable[..., Outgoing]:
    """Makes an outgoing row of the messages lane, due since long."""

    def make(key: str = "k", **values: Any) -> Outgoing:
        given = {"kind": Kind.CARD, "team_id": "T1", "due_at": NOON - timedelta(days=300), "postmortem_id": "pm1"}
        return Outgoing(key=key, **{**given, **values})

    return make


@pytest.fixture
def reading_of(record: Postmortem) -> HarvestState:
    """The harvest of the stored record."""
    return HarvestState(postmortem_id=record.id, channel_id=record.channel_id, phase=Phase.HISTORY)


@pytest.fixture
def a_message(record: Postmortem) -> Callable[..., Message]:
    """Makes a message of the record's channel."""
    return lambda ts, **values: Message(
        **{"channel_id": record.channel_id, "ts": ts, "user_id": "U1", "text": "hi", **values}
    )


@pytest.fixture
def together() -> Iterator[Callable[[Callable[[int], T], int], list[T]]]:
    """Runs a function with 0..n-1 in as many threads; raises what they raise."""
    with ThreadPoolExecutor(16) as pool:
        yield lambda act, times: list(pool.map(act, range(times)))


@pytest.fixture
def engine_of() -> Iterator[Callable[[str], Engine]]:
    """Makes an engine with the schema for an address, and closes it in the end."""
    made: list[Engine] = []

    def make(url: str) -> Engine:
        made.append(make_engine(url))
        upgrade(made[-1])
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()
