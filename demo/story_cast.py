"""Who takes part in the story: people, machines and their one channel, with ids that are the same on every machine."""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from demo import story_zones
from demo.story_fields import Fields, StoryError
from demo.story_values import Bot, Channel, User

NIGHT = "night"
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_ALPHABET = string.digits + string.ascii_uppercase
_USER_KEYS = "name display_name real_name tz title email deleted is_bot is_restricted is_stranger"


def slack_id(prefix: str, key: str) -> str:
    """An id of Slack's form (letter, zero, nine digits or capitals) that depends on the key alone."""
    number = int.from_bytes(hashlib.sha256(f"{prefix}/{key}".encode()).digest(), "big")
    return f"{prefix}0" + "".join(_ALPHABET[number // 36**place % 36] for place in range(9))


def users(story: Fields, domain: str, midnight: datetime) -> tuple[User, ...]:
    """All people; who lives in `night` gets the zone whose midnight is nearest to the given instant."""
    return tuple(_user(key, fields, domain, midnight) for key, fields in _entries(story, "users", _USER_KEYS))


@cache
def _zones() -> frozenset[str]:
    """Looked for in hundreds of files."""
    return frozenset(available_timezones())


def _user(key: str, fields: Fields, domain: str, midnight: datetime) -> User:
    zone = fields.text("tz")
    if zone == NIGHT:
        zone = story_zones.night_zone(midnight)
    elif zone not in _zones():
        raise StoryError(f"{fields.where}: `{zone}` is not the name of a time zone.")
    name = fields.text("name")
    return User(
        key=key,
        id=slack_id("U", key),
        name=name,
        display_name=fields.text("display_name"),
        real_name=fields.text("real_name"),
        tz=zone,
        title=fields.text("title") if fields.has("title") else "",
        email=fields.text("email", default=f"{name}@{domain}"),
        deleted=fields.flag("deleted"),
        is_bot=fields.flag("is_bot"),
        is_restricted=fields.flag("is_restricted"),
        is_stranger=fields.flag("is_stranger"),
    )


def bots(story: Fields, people: tuple[User, ...]) -> tuple[Bot, ...]:
    """All machines; their keys must not be those of people."""
    found = []
    for key, fields in _entries(story, "bots", "name kind"):
        kind = fields.text("kind")
        if kind not in ("app", "webhook"):
            raise StoryError(f"{fields.where}: `kind` is {kind!r}, but must be app or webhook.")
        if key in {person.key for person in people}:
            raise StoryError(f"{fields.where}: a user has the same key.")
        user_id = slack_id("U", key) if kind == "app" else None
        found.append(Bot(key=key, user_id=user_id, name=fields.text("name")))
    return tuple(found)


def channel(story: Fields, mentions: Mapping[str, str], wire: Callable[[str, str], str]) -> Channel:
    """The incident channel. `mentions` are the ids of those who could have made it, `wire` turns text into Slack's."""
    fields = story.sub("channel", "name topic creator")
    name, creator = fields.text("name"), fields.text("creator")
    if creator not in mentions:
        raise StoryError(f"The channel's creator `{creator}` is neither a user nor an app.")
    return Channel(slack_id("C", name), name, wire(fields.text("topic"), "The channel's topic"), creator)


def _entries(story: Fields, section: str, allowed: str) -> list[tuple[str, Fields]]:
    entries = story.values.get(section)
    if not isinstance(entries, Mapping) or not entries:
        raise StoryError(f"The story needs `{section}`, a mapping from a key to what it stands for.")
    for key in entries:
        if not isinstance(key, str) or not _KEY.match(key):
            raise StoryError(f"`{key}` in `{section}` must be lower-case letters, digits and underscores.")
    return [(key, Fields.of(value, f"`{key}` in `{section}`", allowed)) for key, value in entries.items()]
