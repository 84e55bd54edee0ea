"""How the meeting and the review look: within Slack's limits whatever people typed, and with nobody pinged by accident."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import (
    card,
    checklist,
    held,
    hub,
    ids,
    meeting_form,
    meeting_line,
    meeting_notes,
    review_notes,
    review_post,
)
from bot.domain import meeting
from bot.domain.booking import Booking, Outcome
from bot.domain.business_time import Calendar
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.harvest.finding import TimelineKind
from bot.domain.life import Life
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.review import Approval, Note, NoteState
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.domain.topics import Topic
from bot.domain.waiver import Waiver
from tests import factories

NASTY = ("x" * 3000, "<!channel> <@U1> & ``` *", "&" * 3000, "\n" * 500 + "<" * 2000, "")
START = factories.NOW + timedelta(days=2)
OVER = factories.NOW - timedelta(hours=2)
EVIDENCE = ("https://grafana.example/d/1",)
ITEM = Item("i1", "record-7", OVER, "restart", TimelineKind.action, "U2", OVER, evidence=EVIDENCE)


def overview(record: Postmortem | None = None, *, text: str = "fine", **booked: Any) -> Overview:
    record = record or factories.postmortem(title=text[:150])
    booking: Booking = factories.booking(
        **{"start": START, "link": "https://call.example/1", "late_reason": text[:1000], **booked}
    )
    lived = Life(
        booking=booking,
        notes=tuple(_note(number, text) for number in range(60)),
        approvals=tuple(Approval(record.id, f"U{number}", factories.NOW) for number in range(100, 140)),
    )
    return factories.overview(record, life=lived, document="https://acme.slack.com/files/F1")


def _note(number: int, text: str) -> Note:
    state = NoteState.DONE if number % 2 else NoteState.OPEN
    done = "U2" if number % 2 else None
    return Note(f"record-7:{number}", "record-7", "U4", text or "-", factories.NOW, "C1", "1.000001", state, done)


def proposal(seen: Overview) -> meeting.Proposal:
    return meeting.propose_slot(seen.deadline, Calendar(), now=seen.now)


@pytest.mark.parametrize("text", NASTY)
def test_slack_takes_every_form(text: str, accepts_view: Any) -> None:
    seen = overview(text=text)
    for view in (
        meeting_form.form(seen, proposal(seen), intro="Not held."),
        meeting_form.form(factories.overview(), proposal(seen)),
        meeting_form.was_form(seen),
        meeting_form.changes_form(seen.postmortem, factories.booking()),
        review_notes.comment_form(seen.postmortem),
        *(review_notes.listing(seen, page) for page in (0, 1, 2, 99)),
    ):
        accepts_view(view)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("outcome", Outcome)
def test_slack_takes_the_question_after_every_answer(text: str, outcome: Outcome, accepts: Any) -> None:
    seen = overview(text=text, start=OVER, outcome=outcome, outcome_by="U1", outcome_note=text)
    accepts(held.card(seen, 0))
    accepts(held.card(seen, 1))
    accepts(held.early(seen))


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("restricted", [False, True])
def test_slack_takes_the_review_post_in_every_state(text: str, status: Status, restricted: bool, accepts: Any) -> None:
    record = factories.postmortem(
        title=text[:150], status=status, status_at=factories.NOW, status_by="U2", restricted=restricted
    )
    accepts(review_post.drawing(overview(record, text=text)))
    accepts(review_post.withdrawn(overview(record, text=text)))


@pytest.mark.parametrize("text", NASTY)
def test_slack_takes_every_short_message(text: str, accepts: Any) -> None:
    values = {"by": "U1", "start": START.isoformat(), "minutes": 45, "reason": text, "link": text, "channel": text}
    seen = overview(text=text, start=OVER)
    for note in (*meeting_notes.TO_PERSON.values(), *meeting_notes.TO_CHANNEL.values()):
        accepts(note(seen, values))
        accepts(note(seen, {}))


def test_the_summary_tells_how_many_notes_it_left_out() -> None:
    assert "and 20 more" in str(meeting_notes.TO_PERSON[Topic.NOTES](overview(), {}).blocks)


def buttons(drawing: Any) -> list[str]:
    return [each["action_id"] for block in drawing.blocks if block["type"] == "actions" for each in block["elements"]]


@pytest.mark.parametrize(
    ("status", "external", "expected"),
    [
        (Status.DRAFT, ExternalMessage.NONE, [ids.MOVE_IN_REVIEW]),
        (Status.IN_REVIEW, ExternalMessage.PRESENT, [ids.MOVE_REVIEWED]),
        (Status.IN_REVIEW, ExternalMessage.NONE, [ids.MOVE_CLOSED, ids.MOVE_REVIEWED]),
        (Status.REVIEWED, ExternalMessage.PRESENT, []),
        (Status.CLOSED, ExternalMessage.NONE, []),
    ],
)
def test_once_agreed_on_the_next_move_is_offered(
    status: Status, external: ExternalMessage, expected: list[str]
) -> None:
    booking = factories.booking(start=OVER, outcome=Outcome.AGREED, outcome_by="U1")
    lived = Life(booking=booking, external=ExternalDecision(external))
    seen = factories.overview(factories.postmortem(status=status), life=lived)
    assert buttons(held.card(seen, 0)) == expected


def test_a_waived_one_offers_nothing() -> None:
    record = factories.postmortem(waiver=Waiver(factories.NOW, "U1", "a false alarm"))
    assert buttons(held.card(overview(record, start=OVER), 0)) == []
    assert buttons(review_post.drawing(overview(record))) == []


def test_the_page_goes_before_the_document() -> None:
    seen = overview()
    assert review_post.address(seen) == "https://acme.slack.com/files/F1"
    paged = replace(seen, postmortem=replace(seen.postmortem, page_url="https://wiki.example/1"))
    assert review_post.address(paged) == "https://wiki.example/1"


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({}, "30 min, <https://call.example/1|join the call>"),
        ({"cancelled_at": factories.NOW}, "cancelled"),
        ({"outcome": Outcome.NOT_HELD}, "not held"),
    ],
)
def test_the_meeting_in_one_line(values: dict[str, Any], part: str) -> None:
    assert part in meeting_line.line(overview(**values))


def test_no_meeting_is_an_empty_line() -> None:
    assert meeting_line.line(factories.overview()) == ""


@pytest.mark.parametrize("drawn", [card.card, hub.hub], ids=["card", "hub"])
def test_while_the_meeting_is_waited_for_it_can_be_entered_as_held_or_moved(drawn: Any) -> None:
    record = factories.postmortem(status=Status.IN_REVIEW)
    facts = factories.facts(record, missing_content=(), external=ExternalMessage.NONE)
    seen = replace(overview(record), life=Life(booking=factories.booking(), items=(ITEM,)), facts=facts)
    assert {ids.MEETING_REAL, ids.MEETING_OPEN} <= set(buttons(drawn(seen)))
    assert buttons(drawn(seen)).count(ids.MEETING_OPEN) == 1
    assert ids.MEETING_REAL not in buttons(drawn(replace(seen, now=factories.booking().end)))


@pytest.mark.parametrize("booked", [True, False])
def test_the_real_time_begins_with_one_that_is_over(booked: bool) -> None:
    seen = overview() if booked else factories.overview()
    (given,) = [
        block["element"]["initial_date_time"]
        for block in meeting_form.was_form(seen)["blocks"]
        if block["type"] == "input" and "initial_date_time" in block["element"]
    ]
    assert given == int((factories.NOW - timedelta(minutes=30)).timestamp())


def test_the_review_post_does_not_ask_for_reading_before_a_meeting_that_is_over() -> None:
    assert "Please read" in review_post.drawing(overview()).text
    assert "Please read" not in review_post.drawing(overview(start=OVER)).text
    reviewed = factories.postmortem(status=Status.REVIEWED)
    assert "Please read" not in review_post.drawing(overview(reviewed, start=OVER)).text


def test_sent_back_the_text_is_agreed_on_in_writing() -> None:
    agreed = {"outcome": Outcome.AGREED, "confirmed_by": "U1", "confirmed_at": factories.NOW - timedelta(hours=1)}
    record = factories.postmortem(status=Status.IN_REVIEW, sent_back_at=factories.NOW)
    assert buttons(held.card(overview(record, start=OVER, **agreed), 0)) == [ids.HELD_IN_WRITING, ids.HELD_CHANGES]


@pytest.mark.parametrize(("written", "said"), [(False, "before anything is written"), (True, "books the meeting")])
def test_the_meeting_is_booked_before_anything_is_written_only_while_nothing_is(written: bool, said: str) -> None:
    cancelled = factories.booking(cancelled_at=factories.NOW)
    seen = factories.overview(life=Life(booking=cancelled, items=(ITEM,) if written else ()))
    assert said in checklist.step(seen)
    assert ("before anything" in checklist.step(seen)) is not written
