"""Each guard of the status machine by itself: the one broken fact is named, and with what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain import content_gate
from bot.domain.errors import Refused
from bot.domain.status import Confirmation, Effect, ExternalMessage, Facts, Role, Status, Transition

D, I, R, C = Status.DRAFT, Status.IN_REVIEW, Status.REVIEWED, Status.CLOSED  # noqa: E741
NONE, PRESENT = ExternalMessage.NONE, ExternalMessage.PRESENT
ROLES = (Role.OWNER, Role.IC, Role.SUPPORT, Role.OTHER)
Attempt = Callable[..., Transition]
Answer = Callable[..., str]


GUARDS = [
    pytest.param(D, I, {"missing_content": ("Overview",)}, "missing_content", id="T1-content"),
    pytest.param(D, I, {"bare_items": ("14:02 paged",)}, "missing_evidence", id="T1-evidence"),
    pytest.param(D, I, {"meeting_start": None, "meeting_end": None}, "meeting_not_booked", id="T1-meeting"),
    pytest.param(D, I, {"meeting_cancelled": True}, "meeting_cancelled", id="T1-meeting-cancelled"),
    pytest.param(D, I, {"unseen_findings": 1}, "findings_unseen", id="T1-findings"),
    pytest.param(D, I, {"external": ExternalMessage.UNDECIDED}, "external_undecided", id="T1-undecided"),
    pytest.param(I, R, {"meeting_start": None, "meeting_end": None}, "meeting_not_booked", id="T3-no-meeting"),
    pytest.param(I, R, {"held": None}, "meeting_not_confirmed", id="T3-not-confirmed"),
    pytest.param(I, R, {"meeting_cancelled": True}, "meeting_cancelled", id="T3-cancelled-after-it-was-held"),
    pytest.param(I, C, {"held": None}, "meeting_not_confirmed", id="T4-not-confirmed"),
    pytest.param(I, C, {"external": PRESENT}, "external_present", id="T4-message"),
    pytest.param(I, C, {"external": ExternalMessage.UNDECIDED}, "external_undecided", id="T4-undecided"),
    pytest.param(I, C, {"open_todos": 2}, "todos_open", id="T4-todos"),
    pytest.param(I, C, {"undecided_actions": 1}, "actions_undecided", id="T4-actions"),
    pytest.param(R, C, {"undecided_actions": 1}, "actions_undecided", id="T5-actions"),
    pytest.param(R, C, {"external": ExternalMessage.UNDECIDED}, "external_undecided", id="T5-undecided"),
]


@pytest.mark.parametrize(("frm", "to", "broken", "code"), GUARDS)
def test_each_guard_alone_refuses_the_move_and_says_what_to_do(
    frm: Status, to: Status, broken: dict[str, object], code: str, ready: Facts, now: datetime, attempt: Attempt
) -> None:
    with pytest.raises(Refused) as caught:
        attempt(frm, to, replace(ready, **broken), now, Role.OWNER)  # type: ignore[arg-type]
    assert caught.value.codes == (code,)
    assert caught.value.message == caught.value.reasons[0].text


@pytest.mark.parametrize(
    ("frm", "to", "tolerated"),
    [
        pytest.param(D, I, {"open_todos": 3, "undecided_actions": 3}, id="T1-open-action-items"),
        pytest.param(I, R, {"open_todos": 3, "undecided_actions": 3}, id="T3-open-action-items"),
        pytest.param(R, C, {"open_todos": 3}, id="T5-todo-candidates"),
        pytest.param(R, C, {"support_configured": False}, id="T5-no-support-team"),
        pytest.param(I, R, {"missing_content": ("Overview",), "unseen_findings": 2}, id="T3-content-was-gated-before"),
    ],
)
def test_a_guard_of_another_move_does_not_stand_in_the_way(
    frm: Status, to: Status, tolerated: dict[str, object], ready: Facts, now: datetime, attempt: Attempt
) -> None:
    assert attempt(frm, to, replace(ready, **tolerated), now, Role.OWNER).to is to  # type: ignore[arg-type]


def test_all_reasons_are_given_at_once_and_each_heading_by_its_name(
    ready: Facts, now: datetime, attempt: Attempt
) -> None:
    facts = replace(ready, missing_content=("Overview", "Resolution"), unseen_findings=3, bare_items=("a", "b"))
    with pytest.raises(Refused) as caught:
        attempt(D, I, facts, now, Role.IC)
    assert caught.value.codes == ("missing_content", "missing_content", "missing_evidence", "findings_unseen")
    assert "4 things" in caught.value.message
    assert "Overview is missing: write a sentence or two." in caught.value.message
    assert "without evidence: a, b." in caught.value.message


def test_the_meeting_is_over_exactly_at_its_end(ready: Facts, now: datetime, attempt: Attempt) -> None:
    confirmed = Confirmation(now, "U_IC", frozenset({Role.IC}))
    facts = replace(ready, meeting_start=now - timedelta(minutes=30), meeting_end=now, held=confirmed, tz="Asia/Tokyo")
    assert attempt(I, R, facts, now, Role.OWNER).number == "T3"
    with pytest.raises(Refused) as caught:
        attempt(I, R, facts, now - timedelta(seconds=1), Role.OWNER)
    assert caught.value.codes == ("meeting_not_over",)
    assert "Thu 26 Nov 2026 21:00 (Asia/Tokyo)" in caught.value.message


@pytest.mark.parametrize(
    ("roles", "counts"),
    [
        pytest.param({Role.IC}, True, id="ic"),
        pytest.param({Role.OWNER}, True, id="owner"),
        pytest.param({Role.SUPPORT, Role.OWNER}, True, id="owner-who-is-support-too"),
        pytest.param({Role.SUPPORT}, False, id="support"),
        pytest.param({Role.OTHER}, False, id="somebody"),
    ],
)
def test_only_a_confirmation_by_ic_or_owner_counts(
    roles: set[Role], counts: bool, ready: Facts, now: datetime, answer: Answer
) -> None:
    facts = replace(ready, held=Confirmation(now, "U9", frozenset(roles)))
    assert answer(I, R, facts, now, Role.IC) == ("T3" if counts else "meeting_not_confirmed")


def test_a_confirmation_from_before_the_meeting_was_rebooked_does_not_count(
    ready: Facts, now: datetime, answer: Answer
) -> None:
    rebooked = replace(ready, meeting_start=now - timedelta(minutes=40), meeting_end=now - timedelta(minutes=10))
    assert answer(I, R, rebooked, now, Role.IC) == "meeting_not_confirmed"


def test_a_confirmation_at_the_very_start_of_the_meeting_counts(ready: Facts, now: datetime, answer: Answer) -> None:
    assert ready.held is not None
    facts = replace(ready, meeting_start=ready.held.at, meeting_end=now)
    assert answer(I, R, facts, now, Role.IC) == "T3"


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        pytest.param({}, "agreement_outdated", id="nothing-new"),
        pytest.param({"held": 20}, "T3", id="confirmed-once-more"),
        pytest.param({"async_approval": 20}, "T3", id="agreed-without-a-meeting"),
        pytest.param({"held": 30}, "T3", id="confirmed-at-that-very-moment"),
        pytest.param({"async_approval": 50}, "agreement_outdated", id="agreed-before-it-was-sent-back"),
    ],
)
def test_after_it_was_sent_back_it_needs_a_new_agreement(
    again: dict[str, int], expected: str, ready: Facts, now: datetime, answer: Answer
) -> None:
    newer = {
        name: Confirmation(now - timedelta(minutes=minutes), "U_IC", frozenset({Role.IC}))
        for name, minutes in again.items()
    }
    facts = replace(ready, sent_back_at=now - timedelta(minutes=30), **newer)  # type: ignore[arg-type]
    assert answer(I, R, facts, now, Role.OWNER) == expected


@pytest.mark.parametrize("reason", [None, "", "   "])
@pytest.mark.parametrize(("frm", "to"), [(I, D), (R, I), (C, I)])
def test_going_back_needs_a_reason(
    frm: Status, to: Status, reason: str | None, ready: Facts, now: datetime, answer: Answer
) -> None:
    assert answer(frm, to, ready, now, Role.IC, reason=reason) == "reason_missing"


def test_the_reason_is_kept_without_surrounding_blanks(ready: Facts, now: datetime, attempt: Attempt) -> None:
    assert attempt(I, D, ready, now, Role.IC, reason=" wrong numbers ").reason == "wrong numbers"


class TestSupport:
    def test_without_a_support_team_nobody_closes_and_an_admin_is_named(
        self, ready: Facts, now: datetime, attempt: Attempt
    ) -> None:
        facts = replace(ready, external=PRESENT, support_configured=False)
        for role in ROLES:
            with pytest.raises(Refused) as caught:
                attempt(R, C, facts, now, role)
            assert caught.value.codes == ("support_not_configured",)
            assert caught.value.message.startswith("No support team configured: ask an admin")

    def test_support_who_is_also_the_owner_closes_as_support_and_the_audit_tells(
        self, ready: Facts, now: datetime, attempt: Attempt
    ) -> None:
        facts = replace(ready, external=PRESENT)
        done = attempt(R, C, facts, now, Role.SUPPORT, Role.OWNER)
        assert (done.number, done.acted_as, done.also) == ("T6", (Role.SUPPORT,), (Role.OWNER,))
        assert Effect.AUDIT in done.effects

    def test_owner_and_ic_together_are_still_not_support(self, ready: Facts, now: datetime, attempt: Attempt) -> None:
        with pytest.raises(Refused, match="Only the support team"):
            attempt(R, C, replace(ready, external=PRESENT), now, Role.OWNER, Role.IC, Role.ADMIN)

    def test_support_records_the_posting_before_it_closes(self, ready: Facts, now: datetime, answer: Answer) -> None:
        facts = replace(ready, external=PRESENT, posted_at=None, posted_url="")
        assert answer(R, C, facts, now, Role.SUPPORT) == "message_not_posted"

    def test_the_time_of_posting_is_enough_without_an_address(
        self, ready: Facts, now: datetime, attempt: Attempt
    ) -> None:
        facts = replace(ready, external=PRESENT, posted_url="")
        assert attempt(R, C, facts, now, Role.SUPPORT).number == "T6"

    def test_a_message_that_the_meeting_dropped_leaves_closing_to_the_owner(
        self, ready: Facts, now: datetime, attempt: Attempt
    ) -> None:
        assert attempt(R, C, replace(ready, external=NONE), now, Role.OWNER).number == "T5"


def test_the_gate_lists_what_is_missing_in_the_order_of_the_template() -> None:
    keys = {field.key for field in content_gate.GATE}
    assert content_gate.missing(keys) == ()
    assert content_gate.missing(keys - {"timeline", "overview"}) == ("Overview", "Timeline")
    assert content_gate.hint("Timeline") == "add at least one item"


def test_a_key_that_is_no_field_of_the_gate_is_a_bug() -> None:
    with pytest.raises(ValueError, match="overveiw"):
        content_gate.missing({"overveiw"})


def test_a_meeting_has_both_ends(ready: Facts) -> None:
    with pytest.raises(ValueError, match="both"):
        replace(ready, meeting_start=None)
