"""Canvases: documents that are files too, with sections whose ids last until the next edit, and with their own list of who may do what."""

from __future__ import annotations

import html

from sandbox.spec import canvas as markdown_of
from sandbox.spec.types import Json
from sandbox.world import files
from sandbox.world.canvas import Canvas, Section
from sandbox.world.channels import Channel
from sandbox.world.workspace import World

LEVELS = ("read", "write", "owner")
UNTITLED = "Untitled"


def cut(world: World, markdown: str) -> list[Section]:
    """The sections of a text, with fresh ids."""
    return [Section(_section_id(world), kind, text) for kind, text in markdown_of.sections(markdown)]


def _section_id(world: World) -> str:
    return f"temp:C:{world.ids.short(3)}{world.ids.hex(26)}"


def create(world: World, owner: str, title: str, markdown: str) -> Canvas:
    """A new canvas that only its owner can see, announced as file_created."""
    file = files.draft(world, title or UNTITLED, 0, owner)
    file |= {"title": title or UNTITLED, "mimetype": "application/vnd.slack-docs", "filetype": "quip", "mode": "quip"}
    file |= {"pretty_type": "Canvas", "editable": True, "access": "owner", "is_channel_space": False}
    file["dm_mpdm_users_with_file_access"] = []
    canvas = Canvas(file["id"], file["title"], owner, cut(world, markdown))
    world.files[canvas.id], world.canvases[canvas.id] = file, canvas
    _keep(world, canvas)
    _tell(world, canvas, "file_created", "created")
    return canvas


def put_on_tab(world: World, canvas: Canvas, channel: Channel, *, of_channel: bool) -> None:
    """Make the canvas a tab of a channel whose members may then write in it; `of_channel`: it is the channel's own."""
    canvas.tab, canvas.of_channel = channel.id, of_channel
    canvas.channels[channel.id] = "write"
    kind = "channel_canvas" if of_channel else "canvas"
    row = {"id": world.ids.new("Ct"), "label": "" if of_channel else canvas.title, "type": kind}
    channel.tabs.append({**row, "data": {"file_id": canvas.id}})
    _keep(world, canvas)
    event = {"type": "file_shared", "file_id": canvas.id, "user_id": canvas.owner, "file": {"id": canvas.id}}
    world.announce({**event, "channel_id": channel.id, "event_ts": world.new_ts()}, channel)
    _page(world, canvas, "tabbed")


def rewrite(world: World, canvas: Canvas, sections: list[Section]) -> None:
    """Put these sections in; every id is a new one from now on, so that whoever kept an old one learns it here."""
    canvas.sections = [Section(_section_id(world), one.kind, one.markdown) for one in sections]
    _keep(world, canvas)
    _tell(world, canvas, "file_change", "edited")


def rename(world: World, canvas: Canvas, title: str) -> None:
    """Give it another title."""
    canvas.title = title
    world.files[canvas.id]["title"] = title
    for tab in _tabs(world, canvas):
        tab["label"] = "" if canvas.of_channel else title
    _tell(world, canvas, "file_change", "renamed")


def _tabs(world: World, canvas: Canvas) -> list[Json]:
    channel = world.channels.get(canvas.tab)
    return [tab for tab in channel.tabs if tab["data"]["file_id"] == canvas.id] if channel else []


def delete(world: World, canvas: Canvas) -> None:
    """Take it away, with its tab and its file; announced as file_deleted."""
    _tell(world, canvas, "file_deleted", "deleted")
    channel = world.channels.get(canvas.tab)
    if channel:
        channel.tabs = [tab for tab in channel.tabs if tab["data"]["file_id"] != canvas.id]
    canvas.deleted = True
    gone: Json = {"id": canvas.id, "mode": "tombstone", "user": canvas.owner, "channels": [], "groups": [], "ims": []}
    world.files[canvas.id] = {**gone, "shares": {}}
    world.contents.pop(canvas.id, None)


def grant(world: World, canvas: Canvas, *, users: list[str], channels: list[str], level: str | None) -> None:
    """Set the level of people and channels; None takes it away. An owner hands the canvas over and keeps write."""
    for user in users:
        if level == "owner":
            canvas.users[canvas.owner] = "write"
            canvas.owner = world.files[canvas.id]["user"] = user
        _set(canvas.users, user, level)
    for channel in channels:
        _set(canvas.channels, channel, level)
    _keep(world, canvas)
    _page(world, canvas, "access")


def _set(table: dict[str, str], key: str, level: str | None) -> None:
    if level is None:
        table.pop(key, None)
    else:
        table[key] = level


def level(world: World, canvas: Canvas, user: str) -> str:
    """What a user may do: owner, write, read, or an empty string."""
    if user == canvas.owner:
        return "owner"
    spots = [(world.channels[key], given) for key, given in canvas.channels.items() if key in world.channels]
    given = [canvas.users.get(user, ""), *(one for channel, one in spots if user in channel.members)]
    return max(given, key=lambda one: (*("",), *LEVELS).index(one))


def _keep(world: World, canvas: Canvas) -> None:
    """The file follows its canvas: where it is seen, how long it is, and the page that its private address gives."""
    file = world.files[canvas.id]
    kinds = {"public": "channels", "private": "groups"}
    for key in ("channels", "groups", "ims"):
        file[key] = [c for c in canvas.channels if kinds.get(world.channels[c].kind, "ims") == key]
    file["is_public"] = bool(file["channels"])
    file["is_channel_space"], file["linked_channel_id"] = canvas.of_channel, canvas.tab
    file["dm_mpdm_users_with_file_access"] = [{"user_id": u, "access": given} for u, given in canvas.users.items()]
    world.contents[canvas.id] = _shown(canvas).encode("utf-8", "replace")
    file["size"] = canvas.size
    file["updated"] = int(world.clock.now())


def _shown(canvas: Canvas) -> str:
    rows = []
    for one in canvas.sections:
        tag = one.kind if one.kind in markdown_of.HEADERS else "p"
        text = one.markdown.lstrip("# ") if tag != "p" else one.markdown
        rows.append(f"<{tag} id='{one.id}' class='line'>{html.escape(text)}</{tag}>")
    return "\n".join(rows)


def _tell(world: World, canvas: Canvas, kind: str, change: str) -> None:
    event: Json = {"type": kind, "file_id": canvas.id, "event_ts": world.new_ts()}
    if kind != "file_deleted":
        event |= {"file": {"id": canvas.id}, "user_id": canvas.owner}
    for app in world.apps:
        if level(world, canvas, app.bot_user_id):
            world.announce({**event, "sandbox_app": app.id})
    _page(world, canvas, change)


def _page(world: World, canvas: Canvas, change: str) -> None:
    world.announce({"type": "sandbox.canvas", "canvas_id": canvas.id, "channel": canvas.tab, "change": change})
