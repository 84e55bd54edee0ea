"""Responders look at the lines of the timeline that come from their messages before the review (X-8), so that nobody is
surprised by what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.harvest.person import Person
from bot.domain.timeline import Item


class CheckState(StrEnum):
    """What somebody said of their lines."""

    ASKED = "asked"
    RIGHT = "right"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class LineCheck:
    """One person was asked about their lines at `asked_at`, last; `said` is what is off."""

    postmortem_id: str
    user_id: str
    asked_by: str
    asked_at: datetime
    state: CheckState = CheckState.ASKED
    said: str = ""
    answered_at: datetime | None = None


def named(record_id: str) -> str:
    """What the buttons of a message about lines hand back: whoever presses them answers for their own."""
    return f"{record_id}:lines"


def lines_of(items: Iterable[Item]) -> dict[str, tuple[Item, ...]]:
    """The kept lines by who wrote the message that each comes from."""
    found: dict[str, list[Item]] = {}
    for item in items:
        if item.user_id and item.ts and not item.removed:
            found.setdefault(item.user_id, []).append(item)
    return {user: tuple(theirs) for user, theirs in found.items()}


def changed_since(check: LineCheck, theirs: Iterable[Item]) -> bool:
    """Whether a line of theirs is new or was changed after they were asked."""
    return any(item.saved_at > check.asked_at for item in theirs)


def to_ask(
    lines: Mapping[str, tuple[Item, ...]], checks: Iterable[LineCheck], people: Mapping[str, Person], by: str
) -> tuple[str, ...]:
    """Real people, but not who asks: those who were never asked, have not answered, or have lines that changed since."""
    known = {check.user_id: check for check in checks}

    def due(user: str, theirs: tuple[Item, ...]) -> bool:
        check = known.get(user)
        return check is None or check.state is CheckState.ASKED or changed_since(check, theirs)

    wanted = (user for user, theirs in lines.items() if user != by and due(user, theirs))
    return tuple(user for user in wanted if (person := people.get(user)) and not person.is_bot and not person.deleted)
