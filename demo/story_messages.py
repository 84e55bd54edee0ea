"""The messages of the story, read one after the other: each may refer only to what came before it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from demo import story_text
from demo.story_fields import Fields, StoryError
from demo.story_values import Attachment, Bot, Edit, Reaction, StoryFile, StoryMessage, User

_KEYS = "id at by text thread broadcast edit delete file attachment reactions pin subtype"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a message may refer to: the first instant, the people and the machines by key."""

    start: datetime
    users: Mapping[str, User]
    bots: Mapping[str, Bot]

    @property
    def mentions(self) -> dict[str, str]:
        """The user ids of all who can be mentioned: everybody but webhooks."""
        people = {key: user.id for key, user in self.users.items()}
        return people | {key: bot.user_id for key, bot in self.bots.items() if bot.user_id}

    def wire(self, source: str, where: str) -> str:
        """The text as Slack keeps it. Raises StoryError, with the place, for a mention of nobody."""
        try:
            return story_text.wire(source, self.mentions, self.start)
        except StoryError as error:
            raise StoryError(f"{where}: {error}") from error

    def typed(self, source: str) -> str:
        """The text as it goes into the client."""
        return story_text.typed(source, self.mentions, self.start)

    def person(self, fields: Fields, key: str) -> str:
        """The user's key under `key`. Raises StoryError when that is nobody."""
        return self.known(fields, fields.text(key), key)

    def known(self, fields: Fields, name: str, role: str) -> str:
        if name not in self.users:
            raise StoryError(f"{fields.where}: `{role}` names `{name}`, who is not a user.")
        return name


def messages(story: Fields, scene: Scene) -> tuple[StoryMessage, ...]:
    """All messages in order. Raises StoryError for the first that is wrong."""
    found: dict[str, StoryMessage] = {}
    last = timedelta(0)
    for fields in story.rows("messages", _KEYS):
        offset = fields.offset("at", after=last)
        if found and offset <= last:
            raise StoryError(f"{fields.where} must come later than the message above it.")
        message = _message(fields, scene, offset, found)
        found[message.id] = message
        last = offset
    if not found:
        raise StoryError("The story needs at least one message.")
    return tuple(found.values())


def without(document: Mapping[str, Any], ids: set[str]) -> list[Mapping[str, Any]]:
    """The document's messages but for these, with the offsets of the others unchanged. StoryError for an unknown id."""
    kept: list[Mapping[str, Any]] = []
    last = timedelta(0)
    for fields in Fields("The story", document).rows("messages", _KEYS):
        last = fields.offset("at", after=last)
        if fields.values["id"] in ids:
            ids = ids - {fields.values["id"]}
        else:
            kept.append({**fields.values, "at": _clock(last)})
    if ids:
        raise StoryError(f"No message has the id {', '.join(sorted(ids))}.")
    return kept


def _clock(offset: timedelta) -> str:
    minutes, seconds = divmod(int(offset.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def _message(fields: Fields, scene: Scene, offset: timedelta, earlier: Mapping[str, StoryMessage]) -> StoryMessage:
    slug = fields.text("id")
    if not _SLUG.match(slug):
        raise StoryError(f"{fields.where}: an id is lower-case words joined by hyphens.")
    if slug in earlier:
        raise StoryError(f"{fields.where} is there twice; every id must be different.")
    by, subtype = _author(fields, scene), _subtype(fields)
    source = "" if subtype == "join" else fields.text("text")
    text = scene.wire(source, fields.where)
    return StoryMessage(
        id=slug,
        at=scene.start + offset,
        by=by,
        typed=scene.typed(source),
        text=text,
        thread=_thread(fields, earlier),
        broadcast=fields.flag("broadcast"),
        edit=_edit(fields, scene, offset),
        deleted_at=scene.start + _later(fields, "delete", offset) if fields.has("delete") else None,
        file=_file(fields) if fields.has("file") else None,
        attachment=_attachment(fields) if fields.has("attachment") else None,
        reactions=tuple(_reactions(fields, scene)),
        pin=scene.person(fields, "pin") if fields.has("pin") else None,
        subtype=subtype,
    )


def _author(fields: Fields, scene: Scene) -> str:
    by = fields.text("by")
    if by not in scene.users and by not in scene.bots:
        raise StoryError(f"{fields.where} is by `{by}`, who is neither a user nor a bot.")
    return by


def _subtype(fields: Fields) -> str | None:
    if not fields.has("subtype"):
        return None
    subtype = fields.text("subtype")
    if subtype not in ("join", "topic"):
        raise StoryError(f"{fields.where}: `subtype` is {subtype!r}, but must be join or topic.")
    return subtype


def _thread(fields: Fields, earlier: Mapping[str, StoryMessage]) -> str | None:
    if not fields.has("thread"):
        if fields.flag("broadcast"):
            raise StoryError(f"{fields.where} is broadcast, so it needs a `thread`.")
        return None
    parent = earlier.get(fields.text("thread"))
    if parent is None:
        raise StoryError(
            f"{fields.where}: `thread` names `{fields.text('thread')}`, which no earlier message has as id."
        )
    if parent.thread or parent.subtype:
        raise StoryError(f"{fields.where}: `{parent.id}` cannot have replies; name the first message of the thread.")
    return parent.id


def _later(fields: Fields, key: str, offset: timedelta) -> timedelta:
    found = fields.offset(key, after=offset)
    if found <= offset:
        raise StoryError(f"{fields.where}: `{key}` must be later than the message itself.")
    return found


def _edit(fields: Fields, scene: Scene, offset: timedelta) -> Edit | None:
    if not fields.has("edit"):
        return None
    change = fields.sub("edit", "at text")
    source, at = change.text("text"), scene.start + _later(change, "at", offset)
    text = scene.wire(source, change.where)
    return Edit(at, scene.typed(source), text)


def _file(fields: Fields) -> StoryFile:
    file = fields.sub("file", "name title mimetype content base64")
    if file.has("content") == file.has("base64"):
        raise StoryError(f"{file.where} needs either `content` or `base64`.")
    try:
        content = file.text("content").encode() if file.has("content") else _decoded(file.text("base64"))
    except binascii.Error as error:
        raise StoryError(f"{file.where}: `base64` is not base64.") from error
    return StoryFile(file.text("name"), file.text("title"), file.text("mimetype"), content)


def _decoded(text: str) -> bytes:
    return base64.b64decode("".join(text.split()), validate=True)


def _attachment(fields: Fields) -> Attachment:
    box = fields.sub("attachment", "title link text color")
    return Attachment(box.text("title"), box.text("link"), box.text("text"), box.text("color", default="warning"))


def _reactions(fields: Fields, scene: Scene) -> Iterable[Reaction]:
    for row in fields.rows("reactions", "emoji by"):
        emoji = row.text("emoji")
        if ":" in emoji:
            raise StoryError(f"{row.where}: write the emoji `{emoji}` without colons.")
        yield Reaction(emoji, tuple(scene.known(row, name, "by") for name in row.names("by")))
