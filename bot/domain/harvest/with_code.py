"""The words of a message as a line shows them: where they lead up to a block of code, with the beginning of that."""

from __future__ import annotations

import re

from bot.domain.harvest import text
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Note

_LEADS_UP = late(
    r"(?::|=|->|\b(?:is|are|was|were|says?|said|with|this|that|ran|run|running|following|e\.g\.|like|to|from))\s*$",
    re.I,
)
_MOST = 200  # letters of code


def words(note: Note) -> str:
    """What is said, and the code that it leads up to: "ran this against prod:" says nothing without."""
    said = note.plain
    if "```" not in note.message.text or not _LEADS_UP.search(said):
        return said
    last = note.lines[-1].number
    code = next((each.text.strip() for each in note.codes if each.fenced and each.number >= last), "")
    return f"{said}\n{text.clip(code, _MOST)}" if code else said
