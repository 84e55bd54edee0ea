"""What a person sees, and what the sandbox noted: messages with the whispered ones, forms, files, calls, envelopes, violations."""

from __future__ import annotations

import base64

from sandbox.control import modals
from sandbox.control.desk import Desk
from sandbox.spec.types import Json, Refusal
from sandbox.world import access, channels, users


def messages(desk: Desk, query: Json) -> Json:
    """{channel, user?, thread?}: every message oldest first, replies and ephemeral ones (of that user, or all) among them."""
    user = desk.user(query) if query.get("user") else None
    channel = desk.channel(query, user)
    book, thread = channel.messages, str(query.get("thread") or "")
    wanted = [ts for ts in (thread, *book.threads.get(thread, [])) if ts in book.by_ts] if thread else book.by_ts
    rows = [book.show(ts, metadata=True) for ts in wanted]
    rows += [m for m in channel.ephemerals if user is None or m["to"] == user.id]
    if thread:
        rows = [m for m in rows if m["ts"] == thread or m.get("thread_ts") == thread]
    return {"channel": channel.id, "messages": sorted(rows, key=lambda m: str(m["ts"]))}


def dms(desk: Desk, query: Json) -> Json:
    """{user, app?}: the direct messages between a user and the app's bot."""
    user, app = desk.user(query), desk.app(query)
    return messages(desk, {"channel": desk.world.direct([user.id, app.bot_user_id]).id, "user": user.id})


def stack(desk: Desk, query: Json) -> Json:
    """{user}: the modals in front of a user, the topmost last."""
    return {"views": [modals.shown(desk, view) for view in desk.world.views.stack(desk.user(query).id)]}


def home(desk: Desk, query: Json) -> Json:
    """{user, app?}: the published Home tab, or null."""
    key = desk.world.views.homes.get((desk.app(query).id, desk.user(query).id))
    return {"view": modals.shown(desk, desk.world.views.all[key]) if key else None}


def everywhere(desk: Desk, query: Json) -> Json:
    """{user?}: the channels, all of them or those a user can see; with members, pins and bookmarks."""
    user = desk.user(query) if query.get("user") else None
    rows = []
    for channel in desk.world.channels.values():
        if user is None or access.sees(user, channel):
            row = channels.shape(channel, desk.world.team.id, user.id if user else "")
            more = {"members": channel.members, "pins": channel.pins, "bookmarks": channel.bookmarks}
            rows.append({**row, **more, "kind": channel.kind, "name": channel.name})
    return {"channels": rows}


def people(desk: Desk, query: Json) -> Json:
    """Everybody, and the user groups."""
    now, team = desk.world.clock.now(), desk.world.team.id
    groups = [users.group_shape(g, team, with_users=True, with_count=True) for g in desk.world.groups.values()]
    shown = [users.shape(user, now, with_email=True) for user in desk.world.users.values()]
    return {"users": shown, "usergroups": groups}


def apps(desk: Desk, query: Json) -> Json:
    """The installed apps with their tokens and what they offer."""
    rows = []
    for app in desk.world.apps:
        tokens = {"bot_token": app.bot_token, "app_token": app.app_token, "signing_secret": app.signing_secret}
        tokens |= {"client_id": app.client_id, "client_secret": app.client_secret}
        row = {"id": app.id, "name": app.name, "bot_user_id": app.bot_user_id, "bot_id": app.bot_id, **tokens}
        offers = {"commands": app.commands, "shortcuts": app.shortcuts, "home_tab": app.home_tab}
        rows.append({**row, **offers, "sockets": len(desk.hub.of(app.id)), "deliver_url": app.deliver_url})
    return {"apps": rows}


def files(desk: Desk, query: Json) -> Json:
    """{id?}: every file that was shared or uploaded; with an id that one with its content."""
    wanted = query.get("id")
    if not wanted:
        return {"files": list(desk.world.files.values())}
    file = desk.world.files.get(str(wanted))
    if file is None or wanted not in desk.world.contents:
        raise Refusal(f"no file {wanted!r}")
    raw = desk.world.contents[str(wanted)]
    return {"file": file, "text": raw.decode("utf-8", "replace"), "base64": base64.b64encode(raw).decode()}


def calls(desk: Desk, query: Json) -> Json:
    """{method?, since?}: the log of Web API calls, without tokens; `since` is how many the reader has already."""
    rows = desk.api.traffic.calls[int(query.get("since") or 0) :]
    if query.get("method"):
        rows = [row for row in rows if row["method"] == query["method"]]
    return {"calls": rows, "count": len(desk.api.traffic.calls)}


def deliveries(desk: Desk, query: Json) -> Json:
    """{kind?, type?}: what was sent to apps, with what came of it."""
    rows = desk.delivery.log
    for key in ("kind", "type"):
        if query.get(key):
            rows = [row for row in rows if row[key] == query[key]]
    return {"deliveries": rows, "dropped": len(desk.events.dropped), "waiting": desk.events.waiting()}


def violations(desk: Desk, query: Json) -> Json:
    """What an app did that Slack would ignore or that is a mistake; and anything the sandbox holds against itself."""
    return {"violations": desk.world.violations}


def now(desk: Desk, query: Json) -> Json:
    """The clock, the rules, the modes, the connections."""
    rules = desk.world.rules
    return {
        "now": desk.world.clock.now(),
        "manual": desk.world.clock.manual,
        "rules": {name: getattr(rules, name) for name in rules.__dataclass_fields__},
        "modes": {name: getattr(desk.events.modes, name) for name in desk.events.modes.__dataclass_fields__},
        "connections": len(desk.hub.connections),
    }


SEES = {
    "messages": messages,
    "dms": dms,
    "modals": stack,
    "home": home,
    "channels": everywhere,
    "people": people,
    "apps": apps,
    "files": files,
    "calls": calls,
    "deliveries": deliveries,
    "violations": violations,
    "state": now,
}
