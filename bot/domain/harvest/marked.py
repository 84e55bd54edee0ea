"""Reading marked lines by the table of marks, and finding them where nothing else is looked for, without reading every line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain.harvest import added, card, counted_off, deed, headings, mark_places, text, todo_marks
from bot.domain.harvest.late import late
from bot.domain.harvest.mark import NAME, WHO, Mark
from bot.domain.harvest.rare_marks import WORK
from bot.domain.harvest.spots import Said
from bot.domain.harvest.vocabulary import words

_NOTHING = late(
    r"^\W*(?:(?:none|nothing|nil|n/?a|no)(?:,? (?:from|for|so far|yet|here|at|today|tonight|else|needed|required|open|left|planned|new)\b"
    r".*)?|tbd|tba|no one|-)?\W*$",
    re.I,
)
_TICKED = late(r"^\W*(?:[✅☑✔]|:(?:white|heavy)_check_mark:)")
_DONE = late(
    r"(?:[✅☑✔]\ufe0f?|:(?:white_check_mark|heavy_check_mark|done|check):)\W*$|"
    r"\bDONE\W*$|[-–—(\[] ?DONE ?[-–—)\]:]|\((?i:already |all )?(?i:done)\b[^()]{0,60}\)[\s.!]*$|"
    r"(?:[-–—,;:→>=]|\. )\s*(?i:(?:already |all |now |is )*done)[\s.!)\]]*(?i:(?:today|yesterday|now|already|thanks.{0,20}))?[\s.!]*$"
)
_OPENS_DONE = late(r"^\W*(?:DONE\b|(?i:done)\W*(?:$|[:,.!–—-]))")
_MANY = late(r"\b(?:to-?dos|follow[- ]?ups|items|points|steps|actions|ais|aps)\b", re.I)
_NEXT = late(r";\s*(?=\S)")
_COMMA = late(r",\s+(?:and\s+)?|\s+and\s+(?=[^,]*$)")
_A_WORK = late(rf"^(?:{WORK}\S|\S+(?: \S+){{0,3}} (?:for|on|of|to|in|about|against|from|with|at) \S)")
_SHORT = 60  # letters
_HIS = late(rf"^(?P<who>@?{NAME}): (?P<rest>\S.*)$")
_POINTS = late(
    r"\b(?:in|into|to|from|see|join|use|using|on|via|with|the|a|an|your|our|hashtag|tag|add|is|are|still)$", re.I
)
_OWNER = late(r"^[(\[](@?[^()\[\]\n]{1,60})[)\]]:?\s+(?=\S)")
_SIDES = words("fixme wip action ai question idea note")
_NO_NAMES = words(
    "required needed items item plan list summary log taken point points tracker status update owner owners done"
)
_SIGHT = 2000


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark is put on: whom it is for as written, what is to be done (empty where a list follows), and what stands behind the mark.
    `many`: it is a mark for several things."""

    mark: Mark
    who: str | None
    rest: str
    behind: str = ""
    many: bool = False


Knows = Callable[[str], bool]


def read(line: text.Line, knows: Knows) -> list[Marked]:
    """What is marked in a line, one after another; nothing where it says itself that it is done. `knows`: whether a name is a person's."""
    return [each for _, part in _parts(line, knows) for each in _split(part)]


def before(line: text.Line, knows: Knows) -> str:
    """What a line says in front of its first mark; nothing where it opens with one, or has none."""
    return next((said for said, _ in _parts(line, knows)), "")


def _parts(line: text.Line, knows: Knows) -> Iterator[tuple[str, Marked]]:
    """What is marked, each with all that the line says before it."""
    said = line.said[:_SIGHT]
    if not todo_marks.signs_in(said) or _TICKED.match(said):
        return
    said = mark_places.unwrapped(said)
    first = _opened(said, knows)
    if first is None:
        inside = [(said[:at], found) for at, each in mark_places.in_brackets(said) if (found := _opened(each, knows))]
        if inside:
            yield from () if is_done(said) else inside
            return
    start = last = 0
    for end, after, alone in mark_places.cuts(said, marked=first is not None):
        found = _opened(said[start:end], knows)
        if not (alone or start or found):  # "Owner: bo / TODO: ..." is one
            continue
        if found and not (start and found.mark.at_end):
            yield said[:last], found
        start, last = after, end


