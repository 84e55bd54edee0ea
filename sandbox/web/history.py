"""conversations.history and conversations.replies: newest first here, oldest first there, in pages that stay put."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from sandbox.spec.types import Json, SlackError
from sandbox.web import cursors
from sandbox.web.api import Handler
from sandbox.web.call import Call

NARROW_LIMIT = 15


def _limit(call: Call, default: int, most: int) -> int:
    if call.world.rules.profile == "non-marketplace":
        default = most = NARROW_LIMIT
    limit = call.number("limit", default)
    limit = default if limit <= 0 else min(limit, most)
    if call.world.rules.short_pages and limit > 1:
        limit = call.world.rng.randint(max(1, limit // 2), limit)
    return limit


def history(call: Call) -> Json:
    """conversations.history."""
    channel = call.channel()
    call.history_scope(channel)
    if call.me not in channel.members:
        raise SlackError("not_in_channel")
    limit = _limit(call, 100, 999)
    book = channel.messages
    oldest = call.ts("oldest", "invalid_ts_oldest") or ""
    latest = call.ts("latest", "invalid_ts_latest")
    start, end = book.between(oldest, latest, inclusive=call.flag("inclusive"))
    before = cursors.decode("next_ts", call.text("cursor"))
    if before is not None:
        end = min(end, bisect_left(book.timeline, before))
    first = max(start, end - limit)
    chosen = book.timeline[first:end][::-1]
    more = first > start
    answer: Json = {
        "messages": [book.show(ts, metadata=call.flag("include_all_metadata")) for ts in chosen],
        "has_more": more,
        "pin_count": len(channel.pins),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    answer["response_metadata"] = {"next_cursor": cursors.encode("next_ts", chosen[-1]) if more else ""}
    return answer


def replies(call: Call) -> Json:
    """conversations.replies: the parent, then its replies; a reply's ts finds its thread too."""
    channel = call.channel()
    call.history_scope(channel)
    if call.me not in channel.members:
        raise SlackError("not_in_channel")
    book = channel.messages
    given = call.ts("ts", "thread_not_found") or ""
    parent = _parent(call, given)
    limit = _limit(call, 1000, 1000)
    everything = book.threads.get(parent, [])
    oldest, latest = call.ts("oldest", "invalid_ts_oldest") or "", call.ts("latest", "invalid_ts_latest")
    inclusive = call.flag("inclusive")
    start = (bisect_left if inclusive else bisect_right)(everything, oldest)
    end = (bisect_right if inclusive else bisect_left)(everything, latest) if latest else len(everything)
    after = cursors.decode("next_reply", call.text("cursor"))
    if after is not None:
        start = max(start, bisect_right(everything, after))
    chosen = everything[start : min(end, start + max(1, limit - 1))]
    more = start + len(chosen) < end
    with_parent = [parent] if parent in book.by_ts else []
    metadata = call.flag("include_all_metadata")
    return {
        "messages": [book.show(ts, metadata=metadata) for ts in [*with_parent, *chosen]],
        "has_more": more,
        "response_metadata": {"next_cursor": cursors.encode("next_reply", chosen[-1]) if more else ""},
    }


def _parent(call: Call, ts: str) -> str:
    book = call.world.channels[call.text("channel")].messages
    message = book.by_ts.get(ts)
    parent = book.thread_of(ts)
    if parent is None or (message is not None and message.get("subtype") in ("channel_join", "channel_leave")):
        raise SlackError("thread_not_found")
    return parent


METHODS: dict[str, Handler] = {"conversations.history": history, "conversations.replies": replies}
