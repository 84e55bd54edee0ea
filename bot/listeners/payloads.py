"""The shapes that Slack's payloads must have before anything looks at them; whatever else they carry is let through."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
Long = Annotated[str, Field(max_length=40_000)]


class Shape(BaseModel):
    """What is checked is checked strictly; the rest is ignored."""

    model_config = ConfigDict(extra="ignore", strict=True)


class Ref(Shape):
    """A thing with an id: a team, a person, a channel."""

    id: Id


Named = Ref | str | None
Thing = dict[str, Any]


class Inner(Shape):
    """Where Bolt looks for the person and the place, in a payload and in its event."""

    user: Thing | str | None = None
    channel: Named = None
    item: Thing | str | None = None
    message: Thing | str | None = None
    previous_message: Thing | None = None
    assistant_thread: Thing | None = None


class Outer(Inner):
    """What Bolt reads of every payload before any listener does."""

    team: Named = None
    enterprise: Named = None
    authorizations: list[Thing] | None = None
    response_urls: list[Thing] = Field(default_factory=list)
    container: Thing | None = None
    event: Inner = Field(default_factory=Inner)
    view: Thing | None = None
    function_data: Thing | None = None


class Command(Shape):
    """A slash command."""

    team_id: Id
    channel_id: Id
    user_id: Id
    command: Annotated[str, Field(pattern=r"^/\S{1,32}$")]
    text: Long | None = None
    channel_name: str | None = None
    trigger_id: str | None = None
    response_url: str | None = None


class Action(Shape):
    """A pressed button, or a field that tells of what is typed: a button's value has 2,000 characters at most, a field 3,000."""

    action_id: Annotated[str, Field(max_length=255)]
    value: Annotated[str, Field(max_length=3000)] | None = None
    selected_option: Thing | None = None


class Pressed(Shape):
    """block_actions."""

    user: Ref
    team: Ref | None = None
    actions: Annotated[list[Action], Field(min_length=1)]
    channel: Ref | None = None
    trigger_id: str | None = None
    response_url: str | None = None


class State(Shape):
    """What was typed into a form."""

    values: dict[str, Any] = Field(default_factory=dict)


class View(Shape):
    """A form."""

    id: Id
    callback_id: Annotated[str, Field(max_length=255)]
    hash: str | None = None
    private_metadata: str | None = None
    state: State | None = None
    blocks: list[Thing] | None = None


class Submitted(Shape):
    """view_submission."""

    user: Ref
    team: Ref | None = None
    view: View


class Chosen(Shape):
    """message_action: an entry of a message's menu."""

    user: Ref
    team: Ref | None = None
    channel: Ref
    callback_id: Annotated[str, Field(max_length=255)]
    message: Thing
    trigger_id: str | None = None
    response_url: str | None = None


class InnerEvent(Shape):
    """What happened."""

    type: Annotated[str, Field(min_length=1, max_length=100)]


class Happened(Shape):
    """event_callback."""

    team_id: Id
    event_id: Id
    event: InnerEvent


INTERACTIONS: Mapping[str, type[Shape]] = {
    "block_actions": Pressed,
    "view_submission": Submitted,
    "message_action": Chosen,
}
HANDSHAKES = {"url_verification"}
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def malformed(body: Mapping[str, Any]) -> str | None:
    """One sentence that says what is wrong with a payload; None for a good one, and for kinds that nobody listens to."""
    kind = body.get("type")
    shapes: list[type[Shape]] = [Outer]
    if "command" in body:
        shapes.append(Command)
    elif kind == "event_callback":
        shapes.append(Happened)
    elif isinstance(kind, str) and kind:
        shapes += [INTERACTIONS[kind]] if kind in INTERACTIONS else []
    elif "ssl_check" not in body:
        return "The payload says neither a command nor a type."
    return _no_text(body) or next(filter(None, (_wrong(shape, body) for shape in shapes)), None)


def concerns_nobody(body: Mapping[str, Any]) -> bool:
    """Whether a well-formed payload is of a kind that nobody here listens to, such as a closed form."""
    known = body.get("type") in {"event_callback", *INTERACTIONS, *HANDSHAKES}
    return not known and "command" not in body and "ssl_check" not in body


def _no_text(body: Mapping[str, Any]) -> str | None:
    """Half of a surrogate pair is no text, and no database takes it, nor a NUL."""
    try:
        text = json.dumps(body, ensure_ascii=False)
        text.encode("utf-8")
    except (ValueError, RecursionError):
        return "The payload is not text."
    return "The payload has a NUL in it." if _NUL.search(text) else None


def _wrong(shape: type[Shape], body: Mapping[str, Any]) -> str | None:
    try:
        shape.model_validate(dict(body))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        return f"The payload's field {'.'.join(map(str, first['loc']))} is not as Slack sends it."
    return None


def key(body: Mapping[str, Any]) -> str:
    """The receipt's key of a command or a button: its trigger, and a digest of the whole, so that only an exact replay is one."""
    return f"{body.get('trigger_id') or ''}:{digest(body)}"


def digest(value: object) -> str:
    """32 hex digits that stand for a piece of a payload."""
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]
