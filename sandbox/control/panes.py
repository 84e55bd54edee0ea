"""What a page needs that a script does not: a stretch of a long channel, one thread, unread marks, the newest of the logs."""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right

from sandbox.control import threads
from sandbox.control.desk import Desk
from sandbox.spec.types import Json, Refusal
from sandbox.world import access, channels, files, users
from sandbox.world.channels import Channel
from sandbox.world.users import User

MOST = 400
MOST_UNREAD = 99


def workspace(desk: Desk, query: Json) -> Json:
    """{user}: the frame of a page: team, people, apps (without secrets) and the conversations of that user with unread marks."""
    user, world = desk.user(query), desk.world
    people = [_person(desk, one) for one in world.users.values()]
    groups = [users.group_shape(g, world.team.id, with_users=True, with_count=True) for g in world.groups.values()]
    rows = [_conversation(desk, user, one) for one in world.channels.values() if access.sees(user, one)]
    team = {"id": world.team.id, "name": world.team.name, "domain": world.team.domain}
    about = {"now": world.clock.now(), "manual": world.clock.manual, "url": world.base_url}
    return {
        "team": team,
        "me": user.id,
        "users": people,
        "usergroups": groups,
        "apps": _apps(desk),
        "channels": rows,
        "threads": threads.unread(desk, user),
        **about,
    }


def _person(desk: Desk, user: User) -> Json:
    row: Json = {"id": user.id, "name": user.name, "shown": user.shown, "real_name": user.real_name, "tz": user.tz}
    row |= {"title": user.title, "email": user.email, "app_id": user.app_id}
    flags = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    return row | {flag: True for flag in flags if getattr(user, flag)}


def _apps(desk: Desk) -> list[Json]:
    rows = []
    for app in desk.world.apps:
        row: Json = {"id": app.id, "name": app.name, "bot_user_id": app.bot_user_id, "bot_id": app.bot_id}
        row |= {"commands": app.commands, "shortcuts": app.shortcuts, "home_tab": app.home_tab}
        row |= {"messages_tab": app.messages_tab, "revoked": app.revoked, "delivers": _way(desk, app.id)}
        rows.append(row)
    return rows


def _way(desk: Desk, app_id: str) -> str:
    app = desk.app({"app": app_id})
    if not app.socket_mode:
        return "http"
    return "socket" if desk.hub.of(app_id) else "nobody"


def _conversation(desk: Desk, user: User, channel: Channel) -> Json:
    row = channels.shape(channel, desk.world.team.id, user.id)
    more = {"members": channel.members, "pins": channel.pins, "bookmarks": channel.bookmarks}
    return {**row, **more, "kind": channel.kind, "name": channel.name, **_unread(desk, user, channel)}


def _unread(desk: Desk, user: User, channel: Channel) -> Json:
    line = channel.messages.timeline
    read = desk.reads.get((user.id, channel.id), desk.opened)
    fresh = [channel.messages.by_ts[ts] for ts in line[bisect_right(line, read) :][-MOST_UNREAD:]]
    fresh = [message for message in fresh if message.get("user") != user.id]
    called = fresh if channel.direct else [m for m in fresh if f"<@{user.id}" in str(m.get("text"))]
    return {"latest": line[-1] if line else None, "read": read, "unread": len(fresh), "called": len(called)}


def window(desk: Desk, query: Json) -> Json:
    """{user, channel, around? | before? | after?, limit?}: a stretch of a channel, oldest first; the newest when nothing is said."""
    user = desk.user(query)
    channel = _seen(desk, query, user)
    line = channel.messages.timeline
    first, last = _stretch(line, query, max(1, min(MOST, int(query.get("limit") or 100))))
    rows = [channel.messages.show(ts) for ts in line[first:last]]
    start, end = (line[first] if first else ""), (line[last] if last < len(line) else "~")
    own = [m for m in channel.ephemerals if m["to"] == user.id and not m.get("thread_ts") and start <= m["ts"] < end]
    rows = sorted([*rows, *own], key=lambda m: str(m["ts"]))
    return {"channel": channel.id, "messages": rows, "more_before": first > 0, "more_after": last < len(line)}


