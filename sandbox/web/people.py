"""users.* and bots.info: who is here."""

from __future__ import annotations

from sandbox.spec.types import Json, SlackError
from sandbox.web import conversations, cursors
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import users
from sandbox.world.users import User


def _shape(call: Call, user: User) -> Json:
    with_email = "users:read.email" in call.app.scopes
    now = call.world.clock.now()
    return users.shape(user, now, with_email=with_email, with_locale=call.flag("include_locale"))


def users_list(call: Call) -> Json:
    """users.list."""
    everyone = list(call.world.users.values())
    size = conversations.limit(call, default=len(everyone) or 1, most=max(1000, len(everyone)))
    rows, meta = cursors.page(everyone, "users", call.text("cursor"), size)
    return {"members": [_shape(call, user) for user in rows], "cache_ts": int(call.world.clock.now()), **meta}


def users_info(call: Call) -> Json:
    """users.info; a stranger whom the bot shares no channel with is not visible."""
    user = call.world.users.get(call.text("user"))
    if user is None:
        raise SlackError("user_not_found")
    together = any(user.id in c.members and call.me in c.members for c in call.world.channels.values())
    if user.is_stranger and not together:
        raise SlackError("user_not_visible")
    return {"user": _shape(call, user)}


def lookup_by_email(call: Call) -> Json:
    """users.lookupByEmail; deactivated people and strangers are not found."""
    wanted = call.text("email").lower()
    for user in call.world.users.values():
        if user.email and user.email.lower() == wanted and not (user.deleted or user.is_stranger or user.is_bot):
            return {"user": _shape(call, user)}
    raise SlackError("users_not_found")


def users_conversations(call: Call) -> Json:
    """users.conversations."""
    kinds = conversations.wanted_kinds(call)
    who = call.text("user", call.me)
    found = [
        c
        for c in call.world.channels.values()
        if c.kind in kinds and who in c.members and (c.kind == "public" or call.me in c.members)
        if not (call.flag("exclude_archived") and c.archived)
    ]
    rows, meta = cursors.page(found, "mine", call.text("cursor"), conversations.limit(call))
    return {"channels": [conversations.shown(call, c) for c in rows], **meta}


def bots_info(call: Call) -> Json:
    """bots.info."""
    wanted = call.text("bot", call.app.bot_id)
    app = call.world.app_of(bot_id=wanted)
    if app is not None:
        row = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user_id, "name": app.name}
        return {"bot": {**row, "deleted": False, "updated": 0, "icons": {}}}
    user = next((u for u in call.world.users.values() if u.bot_id == wanted), None)
    if user is None:
        raise SlackError("bot_not_found")
    row = {"id": wanted, "app_id": user.app_id or "", "user_id": user.id, "name": user.real_name}
    return {"bot": {**row, "deleted": user.deleted, "updated": 0, "icons": {}}}


METHODS: dict[str, Handler] = {
    "users.list": users_list,
    "users.info": users_info,
    "users.lookupByEmail": lookup_by_email,
    "users.conversations": users_conversations,
    "bots.info": bots_info,
}
