"""A proposal, and the words with which somebody takes it on and says it over again, are one follow-up: "we should alert on full pools",
"good idea, I'll add an alert on full pools tomorrow". The proposal stands, with whose it is and until when. So it does where the answer
does not say it over again: "I'll do that one tomorrow"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import (
    answer_cues,
    bare_answer,
    due_words,
    list_number,
    names,
    own_work,
    taken,
    terse,
    text,
    under_it,
)
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.note import Context, Note

_BACK = 3  # messages
_AWHILE = 1800  # seconds
_WORDS, _MANY = 3, 40


def folded(
    standing: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context
) -> tuple[list[TodoFinding], list[Fate]]:
    """Those that stand without what only takes another on, and what became of the others."""
    kept, gone = list[TodoFinding](), list[Fate]()
    for each in standing:
        if each.confidence is not Confidence.A and bare_answer.declines(notes[each.ts].plain):
            gone.append(Fate(each, Outcome.answered, each.ts))
            continue
        place = _taken_on(each, kept, notes, ctx)
        if place is None and bare_answer.only_when(each.text) and bare_answer.only_when(notes[each.ts].plain):
            gone.append(Fate(each, Outcome.answered, each.ts))
            continue
        if place is None:
            kept.append(_in_words(each, notes[each.ts], ctx))
            continue
        first = kept[place]
        declines = _declines(first, notes[each.ts], ctx)
        who, due = (None, "") if declines else (first.assignee, first.due)
        until = due or each.due or answer_cues.until(notes[each.ts].plain)
        kept[place] = replace(first, assignee=who or each.assignee, due=until)
        gone.append(Fate(each, Outcome.taken_on, first.ts, first.rule))
    proposed = {each.ts for each in kept}
    owned = [_with_owner(each, notes[each.ts], proposed, ctx) for each in kept]
    return [_with_time(each, notes[each.ts], proposed, ctx) for each in owned], gone


def _with_owner(each: TodoFinding, proposal: Note, proposed: Collection[str], ctx: Context) -> TodoFinding:
    """A follow-up of nobody with whoever says next, in a few words, that they do it, and until when."""
    if each.assignee is not None or each.confidence is Confidence.A:
        return each
    for answer in (*ctx.replies(proposal, 1), *ctx.after(proposal, _AWHILE, 1)):
        if answer.message.ts in proposed or not answer.human:
            return each
        if answer.author != proposal.author and answer_cues.takes(answer, each.whole(), ctx):
            if bare_answer.backs_out(answer.author, ctx.after(answer, _AWHILE, _BACK)):
                return each
            return replace(each, assignee=answer.author, due=each.due or answer_cues.until(answer.plain))
    return each


def _with_time(each: TodoFinding, proposal: Note, proposed: Collection[str], ctx: Context) -> TodoFinding:
    """A follow-up with the time by which whoever took it on says that it will be done; as it is where it says so itself."""
    if each.due or each.assignee is None:
        return each
    for answer in (*ctx.replies(proposal, _BACK), *ctx.after(proposal, _AWHILE, _BACK)):
        if answer.message.ts in proposed:
            return each
        if answer.author == each.assignee and answer.author != proposal.author:
            if bare_answer.takes(answer.plain):
                return replace(each, due=due_words.of(answer.plain))
            if answer_cues.takes(answer, each.whole(), ctx):
                return replace(each, due=answer_cues.until(answer.plain))
    return each


def _declines(proposal: TodoFinding, answer: Note, ctx: Context) -> bool:
    """Whether whose it is said shortly before that they cannot; by whom and when it is done is then what the answer says."""
    before = ctx.lately(answer, _BACK)
    return any(each.author == proposal.assignee and bare_answer.declines(each.plain) for each in before)


def _taken_on(each: TodoFinding, before: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context) -> int | None:
    """The place of the proposal that a follow-up takes on, where it says little else."""
    note = notes[each.ts]
    if each.confidence is Confidence.A:
        return None
    entry = terse.own_entry(note.plain)
    if not entry and (bare_answer.takes(note.plain) or bare_answer.only_when(note.plain)):
        return _meant(note, before, ctx)
    if entry:
        named = [place for place, proposal in enumerate(before) if own_work.repeats(entry, proposal.text)]
        return next((place for place in reversed(named) if _is_near(notes[before[place].ts], note, ctx)), None)
    given = terse.read(note.plain, note, ctx)
    if given and terse.is_of_things(given):
        named = [place for place, proposal in enumerate(before) if terse.of(given, proposal.text)]
        return next((place for place in reversed(named) if _is_near(notes[before[place].ts], note, ctx)), None)
    if (entry_at := list_number.place(note, before, ctx)) is not None:
        return entry_at
    if (under := under_it.place(note, before, notes, ctx)) is not None:
        return under
    if not taken.accepts(note.plain, at_once=True):
        return _cued(note, before, notes, ctx)
    for place in range(len(before) - 1, -1, -1):
        proposal = notes[before[place].ts]
        if (
            proposal.author != note.author
            and _is_near(proposal, note, ctx)
            and own_work.repeats(each.text, before[place].text)
        ):
            return place
    return _cued(note, before, notes, ctx)


def _cued(note: Note, before: Sequence[TodoFinding], notes: Mapping[str, Note], ctx: Context) -> int | None:
    """The place of the proposal right before that an answer takes on and adds a little to."""
    for place in range(len(before) - 1, -1, -1):
        proposal = notes[before[place].ts]
        if not _is_near(proposal, note, ctx):
            return None
        if proposal.author != note.author:
            return place if answer_cues.answers(note, before[place].whole(), ctx) else None
    return None


def _meant(note: Note, before: Sequence[TodoFinding], ctx: Context) -> int | None:
    """The place of the proposal that an answer without words of its own comes behind: the last one that somebody else said there."""
    said = _answered(note, ctx)
    places = [place for place, each in enumerate(before) if said is not None and each.ts == said.message.ts]
    return places[-1] if places else None


def _answered(note: Note, ctx: Context) -> Note | None:
    """What somebody else said right before."""
    others = [
        each
        for each in ctx.lately(note, _BACK)
        if each.human and each.author != note.author and not bare_answer.declines(each.plain)
    ]
    first = ctx.note(note.room) if note.room else None
    return others[-1] if others else first if first and first.author != note.author else None


def _in_words(each: TodoFinding, note: Note, ctx: Context) -> TodoFinding:
    """A follow-up that is nothing but the words with which it was taken on, in the words of what they answer."""
    if each.confidence is Confidence.A:
        return each
    if (
        not own_work.names_a_thing(each.text)
        and own_work.names_a_thing(each.detail)
        and len(each.detail.split()) < _MANY
    ):
        return replace(each, text=text.clip(each.detail), detail="")  # "it would help us if ... I can do that today"
    if not bare_answer.takes(note.plain) or own_work.names_a_thing(note.plain):
        return each
    line = next((found for said in _before(note, ctx) if (found := _names_work(said, ctx))), None)
    if line is None:
        return each
    return replace(each, text=text.clip(line.text), detail="", assignee=each.assignee or note.author)


def _before(note: Note, ctx: Context) -> list[Note]:
    """What an answer may answer: what somebody else said right before, and what was said before that."""
    said = _answered(note, ctx)
    return [said, *(each for each in reversed(ctx.lately(said, 1)) if each.human)] if said else []


def _names_work(said: Note, ctx: Context) -> text.Line | None:
    """The first line of a message, where it names a thing beside people: not "let's do it then. lin?"."""
    line = next(iter(said.talk), None)
    if line is None or len(line.said.split()) < _WORDS:
        return None
    return line if own_work.names_a_thing(names.without(line.said, said, ctx)) else None


def _is_near(proposal: Note, note: Note, ctx: Context) -> bool:
    """Whether an answer can mean a proposal: it stands under it, or shortly behind it."""
    return note.room == proposal.message.ts or any(each is note for each in ctx.after(proposal, _AWHILE, _BACK))
