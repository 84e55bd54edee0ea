"""From the button to the issue with a fault at every single request to Jira, in every way that one can go wrong. Whatever it is, there
is one issue for each action item in the end, or one that is held with a question; and an answer that was lost is one POST."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.blocks import ids
from bot.domain.actions import ActionItem, Decision, Priority
from bot.domain.tickets import KeptTicket, TicketState
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from tests.fakes import errors
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.dying import Dying
from tests.faults.disk import Disk
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, Fault, LocalJira, a_field
from tests.jobs.test_tickets import ITEM, POLICY, begun

TEAM = "customfield_1"
FIELDS = Fault(400, body={"errorMessages": [], "errors": {TEAM: "Team is required."}})
WRONG = {
    "401": local_jira.UNAUTHORIZED,
    "400 with a field": FIELDS,
    "404": local_jira.GONE,
    "429": local_jira.WAIT,
    "500": local_jira.BROKEN,
    "502 after its effect": local_jira.MADE_BUT_500,
    "answer lost": local_jira.LOST,
    "timeout after its effect": local_jira.HANG,
    "connection cut": local_jira.CUT,
}
# Those after which the issue is there although no answer came.
LOST = {"502 after its effect", "answer lost", "timeout after its effect"}


@dataclass
class Run:
    """A record with one action item on a disk as new, and a Jira as new."""

    disk: Disk
    image: bytes
    jira: LocalJira
    dying: Dying | None = None

    def __post_init__(self) -> None:
        self.jira.fields[TEAM] = a_field(TEAM, "Team", "string")
        self.disk.holding(self.image)
        self.bot = Bot(self.disk.engine, policy=POLICY, synced=False, tracker=self._tracker())

    def _tracker(self) -> JiraTracker:
        access = JiraAccess(self.jira.url, SecretStr(TOKEN), EMAIL, cloud=True)
        client = JiraClient(access, timeout=(1, 0.15))
        if self.dying:
            client._jira._session.adapters.clear()
            client._jira._session.mount(f"{self.jira.url}/", self.dying)
        return JiraTracker(client)

    def kept(self) -> list[KeptTicket]:
        return list(self.bot.look(lambda unit: unit.tickets.of_record("pm1")))

    def through(self) -> None:
        """A person presses until nothing is left to be made; whoever dies is followed by another process."""
        for _ in range(3):
            self._pressed()
            if [each.state for each in self.kept()] in ([TicketState.MADE], [TicketState.HELD]):
                return

    def _pressed(self) -> None:
        self.bot.press(ids.TICKETS_CREATE, "pm1", "U2")
        opened = self.bot.screens.form()
        name = opened.get("external_id")
        if name is None:
            return
        self.bot.chat.modals[name] = opened
        self._work()
        if self.bot.chat.modals[name].get("callback_id") == ids.TICKET_FIELDS:
            assert not self.bot.submit(self.bot.chat.modals[name], "U2", "V7", **{f"want:0:text:{TEAM}": "Blue"}).errors
            self._work()

    def _work(self) -> None:
        while True:
            try:
                self.bot.work(timedelta(minutes=12))
                return
            except errors.Crash:
                continue

    def check(self, where: str) -> None:
        (kept,) = self.kept()
        assert kept.state is TicketState.MADE, (where, kept.trouble)
        assert len(self.jira.issues) == 1, where
        assert kept.key in self.jira.issues, where


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Iterator[Disk]:
    made = Disk(tmp_path_factory.mktemp("requests"), _migrated_sqlite)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def image(disk: Disk) -> bytes:
    """One action item that is to become a ticket, for somebody whom Jira knows."""
    with local_jira.running() as jira:
        access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=True)
        bot = begun(disk.fresh().engine, JiraTracker(JiraClient(access)))
    ben = replace(bot.chat.users["U2"], email="aino@example.com")
    bot.know(ben)
    with bot.store.transaction(PATIENCE) as unit:
        (item,) = unit.items.actions("pm1")
        assert isinstance(item, ActionItem)
        unit.items.put_action(replace(item, priority=Priority.P1, assignee="U2", decision=Decision.TICKET))
    assert item.id == ITEM
    return disk.image()


@pytest.fixture(scope="module")
def operations(disk: Disk, image: bytes) -> list[str]:
    """What is asked of Jira when nothing goes wrong, in order."""
    with local_jira.running() as jira:
        run = Run(disk, image, jira)
        run.through()
        run.check("undisturbed")
    assert jira.posts == 1
    return jira.seen


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_at_any_request_ends_with_one_issue(disk: Disk, image: bytes, operations: list[str], name: str) -> None:
    for number, operation in enumerate(operations, 1):
        where = f"{name} at request {number} ({operation})"
        with local_jira.running(LocalJira(behind=1, at={number: WRONG[name]})) as jira:
            run = Run(disk, image, jira)
            run.through()
            run.check(where)
            assert jira.posts == (2 if operation == "create" and name not in LOST else 1), where


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_process_that_ends_at_any_request_leaves_one_issue(
    disk: Disk, image: bytes, operations: list[str], after: bool
) -> None:
    for number, operation in enumerate(operations, 1):
        where = f"killed {'after' if after else 'before'} request {number} ({operation})"
        with local_jira.running(LocalJira(behind=1)) as jira:
            run = Run(disk, image, jira, Dying(number, after=after))
            run.through()
            run.check(where)
            assert jira.posts == 1, where


def test_every_answer_lost_is_a_question_and_two_requests(disk: Disk, image: bytes) -> None:
    """Nothing is ever found: a person is asked rather than a third one made."""
    with local_jira.running(LocalJira(behind=10_000)) as jira:
        jira.fail("create", local_jira.LOST, local_jira.CUT, local_jira.LOST)
        run = Run(disk, image, jira)
        run.through()
        (kept,) = run.kept()
        assert (kept.state, jira.posts) == (TicketState.HELD, 2)
        assert "Was a ticket made in OPS?" in kept.trouble


@pytest.mark.parametrize("restored", ["before it was asked for", "while it was about to be asked for"])
def test_after_a_restore_from_a_backup_what_was_made_since_is_found(disk: Disk, image: bytes, restored: str) -> None:
    """The memory is older than the ticket: its label tells."""
    with local_jira.running() as jira:
        run = Run(disk, image, jira)
        backup = image
        if restored != "before it was asked for":
            run.bot.press(ids.TICKETS_CREATE, "pm1", "U2")
            while not run.kept():
                run.bot.work(timedelta(0))
                backup = disk.image() if not run.kept() or not run.kept()[0].tries else backup
        run.through()
        assert jira.posts == 1
        again = Run(disk, backup, jira)
        again.through()
        again.check(restored)
        assert jira.posts == 1