def _opened(said: str, knows: Knows) -> Marked | None:
    there = todo_marks.signs_in(said)
    for mark in todo_marks.MARKS if there else ():
        found = None if there.isdisjoint(mark.signs) else mark.wording.match(said)
        marked = _marked(mark, found, knows) if found else None
        if marked:
            return marked
    return None


def _marked(mark: Mark, found: re.Match[str], knows: Knows) -> Marked | None:
    part = {name: said for name, said in found.groupdict().items() if said}
    rest, behind = part.get("rest", "").strip().rstrip(" ;"), part.get("behind", "")
    if mark.named and not (knows(part["name"]) or _may_be_name(found[0], part["name"])):
        return None
    if any(name in part and not knows(part[name].lstrip("@")) for name in ("speaker", "owner")):
        return None
    if mark.at_end and _POINTS.search(rest):
        return None
    if not mark.at_end and deed.is_told(found[0][: found.start("rest")], rest):
        return None
    who = next((part[name] for name in WHO if name in part), None)
    if who and who.casefold() == "done":
        return None
    own = _OWNER.match(rest)
    if own and (own[1].startswith("@") or knows(own[1])):
        who, rest = own[1], rest[own.end() :]
    many = not mark.at_end and bool(_MANY.search(found[0], 0, found.start("rest")))
    return Marked(mark, None if who and who.casefold() in _SIDES else who, rest, behind, many)


def _may_be_name(said: str, name: str) -> bool:
    """Whether an unknown name stands behind a mark in capitals: "ACTION Zoe: ..."."""
    return (
        said[:2].isupper() and name[0].isupper() and not name.isupper() and name.split()[0].casefold() not in _NO_NAMES
    )


def _split(each: Marked) -> Iterator[Marked]:
    """One for each thing behind a mark that stands for several: "TODOs: a; b"."""
    parts = list(counted_off.parts(each.rest)[1]) or [each.rest]
    if len(parts) == 1 and (each.many or each.mark.each_named) and each.rest:
        parts = [part.strip() for part in _NEXT.split(each.rest) if part.strip(" ;,")]
    if each.many and len(parts) == 1:
        parts = _listed(each.rest) or parts
    for part in parts or [each.rest]:
        his = _HIS.match(part) if each.mark.each_named else None
        if not is_done(part):
            yield replace(each, who=his["who"], rest=his["rest"]) if his else replace(each, rest=part)


def _listed(said: str) -> list[str]:
    """Three things or more with commas between, each of which is work by itself: "alert on lag, runbook for the failover, docs for it"."""
    parts = [each.strip(" .") for each in _COMMA.split(said)]
    return parts if len(parts) > 2 and all(len(each) <= _SHORT and _A_WORK.match(each) for each in parts) else []


def is_ticked(said: str) -> bool:
    """Whether an entry of a list opens with a tick."""
    return bool(_TICKED.match(said))


def is_done(said: str) -> bool:
    """Whether words say of themselves that it is done."""
    return bool(_DONE.search(said) or _OPENS_DONE.match(said))


def says_nothing(said: str) -> bool:
    """Whether what is marked is nothing: "TODO: none"."""
    return bool(_NOTHING.match(said))


def places(said: Said) -> list[int]:
    """Which of these messages hold a marked line (H-01)."""
    return [place for place in said.places(todo_marks.SIGNS, todo_marks.CAPITALS) if is_marked(said.texts[place])]


@lru_cache(maxsize=512)  # each follow-up before a message asks this of it
def is_marked(said: str) -> bool:
    """Whether a line of a message is marked, or the heading of a list."""
    lines = text.lines(said, text.no_names)[0]
    listed = any(is_mark(line) or headings.stands_above(lines, place) for place, line in enumerate(lines))
    return listed or card.read(lines) is not None


def is_mark(line: text.Line) -> bool:
    """Whether a line is marked, or the heading of a list of follow-ups."""
    return (
        line.open_box
        or headings.is_sure(line.said)
        or bool(read(line, lambda _name: True))
        or added.read(line.said) is not None
    )
