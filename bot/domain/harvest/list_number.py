"""Who takes which entries of a numbered list, by their numbers: "I take 6", "5 is me", "2 and 4: bo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import names, terse
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_AWHILE, _BACK, _LONG = 7200, 12, 300  # seconds, messages, letters
_NUMBERS = r"#?\d{1,2}(?:(?:,| and| &| \+|,? and) ?#?\d{1,2})*"
_START, _END = (
    r"(?:^|[.,;!] |\band )",
    r"(?=\s*(?:$|[.,;!–—-]| (?:and|until|by|next|this|on|but|after|before|tomorrow|today|then|too)\b))",
)
_TAKES = late(
    rf"{_START}(?:ok,? |yes,? )?(?:i(?:'ll|'d| will| can)? (?:take|do|own|have|pick up|grab) (?:on )?(?:the |no\.? |number )?"
    rf"(?P<n1>{_NUMBERS}){_END}"
    rf"|(?P<n2>{_NUMBERS})(?: is| are| =|:)? (?:me|mine|on me|i (?:can|will) (?:do|take)|i(?:'ll)? (?:do|take)){_END}"
    rf"|(?P<n3>{_NUMBERS})(?: is for| are for| is| are| goes to| go to| to|:| ->| →| [-–—]) (?P<who>@?[^\W\d_][\w.-]{{1,30}}){_END})",
    re.I,
)
_OF = late(
    r"^\W*(?:(?:number|no\.?|point|item|nr\.?) )?#?(?P<number>\d{1,2}) (?:is|are|before|after|until|till|by|"
    r"next|yes|yep|done|started|goes|can|will|i(?:'ll)?|from)\b",
    re.I,
)
_BRIEF = 80
_ENTRY = late(r"^\W*(\d{1,2})[.):]\s")


def given(standing: Sequence[TodoFinding], ctx: Context) -> list[TodoFinding]:
    """Follow-ups of a numbered list with whoever says by their number that they take them; a person that the entry names stays."""
    whose: dict[tuple[str, int], str] = {}
    lists = {each.ts for each in standing}
    for note in ctx.notes:
        said = read(note, ctx)
        above = _list(note, lists, ctx) if said else None
        if above is not None:
            lines = _lines(above)
            whose |= {(above.message.ts, lines[number]): who for number, who in said if number in lines}
    return [
        replace(each, assignee=whose[each.ts, each.line])
        if each.assignee is None and (each.ts, each.line) in whose
        else each
        for each in standing
    ]


def read(note: Note, ctx: Context) -> Sequence[tuple[int, str]]:
    """The numbers that a message speaks of, each with who takes it."""
    said = names.short(note.plain, note) if note.human and len(note.plain) <= _LONG else ""
    return list(_each(said, note, ctx)) if any(letter.isdigit() for letter in said) else ()


def place(note: Note, before: Sequence[TodoFinding], ctx: Context) -> int | None:
    """The place of the entry of a numbered list of which a message speaks by its number: "5 before the next window, promised"."""
    said = names.short(note.plain, note)
    found = _OF.match(said) if len(said) <= _BRIEF else None
    above = _list(note, {each.ts for each in before}, ctx) if found else None
    line = _lines(above).get(int(found["number"])) if found and above else None
    return next(
        (at for at, each in enumerate(before) if above and each.ts == above.message.ts and each.line == line), None
    )


def is_list(note: Note) -> bool:
    """Whether a message is a numbered list."""
    return len(_lines(note)) > 1


def _each(said: str, note: Note, ctx: Context) -> Iterator[tuple[int, str]]:
    for found in _TAKES.finditer(said):
        who = terse.person(found["who"], note, ctx) if found["who"] else note.author
        for number in re.findall(r"\d+", found["n1"] or found["n2"] or found["n3"]) if who else ():
            yield int(number), str(who)


def _list(note: Note, lists: set[str], ctx: Context) -> Note | None:
    """The last numbered list before a message, or the one that it stands under, if follow-ups were found in it."""
    root = ctx.note(note.room) if note.room else None
    near = [each for each in ctx.lately(note, _BACK) if (note.at - each.at).total_seconds() <= _AWHILE]
    every = [*([root] if root else []), *near]
    return next((each for each in reversed(every) if each.message.ts in lists and is_list(each)), None)


def _lines(note: Note) -> Mapping[int, int]:
    """The numbers of a list, each with the number of its line."""
    found = ((line, _ENTRY.match(said)) for line, said in enumerate(note.message.text.split("\n")))
    return {int(entry[1]): line for line, entry in found if entry}
