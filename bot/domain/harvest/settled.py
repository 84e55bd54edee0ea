"""From what looked like follow-ups to those that stand: one a line, one a wording, and of the unmarked ones only
those that the people themselves did not take back, answer or do while they talked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import (
    by_name,
    by_number,
    list_number,
    recorded,
    refused,
    said_again,
    same_work,
    taken_on,
    text,
    undone,
)
from bot.domain.harvest.by_name import Named
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import Context, Note


def todos(found: Iterable[TodoFinding], ctx: Context) -> tuple[tuple[TodoFinding, ...], list[Fate]]:
    """The follow-ups that stand, in order of their messages, and what became of the others."""
    notes = {note.message.ts: note for note in ctx.notes}
    best, gone = _one_a_line(found)
    marks = Counter(each.ts for each in best if each.confidence is Confidence.A)
    proposed = {each.ts for each in best}
    named = by_name.read(best, ctx)
    standing = []
    for each in best:
        marked = each.confidence is Confidence.A
        done = _done(each, notes[each.ts], ctx, proposed, named, marks[each.ts] if marked else 0)
        if done is not None:
            gone.append(Fate(each, done[0], done[1].message.ts if done[1] else None))
        elif id(each) in named.of:
            standing.append(replace(each, confidence=Confidence.C))
        else:
            standing.append(undone.doubted(each, notes[each.ts], ctx, proposed, alone=marks[each.ts] == 1))
    standing, only_answers = _without_answers(standing, gone, notes, named.only)
    standing, numbered = by_number.given(list_number.given(standing, ctx), ctx)
    standing, taken = taken_on.folded(standing, notes, ctx)
    standing, again = said_again.folded(standing, notes, ctx, taken)
    standing, heard = recorded.folded(standing, notes)
    standing, alike = same_work.folded(standing, notes, ctx)
    kept, repeated = _each_once(standing)
    return kept, [*gone, *only_answers, *numbered, *taken, *again, *heard, *alike, *repeated]


def _done(
    todo: TodoFinding, note: Note, ctx: Context, proposed: Collection[str], named: Named, marks: int
) -> tuple[Outcome, Note | None] | None:
    """What undid a follow-up. `marks`: how many marks its message has; 0 where nobody marked it. A marked one that is refused or done only
    by its name stays, as none that is sure."""
    if marks:
        return undone.done_by(note, ctx, marks)
    done = undone.undone(todo, note, ctx, proposed)
    if done and done[1] and done[1].message.ts in named.of_others(todo):
        done = None
    return done or named.of.get(id(todo))


def _one_a_line(found: Iterable[TodoFinding]) -> tuple[Sequence[TodoFinding], list[Fate]]:
    best: dict[tuple[str, int], TodoFinding] = {}
    gone = []
    for each in sorted(
        found, key=lambda each: (ts_key(each.ts), each.line, each.confidence, each.assignee is None, each.rule)
    ):
        first = best.setdefault((each.ts, each.line), each)
        if first is not each:
            gone.append(Fate(each, Outcome.same_line, rule=first.rule))
    return tuple(best.values()), gone


def _without_answers(
    standing: Sequence[TodoFinding], gone: Sequence[Fate], notes: Mapping[str, Note], refusing: Collection[str]
) -> tuple[list[TodoFinding], list[Fate]]:
    """Without what only answers a proposal: "we have a ticket for that" is no follow-up itself."""
    answers = {each.by for each in gone if each.outcome in (Outcome.answered, Outcome.taken_back)}
    only = [
        each
        for each in standing
        if each.confidence is not Confidence.A
        and (each.ts in refusing or (each.ts in answers and refused.only_refuses(notes[each.ts])))
    ]
    return [each for each in standing if each not in only], [Fate(each, Outcome.answered, each.ts) for each in only]


def _each_once(standing: list[TodoFinding]) -> tuple[tuple[TodoFinding, ...], list[Fate]]:
    marked: dict[str, TodoFinding] = {}
    for each in standing:
        if each.confidence is Confidence.A:
            marked.setdefault(text.normal(each.text), each)
    seen: dict[str, TodoFinding] = {}
    kept, gone = [], []
    for each in standing:
        wording = text.normal(each.text)
        first = seen.get(wording) or (None if each.confidence is Confidence.A else marked.get(wording))
        if first is not None:
            gone.append(Fate(each, Outcome.same_wording, first.ts, first.rule))
            continue
        seen[wording] = each
        kept.append(each)
    return tuple(kept), gone
