"""Whom a marked line is for. A mark names somebody in front of the words, or a mention or a name in them does; and since the line answers
nobody, what was asked before it does not count."""

from __future__ import annotations

import re

from bot.domain.harvest import answered, assignee, names, offered, vocabulary
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_AT = late(r"(?<![\w.])@([\w.'-]*[\w'-])")
_FIRST = late(
    r"^(?P<name>[^\W\d_][\w-]+)(?:\s?[/+&]\s?[^\W\d_][\w-]+)* (?!is\b|was\b|has\b|had\b|said\b|says\b|did\b|wants\b|and\b)[a-z]+"
)
_NO_WHO = late(
    r"\b(?:post-?mortem|retro|incident|later|optional|draft|wip|proposed|easy|"
    r"prod(?:uction)?|staging|nice to have|\d+ ?(?:h|d|m|hours?|days?))\b",
    re.I,
)
_OWNER = late(
    r"(?:\b(?i:owner|assignee|assigned(?: to)?|dri)\s?[:=]\s?|(?:^|[.;,(–-] )(?:Owner|Assignee|DRI) (?=[A-Z]))"
    r"(?P<name>@?(?:[A-Z]\. ?)?[A-Z][\w'-]{1,40}(?: [A-Z][\w'-]{1,40})?)(?![\w@])"
)
_A_DAY = late(r"[\d./-]*|(?:p|prio )\d")
_SEVERAL = late(r"\s*(?:[,;/&+]|\band\b|\bor\b)\s*")
_GIVEN = late(
    r"^(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?) (?:to|will|should|must)(?: please| also)? (?!be\b|have\b|the\b|an?\b|not\b)[a-z]+\b"
)
_A_THING = late(
    r"(?:ts|ds|ks|ps|gs|ws|ers|ons|ics|ies|ues|ing)$|^(?:[A-Z]{2}|How|When|Where|What|Who|Why|Need|Want|Nobody|It|This|That|The|There)"
)


def of(said: str, who: str | None, note: Note, ctx: Context) -> str | None:
    """A user id, else a name as written, else None. `who`: as it stands at the mark."""
    if not who and offered.open_owner(said):
        return answered.later(note, ctx)
    who = assignee.written(who) or _at_its_end(said, note, ctx) or _owner(said)
    if who and who.startswith("@"):
        return names.mention(note, who, ctx)
    if who and not _NO_WHO.search(who):
        return assignee.of(said, _first(who, ctx), note, ctx)
    return (
        assignee.in_words(said, said, note, ctx)
        or _beside_work(said, note, ctx)
        or _first_word(said, ctx)
        or _unknown(said, ctx)
        or answered.later(note, ctx)
        or assignee.only_named(said, ctx)
    )


def _owner(said: str) -> str | None:
    """Whom it names as its owner: "rotate the key - owner: Ann"."""
    found = _OWNER.search(said)
    return found["name"] if found else None


def _first(who: str, ctx: Context) -> str:
    """The first of several people; nobody's name where it begins with "someone"."""
    first = next((each.strip() for each in _SEVERAL.split(who) if not _A_DAY.fullmatch(each.strip())), "")
    someone = who.split()[0].casefold() in names.NOBODY
    return "nobody" if someone else who if ctx.directory.knows(who) or not first else first


def _named(said: str, note: Note, ctx: Context) -> list[str]:
    """The names behind an @ in some words, as they are shown, the first one first."""
    names = [name for name in note.mentions if f"@{name}" in said]
    names += [each for each in _AT.findall(said) if each not in names and ctx.directory.knows(each)]
    return sorted(names, key=lambda name: (said.index(f"@{name}"), -len(name)))


def _beside_work(said: str, note: Note, ctx: Context) -> str | None:
    """The first mention in a line, unless the words around it make it a part of the work: "ask @bo", "@bo's script"."""
    for name in _named(said, note, ctx)[:1]:
        before, _, after = said.partition(f"@{name}")
        if not assignee.ABOUT.search(before.rstrip()) and not assignee.HAS_DONE.match(after):
            return names.named(f"@{name}", ctx, note)
    return None


def _first_word(said: str, ctx: Context) -> str | None:
    """Somebody who is named first, without more: "bo write the runbook"."""
    found = _FIRST.match(said)
    name = found["name"] if found else ""
    known = name.casefold() not in vocabulary.NO_NAMES and ctx.directory.find(name)
    return known or None


def _unknown(said: str, ctx: Context) -> str | None:
    """The name, of nobody here, that somebody is given work by: "Zoe to rotate the keys"."""
    found = _GIVEN.match(said)
    return None if found is None or _A_THING.search(found["name"]) else names.named(found["name"], ctx)


def _at_its_end(said: str, note: Note, ctx: Context) -> str | None:
    """The mention that a marked line ends with, of several the first, where nothing before it makes it a part of the work: "write a
    test @leo"."""
    before, found = said.rstrip(" .!)]"), None
    names = _named(said, note, ctx)
    while name := max((each for each in names if before.endswith(f"@{each}")), key=len, default=None):
        before, found = before[: -len(name) - 1].rstrip(" ,/&+"), f"@{name}"
    return found if before and not assignee.ABOUT.search(before) else None
