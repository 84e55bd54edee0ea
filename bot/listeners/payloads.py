"""The shapes that Slack's payloads must have before anything looks at them; whatever else they carry is let through."""

from __future__ import annotations

import hashlib
import json
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
    """A pressed button."""

    action_id: Annotated[str, Field(max_length=255)]
    value: Annotated[str, Field(max_length=2000)] | None = None


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


class Submitted(Shape):
    """view_submission."""

    user: Ref
    team: Ref | None = None
    view: View


class InnerEvent(Shape):
    """What happened."""

    type: Annotated[str, Field(min_length=1, max_length=100)]


class Happened(Shape):
    """event_callback."""

    team_id: Id
    event_id: Id
    event: InnerEvent


INTERACTIONS: Mapping[str, type[Shape]] = {"block_actions": Pressed, "view_submission": Submitted}


def malformed(body: Mapping[str, Any]) -> str | None:
    """One sentence that says what is wrong with a payload; None for a good one, and for kinds that nobody listens to."""
    kind = body.get("type")
    shape: type[Shape] | None
    if "command" in body:
        shape = Command
    elif kind == "event_callback":
        shape = Happened
    elif isinstance(kind, str) and kind:
        shape = INTERACTIONS.get(kind)
    elif "ssl_check" in body:
        shape = None
    else:
        return "The payload says neither a command nor a type."
    if shape is None:
        return None
    try:
        shape.model_validate(dict(body))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        return f"The payload's field {'.'.join(map(str, first['loc'])) or kind} is not as Slack sends it."
    return None


def key(body: Mapping[str, Any]) -> str:
    """The receipt's key of a command or a button: its trigger, and a digest of the whole, so that only an exact replay is one."""
    text = json.dumps(body, sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
    return f"{body.get('trigger_id') or ''}:{digest[:32]}"
