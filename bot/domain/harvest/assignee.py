"""Whom a follow-up is for: the one named in front of it or behind it, the one asked, the author who says "I", or who takes it in
an answer. Nobody is a valid answer ("someone should"), and a name that fits two people stays a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.domain.harvest import due_words, taken
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import words

_AT = late(r"^@([\w.'-]{1,60}(?: [A-Z][\w.'-]{1,40}){0,2})")
_MARKER = late(r"^(?:ACTION(?: ITEM)?|TODO|AI|action item)(?: for| on)?[:,]? (?=@)")
_ABOUT = late(
    r"(?:^|\s)(?:to|with|from|of|about|by|and|or|&|,|ask(?:ing)?|tell(?:ing)?|ping(?:ing)?|thank|help|via|cc|than|on|at|like|"
    r"through|against|involve|invite|include|contact|give|show|talk)[,:]?$",
    re.I,
)
_NO_PERSON = late(r"\b(?:p[0-4]|prio\w*|high|low|medium|urgent|asap|(?:by|due|until|before) .*)(?=\W|$)", re.I)
_AROUND, _BRIEF = 300, 100
_MYSELF = ("me", "myself", "i")
_SEVERAL = late(r"\s*(?:[,;/&+]|\band\b|\bor\b)\s*")
# What stands behind a mention that tells of the past, or of what is theirs.
_HAS_DONE = late(
    r"'s?\b|[,:]? (?:\w{2,}ed|made|wrote|did|had|was|has|is|found|said|sent|built|saw|set up|ran|gave|knows|says|wants)\b",
    re.I,
)
_GIVEN = late(
    r"^(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?) (?:to|will|should|must)(?: please| also)? (?!be\b|have\b|the\b|an?\b|not\b)[a-z]+\b"
)
_A_THING = late(
    r"(?:ts|ds|ks|ps|gs|ws|ers|ons|ics|ies|ues|ing)$|^(?:[A-Z]{2}|How|When|Where|What|Who|Why|Need|Want|Nobody|It|This|That|The|There)"
)
_NOBODY = words("here channel someone somebody anyone anybody everyone we they us team you tbd unknown nobody")


def of(said: str, who: str | None, note: Note, ctx: Context) -> str | None:
    """A user id, else a name as written, else None."""
    who = _written(who)
    if who:
        return note.author if who.casefold() in _MYSELF else named(who, ctx, note)
    said = _MARKER.sub("", said)
    around = next((line.said for line in note.talk if said in line.said), said)[:_AROUND]
    return (
        _in_words(said, around, note, ctx)
        or _asked_before(said, note, ctx)
        or _later(note, ctx)
        or _promised(around, note, ctx)
    )


def of_marked(said: str, who: str | None, note: Note, ctx: Context) -> str | None:
    """The same of a line that is marked. It answers nobody, so what was asked before it does not count; a mention in it means who is
    to do it, where nothing says otherwise, and so does an unknown name in front: "Zoe to rotate the keys"."""
    who = _written(who) or at_its_end(said, note)
    if who and who.startswith("@"):
        return _mention(note, who, ctx)
    if who:
        return of(said, _first(who, ctx), note, ctx)
    return _in_words(said, said, note, ctx) or _beside_work(said, note, ctx) or _unknown(said, ctx) or _later(note, ctx)


def _written(who: str | None) -> str | None:
    return _NO_PERSON.sub("", who).strip(" ,;") or None if who else None


def _first(who: str, ctx: Context) -> str:
    """The first of several people; nobody's name where it begins with "someone"."""
    first = _SEVERAL.split(who)[0].strip()
    someone = who.split()[0].casefold() in _NOBODY
    return "nobody" if someone else who if ctx.directory.knows(who) or not first else first


def _beside_work(said: str, note: Note, ctx: Context) -> str | None:
    """The only mention in a line, unless the words around it make it a part of the work: "ask @bo", "@bo's script"."""
    inside = [name for name in note.mentions if f"@{name}" in said]
    if len(inside) != 1:
        return None
    before, _, after = said.partition(f"@{inside[0]}")
    return None if _ABOUT.search(before.rstrip()) or _HAS_DONE.match(after) else named(f"@{inside[0]}", ctx, note)


