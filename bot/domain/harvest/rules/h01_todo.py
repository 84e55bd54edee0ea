"""H-01: a line that somebody marked as TODO, or with an empty box to tick, so that it is not forgotten. The mark opens the line; a
"todo" in the middle of a sentence means nothing. What follows on the next lines belongs to it as detail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.domain.harvest import assignee, text
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import OPEN_BOX, Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_CALL = (
    r"(?:(?:@[\w.-]{1,40}|ok(?:ay)?|hey|so|and|also|oh|right|all|team|folks)[,:]? "
    r"(?=(?:TODO|ACTION|FOLLOW|(?i:todo|action item|follow[- ]?up):)))?"
)
_EMOJI = r"(?:[^\w\s#\[(\"'`@/<>=-]{1,4}\s*|:[a-z][\w+-]{1,40}:\s*){0,3}"
_WHO = r"\s*(?:\((?P<who>[^()\n]{1,80})\)|\[(?P<box>[^\[\]\n]{1,80})\])?\s*"
_FOR = r"(?i: for) (?P<for_>@?[\w.' -]{1,60}?)\s?"
_OF = r"(?:(?i:post-?mortem|pm|incident|retro|open|new|next) )?"
_MARKED = late(
    rf"^{_EMOJI}{_CALL}(?:"
    r"(?:[\[(](?i:todo|action(?: item)?|follow[- ]?up)[\])]:?(?=\s))|(?:(?:ACTIONS|(?i:to do|next step|action required)):(?=\s))|"
    rf"(?:{_OF}(?i:to-?do)s?(?:{_FOR}:|{_WHO}(?::|[-–—]+(?=\s|$)|[–—])))"
    rf"|(?:{_OF}(?i:follow[- ]?ups?|action(?:[- ]items?|[- ]points?)?)(?:{_FOR.replace('for_', 'for2_')}|"
    rf"{_WHO.replace('who', 'who2').replace('box', 'box2')}):)"
    rf"|(?:(?:AI|AP)s?(?:{_FOR.replace('for_', 'for3_')}|\s(?P<who4>@[^:\n]{{1,60}}))?:(?=\s))"
    r"|(?:ACTION(?=\s@))"
    rf"|(?:(?:ACTION|ACTION ITEM|FOLLOW[- ]?UP)\s*[-–—]+(?=\s))"
    rf"|(?:(?i:\#(?:action|todo|followup|actionitem))\b[:\s]\s*)"
    rf"|(?:TODOS?{_WHO.replace('who', 'who3').replace('box', 'box3')}(?=[\s@(]|$)(?!\s*[?.,;!)]|\s+(?:is|are|was|"
    rf"were|list|lists|comments?)\b))"
    rf")\s*(?P<rest>.*)$"
)
_NAMED = ("who", "box", "who2", "box2", "who3", "box3", "who4", "for_", "for2_", "for3_")
_LIST = late(
    r"^(?:next steps|action items|action points|to-?dos|follow[- ]?ups)"
    r"(?: so far| for (?:us|later|now)| from (?:the|this) (?:call|bridge|incident))?\s*:?$",
    re.I,
)
_NOTHING = late(r"^\W*(?:none|nothing|n/?a|nil|tbd|tba|no one|\?|-)?\W*$", re.I)
_CUES = words("todo todos to follow followup followups action actions actionitem next ai ais ap aps") | {OPEN_BOX}


def find(note: Note, _ctx: Context) -> Iterable[Finding]:
    lines = note.lines
    taken = [_marked(line) for line in lines]
    header = False
    for index, line in enumerate(lines):
        mark = taken[index]
        if mark is None:
            heading = is_heading(line.said)
            header = heading or (header and line.bullet)
            listed = header and line.bullet and not line.ticked and not heading
            if line.said and (listed or line.open_box):
                yield _todo(note, line, line.said, None, (), _ctx)
            continue
        who, rest = mark
        tail = list(_tail(lines, taken, index))
        header = not rest and any(each.bullet for each in tail)
        if rest and not _NOTHING.match(rest):
            yield _todo(note, line, rest, who, [each for each in tail if not (line.bullet and each.bullet)], _ctx)
        elif not rest and tail and not header:
            yield from (_todo(note, each, each.said, who, (), _ctx) for each in tail)


def is_heading(said: str) -> bool:
    """Whether a line is the heading of a list of follow-ups."""
    return bool(_LIST.match(said))


def marks(line: text.Line) -> bool:
    """Whether a line is marked, or the heading of a list of follow-ups."""
    return _marked(line) is not None or line.open_box or is_heading(line.said)


def _marked(line: text.Line) -> tuple[str | None, str] | None:
    found = _MARKED.match(line.said)
    if found is None:
        return None
    who = next((found[name] for name in _NAMED if found[name]), None)
    return who, found["rest"].strip()


def _tail(lines: tuple[text.Line, ...], taken: list[tuple[str | None, str] | None], index: int) -> Iterator[text.Line]:
    for place in range(index + 1, len(lines)):
        if taken[place] is not None or lines[place].number != lines[place - 1].number + 1:
            return
        if lines[place].said:
            yield lines[place]


def _todo(
    note: Note, line: text.Line, said: str, who: str | None, detail: Iterable[text.Line], ctx: Context
) -> TodoFinding:
    return TodoFinding(
        ts=note.message.ts,
        thread_ts=note.message.thread_ts if note.message.is_reply else None,
        line=line.number,
        user_id=note.author,
        text=text.clip(line.as_typed(said)),
        detail=text.clip("\n".join(each.text for each in detail)),
        assignee=assignee.of(said, who or assignee.at_its_end(said, note), note, ctx),
        rule="H-01",
        confidence=Confidence.A,
    )


RULE = Rule("H-01", "A line marked TODO, ACTION or FOLLOW-UP", _CUES, find)
