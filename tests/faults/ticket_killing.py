"""Two tickets by real processes, from the button to the issues in a local Jira, with a kill -9 at exactly one request: the request hangs,
before or after its effect, and the bot is killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.blocks import ids
from bot.domain.actions import ActionItem, Decision, Priority
from bot.domain.postmortem import Times
from bot.domain.tickets import KeptTicket, TicketState
from bot.ports.errors import Busy, Outdated
from storage.engine import make_engine
from storage.store import SqlStore, SqlUnit
from tests.faults.real import RealBot, RealSlack, write_workspace
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, Fault, LocalJira

FIELD = "customfield_1"
ITEMS = ("Alert when the pool is full", "Fall back by itself")
PATIENCE = timedelta(seconds=60)
# A request that may have been made is looked for this long before there is another.
LOOKED_FOR = timedelta(minutes=9)
_LOCK = timedelta(seconds=20)


@dataclass(frozen=True)
class Left:
    """What a run left: the requests to Jira, its issues, what the bot keeps of each ticket, the modal of the one who asked, and what was
    filled in for each issue."""

    requests: Sequence[str]
    issues: Sequence[str]
    tickets: Sequence[KeptTicket]
    modal: str
    killed: bool
    filled_in: Sequence[str] = ()


class RealTickets:
    """One run. `at` is the number of the request to die at, None for an undisturbed run; `wanted`: Jira wants a field more."""

    def __init__(self, folder: Path, at: int | None = None, *, after: bool = False, wanted: bool = False) -> None:
        self._folder, self._at, self._after, self._wanted = folder, at, after, wanted
        self._killed, self._started = False, 0

    def run(self, patience: timedelta = PATIENCE) -> Left:
        """From the button to two tickets. Raises AssertionError when they never come."""
        self._folder.mkdir(parents=True, exist_ok=True)
        hang = {self._at: Fault(hang=True, done=self._after)} if self._at else {}
        with local_jira.running(LocalJira(at=hang)) as self._jira:
            if self._wanted:
                self._jira.fields[FIELD] = local_jira.a_field(FIELD, "Team", "string", required=True)
            self._slack = RealSlack(write_workspace(self._folder))
            try:
                self._start()
                self._asked()
                self._until(self._made, patience, "the tickets")
                self._until(lambda: "2 of 2 tickets made" in self._modal(), PATIENCE, "the result in the modal")
                return self._left()
            finally:
                self._bot.kill()
                self._slack.stop()

    def _start(self) -> None:
        self._started += 1
        jira = {
            "JIRA_URL": self._jira.url,
            "JIRA_CLOUD": "true",
            "JIRA_EMAIL": EMAIL,
            "JIRA_TOKEN": TOKEN,
            "JIRA_PROJECT": "OPS",
        }
        self._bot = RealBot(self._slack, self._folder, self._started, **jira)

    def _asked(self) -> None:
        act = self._slack.act
        assert act.command("ana", "#incident", "/postmortem assign @ben").get("ok", True)
        self._until(lambda: self._records() == 1, PATIENCE, "the record")
        self._decided()
        assert act.command("ben", "#incident", "/postmortem actions").get("ok", True)
        self._until(lambda: "Create 2 tickets" in self._modal(), PATIENCE, "the list")
        assert act.press("ben", ids.TICKETS_CREATE).get("ok", True)
        if self._wanted:
            self._until(lambda: "Jira wants this" in self._modal(), PATIENCE, "the form")
            answer = act.submit("ben", {f"want:0:text:{FIELD}": "Blue"})
            assert not answer.get("errors"), answer

    def _decided(self) -> None:
        """What people wrote down before."""
        now = datetime.now(UTC)
        with self._store() as store:
            for _ in range(20):
                try:
                    with store.transaction(_LOCK) as unit:
                        self._write(unit, now)
                    return
                except (Busy, Outdated):
                    time.sleep(0.2)
        raise AssertionError("the action items could not be written down")

    def _write(self, unit: SqlUnit, now: datetime) -> None:
        record = unit.records.get(self._record_id(unit), lock=True)
        assert record
        times = Times(started_at=now - timedelta(hours=3), resolved_at=now - timedelta(hours=2))
        unit.records.save(record.changed(severity=2, times=times))
        for number, said in enumerate(ITEMS):
            item = ActionItem(
                f"{number:032}", record.id, said, Decision.TICKET, record.created_by, now, priority=Priority.P1
            )
            unit.items.put_action(item)

    def _until(self, found: Callable[[], Any], patience: timedelta, what: str) -> None:
        end = time.monotonic() + patience.total_seconds()
        while not found():
            self._kill_if_hanging()
            assert time.monotonic() < end, f"{what} never came: {self._bot.log.read_text()[-2000:]}"
            time.sleep(0.05)

    def _kill_if_hanging(self) -> None:
        if self._at and len(self._jira.seen) >= self._at and not self._killed:
            self._bot.kill()
            self._killed = True
            self._start()

    def _made(self) -> bool:
        found = self._tickets()
        return len(found) == len(ITEMS) and all(each.linked_back for each in found)

    def _modal(self) -> str:
        return str(self._slack.see.modals("ben")[-1:])

    @contextmanager
    def _store(self) -> Iterator[SqlStore]:
        engine = make_engine(f"sqlite:///{self._folder}/bot.db")
        try:
            yield SqlStore(engine)
        finally:
            engine.dispose()

    def _records(self) -> int:
        with self._store() as store, store.reading() as unit:
            return 1 if self._record_id(unit) else 0

    def _record_id(self, unit: SqlUnit) -> str:
        found = unit.records.current(self._slack.client.team_id, self._slack.see.channel("incident")["id"])
        return found.id if found else ""

    def _tickets(self) -> list[KeptTicket]:
        with self._store() as store, store.reading() as unit:
            return list(unit.tickets.of_record(self._record_id(unit)))

    def _left(self) -> Left:
        return Left(
            tuple(self._jira.seen),
            tuple(self._jira.issues),
            tuple(self._tickets()),
            self._modal(),
            self._killed,
            tuple(issue.fields.get(FIELD, "") for issue in self._jira.issues.values()),
        )


def check(left: Left, at: int, *, after: bool) -> None:
    """Each action item has one issue; a request that took its effect is the only one of its ticket."""
    assert left.killed
    assert [each.state for each in left.tickets] == [TicketState.MADE] * len(ITEMS)
    assert sorted(left.issues) == sorted(each.key for each in left.tickets)
    died_before_it = left.requests[at - 1] == "create" and not after
    assert left.requests.count("create") == len(ITEMS) + died_before_it, left.requests
