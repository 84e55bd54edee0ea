"""Whom a follow-up is for: the one named in front of it, the one asked, or the author who says "I". Nobody is a
valid answer ("someone should"), and a name that fits two people stays a name."""

from __future__ import annotations

import re

from bot.domain.harvest.note import Context, Note

_AT = re.compile(r"^@([\w.'-]{1,60}(?: [A-Z][\w.'-]{1,40}){0,2})")
_NAME_TO = re.compile(
    r"^([A-Za-z][\w.'-]{0,40}(?: [A-Z][\w.'-]{1,40}){0,2})(?:,|:| -)? (?:to|will|should|needs to|can|please)\b"
)
_NAME_COLON = re.compile(r"^([A-Z][\w.'-]{0,40}(?: [A-Z][\w.'-]{1,40}){0,2}):\s")
_I = re.compile(
    r"^(?:(?:agreed|ok(?:ay)?|yes|yeah|sure|right|true|and|so|then|also|fair|good point|"
    r"will do)[,.:]? )*(?:i|i'll|i’ll|i'm|i will|let me|me to|i can)\b",
    re.I,
)
_NOBODY = frozenset("someone somebody anyone anybody everyone we they us team you tbd unknown nobody".split())  # noqa: SIM905


def of(said: str, who: str | None, note: Note, ctx: Context) -> str | None:
    """A user id, else a name as written, else None."""
    if who:
        return named(who, ctx, note)
    at = _mention(note, said, ctx) if said.startswith("@") else None
    if at:
        return at
    if _I.match(said):
        return note.author
    for pattern in (_NAME_TO, _NAME_COLON):
        found = pattern.match(said)
        if found and ctx.directory.knows(found[1]):
            return named(found[1], ctx, note)
    return None


def named(name: str, ctx: Context, note: Note | None = None) -> str | None:
    """The person that a name written as such means."""
    shown = name.strip()
    name = shown.lstrip("@").strip()
    if not name or name.casefold() in _NOBODY:
        return None
    user_id, written = ctx.who(shown, note)
    return user_id or written


def _mention(note: Note, said: str, ctx: Context) -> str | None:
    exact = note.mentioned(said)
    if exact:
        return named(exact, ctx, note)
    found = _AT.match(said)
    if found is None:
        return None
    parts = found[1].split(" ")
    for size in range(len(parts), 0, -1):
        name = " ".join(parts[:size])
        if ctx.directory.knows(name):
            return named(name, ctx)
    return named(parts[0].rstrip(":,.-"), ctx) if parts[0].casefold() not in ("here", "channel", "everyone") else None
