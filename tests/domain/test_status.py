"""The status machine: all pairs and roles, every guard by itself, the effects, and two people who click at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import status
from bot.domain.errors import Refused, Stale
from bot.domain.status import (
    Actor,
    Confirmation,
    Effect,
    ExternalMessage,
    Facts,
    LastChange,
    Role,
    Status,
    Transition,
)

D, I, R, C = Status.DRAFT, Status.IN_REVIEW, Status.REVIEWED, Status.CLOSED  # noqa: E741
NONE, PRESENT = ExternalMessage.NONE, ExternalMessage.PRESENT
ROLES = (Role.OWNER, Role.IC, Role.SUPPORT, Role.OTHER)
Attempt = Callable[..., Transition]
Answer = Callable[..., str]
ALL_SAME = dict.fromkeys(ROLES, "no_such_move")


def leads(number: str, others: str = "wrong_role") -> dict[Role, str]:
    return {Role.OWNER: number, Role.IC: number, Role.SUPPORT: others, Role.OTHER: "wrong_role"}


# For every pair of states what each role gets while all guards hold: the number of the move, or the refusal's code.
WITHOUT_MESSAGE: dict[tuple[Status, Status], dict[Role, str]] = {
    (D, D): ALL_SAME,
    (D, I): leads("T1"),
    (D, R): ALL_SAME,
    (D, C): ALL_SAME,
    (I, D): leads("T2"),
    (I, I): ALL_SAME,
    (I, R): leads("T3"),
    (I, C): leads("T4"),
    (R, D): ALL_SAME,
    (R, I): leads("T7", "T7"),
    (R, R): ALL_SAME,
    (R, C): leads("T5"),
    (C, D): ALL_SAME,
    (C, I): leads("T8"),
    (C, R): ALL_SAME,
    (C, C): ALL_SAME,
}
WITH_MESSAGE = {
    **WITHOUT_MESSAGE,
    (I, C): leads("external_present"),
    (R, C): leads("wrong_role", "T6"),
}


def table() -> list[object]:
    return [
        pytest.param(external, frm, to, role, expected, id=f"{external}-{frm}-to-{to}-by-{role}")
        for external, rows in ((NONE, WITHOUT_MESSAGE), (PRESENT, WITH_MESSAGE))
        for (frm, to), by_role in rows.items()
        for role, expected in by_role.items()
    ]


@pytest.mark.parametrize(("external", "frm", "to", "role", "expected"), table())
def test_each_pair_of_states_answers_each_role_as_the_table_says(
    external: ExternalMessage,
    frm: Status,
    to: Status,
    role: Role,
    expected: str,
    ready: Facts,
    now: datetime,
    answer: Answer,
) -> None:
    facts = replace(ready, external=external)
    assert answer(frm, to, facts, now, role) == expected


def test_the_table_covers_all_sixteen_pairs() -> None:
    pairs = set(itertools.product(Status, repeat=2))
    assert set(WITHOUT_MESSAGE) == set(WITH_MESSAGE) == pairs
    assert len(pairs) == 16


def test_the_labels_are_those_that_people_know() -> None:
    assert [str(state) for state in Status] == ["Draft", "In Review", "Reviewed", "Closed"]


ALWAYS = {Effect.UPDATE_CARD, Effect.ANNOUNCE, Effect.AUDIT}


@pytest.mark.parametrize(
    ("frm", "to", "changed", "expected"),
    [
        pytest.param(D, I, {}, set(), id="T1"),
        pytest.param(D, I, {"review_posted": False}, {Effect.POST_REVIEW_LINK}, id="T1-past-the-review-instant"),
        pytest.param(D, I, {"review_posted": False, "review_at": None}, set(), id="T1-no-review-instant"),
        pytest.param(I, D, {}, {Effect.REVIEW_POST_BACK_IN_DRAFT}, id="T2"),
        pytest.param(I, R, {}, {Effect.OFFER_CLOSE, Effect.PROMPT_INTERNAL_EMAIL}, id="T3-none"),
        pytest.param(
            I,
            R,
            {"external": PRESENT},
            {Effect.HAND_OFF_TO_SUPPORT, Effect.PROMPT_INTERNAL_EMAIL},
            id="T3-present",
        ),
        pytest.param(
            I,
            R,
            {"external": PRESENT, "support_configured": False},
            {Effect.HAND_OFF_TO_SUPPORT, Effect.ASK_ADMIN_FOR_SUPPORT_TEAM, Effect.PROMPT_INTERNAL_EMAIL},
            id="T3-present-no-support-team",
        ),
        pytest.param(
            I,
            C,
            {},
            {Effect.STOP_REMINDERS, Effect.REVIEWED_AT_IS_CLOSED_AT, Effect.PROMPT_INTERNAL_EMAIL},
            id="T4",
        ),
        pytest.param(R, C, {}, {Effect.STOP_REMINDERS}, id="T5"),
        pytest.param(R, C, {"external": PRESENT}, {Effect.NOTE_MESSAGE_POSTED, Effect.STOP_REMINDERS}, id="T6"),
        pytest.param(R, I, {}, {Effect.WITHDRAW_SUPPORT_TASK}, id="T7"),
        pytest.param(C, I, {}, {Effect.SHOW_REOPENED}, id="T8"),
    ],
)
def test_each_move_has_its_effects(
    frm: Status,
    to: Status,
    changed: dict[str, object],
    expected: set[Effect],
    ready: Facts,
    now: datetime,
    attempt: Attempt,
) -> None:
    facts = replace(ready, **changed)  # type: ignore[arg-type]
    done = attempt(frm, to, facts, now, Role.OWNER, Role.SUPPORT)
    assert set(done.effects) == ALWAYS | expected
    assert len(done.effects) == len(set(done.effects))


def test_before_the_review_instant_going_to_review_posts_nothing_yet(
    ready: Facts, now: datetime, attempt: Attempt
) -> None:
    facts = replace(ready, review_at=now + timedelta(minutes=1), review_posted=False)
    assert Effect.POST_REVIEW_LINK not in attempt(D, I, facts, now, Role.OWNER).effects
    assert Effect.POST_REVIEW_LINK in attempt(D, I, replace(facts, review_at=now), now, Role.OWNER).effects


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        pytest.param(timedelta(seconds=3), "already Reviewed by @a 3 s ago", id="seconds"),
        pytest.param(timedelta(minutes=5, seconds=59), "already Reviewed by @a 5 min ago", id="minutes"),
        pytest.param(timedelta(hours=30), "already Reviewed by @a 30 h ago", id="hours"),
        pytest.param(timedelta(days=9), "already Reviewed by @a 9 days ago", id="days"),
        pytest.param(timedelta(seconds=-2), "already Reviewed by @a 0 s ago", id="clocks-differ"),
    ],
)
def test_the_second_of_two_clicks_is_told_who_was_first(
    ago: timedelta, words: str, ready: Facts, now: datetime, attempt: Attempt
) -> None:
    with pytest.raises(Stale, match=words):
        attempt(R, R, ready, now, Role.OWNER, expected=I, last_change=LastChange("@a", now - ago))


def test_a_stale_click_is_stale_whoever_clicks_and_wherever_it_goes(
    ready: Facts, now: datetime, attempt: Attempt
) -> None:
    for frm, to, expected, role in itertools.product(Status, Status, Status, ROLES):
        if expected is frm:
            continue
        with pytest.raises(Stale) as caught:
            attempt(frm, to, ready, now, role, expected=expected)
        assert caught.value.codes == ("stale",)
        assert f"already {frm}." in caught.value.message


def test_an_edit_of_the_message_after_the_review_sends_it_back(ready: Facts, now: datetime) -> None:
    owner = Actor("U1", frozenset({Role.OWNER}))
    facts = replace(ready, external=PRESENT)

    def edit(current: Status, by: Actor = owner) -> Transition | None:
        return status.after_message_edit(current, expected=current, actor=by, facts=facts, now=now)

    assert edit(D) is None
    assert edit(I) is None
    forced = edit(R)
    assert forced is not None
    assert (forced.number, forced.to) == ("T7", I)
    assert "edited" in forced.reason
    with pytest.raises(Refused, match="re-open"):
        edit(C)
    with pytest.raises(Refused):
        edit(R, Actor("U2"))


def test_an_edit_on_a_stale_screen_is_stale(ready: Facts, now: datetime) -> None:
    owner = Actor("U1", frozenset({Role.OWNER}))
    with pytest.raises(Stale):
        status.after_message_edit(R, expected=I, actor=owner, facts=ready, now=now)


def test_what_is_available_says_what_is_still_missing(ready: Facts, now: datetime) -> None:
    owner = Actor("U1", frozenset({Role.OWNER}))
    facts = replace(ready, external=PRESENT, held=None)
    back, reviewed, closed = status.available(I, owner, facts, now)
    assert (back.number, back.possible, back.needs_reason) == ("T2", True, True)
    assert (reviewed.number, [reason.code for reason in reviewed.reasons]) == ("T3", ["meeting_not_confirmed"])
    assert [reason.code for reason in closed.reasons] == ["meeting_not_confirmed", "external_present"]


@pytest.mark.parametrize(("external", "number"), [(NONE, "T5"), (PRESENT, "T6")])
def test_one_way_from_reviewed_to_closed_is_available(
    external: ExternalMessage, number: str, ready: Facts, now: datetime
) -> None:
    options = status.available(R, Actor("U1"), replace(ready, external=external), now)
    assert [option.number for option in options] == [number, "T7"]


NOW = datetime.fromisoformat("2026-11-26T12:00:00+00:00")
moments = st.one_of(st.none(), st.timedeltas(timedelta(days=-2), timedelta(days=2)).map(lambda delta: NOW + delta))
confirmations = st.one_of(
    st.none(),
    st.builds(
        Confirmation,
        at=moments.filter(lambda value: value is not None),
        by=st.just("U"),
        roles=st.frozensets(st.sampled_from(ROLES), min_size=1),
    ),
)


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    end = draw(moments)
    return Facts(
        missing_content=draw(st.sampled_from([(), ("Overview",)])),
        unseen_findings=draw(st.integers(0, 2)),
        external=draw(st.sampled_from(ExternalMessage)),
        open_todos=draw(st.integers(0, 2)),
        undecided_actions=draw(st.integers(0, 2)),
        support_configured=draw(st.booleans()),
        meeting_start=end - timedelta(minutes=30) if end else None,
        meeting_end=end,
        meeting_cancelled=draw(st.booleans()),
        held=draw(confirmations),
        async_approval=draw(confirmations),
        sent_back_at=draw(moments),
        posted_at=draw(moments),
    )


@given(any_facts(), st.sampled_from(Status), st.sampled_from(Status), st.frozensets(st.sampled_from(ROLES)))
def test_what_is_offered_is_exactly_what_a_click_does(
    facts: Facts, frm: Status, to: Status, roles: frozenset[Role]
) -> None:
    actor = Actor("U1", roles)
    offered = {option.to for option in status.available(frm, actor, facts, NOW) if option.possible}
    if to in offered:
        assert status.move(frm, to, expected=frm, actor=actor, facts=facts, now=NOW, reason="why").acted_as
        return
    with pytest.raises(Refused) as caught:
        status.move(frm, to, expected=frm, actor=actor, facts=facts, now=NOW, reason="why")
    assert caught.value.reasons
    assert all(reason.text.endswith(".") for reason in caught.value.reasons)


@given(any_facts(), st.sampled_from([I, R]), st.frozensets(st.sampled_from(ROLES)))
def test_no_facts_close_a_post_mortem_past_its_customers(facts: Facts, frm: Status, roles: frozenset[Role]) -> None:
    actor = Actor("U1", roles)
    try:
        done = status.move(frm, C, expected=frm, actor=actor, facts=facts, now=NOW)
    except Refused:
        return
    if facts.external is PRESENT:
        assert frm is R
        assert Role.SUPPORT in roles
        assert facts.posted_at is not None
    else:
        assert facts.external is NONE
        assert facts.undecided_actions == 0
    assert Effect.STOP_REMINDERS in done.effects
