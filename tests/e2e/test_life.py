"""From Draft to Closed on the wire, by buttons and forms alone, as the people of the process would: once without a message
to customers, and once with one that the support team posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.policy import Policy
from demo import story
from sandbox.client import Sandbox
from tests.e2e.conftest import World, serving

NO_MESSAGE = {ids.DECISION: "none"}
MESSAGE = {
    ids.DECISION: "present",
    ids.SUMMARY: "For 40 minutes this afternoon checkouts failed. We are sorry.",
    ids.HAPPENED: "A change left too few connections.",
    ids.DOING: "The change is taken back; sizes are checked by region from now on.",
}
METRICS = {f"metric:{name}": "24 of 100000" for name in Policy().impact_dimensions}
SECTIONS = (
    ("overview", {"overview": "Checkouts failed for 40 minutes.", "what_happened": "A deploy made the pool too small."}),
    ("factors", {"trigger": "the deploy of 14:02", "factors": "the pool has one size for every region\nno alert on the queue"}),
    ("resolution", {"resolution": "The pool is as large as before.", "long_term": "size by region"}),
    ("impact", {"accounts": "120", "users": "unknown, because guests are not counted", "support": "6", **METRICS}),
    ("retrospect", {"well": "the hand-over", "badly": "two dashboards disagreed", "lucky": "it was a quiet hour"}),
    ("recording", {"recording": "", "none_because": "everything went on in the channel"}),
    ("responders", {}),  # as the channel suggests
)  # fmt: skip


class Life:
    """One post-mortem and the people around it."""

    def __init__(self, world: World, support: str) -> None:
        self.world, self.slack, self.support = world, world.slack, support
        self.ic, self.owner = world.caller, world.owner

    @property
    def status(self) -> str:
        ((status,),) = self.world.rows("SELECT status FROM postmortem")
        return str(status)

    def offered(self, user: str) -> dict[str, Any]:
        """What `/postmortem` answers this person, everything else being closed."""
        while self.slack.see.modals(user):
            self.slack.act.close(user)
        answer = self.slack.act.command(user, self.world.channel, "/postmortem")
        return dict(answer["message"])

    def press(self, user: str, action_id: str) -> None:
        """A button of the hub, as the person sees it now."""
        message = self.offered(user)
        assert f"'{action_id}'" in str(message["blocks"]), f"{action_id} is not offered to {user}: {message}"
        self.slack.act.press(user, action_id, channel=self.world.channel, ts=message["ts"])

    def form(self, user: str, action_id: str) -> dict[str, Any]:
        """The button opens a form."""
        self.press(user, action_id)
        return self.front(user, 1)

    def front(self, user: str, depth: int) -> dict[str, Any]:
        """The form in front, once so many lie over one another."""
        self.slack.wait_until(lambda: len(self.slack.see.modals(user)) >= depth)
        return dict(self.slack.see.modals(user)[-1])

    def send(self, user: str, values: dict[str, Any]) -> None:
        """Send the form in front; it is taken."""
        answer = self.slack.act.submit(user, values)
        assert not answer.get("errors"), answer

    def write(self) -> None:
        """The owner fills in every section from the menu, in the order of the menu."""
        self.form(self.owner, ids.CONTENT_OPEN)
        ((record,),) = self.world.rows("SELECT id FROM postmortem")
        for section, values in SECTIONS:
            self.slack.act.press(self.owner, ids.SECTION_EDIT, value=f"{record}:{section}")
            self.front(self.owner, 2)
            self.send(self.owner, values)
            self.slack.wait_until(lambda: len(self.slack.see.modals(self.owner)) == 1)

    def timeline(self) -> None:
        """Every proposal is kept, and what has no link gets a reason."""
        view = self.form(self.owner, ids.TIMELINE_OPEN)
        if view["callback_id"] != ids.PROPOSALS:
            self.slack.act.press(self.owner, ids.CONTENT_PAGE)
            view = self.front(self.owner, 1)
        self.send(self.owner, {block: "keep" for block in blocks(view) if block.startswith("rest:")})
        self.form(self.owner, ids.TIMELINE_OPEN)
        self.slack.act.press(self.owner, ids.WAIVE_OPEN)
        self.front(self.owner, 2)
        self.send(self.owner, {ids.REASON: "it was seen by eye"})

    def look_at_the_wording(self) -> None:
        """Whatever is found is left as it is."""
        for _ in range(9):
            if f"'{ids.WORDING_OPEN}'" not in str(self.offered(self.owner)["blocks"]):
                return
            self.form(self.owner, ids.WORDING_OPEN)
            self.slack.act.press(self.owner, ids.WORDING_LEAVE_PAGE)
        raise AssertionError("findings are left")

    def todos(self) -> None:
        """Every TODO of the channel is done already."""
        for _ in range(9):
            ((left,),) = self.world.rows("SELECT count(*) FROM todo WHERE state = 'proposed'")
            if not left:
                return
            view = self.form(self.owner, ids.TODOS_OPEN)
            self.send(self.owner, {block: "done" for block in blocks(view) if block.startswith(("rest:", "decision:"))})
        raise AssertionError("TODOs are left")


def blocks(view: dict[str, Any]) -> list[str]:
    return [str(block.get("block_id")) for block in view["blocks"]]


@pytest.fixture
def life(slack: Sandbox, tmp_path: Path) -> Iterator[Life]:
    told = story.load()
    support = told.user("mira").id
    database = tmp_path / "bot.db"
    with serving(slack, database, http=False, SUPPORT_USERS=support) as process:
        world = World(slack, told, database, process)
        world.assign()
        slack.wait_until(lambda: slack.see.modals(world.caller))
        modal = told.command.modal
        given = {
            "title": modal.title,
            "severity": str(modal.severity),
            "started_at": int(modal.started.timestamp()),
            "detected_at": int(modal.detected.timestamp()),
            "resolved_at": int(modal.resolved.timestamp()),
            "ic": told.user(modal.ic).id,
            "services": ", ".join(modal.services),
        }
        assert not slack.act.submit(world.caller, given)["stack"]
        world.done()
        yield Life(world, support)


def drafted(life: Life, message: dict[str, Any]) -> None:
    """Everything that the review asks for, and the post-mortem is sent to it."""
    in_an_hour = int((datetime.now(UTC) + timedelta(hours=1)).timestamp())
    life.form(life.owner, ids.MEETING_OPEN)
    life.send(life.owner, {ids.MEETING_AT: in_an_hour, ids.DURATION: "15"})
    life.write()
    life.timeline()
    life.todos()
    life.form(life.owner, ids.EXTERNAL_OPEN)
    life.send(life.owner, message)
    life.look_at_the_wording()
    life.press(life.owner, ids.MOVE_IN_REVIEW)
    assert life.status == "In Review"


def held(life: Life) -> None:
    """It was held just now, earlier than booked, and agreed on."""
    began = int((datetime.now(UTC) - timedelta(minutes=16)).timestamp())
    life.form(life.owner, ids.MEETING_OPEN)
    life.slack.act.press(life.owner, ids.MEETING_REAL)
    life.front(life.owner, 2)
    life.send(life.owner, {ids.MEETING_AT: began, ids.DURATION: "15"})
    life.press(life.ic, ids.HELD_OPEN)
    seen = life.slack.see.messages
    life.slack.wait_until(lambda: f"'{ids.HELD_AGREED}'" in str(seen(life.world.channel, user=life.ic)))
    life.slack.act.press(life.ic, ids.HELD_AGREED, channel=life.world.channel)


def test_from_draft_to_closed_without_a_message_to_customers(life: Life) -> None:
    drafted(life, NO_MESSAGE)
    held(life)
    life.press(life.owner, ids.MOVE_CLOSED)
    assert life.status == "Closed"
    life.world.done()
    life.slack.wait_until(lambda: "Status:** Closed" in life.world.documents()[-1])
    life.world.clean()


def test_with_a_message_only_the_support_team_closes(life: Life) -> None:
    drafted(life, MESSAGE)
    held(life)
    life.press(life.owner, ids.MOVE_REVIEWED)
    assert life.status == "Reviewed"
    for user in (life.owner, life.ic):
        assert f"'{ids.EXTERNAL_POSTED}'" not in str(life.offered(user)["blocks"]), "it is support's to press"
    assert f"'{ids.EXTERNAL_POSTED}'" in str(life.offered(life.support)["blocks"])
    at_support = life.slack.see.dms
    life.slack.wait_until(lambda: "support_task" in str(at_support(life.support)))
    assert MESSAGE[ids.SUMMARY] in str(at_support(life.support)), "the text to copy"
    life.slack.act.press(life.support, ids.EXTERNAL_POSTED, channel=f"@{life.world.bot_name}")
    life.front(life.support, 1)
    life.send(life.support, {ids.LINK: "https://status.skerrypass.example/incidents/2291"})
    assert life.status == "Closed"
    told = life.slack.see.messages
    life.slack.wait_until(lambda: "https://status.skerrypass.example" in str(told(life.world.channel)))
    life.world.clean()
