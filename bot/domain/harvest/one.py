"""One message that somebody pointed out, by itself: the line, the TODO or the query that it makes, with its kind and its time
as the rules read them. Whatever it is, it makes something: a file or an alert has words too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.harvest import analyse, due_words, message, shown, text
from bot.domain.harvest.finding import (
    REACTION,
    Confidence,
    QueryFinding,
    TimelineFinding,
    TimelineKind,
    TodoFinding,
)
from bot.domain.harvest.late import late
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

_MENTION = late(r"<@(\w+)")
NO_WORDS = "(a message without words)"


def mentioned(of: Message) -> frozenset[str]:
    """Whose names are needed to read it: its author, and whom it names."""
    return frozenset({*_MENTION.findall(of.text), *([of.user_id] if of.user_id else [])})


def entry(of: Message, people: Mapping[str, Person]) -> TimelineFinding:
    """The whole message as one line: the kind and the written time as the rules find them, else of no kind and when it was
    posted. Its files and links are its evidence."""
    found = analyse.analyse([replace(of, pinned=True, thread_ts=None)], people).timeline
    words = said(of, people)
    first = found[0] if found else None
    return TimelineFinding(
        ts=of.ts,
        thread_ts=of.thread_ts if of.is_reply else None,
        line=0,
        at=first.at if first else of.at,
        user_id=of.user_id,
        kind=first.kind if first else TimelineKind.other,
        text=first.text if len(found) == 1 and first and first.text.strip() else words,
        evidence=tuple(dict.fromkeys([*(url for each in found for url in each.evidence), *shown.by(of)])),
        rule=REACTION,
        confidence=Confidence.A,
    )


def todo(of: Message, people: Mapping[str, Person]) -> TodoFinding:
    """The whole message as one TODO."""
    thread = of.thread_ts if of.is_reply else None
    words = said(of, people)
    due = due_words.of(words)
    return TodoFinding(of.ts, thread, 0, of.user_id, words, "", None, REACTION, Confidence.A, due)


def query(of: Message) -> QueryFinding:
    """The code in the message to the letter, else all of its words."""
    codes = text.lines(of.text)[1]
    fenced = [code.text for code in codes if code.fenced and code.text.strip()]
    thread = of.thread_ts if of.is_reply else None
    verbatim = "\n\n".join(fenced or [code.text for code in codes if code.text.strip()]) or text.decode(of.text)
    return QueryFinding(of.ts, thread, 0, of.user_id, verbatim, REACTION, Confidence.A)


def said(of: Message, people: Mapping[str, Person]) -> str:
    """Its words as people read them; the names of its files where it has none."""

    def name(user_id: str, label: str) -> str:
        person = people.get(user_id)
        return person.name if person else text.no_names(user_id, label)

    words = text.clip(text.plain(of.text, name)).strip()
    files = ", ".join(file.name for file in of.files if file.name)
    return words or files or NO_WORDS


def posted_at(ts: str) -> str:
    """`2026-11-23 14:02:05`, in UTC: when it was posted, where the event is another time."""
    return f"{message.instant(ts):%Y-%m-%d %H:%M:%S}"
