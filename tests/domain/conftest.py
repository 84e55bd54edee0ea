"""A record for which every guard of the status machine holds: a test breaks the one thing that it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.actors import Role
from bot.domain.external_message import ExternalMessage
from bot.domain.guards import Confirmation, Facts

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


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
