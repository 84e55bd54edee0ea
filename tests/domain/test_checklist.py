"""R-10: each entry of the checklist is done exactly when its data exists, and the next step follows from it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import content_gate
from bot.domain.actors import Role
from bot.domain.booking import Outcome
from bot.domain.checklist import Entry, Mark, Task, checklist, next_entry, progress
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.guards import Confirmation
from bot.domain.harvest.finding import TimelineKind
from bot.domain.life import Life
from bot.domain.postmortem import OwnerState, Postmortem
from bot.domain.review import Approval, Note, NoteState
from bot.domain.status import Status
from bot.domain.timeline import Item
from tests import factories
from tests.factories import NOW

ALL = tuple(field.heading for field in content_gate.GATE)
HELD = Confirmation(NOW, "U2", frozenset({Role.OWNER}))
PAST = factories.booking(NOW - timedelta(hours=1))


def item(**values: Any) -> Item:
    given: dict[str, Any] = {"evidence": ("https://grafana.example/d/1",), **values}
    return Item("i1", "record-7", NOW, "restart", TimelineKind.action, "U2", NOW, **given)


def entries(record: Postmortem | None = None, life: Life | None = None, **facts: Any) -> dict[Task, Entry]:
    record = record or factories.postmortem()
    overview = factories.overview(record, life=life or Life(), facts=factories.facts(record, **facts))
    return {entry.task: entry for entry in checklist(overview)}


def nexts(record: Postmortem | None = None, life: Life | None = None, **facts: Any) -> Task | None:
    record = record or factories.postmortem()
    overview = factories.overview(record, life=life or Life(), facts=factories.facts(record, **facts))
    entry = next_entry(overview)
    return entry.task if entry else None


READY: dict[str, Any] = {
    "missing_content": (),
    "external": ExternalMessage.NONE,
    "meeting_start": NOW + timedelta(days=1),
    "meeting_end": NOW + timedelta(days=1, minutes=30),
}
OVER: dict[str, Any] = READY | {"meeting_start": PAST.start, "meeting_end": PAST.end}
BOOKED = Life(booking=factories.booking(), items=(item(),))


def test_a_record_that_nobody_owns_wants_an_owner_first() -> None:
    assert nexts(factories.fresh()) is Task.OWNER


def test_who_was_told_owns_it_though_the_answer_is_still_waited_for() -> None:
    owner = entries(factories.postmortem(owner_state=OwnerState.TOLD))[Task.OWNER]
    assert (owner.mark, owner.said) == (Mark.DONE, "waiting for an answer")


def test_with_an_owner_the_meeting_comes_before_anything_else() -> None:
    assert nexts(factories.postmortem(title="", severity=None)) is Task.MEETING


@pytest.mark.parametrize(
    ("booking", "done"),
    [
        pytest.param(None, False, id="never booked"),
        pytest.param(factories.booking(), True, id="booked"),
        pytest.param(replace(factories.booking(), cancelled_at=NOW), False, id="cancelled"),
        pytest.param(replace(factories.booking(), outcome=Outcome.NOT_HELD), False, id="not held"),
    ],
)
def test_the_meeting_is_done_while_one_is_booked(booking: Any, done: bool) -> None:
    assert entries(life=Life(booking=booking))[Task.MEETING].done is done


@pytest.mark.parametrize(
    ("life", "facts", "done", "said"),
    [
        pytest.param(Life(), {}, False, "", id="nothing"),
        pytest.param(Life(waiting_items=(("1.0", 0),)), {}, False, "1 proposal to look at", id="proposals"),
        pytest.param(Life(items=(item(),)), {}, True, "1 with evidence", id="all with evidence"),
        pytest.param(
            Life(items=(item(), item(evidence=()))),
            {"bare_items": ("restart",)},
            False,
            "1 with evidence, 1 still without evidence",
            id="bare",
        ),
        pytest.param(
            Life(items=(item(evidence=(), waiver="no data"),)), {}, True, "0 with evidence, 1 without data", id="waived"
        ),
    ],
)
def test_the_timeline_wants_evidence_for_every_item(life: Life, facts: Any, done: bool, said: str) -> None:
    entry = entries(life=life, **facts)[Task.TIMELINE]
    assert (entry.done, entry.said) == (done, said)


def test_the_content_names_what_is_missing_in_the_order_of_the_template() -> None:
    entry = entries(missing_content=("Overview", "Timeline", "Resolution"))[Task.CONTENT]
    assert entry.headings == ("Overview", "Resolution"), "the timeline has its own entry"
    assert entry.said == "13 of 16 headings filled in"


def test_wording_that_nobody_has_written_was_not_looked_at() -> None:
    assert entries()[Task.WORDING].mark is Mark.LATER
    assert entries(life=Life(items=(item(),)))[Task.WORDING].mark is Mark.DONE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (Parts("We were slow.", "An index.", "An alert."), "written"),
        (Parts("We were slow.", " "), "there will be one; still empty: What Happened?, What Are We Doing About This?"),
    ],
)
def test_a_message_with_empty_parts_is_not_called_written(text: Parts, said: str) -> None:
    decided = Life(external=ExternalDecision(ExternalMessage.PRESENT, text))
    entry = entries(life=decided, external=ExternalMessage.PRESENT)[Task.EXTERNAL]
    assert (entry.done, entry.said) == (True, said), "it was decided, and that is what the review asks for"


def test_everything_is_there_so_it_goes_to_review() -> None:
    assert nexts(life=BOOKED, **READY) is Task.SEND_TO_REVIEW
    assert entries(life=BOOKED)[Task.SEND_TO_REVIEW].mark is Mark.LATER


def test_open_todos_do_not_keep_it_from_review_but_come_next_then() -> None:
    assert nexts(life=BOOKED, **READY, open_todos=3) is Task.SEND_TO_REVIEW
    in_review = factories.postmortem(status=Status.IN_REVIEW)
    assert nexts(in_review, BOOKED, **READY, open_todos=3) is Task.TODOS
    assert nexts(in_review, BOOKED, **READY) is None, "the meeting is waited for"


def test_new_warnings_on_wording_are_no_next_step_once_it_was_sent_to_review() -> None:
    found = READY | {"unseen_findings": 2}
    assert nexts(life=BOOKED, **found) is Task.WORDING
    in_review = factories.postmortem(status=Status.IN_REVIEW)
    assert nexts(in_review, BOOKED, **found) is None
    late = OVER | {"external": ExternalMessage.PRESENT, "unseen_findings": 2}
    assert nexts(in_review, replace(BOOKED, booking=PAST), **late, held=HELD) is Task.REVIEWED
    assert not entries(in_review, BOOKED, **found)[Task.WORDING].done, "the list still says it"


def test_after_the_meeting_somebody_says_whether_it_was_held() -> None:
    in_review = factories.postmortem(status=Status.IN_REVIEW)
    life = replace(BOOKED, booking=PAST)
    assert nexts(in_review, life, **OVER) is Task.HOLD_MEETING
    assert nexts(in_review, life, **OVER, held=HELD) is Task.CLOSED, "no message: straight to Closed (R-52)"
    present = OVER | {"external": ExternalMessage.PRESENT}
    assert nexts(in_review, life, **present, held=HELD) is Task.REVIEWED
    assert nexts(in_review, life, **present, held=HELD, undecided_actions=2) is Task.TOPICS


def test_reviewed_with_a_message_waits_for_support_and_without_is_closed() -> None:
    reviewed = factories.postmortem(status=Status.REVIEWED)
    life = replace(BOOKED, booking=PAST)
    assert nexts(reviewed, life, **(OVER | {"external": ExternalMessage.PRESENT}), held=HELD) is Task.PUBLISH
    assert nexts(reviewed, life, **OVER, held=HELD) is Task.CLOSED


def test_a_closed_one_wants_nothing() -> None:
    assert nexts(factories.postmortem(status=Status.CLOSED), missing_content=ALL, open_todos=4) is None


def test_readers_notes_are_an_entry_once_there_are_any() -> None:
    assert Task.NOTES not in entries()
    note = Note("n1", "record-7", "U3", "which region?", NOW)
    life = Life(
        notes=(note, replace(note, id="n2", state=NoteState.DONE)), approvals=(Approval("record-7", "U4", NOW),)
    )
    assert entries(life=life)[Task.NOTES].said == "1 note open, approved by 1 person"


def test_progress_counts_what_is_done() -> None:
    record = factories.postmortem()
    listed = checklist(factories.overview(record))
    done, of = progress(listed)
    assert of == len(listed)
    assert done == sum(entry.done for entry in listed)
    assert checklist(factories.overview(record, facts=None)) == ()
