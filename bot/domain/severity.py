"""What a changed severity means for people (R-15, R-62, deadlines): read from the typed word, and told in plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from bot.domain import errors
from bot.domain.postmortem import Postmortem

_WORD = re.compile(r"(?:sev[- ]?)?([1-5])\Z", re.IGNORECASE)
LOWEST_OF_A_CALL = 2
HOW = "Type `/postmortem severity SEV-2` with one of SEV-1 to SEV-5, and a reason after it if there is one."


def read(text: str) -> tuple[int, str]:
    """`SEV-2 because ...` as number and reason. Raises BadInput for anything else."""
    words = text.split()
    for count in (1, 2):
        found = _WORD.match(" ".join(words[:count])) if len(words) >= count else None
        if found:
            return int(found[1]), " ".join(words[count:])
    raise errors.bad_input("severity", HOW)


def label(severity: int | None) -> str:
    """`SEV-2`, or that it was not set."""
    return "not set" if severity is None else f"SEV-{severity}"


def ended_at(record: Postmortem, to: int | None, now: datetime) -> datetime | None:
    """When it left SEV-2, as far as its severity tells: the best known end while nothing better is. Once the incident is known
    to be over, another severity is a correction and no end."""
    if to is None or to <= LOWEST_OF_A_CALL:
        return None
    was = record.severity is not None and record.severity <= LOWEST_OF_A_CALL
    over = record.times.resolved_at is not None or record.end_of_call_at is not None
    return now if was and not over else record.severity_ended_at


def liaison(before: int | None, after: int | None) -> Iterable[str]:
    """R-15: the customer liaison is an optional guest of the meeting of a SEV-1, and of no other."""
    if after == 1 and before != 1:
        yield "As a SEV-1 its meeting has the customer liaison as an optional guest: invite them."
    if before == 1 and after != 1:
        yield "The customer liaison is a guest of SEV-1 meetings only: they need not come to this one."
