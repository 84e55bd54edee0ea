"""What Slack sends to an app: events, slash commands, actions, submissions, shortcuts, each in its exact shape."""

from __future__ import annotations

from sandbox.spec import state
from sandbox.spec.types import Json
from sandbox.world import install, views
from sandbox.world.apps import App
from sandbox.world.channels import Channel
from sandbox.world.users import User
from sandbox.world.views import View
from sandbox.world.workspace import World


def event(world: World, app: App, body: Json, channel: Channel | None, event_id: str) -> Json:
    """The outer body of an Events API request."""
    return {
        "token": app.verification_token,
        "team_id": world.team.id,
        "context_team_id": world.team.id,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": body,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(world.clock.now()),
        "authorizations": [install.authorization(world, app)],
        "is_ext_shared_channel": bool(channel and channel.ext_shared),
        "event_context": f"4-{world.ids.short(40)}",
    }


def channel_name(channel: Channel) -> str:
    """How commands and actions name a place."""
    return {"im": "directmessage", "mpim": channel.name, "private": channel.name}.get(channel.kind, channel.name)


def command(world: World, app: App, user: User, channel: Channel, name: str, text: str) -> dict[str, str]:
    """The form of a slash command; every value is a string."""
    response = world.tickets.response_url(app.id, user.id, channel.id)
    return {
        "token": app.verification_token,
        "team_id": world.team.id,
        "team_domain": world.team.domain,
        "channel_id": channel.id,
        "channel_name": "privategroup" if channel.kind == "private" else channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "response_url": response_address(world, response.key),
        "trigger_id": world.tickets.trigger(user.id, app.id),
    }


def response_address(world: World, key: str) -> str:
    """The address behind a response URL."""
    return f"{world.base_url}/response/{world.team.id}/{key}"


def _base(world: World, app: App, user: User, kind: str, view_id: str | None = None) -> Json:
    return {
        "type": kind,
        "team": {"id": world.team.id, "domain": world.team.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": world.team.id},
        "api_app_id": app.id,
        "token": app.verification_token,
        "trigger_id": world.tickets.trigger(user.id, app.id, view_id),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def action_on_message(
    world: World, app: App, user: User, channel: Channel, message: Json, action: Json, state: Json
) -> Json:
    """block_actions of a message; `message` may be one that only this user saw."""
    hidden = bool(message.get("is_ephemeral"))
    ts, thread = message["ts"], message.get("thread_ts")
    ticket = world.tickets.response_url(
        app.id, user.id, channel.id, source=ts, ephemeral=hidden, thread_ts=thread if thread != ts else None
    )
    container: Json = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": hidden}
    if thread and thread != ts:
        container["thread_ts"] = thread
    body = _base(world, app, user, "block_actions")
    body |= {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    if not hidden:
        body["message"] = {k: v for k, v in message.items() if k != "to"}
    return body | {
        "state": {"values": state},
        "response_url": response_address(world, ticket.key),
        "actions": [action],
    }


def action_on_view(world: World, app: App, user: User, view: View, action: Json) -> Json:
    """block_actions of a modal or a Home tab."""
    body = _base(world, app, user, "block_actions", view.id)
    shown = views.shape(view, app, world.team.id)
    return body | {"container": {"type": "view", "view_id": view.id}, "view": shown, "actions": [action]}


def submission(world: World, app: App, user: User, view: View) -> Json:
    """view_submission."""
    body = _base(world, app, user, "view_submission", view.id)
    return body | {
        "view": views.shape(view, app, world.team.id),
        "response_urls": _response_urls(world, app, user, view),
    }


def _response_urls(world: World, app: App, user: User, view: View) -> list[Json]:
    """One address for each conversation chosen in a menu with `response_url_enabled`; chosen there, no membership is needed."""
    rows: list[Json] = []
    for block, element in state.elements(view.body["blocks"]):
        if not element.get("response_url_enabled"):
            continue
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        chosen = view.values[ids["block_id"]][ids["action_id"]].get(state.KEYS[element["type"]])
        if chosen in world.channels:
            key = world.tickets.response_url(app.id, user.id, chosen).key
            rows.append({**ids, "channel_id": chosen, "response_url": response_address(world, key)})
    return rows


def closed(world: World, app: App, user: User, view: View, *, is_cleared: bool) -> Json:
    """view_closed."""
    body = _base(world, app, user, "view_closed")
    del body["trigger_id"]
    return body | {"view": views.shape(view, app, world.team.id), "is_cleared": is_cleared}


def message_shortcut(world: World, app: App, user: User, channel: Channel, message: Json, callback_id: str) -> Json:
    """message_action."""
    ticket = world.tickets.response_url(app.id, user.id, channel.id)
    body = _base(world, app, user, "message_action")
    return body | {
        "action_ts": world.new_ts(),
        "callback_id": callback_id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message_ts": message["ts"],
        "message": message,
        "response_url": response_address(world, ticket.key),
    }


def global_shortcut(world: World, app: App, user: User, callback_id: str) -> Json:
    """shortcut."""
    body = _base(world, app, user, "shortcut")
    return body | {"action_ts": world.new_ts(), "callback_id": callback_id}


def suggestion(world: World, app: App, user: User, where: Json, element: Json, block_id: str, query: str) -> Json:
    """block_suggestion of an external select; `where` holds the view, or the channel and message."""
    body = _base(world, app, user, "block_suggestion")
    del body["trigger_id"]
    return body | {"action_id": element["action_id"], "block_id": block_id, "value": query, **where}


def action(element: Json, block: Json, chosen: Json, ts: str) -> Json:
    """One entry of `actions`: what was drawn, and what the person chose."""
    row: Json = {key: value for key, value in element.items() if key in _DRAWN or key.startswith("initial_")}
    return row | {"block_id": block["block_id"], "action_ts": ts} | chosen


_DRAWN = frozenset({"type", "action_id", "text", "value", "style", "icon", "placeholder", "confirm"})
