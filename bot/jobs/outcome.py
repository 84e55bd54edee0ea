"""What a handler says about a row it was given: done, go on later, or not needed any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.outgoing import Json, Row


@dataclass(frozen=True, slots=True)
class Done:
    """The act took place; `result` is kept with the row."""

    result: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoOn:
    """A step of long work was stored; the next step is due after `wait`. Progress resets the attempts."""

    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class NotYet:
    """Something else must happen first; not an attempt."""

    wait: timedelta
    why: str


@dataclass(frozen=True, slots=True)
class Obsolete:
    """The world moved on: there is nothing to do any more."""

    why: str


Outcome = Done | GoOn | NotYet | Obsolete
Handler = Callable[[Row], Outcome]
