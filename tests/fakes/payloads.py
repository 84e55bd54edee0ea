"""What Slack sends, in its shapes: commands, buttons, forms, events; and the signature over it."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

Json = dict[str, Any]
TEAM = "T1"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_numbers = itertools.count(1)


def command(text: str, user: str = "U1", channel: str = "C1", **values: Any) -> Json:
    """`/postmortem ...`."""
    number = next(_numbers)
    given = {
        "token": "verification",
        "team_id": TEAM,
        "team_domain": "acme",
        "channel_id": channel,
        "channel_name": "directmessage" if channel.startswith("D") else "incident",
        "user_id": user,
        "user_name": user.lower(),
        "command": "/postmortem",
        "text": text,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": f"https://hooks.example/commands/{number}",
        "trigger_id": f"{number}.1.command",
    }
    return {**given, **values}


def _interactive(kind: str, user: str) -> Json:
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": "acme"},
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": TEAM},
        "api_app_id": "A1",
        "token": "verification",
        "trigger_id": f"{next(_numbers)}.1.{kind}",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def button(action_id: str, value: str, user: str = "U1", channel: str = "C1", **values: Any) -> Json:
    """A pressed button in a message."""
    ts = "1764000000.000100"
    action = {"type": "button", "action_id": action_id, "block_id": "b1", "value": value, "action_ts": ts}
    given = {
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False},
        "channel": {"id": channel, "name": "incident"},
        "message": {"type": "message", "ts": ts, "bot_id": "B1", "user": "UBOT", "text": "card"},
        "state": {"values": {}},
        "response_url": f"https://hooks.example/actions/{next(_numbers)}",
        "actions": [action],
    }
    return {**_interactive("block_actions", user), **given, **values}


def shortcut(
    callback_id: str, message: Mapping[str, Any], user: str = "U1", channel: str = "C1", **values: Any
) -> Json:
    """An entry of a message's menu; the message is whole."""
    given = {
        "callback_id": callback_id,
        "channel": {"id": channel, "name": "directmessage" if channel.startswith("D") else "incident"},
        "message_ts": message.get("ts"),
        "message": {"type": "message", **message},
        "response_url": f"https://hooks.example/app/{next(_numbers)}",
        "action_ts": "1764000000.000300",
    }
    return {**_interactive("message_action", user), **given, **values}


def modal_button(
    view: Mapping[str, Any], action_id: str, value: str, user: str = "U1", view_id: str = "V1", **places: Any
) -> Json:
    """A pressed button in an open form; places: previous_view_id=, root_view_id=."""
    action = {"type": "button", "action_id": action_id, "block_id": "b1", "value": value, "action_ts": "1764000000.1"}
    there = {"root_view_id": view_id, "previous_view_id": None, **places}
    shown = {**view, "id": view_id, "hash": "h1", "team_id": TEAM, "state": {"values": filled(view, {})}, **there}
    container = {"type": "view", "view_id": view_id}
    return {**_interactive("block_actions", user), "container": container, "view": shown, "actions": [action]}


def submission(
    view: Mapping[str, Any], user: str = "U1", view_id: str = "V1", hash: str = "h1", **answers: Any
) -> Json:
    """The form as it was opened, with these answers in it and the rest as it was drawn. Of the answers, those that are
    named previous_view_id and root_view_id say what lies under the form."""
    under = {name: answers.pop(name) for name in ("previous_view_id", "root_view_id") if name in answers}
    sent = {"id": view_id, "hash": hash, "team_id": TEAM, "state": {"values": filled(view, answers)}, **under}
    return {**_interactive("view_submission", user), "view": {**view, **sent}, "response_urls": []}


