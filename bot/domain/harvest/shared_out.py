"""A list of follow-ups in parts, each under whose it is or what it is about: "Actions / Bo: / - the alarm / Hana: / - the firewall"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.harvest import card, headings, names, rows, text
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context

_LONG = 40
_GIVEN = late(r"^@?(?P<who>[^:→>–—-]{1,60}?)(?:\s?:|\s?(?:[-–—]|->|→|=>)|\s(?:to|will))\s+\S")
_CALLED = late(r"^@(?P<who>[\w.'-]{1,40}(?: [A-Z][\w.'-]*)?) \w+ \w")
_AROUND = " *_:–—-"
_OTHER = late(
    rf"^(?:(?:the|our|full|short|draft|incident|root) )*(?:{headings.TOLD}|timeline|what (?:went|happened|we|worked)\b.*|"
    r"lessons.*|notes?|attend\w*|participants|present|people|links?|context|customers?|decisions?|status|recordings?|"
    r"questions?|open questions|done|already done|closed|finished|thanks|next (?:call|meeting|update)|post-?mortem.*)$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a list: whose it is as written (None: nobody's), and whether it has a name of its own that is no person's."""

    who: str | None
    topic: bool = False


def by_name(lines: Sequence[text.Line], ctx: Context) -> bool:
    """Whether some lines are each somebody's, or nobody's yet: "Ana: the runbook", "Bo - the alert", "failover | Cy | Friday"."""
    return len(lines) > 1 and all(_is_given(each, ctx) for each in lines)


def _is_given(line: text.Line, ctx: Context) -> bool:
    knows, found = ctx.directory.knows, _GIVEN.match(line.said)
    who = found["who"] if found else ""
    if who and (knows(who) or who.casefold() in names.NOBODY or card.is_none(who)):
        return True
    if (called := _CALLED.match(line.said)) and knows(called["who"]):
        return True
    return rows.of_cells(line, line.said, knows) is not None


def begins(lines: Sequence[text.Line], place: int, ctx: Context, *, topics: bool) -> Part | None:
    """The part that begins with a line; None where the line heads none. `topics`: it may be a thing, too, not only a person."""
    line, below = lines[place], lines[place + 1 : place + 2]
    said = line.said.strip(_AROUND)
    if not said or len(said) > _LONG or line.ticked or line.open_box or not (below and below[0].bullet):
        return None
    if ctx.directory.find(said.removeprefix("@")) is not None or (said.startswith("@") and " " not in said):
        return Part(said)
    heads = not line.bullet and (line.bold or line.said.endswith(":")) and not _OTHER.match(said.casefold())
    return Part(None, topic=True) if topics and heads else None
