"""canvases.* and conversations.canvases.create: documents beside the conversation, edited one change a call."""

from __future__ import annotations

from typing import Any

from sandbox.spec import canvas as markdown_of
from sandbox.spec.types import Json, SlackError
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import canvases
from sandbox.world.canvas import Canvas
from sandbox.world.channels import Channel


def invalid(text: str, pointer: str) -> SlackError:
    """invalid_arguments with Slack's sentence about one place."""
    return SlackError("invalid_arguments", messages=[f"[ERROR] {text} [json-pointer:{pointer}]"])


def _enabled(call: Call) -> None:
    if not call.world.team.canvases:
        raise SlackError(call.listed("canvas_disabled_user_team", "restricted_action"))


def content_of(given: Any, pointer: str) -> str:
    """The Markdown of a document_content or title_content. SlackError invalid_arguments."""
    if not isinstance(given, dict) or given.get("type") != "markdown" or not isinstance(given.get("markdown"), str):
        raise invalid("failed to match exactly one allowed schema", pointer)
    return str(given["markdown"])


def checked(markdown: str, failed: str, too_large: str) -> str:
    """The Markdown, when a canvas can hold it. SlackError with `detail`: `failed`, or `too_large` beyond 1 MiB."""
    if len(markdown.encode("utf-8", "replace")) > markdown_of.MAX_BYTES:
        raise SlackError(too_large, detail=f"'content' error: more than {markdown_of.MAX_BYTES} bytes")
    wrong = markdown_of.problem(markdown)
    if wrong:
        raise SlackError(failed, detail=wrong)
    return markdown


def _markdown(call: Call) -> str:
    given = call.structure("document_content", "invalid_arguments")
    if given is None:
        return ""
    text = content_of(given, "/document_content")
    return checked(text, "canvas_creation_failed", "canvas_creation_failed")


def _place(call: Call) -> Channel:
    channel = call.joined("channel_id")
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def create(call: Call) -> Json:
    """canvases.create: alone, or as a tab of a channel; a free team has one canvas a channel and none elsewhere."""
    _enabled(call)
    free = call.world.team.plan == "free"
    if not call.text("channel_id"):
        if free:
            raise SlackError("free_teams_cannot_create_non_tabbed_canvases")
        return {"canvas_id": canvases.create(call.world, call.me, call.text("title"), _markdown(call)).id}
    channel = _place(call)
    if free and channel.tabs:
        raise SlackError("free_team_canvas_tab_already_exists")
    canvas = canvases.create(call.world, call.me, call.text("title"), _markdown(call))
    canvases.put_on_tab(call.world, canvas, channel, of_channel=False)
    return {"canvas_id": canvas.id}


def create_in_channel(call: Call) -> Json:
    """conversations.canvases.create: the channel's own canvas, of which there is one."""
    _enabled(call)
    channel = _place(call)
    if any(tab["type"] == "channel_canvas" for tab in channel.tabs):
        raise SlackError("channel_canvas_already_exists")
    if call.world.team.plan == "free" and channel.tabs:
        raise SlackError("free_team_canvas_tab_already_exists")
    canvas = canvases.create(call.world, call.me, call.text("title") or channel.name, _markdown(call))
    canvases.put_on_tab(call.world, canvas, channel, of_channel=True)
    return {"canvas_id": canvas.id}


def found(call: Call, *, gone: str = "canvas_not_found") -> Canvas:
    """A canvas the bot may at least read. SlackError canvas_not_found, or `gone` for one that was deleted."""
    _enabled(call)
    canvas = call.world.canvases.get(call.text("canvas_id"))
    if canvas is None or not canvases.level(call.world, canvas, call.me):
        raise SlackError("canvas_not_found")
    if canvas.deleted:
        raise SlackError(gone)
    return canvas


def writable(call: Call) -> Canvas:
    """A canvas the bot may change. SlackError canvas_not_found, restricted_action, free_teams_cannot_edit_standalone_canvases."""
    canvas = found(call)
    if canvases.level(call.world, canvas, call.me) == "read":
        raise SlackError("restricted_action")
    if call.world.team.plan == "free" and not canvas.tab:
        raise SlackError(call.listed("free_teams_cannot_edit_standalone_canvases", "restricted_action"))
    return canvas


def delete(call: Call) -> Json:
    """canvases.delete: by its owner."""
    canvas = found(call)
    if canvas.owner != call.me:
        raise SlackError("restricted_action")
    canvases.delete(call.world, canvas)
    return {}


METHODS: dict[str, Handler] = {
    "canvases.create": create,
    "canvases.delete": delete,
    "conversations.canvases.create": create_in_channel,
}
