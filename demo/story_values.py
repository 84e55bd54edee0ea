"""The parts of the story as values: who writes, what is written, and what the last commander answers at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class User:
    """A person. `id` is derived from `key`, so it is the same on every machine; `tz` is an IANA name."""

    key: str
    id: str
    name: str
    display_name: str
    real_name: str
    tz: str
    email: str
    title: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_stranger: bool = False


@dataclass(frozen=True, slots=True)
class Bot:
    """A machine that writes. `user_id` is None for an incoming webhook, which posts with no user at all."""

    key: str
    user_id: str | None
    name: str

    @property
    def handle(self) -> str:
        """The name under which the bot user is mentioned."""
        return self.name.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Channel:
    id: str
    name: str
    topic: str
    creator: str


@dataclass(frozen=True, slots=True)
class StoryFile:
    name: str
    title: str
    mimetype: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    title: str
    link: str
    text: str
    color: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """`emoji` is the name without colons, `by` are keys of users."""

    emoji: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """What the author changed the message to; `typed` and `text` as in the message."""

    at: datetime
    typed: str
    text: str


@dataclass(frozen=True, slots=True)
class StoryMessage:
    """One message. `typed` goes into the client, `text` is what Slack keeps, `at` is when (UTC); `by`, `pin` are keys.

    `thread` is the id of the parent. For subtype `topic` the text is the new topic; for `join` it is empty.
    """

    id: str
    at: datetime
    by: str
    typed: str = ""
    text: str = ""
    thread: str | None = None
    broadcast: bool = False
    edit: Edit | None = None
    deleted_at: datetime | None = None
    file: StoryFile | None = None
    attachment: Attachment | None = None
    reactions: tuple[Reaction, ...] = ()
    pin: str | None = None
    subtype: str | None = None


@dataclass(frozen=True, slots=True)
class Modal:
    """The answers to the form that opens after the command. `ic`, `shadow`, `scribe` are keys of users."""

    title: str
    severity: int
    started: datetime
    detected: datetime
    resolved: datetime
    ic: str
    shadow: str
    scribe: str
    services: tuple[str, ...]
    recording: str


@dataclass(frozen=True, slots=True)
class Command:
    """What `who` types at the end: `text` with the mention as Slack sends it when it escapes names."""

    who: str
    text: str
    owner: str
    modal: Modal
