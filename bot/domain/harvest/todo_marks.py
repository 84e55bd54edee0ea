"""How people mark a follow-up, a row for each way: what it looks like, its wording, the words by which it is looked for, and examples.
To know another mark, add a row: the rule (H-01), the hearing of an export and the tests read this table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.harvest import text
from bot.domain.harvest.late import late
from bot.domain.harvest.vocabulary import words

_PERSON = r"@[\w.'-]{1,40}(?: [A-Z(][\w.'()-]{0,40}){0,3}"
_NAME = r"[^\W\d_][\w.'-]{1,30}(?: [A-Z][\w.'-]{1,30})?"
_EMOJI = r"(?:[^\w\s#\[(\"'`@/<>=-]{1,4}\s*|:(?!todo|action|follow)[a-z][\w+-]{1,40}:\s*){0,3}"
_MARKED = r"(?:TODO|ACTION|FOLLOW|AI\b|(?i:to-?dos?|action items?|follow[- ]?ups?)(?:\s?[(\[/][^()\n]{1,40}| for [^:\n]{1,40})?[)\]]?:)"
_PLACE = r"(?:\(?[a-z\d]{1,2}[.)]\s+)?(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?(?: ?(?:UTC|GMT|[ap]m))?\s*[-–—:]?\s+)?"
_CALL = (
    rf"(?:(?P<call>{_PERSON})[,:]? (?={_MARKED})|(?<![:\w])(?P<speaker>{_NAME}): (?={_MARKED})|"
    rf"(?:(?:ok(?:ay)?|hey|so|and|also|oh|right|all|team|folks)[,:]? )(?={_MARKED}))?"
)
_WHO = (
    r"(?:\s*\((?P<inside>[^()\n]{1,80})\)|\s*\[(?P<box>[^\[\]\n]{1,80})\]|\s?/\s?(?P<slash>@?[\w.'-]{1,40})|"
    rf"(?i: for) (?P<for_>@?[\w.' -]{{1,60}}?)\s?|\s+(?P<at>{_PERSON}(?:(?:,? and|,| &|\s?/) ?{_PERSON})*))?\s*"
)
_BARE = r"(?:\s*\((?P<inside>[^()\n]{1,80})\)|\s*\[(?P<box>[^\[\]\n]{1,80})\])?+"
_NO = r"(?:[ -]?#?\d{1,2}(?!\d))?"
_OF = r"(?:(?i:post-?mortem|pm|incident|retro|open|new|next) )?"
_DASH = r"(?:[-–—]+(?=\s|$)|[–—])"
_NO_TASK = (
    r"(?!\s*(?:[?.,;!):]|[-–—]+\s)|\s+(?:is|are|was|were|lists?|comments?|in|of|from|above|below|says|said)\b|"
    r"\s+(?:items?|apps?|services?|pages?|boards?|trackers?|files?|labels?|tags?)"
    r"(?: (?:is|are|was|were|has|have|had|went|looks?|seems?)\b|\W*$))"
)
_FOLLOW = r"follow[- ]?ups?"
_TAG = r"(?:to-?do|action|follow-?up|action-?item)"


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """`wording` reads a line from its beginning: `rest` is what is to be done, one of `WHO` whom it is for. One of `signs` stands in every
    such line: in small letters one that counts in whatever case, in capitals one that counts as it is. `cues` are the words that wake the
    rule. `named`: it is a mark only where `name` is one of a person. `at_end`: the mark stands behind the words."""

    looks: str
    wording: re.Pattern[str]
    signs: frozenset[str]
    cues: frozenset[str]
    examples: tuple[str, ...]
    named: bool = False
    at_end: bool = False


WHO = ("inside", "box", "slash", "for_", "at", "name", "call", "speaker")


def _mark(looks: str, wording: str, signs: str, cues: str, *examples: str, named: bool = False) -> Mark:  # fmt: skip
    opens = late(rf"^{_EMOJI}{_PLACE}{_CALL}{wording}\s*(?P<rest>.*)$")
    return Mark(looks, opens, frozenset(signs.split(",")), words(cues), examples, named)


def _tag(looks: str, wording: str, signs: str, cues: str, *examples: str) -> Mark:
    ends = late(rf"^(?P<rest>\S.{{2,}}?\S)\s*{wording}(?:[\s,]+(?P<behind>\S.{{0,60}}?))?[.!]*$", re.I)
    return Mark(looks, ends, frozenset(signs.split(",")), words(cues), examples, at_end=True)


MARKS = (
    _mark(
        "TODO with a colon or a dash, whom it is for before that",
        rf"{_OF}(?i:to-?do)'?s?{_NO}{_WHO}(?::|{_DASH})",
        "todo,to-do",
        "todo todos todo's do dos do's",
        "TODO: fix it", "todo - fix it", "To-do: fix it", "TODO(bo): fix it", "TODO/bo: fix it", "Todo for bo: fix it", "TODO @bo: fix it",
    ),
    _mark(
        "a mark, a name and a colon",
        rf"(?:TODO|ACTION(?: ITEM)?|AI|AP|(?i:to-?do|action item|follow[- ]?up)) (?P<name>{_NAME}):(?=\s)",
        "todo,to-do,action,follow,AI,AP",
        "todo do action follow followup ai ap",
        "TODO bo: fix it", "ACTION Zoe: fix it",
        named=True,
    ),
    _mark(
        "TODO in capitals",
        rf"(?:TODOS?|ACTION ITEM)(?: #?\d{{1,2}})?{_BARE}(?:\s*(?:!+|\.{{3}}|…|[-=]>|[=>|→])(?=\s)|(?=[\s@]|(?<=[)\]])\S|$){_NO_TASK})",
        "todo,action item",
        "todo todos action",
        "TODO fix it", "TODO (bo) fix it", "TODO @bo fix it", "ACTION ITEM fix it",
    ),
    _mark("to do, with a colon", r"(?i:to do):(?=\s|$)", "to do", "do", "To do: fix it"),
    _mark(
        "follow-up or action, with a colon",
        rf"{_OF}(?i:{_FOLLOW}|action(?:[- ]items?|[- ]points?|[- ](?:required|needed))?){_NO}{_WHO}:",
        "follow,action",
        "follow followup followups action",
        "Follow-up: fix it", "follow up: fix it", "Action: fix it", "Action item: fix it", "Action @bo: fix it", "Action required: fix it",
    ),
    _mark(
        "ACTIONS in capitals, or the next step, with a colon",
        r"(?:ACTIONS|(?i:next step)):(?=\s|$)",
        "actions,next step",
        "actions next",
        "ACTIONS: fix it", "Next step: fix it",
    ),
    _mark(
        "ACTION or follow-up with a dash",
        rf"(?:ACTION|(?i:action[- ](?:item|point)s?|{_FOLLOW})){_NO}{_WHO}\s[-–—]+(?=\s)",
        "action,follow",
        "action follow followup followups",
        "ACTION - fix it", "followup - fix it", "ACTION @bo - fix it",
    ),
    _mark(
        "ACTION in capitals and a mention, or words in small letters",
        rf"(?:ACTION(?: ITEM)?(?=\s@|\s[a-z]){_NO_TASK}|(?:AI|AP)(?=\s@[\w.'-]+\s[a-z]))",
        "action,AI,AP",
        "action ai ap",
        "ACTION @bo fix it", "ACTION fix it", "AI @bo fix it",
    ),
    _mark(
        "AI or AP (action item, action point) in capitals",
        rf"(?:AI|AP|A/I|A/P)s?{_NO}{_WHO}(?::|\s[-–—]+)(?=\s)",
        "AI,AP,A/I,A/P",
        "ai ais ap aps a/i a/p",
        "AI: fix it", "AI(bo): fix it", "AP: fix it", "A/I: fix it", "AI @bo: fix it",
    ),
    _mark(
        "f/u",
        rf"(?:(?i:f/up?)|FUP?){_WHO}(?::|\s[-–—]+)(?=\s)",
        "f/u,FU",
        "f/u fu fup",
        "f/u: fix it", "F/U - fix it",
    ),
    _mark(
        "a tag in front",
        rf"(?i:\#{_TAG})\b[:\s]\s*",
        "#todo,#to-do,#action,#follow",
        "todo do action actionitem follow followup",
        "#todo fix it", "#action bo to fix it", "#followup: fix it",
    ),
    _mark(
        "a mark in brackets in front",
        rf"[\[(](?i:to-?do|action(?: item)?|{_FOLLOW})[\])]:?(?=\s)",
        "todo,to-do,action,follow",
        "todo do action follow followup followups",
        "[TODO] fix it", "(todo) fix it", "[action item]: fix it",
    ),
    _mark(
        "an emoji of that name",
        r":(?:todo|to[-_]do|action|action[-_]item|follow[-_]?up)s?:(?!:)",
        "todo,to-do,to_do,action,follow",
        "todo do action item follow followup",
        ":todo: fix it", ":action-item: fix it",
    ),
    _mark(
        "a command of an incident app",
        r"[/!](?:[\w-]{2,20} )?(?:todo|action|action-?item|follow-?up)s? (?!list|help|show|done|close|ls\b)(?=\w)",
        "todo,action,follow",
        "todo todos action actions actionitem follow followup",
        "/inc todo fix it", "!todo fix it",
    ),
    _tag(
        "a tag behind",
        rf"\#{_TAG}s?\b",
        "#todo,#to-do,#action,#follow",
        "todo todos do action actionitem actions follow followup",
        "fix it #todo", "fix it #action @bo",
    ),
    _tag(
        "a mark in brackets behind",
        rf"[(\[](?:to-?do|to do|action item|{_FOLLOW})[)\]]",
        "todo,to-do,to do,action,follow",
        "todo do action follow followup followups",
        "fix it (todo)", "fix it [TODO]",
    ),
)  # fmt: skip

HEADING = late(
    r"^(?:(?:open|remaining|agreed|our|the|post-?mortem|incident|outstanding|proposed|suggested|new) )*"
    r"(?:next (?:steps|actions)|action items|action points|action list|ais|aps|to-?dos|to-?do list|"
    r"follow[- ]?ups(?: items| actions| tasks)?|follow[- ]?up (?:items|actions|tasks|work))"
    r"(?: so far| for (?:us|later|now|tomorrow|next week)| (?:from|of|out of) (?:the|this|today's) (?:call|bridge|incident|meeting))?"
    r"\s*:?(?:\s*:[\w+-]+:|[^\w:]){0,4}$",
    re.I,
)
"""The heading of a list of follow-ups."""
_HEADED = ("next steps", "next actions", "action", "todo", "to-do", "follow", "AIs", "APs")
_ROWS = frozenset().union(*(mark.signs for mark in MARKS))
_CAPITALS = tuple(each for each in _ROWS if each.isupper())
_FOLDED = tuple(_ROWS.difference(_CAPITALS))
_EVERY = {*_ROWS, *_HEADED, *text.OPEN_BOXES}
_LEAST = sorted(each for each in _EVERY if not any(other in each for other in _EVERY - {each}))
CAPITALS = tuple(each for each in _LEAST if each.isupper())
SIGNS = tuple(each for each in _LEAST if not each.isupper())
"""One of these stands in every marked line, whatever its case; of `CAPITALS` only as they are."""


def signs_in(said: str) -> frozenset[str]:
    """The signs of the rows of the table that stand in a line."""
    low = said.lower()
    return frozenset([each for each in _FOLDED if each in low] + [each for each in _CAPITALS if each in said])


CUES = frozenset().union(*(mark.cues for mark in MARKS)) | words(
    "next ais aps todos do dos action actions followups follow"
)
