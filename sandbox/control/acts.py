"""What a person does with messages: writes, edits, deletes, reacts, pins; with files, in threads, back-dated."""

from __future__ import annotations

import base64
import uuid

from sandbox.control.desk import Desk
from sandbox.spec.types import Json, Refusal
from sandbox.web import content
from sandbox.world import files, install, posting, times
from sandbox.world.channels import Channel
from sandbox.world.messages import stamp
from sandbox.world.users import User


def post(desk: Desk, body: Json) -> Json:
    """{user, channel, text, thread?, broadcast?, file?, files?, at?, raw?}: writes as a person would, escaped and with mentions."""
    if "bot" in body:
        return post_as_bot(desk, body)
    user = desk.user(body)
    channel = desk.place(body, user)
    message: Json = {
        "user": user.id,
        "team": desk.world.team.id,
        "client_msg_id": str(uuid.UUID(desk.world.ids.hex(32))),
    }
    message |= _written(desk, body)
    return _put(desk, channel, user.id, message, body)


def post_as_bot(desk: Desk, body: Json) -> Json:
    """{bot, channel, text, blocks?, attachments?, thread?, at?}: an incoming webhook or another maker's app."""
    channel = desk.channel(body)
    message = {**install.webhook_author(desk.world, str(body["bot"])), "text": str(body.get("text", ""))}
    if "blocks" in body:
        message["blocks"] = content.checked_blocks(desk.world, body["blocks"])
    if "attachments" in body:
        message["attachments"] = _attachments(body)
    return _put(desk, channel, "", message, body)


def _attachments(body: Json) -> list[Json]:
    given = body["attachments"]
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise Refusal("attachments must be a list of objects")
    return given


def _written(desk: Desk, body: Json) -> Json:
    text = str(body.get("text", ""))
    if body.get("raw"):
        return {"text": text}
    written, block = desk.world.typist().write(text)
    blocks = [{**block, "block_id": desk.world.ids.short()}] if text else []
    return {"text": written, "blocks": blocks}


def _put(desk: Desk, channel: Channel, user: str, message: Json, body: Json) -> Json:
    if body.get("thread"):
        message["thread_ts"] = channel.messages.thread_of(str(body["thread"])) or str(body["thread"])
        if body.get("broadcast"):
            message["subtype"] = "thread_broadcast"
    ts = _when(desk, channel, body)
    attached = [*(body.get("files") or []), *([body["file"]] if "file" in body else [])]
    if attached:
        message["files"] = [_attach(desk, channel, user, row, ts, message.get("thread_ts")) for row in attached]
        message |= {"upload": True, "display_as_bot": False}
    elif not message.get("text") and not message.get("blocks") and not message.get("attachments"):
        raise Refusal("there is nothing to send")
    stored = posting.post(desk.world, channel, message, ts=ts)
    for file in message.get("files", []) if user else []:
        files.tell(desk.world, file, channel)
    return {"channel": channel.id, "ts": stored["ts"], "message": channel.messages.show(stored["ts"])}


def _when(desk: Desk, channel: Channel, body: Json) -> str:
    given = body.get("at") or body.get("ts")
    if not given:
        return desk.world.new_ts(channel)
    at = times.read(given, int(desk.world.clock.now() * 1e6))
    while stamp(at) in channel.messages.by_ts:
        at += 1
    return stamp(at)


def _attach(desk: Desk, channel: Channel, user: str, row: Json, ts: str, thread: str | None) -> Json:
    raw = base64.b64decode(row["base64"]) if "base64" in row else str(row.get("content", "")).encode()
    file = files.make(desk.world, str(row["name"]), raw, user, title=row.get("title"))
    files.share(desk.world, file, channel, ts, thread)
    return file


def _mine(desk: Desk, body: Json) -> tuple[User, Channel, str]:
    user = desk.user(body)
    channel = desk.channel(body, user)
    ts = desk.message(body, channel)
    if channel.messages.by_ts[ts].get("user") != user.id and not body.get("as_admin"):
        raise Refusal(f"{user.name} did not write that message")
    return user, channel, ts


def edit(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, text}: the writer's own message."""
    user, channel, ts = _mine(desk, body)
    posting.edit(desk.world, channel, ts, _written(desk, body), user.id)
    return {"message": channel.messages.show(ts)}


def delete(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, as_admin?}: a message; with replies it leaves a tombstone."""
    _, channel, ts = _mine(desk, body)
    posting.delete(desk.world, channel, ts)
    return {}


def _marked(desk: Desk, body: Json) -> tuple[User, Channel, str]:
    user = desk.user(body)
    channel = desk.channel(body, user)
    return user, channel, desk.message(body, channel)


def react(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, name}."""
    user, channel, ts = _marked(desk, body)
    name = str(body["name"]).strip(":")
    if not posting.reactable(desk.world, channel, ts, name):
        raise Refusal(f"there is no emoji :{name}: here; the workspace file can name more under emoji")
    posting.react(desk.world, channel, ts, user.id, name)
    return {}


def unreact(desk: Desk, body: Json) -> Json:
    """{user, channel, ts, name}."""
    user, channel, ts = _marked(desk, body)
    posting.unreact(desk.world, channel, ts, user.id, str(body["name"]).strip(":"))
    return {}


def pin(desk: Desk, body: Json) -> Json:
    """{user, channel, ts}."""
    user, channel, ts = _marked(desk, body)
    posting.pin(desk.world, channel, ts, user.id)
    return {}


def unpin(desk: Desk, body: Json) -> Json:
    """{user, channel, ts}."""
    user, channel, ts = _marked(desk, body)
    posting.unpin(desk.world, channel, ts, user.id)
    return {}


def unfurl(desk: Desk, body: Json) -> Json:
    """{channel, ts, attachments}: Slack adds a preview of a link, a message_changed without a change of text."""
    channel = desk.channel(body)
    posting.edit(desk.world, channel, desk.message(body, channel), {"attachments": _attachments(body)}, "", mark=False)
    return {}


ACTS = {
    "post": post,
    "edit": edit,
    "delete": delete,
    "react": react,
    "unreact": unreact,
    "pin": pin,
    "unpin": unpin,
    "unfurl": unfurl,
}
