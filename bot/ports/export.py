"""What the harvest of an export needs from whatever holds it: the channels, the messages of one, the people, and an
honest list of what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person


class ExportUnreadable(ValueError):
    """The export cannot be read at all. The text is a plain sentence for the person who named it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of an export; `folder` is where its days are, None when it has none."""

    id: str
    name: str
    folder: str | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file (or, with `entries` above zero, that many entries of it) that was left out, and why."""

    path: str
    reason: str
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A file of a channel at a glance, most often a day: of each message its ts, the ts of its thread where it has one, and its words."""

    name: str
    ts: Sequence[str]
    threads: Sequence[str | None]
    texts: Sequence[str]


class Export(Protocol):
    """An export of a workspace."""

    def channels(self) -> tuple[Channel, ...]: ...

    def days(self, channel: Channel) -> Iterator[Day]:
        """What was said in the channel, at a glance, a file at a time."""
        ...

    def messages(self, channel: Channel, days: Collection[str] | None = None) -> Iterator[Message]:
        """Every message of the channel, or of the files of these names, a file at a time, repeats possible."""
        ...

    def people(self) -> Mapping[str, Person]:
        """Everybody known so far: the members, and authors that the messages read so far describe."""
        ...

    def skipped(self) -> tuple[Skipped, ...]:
        """What has been left out so far, in order of its path."""
        ...
