"""reactions.list: what somebody reacted to, wherever the bot can see it."""

from __future__ import annotations

from sandbox.spec.types import Json, SlackError
from sandbox.web import conversations, cursors
from sandbox.web.api import Handler
from sandbox.web.call import Call


def _items(call: Call, user: str) -> list[Json]:
    rows = []
    for channel in call.world.channels.values():
        if call.me not in channel.members:
            continue
        for ts, message in channel.messages.by_ts.items():
            if any(user in row["users"] for row in message.get("reactions", [])):
                rows.append({"type": "message", "channel": channel.id, "message": channel.messages.show(ts)})
    return sorted(rows, key=lambda row: str(row["message"]["ts"]), reverse=True)


def list_all(call: Call) -> Json:
    """reactions.list, by cursor when a limit is given, otherwise in numbered pages."""
    user = call.text("user", call.me)
    if user not in call.world.users:
        raise SlackError("user_not_found")
    rows = _items(call, user)
    if call.text("cursor") or call.number("limit", 0):
        items, meta = cursors.page(rows, "reacted", call.text("cursor"), conversations.limit(call))
        return {"items": items, **meta}
    size, number = max(1, call.number("count", 100)), max(1, call.number("page", 1))
    paging = {"count": size, "total": len(rows), "page": number, "pages": max(1, -(-len(rows) // size))}
    items = rows[(number - 1) * size : number * size]
    return {"items": items, "paging": paging, "response_metadata": {"next_cursor": ""}}


METHODS: dict[str, Handler] = {"reactions.list": list_all}
