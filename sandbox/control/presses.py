"""What a person does that an app hears of at once: commands, buttons and menus, shortcuts, the Home tab."""

from __future__ import annotations

from typing import Any

from sandbox.control import inputs, modals
from sandbox.control.desk import Desk
from sandbox.deliver import payloads
from sandbox.deliver.http import Answer
from sandbox.spec import blocks as blocks_spec
from sandbox.spec import state
from sandbox.spec.types import Json, Refusal, SlackError
from sandbox.web import respond
from sandbox.world.apps import App
from sandbox.world.channels import Channel
from sandbox.world.users import User
from sandbox.world.views import View


async def command(desk: Desk, body: Json) -> Json:
    """{user, channel, text: "/name words"}: what the app answers is shown to the user as Slack would show it."""
    user = desk.user(body)
    channel = desk.place(body, user)
    if body.get("thread"):
        raise Refusal("slash commands cannot be used in threads")
    name, _, typed = str(body.get("text", "")).strip().partition(" ")
    app, declared = _declared(desk, name)
    text = typed.strip()
    if declared.get("should_escape"):
        text = desk.world.typist(labelled=True).write(text)[0]
    form = payloads.command(desk.world, app, user, channel, name, text)
    answer = await desk.delivery.send(app, "slash_commands", dict(form))
    ids = {"trigger_id": form["trigger_id"], "response_url": form["response_url"], "text": text}
    if answer.reason:
        word = "operation_timeout" if "timeout" in answer.reason else "dispatch_failed"
        sentence = f'{name} failed with the error "{word}"'
        return {"ok": False, "error": word, "reason": answer.reason, "shown": sentence, **ids}
    return {**_said(desk, form["response_url"], answer), **ids}


def _declared(desk: Desk, name: str) -> tuple[App, Json]:
    for app in desk.world.apps:
        for row in app.commands:
            if row.get("command") == name and not app.revoked:
                return app, row
    raise Refusal(f"{name} is not a valid command.")


def _said(desk: Desk, response_url: str, answer: Answer) -> Json:
    body = {"text": answer.body} if isinstance(answer.body, str) else answer.body
    if not body:
        return {"ack": answer.body, "message": None}
    ticket = desk.world.tickets.responses[response_url.rpartition("/")[2]]
    try:
        return {"ack": answer.body, "message": respond.respond(desk.world, ticket, body)}
    except SlackError as error:
        desk.world.violation("ack", f"the answer to a command is refused: {error.name}", app=ticket.app)
        return {"ok": False, "error": error.name, "ack": answer.body, "message": None, **error.extra}


async def press(desk: Desk, body: Json) -> Json:
    """{user, action_id, value?, block_id?, channel?+ts?, home?}: in a message, else in the modal in front, else in the Home tab."""
    user = desk.user(body)
    if "channel" in body:
        return await _press_message(desk, body, user)
    view = _view(desk, body, user)
    block, element = _find(view.body["blocks"], body)
    app = modals.owner(desk, view)
    value = _value(desk, element, body)
    if element["type"] in state.KEYS:
        view.values[block["block_id"]][element["action_id"]] = state.entry(element, value)
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {"sent": False, "view": modals.shown(desk, view)}
    action = _action(desk, block, element, value)
    answer = await desk.delivery.send(app, "interactive", payloads.action_on_view(desk.world, app, user, view, action))
    return _pressed(answer)


def _view(desk: Desk, body: Json, user: User) -> View:
    if body.get("home"):
        key = desk.world.views.homes.get((desk.app(body).id, user.id))
        if key is None:
            raise Refusal("this Home tab is empty")
        return desk.world.views.all[key]
    return modals.top(desk, user)


async def _press_message(desk: Desk, body: Json, user: User) -> Json:
    channel = desk.channel(body, user)
    message = _message(channel, user, body)
    app = desk.world.app_of(app_id=message.get("app_id") or "", bot_id=message.get("bot_id"))
    if app is None or not app.interactive:
        raise Refusal("this app is not configured to handle interactive responses")
    block, element = _find(_blocks(message), body)
    value = _value(desk, element, body)
    kept = desk.states.setdefault((channel.id, message["ts"], user.id), state.initial(_blocks(message)))
    if element["type"] in state.KEYS:
        kept.setdefault(block["block_id"], {})[element["action_id"]] = state.entry(element, value)
    shown = message if message.get("is_ephemeral") else channel.messages.show(message["ts"])
    action = _action(desk, block, element, value)
    payload = payloads.action_on_message(desk.world, app, user, channel, shown, action, kept)
    answer = await desk.delivery.send(app, "interactive", payload)
    return {**_pressed(answer), "response_url": payload["response_url"], "trigger_id": payload["trigger_id"]}


def _pressed(answer: Answer) -> Json:
    if answer.reason:
        return {"ok": False, "error": answer.reason, "shown": modals.TROUBLE}
    return {"sent": True, "ack": answer.body}


def _blocks(message: Json) -> list[Json]:
    attached = [block for row in message.get("attachments") or [] for block in row.get("blocks") or []]
    return [*(message.get("blocks") or []), *attached]


