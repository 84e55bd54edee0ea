"""H-01: a line that somebody marked as TODO, or with an empty box to tick, so that it is not forgotten; the list under such a mark, or
under a heading such as "Next steps", also where its entries are messages of their own. What marks there are stands in todo_marks. What
follows a marked line on the next lines belongs to it as detail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from bot.domain.harvest import (
    assignee_of_mark,
    due_words,
    headings,
    marked,
    quotation,
    rows,
    shared_out,
    text,
    todo_marks,
)
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.marked import Marked
from bot.domain.harvest.note import OPEN_BOX, Context, Note
from bot.domain.harvest.rule import Finding, Rule

_REPORT = late(
    r"(?:^|[.;|] )(?:situation|condition|impact|customer impact|needs?|status|cause|eta|next (?:update|check-?in))\s*:",
    re.I,
)
_STEP = late(r"(?:^|[.;|] )actions?\s*:", re.I)
_BULLET = late(r"^(?::[a-z0-9_+-]{2,40}:\s+)+(?=\w|@|[*_`(])")
_BACK = late(r"\b(?:it|its|them|their|this|that|these|those|there)\b", re.I)
_SOON, _FURTHER, _SIGHT = 600, 12, 1000
_Taken = Sequence[Sequence[Marked]]


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    lines = quotation.own(note, ctx, marked.is_mark)
    table, tabled = rows.taken(lines)
    yield from (_row(note, each, ctx) for each in (*table, *rows.in_code(note)))
    lines = [each for each in lines if each.number not in tabled]
    taken = _taken(lines, ctx)
    listing, who, topics = False, None, False
    for place, line in enumerate(lines):
        if _opens_list(lines, place, taken[place]):
            tail = list(_tail(lines, taken, place, gap=1 if headings.is_one(line.said) else 0))
            who = taken[place][0].who if taken[place] else None
            topics = _in_parts(lines, place, ctx)
            listing = topics or (place + 1 < len(lines) and lines[place + 1].bullet)
            if (
                tail
                and not listing
                and (taken[place] or line.bold or line.said.endswith(":") or shared_out.by_name(tail, ctx))
            ):
                yield from (each for below in tail for each in _entry(note, below, who, ctx))
            if place == len(lines) - 1:
                yield from _in_messages_below(note, who, ctx)
        elif taken[place]:
            listing = False
            yield from _marked(note, line, taken[place], _detail(lines, taken, place, ctx), ctx)
        elif listing and (part := shared_out.begins(lines, place, ctx, topics=topics)):
            who, topics = part.who, part.topic
        else:
            listing = listing and line.bullet
            if listing or line.open_box:
                yield from _entry(note, line, who if listing else None, ctx)


def _in_parts(lines: Sequence[text.Line], place: int, ctx: Context) -> bool:
    """Whether right below a line the first part of a list begins."""
    return place + 1 < len(lines) and shared_out.begins(lines, place + 1, ctx, topics=True) is not None


def _taken(lines: Sequence[text.Line], ctx: Context) -> _Taken:
    """What is marked in each line. What was done in a report of the state is none: "Impact: ..., Action: ..., Next update: ..."."""
    report = any(_REPORT.search(line.said[:_SIGHT]) for line in lines)
    knows = ctx.directory.knows
    return [
        () if line.ticked or (report and _STEP.search(line.said[:_SIGHT])) else marked.read(line, knows)
        for line in lines
    ]


def _opens_list(lines: Sequence[text.Line], place: int, taken: Sequence[Marked]) -> bool:
    return not lines[place].ticked and (not taken[0].rest if taken else headings.stands_above(lines, place))


def _tail(lines: Sequence[text.Line], taken: _Taken, index: int, gap: int = 0) -> Iterator[text.Line]:
    """The lines right below one, or below so many empty ones, up to the next that is marked itself."""
    for place in range(index + 1, len(lines)):
        line, empty = lines[place], lines[place].number - lines[place - 1].number - 1
        if taken[place] or line.open_box or line.ticked or empty > (gap if place == index + 1 else 0):
            return
        if line.said:
            yield line


def _detail(lines: Sequence[text.Line], taken: _Taken, place: int, ctx: Context) -> str:
    """The lines below; with the line itself where something stands behind the mark, or what is marked points at what stands before it."""
    line, last = lines[place], taken[place][-1]
    below = [each.text for each in _tail(lines, taken, place) if not (line.bullet and each.bullet)]
    of_line = taken[place][0].behind or (_BACK.search(last.rest) and marked.before(line, ctx.directory.knows))
    return "\n".join([line.text, *below] if of_line else below)


def _in_messages_below(note: Note, who: str | None, ctx: Context) -> Iterator[TodoFinding]:
    """The list that the same person writes in the next messages, entry by entry, or in the thread."""
    for messages in (ctx.after(note, _SOON, _FURTHER), ctx.replies(note, _FURTHER)):
        own = (each for each in messages if each.author == note.author and each.lines)
        for each in takewhile(
            lambda each: all(line.bullet for line in each.lines) and not any(_taken(each.lines, ctx)), own
        ):
            for line in each.lines:
                yield from () if line.open_box else _entry(each, line, who, ctx)


def _entry(note: Note, line: text.Line, who: str | None, ctx: Context) -> Iterator[TodoFinding]:
    """An entry of a list, or a box."""
    said = _BULLET.sub("", line.said)
    ticked = line.ticked or marked.is_ticked(line.said)
    if said and not ticked and not marked.is_done(said) and not marked.says_nothing(said):
        row = rows.of_cells(line, said, ctx.directory.knows)
        if row is None:
            yield _todo(note, line, said, who, "", ctx)
        elif row.said:
            yield _row(note, row, ctx)


def _row(note: Note, row: rows.Row, ctx: Context) -> TodoFinding:
    found = _todo(note, row.line, row.said, row.who, "", ctx)
    return replace(found, due=row.due) if row.due else found


def _marked(note: Note, line: text.Line, taken: Sequence[Marked], detail: str, ctx: Context) -> Iterator[TodoFinding]:
    real = [each for each in taken if each.rest and not marked.says_nothing(each.rest)]
    for part, each in enumerate(real):
        own = line if len(real) == 1 else replace(line, number=line.number + part * text.APART)
        last = part == len(real) - 1
        yield _todo(note, own, each.rest, each.who or _behind(each, note), detail if last else "", ctx)


def _behind(each: Marked, note: Note) -> str | None:
    return note.mentioned(each.behind) if each.behind else None


def _todo(note: Note, line: text.Line, said: str, who: str | None, detail: str, ctx: Context) -> TodoFinding:
    return TodoFinding(
        ts=note.message.ts,
        thread_ts=note.message.thread_ts if note.message.is_reply else None,
        line=line.number,
        user_id=note.author,
        text=text.clip(line.as_typed(said)),
        detail=text.clip(detail),
        assignee=assignee_of_mark.of(said, who, note, ctx),
        rule="H-01",
        confidence=Confidence.A,
        due=due_words.beside_mark(who or ""),
    )


RULE = Rule("H-01", "A line marked TODO, ACTION or FOLLOW-UP", todo_marks.CUES | {OPEN_BOX} | rows.CUES, find)
