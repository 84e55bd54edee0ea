"""H-01, of an incident app, which says that somebody noted a follow-up by a command, a button or an emoji. Where the words stand in the
channel as well, they are not taken twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.harvest import added, assignee_of_mark, due_words, text
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_LINES, _BEFORE = 20, 4


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    if note.human or note.topic:
        return
    for line in note.lines[:_LINES]:
        found = added.read(line.said)
        if found is None or not found.said or _stands_there(found.said, note, ctx):
            continue
        yield TodoFinding(
            ts=note.message.ts,
            thread_ts=note.message.thread_ts if note.message.is_reply else None,
            line=line.number,
            user_id=note.author,
            text=text.clip(line.as_typed(found.said)),
            detail="",
            assignee=assignee_of_mark.of(found.said, found.who, note, ctx) if found.who else None,
            rule=RULE.id,
            confidence=Confidence.A,
            due=due_words.of(found.said),
        )


def _stands_there(said: str, note: Note, ctx: Context) -> bool:
    """Whether somebody wrote it right before, and the app says only that it has heard it."""
    wanted = _plain(said)
    return any(each.human and wanted in _plain(each.plain) for each in _earlier(note, ctx))


def _earlier(note: Note, ctx: Context) -> Iterator[Note]:
    each: Note | None = note
    for _ in range(_BEFORE):
        each = ctx.before(each) if each else None
        if each:
            yield each


def _plain(said: str) -> str:
    return " ".join(said.casefold().split())


RULE = Rule(
    "H-01",
    "A follow-up that an incident app was told",
    words("follow followup followups action actions todo todos do item items"),
    find,
    bots=True,
)
