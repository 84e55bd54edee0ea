"""A list at the end that stands in one line: "still to come out of this: slow ops alert (Yuki), config diff in the playbook (Tam), the
table". Where most of it says over again what was proposed before, it is no follow-up of its own, and tells whose those are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.harvest import names, own_work, terse
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_LEAD = late(r"^[^:]{3,160}:\s+(?P<rest>(?!(?i:i|i'll|we|you|he|she|they)\b)\S.{20,})$")
_CUT = re.compile(r"[,;]\s+(?:and )?(?![^(]*\))|\s\+\s(?![^(]*\))|\s+and\s+(?=[^,;()]*$)|\.\s+(?=\S)")
_WHO = late(r"[(\[]@?(?P<in>[^\W\d_][\w.'-]{1,30})[^()\[\]]*[)\]]\W*$|\s@?(?P<at>[^\W\d_][\w.'-]{1,30})\W*$")
_LEAST, _FAR = 3, 2  # parts, and of them what was said before


@dataclass(frozen=True, slots=True)
class Recap:
    """The places of what a line says over again, each with whose it is by that line, where it says so; and what is new in it, with
    whose that is if it is one thing."""

    of: Mapping[int, str | None]
    new: str
    who: str | None


def parts(each: TodoFinding, note: Note) -> Sequence[str]:
    """What the line of a follow-up lists behind a colon; nothing where it lists less than three things, or somebody marked it."""
    if each.confidence is Confidence.A:
        return ()
    line = next((line for line in note.talk if line.number == each.line), None)
    found = _LEAD.match(line.said) if line is not None else None
    listed = [part for part in _CUT.split(found["rest"]) if part.strip(" .")] if found else []
    return listed if len(listed) >= _LEAST else ()


def read(listed: Sequence[str], note: Note, before: Mapping[int, frozenset[str]], ctx: Context) -> Recap | None:
    """What such parts say over again of the follow-ups before them (their things by their places); None where most of it is new."""
    told, new = dict[int, str | None](), list[str]()
    for part in listed:
        place = _first(part, before, note, ctx)
        if place is not None:
            told[place] = _who(part, note, ctx)
        elif own_work.names_a_thing(names.without(part, note, ctx)):
            new.append(part.strip(" ."))
    who = _who(new[0], note, ctx) if len(new) == 1 else None
    return Recap(told, ", ".join(new), who) if len(told) >= max(_FAR, (len(listed) + 1) // 2) else None


def _first(part: str, before: Mapping[int, frozenset[str]], note: Note, ctx: Context) -> int | None:
    own = own_work.things(own_work.beside_day(names.without(part, note, ctx)))
    shares = {place: len(own & things) for place, things in before.items()}
    best = max(shares, key=lambda place: (shares[place], place), default=None)
    return best if best is not None and shares[best] and 2 * shares[best] >= len(own) else None


def _who(part: str, note: Note, ctx: Context) -> str | None:
    found = _WHO.search(part)
    return terse.person(str(found["in"] or found["at"]), note, ctx) if found else None
