"""H-11, H-12: the customer liaison. A message for customers counts as public when somebody else says "go ahead and
post", at the time of that answer; what customers say comes back as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import phrase, text
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_DRAFT = late(
    r"\b(?:(?:message|update|notice|statement|tweet|wording|draft) (?:for|to) (?:the |our )?customers?|"
    r"(?:draft|wording|proposal|text) for (?:the |our )?status ?page|status ?page (?:draft|wording|proposal|text)|"
    r"^wording)\s*:",
    re.I,
)
_APPROVED = late(
    r"\b(?:go ahead(?: and (?:post|send|publish))?|post it|send it|ship it|approved|lgtm|good to (?:go|post|send)|"
    r"looks? (?:good|great|fine)(?: to me)?|please post|sgtm)\b",
    re.I,
)
_QUOTED = late(r"[\"\u201c\u201e\u00ab](.+?)[\"\u201d\u201c\u00bb]\s*(?:\n|\Z)", re.S)
_NOT_YET = late(r"\b(?:not|\w+n't|but|except|hold|wait|change|instead|before)\b|\?\s*$", re.I)


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    draft = next((line for line in note.talk if _DRAFT.search(line.said)), None)
    if draft is None:
        return
    for answer in (*ctx.after(note, 1800), *ctx.replies(note)):
        if answer.author == note.author or not answer.human:
            continue
        line = next((line for line in answer.talk if _APPROVED.search(line.said)), None)
        if line and not _NOT_YET.search(line.said):
            yield _public(note, answer, ctx)
            return


def is_draft(note: Note) -> bool:
    """Whether a message proposes words for customers, which are public when somebody approves them."""
    return any(_DRAFT.search(line.said) for line in note.talk)


def _public(draft: Note, answer: Note, ctx: Context) -> TimelineFinding:
    return TimelineFinding(
        ts=answer.message.ts,
        thread_ts=answer.message.thread_ts if answer.message.is_reply else None,
        line=0,
        at=answer.at,
        user_id=draft.author,
        kind=TimelineKind.public,
        text=text.clip(f"{draft.plain}\n{answer.plain}"),
        evidence=tuple(dict.fromkeys((*draft.evidence, *answer.evidence))),
        rule=RULE.id,
        confidence=Confidence.B,
    )


def wording(found: TimelineFinding) -> str:
    """The words of an approved message, without the mark before them and the approval after them; "" for any other."""
    draft = _after_mark(found.text) if found.rule == RULE.id else ""
    quoted = _QUOTED.match(draft)
    return (quoted.group(1) if quoted else draft.rpartition("\n")[0] or draft).strip()


def drafted(said: str) -> str:
    """The words after "message for customers:", approved or not; "" where there is no such mark."""
    draft = _after_mark(said)
    quoted = _QUOTED.match(draft)
    return (quoted.group(1) if quoted else draft).strip()


def _after_mark(said: str) -> str:
    mark = _DRAFT.search(said)
    return said[mark.end() :].strip(" \t*_") if mark else ""


RULE = Rule("H-11", "A message for customers, approved", words("customer customers"), find)

COUNT = phrase.phrase_rule(
    "H-12",
    "Customers have been in touch",
    TimelineKind.other,
    words("customers customer calls tickets users reports complaints"),
    r"\b(?:we(?:'ve| have)?(?: now)?|support(?: has| have)?|i(?:'ve| have)?) (?:had|got(?:ten)?|received|seen|"
    r"getting|seeing) "
    r"(?:about |around |over |~|at least |another )?(?:\d+|a (?:few|couple|dozen|handful)(?: of)?|several|many|"
    r"dozens of) "
    r"(?:more )?(?:\w+ )?(?:customers?|calls|tickets|users|reports|complaints|enquiries|inquiries)\b",
    confidence=Confidence.B,
)
RULES = (RULE, COUNT)
