"""Taking things out of the memory for good: records whose time is over, and persons who are to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows were changed or removed, and the ids of the records that they belong to."""

    places: int
    records: Sequence[str]


class Erasure(Protocol):
    """For good: there is no way back."""

    def record(self, postmortem_id: str) -> bool:
        """Delete a record with everything that belongs to it; its number is not given again. False when it is not here."""
        ...

    def person(self, team_id: str, user_id: str, names: Sequence[str], token: str) -> Forgotten:
        """Put `token` in the place of the person's id everywhere, and of the names in whatever people wrote; the person is
        kept out of the list of people from then on."""
        ...
