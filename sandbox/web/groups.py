"""usergroups.*: the groups that a mention can call; a free plan has none."""

from __future__ import annotations

import re

from sandbox.spec.types import Json, SlackError
from sandbox.web.api import Handler
from sandbox.web.call import Call, wrong
from sandbox.world import users
from sandbox.world.users import Group

LONGEST = {"name": 255, "description": 140, "handle": 21}


def _paid(call: Call) -> None:
    if call.world.team.plan == "free":
        raise SlackError(call.listed("plan_upgrade_required", "paid_teams_only"))


def _shown(call: Call, group: Group, *, with_users: bool = True) -> Json:
    count = call.flag("include_count")
    return users.group_shape(group, call.world.team.id, with_users=with_users, with_count=count)


def _group(call: Call, *, disabled: bool = True) -> Group:
    _paid(call)
    group = call.world.groups.get(call.text("usergroup"))
    if group is None or (group.disabled and not disabled):
        raise SlackError("no_such_subteam")
    return group


def _tell(call: Call, kind: str, group: Group) -> None:
    shown = users.group_shape(group, call.world.team.id, with_users=True, with_count=True)
    call.world.announce({"type": kind, "subteam": shown, "event_ts": call.world.new_ts()})


def list_all(call: Call) -> Json:
    """usergroups.list."""
    _paid(call)
    disabled, with_users = call.flag("include_disabled"), call.flag("include_users")
    found = [group for group in call.world.groups.values() if disabled or not group.disabled]
    return {"usergroups": [_shown(call, group, with_users=with_users) for group in found]}


def users_list(call: Call) -> Json:
    """usergroups.users.list."""
    return {"users": list(_group(call, disabled=call.flag("include_disabled")).users)}


def _named(call: Call, group: Group | None) -> Json:
    """name, handle and description that were given. SlackError name_too_long, bad_handle, handle_already_exists and so on."""
    given = {key: call.text(key) for key in ("name", "handle", "description") if call.text(key)}
    if len(given.get("name", "")) > LONGEST["name"]:
        raise wrong(call.listed("name_too_long"), "name", "must be less than 256 characters")
    if len(given.get("description", "")) > LONGEST["description"]:
        raise wrong(call.listed("description_too_long"), "description", "must be less than 141 characters")
    if "handle" in given:
        given["handle"] = given["handle"].removeprefix("@")
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,20}", given["handle"]):
            raise wrong(call.listed("bad_handle"), "handle", "does not match the required format")
    for other in call.world.groups.values():
        if other is not group and other.handle == given.get("handle"):
            raise wrong(call.listed("handle_already_exists"), "handle", "is taken already")
        if other is not group and other.name == given.get("name"):
            raise wrong(call.listed("name_already_exists"), "name", "is taken already")
    if "handle" in given and call.world.user(given["handle"]):
        raise wrong(call.listed("handle_already_exists"), "handle", "is taken already")
    return given


def create(call: Call) -> Json:
    """usergroups.create."""
    _paid(call)
    given = _named(call, None)
    handle = given.get("handle") or re.sub(r"[^a-z0-9]+", "-", given["name"].lower()).strip("-")[:21]
    key = call.world.ids.new("S")
    group = Group(key, handle, given["name"], [], given.get("description", ""))
    call.world.groups[key] = group
    _tell(call, "subteam_created", group)
    return {"usergroup": _shown(call, group)}


def update(call: Call) -> Json:
    """usergroups.update."""
    group = _group(call)
    for key, value in _named(call, group).items():
        setattr(group, key, value)
    _tell(call, "subteam_updated", group)
    return {"usergroup": _shown(call, group)}


def _switch(call: Call, *, disabled: bool) -> Json:
    group = _group(call)
    group.disabled = disabled
    _tell(call, "subteam_updated", group)
    return {"usergroup": _shown(call, group)}


def disable(call: Call) -> Json:
    """usergroups.disable."""
    return _switch(call, disabled=True)


def enable(call: Call) -> Json:
    """usergroups.enable."""
    return _switch(call, disabled=False)


def users_update(call: Call) -> Json:
    """usergroups.users.update: the whole list anew."""
    group = _group(call)
    names = list(dict.fromkeys(name.strip() for name in call.text("users").split(",") if name.strip()))
    if not names:
        raise SlackError("no_users_provided")
    people = [call.world.users.get(name) for name in names]
    if any(user is None or user.deleted or user.is_bot for user in people):
        raise SlackError("invalid_users")
    before, group.users = group.users, names
    added, gone = [n for n in names if n not in before], [n for n in before if n not in names]
    now = int(call.world.clock.now())
    event: Json = {"type": "subteam_members_changed", "subteam_id": group.id, "team_id": call.world.team.id}
    event |= {"date_previous_update": now, "date_update": now, "event_ts": call.world.new_ts()}
    event |= {"added_users": added, "added_users_count": len(added)}
    call.world.announce({**event, "removed_users": gone, "removed_users_count": len(gone)})
    _tell(call, "subteam_updated", group)
    return {"usergroup": _shown(call, group)}


METHODS: dict[str, Handler] = {
    "usergroups.list": list_all,
    "usergroups.create": create,
    "usergroups.update": update,
    "usergroups.disable": disable,
    "usergroups.enable": enable,
    "usergroups.users.list": users_list,
    "usergroups.users.update": users_update,
}