def _stretch(line: list[str], query: Json, limit: int) -> tuple[int, int]:
    if query.get("before"):
        end = bisect_left(line, str(query["before"]))
        return max(0, end - limit), end
    if query.get("after"):
        start = bisect_right(line, str(query["after"]))
        return start, min(len(line), start + limit)
    if query.get("around"):
        middle = bisect_left(line, str(query["around"]))
        return max(0, middle - limit // 2), min(len(line), middle + limit // 2)
    return max(0, len(line) - limit), len(line)


def _seen(desk: Desk, query: Json, user: User) -> Channel:
    channel = desk.channel(query, user)
    if not access.sees(user, channel):
        raise Refusal(f"{user.name} cannot see that conversation")
    return channel


def thread(desk: Desk, query: Json) -> Json:
    """{user, channel, ts}: the parent (null when it is gone), its replies, what was whispered there, and how far the user has read."""
    user = desk.user(query)
    channel, ts = _seen(desk, query, user), str(query.get("ts"))
    parent = channel.messages.show(ts) if ts in channel.messages.by_ts else None
    rows = [channel.messages.show(one) for one in channel.messages.threads.get(ts, [])]
    rows += [m for m in channel.ephemerals if m["to"] == user.id and m.get("thread_ts") == ts]
    read = desk.reads.get((user.id, threads.key(channel.id, ts)), desk.opened)
    return {"channel": channel.id, "parent": parent, "read": read, "messages": sorted(rows, key=lambda m: str(m["ts"]))}


def message(desk: Desk, query: Json) -> Json:
    """{user, channel, ts}: one message, or null; with its thread's ts for a reply."""
    channel = _seen(desk, query, desk.user(query))
    ts = str(query.get("ts"))
    return {"message": channel.messages.show(ts) if ts in channel.messages.by_ts else None}


def log(desk: Desk, query: Json) -> Json:
    """{limit?}: the newest calls, deliveries and violations; `n` is the place of each in its own log."""
    limit = int(query.get("limit") or MOST)

    def newest(rows: list[Json]) -> list[Json]:
        start = max(0, len(rows) - limit)
        return [{**row, "n": start + place} for place, row in enumerate(rows[start:])]

    traffic, sent = desk.api.traffic, desk.delivery.log
    calls = [{**row, "answer": traffic.answer(row["n"])} for row in newest(traffic.calls)]
    return {"calls": calls, "deliveries": newest(sent), "violations": newest(desk.world.violations)}


def read(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, thread?}: the user has read up to there; an older ts marks what came later as unread."""
    user = desk.user(body)
    channel = _seen(desk, body, user)
    place = threads.key(channel.id, str(body["thread"])) if body.get("thread") else channel.id
    desk.reads[(user.id, place)] = str(body["ts"])
    desk.world.announce(
        {"type": "sandbox.read", "user": user.id, "channel": channel.id, **_unread(desk, user, channel)}
    )
    return {}


def dismiss(desk: Desk, body: Json) -> Json:
    """{user, channel, ts}: takes a message away that only this user sees."""
    user = desk.user(body)
    channel, ts = desk.channel(body, user), str(body.get("ts"))
    kept = [m for m in channel.ephemerals if m["ts"] != ts or m["to"] != user.id]
    if len(kept) == len(channel.ephemerals):
        raise Refusal(f"{user.name} has no such message")
    channel.ephemerals = kept
    desk.world.announce({"type": "sandbox.ephemeral_gone", "channel": channel.id, "ts": ts}, channel)
    return {}


def upload(desk: Desk, body: Json) -> Json:
    """{user, name, base64}: a file that is shared nowhere yet, for a file_input."""
    raw = base64.b64decode(str(body["base64"]))
    return {"file": files.make(desk.world, str(body["name"]), raw, desk.user(body).id)}


def direct(desk: Desk, body: Json) -> Json:
    """{user, with}: the direct conversation of two, made when there is none yet."""
    both = dict.fromkeys((desk.user(body).id, desk.user(body, "with").id))
    return {"channel": desk.world.direct(list(both)).id}


SEES = {
    "workspace": workspace,
    "window": window,
    "thread": thread,
    "message": message,
    "log": log,
    **threads.SEES,
}
ACTS = {"read": read, "dismiss": dismiss, "upload": upload, "direct": direct}
