"""conversations.archive, rename, kick and the like: what a bot may do to a channel as a whole, and to who is in it."""

from __future__ import annotations

from sandbox.spec import events
from sandbox.spec.types import Json, SlackError
from sandbox.web import conversations
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import posting, rooms
from sandbox.world.channels import Channel


def _channel(call: Call, *, joined: bool = True) -> Channel:
    """A channel with a name that the bot holds the scope for. SlackError method_not_supported_for_channel_type and so on."""
    channel = call.channel()
    if channel.direct:
        raise SlackError("method_not_supported_for_channel_type")
    call.need_scope(*events.MANAGE[channel.kind])
    if joined and call.me not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def archive(call: Call) -> Json:
    """conversations.archive."""
    channel = _channel(call)
    if channel.general:
        raise SlackError("cant_archive_general")
    if channel.archived:
        raise SlackError("already_archived")
    rooms.archive(call.world, channel, call.me)
    return {}


def unarchive(call: Call) -> Json:
    """conversations.unarchive."""
    channel = _channel(call, joined=False)
    if not channel.archived:
        raise SlackError("not_archived")
    rooms.unarchive(call.world, channel, call.me)
    return {}


def rename(call: Call) -> Json:
    """conversations.rename: by whom the channel was made."""
    channel = _channel(call)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.creator != call.me:
        raise SlackError("not_authorized")
    rooms.rename(call.world, channel, conversations.new_name(call), call.me)
    return {"channel": conversations.shown(call, channel)}


def kick(call: Call) -> Json:
    """conversations.kick."""
    channel = _channel(call)
    user = call.world.users.get(call.text("user"))
    if user is None:
        raise SlackError("user_not_found")
    if user.id == call.me:
        raise SlackError("cant_kick_self")
    if channel.general:
        raise SlackError("cant_kick_from_general")
    if user.id not in channel.members:
        raise SlackError("not_in_channel")
    posting.leave(call.world, channel, user.id, actor=call.me)
    return {}


def close(call: Call) -> Json:
    """conversations.close: a direct conversation is put out of sight until somebody writes or opens it."""
    channel = call.channel()
    if not channel.direct:
        raise SlackError("method_not_supported_for_channel_type")
    call.need_scope(*events.MANAGE[channel.kind])
    if channel.closed:
        return {"no_op": True, "already_closed": True}
    channel.closed = True
    return {}


def mark(call: Call) -> Json:
    """conversations.mark: how far the bot has read."""
    channel = call.joined()
    call.need_scope(*events.MANAGE[channel.kind])
    ts = call.ts("ts", "invalid_timestamp")
    if ts is None:
        raise SlackError("invalid_timestamp")
    return {}


METHODS: dict[str, Handler] = {
    "conversations.archive": archive,
    "conversations.unarchive": unarchive,
    "conversations.rename": rename,
    "conversations.kick": kick,
    "conversations.close": close,
    "conversations.mark": mark,
}
