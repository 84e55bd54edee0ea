"""Files: what the API says of them, where they are shared, and what is left of a message when one is deleted."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from sandbox.spec.types import Json
from sandbox.world.channels import Channel
from sandbox.world.workspace import World

_TYPES = {"md": "markdown", "txt": "text", "py": "python", "yml": "yaml", "jpeg": "jpg"}
_MIMES = {"md": "text/markdown", "log": "text/plain", "yml": "text/yaml", "yaml": "text/yaml"}


def make(
    world: World, name: str, content: bytes, user: str, *, title: str | None = None, at: float | None = None
) -> Json:
    """Store a file of that user and return its file object; it is shared nowhere yet."""
    file = draft(world, name, len(content), user, at=at)
    complete(world, file, content, title)
    return file


def draft(world: World, name: str, size: int, user: str, *, at: float | None = None) -> Json:
    """The file object of an upload that is not finished; nobody can see it yet."""
    key = world.ids.new("F")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    mime = (
        _MIMES.get(ending)
        or mimetypes.guess_type(name)[0]
        or ("text/plain" if not ending else "application/octet-stream")
    )
    when = int(at if at is not None else world.clock.now())
    return {
        "id": key,
        "created": when,
        "timestamp": when,
        "name": name,
        "title": name,
        "mimetype": mime,
        "filetype": _TYPES.get(ending, ending or "text"),
        "pretty_type": (_TYPES.get(ending, ending) or "plain text").title(),
        "user": user,
        "user_team": world.team.id,
        "editable": mime.startswith("text/"),
        "size": size,
        "mode": "snippet" if mime.startswith("text/") else "hosted",
        **_nowhere(),
        **_addresses(world, key, user, name),
    }


def _nowhere() -> Json:
    return {
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "channels": [],
        "groups": [],
        "ims": [],
        "shares": {},
        "comments_count": 0,
        "has_rich_preview": False,
        "file_access": "visible",
    }


def _addresses(world: World, key: str, user: str, name: str) -> Json:
    base, team, name = world.base_url, world.team.id, quote(name, safe="", errors="replace")
    private = f"{base}/files-pri/{team}-{key}/{name}"
    return {
        "url_private": private,
        "url_private_download": f"{private}?download=1",
        "permalink": f"{base}/files/{user}/{key}/{name}",
        "permalink_public": f"{base}/files-public/{team}-{key}",
    }


def complete(world: World, file: Json, content: bytes, title: str | None) -> None:
    """Make an uploaded file visible."""
    file["size"] = len(content)
    if title:
        file["title"] = title
    world.files[file["id"]] = file
    world.contents[file["id"]] = content


def share(world: World, file: Json, channel: Channel, ts: str, thread_ts: str | None = None) -> None:
    """Note that a message with the file stands in a channel."""
    kind = {"public": "channels", "private": "groups"}.get(channel.kind, "ims")
    if channel.id not in file[kind]:
        file[kind].append(channel.id)
    side = "public" if channel.kind == "public" else "private"
    if channel.kind == "public":
        file["is_public"] = True
    row: Json = {"ts": ts, "channel_name": channel.name, "team_id": world.team.id, "share_user_id": file["user"]}
    row |= {"reply_users": [], "reply_users_count": 0, "reply_count": 0, "source": "UNKNOWN"}
    if thread_ts:
        row["thread_ts"] = thread_ts
    file["shares"].setdefault(side, {}).setdefault(channel.id, []).append(row)


def tell(world: World, file: Json, channel: Channel, *, new: bool = True) -> None:
    """Announce that a file was shared in a channel; before that, when it is `new`, that it was made, and made public."""
    event = {"file_id": file["id"], "user_id": file["user"], "file": {"id": file["id"]}}
    kinds = ["file_created", *(["file_public"] if channel.kind == "public" else [])] if new else []
    for kind in kinds:
        world.announce({"type": kind, **event, "event_ts": world.new_ts()}, channel)
    event["channel_id"] = channel.id
    world.announce({"type": "file_shared", **event, "event_ts": world.new_ts()}, channel)


def places(file: Json) -> list[tuple[str, str]]:
    """(channel id, ts) of every message the file stands in."""
    return [(channel, row["ts"]) for side in file["shares"].values() for channel, rows in side.items() for row in rows]


def visible(world: World, file: Json, user: str) -> bool:
    """True for the owner, for who can see a channel the file is in, and for who was given access to a canvas."""
    shared = [*file["channels"], *file["groups"], *file["ims"]]
    spots = [world.channels[key] for key in shared if key in world.channels]
    granted = any(row["user_id"] == user for row in file.get("dm_mpdm_users_with_file_access", []))
    return file["user"] == user or granted or any(c.kind == "public" or user in c.members for c in spots)
