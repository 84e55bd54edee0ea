"""A workspace from a Slack export, a folder or a zip, of any age: what can be read is read, the rest is counted."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox.spec import places
from sandbox.spec.types import Json
from sandbox.world.channels import Channel
from sandbox.world.users import User
from sandbox.world.workspace import World

_TS = re.compile(r"\d{1,12}\.\d{1,6}", re.ASCII)
_LISTS = {"channels.json": "public", "groups.json": "private", "mpims.json": "mpim", "dms.json": "im"}


def read(world: World, path: Path) -> dict[str, int]:
    """Take an export into the world. Returns counts: users, channels, messages, skipped; what was skipped is named in the world.

    ValueError with the place when it is no export, or its lists cannot be read. OSError when it is not there."""
    files = dict(_files(path))
    if not files.keys() & {"channels.json", "groups.json", "dms.json", "mpims.json"}:
        raise ValueError(f"{path}: this is no Slack export, there is no channels.json in it")
    counts = {"users": 0, "channels": 0, "messages": 0}
    for place, row in _rows(path, files, "users.json"):
        with places.at(place):
            _user(world, row)
        counts["users"] += 1
    for name, kind in _LISTS.items():
        for place, row in _rows(path, files, name):
            with places.at(place):
                channel = _channel(world, row, kind)
            counts["channels"] += 1
            counts["messages"] += _history(world, channel, row, files, path)
    return counts | {"skipped": len(world.skipped)}


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in path.rglob("*.json"):
            yield file.relative_to(path).as_posix(), file.read_bytes()
        return
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".json")]
            root = next((n.removesuffix("channels.json") for n in names if n.endswith("channels.json")), "")
            for name in names:
                yield name.removeprefix(root), archive.read(name)
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise ValueError(f"{path}: this is neither a folder nor a zip that can be read ({error})") from error


def _rows(path: Path, files: dict[str, bytes], name: str) -> Iterator[tuple[str, Json]]:
    """The entries of one of the lists, each with its place. ValueError."""
    if name not in files:
        return
    with places.at(path / name):
        loaded = _decoded(files[name])
    for number, row in enumerate(loaded, 1):
        place = f"{path / name}, entry {number}"
        if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"]:
            raise ValueError(f"{place}: id is missing")
        yield place, row


def _decoded(content: bytes) -> list[Any]:
    try:
        loaded: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this is not JSON ({error})") from error
    if not isinstance(loaded, list):
        raise ValueError("this is not a list")
    return loaded


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


def _history(world: World, channel: Channel, row: Json, files: dict[str, bytes], path: Path) -> int:
    """The days of one channel; a damaged one, and a message without a time, is skipped and named."""
    folder = f"{row.get('name') or row['id']}/"
    found: list[Json] = []
    for name, content in files.items():
        if name.startswith(folder):
            try:
                day = _decoded(content)
            except ValueError as error:
                world.skipped.append(f"{path / name}: {error}")
                continue
            good = [message for message in day if _is_message(message)]
            if len(good) < len(day):
                bad = next(number for number, message in enumerate(day, 1) if not _is_message(message))
                world.skipped.append(f"{path / name}: {len(day) - len(good)} without a ts, the first is entry {bad}")
            found += good
    channel.messages.load(found)
    channel.pins = [pin for pin in channel.pins if pin["ts"] in channel.messages.by_ts]
    return len(found)


def _is_message(message: Any) -> bool:
    return isinstance(message, dict) and isinstance(ts := message.get("ts"), str) and bool(_TS.fullmatch(ts))
