"""H-21: what a command or query has shown. It stands in the block of the command itself, beside the code, in a block of its own, or
in what the same person says next: what was printed, a file, or words that tell an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from bot.domain.harvest import result_words, text
from bot.domain.harvest.finding import QueryFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rules import h20_query

_SOON, _FURTHER, _LONGEST = 300, 4, 1_000
_PROMPT = late(r"^(?:\$|\S{1,40}@\S{1,80}[$#%]|[\w.@/:-]{1,40}(?:=?[#>]|(?: ?[~/][\w./~-]*)? ?\$(?= ))|>>>) ?\S")
_SHOWS = late(
    r"^\s*(?:(?:→|-+>|=+>?|:|(?:gives|gave|gets|got|says|said|shows?|showed|returns|returned|takes|took|prints|printed|reports)"
    r"(?: (?:me|us|you|back))?\b)\s*|[-–—]+ (?=[~<>]?\d|(?:nothing|none|empty|ok|no )\b))(?P<rest>\S.*)$",
    re.I,
)
_GOES_ON = late(
    r"^\s*(?:from|where|and|or|group by|order by|(?:left |right |inner |outer )*join|on|limit|having|union|set|values|select)\b|"
    r"^\s*(?:\||\)|--|>\s)",
    re.I,
)
_LOOP, _IN_LOOP = late(r"\b(?:for|while|until|if)\s"), late(r"^\s*(?:do|done|fi|then|else)\b")
_STATEMENT = late(r"^\s*(?:select|with|update|delete|insert|explain)\s", re.I)
_PRINTED = late(r"[\d/:=|%]|\S {2,}\S")
_OPEN = ("\\", ",", "(", "|", "&&")


def beside(queries: Iterable[QueryFinding], ctx: Context) -> tuple[QueryFinding, ...]:
    """The queries, each with what it has shown and the message (ts) that says so, where one does."""
    listed = list(queries)
    asked = {(each.ts, each.text) for each in listed}
    return tuple(_with_result(each, ctx, asked) for each in listed)


def _with_result(each: QueryFinding, ctx: Context, asked: set[tuple[str, str]]) -> QueryFinding:
    note = ctx.note(each.ts)
    if note is None:
        return each
    command, printed = split(each.text)
    own = printed or _beside_code(each, note) or _other_block(note, asked) or _below(each, note)
    if own:
        return replace(each, text=command, result=text.clip(own, _LONGEST), result_ts=each.ts)
    for answer in _next(note, ctx):
        if answer.author != note.author or not answer.human:
            continue
        if any(ts == answer.message.ts for ts, _ in asked):
            break
        said = _other_block(answer, asked) or _files(answer) or _outcome(answer)
        if said:
            return replace(each, result=text.clip(said, _LONGEST), result_ts=answer.message.ts)
    return each


def _next(note: Note, ctx: Context) -> Iterator[Note]:
    """What was said next: in the thread under the message, then beside it."""
    yield from (reply for reply in ctx.replies(note, _FURTHER) if reply.key[0] - note.key[0] <= _SOON)
    yield from ctx.after(note, _SOON, _FURTHER)


def split(block: str) -> tuple[str, str]:
    """A block in two: its commands, and what it holds after them: the lines after the last prompt (where none stand there, those between
    prompts), after the end of a statement, or after a first line that is a command, as far as they are none themselves."""
    lines = block.strip("\n").split("\n")
    places = _printed(lines)
    if not places or len(places) == len(lines):
        return block, ""
    command = [line for place, line in enumerate(lines) if place not in places]
    return "\n".join(command), "\n".join(lines[place] for place in sorted(places)).strip("\n")


def _printed(lines: list[str]) -> set[int]:
    """The places of the lines that were printed."""
    prompts = [place for place, line in enumerate(lines) if _PROMPT.match(line)]
    if prompts:
        behind = {place: range(_command_ends(lines, place), after) for place, after in pairwise([*prompts, len(lines)])}
        return {*behind[prompts[-1]]} or {place for several in behind.values() for place in several}
    end = next((place for place, line in enumerate(lines) if line.rstrip().endswith(";")), None)
    if end is None:
        return _behind_command(lines)
    end += 1
    while end < len(lines) and h20_query.is_query(lines[end]):
        end = _command_ends(lines, end)
    return set(range(end, len(lines)))


def _command_ends(lines: list[str], place: int) -> int:
    """The place behind a command that begins in a line and goes on in the next ones."""
    loop = bool(_LOOP.search(lines[place]))
    place += 1
    while place < len(lines) and _goes_on(lines[place - 1].rstrip(), lines[place], loop=loop):
        place += 1
    return place


def _goes_on(before: str, line: str, *, loop: bool) -> bool:
    if loop and _IN_LOOP.match(line):
        return True
    return not before.endswith(";") and bool(before.endswith(_OPEN) or _GOES_ON.match(line))


def _behind_command(lines: list[str]) -> set[int]:
    """The lines behind a command of one line, or of several that go on in each other."""
    if len(lines) < 2 or not (_STATEMENT.match(lines[0]) or h20_query.is_query(lines[0])):
        return set()
    place = _command_ends(lines, 0)
    return set(range(place, len(lines))) if not any(map(h20_query.is_query, lines[place:])) else set()


def _beside_code(each: QueryFinding, note: Note) -> str:
    """The words behind a piece of code in a line: `-> 2,318`."""
    line = next((line for line in note.lines if line.number == each.line and each.text in line.text), None)
    found = _SHOWS.match(line.text.partition(each.text)[2].lstrip("`")) if line else None
    return found["rest"].strip() if found else ""


def _below(each: QueryFinding, note: Note) -> str:
    """What stands in the lines below: behind a prompt all that was printed, behind code the next line where it tells an outcome."""
    below = [line for line in note.lines if line.number > each.line]
    if "`" not in note.message.text:
        rows = list(takewhile(lambda line: not _PROMPT.match(line.text), below)) if _PROMPT.match(each.text) else []
        return "\n".join(line.text for line in rows) if any(_PRINTED.search(line.text) for line in rows) else ""
    if not below or any(code.number == below[0].number or code.fenced for code in note.codes):
        return ""
    return below[0].text if result_words.TOLD.match(below[0].said) and not below[0].said.rstrip().endswith("?") else ""


def _other_block(note: Note, asked: set[tuple[str, str]]) -> str:
    """A block of code that is no query."""
    blocks = (code.text for code in note.codes if code.fenced and (note.message.ts, code.text) not in asked)
    return next((block for block in blocks if block.strip() and not h20_query.is_query(block)), "")


def _files(note: Note) -> str:
    return ", ".join(file.name for file in note.message.files if file.name)


def _outcome(note: Note) -> str:
    said = note.talk[0].said if note.talk else ""
    return note.talk[0].text if result_words.TOLD.match(said) and "?" not in said else ""
