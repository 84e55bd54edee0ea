"""A workspace from a Slack export, a folder or a zip, of any age: what can be read is read, the rest is counted."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox.spec.types import Json
from sandbox.world.channels import Channel
from sandbox.world.users import User
from sandbox.world.workspace import World

_LISTS = {"channels.json": "public", "groups.json": "private", "mpims.json": "mpim", "dms.json": "im"}


def read(world: World, path: Path) -> dict[str, int]:
    """Take an export into the world. Returns counts: users, channels, messages, skipped. OSError when there is none."""
    files = dict(_files(path))
    counts = {"users": 0, "channels": 0, "messages": 0, "skipped": 0}
    for row in _list(files.get("users.json"), counts):
        _user(world, row)
        counts["users"] += 1
    for name, kind in _LISTS.items():
        for row in _list(files.get(name), counts):
            channel = _channel(world, row, kind)
            counts["channels"] += 1
            counts["messages"] += _history(channel, row, files, counts)
    return counts


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in path.rglob("*.json"):
            yield file.relative_to(path).as_posix(), file.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".json")]
        root = next((n.removesuffix("channels.json") for n in names if n.endswith("channels.json")), "")
        for name in names:
            yield name.removeprefix(root), archive.read(name)


def _list(content: bytes | None, counts: dict[str, int]) -> list[Json]:
    if content is None:
        return []
    try:
        loaded: Any = json.loads(content)
    except ValueError:
        counts["skipped"] += 1
        return []
    return [row for row in loaded if isinstance(row, dict)] if isinstance(loaded, list) else []


def _user(world: World, row: Json) -> None:
    profile = row.get("profile") or {}
    world.users[world.ids.take(row["id"])] = User(
        id=row["id"],
        name=row.get("name", row["id"].lower()),
        team_id=world.team.id,
        real_name=row.get("real_name") or profile.get("real_name") or "",
        display_name=profile.get("display_name") or "",
        tz=row.get("tz") or "Etc/UTC",
        email=profile.get("email"),
        title=profile.get("title") or "",
        deleted=bool(row.get("deleted")),
        is_bot=bool(row.get("is_bot")),
        is_restricted=bool(row.get("is_restricted")),
        is_ultra_restricted=bool(row.get("is_ultra_restricted")),
        bot_id=profile.get("bot_id"),
        app_id=profile.get("api_app_id"),
        updated=int(row.get("updated") or 0),
    )


def _channel(world: World, row: Json, kind: str) -> Channel:
    key = world.ids.take(row["id"])
    channel = Channel(key, row.get("name", ""), kind, members=list(row.get("members") or []))
    channel.created, channel.creator = int(float(row.get("created") or 0)), row.get("creator", "")
    channel.archived, channel.general = bool(row.get("is_archived")), bool(row.get("is_general"))
    for name in ("topic", "purpose"):
        given = row.get(name) or {}
        last_set = int(float(given.get("last_set") or 0))
        setattr(
            channel, name, {"value": given.get("value", ""), "creator": given.get("creator", ""), "last_set": last_set}
        )
    channel.pins = [
        {"ts": pin["id"], "created": int(float(pin.get("created") or 0)), "created_by": pin.get("user", "")}
        for pin in row.get("pins") or []
        if pin.get("type") == "C"
    ]
    world.channels[key] = channel
    return channel


def _history(channel: Channel, row: Json, files: dict[str, bytes], counts: dict[str, int]) -> int:
    folder = f"{row.get('name') or row['id']}/"
    found: list[Json] = []
    for name, content in files.items():
        if name.startswith(folder):
            found += [message for message in _list(content, counts) if isinstance(message.get("ts"), str)]
    channel.messages.load(found)
    channel.pins = [pin for pin in channel.pins if pin["ts"] in channel.messages.by_ts]
    return len(found)
