"""A way to mark a follow-up: what it looks like, its wording, the words by which it is looked for, and examples; and what the wordings
of the ways have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.harvest.late import late
from bot.domain.harvest.vocabulary import words

PERSON = r"@[\w.'-]{1,40}(?: [A-Z(][\w.'()-]{0,40}){0,3}"
NAME = r"[^\W\d_][\w.'-]{1,30}(?: [A-Z][\w.'-]{1,30})?"
EMOJI = r"(?:[^\w\s#\[(\"'`@/<>=-]{1,4}\s*|:(?!todo|action|follow)[a-z][\w+-]{1,40}:\s*){0,3}"
MARKED = (
    r"(?:TO-?DO|ACTION|FOLLOW|AIs?\b|APs?\b|"
    r"(?i:to-?dos?|actions?(?: items?)?|follow[- ]?ups?)(?:\s?[(\[/][^()\n]{1,40}| for [^:\n]{1,40})?[)\]]?:)"
)
ARROW = r"(?:[-=]{1,2}>\s*)?"
PLACE = (
    r"(?:\(?[a-z\d]{1,2}[.)]\s+|#\d{1,2}:?\s+)?(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?(?: ?(?:UTC|GMT|[ap]m))?\s*[-–—:]?\s+)?"
)
_FIRST = (
    r"(?i:(?:(?:ok(?:ay)?|hey|so|and|also|oh|right|all|then|just|team|folks|let's|let me|i'll|adding|noting|leaving|logging|"
    r"putting|add|note|leave|log|put|write|this|that|it|here|down|as|an?|one|another|more|new|small|quick|big|urgent|jira|"
    r"\[?p[0-4]\]?)[,:]? ){1,6}"
    r"(?<!this )(?<!that )(?=(?:to-?do|action[- ]item)(?: for [^:\n]{1,40}|\s?\([^()\n]{1,40}\))?:))"
)
"""What people say before a mark with a colon: "ok so", "adding a", "P1"."""
CALL = (
    rf"(?:{_FIRST}|(?P<call>{PERSON})[,:]? (?={MARKED})|\[(?!(?i:p|sev-?)\d\])(?P<owner>@?{NAME})\]:? (?={MARKED})|"
    rf"(?<![:\w])(?P<speaker>{NAME}): (?={MARKED})|"
    rf"(?i:owner|assignee): ?(?P<owned>@?{NAME})\s?[/|,;–—-]\s?(?={MARKED})|"
    rf"(?:(?:ok(?:ay)?|hey|so|and|also|oh|right|all|team|folks)[,:]? ){{1,3}}(?={MARKED}))?"
)
FOR = (
    r"(?:\s*\((?P<inside>[^()\n]{1,80})\)|\s*\[(?P<box>[^\[\]\n]{1,80})\]|\s?/\s?(?P<slash>@?[\w.'-]{1,40})|"
    rf"(?i: for) (?P<for_>@?[\w.' -]{{1,60}}?)\s?|\s+(?P<at>{PERSON}(?:(?:,? and|,| &|\s?/) ?{PERSON})*))?\s*"
)
BARE = r"(?:\s*\((?P<inside>[^()\n]{1,80})\)|\s*\[(?P<box>[^\[\]\n]{1,80})\])?+"
NUMBER = r"(?:[ -]?#?\d{1,2}(?!\d))?"
RANK = (
    r"(?:(?i:\[?(?:p|sev-?)\d\]?|(?:high|low|medium|top)(?:[- ]prio(?:rity)?)?|(?:long|short)[- ]term|urgent)"
    r"(?:[,:]? | [-–—] ))?"
)
"""How much it matters, before the mark: "P1 action: ..."."""
OF = rf"(?:(?i:post-?mortem|pm|incident|retro|open|new|next) )?{RANK}"
DASH = r"(?:[-–—]+(?=\s|$)|[–—])"
NO_TASK = (
    r"(?!\s*(?:[?.,;!):]|[-–—]+\s)|\s+(?:is|are|was|were|lists?|comments?|in|of|from|above|below|says|said)\b|"
    r"\s+(?:items?|apps?|services?|pages?|boards?|trackers?|files?|labels?|tags?)"
    r"(?: (?:is|are|was|were|has|have|had|went|looks?|seems?)\b|\W*$))"
)
FOLLOW = r"follow[- ]?ups?"
TAG = r"(?:to-?do|action|follow-?up|action-?item)"
NOTED = (
    r"(?i:(?:noting|noted|logging|logged|taking|recording|recorded)(?: (?:it|this|that))?(?: down)? as an? "
    rf"(?:action(?: item| point)?|{FOLLOW}|to-?do))(?:[,:]|\s{DASH})\s+(?=\S)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """`wording` reads a line from its beginning: `rest` is what is to be done, one of `WHO` whom it is for. One of `signs` stands in every
    such line: in small letters one that counts in whatever case, in capitals one that counts as it is. `cues` are the words that wake the
    rule. `named`: it is a mark only where `name` is one of a person. `each_named`: a name and a colon stand before each of several things.
    `at_end`: the mark stands behind the words."""

    looks: str
    wording: re.Pattern[str]
    signs: frozenset[str]
    cues: frozenset[str]
    examples: tuple[str, ...]
    named: bool = False
    at_end: bool = False
    each_named: bool = False


WHO = ("inside", "box", "slash", "for_", "at", "name", "call", "owner", "owned", "speaker")


def mark(
    looks: str, wording: str, signs: str, cues: str, *examples: str, named: bool = False, each_named: bool = False
) -> Mark:
    """One that stands in front."""
    opens = late(rf"^{ARROW}{EMOJI}{PLACE}{CALL}{wording}\s*(?P<rest>.*)$")
    return Mark(looks, opens, frozenset(signs.split(",")), words(cues), examples, named, each_named=each_named)


def tag(looks: str, wording: str, signs: str, cues: str, *examples: str) -> Mark:
    """One that stands behind."""
    ends = late(rf"^(?P<rest>\S.{{2,}}?\S)\s*{wording}(?:[\s,]+(?P<behind>\S.{{0,60}}?))?[.!]*$", re.I)
    return Mark(looks, ends, frozenset(signs.split(",")), words(cues), examples, at_end=True)
