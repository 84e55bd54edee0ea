"""A workspace from its YAML file: people, groups, channels with their history, apps with their manifests."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from sandbox.spec import canvas as canvas_markdown
from sandbox.spec import files
from sandbox.spec.types import Json, words
from sandbox.world import apps, canvases, install, times
from sandbox.world.channels import Channel
from sandbox.world.clock import Clock
from sandbox.world.history import Historian
from sandbox.world.ids import Ids
from sandbox.world.messages import micros
from sandbox.world.users import Group, User
from sandbox.world.workspace import Rules, Team, World

DEFAULT_START = "2026-03-02T09:00:00Z"
_KEYS = words("team seed start now defaults users usergroups channels apps emoji rules")
_USER_KEYS = words(
    """
    id name real_name display_name tz email title deleted is_bot is_admin is_restricted is_ultra_restricted
    is_stranger away
    """
)
_CHANNEL_KEYS = words(
    """
    id name private archived general shared topic purpose members messages start created bookmarks creator canvas
    """
)


def empty(given: Json, rules: Rules, *, manual: bool) -> World:
    """A world with a team and nobody in it."""
    rules.change({k: v for k, v in (given.get("rules") or {}).items() if rules.untouched(str(k))})
    seed = int(given.get("seed", 1))
    ids = Ids(seed)
    team = {"name": "Sandbox", "domain": "sandbox", **(given.get("team") or {})}
    key = ids.take(team["id"]) if "id" in team else ids.named("T", team["domain"])
    known = Team(key, team["name"], team["domain"], team.get("plan", "paid"), bool(team.get("canvases", True)))
    return World(known, Clock(manual=manual), ids, random.Random(seed), rules)


def read(
    path: Path | None, rules: Rules, *, manual: bool = False, manifest: Path | None = None, deliver: str | None = None
) -> World:
    """The world that a workspace file describes; with no file, a small one with two people and #general.

    `manifest` is the app under test, installed first. Raises ValueError or OSError."""
    given = _yaml(path) if path else _smallest()
    world = empty(given, rules, manual=manual)
    world.emoji = {str(name): str(url) for name, url in (given.get("emoji") or {}).items()}
    folder = path.parent if path else Path()
    if manifest:
        install.install(world, apps.read_manifest(manifest), deliver_url=deliver)
    _people(world, given)
    for row in given.get("apps") or []:
        _app(world, row, folder, deliver)
    for row in given.get("usergroups") or []:
        _group(world, row)
    for row in given.get("channels") or []:
        _channel(world, row)
    _histories(world, given, folder)
    set_clock(world, given.get("now"))
    for row in given.get("channels") or []:
        if "canvas" in row and (channel := world.channel(row["name"])):
            _canvas(world, channel, row["canvas"])
    return world


def set_clock(world: World, now: object = None) -> None:
    """A manual clock begins at that time, or a minute after the newest message."""
    newest = max((c.messages.timeline[-1] for c in world.channels.values() if c.messages.timeline), default=None)
    after = micros(newest) + 60_000_000 if newest else times.read(DEFAULT_START, 0)
    world.clock.set_still((times.read(now, after) if now is not None else after) / 1e6)


def _yaml(path: Path) -> Json:
    given = files.mapping(path, "workspace")
    unknown = set(given) - _KEYS
    if unknown:
        raise ValueError(f"{path}: unknown keys {sorted(unknown)}")
    return given


def _smallest() -> Json:
    people = [{"name": "ada", "real_name": "Ada"}, {"name": "ben", "real_name": "Ben"}]
    return {"users": people, "channels": [{"name": "general", "general": True, "members": ["ada", "ben"]}]}


def _people(world: World, given: Json) -> None:
    defaults = given.get("defaults") or {}
    for row in given.get("users") or []:
        unknown = set(row) - _USER_KEYS
        if unknown or "name" not in row:
            raise ValueError(f"user {row.get('name')!r}: unknown keys {sorted(unknown)}, or no name")
        values: Json = {"real_name": row["name"], **defaults, **row}
        key = world.ids.take(values.pop("id")) if "id" in values else world.ids.named("U", row["name"])
        bot_id = world.ids.named("B", row["name"]) if row.get("is_bot") else None
        world.users[key] = User(id=key, team_id=world.team.id, bot_id=bot_id, **values)


def _app(world: World, row: Json, folder: Path, deliver: str | None) -> None:
    manifest: Any = row.get("manifest")
    if isinstance(manifest, str):
        manifest = apps.read_manifest(folder / manifest)
    url = row.get("deliver") or (deliver if not world.apps else None)
    install.install(world, manifest or apps.permissive_manifest(), name=row.get("name", "app"), deliver_url=url)


def _group(world: World, row: Json) -> None:
    key = world.ids.take(row["id"]) if "id" in row else world.ids.named("S", row["handle"])
    users = [_user_id(world, name, f"group {row['handle']}") for name in row.get("users") or []]
    world.groups[key] = Group(
        key, row["handle"], str(row.get("name", row["handle"])), users, row.get("description", "")
    )


def _user_id(world: World, name: str, where: str) -> str:
    user = world.user(str(name))
    if user is None:
        raise ValueError(f"{where}: no user {name!r}")
    return user.id


def _channel(world: World, row: Json) -> None:
    unknown = set(row) - _CHANNEL_KEYS
    if unknown or "name" not in row:
        raise ValueError(f"channel {row.get('name')!r}: unknown keys {sorted(unknown)}, or no name")
    key = world.ids.take(row["id"]) if "id" in row else world.ids.named("C", row["name"])
    members = [_user_id(world, name, f"#{row['name']}") for name in row.get("members") or []]
    channel = Channel(key, row["name"], "private" if row.get("private") else "public", members=members)
    channel.creator = _user_id(world, row["creator"], "creator") if "creator" in row else (members or [""])[0]
    channel.archived, channel.general = bool(row.get("archived")), bool(row.get("general"))
    channel.ext_shared = bool(row.get("shared"))
    for name in ("topic", "purpose"):
        if name in row:
            setattr(channel, name, {"value": row[name], "creator": channel.creator, "last_set": 1})
    world.channels[key] = channel


def _canvas(world: World, channel: Channel, row: Json) -> None:
    text = str(row.get("markdown", ""))
    wrong = set(row) - {"title", "markdown"} or canvas_markdown.problem(text)
    if wrong:
        raise ValueError(f"canvas of #{channel.name}: {wrong}")
    made = canvases.create(world, channel.creator, str(row.get("title", channel.name)), text)
    canvases.put_on_tab(world, made, channel, of_channel=True)


def _histories(world: World, given: Json, folder: Path) -> None:
    start = times.read(given.get("start", DEFAULT_START), 0)
    for row in given.get("channels") or []:
        channel = world.channel(row["name"])
        if channel is None:
            continue
        first = times.read(row["start"], start) if "start" in row else start
        channel.created = (
            int(times.read(row["created"], first) if "created" in row else first - 60_000_000) // 1_000_000
        )
        Historian(world, channel, folder, first).write(row.get("messages") or [])
