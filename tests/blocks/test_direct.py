"""What the owner, the IC and the channel are told around the owner."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import direct, ids, notes
from bot.domain.life import Life
from bot.domain.outgoing import Kind
from bot.domain.postmortem import OwnerState, ProposalState, Roles
from bot.domain.status import Status
from bot.domain.topics import Topic
from bot.ports.chat import Drawing
from tests import factories

BEN = factories.person("U2", "Ben", tz="Asia/Tokyo")


def said(drawing: Drawing) -> str:
    return json.dumps(list(drawing.blocks), ensure_ascii=False)


def actions(drawing: Drawing) -> dict[str, str]:
    """Action id -> value."""
    found = [each for block in drawing.blocks if block["type"] == "actions" for each in block["elements"]]
    return {each["action_id"]: each["value"] for each in found}


def test_the_owner_learns_who_designated_them_and_that_it_is_no_punishment() -> None:
    drawing = direct.owner_dm(factories.overview(), BEN)
    assert drawing.text.startswith("<@U1> has designated you as the owner of *PM-7* Checkout is slow")
    assert "not a punishment" in said(drawing)
    assert "does not mean that you caused anything" in said(drawing)


def test_the_owner_sees_the_seven_responsibilities() -> None:
    drawn = said(direct.owner_dm(factories.overview(), BEN))
    assert "1. Book the meeting" in drawn
    assert "7. Tell the company" in drawn


def test_the_deadline_is_also_given_in_the_readers_zone() -> None:
    drawn = said(direct.owner_dm(factories.overview(), BEN))
    assert "due Thu 26 Nov, end of day, UTC" in drawn
    assert "Fri 27 Nov 2026 08:59 (Asia/Tokyo)" in drawn
    assert "3 days left" in drawn or "h left" in drawn


@pytest.mark.parametrize("tz", [None, "UTC", "Not/AZone"])
def test_a_zone_that_adds_nothing_is_left_out(tz: str | None) -> None:
    assert "For you" not in said(direct.owner_dm(factories.overview(), factories.person("U2", "Ben", tz=tz)))


def test_a_late_assignment_says_that_the_deadline_has_passed() -> None:
    overview = factories.overview()
    late = replace(overview, now=overview.deadline.due + timedelta(hours=2))
    assert "It has passed, by 2 h" in said(direct.owner_dm(late, BEN))


def test_the_owner_can_answer_until_they_have_and_is_then_led_to_what_comes_first() -> None:
    assert actions(direct.owner_dm(factories.overview(), BEN)) == {
        ids.OWNER_ACCEPT: "record-7",
        ids.OWNER_DECLINE: "record-7",
    }
    accepted = factories.overview(factories.postmortem(owner_state=OwnerState.ACCEPTED))
    drawing = direct.owner_dm(accepted, BEN)
    ways = {ids.MEETING_OPEN: "record-7", ids.CONTENT_OPEN: "record-7", ids.HUB_OPEN: "record-7"}
    assert actions(drawing) == ways
    assert "You accepted" in said(drawing)
    booked = replace(accepted, life=Life(booking=factories.booking()))
    assert ids.MEETING_OPEN not in actions(direct.owner_dm(booked, BEN)), "it is booked"


@pytest.mark.parametrize(
    ("owner", "expected"), [("U5", "The owner is now <@U5>"), (None, "Another owner is being looked for")]
)
def test_after_a_hand_over_the_old_message_asks_for_nothing(owner: str | None, expected: str) -> None:
    state = OwnerState.TOLD if owner else OwnerState.NONE
    overview = factories.overview(factories.postmortem(owner=owner, owner_state=state))
    for drawing in (direct.owner_dm(overview, BEN), direct.owner_dm(overview, None, to="U2")):
        assert not actions(drawing)
        assert expected in said(drawing)


def test_a_message_out_of_date_asks_for_nothing_although_the_same_person_is_the_owner_again() -> None:
    drawing = direct.owner_dm(factories.overview(), BEN, to="")
    assert not actions(drawing)
    assert "newer message" in said(drawing)


def test_the_designation_names_who_confirmed_a_proposal() -> None:
    decided = factories.proposal(state=ProposalState.CONFIRMED, decided_by="U6")
    assert direct.owner_dm(factories.overview(proposal=decided), BEN).text.startswith("<@U6> has designated")
    assert direct.owner_dm(factories.overview(), BEN, by="U8").text.startswith("<@U8> has designated")


def test_who_takes_it_on_alone_is_addressed_so() -> None:
    overview = factories.overview(factories.postmortem(roles=Roles(ic="U2")))
    assert direct.owner_dm(overview, BEN).text.startswith("You have taken on")


def test_the_ic_confirms_or_chooses_somebody_else() -> None:
    drawing = direct.confirm_dm(factories.overview(), factories.proposal())
    assert "<@U4> proposes <@U2>" in drawing.text
    assert actions(drawing) == {ids.PROPOSAL_CONFIRM: "proposal-1", ids.PROPOSAL_OTHER: "proposal-1"}


@pytest.mark.parametrize("state", [state for state in ProposalState if state is not ProposalState.PENDING])
def test_a_decided_proposal_offers_nothing(state: ProposalState) -> None:
    drawing = direct.confirm_dm(factories.overview(), factories.proposal(state=state, decided_by="U1"))
    assert not actions(drawing)


def test_every_topic_is_told_somewhere() -> None:
    assert set(notes.TO_PERSON) | set(notes.TO_CHANNEL) == set(Topic)


def test_an_unknown_topic_is_an_error() -> None:
    with pytest.raises(KeyError):
        direct.person_dm("weather", factories.overview(), {})
    with pytest.raises(KeyError):
        direct.channel_note("weather", factories.overview(), {})


VALUES = {"owner": "U2", "by": "U4", "before": "U5", "candidate": "U6", "asked": "U7", "reason": "on <leave>"}


@pytest.mark.parametrize(
    ("topic", "parts"),
    [
        (Topic.RELIEVED, ["<@U4>", "over to <@U2>"]),
        (Topic.IC_NAMED, ["You are named as the incident commander", "<@U4>", "<@U2>", ids.OWNER_CHOOSE_OPEN]),
        (Topic.DECLINED, ["<@U2> cannot be", "on &lt;leave&gt;", ids.OWNER_CHOOSE_OPEN]),
        (Topic.ACCEPTED, ["<@U2> has accepted"]),
        (Topic.OWNER_SILENT, ["<@U2>", "4 working hours", ids.OWNER_CHOOSE_OPEN]),
        (Topic.OWNER_GONE, ["<@U2>", "deactivated", ids.OWNER_CHOOSE_OPEN]),
        (Topic.OWNER_REFUSED, ["<@U2> cannot be", "on &lt;leave&gt;", ids.OWNER_CHOOSE_OPEN]),
        (Topic.TROUBLE, ["PM-7", "Something could not be done: on &lt;leave&gt;"]),
        (Topic.ESCALATED, ["<@U6>", "<@U7> is asked now"]),
        (Topic.REPLACED, ["<@U2>", "<@U6>"]),
    ],
)
def test_a_person_is_told(topic: Topic, parts: list[str]) -> None:
    drawn = said(direct.person_dm(topic, factories.overview(), VALUES))
    for part in parts:
        assert part in drawn


@pytest.mark.parametrize(
    ("topic", "parts"),
    [
        (Topic.HANDED_OVER, ["from <@U5> to <@U2> by <@U4>", "The deadline is unchanged"]),
        (Topic.PROPOSED, ["<@U6> as the owner", "proposed by <@U4>; <@U7> is asked to confirm"]),
        (Topic.ESCALATED, ["<@U5> has not answered", "<@U7> is asked now"]),
        (Topic.DESIGNATED, ["<@U4> has designated <@U2>"]),
        (Topic.DECLINED, ["<@U2> cannot be"]),
        (Topic.OWNER_GONE, ["<@U1> chooses"]),
    ],
)
def test_the_channel_is_told(topic: Topic, parts: list[str]) -> None:
    drawn = said(direct.channel_note(topic, factories.overview(), VALUES))
    for part in parts:
        assert part in drawn


def test_a_reason_for_not_owning_it_stays_between_the_owner_and_the_ic() -> None:
    assert "leave" not in said(direct.channel_note(Topic.DECLINED, factories.overview(), VALUES))


def test_trouble_says_what_could_not_be_done() -> None:
    drawn = said(direct.person_dm(Topic.TROUBLE, factories.overview(), {"what": Kind.DOCUMENT, "reason": "No room."}))
    assert "The document could not be uploaded: No room." in drawn


@pytest.mark.parametrize(
    ("booked", "part"),
    [
        ({"confirmed_by": "U9", "confirmed_at": factories.NOW}, "<@U9> confirmed that the meeting was held"),
        (
            {"confirmed_by": "U9", "confirmed_at": factories.NOW, "in_writing": True},
            "<@U9> confirmed that it was agreed on in writing",
        ),
        ({}, "It was agreed on."),
    ],
)
def test_who_moved_it_to_reviewed_and_who_confirmed_the_meeting_are_two(booked: dict[str, Any], part: str) -> None:
    seen = factories.overview(life=Life(booking=factories.booking(**booked)))
    drawn = said(direct.channel_note(Topic.MOVED, seen, {"number": "T3", "by": "U4", "to": "Reviewed"}))
    assert "<@U4> has moved *PM-7*" in drawn
    assert part in drawn


@pytest.mark.parametrize(
    ("status", "part"), [(Status.REVIEWED, "*Next:*"), (Status.CLOSED, "Nothing more is to be done")]
)
def test_after_the_review_the_owners_message_asks_for_nothing_that_is_over(status: Status, part: str) -> None:
    drawing = direct.owner_dm(factories.overview(factories.postmortem(status=status)), BEN)
    drawn = said(drawing)
    assert part in drawn
    assert f"*Status:* {status}" in drawn
    for gone in (" left.", "1. Book the meeting", "Deadline of the meeting"):
        assert gone not in drawn
    assert not actions(drawing)


def test_while_it_is_open_the_owner_reads_the_status_and_the_own_time_at_the_deadline() -> None:
    seen = factories.overview(life=Life(booking=factories.booking()))
    drawn = said(direct.owner_dm(seen, BEN))
    assert "*Status:* Draft" in drawn
    assert drawn.index("Deadline of the meeting") < drawn.index("For you that is") < drawn.index("*Meeting:*")
