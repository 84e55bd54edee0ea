"""Work that one line gives to several people: "ann to write the page, bo to add the alert" are two follow-ups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.harvest import vocabulary
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context

_NAME = r"@?[^\W\d_][\w.'-]{0,40}(?: [A-Z(][\w.'()-]{0,40}){0,2}"
_GIVES = late(rf"(?P<name>{_NAME}) (?:to|will) (?!be\b|have\b|the\b|an?\b)[a-z][a-z-]+ \w")
_NEXT = late(rf"(?:;|,)?\s+(?:and |then )?(?={_NAME} (?:to|will) (?!be\b|have\b|the\b|an?\b)[a-z][a-z-]+ \w)")
_FAR = 10_000_000
"""By so much the number of a line is higher for each further person in it; less is for several marks in a line."""


def each_of(todo: TodoFinding, ctx: Context) -> Iterator[TodoFinding]:
    """The follow-ups of one that gives work to several people, each with whom it is for; itself where it does not."""
    parts = _parts(todo.text, ctx)
    if len(parts) < 2:
        yield todo
        return
    for place, (said, who) in enumerate(parts):
        yield replace(todo, line=todo.line + place * _FAR, text=said, assignee=who)


def _parts(said: str, ctx: Context) -> list[tuple[str, str]]:
    """What is given to whom, in order; nothing unless all of it is given to somebody who is known."""
    if " to " not in said and " will " not in said:
        return []
    cuts = [0, *(place for found in _NEXT.finditer(said[:1500]) for place in (found.start(), found.end())), len(said)]
    pieces = [said[start:end].strip() for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    found = [(piece, _person(piece, ctx)) for piece in pieces]
    return [(piece.rstrip(",;"), who) for piece, who in found if who] if all(who for _, who in found) else []


def _person(said: str, ctx: Context) -> str | None:
    gives = _GIVES.match(said)
    if gives is None or gives["name"].casefold() in vocabulary.NO_NAMES:
        return None
    return ctx.directory.find(gives["name"].lstrip("@"))
