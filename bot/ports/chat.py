"""The chat that incidents happen in, as far as outbox workers need it. Every method raises `IntegrationError` or `RateLimited`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Blocks = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A message as it should look: blocks, and the text for notifications and screen readers."""

    text: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One page of messages, in the order the service gave them; `cursor` is None at the end."""

    messages: tuple[Message, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the workspace's people; `cursor` is None at the end."""

    people: tuple[Person, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What kind of channel it is; `shared` with another organisation; `member` tells whether we are in it."""

    name: str
    private: bool
    shared: bool
    archived: bool = False
    member: bool = False


@dataclass(frozen=True, slots=True)
class MembersPage:
    """One page of the user ids in a channel; `cursor` is None at the end."""

    users: tuple[str, ...]
    cursor: str | None


class Poster(Protocol):
    """Messages out. `mark` travels with the message (as metadata), so that a lost answer can be looked for."""

    def post(self, channel: str, drawing: Drawing, *, mark: str, thread_ts: str | None = None) -> str:
        """Post once and return the `ts`."""
        ...

    def find(self, channel: str, mark: str, *, since: datetime, thread_ts: str | None = None) -> str | None:
        """The `ts` of our own message with this mark posted since then, or None; the whole window is looked at."""
        ...

    def update(self, channel: str, ts: str, drawing: Drawing) -> None:
        """Redraw a message of ours in place."""
        ...

    def pin(self, channel: str, ts: str) -> None:
        """Pin a message; an already pinned one is fine."""
        ...

    def react(self, channel: str, ts: str, name: str) -> None:
        """Put our reaction on a message; one that is there already is fine."""
        ...

    def unreact(self, channel: str, ts: str, name: str) -> None:
        """Take our reaction back; one that is gone is fine."""
        ...


class Rooms(Protocol):
    """Places and who is in them."""

    def open_dm(self, user_id: str) -> str:
        """The channel id of the direct conversation with a person."""
        ...

    def join(self, channel: str) -> None:
        """Become a member of a public channel."""
        ...

    def invite(self, channel: str, user_id: str) -> None:
        """Bring a person in; one who is already there is fine."""
        ...


class Reader(Protocol):
    """Messages and people in, a page at a time."""

    def history(self, channel: str, *, oldest: str, cursor: str | None) -> MessagePage:
        """One page of the channel's top-level messages newer than `oldest`, newest first."""
        ...

    def thread(self, channel: str, ts: str, *, cursor: str | None) -> MessagePage:
        """One page of a thread, parent included, oldest first."""
        ...

    def message(self, channel: str, ts: str) -> Message | None:
        """The one message with exactly this `ts`, wherever it stands in the channel or a thread; None when there is none."""
        ...

    def people(self, cursor: str | None) -> PeoplePage:
        """One page of everybody in the workspace."""
        ...

    def person(self, user_id: str) -> Person:
        """One person, asked for by id."""
        ...

    def group(self, group_id: str) -> tuple[str, ...]:
        """The user ids in a user group."""
        ...

    def channel(self, channel: str) -> ChannelFacts:
        """What kind of channel it is."""
        ...

    def members(self, channel: str, cursor: str | None) -> MembersPage:
        """One page of who is in a channel."""
        ...


class Modals(Protocol):
    """What people have open before them."""

    def redraw(self, name: str, view: Mapping[str, Any]) -> bool:
        """Draw the modal with this name (its `external_id`) anew; False when nobody has it open, or it shows something else by now."""
        ...


@dataclass(frozen=True, slots=True)
class Reservation:
    """A place for an upload: the id the file will have, and where its bytes go."""

    file_id: str
    upload_url: str


class Files(Protocol):
    """Files out, in steps that can be resumed: reserve, fill, share."""

    def reserve(self, filename: str, length: int, alt: str = "") -> Reservation:
        """Reserve an upload of `length` bytes; nothing is visible yet. `alt` says what a picture shows."""
        ...

    def fill(self, reservation: Reservation, content: bytes) -> None:
        """Send the bytes; still nothing is visible."""
        ...

    def share(self, titles: Mapping[str, str], channel: str, thread_ts: str | None) -> Mapping[str, str]:
        """Make files visible, all in one message, in a channel or a thread in it. `titles` by file id; returns permalinks by file id."""
        ...

    def shared_link(self, file_id: str) -> str | None:
        """The permalink when the file was shared, None when it was not."""
        ...

    def remove(self, file_id: str) -> None:
        """Delete a file of ours; one that is gone is fine."""
        ...


class Canvases(Protocol):
    """Canvases of ours, which people read. Slack's refusals come with a sentence in `IntegrationError`."""

    def make_canvas(self, title: str, channel: str) -> str:
        """Make an empty one as a tab of the channel and return its id."""
        ...

    def canvases_called(self, title: str, *, since: datetime) -> tuple[str, ...]:
        """The ids of those of ours with exactly this title made since then, oldest first."""
        ...

    def let_read(self, canvas_id: str, channel: str) -> None:
        """The channel's members may read it and not write in it."""
        ...

    def fill_canvas(self, canvas_id: str, markdown: str) -> None:
        """Put this in the place of everything in it."""
        ...

    def canvas_link(self, canvas_id: str) -> str:
        """Its permalink."""
        ...

    def delete_canvas(self, canvas_id: str) -> None:
        """Delete it with all its earlier versions; one that is gone is fine."""
        ...


class Chat(Poster, Rooms, Reader, Modals, Files, Canvases, Protocol):
    """All of it, as one adapter gives it."""
