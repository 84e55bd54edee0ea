"""The shape of an entry of a message's menu. To add one: name it in bot/blocks/ids.py and in the manifest, write its file, and
put it into the table in `bot.listeners.shortcuts.table`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.blocks import pages, pointed_forms
from bot.blocks.pages import TIMELINE, Page
from bot.domain.errors import Refused
from bot.domain.harvest import message as messages
from bot.domain.harvest.message import Message
from bot.domain.pointed import Pointed, Source
from bot.domain.postmortem import Postmortem
from bot.listeners import layers
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import Screen
from bot.ports.store import Unit

NOT_OPENED = "The form did not open, and nothing was saved. Please choose it in the message's menu again."
ODD = "This message has a shape that is not known here, so nothing was done with it."

Choose = Callable[[Desk, Unit, Call, Postmortem, Pointed, datetime], Answer]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One entry of the menu: what it is called there, what it does in one line, and the form that it opens."""

    name: str
    label: str
    what: str
    choose: Choose


def message(call: Call) -> Message:
    """The message whose menu was used. Raises Refused for something that is none."""
    try:
        return messages.from_slack(call.message, call.place.channel_id)
    except messages.MalformedMessage:
        raise Refused(ODD) from None


def carried(record: Postmortem, source: Source | None, answer: str | None, menu: str = "", **more: Any) -> str:
    """What a form carries: the record, the message, the address at which its sender is answered, and the channel of the menu
    that opened it."""
    here = (
        {"ts": source.ts, "thread": source.thread_ts, "author": source.user_id, "room": source.channel_id}
        if source
        else {}
    )
    return pages.metadata(record.id, Page(TIMELINE), **here, answer=answer, menu=menu, **more)


def source(carried: Mapping[str, Any]) -> Source | None:
    """The message that a form carries; None where it carries none."""
    ts, thread, author, room = (carried.get(name) for name in ("ts", "thread", "author", "room"))
    return Source(str(ts), thread or None, author or None, str(room or "")) if ts else None


def posted(desk: Desk, call: Call, at: Source) -> str:
    """The message with its address and when it was posted."""
    return pointed_forms.source(at, link(desk, call.place.channel_id, at))


def link(desk: Desk, channel_id: str, at: Source) -> str | None:
    """The address of the message; None while that of the workspace is not known."""
    if not desk.workspace_url:
        return None
    address = f"{desk.workspace_url}archives/{channel_id}/p{at.ts.replace('.', '')}"
    return f"{address}?thread_ts={at.thread_ts}&cid={channel_id}" if at.thread_ts else address


def show(call: Call, view: Mapping[str, Any]) -> Screen:
    """The form, or a sentence where Slack does not open it."""
    return layers.shown(call, view, NOT_OPENED)
