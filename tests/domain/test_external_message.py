"""The decision about the message to customers has three values."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain import errors, external_message
from bot.domain.actors import Actor, Role
from bot.domain.external_message import ExternalDecision, ExternalMessage

OWNER = Actor("U_OWNER", frozenset({Role.OWNER}))
SUPPORT = Actor("U_SUPPORT", frozenset({Role.SUPPORT}))


def test_nothing_is_decided_at_first() -> None:
    assert ExternalDecision().value is ExternalMessage.UNDECIDED


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text_is_not_the_decision_that_there_is_none(text: str, now: datetime) -> None:
    with pytest.raises(errors.BadInput, match="not a decision"):
        external_message.write(external_message.Parts(text), actor=OWNER, now=now)


def test_who_decided_and_when_is_kept(now: datetime) -> None:
    written = external_message.write(external_message.Parts("We are sorry."), actor=OWNER, now=now)
    assert (written.value, written.by, written.at) == (ExternalMessage.PRESENT, "U_OWNER", now)
    none = external_message.decide_none(ExternalDecision(), actor=OWNER, now=now)
    assert (none.value, none.by, none.at) == (ExternalMessage.NONE, "U_OWNER", now)


def test_dropping_a_written_message_needs_a_reason(now: datetime) -> None:
    written = external_message.write(external_message.Parts("We are sorry."), actor=OWNER, now=now)
    with pytest.raises(errors.BadInput, match="why"):
        external_message.decide_none(written, actor=OWNER, now=now)
    dropped = external_message.decide_none(written, actor=OWNER, now=now, reason="nobody was affected")
    assert (dropped.value, dropped.text, dropped.reason) == (
        ExternalMessage.NONE,
        external_message.Parts(),
        "nobody was affected",
    )


def test_only_owner_and_ic_decide(now: datetime) -> None:
    with pytest.raises(errors.Refused, match="owner or the IC"):
        external_message.write(external_message.Parts("text"), actor=SUPPORT, now=now)
    with pytest.raises(errors.Refused, match="owner or the IC"):
        external_message.decide_none(ExternalDecision(), actor=SUPPORT, now=now)
