"""chat.startStream, appendStream, stopStream: a message that is written piece by piece, as the SDKs' chat_stream helpers do."""

from __future__ import annotations

from typing import Any

from sandbox.spec import blocks as blockkit
from sandbox.spec.types import Json, SlackError
from sandbox.web import chat, content
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import posting
from sandbox.world.channels import Channel

TASK_KEYS = ("title", "status", "details", "output", "sources")
CHUNKS = {
    "markdown_text": ("text",),
    "task_update": ("id", "title", "status"),
    "plan_update": ("title",),
    "blocks": ("blocks",),
}
"""The kinds of pieces, and what each must have."""


def start(call: Call) -> Json:
    """chat.startStream: outside direct messages only for a named reader."""
    channel = chat.destination(call)
    chat.may_post(call, channel)
    for name in () if channel.direct else ("recipient_team_id", "recipient_user_id"):
        if not call.text(name):
            raise SlackError(f"missing_{name}")
    pieces = _pieces(call)
    message = {**chat.author(call), "text": "", "blocks": [], "streaming_state": "in_progress"}
    message |= _written(call, message, pieces)
    thread = chat.thread(call, channel)
    if thread:
        message["thread_ts"] = thread
    return {"channel": channel.id, "ts": posting.post(call.world, channel, message)["ts"]}


def append(call: Call) -> Json:
    """chat.appendStream."""
    channel, message = _streaming(call)
    pieces = _pieces(call)
    if not pieces:
        raise SlackError("no_text")
    posting.edit(call.world, channel, message["ts"], _written(call, message, pieces), call.me, mark=False)
    return {"channel": channel.id, "ts": message["ts"]}


def stop(call: Call) -> Json:
    """chat.stopStream: the last piece, blocks below it, and the message is one like any other."""
    channel, message = _streaming(call)
    changes = _written(call, message, _pieces(call))
    below = content.checked_blocks(call.world, call.structure("blocks", "invalid_blocks_format"))
    changes["blocks"] = [*changes["blocks"], *(below or [])]
    changes |= content.metadata(call)
    posting.edit(call.world, channel, message["ts"], {**changes, "streaming_state": "completed"}, call.me, mark=False)
    shown = channel.messages.show(message["ts"], metadata=True)
    return {"channel": channel.id, "ts": message["ts"], "message": shown}


def _streaming(call: Call) -> tuple[Channel, Json]:
    channel = call.channel()
    ts = chat.own(call, channel, "message_not_owned_by_app")
    message = channel.messages.by_ts[ts]
    if message.get("streaming_state") != "in_progress":
        raise SlackError("message_not_in_streaming_state")
    return channel, message


def _pieces(call: Call) -> list[Json]:
    given: Any = call.structure("chunks", "invalid_chunks")
    pieces: list[Json] = given if given is not None else []
    if not isinstance(pieces, list) or not all(_is_piece(piece) for piece in pieces):
        raise SlackError("invalid_chunks")
    text = call.text("markdown_text")
    pieces = [*([{"type": "markdown_text", "text": text}] if text else []), *pieces]
    if sum(len(piece.get("text", "")) for piece in pieces) > content.MAX_MARKDOWN:
        raise SlackError("msg_too_long")
    return pieces


def _is_piece(piece: Any) -> bool:
    needed = CHUNKS.get(str(piece.get("type"))) if isinstance(piece, dict) else None
    return needed is not None and all(piece.get(key) not in (None, "") for key in needed)


def _written(call: Call, message: Json, pieces: list[Json]) -> Json:
    """text and blocks of the message with the pieces added: words join, a task known by its id changes in place."""
    text, blocks = message["text"], [dict(block) for block in message["blocks"]]
    for piece in pieces:
        if piece["type"] == "markdown_text":
            text += piece["text"]
            _say(blocks, piece["text"])
        elif piece["type"] == "task_update":
            _task(blocks, piece)
        elif piece["type"] == "blocks":
            blocks += content.checked_blocks(call.world, piece["blocks"]) or []
    return {"text": text, "blocks": blockkit.completed(blocks, call.world.ids.short)}


def _say(blocks: list[Json], words: str) -> None:
    if blocks and blocks[-1]["type"] == "markdown":
        blocks[-1]["text"] += words
    else:
        blocks.append({"type": "markdown", "text": words})


def _task(blocks: list[Json], piece: Json) -> None:
    shown: Json = {key: piece[key] for key in TASK_KEYS if piece.get(key)}
    for key in ("details", "output"):
        if isinstance(shown.get(key), str):
            words = {"type": "rich_text_section", "elements": [{"type": "text", "text": shown[key]}]}
            shown[key] = {"type": "rich_text", "elements": [words]}
    known = next((block for block in blocks if block.get("task_id") == piece["id"]), None)
    if known is None:
        blocks.append({"type": "task_card", "task_id": piece["id"], **shown})
    else:
        known |= shown


METHODS: dict[str, Handler] = {"chat.startStream": start, "chat.appendStream": append, "chat.stopStream": stop}
