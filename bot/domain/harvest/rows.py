"""Follow-ups as the rows of a table, in the text or in a block of code: under a head such as "what | who | when", or, below the heading of
a list, rows of which one cell is somebody here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.harvest import card, due_words, text
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Note
from bot.domain.harvest.vocabulary import words

_COLUMNS = {
    "what": "what,task,tasks,action,actions,action item,action items,item,items,todo,to-do,follow-up,follow-ups,followup,step,measure,"
    "measures,description",
    "who": "who,owner,owners,assignee,assigned to,assigned,responsible,dri,by whom,whose",
    "due": "when,due,due date,due by,by,by when,deadline,until,eta,date,target",
    "state": "status,state,done",
    "other": "#,no,nr,id,ticket,jira,link,issue,priority,prio,notes,note,comment,comments,why,team,type",
}
_NAMES = {each: name for name, said in _COLUMNS.items() for each in said.split(",")}
CUES = words("who whom whose owner owners assignee assigned responsible dri")
_BETWEEN = (late(r"\s*\|\s*"), late(r"\s*\t\s*"), late(r"\s{2,}"), late(r"\s+/\s+"))
_RULE = late(r"^[\s|:+=–—-]*$")
_DONE = late(
    r"^\W*(?:done|closed|finished|completed?|merged|fixed|resolved|cancell?ed|dropped|[✅☑✔x]\ufe0f?|:white_check_mark:)\W*$",
    re.I,
)
_MOST = 200
_DAY = 40  # letters of a cell that says until when, as it is written


@dataclass(frozen=True, slots=True)
class Row:
    """What is to be done, and the line that it stands in; whose it is and until when, as written; None, "" where it does not say."""

    line: text.Line
    said: str
    who: str | None
    due: str


@dataclass(frozen=True, slots=True)
class _Head:
    """Between what the cells stand, and what each column is."""

    between: re.Pattern[str]
    columns: Sequence[str]


def taken(lines: Sequence[text.Line]) -> tuple[Sequence[Row], frozenset[int]]:
    """The rows of the tables among some lines, and the numbers of all lines of these tables."""
    rows, numbers, head = list[Row](), set[int](), None
    for line in lines[:_MOST]:
        found = _head(line)
        if found or (head and _RULE.match(line.said)):
            head = found or head
        elif head and len(cells := _cells(line, head.between)) > 1:
            rows += _row(line, dict(zip(head.columns, cells, strict=False)))
        else:
            head = None
        if head:
            numbers.add(line.number)
    return rows, frozenset(numbers)


def in_code(note: Note) -> Iterator[Row]:
    """The rows of tables that somebody put into a block of code, so that the columns stand below each other."""
    for code in note.codes:
        if code.fenced and len(code.text) <= 20 * _MOST:
            lines = [_of_code(code.number + place, each) for place, each in enumerate(code.text.split("\n"))]
            yield from taken(lines)[0]


def _of_code(number: int, said: str) -> text.Line:
    return text.Line(number, said.strip(), text.straight(said.strip()), said.strip())


def _head(line: text.Line) -> _Head | None:
    """The head of a table of follow-ups, with a column for what is to be done and one for whose it is."""
    if len(line.said) > _MOST:
        return None
    for between in _BETWEEN:
        columns = [_column(each) for each in _cells(line, between)]
        if {"what", "who"} <= set(columns) and "" not in columns:
            return _Head(between, columns)
    return None


def _cells(line: text.Line, between: re.Pattern[str]) -> list[str]:
    return [each.strip(" *_") for each in between.split(line.said.strip(" |"))]


def _column(said: str) -> str:
    return _NAMES.get(said.casefold().strip(" :?."), "")


def _row(line: text.Line, cells: dict[str, str]) -> Iterator[Row]:
    said, who, due = (cells.get(name, "") for name in ("what", "who", "due"))
    if len(said) > 2 and not line.ticked and not _is_done(cells.values()):
        by = "" if card.is_none(due) else due[:_DAY]
        yield Row(line, said, None if card.is_none(who) else who, by)


def _is_done(cells: Iterable[str]) -> bool:
    """Whether a cell, of whatever column, is nothing but that it is done."""
    return any(map(_DONE.match, cells))


def of_cells(line: text.Line, said: str, knows: Callable[[str], bool]) -> Row | None:
    """An entry of a list in cells, of which one is somebody's name: "failover runbook | Ana | Fri"; one that is done says nothing."""
    cells = _cells(line, _BETWEEN[0]) if "|" in said else []
    who = next((each for each in cells if knows(each.removeprefix("@"))), None)
    due = next((each for each in cells if due_words.beside_mark(each) == each), "")
    rest = [each for each in cells if each not in (who, due)]
    done = _is_done(cells)
    return Row(line, "" if done else rest[0], who, due) if who and rest and len(rest[0]) > 2 else None
