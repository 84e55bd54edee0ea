"""chat.*: post, change, delete, whisper, and link to messages."""

from __future__ import annotations

from sandbox.spec.types import Json, SlackError
from sandbox.web import content
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import install, posting
from sandbox.world.channels import Channel

TRUNCATED = "[WARN] Your message was truncated but still posted. Send it in more than one message, or as a file."


def destination(call: Call) -> Channel:
    """By id, by name, or a user id, which means the direct conversation with that user."""
    wanted = call.text("channel")
    user = call.world.users.get(wanted.removeprefix("@"))
    if user is not None:
        if user.deleted or user.is_bot:
            raise SlackError("channel_not_found")
        return call.world.direct([call.me, user.id])
    found = call.world.channel(wanted)
    if found is None or (found.kind != "public" and call.me not in found.members):
        raise SlackError("channel_not_found")
    return found


def may_post(call: Call, channel: Channel) -> None:
    """SlackError when the app may not write there."""
    if channel.archived:
        raise SlackError("is_archived")
    public = channel.kind == "public" and "chat:write.public" in call.app.scopes
    if call.me not in channel.members and not public:
        raise SlackError("not_in_channel")
    if channel.direct and not call.app.messages_tab:
        raise SlackError("messages_tab_disabled")


def author(call: Call) -> Json:
    """The keys of whom the message is from, another name and icon when the call brings them. SlackError missing_scope."""
    shown = install.author(call.world, call.app)
    custom = [name for name in ("username", "icon_emoji", "icon_url") if call.args.get(name)]
    if custom:
        call.need_scope("chat:write.customize")
        shown = {key: shown[key] for key in ("bot_id", "app_id")} | {"subtype": "bot_message"}
        shown["username"] = call.text("username", call.app.name)
        if "icon_emoji" in custom:
            shown["icons"] = {"emoji": call.text("icon_emoji")}
    return shown


def thread(call: Call, channel: Channel) -> str | None:
    """The ts of the thread's parent, also when a reply's ts was given; None outside threads."""
    ts = call.ts("thread_ts", "invalid_arguments")
    if ts is None:
        return None
    message = channel.messages.by_ts.get(ts)
    if message is not None and message.get("subtype") in ("channel_join", "channel_leave", "tombstone"):
        raise SlackError("cannot_reply_to_message")
    return channel.messages.thread_of(ts) or ts


def post_message(call: Call) -> Json:
    """chat.postMessage."""
    channel = destination(call)
    may_post(call, channel)
    body = content.read(call)
    message = {**author(call), **body, "text": body.get("text", "")}
    parent = thread(call, channel)
    if parent:
        message["thread_ts"] = parent
        if call.flag("reply_broadcast"):
            message["subtype"] = "thread_broadcast"
    stored = posting.post(call.world, channel, message)
    shown = channel.messages.show(stored["ts"], metadata=True)
    answer: Json = {"channel": channel.id, "ts": stored["ts"], "message": shown}
    if "message_truncated" in call.warnings:
        answer["response_metadata"] = {"messages": [TRUNCATED]}
    return answer


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral."""
    channel = destination(call)
    may_post(call, channel)
    user = call.world.users.get(call.text("user"))
    if user is None or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    body = content.read(call)
    message = {"type": "message", **author(call), **body, "text": body.get("text", ""), "is_ephemeral": True}
    message |= {"ts": call.world.new_ts(channel), "to": user.id, "channel": channel.id}
    parent = thread(call, channel)
    if parent:
        message["thread_ts"] = parent
    channel.ephemerals.append(message)
    call.world.announce({"type": "sandbox.ephemeral", "channel": channel.id, "message": message}, channel)
    return {"message_ts": message["ts"]}


def own(call: Call, channel: Channel, refusal: str) -> str:
    """The ts of a message that the app itself wrote. SlackError message_not_found, or `refusal` for another's."""
    ts = call.ts("ts", "message_not_found") or ""
    message = channel.messages.by_ts.get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message.get("bot_id") != call.app.bot_id:
        raise SlackError(refusal)
    return ts


def update(call: Call) -> Json:
    """chat.update: only the app's own messages; what is not given stays, except that new text without blocks removes them."""
    channel = call.channel()
    ts = own(call, channel, "cant_update_message")
    if channel.messages.by_ts[ts].get("streaming_state") == "in_progress":
        raise SlackError("streaming_state_conflict")
    changes = content.read(call, updating=True)
    if "text" in changes and "blocks" not in changes:
        changes["blocks"] = None
    if "blocks" in changes and "text" not in changes:
        changes["text"] = ""
    before = channel.messages.by_ts[ts]
    same = all(before.get(key) == value for key, value in changes.items() if key != "blocks")
    posting.edit(call.world, channel, ts, changes, call.me, mark=not same or bool(changes.get("blocks")))
    shown = channel.messages.show(ts, metadata=True)
    return {"channel": channel.id, "ts": ts, "text": shown.get("text", ""), "message": shown}


def delete(call: Call) -> Json:
    """chat.delete: only the app's own messages."""
    channel = call.channel()
    ts = own(call, channel, "cant_delete_message")
    posting.delete(call.world, channel, ts)
    return {"channel": channel.id, "ts": ts}


def get_permalink(call: Call) -> Json:
    """chat.getPermalink."""
    channel = call.channel()
    ts = call.ts("message_ts", "message_not_found") or ""
    if ts not in channel.messages.by_ts:
        raise SlackError("message_not_found")
    return {"channel": channel.id, "permalink": posting.permalink(call.world, channel, ts)}


def me_message(call: Call) -> Json:
    """chat.meMessage."""
    channel = call.joined()
    message = {**install.author(call.world, call.app), "subtype": "me_message", "text": call.text("text")}
    return {"channel": channel.id, "ts": posting.post(call.world, channel, message)["ts"]}


METHODS: dict[str, Handler] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "chat.meMessage": me_message,
}
