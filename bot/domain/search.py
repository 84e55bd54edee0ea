"""What somebody looks for among the post-mortems, as a value: words and filters. Whether a record passes the filters is said
here; where its words stand is asked of the memory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

_NUMBER = re.compile(r"(?:pm-?)?0*([0-9]{1,9})\Z")


class State(StrEnum):
    """Which of them: those that are not Closed, those that are, or both."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; what is empty does not matter. Each of `words` has to occur somewhere in a record, whatever its
    case; `since` and `until` are days, both included."""

    words: tuple[str, ...] = ()
    owner: str | None = None
    service: str = ""
    severity: int | None = None
    since: date | None = None
    until: date | None = None
    state: State = State.ALL

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows it."""
        return any((self.owner, self.service, self.severity, self.since, self.until))


TIMELINE, ACTIONS, QUERIES, MESSAGE = "timeline", "actions", "queries", "message"


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that people wrote into a record. `place` is a section's name, or one of those above."""

    place: str
    text: str


def fold(text: str) -> str:
    """Text without its case: what is compared."""
    return text.casefold()


def day(record: Postmortem, tz: str) -> date:
    """The day of the incident in this zone: when it started, else when its record was made."""
    return (record.times.started_at or record.created_at).astimezone(ZoneInfo(tz)).date()


def fits(query: Query, record: Postmortem, tz: str, *, over: bool = False) -> bool:
    """Whether the record passes the filters; `over` says that it is part of one that is Closed."""
    state = State.CLOSED if record.status is Status.CLOSED or over else State.OPEN
    services = {fold(each) for each in record.services}
    on = day(record, tz)
    return (
        query.state in (State.ALL, state)
        and query.owner in (None, record.owner)
        and query.severity in (None, record.severity)
        and (not query.service or fold(query.service) in services)
        and (query.since is None or query.since <= on)
        and (query.until is None or on <= query.until)
    )


def number(word: str) -> int | None:
    """The number of a record that the word names: `PM-7`, `pm7` or `7`."""
    found = _NUMBER.match(fold(word))
    return int(found[1]) if found else None


def is_named(record: Postmortem, word: str) -> bool:
    """Whether the word is the record's number."""
    return number(word) == record.number


def in_sight(record: Postmortem, word: str) -> bool:
    """Whether the word is in what every list shows of a record: its number, title and services."""
    return is_named(record, word) or any(shows(each, word) for each in (record.subject, *record.services))


def excerpt(text: str, word: str, around: int = 60) -> str | None:
    """The word with what stands around it on one line; None where it does not occur."""
    line = " ".join(text.split())
    found = re.search(re.escape(word), line, re.IGNORECASE)
    if found is None:
        # Some letters fold to two: the place is then only about right.
        at = fold(line).find(fold(word))
        if at < 0:
            return None
        begin, end = min(at, len(line)), min(at + len(word), len(line))
    else:
        begin, end = found.span()
    left, right = max(0, begin - around), min(len(line), end + around)
    # Not in the middle of a word, unless it is a very long one.
    left = left + len(line[left:begin].partition(" ")[0]) + 1 if left and " " in line[left:begin] else left
    right = end + len(line[end:right].rpartition(" ")[0]) if right < len(line) and " " in line[end:right] else right
    return f"{'…' if left else ''}{line[left:right]}{'…' if right < len(line) else ''}"


def shows(text: str, word: str) -> bool:
    """Whether the word occurs in it."""
    return fold(word) in fold(" ".join(text.split()))
