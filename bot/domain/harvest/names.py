"""From a name as it stands in the words to the one it means: a user id, else the name as written. A name that fits two people stays one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import words

_AT = late(r"^@([\w.'-]{1,60}(?: [A-Z][\w.'-]{1,40}){0,2})")
NOBODY = words("here channel someone somebody anyone anybody everyone we they us team you tbd unknown nobody")
"""Words that stand where a name does, and mean nobody of their own."""


def short(said: str, note: Note) -> str:
    """With mentions of one word, since names of several would not be known from what stands behind them."""
    for place, name in enumerate(sorted(note.mentions, key=len, reverse=True)):
        said = said.replace(f"@{name}", f"@m{place}")
    return said


def whole(said: str, note: Note) -> str:
    """With the mentions of `short` as they are shown."""
    for place, name in reversed(list(enumerate(sorted(note.mentions, key=len, reverse=True)))):
        said = said.replace(f"@m{place}", f"@{name}")
    return said


_NAME = late(r"@?[^\W\d_][\w-]*")


def without(said: str, note: Note, ctx: Context) -> str:
    """Words without the people whom they name."""
    for name in sorted(note.mentions, key=len, reverse=True):
        said = said.replace(f"@{name}", " ")
    return _NAME.sub(lambda found: " " if ctx.directory.knows(found[0].lstrip("@")) else found[0], said)


def known(names: Iterator[str], note: Note, ctx: Context) -> str | None:
    """The first of some names that is one of a person here."""
    shown = sorted(note.mentions, key=len, reverse=True)
    for name in names:
        place = name[2:]
        if name.startswith("@m") and place.isdigit() and int(place) < len(shown):
            return named(f"@{shown[int(place)]}", ctx, note)
        if name.casefold() not in NOBODY and ctx.directory.knows(name):
            return named(name, ctx, note)
    return None


def named(name: str, ctx: Context, note: Note | None = None) -> str | None:
    """The person that a name written as such means."""
    shown = name.strip()
    name = shown.lstrip("@").strip()
    if not name or name.casefold() in NOBODY:
        return None
    user_id, written = ctx.who(shown, note)
    return user_id or written


def mention(note: Note, said: str, ctx: Context) -> str | None:
    """The person whom the mention means that some words open with."""
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
