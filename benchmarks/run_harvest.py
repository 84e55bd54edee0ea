"""The product's harvest, in a process of its own: the handlers and the worker that `serve` runs, on a real store and a real client."""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.outgoing import Kind, Lane
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.integrations import slack_identity
from bot.integrations.slack_call import SlackCall
from bot.integrations.slack_chat import SlackChat
from bot.integrations.system_clock import SystemClock
from bot.jobs.handlers.harvest import ReadChannel
from bot.jobs.handlers.people import ReadPeople
from bot.jobs.outcome import Handler
from bot.jobs.scene import Scene
from bot.jobs.worker import Worker
from bot.usecases import rows
from bot.usecases.give_up import GiveUp
from bot.usecases.request_harvest import RequestHarvest
from storage import harvest_tables
from storage.engine import make_engine
from storage.store import SqlStore

RECORD, CHANNEL, BOT = "record-1", "C1", "UBOT"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PATIENCE = timedelta(seconds=5)
FIRST_THREAD = "1772452800.000100"


class Harvest:
    """One record's harvest, step by step."""

    def __init__(self, url: str, port: int, *, people: bool, resumed: bool = False) -> None:
        self.engine = make_engine(url)
        self.store = SqlStore(self.engine)
        self.port = port
        chat = SlackChat(SlackCall(slack_identity.client("xoxb-1", f"http://127.0.0.1:{port}/api/")), BOT)
        scene = Scene(self.store, chat, SystemClock(), Policy(), "https://acme.slack.com/", BOT)
        handlers: dict[Kind, Handler] = {Kind.HARVEST: ReadChannel(scene), Kind.PEOPLE: ReadPeople(scene)}
        self.worker = Worker(self.store, handlers, GiveUp(SystemClock()), Lane.HARVEST, "bench")
        self.record = Postmortem(RECORD, "T1", CHANNEL, 1, NOON, "U1")
        if resumed:
            self._take_over()
        else:
            self._begin(people=people)

    def _take_over(self) -> None:
        """What a process that is no more had in hand, as `serve` does that is alone on its file."""
        with self.store.transaction(PATIENCE) as unit:
            unit.outbox.release(timedelta(0))

    def _begin(self, *, people: bool) -> None:
        with self.store.transaction(PATIENCE) as unit:
            unit.records.add(self.record)
            unit.harvests.put_state(HarvestState(RECORD, CHANNEL, Phase.HISTORY, requested_at=NOON))
            unit.outbox.put(rows.harvest(self.record, NOON))
            if people:
                unit.outbox.put(rows.people("T1", NOON))
            else:
                unit.people.mark_synced("T1", NOON)

    def phase(self) -> Phase:
        """How far it is."""
        with self.store.reading() as unit:
            state = unit.harvests.state(RECORD)
        assert state
        return state.phase

    def until(self, *phases: Phase) -> None:
        """Work until one of these is reached."""
        while self.phase() not in phases:
            self.worker.drain(most=1)

    def again(self, new: int) -> None:
        """A reading on request, after so many new messages and one reply in a thread."""
        urllib.request.urlopen(f"http://127.0.0.1:{self.port}/more?messages={new}", data=b"").read()
        with self.store.transaction(PATIENCE) as unit:
            unit.harvests.touch_thread("T1", CHANNEL, FIRST_THREAD)
            RequestHarvest(Policy())(unit, self.record, datetime.now(UTC))
        self.until(Phase.DONE)


def timed(url: str, port: int) -> dict[str, float]:
    """Wall and CPU of the reading and of the analysis after it, s, and the peaks of memory, MB."""
    harvest = Harvest(url, port, people=False)
    begun, cpu = time.perf_counter(), time.process_time()
    harvest.until(Phase.ANALYSE)
    found = {"wall": time.perf_counter() - begun, "cpu": time.process_time() - cpu, "rss": _peak()}
    begun = time.perf_counter()
    harvest.until(Phase.DONE)
    return {**found, "analysis": time.perf_counter() - begun, "rss_analysis": _peak()}


def counted(url: str, port: int) -> dict[str, dict[str, int]]:
    """The calls of a whole reading, and those of a second one after ten new messages and one new reply."""
    harvest = Harvest(url, port, people=True)
    while harvest.worker.drain(most=1) or harvest.phase() is not Phase.DONE:
        pass
    first = _counts(port)
    harvest.again(10)
    second = _counts(port)
    return {"first": first, "second": {name: second[name] - first.get(name, 0) for name in second}}


def begun(url: str, port: int, *, resumed: bool = False) -> dict[str, object]:
    """The calls of a reading without its analysis, and what it left: a digest of the messages and threads."""
    harvest = Harvest(url, port, people=False, resumed=resumed)
    harvest.until(Phase.ANALYSE)
    left = hashlib.sha256()
    with harvest.engine.connect() as conn:
        for table in (harvest_tables.harvest_message, harvest_tables.harvest_thread):
            for row in conn.execute(sa.select(table).order_by(table.c.micros, table.c.ts)):
                left.update(repr(tuple(row)).encode())
    return {"calls": _counts(port), "left": left.hexdigest()}


def resumed(url: str, port: int) -> dict[str, object]:
    """The same, where another process has begun and is no more."""
    return begun(url, port, resumed=True)


def _counts(port: int) -> dict[str, int]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts", data=b"") as answer:
        counts: dict[str, int] = json.loads(answer.read())
    return counts


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    modes: dict[str, Callable[[str, int], object]] = {
        "timed": timed, "counted": counted, "begun": begun, "resumed": resumed,
    }  # fmt: skip
    what = modes[sys.argv[1]]
    sys.stdout.write(json.dumps(what(sys.argv[2], int(sys.argv[3]))) + "\n")
