"""How the people themselves undo a follow-up while they talk: they take it back, have it already, turn it down, or do it at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.domain.harvest import done_words, refused, same_breath
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_TAKEN_BACK = late(
    r"^(?:oh,? |ah,? |ok,? |wait,? |hmm+,? |sorry,? )*(?:never ?mind|nvm|nm\b|scratch that|strike that|"
    r"scrap (?:that|this|it)|drop(?:ping)? (?:it|that|this)|"
    r"ignore (?:that|me|my)|forget (?:it|that|what|the|about)\b|disregard|"
    r"actually,? (?:no\b|that's|we (?:already|do|don't need|have)|it(?:'s| is)? already|not needed|no need|scratch|"
    r"never)|no need|not needed|wait,? no\b)",
    re.I,
)
_WITH_REASON = late(r"^(?:actually,? )?(?:not needed|no need)\b[^\w.!]*[,;:(.–—-] ?\w", re.I)
_ANSWERED = late(
    r"\b(?:we|it|that|there|this|they)(?:'s|'re| is| are)? already (?:have|has|do|does|exists?|done|filed|tracked|"
    r"being|in|there|a)\b|\balready (?:exists|filed|tracked|have (?:one|that|it)|done)\b|"
    r"^no need\b|^(?:we|it) (?:do|does) (?:already|have)\b",
    re.I,
)
_NEXT, _FAR = 86_400, 40  # seconds, messages
_ASKS = late(r"\?|\b(?:can|could|would|will) you\b|\b(?:please|pls|kindly)\b", re.I)


def done_by(note: Note, ctx: Context, marks: int) -> tuple[Outcome, Note | None] | None:
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
        if done_words.says_done(answer):
            yield Outcome.done, answer
        elif done_words.not_needed(said) or (answer.author == note.author and _drops(note, answer, ctx)):
            yield Outcome.taken_back, answer


def _drops(note: Note, answer: Note, ctx: Context) -> bool:
    """Whether its author takes a marked follow-up back."""
    return (
        bool(_TAKEN_BACK.match(answer.talk[0].said[:400]))
        or refused.takes_back(note, answer, ctx, (note.message.ts,))
        or refused.turns_down(note, answer, ctx, (note.message.ts,))
    )


def doubted(todo: TodoFinding, note: Note, ctx: Context, proposed: Collection[str], *, alone: bool) -> TodoFinding:
    """A follow-up as it stands: no sure one where it is taken back in the same breath, or turned down in the words of the next answer. Of
    several in one message, unless it stands `alone`, nobody knows which the answer means."""
    if _in_same_breath(todo) or (alone and any(_refuses(note, each, ctx, proposed) for each in _answers(note, ctx))):
        return replace(todo, confidence=Confidence.C)
    return todo


def _answers(note: Note, ctx: Context) -> Iterator[Note]:
    yield from ctx.replies(note)
    yield from ctx.after(note, _NEXT, _FAR)


def _in_same_breath(todo: TodoFinding) -> bool:
    said = todo.whole()
    return same_breath.takes_back(said[max(said.find(todo.text), 0) :])


def _refuses(note: Note, answer: Note, ctx: Context, proposed: Collection[str]) -> Outcome | None:
    """How an answer refuses a follow-up in free words."""
    if not answer.human or not answer.talk:
        return None
    if refused.takes_back(note, answer, ctx, proposed) or refused.turns_down(note, answer, ctx, proposed):
        return Outcome.taken_back
    return Outcome.answered if refused.is_there(note, answer, ctx, proposed) else None


def undone(
    todo: TodoFinding, note: Note, ctx: Context, proposed: Collection[str]
) -> tuple[Outcome, Note | None] | None:
    """What undid a follow-up that nobody marked: how, and by which answer, if it is not the same message."""
    if _in_same_breath(todo):
        return Outcome.taken_back, None
    return next(_undone(note, ctx, proposed), None)


def _undone(note: Note, ctx: Context, proposed: Collection[str]) -> Iterator[tuple[Outcome, Note]]:
    for answer in (*ctx.after(note, 900, 8), *ctx.replies(note)):
        how = _undoes(note, answer, ctx)
        if how is not None:
            yield how, answer
    for answer in _answers(note, ctx):
        how = _refuses(note, answer, ctx, proposed)
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


def _follows_another(note: Note, answer: Note, ctx: Context) -> bool:
    """Whether somebody else spoke right before it: a reason why something is not needed is given to them."""
    before = ctx.before(answer)
    return before is not None and before is not note and before.author != answer.author


def _is_done_at_once(note: Note, answer: Note, said: str, ctx: Context) -> bool:
    """Whether the very next words, of somebody else, say that it is done: of anybody "done", of whom it was asked also "sent it"."""
    if answer.author == note.author or answer not in ctx.after(note, 900, 2):
        return False
    before = ctx.before(answer)
    if done_words.is_done_now(said) and before is not None and (before is note or before.author == answer.author):
        return True
    if before is not note:
        return False
    return done_words.is_done(said) or (answer.author in note.mentions.values() and done_words.did(said))


def _undoes(note: Note, answer: Note, ctx: Context) -> Outcome | None:
    if not answer.talk or not answer.human:
        return None
    said = answer.talk[0].said[:400]
    same_author, near = answer.author == note.author, _is_next(note, answer, ctx)
    if done_words.opens(said) and not _answers_another(note, answer, ctx):
        meant = same_author or answer.room == note.message.ts or (bool(answer.room) and near)
        return Outcome.done if meant or _is_done_at_once(note, answer, said, ctx) else None
    if _is_done_at_once(note, answer, said, ctx):
        return Outcome.done
    if same_author and _WITH_REASON.match(said) and _follows_another(note, answer, ctx):
        return None
    if _ANSWERED.search(said):
        return Outcome.answered if same_author or near or answer.room == note.message.ts else None
    return Outcome.taken_back if same_author and _TAKEN_BACK.match(said) else None
