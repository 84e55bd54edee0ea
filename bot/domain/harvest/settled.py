"""From what looked like follow-ups to those that stand: one a line, one a wording, and of the unmarked ones only
those that the people themselves did not take back, answer or do while they talked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.harvest import text
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import Context, Note

_TAKEN_BACK = late(
    r"^(?:oh,? |ah,? |ok,? |wait,? |hmm+,? |sorry,? )*(?:never ?mind|nvm|nm\b|scratch that|strike that|"
    r"scrap (?:that|this|it)|drop(?:ping)? (?:it|that|this)|"
    r"ignore (?:that|me|my)|forget (?:it|that|what|the|about)\b|disregard|"
    r"actually,? (?:no\b|that's|we (?:already|do|don't need|have)|it(?:'s| is)? already|not needed|no need|scratch|"
    r"never)|no need|not needed|wait,? no\b)",
    re.I,
)
_ANSWERED = late(
    r"\b(?:we|it|that|there|this|they)(?:'s|'re| is| are)? already (?:have|has|do|does|exists?|done|filed|tracked|"
    r"being|in|there|a)\b|\balready (?:exists|filed|tracked|have (?:one|that|it)|done)\b|"
    r"^no need\b|^(?:we|it) (?:do|does) (?:already|have)\b",
    re.I,
)
_DONE = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:ok(?:ay)?,? |and |all |i've |i have |just |it's |that's |now )*(?:done|filed|fixed|"
    r"created|opened|merged|added|shipped)\b(?! (?:with|for) (?:the day|now|this week))",
    re.I,
)
_WORK_DONE = late(
    r"^(?:@[\w.'-]+[,:]? )?(?:ok(?:ay)?,? |and |all |i've |just |it's |that's |now |this is )*(?:done|fixed|"
    r"merged|shipped|"
    r"finished)\b(?!.{0,80}(?:\b(?:tomorrow|soon|next|once|when|if|by)\b|\b[A-Z]{2,10}-\d))",
    re.I,
)

_NEXT = 86_400  # seconds
_ASKS = late(r"\?|\b(?:can|could|would|will) you\b|\b(?:please|pls|kindly)\b", re.I)


def todos(found: Iterable[TodoFinding], ctx: Context) -> tuple[tuple[TodoFinding, ...], list[Fate]]:
    """The follow-ups that stand, in order of their messages, and what became of the others."""
    notes = {note.message.ts: note for note in ctx.notes}
    best, gone = _one_a_line(found)
    marks = Counter(each.ts for each in best if each.confidence is Confidence.A)
    standing = []
    for each in best:
        note = notes[each.ts]
        done = _done_by(note, ctx, marks[each.ts]) if each.confidence is Confidence.A else _dropped(note, ctx)
        if done is None:
            standing.append(each)
        else:
            gone.append(Fate(each, done[0], done[1].message.ts if done[1] else None))
    kept, repeated = _each_once(standing)
    return kept, [*gone, *repeated]


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


def _done_by(note: Note, ctx: Context, marks: int) -> tuple[Outcome, Note | None] | None:
    """How a marked follow-up was done: by the tick that somebody put on it, or by an answer in its own thread. Of several in one
    message nobody knows which."""
    if marks != 1:
        return None
    if any(_is_somebody(each, ctx) for each in note.message.ticked_by):
        return Outcome.done, None
    return next(_settled_in_thread(note, ctx), None)


def _is_somebody(user_id: str, ctx: Context) -> bool:
    """Whether it is a person, not an app that says with a tick that it has heard."""
    person = ctx.directory.people.get(user_id)
    return person is not None and not person.is_bot


def _settled_in_thread(note: Note, ctx: Context) -> Iterator[tuple[Outcome, Note]]:
    """How the thread under a marked follow-up, or what is said next in the thread that it stands in, says that it is done or not wanted."""
    answers = (*ctx.replies(note), *(ctx.after(note, _NEXT, 1) if note.room else ()))
    for answer in (each for each in answers if each.human and each.talk):
        said = answer.talk[0].said[:400]
        if _WORK_DONE.match(said):
            yield Outcome.done, answer
        elif answer.author == note.author and _TAKEN_BACK.match(said):
            yield Outcome.taken_back, answer


def _dropped(note: Note, ctx: Context) -> tuple[Outcome, Note] | None:
    """What undid a follow-up that nobody marked: how, and by which answer."""
    return next(_undone(note, ctx), None)


def _undone(note: Note, ctx: Context) -> Iterator[tuple[Outcome, Note]]:
    for answer in (*ctx.after(note, 900, 8), *ctx.replies(note)):
        how = _undoes(note, answer, ctx)
        if how is not None:
            yield how, answer


def _is_next(note: Note, answer: Note, ctx: Context) -> bool:
    """Whether an answer can mean a message: at most two others stand between them."""
    return any(other is answer for other in ctx.after(note, 900, 3))


def _answers_another(note: Note, answer: Note, ctx: Context) -> bool:
    """Whether somebody else asked for something right before it: "done" is said to them."""
    before = ctx.before(answer)
    if before is None or before is note or before.author == answer.author or before.message.ts == answer.room:
        return False
    return bool(_ASKS.search(before.message.text)) or answer.author in before.mentions.values()


def _undoes(note: Note, answer: Note, ctx: Context) -> Outcome | None:
    if not answer.talk or not answer.human:
        return None
    said = answer.talk[0].said[:400]
    same_author, near = answer.author == note.author, _is_next(note, answer, ctx)
    if _DONE.match(said) and not _answers_another(note, answer, ctx):
        meant = same_author or answer.room == note.message.ts or (bool(answer.room) and near)
        return Outcome.done if meant else None
    if _ANSWERED.search(said):
        return Outcome.answered if same_author or near or answer.room == note.message.ts else None
    return Outcome.taken_back if same_author and _TAKEN_BACK.match(said) else None
