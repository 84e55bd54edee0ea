"""From what looked like follow-ups to those that stand: one a line, one a wording, and of the unmarked ones only
those that the people themselves did not take back, answer or do while they talked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import text
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import Context, Note

_TAKEN_BACK = re.compile(
    r"^(?:oh,? |ah,? |ok,? |wait,? |hmm+,? |sorry,? )*(?:never ?mind|nvm|nm\b|scratch that|strike that|"
    r"ignore (?:that|me|my)|forget (?:it|that|what)|disregard|"
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


def todos(found: Iterable[TodoFinding], ctx: Context) -> tuple[TodoFinding, ...]:
    """The follow-ups that stand, in order of their messages."""
    notes = {note.message.ts: note for note in ctx.notes}
    best: dict[tuple[str, int], TodoFinding] = {}
    for each in sorted(found, key=lambda each: (ts_key(each.ts), each.line, each.confidence, each.rule)):
        best.setdefault((each.ts, each.line), each)
    standing = [each for each in best.values() if each.confidence is Confidence.A or not _dropped(notes[each.ts], ctx)]
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


def _dropped(note: Note, ctx: Context) -> bool:
    later = [*ctx.after(note, 900, 8), *ctx.replies(note)]
    return any(_undoes(note, answer) for answer in later)


def _undoes(note: Note, answer: Note) -> bool:
    if not answer.talk or not answer.human:
        return False
    said = answer.talk[0].said[:400]
    same_author, in_thread = answer.author == note.author, bool(answer.room)
    if _DONE.match(said):
        return same_author or in_thread
    if _ANSWERED.search(said):
        return True
    return same_author and bool(_TAKEN_BACK.match(said))
