"""Canvases as people have them: what stands in one, and what somebody writes, renames or throws away in the client."""

from __future__ import annotations

from sandbox.control.desk import Desk
from sandbox.spec import canvas as markdown_of
from sandbox.spec.types import Json, Refusal
from sandbox.world import canvases
from sandbox.world.canvas import Canvas
from sandbox.world.users import User


def _row(desk: Desk, canvas: Canvas) -> Json:
    file = desk.world.files[canvas.id]
    row: Json = {"id": canvas.id, "title": canvas.title, "owner": canvas.owner, "channel": canvas.tab or None}
    row |= {"of_channel": canvas.of_channel, "users": dict(canvas.users), "channels": dict(canvas.channels)}
    return row | {"created": file["created"], "updated": file["updated"], "permalink": file["permalink"]}


def _seen(desk: Desk, user: User | None) -> list[Canvas]:
    there = [canvas for canvas in desk.world.canvases.values() if not canvas.deleted]
    return [c for c in there if user is None or canvases.level(desk.world, c, user.id)]


def several(desk: Desk, query: Json) -> Json:
    """{user?, channel?}: every canvas (that the user can see, that is a tab of the channel), without its text."""
    found = _seen(desk, desk.user(query) if query.get("user") else None)
    if query.get("channel"):
        where = desk.channel(query).id
        found = [canvas for canvas in found if canvas.tab == where]
    return {"canvases": [_row(desk, canvas) for canvas in found]}


def one(desk: Desk, query: Json) -> Json:
    """{id, user?}: a canvas with its Markdown, its sections (id, type, markdown) and what the user may do."""
    user = desk.user(query) if query.get("user") else None
    canvas = _canvas(desk, str(query.get("id")), user)
    level = canvases.level(desk.world, canvas, user.id) if user else "owner"
    sections = [{"id": s.id, "type": s.kind, "markdown": s.markdown} for s in canvas.sections]
    return {"canvas": {**_row(desk, canvas), "markdown": canvas.markdown, "sections": sections, "level": level}}


def _canvas(desk: Desk, key: str, user: User | None) -> Canvas:
    for canvas in _seen(desk, user):
        if canvas.id == key:
            return canvas
    raise Refusal(f"no canvas {key!r}")


def create(desk: Desk, body: Json) -> Json:
    """{user, title?, markdown?, channel?}: a new canvas, as the channel's own when one is named."""
    user = desk.user(body)
    channel = desk.place(body, user) if body.get("channel") else None
    if channel and any(tab["type"] == "channel_canvas" for tab in channel.tabs):
        raise Refusal(f"#{channel.name} has a canvas already")
    canvas = canvases.create(desk.world, user.id, str(body.get("title") or ""), _text(body))
    if channel:
        canvases.put_on_tab(desk.world, canvas, channel, of_channel=True)
    return {"canvas": canvas.id}


def _text(body: Json) -> str:
    text = str(body.get("markdown") or "")
    wrong = markdown_of.problem(text)
    if wrong:
        raise Refusal(wrong)
    return text


def edit(desk: Desk, body: Json) -> Json:
    """{user, id, markdown?, title?}: the whole text is written anew, or the title, or both."""
    user = desk.user(body)
    canvas = _canvas(desk, str(body.get("id")), user)
    if canvases.level(desk.world, canvas, user.id) == "read":
        raise Refusal(f"{user.name} may only read that canvas")
    if "markdown" in body:
        canvases.rewrite(desk.world, canvas, canvases.cut(desk.world, _text(body)))
    if body.get("title"):
        canvases.rename(desk.world, canvas, str(body["title"]))
    return {}


def delete(desk: Desk, body: Json) -> Json:
    """{user, id}: by its owner."""
    user = desk.user(body)
    canvas = _canvas(desk, str(body.get("id")), user)
    if canvas.owner != user.id:
        raise Refusal(f"{user.name} does not own that canvas")
    canvases.delete(desk.world, canvas)
    return {}


SEES = {"canvas": one, "canvases": several}
ACTS = {"create_canvas": create, "edit_canvas": edit, "delete_canvas": delete}
