"""One picture of the gallery: a payload as Slack would be given it, under the name of what it is and of the state it is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.ports.chat import Drawing

Json = dict[str, Any]


class Surface(StrEnum):
    """Where it stands in Slack."""

    MESSAGE = "message"
    WHISPER = "whisper"
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Entry:
    """`payload` is a view, or the text and the blocks of a message."""

    name: str
    state: str
    surface: Surface
    payload: Json

    @property
    def title(self) -> str:
        """What it is called within its group."""
        return f"{self.name} · {self.state}"


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that belong together. `draw` makes them anew each time, in the order in which they are looked at."""

    key: str
    title: str
    about: str
    draw: Callable[[], Iterator[Entry]]

    def anchor(self, entry: Entry) -> str:
        """The place of a picture within the page."""
        words = re.sub(r"[^a-z0-9]+", "-", entry.title.lower()).strip("-")
        return f"{self.key}--{words}"


def message(name: str, state: str, drawing: Drawing) -> Entry:
    """What everybody in a channel or a direct message sees."""
    return Entry(name, state, Surface.MESSAGE, _said(drawing))


def whisper(name: str, state: str, drawing: Drawing) -> Entry:
    """What one person sees, for as long as they look."""
    return Entry(name, state, Surface.WHISPER, _said(drawing))


def modal(name: str, state: str, view: Mapping[str, Any]) -> Entry:
    """A form, or something to read over the channel."""
    return Entry(name, state, Surface.MODAL, dict(view))


def home(name: str, state: str, view: Mapping[str, Any]) -> Entry:
    """The bot's Home tab."""
    return Entry(name, state, Surface.HOME, dict(view))


def _said(drawing: Drawing) -> Json:
    return {"text": drawing.text, "blocks": [dict(block) for block in drawing.blocks]}
