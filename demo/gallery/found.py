"""What the reading of the channel found, and how far it got."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.harvest.finding import (
    Confidence,
    EndOfCall,
    Findings,
    RecordingFinding,
    Responder,
    Role,
    RoleClaim,
    TimelineFinding,
    TodoFinding,
)
from bot.domain.harvest_state import HarvestCounts, HarvestState, Phase
from demo.gallery import texts
from demo.gallery.people import ANA, BEN, CHANNEL, CHIOMA, DANA, ELIF
from demo.gallery.samples import ID
from demo.gallery.texts import RESOLVED, STARTED


def timeline(number: int = len(texts.EVENTS), words: str | None = None) -> tuple[TimelineFinding, ...]:
    """Events that the channel tells of, in order."""
    found = []
    for place in range(number):
        minutes, kind, user, said, links = texts.EVENTS[place % len(texts.EVENTS)]
        at = STARTED + timedelta(minutes=minutes if number <= len(texts.EVENTS) else place)
        sure = Confidence.C if kind.value == "other" else Confidence.B
        found.append(TimelineFinding(texts.ts(at, place), None, 0, at, user, kind, words or said, links, "H-06", sure))
    return tuple(found)


def todos(number: int = len(texts.TODOS), words: str | None = None) -> tuple[TodoFinding, ...]:
    """What somebody marked as to be done."""
    rows = [texts.TODOS[place % len(texts.TODOS)] for place in range(number)]
    return tuple(
        TodoFinding(
            texts.ts(STARTED, 500 + place), None, 0, (ANA, BEN, DANA)[place % 3], words or said, words or detail, who, "H-01",
            Confidence.A,
        )
        for place, (said, detail, who) in enumerate(rows)
    )  # fmt: skip


def findings(**values: Any) -> Findings:
    """Everything that a reading may find."""
    ic, scribe, liaison = claim(Role.ic, ANA), claim(Role.scribe, CHIOMA), claim(Role.customer_liaison, ELIF)
    given: dict[str, Any] = {
        "responders": (
            Responder(ANA, "Ana", 48, (Role.ic,), "48 messages", True),
            Responder(CHIOMA, "Chioma", 31, (Role.scribe,), "31 messages", True),
            Responder(DANA, "Dana", 1, (), "1 short message", False),
        ),
        "role_claims": (ic, scribe, liaison),
        "ic": ic,
        "scribe": scribe,
        "timeline": timeline(),
        "todos": todos(),
        "recordings": (RecordingFinding(texts.ts(RESOLVED), texts.RECORDING),),
        "end_of_call": EndOfCall(texts.ts(RESOLVED), RESOLVED),
        "severities": ((texts.ts(STARTED), 1),),
    }
    return Findings(**(given | values))


def claim(role: Role, user: str) -> RoleClaim:
    """Somebody was named for a role in the channel."""
    return RoleClaim(role, user, None, STARTED, texts.ts(STARTED, len(role)), "H-02", Confidence.A)


def reading(phase: Phase = Phase.DONE, **values: Any) -> HarvestState:
    """How far the reading got."""
    return HarvestState(**({"postmortem_id": ID, "channel_id": CHANNEL, "phase": phase} | values))


def counts(messages: int = 1412, threads: int = 37, pending: int = 0) -> HarvestCounts:
    """What was read."""
    return HarvestCounts(messages, threads, pending)


def done(**values: Any) -> dict[str, Any]:
    """The values of an overview whose channel was read to its end."""
    return {"harvest": reading(), "counts": counts(), "findings": findings(**values)}
