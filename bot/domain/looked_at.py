"""What people said to a finding about wording: the rules are never a wall, they ask to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """A finding was seen and left as it is, or ignored with a reason; an accepted one is gone from the text."""

    SEEN = "seen"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Somebody looked at one finding. `finding` is its stable key within the field (`field` names a field of a section)."""

    postmortem_id: str
    field: str
    finding: str
    verdict: Verdict
    by: str
    at: datetime
    reason: str = ""
