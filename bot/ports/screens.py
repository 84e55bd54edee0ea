"""What shows a person their own screen: sent at once, at most once, never the only place where something is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.ports.chat import Drawing


@dataclass(frozen=True, slots=True)
class OpenView:
    """Open a modal with a trigger; if that fails, answer `fallback` to the response address."""

    trigger_id: str
    view: Mapping[str, Any]
    response_url: str | None = None
    fallback: Drawing | None = None


@dataclass(frozen=True, slots=True)
class PushView:
    """Lay a modal over the one whose button was pressed; if that fails, `view_id` shows `instead`, which needs no trigger.
    A form with words in it must never give way: without `instead` a failure is not made up for."""

    trigger_id: str
    view: Mapping[str, Any]
    view_id: str | None = None
    instead: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class UpdateView:
    """Draw an open modal anew; one that was closed meanwhile is left alone, and with `hash` one that was drawn anew since."""

    view_id: str
    view: Mapping[str, Any]
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class PublishHome:
    """Draw a person's Home tab."""

    user_id: str
    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Respond:
    """Answer one person by the response address; `replace` takes the place of the message that the button was in."""

    response_url: str
    drawing: Drawing
    replace: bool = False


Screen = OpenView | PushView | UpdateView | PublishHome | Respond


class Screens(Protocol):
    """Shows screens in the background."""

    def show(self, screen: Screen) -> None:
        """Send it soon; never waits, never raises."""
        ...
