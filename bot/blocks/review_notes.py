"""What readers noted (R-41): the list with a button at each, the form of a comment, and the summary for the owner."""

from __future__ import annotations

import json
from typing import Any

from bot.blocks import ids, inputs, lines, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import phrases
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.review import Note

PAGE = 20
_LENGTH, _SHORT = 2400, 200


def listing(overview: Overview, page: int = 0) -> dict[str, Any]:
    """The notes, open ones first, a page of them; each is ticked off or opened again by its button."""
    record, life = overview.postmortem, overview.life
    ordered = sorted(life.notes, key=lambda note: not note.open)
    last = max(0, (len(ordered) - 1) // PAGE)
    at = min(max(0, page), last)
    blocks: list[Block] = [parts.context(f"{lines.name(record)} · {_count(overview)}")]
    for note in ordered[at * PAGE : (at + 1) * PAGE]:
        blocks += _note(overview, note)
    if not ordered:
        blocks.append(parts.section("Nobody noted anything yet. Replies to the review post and comments appear here."))
    turns = [("Earlier page", at - 1)] * (at > 0) + [("Next page", at + 1)] * (at < last)
    buttons = [parts.actions(parts.button(label, ids.NOTES_PAGE, f"{record.id}:{to}")) for label, to in turns]
    return {
        "type": "modal",
        "title": parts.plain("Readers' notes", 24),
        "close": parts.plain("Close", 24),
        "private_metadata": json.dumps({"record": record.id, "page": at}),
        "blocks": [*blocks, *buttons],
    }


def comment_form(record: Postmortem) -> dict[str, Any]:
    """What could be better, in the reader's words."""
    hint = "The owner reads this before the meeting. Everybody who can see the post-mortem can see it."
    blocks = [
        parts.section(lines.name(record)),
        inputs.line("What could be better?", ids.REASON, "", multiline=True, hint=hint),
    ]
    return modals.view(ids.COMMENT, "Comment", "Send", blocks, json.dumps({"record": record.id}))


def open_ones(overview: Overview, most: int = 10) -> list[str]:
    """The open notes, a line each and the number of those left out, for the owner's summary."""
    found = [note for note in overview.life.notes if note.open]
    said = [f"• {text.mention(note.user_id)}: {_line(note)}" for note in found[:most]]
    rest = len(found) - most
    return [*said, *([f"and {rest} more"] if rest > 0 else [])]


def _line(note: Note) -> str:
    return text.escape(text.clip(" ".join(note.text.split()), _SHORT))


def _count(overview: Overview) -> str:
    notes = overview.life.notes
    return f"{phrases.count(len(notes), 'note')}, {overview.life.open_notes} open"


def _note(overview: Overview, note: Note) -> list[Block]:
    label, action = ("Done", ids.NOTE_DONE) if note.open else ("Open again", ids.NOTE_OPEN_AGAIN)
    said = text.quote(note.text, _LENGTH) or "–"
    done = "" if note.open else f" · done by {text.mention(note.done_by, 'somebody')}"
    source = _source(overview, note)
    where = f" · {text.link(source, 'in the thread')}" if source else ""
    section = {**parts.section(said), "accessory": parts.button(label, action, note.id)}
    return [section, parts.context(f"{text.mention(note.user_id)}, {text.when(note.at)}{where}{done}")]


def _source(overview: Overview, note: Note) -> str | None:
    if note.ts is None or not overview.workspace_url:
        return None
    return f"{overview.workspace_url}archives/{note.channel_id}/p{note.ts.replace('.', '')}"
