"""Answers to an interaction: the body of an ack and of a response_url mean the same, and end up in the same place."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.spec import strict
from sandbox.spec.types import Json, SlackError, words
from sandbox.web import content
from sandbox.world import install, posting
from sandbox.world.tickets import ResponseUrl
from sandbox.world.workspace import World

KNOWN = words(
    """
    text blocks attachments response_type replace_original delete_original thread_ts mrkdwn unfurl_links
    unfurl_media metadata
    """
)


async def receive(world: World, request: web.Request) -> web.Response:
    """The response URL itself."""
    try:
        body = await _body(request)
        ticket = world.tickets.use_response_url(request.match_info["key"])
        respond(world, ticket, body)
    except SlackError as error:
        status = error.status if error.status != 200 else 400
        return web.json_response({"ok": False, "error": error.name, **error.extra}, status=status)
    return web.Response(text="ok", content_type="text/html")


async def _body(request: web.Request) -> Json:
    raw = await request.text()
    if request.content_type == "application/x-www-form-urlencoded":
        form = await request.post()
        raw = str(form.get("payload", "{}"))
    try:
        body = strict.loads(raw)
    except (ValueError, RecursionError):
        raise SlackError("invalid_payload") from None
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body


def respond(world: World, ticket: ResponseUrl, body: Json) -> Json | None:
    """Do what the answer says: whisper, post, replace or delete. Returns the message. SlackError no_text, invalid_blocks."""
    unknown = sorted(set(body) - KNOWN)
    if unknown:
        world.violation("response", f"unknown keys {', '.join(unknown)}")
    app = world.app_of(app_id=ticket.app)
    channel = world.channels[ticket.channel]
    if app is None:
        raise SlackError("no_service", status=404)
    if body.get("delete_original"):
        _delete(world, ticket)
        return None
    message: Json = {"type": "message", **install.author(world, app), "text": str(body.get("text") or "")}
    blocks = content.checked_blocks(world, _decoded(body.get("blocks")))
    if blocks is not None:
        message["blocks"] = blocks
    if body.get("attachments"):
        message["attachments"] = body["attachments"]
    if not (message["text"] or blocks or body.get("attachments")):
        raise SlackError("no_text")
    if body.get("replace_original") and ticket.source:
        return _replace(world, ticket, message)
    message |= {"thread_ts": body["thread_ts"]} if body.get("thread_ts") else {}
    if body.get("response_type") == "in_channel":
        if "metadata" in body:
            message["metadata"] = body["metadata"]
        return posting.post(world, channel, message | {"subtype": "bot_message"})
    return _whisper(world, ticket, message)


def _decoded(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return strict.loads(value)
        except (ValueError, RecursionError):
            raise SlackError("invalid_blocks_format") from None
    return value


def _whisper(world: World, ticket: ResponseUrl, message: Json) -> Json:
    channel = world.channels[ticket.channel]
    message |= {"ts": world.new_ts(channel), "is_ephemeral": True, "to": ticket.user, "channel": channel.id}
    if ticket.thread_ts:
        message.setdefault("thread_ts", ticket.thread_ts)
    channel.ephemerals.append(message)
    world.announce({"type": "sandbox.ephemeral", "channel": channel.id, "message": message}, channel)
    return message


def _replace(world: World, ticket: ResponseUrl, message: Json) -> Json | None:
    channel = world.channels[ticket.channel]
    changes = {"text": message["text"], "blocks": message.get("blocks"), "attachments": message.get("attachments")}
    if ticket.ephemeral:
        found = next((m for m in channel.ephemerals if m["ts"] == ticket.source), None)
        if found is None:
            return _whisper(world, ticket, message)
        found |= {key: value for key, value in changes.items() if value is not None}
        for key in [key for key, value in changes.items() if value is None]:
            found.pop(key, None)
        world.announce({"type": "sandbox.ephemeral", "channel": channel.id, "message": found}, channel)
        return found
    if ticket.source not in channel.messages.by_ts:
        raise SlackError("message_not_found", status=404)
    return posting.edit(world, channel, str(ticket.source), changes, message["user"])


def _delete(world: World, ticket: ResponseUrl) -> None:
    channel = world.channels[ticket.channel]
    if ticket.ephemeral:
        channel.ephemerals = [m for m in channel.ephemerals if m["ts"] != ticket.source]
        world.announce({"type": "sandbox.ephemeral_gone", "channel": channel.id, "ts": ticket.source}, channel)
    elif ticket.source in channel.messages.by_ts:
        posting.delete(world, channel, str(ticket.source))
