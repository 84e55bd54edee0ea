"""canvases.access.*: who may read, write or own a canvas, by person or by channel."""

from __future__ import annotations

from typing import Any

from sandbox.spec.types import Json, SlackError
from sandbox.web import canvases as documents
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import canvases
from sandbox.world.canvas import Canvas

MOST = 20


def _ids(call: Call, name: str) -> list[str]:
    """A list, or the words of a line with commas between them, as SDKs send it."""
    given: Any = call.args.get(name)
    if isinstance(given, str):
        given = call.structure(name, "invalid_arguments") if given.startswith("[") else given.split(",")
    if given in (None, ""):
        return []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise documents.invalid("must provide an array of strings", f"/{name}")
    found = [one.strip() for one in given if one.strip()]
    if len(found) > MOST:
        raise documents.invalid(f"no more than {MOST} items allowed", f"/{name}")
    if len(found) > 1:
        call.violations.append(f"{name}: the reference allows one item")
    return found


def _whom(call: Call) -> tuple[list[str], list[str]]:
    """(users, channels), of which one is empty. SlackError invalid_parameters, user_not_found, channel_not_found."""
    users, channels = _ids(call, "user_ids"), _ids(call, "channel_ids")
    if bool(users) == bool(channels):
        raise SlackError("invalid_parameters")
    if any(one not in call.world.users for one in users):
        raise SlackError("user_not_found")
    for one in channels:
        channel = call.world.channels.get(one)
        if channel is None or channel.direct or (channel.kind == "private" and call.me not in channel.members):
            raise SlackError("channel_not_found")
    return users, channels


def _owner_only(call: Call, canvas: Canvas, users: list[str]) -> None:
    if not users:
        raise documents.invalid("only users can be owners", "/access_level")
    if canvas.owner != call.me:
        raise SlackError("restricted_action")
    if len(users) > 1 or call.world.users[users[0]].is_stranger:
        raise SlackError("failed_to_update_user_ids", failed_to_update_user_ids=users)


def _was_shared(call: Call, canvas: Canvas, users: list[str], channels: list[str]) -> None:
    """Slack wants the link to have been posted there before; whether it refuses is not certain, so this is only noted."""
    places = [call.world.channels[one] for one in channels if canvas.tab != one]
    for user in users:
        places += [c for c in call.world.channels.values() if c.kind == "im" and {call.me, user} == set(c.members)]
    heard = any(canvas.id in str(m.get("text")) for place in places for m in place.messages.by_ts.values())
    if (places or users) and not heard:
        call.violations.append("access set where the canvas was not shared: Slack wants its link posted there first")


def set_access(call: Call) -> Json:
    """canvases.access.set."""
    users, channels = _whom(call)
    canvas, level = documents.writable(call), call.text("access_level")
    if level == "owner":
        _owner_only(call, canvas, users)
    _was_shared(call, canvas, users, channels)
    canvases.grant(call.world, canvas, users=users, channels=channels, level=level)
    return {}


def delete_access(call: Call) -> Json:
    """canvases.access.delete."""
    users, channels = _whom(call)
    canvas = documents.writable(call)
    if canvas.owner in users or (canvas.of_channel and canvas.tab in channels):
        raise SlackError("restricted_action")
    canvases.grant(call.world, canvas, users=users, channels=channels, level=None)
    return {}


METHODS: dict[str, Handler] = {"canvases.access.set": set_access, "canvases.access.delete": delete_access}
