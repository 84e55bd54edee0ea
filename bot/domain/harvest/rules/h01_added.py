"""H-01, of an incident app, which says that somebody noted a follow-up by a command, a button or an emoji. Where the words stand in the
channel as well, they are not taken twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.harvest import added, assignee_of_mark, card, due_words, text
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_LINES, _BEFORE = 20, 4


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    if note.human or note.topic:
        return
    for said, line, who, due in _noted(note):
        if said and not _stands_there(said, note, ctx):
            yield TodoFinding(
                ts=note.message.ts,
                thread_ts=note.message.thread_ts if note.message.is_reply else None,
                line=line.number,
                user_id=note.author,
                text=text.clip(line.as_typed(said)),
                detail="",
                assignee=assignee_of_mark.of(said, who, note, ctx) if who else None,
                rule=RULE.id,
                confidence=Confidence.A,
                due=due,
            )


def _noted(note: Note) -> Iterator[tuple[str, text.Line, str | None, str]]:
    """What an app says was noted, the line it stands in, whom it is for as written, and until when."""
    shown = card.read(note.lines)
    if shown:
        yield shown.said, shown.line, shown.who, due_words.of(shown.due) or due_words.of(f"due {shown.due}")
        return
    for line in note.lines[:_LINES]:
        found = added.read(line.said)
        if found:
            yield found.said, line, found.who, due_words.of(found.said)


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
    words("follow followup followups action actions todo todos do item items task tasks title"),
    find,
    bots=True,
)
