"""files.*: the upload in three steps, and what becomes of a file afterwards."""

from __future__ import annotations

from aiohttp import BodyPartReader, web

from sandbox.spec.types import Json, SlackError
from sandbox.web import content
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import canvases, files, install, posting
from sandbox.world.channels import Channel
from sandbox.world.workspace import World


def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: an address for the bytes; the file is not there before the upload is completed."""
    length = call.number("length", 0)
    if length < 1:
        raise SlackError("invalid_arguments", messages=["[ERROR] must be greater than 0 [json-pointer:/length]"])
    file = files.draft(call.world, call.text("filename"), length, call.me)
    if call.text("snippet_type"):
        file["filetype"], file["mode"] = call.text("snippet_type"), "snippet"
    if call.text("alt_txt"):
        file["alt_txt"] = call.text("alt_txt")
    ticket = call.world.tickets.upload({"file": file, "content": None, "app": call.app.id})
    return {"file_id": file["id"], "upload_url": f"{call.world.base_url}/upload/v1/{ticket}"}


async def receive(world: World, request: web.Request) -> web.Response:
    """The upload address itself: the bytes as they are, or as the first part of a form."""
    ticket = world.tickets.uploads.get(request.match_info["ticket"])
    if ticket is None or ticket["content"] is not None:
        return web.Response(status=404, text="upload URL is unknown or used")
    body = await _bytes(request)
    if len(body) != ticket["file"]["size"]:
        return web.Response(status=400, text=f"expected {ticket['file']['size']} bytes, got {len(body)}")
    ticket["content"] = body
    return web.Response(text=f"OK - {len(body)}")


async def _bytes(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            return bytes(await part.read())
    return b""


def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: makes files visible, and shares them in one message in each channel."""
    given = call.structure("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments", messages=["[ERROR] must provide an array [json-pointer:/files]"])
    channels = _channels(call)
    blocks = content.checked_blocks(call.world, call.structure("blocks", "invalid_blocks"))
    tickets = [_ticket(call, row) for row in given]
    done = []
    for row, ticket in zip(given, tickets, strict=True):
        files.complete(call.world, ticket["file"], ticket["content"], row.get("title"))
        ticket["app"] = ""
        done.append(ticket["file"])
    for channel in channels:
        _share(call, done, channel, blocks)
    return {"files": done}


def _ticket(call: Call, row: Json) -> Json:
    for ticket in call.world.tickets.uploads.values():
        mine = ticket["app"] == call.app.id and ticket["content"] is not None
        if mine and isinstance(row, dict) and ticket["file"]["id"] == row.get("id"):
            found: Json = ticket
            return found
    raise SlackError("file_not_found")


def _channels(call: Call) -> list[Channel]:
    names = [call.text("channel_id"), *call.text("channels").split(",")]
    found = []
    for name in dict.fromkeys(name.strip() for name in names if name.strip()):
        channel = call.world.channels.get(name)
        if channel is None or (channel.kind != "public" and call.me not in channel.members):
            raise SlackError("channel_not_found")
        if call.me not in channel.members:
            raise SlackError("not_in_channel")
        if channel.archived:
            raise SlackError("posting_to_channel_denied")
        found.append(channel)
    return found


def _share(call: Call, done: list[Json], channel: Channel, blocks: list[Json] | None) -> None:
    message = {**install.author(call.world, call.app), "text": call.text("initial_comment"), "upload": False}
    message |= {"files": done, "display_as_bot": False}
    if blocks:
        message["blocks"] = blocks
    thread = call.ts("thread_ts", "invalid_arguments")
    if thread:
        message["thread_ts"] = channel.messages.thread_of(thread) or thread
    ts = call.world.new_ts(channel)
    for file in done:
        files.share(call.world, file, channel, ts, message.get("thread_ts"))
    posting.post(call.world, channel, message, ts=ts)
    for file in done:
        files.tell(call.world, file, channel, new=len(files.places(file)) == 1)


def _file(call: Call) -> Json:
    file = call.world.files.get(call.text("file"))
    if file is None or not files.visible(call.world, file, call.me):
        raise SlackError("file_not_found")
    if file.get("mode") == "tombstone":
        raise SlackError("file_deleted")
    return file


def info(call: Call) -> Json:
    """files.info."""
    file = _file(call)
    more: Json = {"comments": [], "response_metadata": {"next_cursor": ""}}
    if file["editable"] and file["id"] not in call.world.canvases:
        more["content"] = call.world.contents[file["id"]].decode("utf-8", "replace")
    return {"file": file, **more}


def delete(call: Call) -> Json:
    """files.delete: only the app's own; messages lose it, and one that had nothing else goes away."""
    file = _file(call)
    if file["user"] != call.me:
        raise SlackError("cant_delete_file")
    remove(call.world, file, call.me)
    return {}


def remove(world: World, file: Json, editor: str) -> None:
    """Delete a file wherever it stands; a canvas is one too."""
    key = file["id"]
    if key in world.canvases:
        canvases.delete(world, world.canvases[key])
        return
    places = files.places(file)
    world.files[key] = {"id": key, "mode": "tombstone", "user": file["user"], "channels": [], "groups": [], "ims": []}
    world.contents.pop(key, None)
    for channel_id, ts in places:
        channel = world.channels[channel_id]
        message = channel.messages.by_ts.get(ts)
        if message is None:
            continue
        left = [f if f.get("id") != key else {"id": key, "mode": "tombstone"} for f in message.get("files", [])]
        alive = any(f.get("mode") != "tombstone" for f in left)
        if alive or message.get("text") or message.get("blocks"):
            posting.edit(world, channel, ts, {"files": left}, editor, mark=False)
        else:
            posting.delete(world, channel, ts)
    world.announce({"type": "file_deleted", "file_id": key, "event_ts": world.new_ts()})


async def download(world: World, request: web.Request) -> web.Response:
    """url_private: the bytes, for a bot token that may see the file; anyone else gets the sign-in page."""
    key = request.match_info["key"].partition("-")[2]
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    app = next((a for a in world.apps if a.bot_token == token), None)
    file = world.files.get(key)
    if app is None or "files:read" not in app.scopes:
        return web.Response(text="<!DOCTYPE html><title>Sign in</title>", content_type="text/html")
    if file is None or key not in world.contents or not files.visible(world, file, app.bot_user_id):
        return web.Response(status=404)
    kind = "text/html" if file["mode"] == "quip" else file["mimetype"]
    return web.Response(body=world.contents[key], content_type=kind)


METHODS: dict[str, Handler] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.delete": delete,
}
