"""views.*: open, push, update and publish, with Slack's rules for triggers, the stack and the hash."""

from __future__ import annotations

import json
from typing import Any

from sandbox.spec import blocks as blockkit
from sandbox.spec import views as viewkit
from sandbox.spec.types import Json, SlackError
from sandbox.web import content
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import views
from sandbox.world.views import View
from sandbox.world.workspace import World

MAX_BYTES = 250_000


def checked(world: World, given: Any, kind: str) -> Json:
    """A view that Slack would take, completed. SlackError invalid_arguments with pointers, view_too_large."""
    if not isinstance(given, dict):
        raise SlackError("invalid_arguments", messages=["[ERROR] must provide an object [json-pointer:/view]"])
    if len(json.dumps(given).encode()) > MAX_BYTES:
        raise SlackError("view_too_large")
    wrong = viewkit.problems(given, kind)
    if wrong:
        raise content.invalid("invalid_arguments", wrong, prefix="/view")
    texts = {key: blockkit.normalised(given[key]) for key in ("title", "submit", "close") if key in given}
    return {**given, **texts, "blocks": blockkit.completed(given["blocks"], world.ids.short)}


def _view(call: Call, kind: str) -> Json:
    return checked(call.world, call.structure("view", "invalid_arguments"), kind)


def _shown(call: Call, view: View) -> Json:
    call.world.announce({"type": "sandbox.view", "user": view.user, "view_id": view.id})
    return {"view": views.shape(view, call.app, call.world.team.id)}


def open_view(call: Call) -> Json:
    """views.open."""
    body = _view(call, "modal")
    trigger = call.world.tickets.check_trigger(
        call.text("trigger_id") or call.text("interactivity_pointer"), call.app.id
    )
    view = call.world.views.open(call.app.id, trigger.user, body)
    trigger.used = True
    return _shown(call, view)


def push(call: Call) -> Json:
    """views.push: only with a trigger that came out of an open modal."""
    body = _view(call, "modal")
    trigger = call.world.tickets.check_trigger(
        call.text("trigger_id") or call.text("interactivity_pointer"), call.app.id
    )
    if trigger.view_id is None or trigger.view_id not in call.world.views.all:
        raise SlackError("not_found")
    view = call.world.views.push(call.app.id, trigger.user, body)
    trigger.used = True
    return _shown(call, view)


def update(call: Call) -> Json:
    """views.update."""
    if not call.text("view_id") and not call.text("external_id"):
        raise SlackError("invalid_arguments", messages=["[ERROR] either view_id or external_id is required"])
    view = call.world.views.find(call.text("view_id") or None, call.text("external_id") or None, call.app.id)
    body = _view(call, view.body["type"])
    call.world.views.update(view, body, call.text("hash") or None)
    return _shown(call, view)


def publish(call: Call) -> Json:
    """views.publish."""
    if not call.app.home_tab:
        raise SlackError("not_enabled")
    user = call.world.users.get(call.text("user_id"))
    if user is None or user.is_bot:
        raise SlackError("invalid_arguments", messages=["[ERROR] user_id is not a user [json-pointer:/user_id]"])
    body = _view(call, "home")
    return _shown(call, call.world.views.publish(call.app.id, user.id, body, call.text("hash") or None))


METHODS: dict[str, Handler] = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
