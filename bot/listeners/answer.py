"""What a payload is answered with, kept with its receipt so that a replay is answered the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from bot.domain.outgoing import Json
from bot.ports.chat import Drawing
from bot.ports.screens import Screen


@dataclass(frozen=True, slots=True)
class Answer:
    """`drawing` is seen by the person alone; `errors` go to the fields of a form (block id to sentence), and then nothing was saved.

    `view` takes the place of the form that was sent, which closes without it.
    With `kept` off nothing of the answer is stored: for a form that comes back with what must not be saved yet.
    `screens` are shown once the change is committed; `replace` redraws the message whose button was pressed. `replayed` says that all of
    this was answered before.
    """

    drawing: Drawing | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    screens: tuple[Screen, ...] = ()
    replace: bool = False
    replayed: bool = False
    view: Mapping[str, Any] | None = None
    kept: bool = True

    def as_json(self) -> dict[str, Json]:
        """What a receipt keeps: the words and the next form, not the screens."""
        kept: dict[str, Json] = {} if self.view is None else {"view": cast(Json, dict(self.view))}
        if self.drawing is None:
            return kept
        return kept | {"text": self.drawing.text, "blocks": cast(Json, [dict(block) for block in self.drawing.blocks])}


def from_json(kept: Mapping[str, Json]) -> Answer:
    """The first answer again."""
    view = cast(Mapping[str, Any] | None, kept.get("view"))
    if "text" not in kept:
        return Answer(replayed=True, view=view)
    blocks = cast(list[Mapping[str, Any]], kept.get("blocks") or [])
    return Answer(Drawing(str(kept["text"]), blocks), replayed=True, view=view)
