"""Whom a follow-up is for: the one named in front of it or behind it, the one asked, the author who says "I", or who takes it in
an answer. Nobody is a valid answer ("someone should"), and a name that fits two people stays a name."""

from __future__ import annotations

import re

from bot.domain.harvest import answered, due_words, names, offered, taken, vocabulary
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_MARKER = late(r"^(?:ACTION(?: ITEM)?|TODO|AI|action item)(?: for| on)?[:,]? (?=@)")
# What stands before a name that is a part of the work.
ABOUT = late(
    r"(?:^|\s)(?:to|with|from|of|about|by|and|or|&|,|ask(?:ing)?|tell(?:ing)?|ping(?:ing)?|thank|help|via|cc|than|on|at|like|"
    r"through|against|involve|invite|include|contact|give|show|talk)[,:]?$",
    re.I,
)
_NO_PERSON = late(r"\b(?:p[0-4]|prio\w*|high|low|medium|urgent|asap|(?:by|due|until|before) .*)(?=\W|$)", re.I)
_CALLED_BEHIND = late(r"^ @?[^\W\d_][\w.'-]{1,30}\?")  # "a report by Friday. Bo?"
_LINES = 2
_BRIEF, _SHORT_LINE = 100, 120
_MYSELF = ("me", "myself", "i", "self")
# What stands behind a mention that tells of the past, or of what is theirs.
HAS_DONE = late(
    r"'s?\b|[,:]? (?:\w{2,}ed|made|wrote|did|had|was|has|is|found|said|sent|built|saw|set up|ran|gave|knows|says|wants)\b",
    re.I,
)
_WORD = late(r"[^\W\d_][\w-]+")
_KNOWN_OF = late(
    r"\b(?:see|saw|knew|knows|like|nobody but|without|because of|take|than|after|before|as|per|when|if|(?:did|does|is|was|has)(?:n't)?)$",
    re.I,
)
# A question behind a name that asks for an answer, and not for a piece of work.
_ASKS_ONLY = late(
    r"[,:]? (?:(?:do|did) you (?!want|mind)|(?:does|is|are|was|were|has|have|had|would(?! you)|will(?! you)|what|why|when|where|how|which|"
    r"any|isn't|doesn't|didn't)\b)[^?]*\?",
    re.I,
)
_THEIRS = late(r"'s? (?!team|call|turn|job|task|side|people|list\b)", re.I)


def of(said: str, who: str | None, note: Note, ctx: Context) -> str | None:
    """A user id, else a name as written, else None."""
    who = written(who)
    if who:
        return note.author if who.casefold() in _MYSELF else names.named(who, ctx, note)
    said = _MARKER.sub("", said)
    around = next((line.said for line in note.talk if said in line.said), said)[: answered.AROUND]
    if offered.open_owner(around):
        return answered.later(note, ctx)
    if called := _CALLED_BEHIND.match(around.partition(said)[2]):
        said += called[0]
    found = in_words(said, around, note, ctx)
    if found == note.author and not (taken.promises(around) or due_words.of(around)):
        found = answered.next_takes(note, ctx) or found
    return (
        found
        or _let_have(said)
        or _asked_before(said, note, ctx)
        or answered.later(note, ctx)
        or only_named(said, ctx)
        or _promised(around, note, ctx)
    )


def written(who: str | None) -> str | None:
    """Whom a mark names, without what else stands there: "cy, by friday"."""
    if not who or due_words.is_occasion(who):
        return None
    return _NO_PERSON.sub("", who.replace(due_words.beside_mark(who) or "\0", "")).strip(" ,;") or None


def in_words(said: str, around: str, note: Note, ctx: Context) -> str | None:
    """Whom the words themselves name, or those around them in their line, or their author who says "I"."""
    if asks := _only_asked(said, note):
        said, around = (each.removeprefix(asks).lstrip(" ,:") for each in (said, around))
    if at := names.mention(note, said, ctx) if said.startswith("@") else None:
        return at
    if asked := _requested(said, note, ctx):
        return asked
    if taken.opens_with_i(said):
        return note.author
    for part in dict.fromkeys((said, around)):
        name = names.known(
            taken.names(names.short(part, note), opens=part == said or note.talk[0].said.startswith(part)), note, ctx
        )
        if name:
            return name
        if taken.by_author(part) if part == said or _is_brief(part, said) else taken.promises(part):
            return note.author
    return None


def _requested(said: str, note: Note, ctx: Context) -> str | None:
    """Whom it asks by name, unless its author promises to do it."""
    asked = None if taken.promises(said) else names.known(taken.requested(names.short(said, note)), note, ctx)
    return asked if asked != note.author else None


def _only_asked(said: str, note: Note) -> str:
    """The mention that opens some words where it is asked a question only, and no work."""
    shown = (note.mentioned(said) or said.split(" ", 1)[0]) if said.startswith("@") else ""
    return shown if shown and _ASKS_ONLY.match(said, len(shown)) else ""


def _is_brief(line: str, said: str) -> bool:
    """Whether a line is so short that what its author says of themselves is about the wish in it, and that wish asks nobody."""
    return len(line) <= _SHORT_LINE and not said.rstrip().endswith("?")


def _let_have(said: str) -> str | None:
    """The name, of nobody here, of whom it is to be had from: "let's have zoe look at it"."""
    name = taken.to_have_do(said)
    return None if name is None or name.casefold() in names.NOBODY | vocabulary.NO_NAMES else name


def only_named(said: str, ctx: Context) -> str | None:
    """The only person whom the words name, unless it is what they have, or what others know or saw of them."""
    found = [each for each in _WORD.finditer(said[: answered.AROUND]) if _is_name(each[0], ctx)]
    people = {ctx.directory.find(each[0]) for each in found}
    if len(people) != 1:
        return None
    before, after = said[: found[0].start()].rstrip(" @"), said[found[0].end() :]
    if (
        ABOUT.search(before)
        or _KNOWN_OF.search(before)
        or _THEIRS.match(after)
        or _ASKS_ONLY.match(said, found[-1].end())
        or HAS_DONE.match(after.removeprefix("'s"))
    ):
        return None
    return people.pop()


def _is_name(word: str, ctx: Context) -> bool:
    return word.casefold() not in vocabulary.NO_NAMES and ctx.directory.find(word) is not None


def _asked_before(said: str, note: Note, ctx: Context) -> str | None:
    """Who answers yes when asked by name, and who is asked right after having spoken."""
    before = ctx.before(note)
    if before is None or not before.human or not before.talk or not note.talk or before.author == note.author:
        return None
    if taken.SHORT_YES.match(note.talk[0].said) and before.talk[-1].said.rstrip().endswith("?"):
        name = names.known(taken.asked(names.short(before.talk[-1].said, before)), before, ctx)
        return name if name == note.author else None
    soon = (note.at - before.at).total_seconds() < 600 and not _is_list(note)
    if soon and taken.orders(said) and len(said) <= _BRIEF:
        return before.author
    return before.author if soon and taken.ASKS_BACK.match(said) else None


def _is_list(note: Note) -> bool:
    """Whether it has so many lines that none of them answers what was said before."""
    return len(note.talk) > _LINES


def _promised(said: str, note: Note, ctx: Context) -> str | None:
    """Who answers somebody with what is to be done and until when, and names nobody: "fine, a page with screenshots, this week"."""
    before = ctx.before(note)
    if (
        before is None
        or not before.human
        or before.author == note.author
        or (note.at - before.at).total_seconds() > 900
        or _is_list(note)
    ):
        return None
    return note.author if len(said) <= _BRIEF and taken.names_nobody(said) and due_words.of(said) else None
