"""How people mark a follow-up, a row for each way. To know another mark, add a row: the rule (H-01), the hearing of an export and the tests
read this table."""

from __future__ import annotations

from functools import lru_cache

from bot.domain.harvest import headings, rare_marks, text
from bot.domain.harvest.mark import BARE, DASH, FOLLOW, FOR, NAME, NO_TASK, NUMBER, OF, RANK, TAG, mark, tag
from bot.domain.harvest.rare_marks import TASK
from bot.domain.harvest.vocabulary import words

_USUAL = (
    mark(
        "TODO with a colon or a dash, whom it is for before that",
        rf"{OF}(?i:to-?do)'?s?{NUMBER}{FOR}(?::|{DASH})",
        "todo,to-do",
        "todo todos todo's do dos do's",
        "TODO: fix it", "todo - fix it", "To-do: fix it", "TODO(bo): fix it", "TODO/bo: fix it", "Todo for bo: fix it", "TODO @bo: fix it",
    ),
    mark(
        "a mark, a name and a colon",
        rf"(?:TODO|ACTION(?: ITEM)?|AI|AP|(?i:to-?do|action item|follow[- ]?up)) (?P<name>{NAME}):(?=\s)",
        "todo,to-do,action,follow,AI,AP",
        "todo do action follow followup ai ap",
        "TODO bo: fix it", "ACTION Zoe: fix it",
        named=True,
    ),
    mark(
        "TODO in capitals",
        rf"{RANK}(?:TO-?DOS?|ACTION ITEM)(?: #?\d{{1,2}})?{BARE}(?:\s*(?:!+\ufe0f?(?=\s|\w)|"
        rf"(?:\.{{3}}|…|[-=]>|[=>|→])(?=\s))|(?=[\s@]|(?<=[)\]])\S|$){NO_TASK})",
        "todo,to-do,action item",
        "todo todos do dos action",
        "TODO fix it", "TODO (bo) fix it", "TODO @bo fix it", "ACTION ITEM fix it", "TO-DO fix it", "TO-DO @bo fix it", "TODO! fix it",
    ),
    mark("to do, with a colon", r"(?i:to do):(?=\s|$)", "to do", "do", "To do: fix it"),
    mark(
        "follow-up or action, with a colon",
        rf"{OF}(?i:{FOLLOW}(?: (?:items?|tasks?))?|action(?:[- ]items?|[- ]points?|[- ](?:required|needed))?){NUMBER}{FOR}:",
        "follow,action",
        "follow followup followups action",
        "Follow-up: fix it", "follow up: fix it",
        "Follow-up item: fix it", "Action: fix it", "P1 action: fix it",
        "Action item: fix it", "Action @bo: fix it", "Action required: fix it",
    ),
    mark(
        "ACTIONS in capitals, or the next step, with a colon",
        r"(?:ACTIONS|(?i:next step)):(?=\s|$)",
        "actions,next step",
        "actions next",
        "ACTIONS: fix it", "Next step: fix it",
    ),
    mark(
        "ACTION or follow-up with a dash",
        rf"{RANK}(?:ACTION|(?i:action[- ](?:item|point)s?|{FOLLOW})){NUMBER}{FOR}\s[-–—]+(?=\s)",
        "action,follow",
        "action follow followup followups",
        "ACTION - fix it", "followup - fix it", "ACTION @bo - fix it",
    ),
    mark(
        "ACTION in capitals and a mention, or words in small letters",
        rf"(?:ACTION(?: ITEM)?(?=\s@|\s[a-z]){NO_TASK}|(?:AI|AP)(?=\s@[\w.'-]+\s[a-z]))",
        "action,AI,AP",
        "action ai ap",
        "ACTION @bo fix it", "ACTION fix it", "AI @bo fix it",
    ),
    mark(
        "AI or AP (action item, action point) in capitals",
        rf"{RANK}(?:AI|AP|A/I|A/P)s?{NUMBER}{FOR}(?::|\s[-–—]+)(?=\s)",
        "AI,AP,A/I,A/P",
        "ai ais ap aps a/i a/p",
        "AI: fix it", "AI(bo): fix it", "AP: fix it", "A/I: fix it", "AI @bo: fix it",
    ),
    mark(
        "f/u",
        rf"(?:(?i:f/up?)|FUP?){FOR}(?::|\s[-–—]+)(?=\s)",
        "f/u,FU",
        "f/u fu fup",
        "f/u: fix it", "F/U - fix it",
    ),
    mark(
        "a tag in front",
        rf"(?i:\#{TAG})\b[:\s]\s*",
        "#todo,#to-do,#action,#follow",
        "todo do action actionitem follow followup",
        "#todo fix it", "#action bo to fix it", "#followup: fix it",
    ),
    mark(
        "a mark in brackets in front",
        rf"[\[(](?i:to-?do|action(?: item)?|{FOLLOW})[\])]:?(?=\s)",
        "todo,to-do,action,follow",
        "todo do action follow followup followups",
        "[TODO] fix it", "(todo) fix it", "[action item]: fix it",
    ),
    mark(
        "a mark with whom it is for in brackets in front",
        rf"[\[(](?i:to-?do|action(?: item)?|{FOLLOW})(?:: ?|[ /-])@?(?P<name>{NAME})[\])]:?(?=\s)",
        "todo,to-do,action,follow",
        "todo do action follow followup followups",
        "[TODO bo] fix it", "[TODO: bo] fix it",
        named=True,
    ),
    mark(
        "an emoji of that name",
        r":(?:todo|to[-_]do|action|action[-_]item|follow[-_]?up)s?:(?!:)",
        "todo,to-do,to_do,action,follow",
        "todo do action item follow followup",
        ":todo: fix it", ":action-item: fix it",
    ),
    mark(
        "a command of an incident app",
        r"[/!](?:[\w-]{2,20} )?(?:todo|action|action-?item|follow-?up)s? (?!list|help|show|done|close|ls\b)(?=\w)",
        "todo,action,follow",
        "todo todos action actions actionitem follow followup",
        "/inc todo fix it", "!todo fix it",
    ),
    tag(
        "a tag behind",
        rf"\#{TAG}s?\b(?!:?\s+{TASK})",
        "#todo,#to-do,#action,#follow",
        "todo todos do action actionitem actions follow followup",
        "fix it #todo", "fix it #action @bo",
    ),
    tag(
        "a mark in brackets behind",
        rf"[(\[](?:to-?do|to do|action item|{FOLLOW})[)\]]",
        "todo,to-do,to do,action,follow",
        "todo do action follow followup followups",
        "fix it (todo)", "fix it [TODO]",
    ),
)  # fmt: skip

MARKS = (*_USUAL, *rare_marks.MARKS)
_ROWS = frozenset().union(*(each.signs for each in MARKS))
_CAPITALS = tuple(each for each in _ROWS if each.isupper())
_FOLDED = tuple(_ROWS.difference(_CAPITALS))
_EVERY = {*_ROWS, *headings.SIGNS, *text.OPEN_BOXES}
_LEAST = sorted(each for each in _EVERY if not any(other in each for other in _EVERY - {each}))
CAPITALS = tuple(each for each in _LEAST if each.isupper())
SIGNS = tuple(each for each in _LEAST if not each.isupper())
"""One of these stands in every marked line, whatever its case; of `CAPITALS` only as they are."""


@lru_cache(maxsize=256)  # each line is asked by several rules
def signs_in(said: str) -> frozenset[str]:
    """The signs of the rows of the table that stand in a line."""
    low = said.lower()
    return frozenset([each for each in _FOLDED if each in low] + [each for each in _CAPITALS if each in said])


CUES = frozenset().union(*(each.cues for each in MARKS)) | words(headings.CUES)