def _unknown(said: str, ctx: Context) -> str | None:
    found = _GIVEN.match(said)
    name = found["name"] if found else ""
    return None if not found or name.casefold() in _NOBODY or _A_THING.search(name) else named(name, ctx)


def _in_words(said: str, around: str, note: Note, ctx: Context) -> str | None:
    """Whom the words themselves name, or those around them in their line, or their author who says "I"."""
    at = _mention(note, said, ctx) if said.startswith("@") else None
    if at:
        return at
    if taken.opens_with_i(said):
        return note.author
    for part in dict.fromkeys((said, around)):
        name = _known(
            taken.names(_short(part, note), opens=part == said or note.talk[0].said.startswith(part)), note, ctx
        )
        if name:
            return name
        if taken.by_author(part):
            return note.author
    return None


def at_its_end(said: str, note: Note) -> str | None:
    """The mention that a marked line ends with, where nothing before it makes it a part of the work: "write a test @leo"."""
    said = said.rstrip(" .!)]")
    name = max((each for each in note.mentions if said.endswith(f"@{each}")), key=len, default=None)
    before = said[: -len(name) - 1].rstrip() if name else ""
    return f"@{name}" if name and before and not _ABOUT.search(before) else None


def _short(said: str, note: Note) -> str:
    """With mentions of one word, since names of several would not be known from what stands behind them."""
    for place, name in enumerate(sorted(note.mentions, key=len, reverse=True)):
        said = said.replace(f"@{name}", f"@m{place}")
    return said


def _known(names: Iterator[str], note: Note, ctx: Context) -> str | None:
    """The first of some names that is one of a person here."""
    shown = sorted(note.mentions, key=len, reverse=True)
    for name in names:
        place = name[2:]
        if name.startswith("@m") and place.isdigit() and int(place) < len(shown):
            return named(f"@{shown[int(place)]}", ctx, note)
        if name.casefold() not in _NOBODY and ctx.directory.knows(name):
            return named(name, ctx, note)
    return None


def _asked_before(said: str, note: Note, ctx: Context) -> str | None:
    """Who answers yes when asked by name, and who is asked right after having spoken."""
    before = ctx.before(note)
    if before is None or not before.human or not before.talk or not note.talk or before.author == note.author:
        return None
    if taken.SHORT_YES.match(note.talk[0].said) and before.talk[-1].said.rstrip().endswith("?"):
        name = _known(taken.asked(_short(before.talk[-1].said, before)), before, ctx)
        return name if name == note.author else None
    return before.author if taken.ASKS_BACK.match(said) and (note.at - before.at).total_seconds() < 600 else None


def _promised(said: str, note: Note, ctx: Context) -> str | None:
    """Who answers somebody with what is to be done and until when, and names nobody: "fine, a page with screenshots, this week"."""
    before = ctx.before(note)
    if (
        before is None
        or not before.human
        or before.author == note.author
        or (note.at - before.at).total_seconds() > 900
    ):
        return None
    return note.author if len(said) <= _BRIEF and taken.names_nobody(said) and due_words.of(said) else None


def _later(note: Note, ctx: Context) -> str | None:
    """Who says at once that it is theirs, or to whom it is handed, before anything else is asked of anybody."""
    return _answered(ctx.replies(note, 4), note, ctx) or _answered(tuple(ctx.after(note, 600, 4)), note, ctx)


def _answered(answers: Iterable[Note], note: Note, ctx: Context) -> str | None:
    others = 0
    for place, answer in enumerate(each for each in answers if each.human and each.talk):
        said = answer.talk[0].said[:_AROUND]
        mine = answer.author == note.author and answer.room != note.message.ts
        if taken.accepts(said, at_once=not place or (not mine and not others)):
            return answer.author
        others += not mine
        short = _short(said, answer)
        handed = _known(taken.handed(short), answer, ctx) if place < 2 else None
        if handed:
            return handed
        if said.rstrip().endswith("?") or _known(taken.asked(short), answer, ctx):
            return None
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
