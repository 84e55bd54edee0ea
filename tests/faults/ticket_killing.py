"""Two tickets by real processes, from the button to the issues in a local Jira, with a kill -9 at exactly one request: the request hangs,
before or after its effect, and the bot is killed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.blocks import ids
from bot.domain.actions import ActionItem, Decision, Priority
from bot.domain.postmortem import Times
from bot.domain.tickets import KeptTicket, TicketState
from storage.store import SqlUnit
from tests.faults.real import RealSlack, write_workspace
from tests.faults.real_run import RealRun
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


class RealTickets(RealRun):
    """One run. `at` is the number of the request to die at, None for an undisturbed run; `wanted`: Jira wants a field more."""

    def __init__(self, folder: Path, at: int | None = None, *, after: bool = False, wanted: bool = False) -> None:
        super().__init__(folder, at, after=after)
        self._wanted = wanted

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
                self._end()

    def _settings(self) -> dict[str, str]:
        return {
            "JIRA_URL": self._jira.url,
            "JIRA_CLOUD": "true",
            "JIRA_EMAIL": EMAIL,
            "JIRA_TOKEN": TOKEN,
            "JIRA_PROJECT": "OPS",
        }

    def _heard(self) -> int:
        return len(self._jira.seen)

    def _asked(self) -> None:
        act = self._slack.act
        assert act.command("ana", "#incident", "/postmortem assign @ben").get("ok", True)
        self._until(lambda: self._record_id() != "", PATIENCE, "the record")
        self._written(self._decide, "the action items")
        assert act.command("ben", "#incident", "/postmortem actions").get("ok", True)
        self._until(lambda: "Create 2 tickets" in self._modal(), PATIENCE, "the list")
        assert act.press("ben", ids.TICKETS_CREATE).get("ok", True)
        if self._wanted:
            self._until(lambda: "Jira wants this" in self._modal(), PATIENCE, "the form")
            answer = act.submit("ben", {f"want:0:text:{FIELD}": "Blue"})
            assert not answer.get("errors"), answer

    def _decide(self, unit: SqlUnit) -> None:
        """What people wrote down before."""
        record, now = unit.records.get(self._found(unit), lock=True), datetime.now(UTC)
        assert record
        times = Times(started_at=now - timedelta(hours=3), resolved_at=now - timedelta(hours=2))
        unit.records.save(record.changed(severity=2, times=times))
        for number, said in enumerate(ITEMS):
            item = ActionItem(
                f"{number:032}", record.id, said, Decision.TICKET, record.created_by, now, priority=Priority.P1
            )
            unit.items.put_action(item)

    def _made(self) -> bool:
        found = self._tickets()
        return len(found) == len(ITEMS) and all(each.linked_back for each in found)

    def _modal(self) -> str:
        return str(self._slack.see.modals("ben")[-1:])

    def _tickets(self) -> list[KeptTicket]:
        with self._store.reading() as unit:
            return list(unit.tickets.of_record(self._found(unit)))

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
