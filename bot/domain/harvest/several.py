"""Work that one line gives to several people: "ann to write the page, bo could you add the alert" are two follow-ups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.harvest import terse, text, vocabulary
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_NAME = r"@?[^\W\d_][\w.'-]{0,40}(?: [A-Z(][\w.'()-]{0,40}){0,2}"
_NO_WORK = r"(?!be\b|have\b|the\b|an?\b|not\b)"
_ASKS = r"(?i:[,:]? (?:(?:can|could|would|will) you|please|pls)(?: please| also| then)?)"
_DOES = vocabulary.either(vocabulary.STEP_VERBS, vocabulary.LASTING, frozenset(("write", "take", "do", "check")))
_WORDS = vocabulary.STEP_VERBS | vocabulary.LASTING | {"write", "take", "do", "check", "tell"}
_SINGLE = frozenset(each for each in _WORDS if each.isalpha())
_WRITES = "|".join(
    sorted(f"{each[:-1]}ies" if each[-1] == "y" and each[-2] not in "aeou" else f"{each}e?s" for each in _SINGLE)
)
_WORK = rf"(?:(?: (?:to|will|should)|{_ASKS}) {_NO_WORK}[a-z][a-z-]+ \w|[,:]? (?:{_DOES}) (?:it|that|this|the|an?|our|all|some) ?)"
_TELLS = rf"(?: also)? (?:{_WRITES}) \w"
_GIVES = late(rf"(?:(?:ok(?:ay)?|so|and|then|also|right)[,:]? )*(?P<name>{_NAME})(?:{_WORK}|{_TELLS})")
_NEXT = late(
    rf"(?:;|,|[.?!](?= ))?\s+(?:and |then |plus )?(?={_NAME}{_WORK})|"
    rf"(?:(?:;|,|[.?!])\s+(?:(?:and|then|plus|while) )?|\s+(?:and|then|plus|while|&|\+)\s+)(?={_NAME}{_TELLS})"
)
_FIRST = late(
    r"^(?P<name>@?[^\W\d_][\w.'-]{0,40}(?: [A-Z][\w.'-]{0,40})?)(?:[:,]| [-–—])? (?!(?:is|was|has|had|said|says|and|or)\b)\w+ \w"
)
_CUES = re.compile(r"\b(?:to|will|should|you|please|pls)\b|[,;.] |\band\b", re.I)
_FAR = 10_000_000
"""By so much the number of a line is higher for each further person in it; less is for several marks in a line."""


def each_of(todo: TodoFinding, ctx: Context) -> Iterator[TodoFinding]:
    """The follow-ups of one that gives work to several people, each with whom it is for; itself where it does not."""
    found = (_pairs(todo, ctx), _parts(todo.text, ctx), _parts(todo.detail, ctx))
    parts = next((each for each in found if len(each) > 1), [])
    if not parts:
        yield todo
        return
    for place, (said, who) in enumerate(parts):
        yield replace(todo, line=todo.line + place * _FAR, text=text.clip(said), assignee=who)


def _pairs(todo: TodoFinding, ctx: Context) -> list[tuple[str, str]]:
    """What a mark gives to whom in two words each: "TODOs: docs (ann), alert (bo)"."""
    note = ctx.note(todo.ts)
    if note is None or todo.confidence is not Confidence.A:
        return []
    given = terse.read(todo.text, note, ctx)
    pairs = [(said, who) for said, (_, who) in zip(terse.parts(todo.text), given, strict=False)]
    return pairs or _named_first(todo.text, note, ctx)


def _named_first(said: str, note: Note, ctx: Context) -> list[tuple[str, str]]:
    """What a mark gives to whom where each part opens with a name: "AIs: ann alarms on the disk, bo the firewall"."""
    parts = terse.parts(said)
    found = [(each, _FIRST.match(each)) for each in parts]
    given = [(each, who) for each, first in found if first and (who := terse.person(first["name"], note, ctx))]
    return given if len(given) == len(parts) else []


def _parts(said: str, ctx: Context) -> list[tuple[str, str]]:
    """What is given to whom, in order; nothing unless all of it is given to somebody who is known."""
    if not _CUES.search(said):
        return []
    cuts = [0, *_cuts(said[:1500], ctx), len(said)]
    pieces = [said[start:end].strip() for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    found = [(piece, _person(piece, ctx)) for piece in pieces]
    return [(piece.rstrip(",;"), who) for piece, who in found if who] if all(who for _, who in found) else []


def _cuts(said: str, ctx: Context) -> Iterator[int]:
    """Where a piece ends and the next one begins, which gives work to somebody who is known."""
    for found in _NEXT.finditer(said):
        if _person(said[found.end() :], ctx):
            yield from found.span()


def _person(said: str, ctx: Context) -> str | None:
    gives = _GIVES.match(said)
    if gives is None or gives["name"].casefold() in vocabulary.NO_NAMES:
        return None
    return ctx.directory.find(gives["name"].lstrip("@"))
