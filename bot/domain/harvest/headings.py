"""The headings of lists of follow-ups. Some say it by themselves ("Action items"); others ("Still open:") stand above other lists too, and
count where they look like a heading and what is below them is work or somebody's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.domain.harvest import rare_marks, text
from bot.domain.harvest.late import late

_FRONT = r"^(?:(?:#{1,4} |:[\w+-]+:|[^\w\s:\"'(`@<>/=]{1,3})\s*){0,3}"
_OF_THEM = r"(?:(?:open|remaining|agreed|our|the|post-?mortem|post-?incident|incident|outstanding|proposed|suggested|new|all|my) )*"
_MENDING = r"(?:corrective|preventive|preventative|remedial|remediation|follow-on|hardening)"
_SURE = (
    rf"(?:next (?:steps|actions)|action items|action points|action list|actions|ais|aps|to-?dos|to-?do list|"
    rf"{_MENDING}(?: (?:actions|items|tasks|measures|work))?(?: items)?|(?:actions|items|tasks|things) (?:to take|to follow up(?: on)?)|"
    r"follow[- ]?ups?(?: (?:items|actions|tasks|work))|follow[- ]?ups)"
)
_SO_FAR = (
    r"(?: so far| agreed| (?:this|next) (?:week|sprint|month)| for (?:us|later|now|tomorrow|next week)|"
    r" (?:from|of|out of|after) (?:the|this|today's|yesterday's) "
    r"(?:call|bridge|incident|meeting|huddle|outage|review|retro\w*|post-?mortem)| from today| and owners)?"
    r"(?: \((?:draft|wip|so far|proposed|open)\))?"
)
_SIGNS_BEHIND = r"\s*:?(?:\s*:[\w+-]+:|[^\w:]){0,4}$"
_SAYS_SO = late(rf"{_FRONT}{_OF_THEM}{_SURE}{_SO_FAR}{_SIGNS_BEHIND}", re.I)
_AT_LENGTH = late(
    rf"{_FRONT}{_OF_THEM}(?:action items|action points|to-?dos|follow[- ]?ups|"
    r"actions(?= (?:from|out of|after|as|we|that|agreed|for)\b)|"
    r"measures(?= (?:from|out of|after|as|agreed|for)\b))\b(?!.*\b(?:done|closed|finished|completed|merged)\b)"
    r"[ ,(](?:[^:?\n]|(?<=\d):(?=\d\d)){1,70}:\s*$",
    re.I,
)
_MAY_BE = late(
    rf"{_FRONT}{_OF_THEM}(?:what(?:'s| is) (?:still )?(?:left|open)(?: (?:to do|open))?|"
    r"still (?:open|to do|to fix)|left to do|left ?overs?|"
    r"remaining(?: (?:work|items|tasks|points|things))?|outstanding(?: (?:work|items|tasks|points))?|open (?:points|items|tasks)|"
    r"loose ends|tasks?|things (?:to|we (?:should|need to|have to)) (?:do|fix|follow up(?: on)?|improve|change|look (?:at|into))|"
    r"for later|to (?:follow up(?: on)?|fix|do)|to-?do)"
    rf"{_SO_FAR}(?P<behind>{_SIGNS_BEHIND})",
    re.I,
)
_OPENS = late(rf"^{rare_marks.WORK}")
_OWNED = late(
    r"^(?:@|\[@?\w[\w. ]{1,30}\]|[^\W\d_][\w.'-]{1,30}(?: [A-Z][\w.'-]+)?(?::| to | [-–—] )\S)|"
    r"(?:->|→|=>|[(\[]|[-–—] )\s*@?[^\W\d_][\w.'-]{1,30}[)\]]?\W*$|@[\w.'-]{1,40}\W*$"
)
SIGNS = (
    "measures", "next steps", "next actions", "action", "todo", "to-do", "follow", "AIs", "APs", "corrective", "prevent", "remedia",
    "hardening",
    "what's left", "what is left", "what's still", "what is still", "what's open", "what is open", "still open", "still to", "left to",
    "leftover", "left over", "remaining", "outstanding", "open points", "open items", "loose ends", "task", "things to", "things we",
    "items to", "for later", "to fix", "to do", "due:", "due date",
)  # fmt: skip
"""One of these stands in every heading."""
CUES = (
    "measures next ais aps todos do dos action actions followups follow corrective preventive preventative remedial remediation hardening "
    "left leftover leftovers open still over remaining outstanding loose task tasks things items later fix"
)
_DONE = late(
    rf"{_FRONT}(?:already |all )?(?:done|closed|finished|completed|shipped|merged|fixed)"
    rf"(?: (?:already|so far|today|yesterday|(?:this|last) (?:week|sprint|month)|since (?:then|\w+)))?{_SIGNS_BEHIND}",
    re.I,
)
TOLD = r"(?:causes?|impact|summary|background)"
"""What a part of a summary is called that tells what was."""
_TELLS = late(
    rf"^\W*(?:(?:the|our|root|contributing|customer|business|user|overall|incident)\W+)*"
    rf"(?:{TOLD}|triggers?|detection|resolution|duration|severity|symptoms?|situation|affected)\s*:|"
    r"^.{0,60}\b(?:summary|recap)\s*:\W*$",
    re.I,
)
_FEW = 12


def is_sure(said: str) -> bool:
    """Whether a line says by itself that a list of follow-ups is below it."""
    return bool(_SAYS_SO.match(said))


def stands_above(lines: Sequence[text.Line], place: int) -> bool:
    """Whether a line is the heading of a list of follow-ups, by its words or by what is below it."""
    line = lines[place]
    if line.ticked:
        return False
    if is_sure(line.said):
        return True
    below = tuple(islice(_list_below(lines, place), _FEW))
    if _AT_LENGTH.match(line.said):
        return bool(below) or _is_given(lines[place + 1 :])
    return bool(below) and _may_stand_above(line) and _is_work(below)


def is_one(said: str) -> bool:
    """Whether a line is nothing but such a heading, whatever is below it."""
    return bool(_SAYS_SO.match(said) or _AT_LENGTH.match(said))


def tells(said: str) -> bool:
    """Whether a line of a summary says what was, by the word in front of it: "Cause: an expired certificate", "Impact: 40 minutes"."""
    return bool(_TELLS.match(said))


def of_done(lines: Sequence[text.Line]) -> frozenset[int]:
    """The numbers of a heading that says that what is below it is done, and of its entries: "Done this week:"."""
    tops = [place for place, line in enumerate(lines[:-1]) if not line.bullet and _DONE.match(line.said)]
    return frozenset(each.number for place in tops for each in (lines[place], *_list_below(lines, place)))


def _may_stand_above(line: text.Line) -> bool:
    """Whether it looks like a heading: bold, with an emoji, or with a colon."""
    found = _MAY_BE.match(line.said)
    return found is not None and (line.bold or ":" in line.said or not line.said[0].isalnum() or "\ufe0f" in line.said)


def _list_below(lines: Sequence[text.Line], place: int) -> Iterator[text.Line]:
    for line in lines[place + 1 :]:
        if not line.bullet:
            return
        yield line


def _is_given(lines: Sequence[text.Line]) -> bool:
    """Whether some lines without bullets are each somebody's: "Bo: the alert", "Cy to write the runbook"."""
    return len(lines) > 1 and all(_OWNED.match(each.said) for each in lines)


def _is_work(entries: Sequence[text.Line]) -> bool:
    """Whether most of some entries are work, or somebody's."""
    work = sum(bool(_OPENS.match(each.said) or _OWNED.search(each.said)) or each.open_box for each in entries)
    return 2 * work > len(entries)
