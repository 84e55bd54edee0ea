"""A record for which every guard of the status machine holds, so that a test breaks the one thing that it is about; and
the two ways in which a test asks the machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import status
from bot.domain.errors import Refused
from bot.domain.status import Actor, Confirmation, ExternalMessage, Facts, LastChange, Role, Status, Transition

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def _attempt(
    frm: Status,
    to: Status,
    facts: Facts,
    now: datetime,
    *roles: Role,
    reason: str | None = "the impact was wrong",
    expected: Status | None = None,
    last_change: LastChange | None = None,
) -> Transition:
    actor = Actor("U1", frozenset(roles))
    return status.move(
        frm, to, expected=expected or frm, actor=actor, facts=facts, now=now, reason=reason, last_change=last_change
    )


@pytest.fixture
def attempt() -> Callable[..., Transition]:
    """A move by somebody with the given roles, with a reason at hand unless told otherwise."""
    return _attempt


@pytest.fixture
def answer() -> Callable[..., str]:
    """The same, answered by the number of the move or by the code of the first reason against it."""

    def ask(*args: object, **more: object) -> str:
        try:
            return _attempt(*args, **more).number  # type: ignore[arg-type]
        except Refused as refusal:
            return refusal.codes[0]

    return ask


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def ready() -> Facts:
    return Facts(
        missing_content=(),
        unseen_findings=0,
        external=ExternalMessage.NONE,
        open_todos=0,
        undecided_actions=0,
        support_configured=True,
        meeting_start=NOON - timedelta(hours=2),
        meeting_end=NOON - timedelta(minutes=90),
        held=Confirmation(NOON - timedelta(hours=1), "U_IC", frozenset({Role.IC})),
        review_at=NOON - timedelta(hours=26),
        review_posted=True,
        posted_at=NOON - timedelta(minutes=5),
        posted_url="https://status.example.com/1",
    )
