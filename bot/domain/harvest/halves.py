"""Two wishes in one line: "someone should write a runbook; also bo please add a test", and so many things as the line counts: "three
things for later: the alert, the stale runbook, who owns the jobs", or numbers: "not again: 1) one disk for all 2) an alert that nobody
hears". What somebody marked stays as they marked it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.harvest import assignee, counted_off, terse, text
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context
from bot.domain.harvest.rare_marks import WORK

_CUT = late(r";\s+(?=\S)")
_NAME = r"(?:@[\w.'-]+(?: [A-Z][\w.'-]*)?|[^\W\d_][\w.'-]{1,30})"
_ALSO = late(r"^(?:(?:also|and|then|plus|secondly|finally|ok|so)[,:]? )+", re.I)
_WISH = late(
    rf"^(?:(?:{_NAME}[,:]? )?(?i:please|pls|(?:can|could|would|will) (?:you|someone|somebody|we)|to (?=[a-z]))\b|"
    r"(?i:(?:someone|somebody|we|i) (?:really |also )?(?:should|must|ought to|needs? to|have to|has to|want to)|i'll|i will|let's|"
    r"(?:it )?would be (?:good|nice|great|useful)|(?:we|i|you) need)\b|"
    rf"{WORK})"
)
_COUNTED = late(
    r"^(?:[\w',-]+ ){0,4}?(?P<count>two|three|four|five|[2-5]) (?:\w+ )?(?:things|items|points|topics|bits|follow-?ups|actions|todos)\b"
    r"[^:;.?!]{0,60}:\s+(?P<each>[^:?!]+?)[.\s]*$",
    re.I,
)
_NEXT = late(r"[,;]\s+(?:and )?|\s+and (?=[^,;]+$)")
_Part = tuple[str, str]
"""One of several wishes, and all that is said of it where that is more."""
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
_FAR = 1_000_000
"""By so much the number of a line is higher for each further wish in it."""


def each_of(todo: TodoFinding, ctx: Context) -> Iterator[TodoFinding]:
    """The wishes of one follow-up that nobody marked, each with whom it is for; itself where it is one."""
    note = None if todo.rule == "H-01" else ctx.note(todo.ts)
    parts = _wishes(todo.text) or _numbered(todo.text) or _counted(todo) if note else []
    shared = terse.shared_out(todo.detail or todo.text, note, ctx) if note and not parts else ()
    if shared:
        yield from (
            replace(todo, line=todo.line + place * _FAR, text=text.clip(said), detail="", assignee=who)
            for place, (said, who) in enumerate(shared)
        )
        return
    if note is None or not parts:
        yield todo
        return
    whose = [assignee.in_words(said, said, note, ctx) for said, _ in parts]
    for place, ((said, whole), who) in enumerate(zip(parts, whose, strict=True)):
        of_all = todo.assignee if whole and not any(whose) else None
        yield replace(todo, line=todo.line + place * _FAR, text=text.clip(said), detail=whole, assignee=who or of_all)


def _wishes(said: str) -> list[_Part]:
    """What is wished for before and behind a semicolon; nothing unless each part is a wish by itself."""
    parts = [_ALSO.sub("", part.strip()) for part in _CUT.split(said)] if ";" in said else []
    return [(each, "") for each in parts] if len(parts) > 1 and all(map(_WISH.match, parts)) else []


def _numbered(said: str) -> list[_Part]:
    """What a line counts off, more than a word each."""
    lead, parts = counted_off.parts(said)
    return [(each, f"{lead}{each}" if lead else "") for each in parts] if all(" " in each for each in parts) else []


def _counted(todo: TodoFinding) -> list[_Part]:
    """The things that a line counts and names; nothing where they are not so many."""
    found = _COUNTED.match(todo.text) if ":" in todo.text else None
    if found is None:
        return []
    number, whole = _NUMBERS.get(found["count"].lower()) or int(found["count"]), todo.detail or todo.text
    return [(each, whole) for each in next((parts for parts in _ways(found["each"]) if len(parts) == number), [])]


def _ways(said: str) -> Iterator[list[str]]:
    """A list cut at its commas, and at its last "and" as well."""
    yield [part.strip() for part in re.split(r"[,;]\s+(?:and )?", said)]
    yield [part.strip() for part in _NEXT.split(said)]
