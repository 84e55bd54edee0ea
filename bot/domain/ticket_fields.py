"""What the tracker wants for tickets and the bot does not know: a person fills it in once, for all tickets of one project and issue
type (R-31)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain import errors, typed
from bot.domain.tickets import FieldKind, FieldNeed, KeptTicket, Value

# The project and the issue type.
Form = tuple[str, str]
Extra = Mapping[str, Value]
LONGEST_TEXT = 255
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for one form; `given` is what was filled in before for a ticket of the same post-mortem."""

    form: Form
    needs: tuple[FieldNeed, ...]
    given: Extra = field(default_factory=dict)

    @property
    def odd(self) -> tuple[FieldNeed, ...]:
        """Those that cannot be asked for here: no ticket of this form can be made by the bot."""
        return tuple(each for each in self.needs if not each.can_be_asked)


def given(kept: Iterable[KeptTicket], form: Form) -> Extra:
    """What was filled in for these tickets, the latest of each field."""
    found: dict[str, Value] = {}
    for each in sorted(kept, key=lambda one: one.asked_at):
        if each.form == form:
            found |= each.extra
    return found


def number(said: str) -> float | None:
    """A number as Jira takes it, 3 or 2.5; None for what is none. A comma may mean two things: it is none."""
    return float(said) if _NUMBER.fullmatch(said.strip()) else None


def checked(kind: FieldKind, value: Value) -> Value:
    """What was typed or chosen, as it is kept. Raises BadInput with a plain sentence."""
    if isinstance(value, tuple):
        return _some(tuple(each for each in value if each.strip()))
    said = value.strip() if kind is FieldKind.LONG else typed.one_line(value)
    if not said:
        raise errors.bad_input("empty", "Jira wants this: fill it in.")
    if kind is FieldKind.WORDS:
        return _some(tuple(dict.fromkeys(said.replace(",", " ").split())))
    if kind is FieldKind.NUMBER:
        return _number(said)
    if kind is FieldKind.DATE:
        return _day(said)
    if kind is FieldKind.TEXT and len(said) > LONGEST_TEXT:
        raise errors.bad_input("long", f"Jira takes {LONGEST_TEXT} characters here: shorten it.")
    return said


def _some(found: tuple[str, ...]) -> Value:
    if not found:
        raise errors.bad_input("empty", "Jira wants this: fill it in.")
    return found


def _number(said: str) -> str:
    if number(said) is None:
        raise errors.bad_input("no_number", "Write a number such as 3 or 2.5.")
    return said


def _day(said: str) -> str:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise errors.bad_input("no_day", "Choose a day.") from None
