"""Threads as somebody follows them: whoever began one, replied in it or was named in it hears of what comes after."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.control.desk import Desk
from sandbox.spec.types import Json
from sandbox.world.channels import Channel
from sandbox.world.messages import Messages
from sandbox.world.users import User

MOST = 30
LAST = 3
"""How many replies stand below a parent in the list."""


def followed(desk: Desk, user: User, *, fresh: bool = False) -> Iterator[tuple[Channel, str, list[str]]]:
    """Channel, parent and replies of every thread that a user follows; `fresh`: only where the last reply is not read yet."""
    for channel in desk.world.channels.values():
        if user.id in channel.members:
            for ts, replies in channel.messages.threads.items():
                # Asked first: who follows takes a look at every reply, and a long history has thousands of old threads.
                if fresh and replies[-1:] <= [desk.reads.get((user.id, key(channel.id, ts)), desk.opened)]:
                    continue
                if replies and _follows(channel.messages, ts, replies, user.id):
                    yield channel, ts, replies


def _follows(messages: Messages, ts: str, replies: list[str], user: str) -> bool:
    rows = (messages.by_ts[one] for one in (ts, *replies) if one in messages.by_ts)
    return any(row.get("user") == user or f"<@{user}" in str(row.get("text")) for row in rows)


def key(channel: str, ts: str) -> str:
    """What a thread's mark of reading is filed under, beside those of channels."""
    return f"{channel} {ts}"


def unread(desk: Desk, user: User) -> list[Json]:
    """The followed threads with replies of others since one has read: channel, ts, unread, called (with one's name)."""
    rows = []
    for channel, ts, replies in followed(desk, user, fresh=True):
        read = desk.reads.get((user.id, key(channel.id, ts)), desk.opened)
        fresh = [channel.messages.by_ts[one] for one in replies if one > read]
        fresh = [row for row in fresh if row.get("user") != user.id]
        called = sum(f"<@{user.id}" in str(row.get("text")) for row in fresh)
        if fresh:
            rows.append({"channel": channel.id, "ts": ts, "unread": len(fresh), "called": called})
    return rows


def threads(desk: Desk, query: Json) -> Json:
    """{user}: the threads a user follows, those with the newest reply first: parent (or null), the last replies, how many are unread."""
    user = desk.user(query)
    fresh = {(row["channel"], row["ts"]): row for row in unread(desk, user)}
    found = sorted(followed(desk, user), key=lambda one: one[2][-1], reverse=True)[:MOST]
    rows = []
    for channel, ts, replies in found:
        show = channel.messages.show
        row: Json = {"channel": channel.id, "ts": ts, "parent": show(ts) if ts in channel.messages.by_ts else None}
        row |= {"count": len(replies), "replies": [show(one) for one in replies[-LAST:]]}
        rows.append({**row, "unread": fresh.get((channel.id, ts), {}).get("unread", 0)})
    return {"threads": rows}


SEES = {"threads": threads}