_KEYS = {
    "plain_text_input": ("value", "initial_value"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "datepicker": ("selected_date", "initial_date"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
}


def filled(view: Mapping[str, Any], answers: Mapping[str, Any]) -> Json:
    """`state.values` of a form: answers by block id."""
    values: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        key, initial = _KEYS[element["type"]]
        value = answers.get(block["block_id"], element.get(initial))
        if key == "selected_option" and isinstance(value, str):
            groups = element.get("option_groups") or [element]
            value = next(each for group in groups for each in group["options"] if each["value"] == value)
        if key == "selected_options":
            groups = element.get("option_groups") or [element]
            value = [each for group in groups for each in group["options"] if each["value"] in _chosen(value)]
        values[block["block_id"]] = {element["action_id"]: {"type": element["type"], key: value}}
    missing = set(answers) - set(values)
    assert not missing, f"the form has no {missing}"
    return values


def _chosen(value: Any) -> set[str]:
    """The values of ticked boxes, given as options or as their values."""
    return {each["value"] if isinstance(each, Mapping) else str(each) for each in value or []}


def event(inner: Mapping[str, Any], event_id: str | None = None, **values: Any) -> Json:
    """An event."""
    given = {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event": dict(inner),
        "type": "event_callback",
        "event_id": event_id or f"Ev{next(_numbers)}",
        "event_time": 1764000000,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": "UBOT", "is_bot": True}],
        "is_ext_shared_channel": False,
    }
    return {**given, **values}


def reaction(
    ts: str,
    name: str = "memo",
    user: str = "U3",
    *,
    on: bool = True,
    at: float | None = None,
    channel: str = "C1",
    **values: Any,
) -> Json:
    """Somebody put a reaction on a message, or took it back."""
    kind = "reaction_added" if on else "reaction_removed"
    item = {"type": "message", "channel": channel, "ts": ts}
    return event({"type": kind, "user": user, "reaction": name, "item": item, "event_ts": _event_ts(at), **values})


def pin(
    message: Mapping[str, Any], user: str = "U3", *, on: bool = True, at: float | None = None, channel: str = "C1"
) -> Json:
    """Somebody pinned a message or took the pin away; the message is in the event."""
    item = {"type": "message", "channel": channel, "created_by": user, "created": 1, "message": dict(message)}
    kind = "pin_added" if on else "pin_removed"
    return event({"type": kind, "user": user, "channel_id": channel, "item": item, "event_ts": _event_ts(at)})


def changed(new: Mapping[str, Any], old: Mapping[str, Any], *, at: float | None = None, channel: str = "C1") -> Json:
    """A message became another."""
    stamp = _event_ts(at)
    inner = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": channel, "ts": stamp}
    both = {"message": dict(new), "previous_message": dict(old), "event_ts": stamp}
    return event({**inner, **both})


def deleted(old: Mapping[str, Any], *, at: float | None = None, channel: str = "C1") -> Json:
    """A message is gone."""
    stamp = _event_ts(at)
    inner = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": channel, "ts": stamp}
    return event({**inner, "deleted_ts": old["ts"], "previous_message": dict(old), "event_ts": stamp})


def written(ts: str, text: str, user: str = "U3", *, edited: float | None = None, **values: Any) -> Json:
    """A message as events carry it."""
    mark = {"edited": {"user": user, "ts": _event_ts(edited)}} if edited is not None else {}
    return {"type": "message", "user": user, "text": text, "ts": ts, **mark, **values}


def _event_ts(at: float | None) -> str:
    return f"{at if at is not None else 1_764_000_000 + next(_numbers):.6f}"


def user_change(user: str, **values: Any) -> Json:
    """The profile of a person changed."""
    person = {"id": user, "name": user.lower(), "profile": {"display_name": user}, "is_bot": False, **values}
    return event({"type": "user_change", "user": person, "event_ts": "1764000000.000200"})


def encode(payload: Mapping[str, Any]) -> tuple[bytes, str]:
    """The body and content type that Slack uses for a payload of this kind."""
    if "command" in payload or "ssl_check" in payload:
        return urlencode(payload).encode(), FORM
    if payload.get("type") in ("event_callback", "url_verification"):
        return json.dumps(payload).encode(), JSON
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM


def sign(secret: str, body: bytes, stamp: str) -> str:
    """Slack's signature, version 0."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
