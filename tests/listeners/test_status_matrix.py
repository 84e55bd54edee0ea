"""All sixteen pairs of states, by everybody: signed payloads from the right and the wrong person, with everything that a
move could ask for in place. Each refused one leaves the database as it was."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids, move_buttons
from bot.domain.actors import Role
from bot.domain.booking import Booking, Outcome
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts, Posted
from bot.domain.policy import Policy
from bot.domain.status import Status
from bot.usecases import facts
from bot.usecases.move_status import MoveStatus
from tests.fakes.bot import Bot

ROLES = {"owner": "U2", "IC": "U1", "deputy": "U3", "support": "U4", "other": "U5"}
LEADS = {"owner", "IC"}
DRAFT, IN_REVIEW, REVIEWED, CLOSED = Status.DRAFT, Status.IN_REVIEW, Status.REVIEWED, Status.CLOSED
# Who may make which move, without a message to customers and with one.
WITHOUT = {
    (DRAFT, IN_REVIEW): LEADS, (IN_REVIEW, DRAFT): LEADS, (IN_REVIEW, REVIEWED): LEADS, (IN_REVIEW, CLOSED): LEADS,
    (REVIEWED, CLOSED): LEADS, (REVIEWED, IN_REVIEW): LEADS | {"support"}, (CLOSED, IN_REVIEW): LEADS,
}  # fmt: skip
WITH = WITHOUT | {(IN_REVIEW, CLOSED): set(), (REVIEWED, CLOSED): {"support"}}
NEEDS_REASON = {(IN_REVIEW, DRAFT), (REVIEWED, IN_REVIEW), (CLOSED, IN_REVIEW)}
PATIENCE = timedelta(seconds=5)


@pytest.fixture
def ready(engine: Any) -> Bot:
    return Bot(engine, policy=Policy(support_users=frozenset({"U4"})))


def prepare(bot: Bot, status: Status, *, message: bool) -> None:
    """A record in this state whose meeting was held and agreed on, in a channel that was read."""
    bot.once(_prepare, status, message)


def _prepare(bot: Bot, status: Status, message: bool) -> None:
    bot.assigned()
    now = bot.clock.now()
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        roles = type(record.roles)(ic="U1", deputy="U3")
        unit.records.save(record.changed(status=status, roles=roles, title="Checkout", severity=2))
        held = frozenset({Role.OWNER})
        meeting = Booking(
            record.id, now - timedelta(hours=2), now - timedelta(hours=1), "U2", now - timedelta(days=1),
            outcome=Outcome.AGREED, confirmed_by="U2", confirmed_at=now - timedelta(minutes=30), confirmed_as=held,
        )  # fmt: skip
        unit.meetings.put_booking(meeting)
        text = Parts("It was slow.", "A change.", "A test.")
        value = ExternalMessage.PRESENT if message else ExternalMessage.NONE
        posted = Posted(now, "U4", "https://status.example.com/1") if message and status is REVIEWED else None
        decision = ExternalDecision(
            value, text if message else Parts(), "U2", now, "", text if message else None, posted
        )
        unit.meetings.put_external(record.id, decision)
        for ts, line in unit.items.waiting(record.id, "todo"):
            unit.items.settle(record.id, "todo", ts, line, confirmed=False)


def attempt(bot: Bot, frm: Status, to: Status, user: str) -> None:
    """The button, and the form where the move asks why: also without the button, as somebody might forge it."""
    record = bot.record()
    bot.press(move_buttons.ACTION[to], move_buttons.value(record.id, frm), user)
    if (frm, to) in NEEDS_REASON:
        bot.submit(why(record.id, frm, to), user, f"V{user}", reason="the numbers are wrong")


def why(record_id: str, frm: Status, to: Status) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": ids.INPUT}
    block = {
        "type": "input",
        "block_id": ids.REASON,
        "element": element,
        "label": {"type": "plain_text", "text": "Why?"},
    }
    carried = json.dumps({"record": record_id, "to": to.value, "seen": frm.value})
    return {"type": "modal", "callback_id": ids.MOVE, "private_metadata": carried, "blocks": [block]}


@pytest.mark.parametrize("message", [False, True], ids=["no message", "message"])
@pytest.mark.parametrize("to", Status, ids=lambda each: f"to {each}")
@pytest.mark.parametrize("frm", Status, ids=lambda each: f"from {each}")
def test_every_pair_by_everybody(ready: Bot, frm: Status, to: Status, message: bool) -> None:
    bot = ready
    prepare(bot, frm, message=message)
    allowed = (WITH if message else WITHOUT).get((frm, to), set())
    complete(bot)
    for role, user in ROLES.items():
        if role in allowed:
            continue
        before = bot.contents()
        attempt(bot, frm, to, user)
        assert bot.contents() == before, role
        assert bot.record().status is frm
    winner = next((role for role in ("support", "IC", "owner") if role in allowed), None)
    if winner is None:
        return
    if (frm, to) == (DRAFT, IN_REVIEW):
        return  # its content is a test of its own: here it is who may
    attempt(bot, frm, to, ROLES[winner])
    assert bot.record().status is to, f"{winner}: {bot.screens.shown[-1]}"
    last = [entry for entry in bot.history() if entry.field == "status"][-1]
    assert (last.actor, last.old, last.new) == (ROLES[winner], frm.value, to.value)


def complete(bot: Bot) -> None:
    """What is asked for does not stand in the way: the reasons that are left are about who it is."""
    record = bot.record()
    known = bot.look(lambda unit: facts.facts(unit, record, Policy(support_users=frozenset({"U4"}))))
    assert known.held is not None
    assert known.open_todos == 0


@pytest.mark.parametrize("frm", Status)
@pytest.mark.parametrize("seen", Status)
def test_a_button_that_was_drawn_in_another_state_changes_nothing(ready: Bot, frm: Status, seen: Status) -> None:
    bot = ready
    if frm is seen:
        return
    prepare(bot, frm, message=False)
    before = bot.contents()
    for to in Status:
        for user in ROLES.values():
            bot.press(move_buttons.ACTION[to], move_buttons.value(bot.record().id, seen), user)
    assert bot.contents() == before


def test_each_lead_alone_may_make_each_of_their_moves(ready: Bot) -> None:
    """Owner and IC one by one, asked of the same rule that the buttons ask."""
    bot = ready
    prepare(bot, IN_REVIEW, message=False)
    move = MoveStatus(Policy(support_users=frozenset({"U4"})))
    for (frm, to), allowed in WITHOUT.items():
        if frm is DRAFT:
            continue
        with bot.store.transaction(PATIENCE) as unit:
            record = unit.records.get(bot.record().id, lock=True)
            assert record
            unit.records.save(record.changed(status=frm))
        for role in allowed:
            bot.look(
                lambda unit, to=to, frm=frm, role=role: move.check(
                    unit, bot.record(), to, expected=frm, by=ROLES[role], now=bot.clock.now()
                )
            )
