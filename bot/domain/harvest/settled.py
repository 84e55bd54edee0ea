"""From what looked like follow-ups to those that stand: one a line, one a wording, and of the unmarked ones only
those that the people themselves did not take back, answer or do while they talked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from bot.domain.harvest import text
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import Context, Note

_TAKEN_BACK = re.compile(
    r"^(?:oh,? |ah,? |ok,? |wait,? |hmm+,? |sorry,? )*(?:never ?mind|nvm|nm\b|scratch that|strike that|"
    r"ignore (?:that|me|my)|forget (?:it|that|what|the|about)\b|disregard|"
    r"actually,? (?:no\b|that's|we (?:already|do|don't need|have)|it(?:'s| is)? already|not needed|no need|scratch|"
    r"never)|no need|not needed|wait,? no\b)",
    re.I,
)
_ANSWERED = re.compile(
    r"\b(?:we|it|that|there|this|they)(?:'s|'re| is| are)? already (?:have|has|do|does|exists?|done|filed|tracked|"
    r"being|in|there|a)\b|\balready (?:exists|filed|tracked|have (?:one|that|it)|done)\b|"
    r"^no need\b|^(?:we|it) (?:do|does) (?:already|have)\b",
    re.I,
)
_DONE = re.compile(
    r"^(?:@[\w.'-]+[,:]? )?(?:ok(?:ay)?,? |and |all |i've |i have |just |it's |that's |now )*(?:done|filed|fixed|"
    r"created|opened|merged|added|shipped)\b(?! (?:with|for) (?:the day|now|this week))",
    re.I,
)
_WORK_DONE = re.compile(
    r"^(?:@[\w.'-]+[,:]? )?(?:ok(?:ay)?,? |and |all |i've |just |it's |that's |now |this is )*(?:done|fixed|"
    r"merged|shipped|"
    r"finished)\b(?!.{0,80}(?:\b(?:tomorrow|soon|next|once|when|if|by)\b|\b[A-Z]{2,10}-\d))",
    re.I,
)


def todos(found: Iterable[TodoFinding], ctx: Context) -> tuple[TodoFinding, ...]:
    """The follow-ups that stand, in order of their messages."""
    notes = {note.message.ts: note for note in ctx.notes}
    best: dict[tuple[str, int], TodoFinding] = {}
    for each in sorted(
        found, key=lambda each: (ts_key(each.ts), each.line, each.confidence, each.assignee is None, each.rule)
    ):
        best.setdefault((each.ts, each.line), each)
    marks = Counter(each.ts for each in best.values() if each.confidence is Confidence.A)
    standing = [
        each
        for each in best.values()
        if not (
            _done_in_thread(notes[each.ts], ctx, marks[each.ts])
            if each.confidence is Confidence.A
            else _dropped(notes[each.ts], ctx)
        )
    ]
    return _each_once(standing)


def _each_once(standing: list[TodoFinding]) -> tuple[TodoFinding, ...]:
    marked = {text.normal(each.text) for each in standing if each.confidence is Confidence.A}
    seen: set[str] = set()
    kept = []
    for each in standing:
        wording = text.normal(each.text)
        if wording in seen or (each.confidence is not Confidence.A and wording in marked):
            continue
        seen.add(wording)
        kept.append(each)
    return tuple(kept)


def _done_in_thread(note: Note, ctx: Context, marks: int) -> bool:
    """Whether a marked follow-up was done, by what its own thread says; of several in one message nobody knows "
    "which."""
    return marks == 1 and any(
        answer.human and answer.talk and _WORK_DONE.match(answer.talk[0].said[:400]) for answer in ctx.replies(note)
    )


def _dropped(note: Note, ctx: Context) -> bool:
    later = [*ctx.after(note, 900, 8), *ctx.replies(note)]
    return any(_undoes(note, answer, ctx) for answer in later)


def _is_next(note: Note, answer: Note, ctx: Context) -> bool:
    """Whether an answer can mean a message: at most two others stand between them."""
    return any(other is answer for other in ctx.after(note, 900, 3))


def _undoes(note: Note, answer: Note, ctx: Context) -> bool:
    if not answer.talk or not answer.human:
        return False
    said = answer.talk[0].said[:400]
    same_author, near = answer.author == note.author, _is_next(note, answer, ctx)
    if _DONE.match(said):
        return same_author or answer.room == note.message.ts or (bool(answer.room) and near)
    if _ANSWERED.search(said):
        return same_author or near or answer.room == note.message.ts
    return same_author and bool(_TAKEN_BACK.match(said))
