"""Web addresses in a form, one a line, in as many fields as they need: a line of the timeline may have twenty long ones, and a
form that is sent as it was opened must not cut any."""

from __future__ import annotations

from bot.blocks import inputs, section_form
from bot.blocks.inputs import Answers, Block
from bot.domain import pieces


def draw(label: str, name: str, whole: str, hint: str, *, optional: bool = True) -> list[Block]:
    """The fields; no address is longer than one of them, so each stands whole in one."""
    return [
        inputs.line(
            label if number == 0 else f"{label}, continued",
            section_form.piece_id(name, number),
            part.strip(),
            multiline=True,
            optional=optional or number > 0,
            hint=hint if number == 0 else "",
            placeholder="https://",
        )
        for number, part in enumerate(pieces.split(whole))
    ]


def read(answers: Answers, name: str) -> str:
    """What was typed into them, one address a line."""
    found = [answers.text(name)]
    while answers.has(section_form.piece_id(name, len(found))):
        found.append(answers.text(section_form.piece_id(name, len(found))))
    return "\n".join(filter(str.strip, found))
