"""A file of an export at a glance: when and in which thread something was said, and what. Nothing else of a message is looked at, since
most of what a workspace says never becomes more than this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from bot.domain.harvest import message
from bot.domain.harvest.message import MalformedMessage, Message
from bot.ports.export import Day

_NESTED = ("slackdump_thread_replies", "thread_replies", "replies")
_CONTENT = ("text", "blocks", "files", "attachments", "subtype")
_QUOTED = tuple(f'"{part}"'.encode() for part in _CONTENT)


class _Row(msgspec.Struct, gc=False):
    """What is looked at of a message."""

    ts: str
    text: str | None = None
    thread_ts: str | None = None
    slackdump_thread_replies: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    thread_replies: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    replies: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_ROWS = msgspec.json.Decoder(list[_Row])


def quick(name: str, content: bytes) -> Day | None:
    """What stands in a file, read in a fraction of the time of its JSON, where each entry is a message with words; else None."""
    try:
        if not content.isascii():
            content.decode()
        rows = _ROWS.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    written = [row.ts for row in rows]
    texts = [row.text for row in rows if row.text]
    if len(texts) < len(rows) or not all(map(message.is_ts, written)):
        return None
    if b'replies"' in content and any(map(_nests, rows)):
        return None
    return Day(name, written, [row.thread_ts for row in rows], texts)


def _nests(row: _Row) -> bool:
    """Whether replies with what they say stand in it, not only whose they are."""
    nested = (row.slackdump_thread_replies, row.thread_replies, row.replies)
    return any(part in bytes(each) for each in nested if isinstance(each, msgspec.Raw) for part in _QUOTED)


def day(name: str, rows: Sequence[Any]) -> tuple[Day, int]:
    """What stands in a file, and how many of its entries are no messages."""
    rows = with_replies(rows)
    try:
        written = [row["ts"] for row in rows]
        texts = [row.get("text") or _said(row) for row in rows]
        threads = [row.get("thread_ts") for row in rows]
        if {str} >= {*map(type, written), *map(type, texts)} and all(map(message.is_ts, written)):
            return Day(name, written, threads, texts), 0
    except (KeyError, TypeError, AttributeError, MalformedMessage):
        pass  # something in it is odd: one by one, then
    return _with_care(name, rows)


def with_replies(rows: Sequence[Any]) -> Sequence[Any]:
    """The entries, and after a parent the replies that some tools nest inside it."""
    try:
        if not [1 for row in rows for key in _NESTED if key in row]:
            return rows
    except TypeError:
        pass  # an entry is no object
    return [each for row in rows for each in _with_its_own(row)]


def _with_its_own(row: Any) -> Iterator[Any]:
    yield row
    for key in _NESTED if isinstance(row, dict) else ():
        nested = row.get(key)
        for reply in nested if isinstance(nested, list) else ():
            if isinstance(reply, dict) and any(part in reply for part in _CONTENT):
                yield {"thread_ts": row.get("ts"), **reply}


def _said(row: Any) -> str:
    return message.from_slack(row, "").text


def _with_care(name: str, rows: Sequence[Any]) -> tuple[Day, int]:
    found = [each for each in map(_read, rows) if each]
    threads = [each.thread_ts for each in found]
    return Day(name, [each.ts for each in found], threads, [each.text for each in found]), len(rows) - len(found)


def _read(row: Any) -> Message | None:
    try:
        return message.from_slack(row, "")
    except MalformedMessage:
        return None
