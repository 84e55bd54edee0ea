"""A workspace from its YAML file: people, groups, channels with their history, apps with their manifests."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from sandbox.spec import canvas as canvas_markdown
from sandbox.spec import files, manifests, places, shapes
from sandbox.spec.types import Json, words
from sandbox.world import access, apps, canvases, channels, install, times
from sandbox.world.channels import Channel
from sandbox.world.clock import Clock
from sandbox.world.history import Historian
from sandbox.world.ids import Ids
from sandbox.world.messages import micros
from sandbox.world.users import Group, User
from sandbox.world.workspace import Rules, Team, World

PLANS = ("paid", "free")
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
    if team.get("plan", "paid") not in PLANS:
        raise ValueError(f"team: a plan is paid or free, not {team['plan']!r}")
    known = Team(key, team["name"], team["domain"], team.get("plan", "paid"), bool(team.get("canvases", True)))
    return World(known, Clock(manual=manual), ids, random.Random(seed), rules)


def read(
    path: Path | None, rules: Rules, *, manual: bool = False, manifest: Path | None = None, deliver: str | None = None
) -> World:
    """The world that a workspace file describes; with no file, a small one with two people and #general.

    `manifest` is the app under test, installed first. Raises ValueError or OSError."""
    if path is None:
        return _made(_smallest(), Path(), rules, manual, manifest, deliver)
    given = files.mapping(path, "workspace")
    with places.at(path):
        return _made(given, path.parent, rules, manual, manifest, deliver)


def _made(given: Json, folder: Path, rules: Rules, manual: bool, manifest: Path | None, deliver: str | None) -> World:
    if unknown := set(given) - _KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    world = empty(given, rules, manual=manual)
    world.emoji = {str(name): str(url) for name, url in (given.get("emoji") or {}).items()}
    if manifest:
        install.install(world, apps.read_manifest(manifest), deliver_url=deliver)
    _people(world, given)
    for row in given.get("apps") or []:
        _app(world, row, folder, deliver)
    for row in given.get("usergroups") or []:
        _group(world, row)
    for number, row in enumerate(given.get("channels") or [], 1):
        _check_keys(row, _CHANNEL_KEYS, f"channel {number}")
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


def _smallest() -> Json:
    people = [{"name": "ada", "real_name": "Ada"}, {"name": "ben", "real_name": "Ben"}]
    return {"users": people, "channels": [{"name": "general", "general": True, "members": ["ada", "ben"]}]}


def _people(world: World, given: Json) -> None:
    defaults = given.get("defaults") or {}
    taken: set[str] = set()
    for number, row in enumerate(given.get("users") or [], 1):
        _check_keys(row, _USER_KEYS, f"user {number}")
        values: Json = {"real_name": row["name"], **defaults, **row}
        if not shapes.is_zone(values.get("tz", "Etc/UTC")):
            raise ValueError(f"user {row['name']}: there is no time zone {values['tz']!r}")
        if row["name"] in taken or row.get("id") in world.users:
            raise ValueError(f"user {number}: there are two of the name {row['name']!r} or of one id")
        taken.add(row["name"])
        key = world.ids.take(values.pop("id")) if "id" in values else world.ids.named("U", row["name"])
        bot_id = world.ids.named("B", row["name"]) if row.get("is_bot") else None
        world.users[key] = User(id=key, team_id=world.team.id, bot_id=bot_id, **values)


def _check_keys(row: Any, known: frozenset[str], what: str) -> None:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"]:
        raise ValueError(f"{what} has no name (a text)")
    if unknown := set(row) - known:
        raise ValueError(f"{what}, {row['name']}: unknown keys {sorted(map(str, unknown))}")


def _app(world: World, row: Json, folder: Path, deliver: str | None) -> None:
    manifest: Any = row.get("manifest")
    if isinstance(manifest, str):
        manifest = apps.read_manifest(folder / manifest)
    elif manifest and (wrong := manifests.problem(manifest)):
        raise ValueError(f"the manifest of an app: {wrong}")
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
    if not channels.is_name(row["name"]):
        raise ValueError(
            f"channel {row['name']!r}: a name has small letters, digits, - and _ and 80 characters at most"
        )
    if world.channel(row["name"]) or row.get("id") in world.channels:
        raise ValueError(f"channel {row['name']!r}: there are two of that name or id")
    key = world.ids.take(row["id"]) if "id" in row else world.ids.named("C", row["name"])
    members = [_user_id(world, name, f"#{row['name']}") for name in row.get("members") or []]
    channel = Channel(key, row["name"], "private" if row.get("private") else "public", members=members)
    channel.creator = _user_id(world, row["creator"], "creator") if "creator" in row else (members or [""])[0]
    channel.archived, channel.general = bool(row.get("archived")), bool(row.get("general"))
    channel.ext_shared = bool(row.get("shared"))
    for name in ("topic", "purpose"):
        if name in row:
            setattr(channel, name, {"value": row[name], "creator": channel.creator, "last_set": 1})
    for key_of in members:
        if world.users[key_of].is_stranger and not channel.ext_shared:
            raise ValueError(access.barred(world, world.users[key_of], channel, invited=True))
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
        first = _time(row, "start", start)
        channel.created = _time(row, "created", first, otherwise=first - 60_000_000) // 1_000_000
        Historian(world, channel, folder, first).write(row.get("messages") or [])


def _time(row: Json, key: str, before: int, *, otherwise: int | None = None) -> int:
    with places.at(f"#{row['name']}, {key}"):
        return times.read(row[key], before) if key in row else before if otherwise is None else otherwise
