"""The External Message as its form shows it and as somebody wants it: what tells one saving from the next, and what of the
difference goes into the history."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.status import Status


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed and chosen: a text, or that there is none with the reason; `full_outage` is R-37."""

    value: ExternalMessage
    text: Parts
    reason: str = ""
    full_outage: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The message as its form shows it."""

    decision: ExternalDecision
    full_outage: bool
    status: Status

    @property
    def stamp(self) -> str:
        """What tells one saving from the next."""
        said = json.dumps(says(self.decision, self.full_outage), sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def wish(self) -> Wish:
        """The form with nothing changed in it."""
        return Wish(self.decision.value, self.decision.text, self.decision.reason, self.full_outage)


def says(decision: ExternalDecision, full_outage: bool) -> list[object]:
    """All that a form can change."""
    return [decision.value.value, asdict(decision.text), decision.reason, full_outage]


def audit(record: Postmortem, before: Sheet, after: ExternalDecision, full_outage: bool, now: datetime) -> list[Audit]:
    """One line a thing that changed: the decision, each part of the text, the flag (R-61)."""
    old, by, notes = before.decision, after.by or "", []
    if old.value is not after.value or old.reason != after.reason:
        via = f"form: {after.reason}" if after.reason else "form"
        notes.append(Audit(record.id, now, by, "external_message", old.value.value, after.value.value, via))
    parts, new = asdict(old.text), asdict(after.text)
    for name in parts:
        if parts[name] != new[name]:
            field = f"external_message.{name}"
            notes.append(Audit(record.id, now, by, field, parts[name] or None, new[name] or None, "form"))
    if full_outage != before.full_outage:
        flags = ("yes" if before.full_outage else "no", "yes" if full_outage else "no")
        notes.append(Audit(record.id, now, by, "full_outage", *flags, "form"))
    return notes
