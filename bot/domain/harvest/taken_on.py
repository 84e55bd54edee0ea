"""A proposal, and the words with which somebody takes it on and says it over again, are one follow-up: "we should alert on full pools",
"good idea, I'll add an alert on full pools tomorrow". The proposal stands, with whose it is and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import own_work, taken
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.note import Context, Note

_BACK = 3  # messages
_AWHILE = 1800  # seconds


def folded(
    standing: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context
) -> tuple[list[TodoFinding], list[Fate]]:
    """Those that stand without what only takes another on, and what became of the others."""
    kept, gone = list[TodoFinding](), list[Fate]()
    for each in standing:
        place = _taken_on(each, kept, notes, ctx)
        if place is None:
            kept.append(each)
            continue
        first = kept[place]
        kept[place] = replace(first, assignee=first.assignee or each.assignee, due=first.due or each.due)
        gone.append(Fate(each, Outcome.taken_on, first.ts, first.rule))
    return kept, gone


def _taken_on(each: TodoFinding, before: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context) -> int | None:
    """The place of the proposal that a follow-up takes on, where it says little else."""
    note = notes[each.ts]
    if each.confidence is Confidence.A or not taken.accepts(note.plain, at_once=True):
        return None
    for place in range(len(before) - 1, -1, -1):
        proposal = notes[before[place].ts]
        if (
            proposal.author != note.author
            and _is_near(proposal, note, ctx)
            and own_work.repeats(each.text, before[place].text)
        ):
            return place
    return None


def _is_near(proposal: Note, note: Note, ctx: Context) -> bool:
    """Whether an answer can mean a proposal: it stands under it, or shortly behind it."""
    return note.room == proposal.message.ts or any(each is note for each in ctx.after(proposal, _AWHILE, _BACK))
