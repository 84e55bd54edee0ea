"""Each picture as the call that would carry it, in the shape of the local Slack's log of calls, so that whatever reads that
log can judge the gallery."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from demo.gallery.entry import Entry, Group, Json, Surface
from demo.gallery.people import ANA, CHANNEL
from demo.gallery.texts import NOW


def call(entry: Entry) -> Json:
    """`method` and `args` as the bot would send them."""
    match entry.surface:
        case Surface.MODAL:
            return _row("views.open", {"trigger_id": "1.2.gallery", "view": entry.payload})
        case Surface.HOME:
            return _row("views.publish", {"user_id": ANA, "view": entry.payload})
        case Surface.WHISPER:
            return _row("chat.postEphemeral", {"channel": CHANNEL, "user": ANA, **entry.payload})
    return _row("chat.postMessage", {"channel": CHANNEL, **entry.payload})


def _row(method: str, args: dict[str, Any]) -> Json:
    return {"method": method, "args": args, "token": "bot", "ok": True, "t": NOW.timestamp()}


def lines(entries: Iterable[tuple[Group, Entry]]) -> Iterator[str]:
    """One line a call; `picture` is its place on the page."""
    for group, entry in entries:
        yield json.dumps({**call(entry), "picture": group.anchor(entry)}, ensure_ascii=False)
