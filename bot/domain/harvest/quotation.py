"""Which lines of a message are somebody's words that its author only quotes, to answer them. Some people set ">" before their own lines
as they would a bullet: what stands alone, or below a heading of their own, is theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.domain.harvest import headings, text
from bot.domain.harvest.note import Context, Note

_FAR = 300  # messages

IsMark = Callable[[text.Line], bool]


def own(note: Note, ctx: Context, is_mark: IsMark) -> Sequence[text.Line]:
    """The lines of a message without those that it quotes."""
    lines = note.lines
    if not any(line.quoted for line in lines):
        return lines
    return [
        line for place, line in enumerate(lines) if not (line.quoted and _is_quoted(lines, place, note, ctx, is_mark))
    ]


def _is_quoted(lines: Sequence[text.Line], place: int, note: Note, ctx: Context, is_mark: IsMark) -> bool:
    return _is_answered(lines, place, is_mark) or _was_said(lines[place], note, ctx)


def _is_answered(lines: Sequence[text.Line], place: int, is_mark: IsMark) -> bool:
    """Whether its author's own words stand below it, and are no further follow-up."""
    below = next((line for line in lines[place + 1 :] if not line.quoted and text.normal(line.said)), None)
    above = next((line for line in reversed(lines[:place]) if not line.quoted), None)
    listed = above is not None and headings.is_sure(above.said)
    return below is not None and not listed and not is_mark(below)


def _was_said(line: text.Line, note: Note, ctx: Context) -> bool:
    """Whether a message before has the same line."""
    wanted = text.normal(line.said)
    return bool(wanted) and any(wanted == text.normal(each.said) for each in _before(note, ctx))


def _before(note: Note, ctx: Context) -> Iterator[text.Line]:
    end = ctx.place(note)
    for other in reversed(ctx.notes[max(end - _FAR, 0) : end]):
        yield from other.lines
