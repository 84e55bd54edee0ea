"""conversations.*: which there are, who is in them, and the ways in and out."""

from __future__ import annotations

from sandbox.spec import events
from sandbox.spec.types import Json, SlackError
from sandbox.web import cursors
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import access, channels, posting, rooms
from sandbox.world.channels import Channel
from sandbox.world.users import User

_KINDS = {"public_channel": "public", "private_channel": "private", "mpim": "mpim", "im": "im"}


def shown(call: Call, channel: Channel) -> Json:
    """The channel object as the bot gets it."""
    return channels.shape(channel, call.world.team.id, call.me)


def wanted_kinds(call: Call) -> set[str]:
    """The kinds of the argument `types`. SlackError invalid_types, missing_scope."""
    names = [name.strip() for name in call.text("types", "public_channel").split(",") if name.strip()]
    if not set(names) <= set(_KINDS):
        raise SlackError("invalid_types")
    for name in names:
        call.need_scope(events.READ[_KINDS[name]])
    return {_KINDS[name] for name in names}


def limit(call: Call, default: int = 100, most: int = 1000) -> int:
    """The page size. SlackError invalid_limit."""
    given = call.number("limit", default, "invalid_limit")
    if given < 0:
        raise SlackError("invalid_limit")
    return min(given or default, most)


def info(call: Call) -> Json:
    """conversations.info."""
    channel = call.channel()
    call.need_scope(events.READ[channel.kind])
    body = shown(call, channel)
    if call.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    return {"channel": body}


def list_all(call: Call) -> Json:
    """conversations.list."""
    kinds = wanted_kinds(call)
    found = [
        c
        for c in call.world.channels.values()
        if c.kind in kinds and (c.kind == "public" or call.me in c.members)
        if not (call.flag("exclude_archived") and c.archived)
    ]
    rows, meta = cursors.page(found, "channels", call.text("cursor"), limit(call))
    return {"channels": [{**shown(call, c), "num_members": len(c.members)} for c in rows], **meta}


def members(call: Call) -> Json:
    """conversations.members."""
    channel = call.channel()
    call.need_scope(events.READ[channel.kind])
    rows, meta = cursors.page(channel.members, "members", call.text("cursor"), limit(call))
    return {"members": rows, **meta}


def open_direct(call: Call) -> Json:
    """conversations.open."""
    if call.text("channel"):
        channel = call.channel()
        if not channel.direct:
            raise SlackError("method_not_supported_for_channel_type")
        channel.closed = False
        return {"channel": shown(call, channel) if call.flag("return_im") else {"id": channel.id}}
    names = [name.strip() for name in call.text("users").split(",") if name.strip()]
    if not names:
        raise SlackError("users_list_not_supplied")
    if len(names) > 8:
        raise SlackError("too_many_users")
    call.need_scope("im:write" if len(names) == 1 else "mpim:write")
    for name in names:
        user = call.world.users.get(name)
        if user is None:
            raise SlackError("user_not_found")
        if user.deleted:
            raise SlackError("user_disabled")
    before = set(call.world.channels)
    everybody = list(dict.fromkeys([call.me, *names]))
    if call.flag("prevent_creation") and call.world.has_direct(everybody) is None:
        raise SlackError("channel_not_found")
    channel = call.world.direct(everybody)
    channel.closed = False
    already = {} if channel.id not in before else {"no_op": True, "already_open": True}
    return {**already, "channel": shown(call, channel) if call.flag("return_im") else {"id": channel.id}}


def join(call: Call) -> Json:
    """conversations.join: public channels only."""
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.me in channel.members:
        call.warnings.append("already_in_channel")
    else:
        posting.join(call.world, channel, call.me)
    return {"channel": shown(call, channel)}


def invite(call: Call) -> Json:
    """conversations.invite."""
    channel = call.joined()
    if channel.direct:
        raise SlackError("method_not_supported_for_channel_type")
    invites = "channels:write.invites" if channel.kind == "public" else "groups:write.invites"
    call.need_scope(*events.MANAGE[channel.kind], invites)
    if channel.archived:
        raise SlackError("is_archived")
    names = [name.strip() for name in call.text("users").split(",") if name.strip()]
    wrong = _uninvitable(call, channel, names)
    if wrong and not call.flag("force"):
        raise SlackError(wrong[0]["error"], errors=wrong)
    for name in names:
        if not any(row["user"] == name for row in wrong):
            posting.join(call.world, channel, name, inviter=call.me)
    return {"channel": shown(call, channel)}


def _uninvitable(call: Call, channel: Channel, names: list[str]) -> list[Json]:
    wrong = []
    for name in names:
        user = call.world.users.get(name)
        error = (
            "user_not_found"
            if user is None or user.deleted
            else "cant_invite_self"
            if name == call.me
            else "already_in_channel"
            if name in channel.members
            else _kept_out(call, user, channel)
        )
        if error:
            wrong.append({"user": name, "ok": False, "error": error})
    return wrong


def _kept_out(call: Call, user: User, channel: Channel) -> str | None:
    """What Slack says of guests of one channel, and of people of another workspace where nothing is shared."""
    if access.elsewhere(call.world, user):
        return "ura_max_channels"
    return "no_external_invite_permission" if user.is_stranger and not channel.ext_shared else None


def leave(call: Call) -> Json:
    """conversations.leave."""
    channel = call.channel()
    if channel.direct:
        raise SlackError("method_not_supported_for_channel_type")
    call.need_scope(*events.MANAGE[channel.kind])
    if channel.archived:
        raise SlackError("is_archived")
    if call.me not in channel.members:
        return {"not_in_channel": True}
    if channel.general:
        raise SlackError("cant_leave_general")
    if channel.kind == "private" and len(channel.members) == 1:
        raise SlackError("last_member")
    posting.leave(call.world, channel, call.me)
    return {}


def create(call: Call) -> Json:
    """conversations.create."""
    private = call.flag("is_private")
    call.need_scope(*events.MANAGE["private" if private else "public"])
    channel = rooms.create(call.world, new_name(call), call.me, private=private)
    return {"channel": shown(call, channel)}


def new_name(call: Call) -> str:
    """The argument `name` as a channel may be called. SlackError invalid_name_…, name_taken."""
    name = call.text("name")
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > channels.LONGEST_NAME:
        raise SlackError("invalid_name_maxlength")
    if not channels.is_name(name):
        raise SlackError("invalid_name_specials")
    if call.world.channel(name):
        raise SlackError("name_taken")
    return name


def _set(call: Call, what: str) -> Json:
    channel = call.joined()
    call.need_scope(*events.MANAGE[channel.kind], events.TOPIC[channel.kind])
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    value = call.text(what)
    if len(value) > 250:
        raise SlackError("too_long")
    row = {"value": value, "creator": call.me, "last_set": int(call.world.clock.now())}
    setattr(channel, what, row)
    text = f"<@{call.me}> set the channel {what}: {value}"
    posting.post(call.world, channel, {"subtype": f"channel_{what}", "user": call.me, "text": text, what: value})
    return {"channel": shown(call, channel)}


def set_topic(call: Call) -> Json:
    """conversations.setTopic."""
    return _set(call, "topic")


def set_purpose(call: Call) -> Json:
    """conversations.setPurpose."""
    return _set(call, "purpose")


METHODS: dict[str, Handler] = {
    "conversations.info": info,
    "conversations.list": list_all,
    "conversations.members": members,
    "conversations.open": open_direct,
    "conversations.join": join,
    "conversations.invite": invite,
    "conversations.leave": leave,
    "conversations.create": create,
    "conversations.setTopic": set_topic,
    "conversations.setPurpose": set_purpose,
}