def _message(channel: Channel, user: User, body: Json) -> Json:
    mine = [m for m in channel.ephemerals if m["to"] == user.id]
    everything = [*channel.messages.by_ts.values(), *mine]
    if body.get("ts"):
        found = [m for m in everything if m["ts"] == str(body["ts"])]
    else:
        wanted = body.get("action_id")
        found = [m for m in everything if any(e["action_id"] == wanted for _, e in state.elements(_blocks(m)))]
    if not found:
        raise Refusal(f"no such message in #{channel.name or channel.id}")
    return max(found, key=lambda m: str(m["ts"]))


def _find(blocks: list[Json], body: Json) -> tuple[Json, Json]:
    wanted, block_id = body.get("action_id"), body.get("block_id")
    for block, element in state.elements(blocks):
        if element["action_id"] == wanted and block_id in (None, block["block_id"]) and _meant(element, body):
            return block, element
    known = [element["action_id"] for _, element in state.elements(blocks)]
    raise Refusal(f"there is nothing with action_id {wanted!r} here", action_ids=known)


def _meant(element: Json, body: Json) -> bool:
    """Of buttons that do the same with different things, `value` tells which one."""
    return element["type"] != "button" or body.get("value") in (None, element.get("value"))


def _value(desk: Desk, element: Json, body: Json) -> Any:
    if element["type"] in ("button", "workflow_button", "icon_button"):
        return None
    if element["type"] == "feedback_buttons":
        return str(body.get("value"))
    return inputs.chosen(desk, element, body.get("value"))


def _action(desk: Desk, block: Json, element: Json, value: Any) -> Json:
    kind = element["type"]
    chosen: Json = {}
    if kind == "overflow":
        chosen = {"selected_option": value}
    elif kind in state.KEYS:
        chosen = {state.KEYS[kind]: value}
    elif kind == "feedback_buttons":
        chosen = {"value": value}
    return payloads.action(element, block, chosen, desk.world.new_ts())


async def suggest(desk: Desk, body: Json) -> Json:
    """{user, action_id, value, channel?+ts?}: types into an external select; returns the options the app offers."""
    user = desk.user(body)
    if "channel" in body:
        channel = desk.channel(body, user)
        message = _message(channel, user, body)
        app, blocks = desk.world.app_of(bot_id=message.get("bot_id")), _blocks(message)
        where: Json = {"channel": {"id": channel.id, "name": channel.name}, "message": message}
        where["container"] = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id}
    else:
        view = _view(desk, body, user)
        app, blocks = modals.owner(desk, view), view.body["blocks"]
        where = {"container": {"type": "view", "view_id": view.id}, "view": modals.shown(desk, view)}
        where["view"].pop("errors")
    if app is None:
        raise Refusal("no app answers here")
    block, element = _find(blocks, body)
    query = str(body.get("value", ""))
    payload = payloads.suggestion(desk.world, app, user, where, element, block["block_id"], query)
    answer = await desk.delivery.send(app, "interactive", payload)
    found = answer.body if isinstance(answer.body, dict) else {}
    desk.suggested[element["action_id"]] = blocks_spec.normalised(inputs.options(found))
    return {"options": desk.suggested[element["action_id"]], "error": answer.reason or None}


async def shortcut(desk: Desk, body: Json) -> Json:
    """{user, callback_id, channel?+ts?}: a message shortcut when a message is named, otherwise a global one."""
    user = desk.user(body)
    kind = "message" if "ts" in body else "global"
    app = _offering(desk, kind, str(body.get("callback_id")))
    if kind == "message":
        channel = desk.channel(body, user)
        message = channel.messages.show(desk.message(body, channel))
        payload = payloads.message_shortcut(desk.world, app, user, channel, message, str(body["callback_id"]))
    else:
        payload = payloads.global_shortcut(desk.world, app, user, str(body["callback_id"]))
    answer = await desk.delivery.send(app, "interactive", payload)
    return {**_pressed(answer), "trigger_id": payload["trigger_id"], "response_url": payload.get("response_url")}


def _offering(desk: Desk, kind: str, callback_id: str) -> App:
    for app in desk.world.apps:
        for row in app.shortcuts:
            if row.get("callback_id") == callback_id and row.get("type") == kind and not app.revoked:
                return app
    raise Refusal(f"no app offers a {kind} shortcut {callback_id!r}")


async def home(desk: Desk, body: Json) -> Json:
    """{user, app?, tab?}: opens the app's Home tab (or "messages"); the app hears app_home_opened."""
    user, app = desk.user(body), desk.app(body)
    if not app.home_tab:
        raise Refusal(f"{app.name} has no Home tab")
    channel = desk.world.direct([user.id, app.bot_user_id])
    event: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": body.get("tab", "home")}
    key = desk.world.views.homes.get((app.id, user.id))
    if key:
        event["view"] = modals.shown(desk, desk.world.views.all[key])
        event["view"].pop("errors")
    desk.world.announce({**event, "event_ts": desk.world.new_ts(), "sandbox_app": app.id})
    return {"channel": channel.id}


ACTS = {"command": command, "press": press, "suggest": suggest, "shortcut": shortcut, "home": home}
