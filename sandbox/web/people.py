"""users.*, usergroups.*, team.info, bots.info, auth.test: who is here, and who is asking."""

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


def profile_get(call: Call) -> Json:
    """users.profile.get."""
    user = call.world.users.get(call.text("user", call.me))
    if user is None:
        raise SlackError("user_not_found")
    return {"profile": users.profile(user, with_email="users:read.email" in call.app.scopes)}


def get_presence(call: Call) -> Json:
    """users.getPresence."""
    return {"presence": "active"}


def usergroups_list(call: Call) -> Json:
    """usergroups.list; only on a paid plan."""
    _paid(call)
    rows = [
        users.group_shape(
            group,
            call.world.team.id,
            with_users=call.flag("include_users"),
            with_count=call.flag("include_count"),
        )
        for group in call.world.groups.values()
        if not group.disabled or call.flag("include_disabled")
    ]
    return {"usergroups": rows}


def usergroups_users_list(call: Call) -> Json:
    """usergroups.users.list."""
    _paid(call)
    group = call.world.groups.get(call.text("usergroup"))
    if group is None or (group.disabled and not call.flag("include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def _paid(call: Call) -> None:
    if call.world.team.plan == "free":
        raise SlackError("plan_upgrade_required")


def team_info(call: Call) -> Json:
    """team.info."""
    team = call.world.team
    if call.text("team") and call.text("team") != team.id:
        raise SlackError("team_not_found")
    url = f"https://{team.domain}.slack.com/"
    icon = {"image_default": True}
    return {
        "team": {"id": team.id, "name": team.name, "domain": team.domain, "url": url, "email_domain": "", "icon": icon}
    }


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


def auth_test(call: Call) -> Json:
    """auth.test."""
    team, app = call.world.team, call.app
    bot = call.world.users[app.bot_user_id]
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": bot.name,
        "team_id": team.id,
        "user_id": bot.id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> Json:
    """auth.revoke."""
    if call.flag("test"):
        return {"revoked": False}
    call.app.revoked = True
    return {"revoked": True}


def api_test(call: Call) -> Json:
    """api.test."""
    if call.text("error"):
        raise SlackError(call.text("error"), args=call.args)
    return {"args": call.args}


def connections_open(call: Call) -> Json:
    """apps.connections.open: an address for one WebSocket connection."""
    ticket = call.world.tickets.socket(call.app.id)
    base = call.world.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={ticket}&app_id={call.app.id}"}


METHODS: dict[str, Handler] = {
    "users.list": users_list,
    "users.info": users_info,
    "users.lookupByEmail": lookup_by_email,
    "users.conversations": users_conversations,
    "users.profile.get": profile_get,
    "users.getPresence": get_presence,
    "usergroups.list": usergroups_list,
    "usergroups.users.list": usergroups_users_list,
    "team.info": team_info,
    "bots.info": bots_info,
    "auth.test": auth_test,
    "auth.revoke": auth_revoke,
    "api.test": api_test,
    "apps.connections.open": connections_open,
}
