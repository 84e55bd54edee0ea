"""An earlier incident that is offered to whoever writes about a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.similar import Match


@dataclass(frozen=True, slots=True)
class Earlier:
    """What it is and what both have in common; `day` is when it happened, `url` where it can be read, "" where nowhere."""

    match: Match
    day: date
    url: str = ""
