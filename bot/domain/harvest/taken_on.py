"""A proposal, and the words with which somebody takes it on and says it over again, are one follow-up: "we should alert on full pools",
"good idea, I'll add an alert on full pools tomorrow". The proposal stands, with whose it is and until when. So it does where the answer
does not say it over again: "I'll do that one tomorrow"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import agreed, due_words, own_work, taken
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.note import Context, Note

_BACK = 3  # messages
_AWHILE = 1800  # seconds
_SHORT = 100  # letters


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
    proposed = {each.ts for each in kept}
    return [_with_time(each, notes[each.ts], proposed, ctx) for each in kept], gone


def _with_time(each: TodoFinding, proposal: Note, proposed: Collection[str], ctx: Context) -> TodoFinding:
    """A follow-up with the time by which whoever took it on says that it will be done; as it is where it says so itself."""
    if each.due or each.assignee is None:
        return each
    for answer in (*ctx.replies(proposal, _BACK), *ctx.after(proposal, _AWHILE, _BACK)):
        if answer.message.ts in proposed:
            return each
        if answer.author == each.assignee and (answer.author != proposal.author) and _only_takes(answer.plain):
            return replace(each, due=due_words.of(answer.plain))
    return each


def _only_takes(said: str) -> bool:
    """Whether an answer says that it is its author's, and names no work of its own."""
    return len(said) <= _SHORT and (agreed.takes(said, at_once=True) or agreed.only_yes(said))


def _taken_on(each: TodoFinding, before: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context) -> int | None:
    """The place of the proposal that a follow-up takes on, where it says little else."""
    note = notes[each.ts]
    if each.confidence is Confidence.A:
        return None
    last = before[-1] if before else None
    if last and last.assignee == note.author and _only_takes(note.plain) and _is_near(notes[last.ts], note, ctx):
        return len(before) - 1
    if not taken.accepts(note.plain, at_once=True):
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
