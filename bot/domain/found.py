"""What a search found, as one person may see it, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.postmortem import Postmortem
from bot.domain.search import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """One of them; `day` is that of the incident in the organisation's zone. `passages` show the words that the title and the
    services do not, each beside its word."""

    record: Postmortem
    day: date
    passages: tuple[tuple[str, Passage], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of them; `number` counts from 0, `total` is how many there are on all pages."""

    hits: Sequence[Hit]
    number: int
    of: int
    total: int
