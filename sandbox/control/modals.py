"""What a person does with forms: fill them in, submit, close; and what the app's answer does to the screen."""

from __future__ import annotations

from typing import Any

from sandbox.control import inputs
from sandbox.control.desk import Desk
from sandbox.deliver import payloads
from sandbox.deliver.http import Answer
from sandbox.spec import blocks, state
from sandbox.spec.types import Json, Refusal, SlackError
from sandbox.web import views as views_api
from sandbox.world import views
from sandbox.world.apps import App
from sandbox.world.users import User
from sandbox.world.views import View

TROUBLE = "We had some trouble connecting. Try again?"


def top(desk: Desk, user: User) -> View:
    """The modal in front of a user. Refusal when none is open."""
    stack = desk.world.views.stack(user.id)
    if not stack:
        raise Refusal(f"{user.name} has no modal open")
    return stack[-1]


def owner(desk: Desk, view: View) -> App:
    """The app a view belongs to."""
    app = desk.world.app_of(app_id=view.app)
    if app is None:
        raise Refusal("the app of this view is gone")
    return app


def shown(desk: Desk, view: View) -> Json:
    """A view as its reader sees it, with the sentences under its inputs."""
    return {**views.shape(view, owner(desk, view), desk.world.team.id), "errors": view.error}


def fill(desk: Desk, view: View, values: Json) -> None:
    """Put values into inputs: {block_id: value} or {block_id: {action_id: value}}. Refusal for an input that is not there."""
    there = {(block["block_id"], el["action_id"]): el for block, el in state.elements(view.body["blocks"])}
    for block_id, given in values.items():
        ids = [action for block, action in there if block == block_id]
        if not ids:
            raise Refusal(f"no input {block_id!r} in this view", inputs=sorted({block for block, _ in there}))
        rows = given if isinstance(given, dict) and set(given) <= set(ids) else {ids[0]: given}
        for action_id, value in rows.items():
            element = there[(block_id, action_id)]
            view.values[block_id][action_id] = state.entry(element, inputs.chosen(desk, element, value))


def _refused_inputs(view: View) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for block, element in state.elements(view.body["blocks"]):
        if block["type"] == "input":
            found = inputs.problem(block, element, view.values[block["block_id"]][element["action_id"]])
            if found:
                wrong[block["block_id"]] = found
    return wrong


async def submit(desk: Desk, body: Json) -> Json:
    """{user, values?, view_id?}: fills in, checks as the client does, sends, and does what the app answers."""
    user = desk.user(body)
    view = top(desk, user)
    if body.get("view_id") not in (None, view.id):
        raise Refusal("another modal is in front of that one")
    if view.body.get("submit") is None and not any(b["type"] == "input" for _, b in blocks.flat(view.body["blocks"])):
        raise Refusal("this modal has no submit button")
    fill(desk, view, body.get("values") or {})
    wrong = _refused_inputs(view)
    if wrong:
        raise Refusal("the client does not send this form", errors=wrong)
    view.error = {}
    answer = await desk.delivery.send(
        owner(desk, view), "interactive", payloads.submission(desk.world, owner(desk, view), user, view)
    )
    return _answered(desk, user, view, answer)


def _answered(desk: Desk, user: User, view: View, answer: Answer) -> Json:
    if answer.reason:
        return {"ok": False, "error": answer.reason, "shown": TROUBLE, "view": shown(desk, view)}
    ack = answer.body if isinstance(answer.body, dict) else {}
    try:
        _act(desk, user, view, ack)
    except SlackError as error:
        desk.world.violation("ack", f"the view in the answer is refused: {error.name} {error.extra}", app=view.app)
        return {"ok": False, "error": error.name, "shown": TROUBLE, "ack": ack, **error.extra}
    desk.world.announce({"type": "sandbox.view", "user": user.id, "view_id": view.id})
    stack = [shown(desk, one) for one in desk.world.views.stack(user.id)]
    return {"ack": ack, "response_action": ack.get("response_action"), "errors": view.error, "stack": stack}


def _act(desk: Desk, user: User, view: View, ack: Json) -> None:
    book = desk.world.views
    action = ack.get("response_action")
    if action == "errors":
        _errors(desk, view, ack.get("errors"))
    elif action == "update":
        book.update(view, views_api.checked(desk.world, ack.get("view"), "modal"), None)
    elif action == "push":
        book.push(view.app, user.id, views_api.checked(desk.world, ack.get("view"), "modal"))
    elif action == "clear":
        book.clear(user.id)
    elif action is None:
        if ack:
            desk.world.violation("ack", f"keys Slack does not know in a submission's ack: {sorted(ack)}", app=view.app)
        if view in book.stack(user.id):
            book.close_top(user.id)
    else:
        raise SlackError("unknown_response_action")


def _errors(desk: Desk, view: View, errors: Any) -> None:
    known = {block["block_id"] for _, block in blocks.flat(view.body["blocks"]) if block["type"] == "input"}
    given = errors if isinstance(errors, dict) else {}
    for block_id in sorted(set(given) - known):
        desk.world.violation("ack", f"an error for {block_id!r}, which is no input of this view", app=view.app)
    if not given:
        desk.world.violation("ack", "response_action errors without errors", app=view.app)
    view.error = {key: str(text) for key, text in given.items() if key in known}


async def close(desk: Desk, body: Json) -> Json:
    """{user, all?}: the Cancel button, or the cross that takes the whole stack away."""
    user = desk.user(body)
    view = top(desk, user)
    everything = bool(body.get("all")) or bool(view.body.get("clear_on_close"))
    gone = desk.world.views.clear(user.id) if everything else [desk.world.views.close_top(user.id)]
    for one in gone:
        if one.body.get("notify_on_close"):
            payload = payloads.closed(desk.world, owner(desk, one), user, one, is_cleared=everything)
            await desk.delivery.send(owner(desk, one), "interactive", payload)
    desk.world.announce({"type": "sandbox.view", "user": user.id, "view_id": view.id})
    return {"stack": [shown(desk, one) for one in desk.world.views.stack(user.id)]}


async def fill_only(desk: Desk, body: Json) -> Json:
    """{user, values}: types into the modal in front without sending it."""
    view = top(desk, desk.user(body))
    fill(desk, view, body.get("values") or {})
    return {"view": shown(desk, view)}


ACTS = {"submit": submit, "close": close, "fill": fill_only}
