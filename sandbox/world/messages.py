"""The messages of one channel: kept once by ts, found quickly by time and by thread, and counted when they are shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from sandbox.spec.types import Json


def stamp(micros: int) -> str:
    """A ts of Slack's form, "10 digits.6 digits", from microseconds since the epoch."""
    return f"{micros // 1_000_000:010d}.{micros % 1_000_000:06d}"


def micros(ts: str) -> int:
    """Microseconds of a ts; what Slack takes for a number ("1700000000", "0") is taken too. ValueError otherwise."""
    whole, _, part = ts.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()):
        raise ValueError(ts)
    return int(whole) * 1_000_000 + int(part[:6].ljust(6, "0") if part else 0)


class Messages:
    """All messages of a channel. The timeline holds what the channel shows; threads hold the replies."""

    def __init__(self) -> None:
        self.by_ts: dict[str, Json] = {}
        self.timeline: list[str] = []
        self.threads: dict[str, list[str]] = {}

    def load(self, messages: Iterable[Json]) -> None:
        """Take a history in bulk; sorts once, so a hundred thousand messages take seconds."""
        for message in messages:
            self._file(message, lambda row, ts: row.append(ts))
        self.timeline.sort()
        for replies in self.threads.values():
            replies.sort()

    def add(self, message: Json) -> None:
        """Take one message, wherever in time it belongs."""
        self._file(message, insort)

    def _file(self, message: Json, put: object) -> None:
        ts = message["ts"]
        if ts in self.by_ts:
            return
        self.by_ts[ts] = message
        thread = message.get("thread_ts")
        if thread and thread != ts:
            put(self.threads.setdefault(thread, []), ts)  # type: ignore[operator]
        if not thread or thread == ts or message.get("subtype") == "thread_broadcast":
            put(self.timeline, ts)  # type: ignore[operator]

    def remove(self, ts: str) -> None:
        """Take a message away for good."""
        message = self.by_ts.pop(ts)
        thread = message.get("thread_ts")
        if thread and thread != ts:
            self.threads[thread].remove(ts)
            if not self.threads[thread]:
                del self.threads[thread]
        if not thread or thread == ts or message.get("subtype") == "thread_broadcast":
            self.timeline.remove(ts)

    def between(self, oldest: str, latest: str | None, *, inclusive: bool) -> tuple[int, int]:
        """Start and end, as indices of the timeline, of what lies between two ts; the ends themselves only when asked for."""
        left, right = (bisect_left, bisect_right) if inclusive else (bisect_right, bisect_left)
        return left(self.timeline, oldest), right(self.timeline, latest) if latest else len(self.timeline)

    def thread_of(self, ts: str) -> str | None:
        """The ts of the parent of the thread that a message is in, when there is one with a message in it."""
        message = self.by_ts.get(ts)
        if message is None:
            return ts if ts in self.threads else None
        return str(message.get("thread_ts") or ts)

    def show(self, ts: str, *, metadata: bool = False) -> Json:
        """A copy of a message as the API hands it out, with the thread's figures counted now."""
        message = dict(self.by_ts[ts])
        if not metadata:
            message.pop("metadata", None)
        for key in ("reply_count", "reply_users", "reply_users_count", "latest_reply", "replies"):
            message.pop(key, None)
        replies = self.threads.get(ts)
        if replies:
            message |= self._figures(ts, replies)
        elif message.get("thread_ts") == ts:
            del message["thread_ts"]
        if message.get("thread_ts") not in (None, ts):
            self._of_reply(message)
        return message

    def _figures(self, ts: str, replies: list[str]) -> Json:
        who = list(dict.fromkeys(_author(self.by_ts[reply]) for reply in replies))
        return {
            "thread_ts": ts,
            "reply_count": len(replies),
            "reply_users_count": len(who),
            "latest_reply": replies[-1],
            "reply_users": who[:5],
            "is_locked": False,
            "subscribed": False,
        }

    def _of_reply(self, message: Json) -> None:
        parent = self.by_ts.get(message["thread_ts"])
        if parent is not None:
            message["parent_user_id"] = _author(parent)
        if message.get("subtype") == "thread_broadcast" and parent is not None:
            message["root"] = self.show(parent["ts"])


def _author(message: Json) -> str:
    return str(message.get("user") or message.get("bot_id") or "USLACKBOT")
