"""What an app may put into a message: text, blocks, attachments, metadata; checked and completed as Slack does."""

from __future__ import annotations

import json
from typing import Any

from sandbox.spec import blocks as blockkit
from sandbox.spec.shapes import Problem
from sandbox.spec.types import Json, SlackError
from sandbox.web.call import Call, wrong
from sandbox.world.workspace import World

MAX_TEXT = 40_000
MAX_UPDATE = 4_000
MAX_MARKDOWN = 12_000
MAX_ATTACHMENTS = 100
SEEN_REFUSED = 13_200
"""Characters of blocks, as JSON, above which posts were seen refused with msg_blocks_too_long; Slack documents no number."""


def read(call: Call, *, updating: bool = False) -> Json:
    """text, blocks, attachments and metadata of a message. SlackError no_text, msg_too_long, invalid_blocks and so on."""
    text = _text(call, updating=updating)
    content: Json = {"text": text} if text is not None else {}
    markdown = call.args.get("markdown_text")
    given = call.structure("blocks", "invalid_blocks_format")
    blocks = checked_blocks(call.world, given, too_long=call.listed("msg_blocks_too_long", "msg_too_long"))
    if markdown is not None:
        if text is not None or blocks is not None:
            raise SlackError("markdown_text_conflict")
        if len(str(markdown)) > MAX_MARKDOWN:
            raise SlackError(call.listed("msg_too_long", "msg_blocks_too_long"))
        content["text"] = str(markdown)
        blocks = blockkit.completed([{"type": "markdown", "text": str(markdown)}], call.world.ids.short)
    if blocks is not None:
        content["blocks"] = blocks
    attachments = _attachments(call)
    if attachments is not None:
        content["attachments"] = attachments
    if not (content.get("text") or content.get("blocks") or content.get("attachments")):
        raise SlackError("no_text")
    if content.get("blocks") and not content.get("text"):
        call.violations.append("blocks without text: notifications and screen readers get nothing")
    size = len(json.dumps(content.get("blocks") or [], ensure_ascii=False, separators=(",", ":")))
    if size > SEEN_REFUSED:
        call.violations.append(
            f"blocks of {size} characters: Slack may answer msg_blocks_too_long above {SEEN_REFUSED}"
        )
    return content | metadata(call)


def _text(call: Call, *, updating: bool) -> str | None:
    value = call.args.get("text")
    if value is None:
        return None
    text = str(value)
    if updating and len(text) > MAX_UPDATE:
        raise SlackError("msg_too_long")
    if len(text) > MAX_TEXT:
        call.warnings.append("message_truncated")
        return text[:MAX_TEXT]
    return text


def checked_blocks(world: World, given: Any, *, too_long: str = "msg_blocks_too_long") -> list[Json] | None:
    """Blocks of a message, valid and completed with ids; None when there are none. SlackError invalid_blocks, `too_long`."""
    if given is None:
        return None
    if not isinstance(given, list):
        raise SlackError("invalid_blocks_format")
    found = blockkit.problems(given, "message")
    if found:
        raise invalid("invalid_blocks", found)
    if blockkit.markdown_length(given) > blockkit.MARKDOWN_TOGETHER:
        raise SlackError(too_long)
    return blockkit.completed(given, world.ids.short)


def invalid(name: str, found: list[Problem], prefix: str = "") -> SlackError:
    """The error with Slack's sentences: "text [json-pointer:/blocks/0]"."""
    lines = [f"{p.text} [json-pointer:{prefix}{p.pointer}]" for p in found]
    return SlackError(name, messages=[f"[ERROR] {line}" for line in lines], errors=lines)


def _attachments(call: Call) -> list[Json] | None:
    given = call.structure("attachments", call.listed("invalid_attachments"))
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise wrong(call.listed("invalid_attachments"), "attachments", "must provide an array of objects")
    if len(given) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    shown = []
    for number, attachment in enumerate(given, 1):
        row = {"id": number, **attachment}
        if "blocks" in row:
            row["blocks"] = checked_blocks(call.world, row["blocks"])
        shown.append(row)
    return shown


def metadata(call: Call) -> Json:
    """metadata of a message under its key, nothing when none is given. SlackError invalid_metadata_format and so on."""
    given = call.structure("metadata", call.listed("invalid_metadata_format"))
    if given is None:
        return {}
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str):
        raise wrong(
            call.listed("invalid_metadata_format"), "metadata", "must provide an object with a string event_type"
        )
    if not isinstance(given.get("event_payload"), dict):
        raise wrong(call.listed("invalid_metadata_schema"), "metadata/event_payload", "must provide an object")
    if len(str(given)) > 8_000:
        raise wrong(call.listed("metadata_too_large"), "metadata", "must be less than 8001 characters")
    return {"metadata": given}
