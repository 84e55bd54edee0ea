"""Who is put forward when a role is asked for: "who is IC?" – "Bo", "@bo please", "@bo?". A name that an order begins with, "@bo please
restart the pods", answers nothing, and what Bo says to it is no answer either."""

from __future__ import annotations

import re

from bot.domain.harvest import roles
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_LONG = 60  # letters
_BEFORE = late(
    r"^(?:(?:i think|i guess|that's|it's|its|should be|afaik|pretty sure(?: it's)?|maybe|how about|what about|ok|yes)[, ]+)*",
    re.I,
)
_THEN = r"(?:again|then|now|today|tonight|for (?:now|today|tonight|this)|here)"
_SAYS = (
    rf"(?:{_THEN}|i (?:think|guess|suppose|believe)|afaik|as (?:always|usual|ever|before|well)|(?:until|till|since) \S+|still|"
    r"obviously|of course|on (?:call|duty)(?: (?:today|tonight|this week))?)"
)
_IS = r"(?:'s| is| has it| takes it| does| is on it|'s got it)"
_ENDS = r"\s*(?:$|[.!](?:\s|$)|:[\w+-]+:\s*$|[\U0001f300-\U0001faff]|\([^()]{1,30}\)\W*$)"
_STATED = late(
    rf"{_IS}(?=,\s|\s[–—-]\s)|{_IS}?(?:(?:,| [–—-])? {_SAYS}){{0,2}}{_ENDS}|,? (?:he|she|they)(?:'s|'re| is| are| has)\b",
    re.I,
)
_ASKS = rf"(?:please|pls|plz|(?:can|could|will|would) you|you|takes? (?:it|this|that)|do (?:it|this)|take over|mind|thanks|thx|{_THEN})"
_ASKED = late(rf"(?:[,:]? {_ASKS}){{0,4}}\W*$", re.I)
_ORDERS = late(r"[,:]|.{0,20}\b(?:please|pls|plz|(?:can|could|will|would) you|you)\b", re.I)


def stated(note: Note, ctx: Context) -> str | None:
    """The user id of whom a message names, with nothing else to do for them: "bo", "bo is on it", "@bo please"."""
    user_id, rest = _named(note, ctx)
    fits = len(rest) < _LONG and not rest.endswith("?") and (_STATED.match(rest) or _ASKED.match(rest))
    return user_id if fits else None


def asked(note: Note, ctx: Context) -> str | None:
    """The user id of whom a message asks, and for nothing else: "@bo?", "bo, can you?"."""
    user_id, rest = _named(note, ctx)
    return user_id if len(rest) < _LONG and rest.endswith("?") and _ASKED.match(rest) else None


def sent_elsewhere(note: Note, ctx: Context) -> set[str]:
    """The user ids of those whom a message asks for something else."""
    user_id, rest = _named(note, ctx)
    if stated(note, ctx) or asked(note, ctx):
        return set()
    others = {each for each in note.mentions.values() if each}
    return others | ({user_id} if user_id and _ORDERS.match(rest) else set())


def _named(note: Note, ctx: Context) -> tuple[str | None, str]:
    """With whose name a message opens, and all that follows it."""
    said = " ".join(line.said for line in note.talk[:3])[:200].strip().replace("?", " ?")
    lead = _BEFORE.match(said)
    return roles.leading_person(said[lead.end() if lead else 0 :], ctx, note) or (None, "")
