"""users.profile.*, presence, do-not-disturb, team.*, emoji.list: what there is to know about people and their workspace."""

from __future__ import annotations

from sandbox.spec.types import Json, SlackError
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import users
from sandbox.world.users import User


def _user(call: Call) -> User:
    user = call.world.users.get(call.text("user", call.me))
    if user is None:
        raise SlackError("user_not_found")
    return user


def profile_get(call: Call) -> Json:
    """users.profile.get."""
    return {"profile": users.profile(_user(call), with_email="users:read.email" in call.app.scopes)}


def get_presence(call: Call) -> Json:
    """users.getPresence: of oneself with a little more."""
    user = _user(call)
    away = user.away or user.deleted
    shown: Json = {"presence": "away" if away else "active"}
    if user.id == call.me:
        shown |= {"online": True, "auto_away": False, "manual_away": user.away, "connection_count": 1}
    return shown


def set_presence(call: Call) -> Json:
    """users.setPresence: of the bot."""
    call.world.users[call.me].away = call.text("presence") == "away"
    return {}


def set_active(call: Call) -> Json:
    """users.setActive: Slack takes it and does nothing."""
    return {}


def _quiet() -> Json:
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def dnd_info(call: Call) -> Json:
    """dnd.info: nobody here is ever disturbed."""
    _user(call)
    return {**_quiet(), "snooze_enabled": False}


def dnd_team_info(call: Call) -> Json:
    """dnd.teamInfo."""
    names = [name.strip() for name in call.text("users").split(",") if name.strip()]
    if len(names) > 50:
        raise SlackError("too_many_users")
    return {"users": {name: _quiet() for name in names if name in call.world.users}}


def team_info(call: Call) -> Json:
    """team.info."""
    team = call.world.team
    if call.text("team") and call.text("team") != team.id:
        raise SlackError("team_not_found")
    shown: Json = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}
    return {"team": {**shown, "url": f"https://{team.domain}.slack.com/", "icon": {"image_default": True}}}


def team_profile_get(call: Call) -> Json:
    """team.profile.get: no fields of its own."""
    return {"profile": {"fields": [], "sections": []}}


def emoji_list(call: Call) -> Json:
    """emoji.list: those that the workspace file names."""
    categories: Json = {"categories": []} if call.flag("include_categories") else {}
    return {"emoji": dict(call.world.emoji), "cache_ts": int(call.world.clock.now()), **categories}


METHODS: dict[str, Handler] = {
    "users.profile.get": profile_get,
    "users.getPresence": get_presence,
    "users.setPresence": set_presence,
    "users.setActive": set_active,
    "dnd.info": dnd_info,
    "dnd.teamInfo": dnd_team_info,
    "team.info": team_info,
    "team.profile.get": team_profile_get,
    "emoji.list": emoji_list,
}
