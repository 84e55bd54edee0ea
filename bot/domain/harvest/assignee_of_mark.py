"""Whom a marked line is for. A mark names somebody in front of the words, or a mention or a name in them does; and since the line answers
nobody, what was asked before it does not count."""

from __future__ import annotations

from bot.domain.harvest import assignee
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_SEVERAL = late(r"\s*(?:[,;/&+]|\band\b|\bor\b)\s*")
_GIVEN = late(
    r"^(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?) (?:to|will|should|must)(?: please| also)? (?!be\b|have\b|the\b|an?\b|not\b)[a-z]+\b"
)
_A_THING = late(
    r"(?:ts|ds|ks|ps|gs|ws|ers|ons|ics|ies|ues|ing)$|^(?:[A-Z]{2}|How|When|Where|What|Who|Why|Need|Want|Nobody|It|This|That|The|There)"
)


def of(said: str, who: str | None, note: Note, ctx: Context) -> str | None:
    """A user id, else a name as written, else None. `who`: as it stands at the mark."""
    who = assignee.written(who) or _at_its_end(said, note)
    if who and who.startswith("@"):
        return assignee.mention(note, who, ctx)
    if who:
        return assignee.of(said, _first(who, ctx), note, ctx)
    return (
        assignee.in_words(said, said, note, ctx)
        or _beside_work(said, note, ctx)
        or _unknown(said, ctx)
        or assignee.later(note, ctx)
    )


def _first(who: str, ctx: Context) -> str:
    """The first of several people; nobody's name where it begins with "someone"."""
    first = _SEVERAL.split(who)[0].strip()
    someone = who.split()[0].casefold() in assignee.NOBODY
    return "nobody" if someone else who if ctx.directory.knows(who) or not first else first


def _beside_work(said: str, note: Note, ctx: Context) -> str | None:
    """The only mention in a line, unless the words around it make it a part of the work: "ask @bo", "@bo's script"."""
    inside = [name for name in note.mentions if f"@{name}" in said]
    if len(inside) != 1:
        return None
    before, _, after = said.partition(f"@{inside[0]}")
    if assignee.ABOUT.search(before.rstrip()) or assignee.HAS_DONE.match(after):
        return None
    return assignee.named(f"@{inside[0]}", ctx, note)


def _unknown(said: str, ctx: Context) -> str | None:
    """The name, of nobody here, that somebody is given work by: "Zoe to rotate the keys"."""
    found = _GIVEN.match(said)
    return None if found is None or _A_THING.search(found["name"]) else assignee.named(found["name"], ctx)


def _at_its_end(said: str, note: Note) -> str | None:
    """The mention that a marked line ends with, where nothing before it makes it a part of the work: "write a test @leo"."""
    said = said.rstrip(" .!)]")
    name = max((each for each in note.mentions if said.endswith(f"@{each}")), key=len, default=None)
    before = said[: -len(name) - 1].rstrip() if name else ""
    return f"@{name}" if name and before and not assignee.ABOUT.search(before) else None
