"""The history of a post-mortem as people read it: the newest first, a page at a time, times in the reader's own zone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, lines, parts, text
from bot.domain import phrases
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.chat import Drawing

PAGE = 10
_MOST, _PEOPLE = 200, 50


def page(record: Postmortem, entries: Sequence[Audit], number: int = 0) -> Drawing:
    """One page of all entries, given in order of writing; a page that is not there gives the last one."""
    newest = list(reversed(entries))
    pages = max(1, -(-len(newest) // PAGE))
    number = max(0, min(number, pages - 1))
    shown = newest[number * PAGE : (number + 1) * PAGE]
    where = f", page {number + 1} of {pages}" if pages > 1 else ""
    head = f"History of {lines.name(record)}: {phrases.count(len(newest), 'change')}{where}"
    turns = []
    if number:
        turns.append(parts.button("Newer", ids.HISTORY_PAGE, f"{record.id}:{number - 1}"))
    if number + 1 < pages:
        turns.append(parts.button("Older", ids.HISTORY_PAGE, f"{record.id}:{number + 1}"))
    rows = [parts.section(_entry(entry)) for entry in shown] or [parts.section("Nothing was changed yet.")]
    # Two buttons of one row must differ in their action; the value tells them apart for us.
    blocks = [parts.actions(turn) for turn in turns]
    return parts.drawing(head, [parts.section(head), *rows, *blocks])


def read(value: str) -> tuple[str, int]:
    """The record and the page of a button."""
    record_id, _, number = value.partition(":")
    return record_id, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0


def _entry(entry: Audit) -> str:
    who = "the bot" if entry.actor == "bot" else text.mention(entry.actor)
    change = f"{_value(entry.old)} → {_value(entry.new)}"
    via = text.escape(text.clip(" ".join(entry.via.split()), _MOST))
    return f"*{text.escape(_field(entry.field))}*: {change}\n{text.when(entry.at)}, {who}, {via}"


def _field(name: str) -> str:
    """`overview.what_happened` as people read it."""
    return name.replace(".", ": ").replace("_", " ")


def _value(value: str | None) -> str:
    if value is None or not value.strip():
        return "nothing"
    words = value.split()
    if len(words) <= _PEOPLE and all(map(text.is_person, words)):
        return ", ".join(map(text.mention, words))
    return text.escape(text.clip(" ".join(words), _MOST))
