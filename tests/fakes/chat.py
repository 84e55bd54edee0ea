"""A chat in memory: rooms with members and messages, people, files, and faults on demand. It refuses what Slack refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.ports.chat import ChannelFacts, Drawing, MembersPage, MessagePage, PeoplePage, Reservation
from tests.fakes.errors import refused

BOT = "UBOT"


@dataclass
class Post:
    """A message of ours as it stands, with every drawing it ever had."""

    channel: str
    ts: str
    mark: str
    thread_ts: str | None
    drawings: list[Drawing]

    @property
    def drawing(self) -> Drawing:
        return self.drawings[-1]

    @property
    def text(self) -> str:
        return self.drawing.text


@dataclass
class Room:
    """A channel or a direct conversation."""

    members: set[str] = field(default_factory=set)
    private: bool = False
    archived: bool = False
    shared: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    pins: set[str] = field(default_factory=set)
    reactions: set[tuple[str, str]] = field(default_factory=set)
    marks: set[tuple[str, str, str]] = field(default_factory=set)


@dataclass
class File:
    """An upload: where it was shared, if it was."""

    name: str
    length: int
    content: bytes = b""
    title: str = ""
    alt: str = ""
    shared: tuple[str, str | None] | None = None


@dataclass
class Canvas:
    """A canvas as a tab of a channel, whose members may write in it until they may only read; with all that ever stood in it."""

    title: str
    channel: str
    made: float
    access: dict[str, str] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.access[self.channel] = "write"


@dataclass
class Fault:
    """What happens at the `skip`-th next call of a method: `error` before or `after` the act, `meanwhile` during it."""

    method: str
    error: BaseException | None
    after: bool
    times: int
    skip: int
    meanwhile: Callable[[], None] | None


class FakeChat:
    """bot.ports.chat.Chat. `calls` is everything that was asked of it, in order."""

    def __init__(self, now: Callable[[], datetime], page: int = 999) -> None:
        self._now = now
        self.page = page
        self.rooms: dict[str, Room] = {}
        self.users: dict[str, Person] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        self.posts: list[Post] = []
        self.files: dict[str, File] = {}
        self.canvases: dict[str, Canvas] = {}
        # Those that people have open, by name, as they look.
        self.modals: dict[str, dict[str, Any]] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults: list[Fault] = []
        self._count = 0

    # What tests prepare and look at.

    def fail(
        self,
        method: str,
        error: BaseException | None,
        *,
        after: bool = False,
        times: int = 1,
        skip: int = 0,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """The next calls of a method fail; with `after` the act takes place and only its answer is lost."""
        self.faults.append(Fault(method, error, after, times, skip, meanwhile))

    def say(self, channel: str, text: str, user: str = "U1", **values: Any) -> str:
        """Somebody wrote this; returns its ts."""
        ts = str(values.pop("ts", None) or self._ts())
        room = self.rooms[channel]
        thread = values.get("thread_ts")
        room.messages[ts] = Message(channel_id=channel, ts=ts, user_id=user, text=text, **values)
        if thread and thread in room.messages:
            parent = room.messages[thread]
            room.messages[thread] = replace(parent, reply_count=parent.reply_count + 1, latest_reply=ts)
        return ts

    def mark(self, channel: str, ts: str, name: str, user: str, *, on: bool) -> None:
        """Somebody put a reaction on a message, or took it back, as Slack shows it from then on."""
        room = self.rooms[channel]
        room.marks = room.marks | {(ts, name, user)} if on else room.marks - {(ts, name, user)}
        if ts in room.messages:
            names = tuple(sorted({each for at, each, _ in room.marks if at == ts}))
            room.messages[ts] = replace(room.messages[ts], reactions=names)

    def told(self, user: str) -> list[Post]:
        """The direct messages to a person."""
        return self.in_room(f"D{user}")

    def in_room(self, channel: str) -> list[Post]:
        """Our messages in a channel that still stand."""
        standing = self.rooms.get(channel, Room()).messages
        return [post for post in self.posts if post.channel == channel and post.ts in standing]

    def delete(self, post: Post) -> None:
        """Somebody deleted a message of ours."""
        del self.rooms[post.channel].messages[post.ts]

    def count(self, method: str) -> int:
        """How often it was asked for."""
        return sum(1 for name, _ in self.calls if name == method)

    def visible_files(self) -> dict[str, File]:
        """The files that people can see."""
        return {key: file for key, file in self.files.items() if file.shared}

    # The port.

    def post(self, channel: str, drawing: Drawing, *, mark: str, thread_ts: str | None = None) -> str:
        with self._call("post", channel=channel, mark=mark):
            room = self._inside(channel)
            ts = self._ts()
            room.messages[ts] = Message(channel, ts, BOT, drawing.text, None, thread_ts, "B1", "postmortem")
            self.posts.append(Post(channel, ts, mark, thread_ts, [drawing]))
        return ts

    def find(self, channel: str, mark: str, *, since: datetime, thread_ts: str | None = None) -> str | None:
        with self._call("find", channel=channel, mark=mark):
            self._inside(channel)
            found = [post for post in self.in_room(channel) if post.mark == mark and post.thread_ts == thread_ts]
            return next((post.ts for post in found if float(post.ts) >= since.timestamp()), None)
        raise AssertionError

    def update(self, channel: str, ts: str, drawing: Drawing) -> None:
        with self._call("update", channel=channel, ts=ts):
            self._room(channel)
            mine = [post for post in self.in_room(channel) if post.ts == ts]
            if not mine:
                raise refused("message_not_found")
            mine[0].drawings.append(drawing)

    def pin(self, channel: str, ts: str) -> None:
        with self._call("pin", channel=channel, ts=ts):
            self._inside(channel).pins.add(ts)

    def redraw(self, name: str, view: Mapping[str, Any]) -> bool:
        with self._call("redraw", name=name):
            if name in self.modals:
                self.modals[name] = dict(view)
            return name in self.modals

    def react(self, channel: str, ts: str, name: str) -> None:
        with self._call("react", channel=channel, ts=ts, name=name):
            room = self._inside(channel)
            if ts not in room.messages:
                raise refused("message_not_found")
            room.reactions.add((ts, name))

    def unreact(self, channel: str, ts: str, name: str) -> None:
        with self._call("unreact", channel=channel, ts=ts, name=name):
            self._inside(channel).reactions.discard((ts, name))

    def open_dm(self, user_id: str) -> str:
        with self._call("open_dm", user=user_id):
            person = self.users.get(user_id)
            if person is None:
                raise refused("user_not_found")
            if person.is_bot:
                raise refused("cannot_dm_bot")
            if person.deleted:
                raise refused("user_disabled")
            self.rooms.setdefault(f"D{user_id}", Room({user_id, BOT}, private=True))
        return f"D{user_id}"

    def join(self, channel: str) -> None:
        with self._call("join", channel=channel):
            room = self._room(channel)
            if room.private:
                raise refused("method_not_supported_for_channel_type")
            room.members.add(BOT)

    def invite(self, channel: str, user_id: str) -> None:
        with self._call("invite", channel=channel, user=user_id):
            room = self._inside(channel)
            if self.users[user_id].is_stranger:
                raise refused("cant_invite")
            room.members.add(user_id)

    def history(self, channel: str, *, oldest: str, cursor: str | None) -> MessagePage:
        with self._call("history", channel=channel, oldest=oldest, cursor=cursor):
            room = self._inside(channel, reading=True)
            messages = [each for each in room.messages.values() if not each.is_reply]
            newer = [each for each in messages if float(each.ts) > float(oldest)]
            return self._page(sorted(newer, key=lambda each: each.ts, reverse=True), cursor)
        raise AssertionError

    def thread(self, channel: str, ts: str, *, cursor: str | None) -> MessagePage:
        with self._call("thread", channel=channel, ts=ts, cursor=cursor):
            room = self._inside(channel, reading=True)
            if ts not in room.messages:
                raise refused("thread_not_found")
            replies = [each for each in room.messages.values() if ts in (each.ts, each.thread_ts)]
            return self._page(sorted(replies, key=lambda each: each.ts), cursor)
        raise AssertionError

    def message(self, channel: str, ts: str) -> Message | None:
        with self._call("message", channel=channel, ts=ts):
            room = self._inside(channel)
            if ts not in room.messages:
                raise refused("thread_not_found")
            return room.messages[ts]
        raise AssertionError

    def people(self, cursor: str | None) -> PeoplePage:
        with self._call("people", cursor=cursor):
            start = int(cursor or 0)
            everybody = list(self.users.values())
            more = str(start + self.page) if start + self.page < len(everybody) else None
            return PeoplePage(tuple(everybody[start : start + self.page]), more)
        raise AssertionError

    def person(self, user_id: str) -> Person:
        with self._call("person", user=user_id):
            if user_id not in self.users:
                raise refused("user_not_found")
        return self.users[user_id]

    def group(self, group_id: str) -> tuple[str, ...]:
        with self._call("group", group=group_id):
            if group_id not in self.groups:
                raise refused("no_such_subteam")
        return self.groups[group_id]

    def channel(self, channel: str) -> ChannelFacts:
        with self._call("channel", channel=channel):
            room = self._room(channel, reading=True)
            if room.private and BOT not in room.members:
                raise refused("channel_not_found")
        inside = BOT in room.members
        return ChannelFacts(channel.lower(), room.private, room.shared, archived=room.archived, member=inside)

    def members(self, channel: str, cursor: str | None) -> MembersPage:
        with self._call("members", channel=channel, cursor=cursor):
            everybody = sorted(self._room(channel, reading=True).members)
        start = int(cursor or 0)
        more = str(start + self.page) if start + self.page < len(everybody) else None
        return MembersPage(tuple(everybody[start : start + self.page]), more)

    def reserve(self, filename: str, length: int, alt: str = "") -> Reservation:
        self._count += 1
        file_id = f"F{self._count}"
        with self._call("reserve", name=filename, length=length):
            self.files[file_id] = File(filename, length, alt=alt)
        return Reservation(file_id, f"https://files.example/{file_id}")

    def fill(self, reservation: Reservation, content: bytes) -> None:
        with self._call("fill", file=reservation.file_id):
            assert len(content) == self.files[reservation.file_id].length
            self.files[reservation.file_id].content = content

    def share(self, titles: Mapping[str, str], channel: str, thread_ts: str | None) -> Mapping[str, str]:
        with self._call("share", files=list(titles), channel=channel):
            self._inside(channel)
            for file_id, title in titles.items():
                self.files[file_id].title, self.files[file_id].shared = title, (channel, thread_ts)
        return {file_id: self._permalink(file_id) for file_id in titles}

    def shared_link(self, file_id: str) -> str | None:
        with self._call("shared_link", file=file_id):
            return self._permalink(file_id) if file_id in self.files and self.files[file_id].shared else None
        raise AssertionError

    def remove(self, file_id: str) -> None:
        with self._call("remove", file=file_id):
            self.files.pop(file_id, None)

    def make_canvas(self, title: str, channel: str) -> str:
        self._count += 1
        canvas_id = f"F{self._count}"
        with self._call("make_canvas", title=title, channel=channel):
            self._inside(channel)
            self.canvases[canvas_id] = Canvas(title, channel, self._now().timestamp())
        return canvas_id

    def canvases_called(self, title: str, *, since: datetime) -> tuple[str, ...]:
        with self._call("canvases_called", title=title):
            named = [key for key, each in self.canvases.items() if each.title == title]
            return tuple(key for key in named if self.canvases[key].made >= int(since.timestamp()))
        raise AssertionError

    def let_read(self, canvas_id: str, channel: str) -> None:
        with self._call("let_read", canvas=canvas_id, channel=channel):
            self._inside(channel)
            self._canvas(canvas_id).access[channel] = "read"

    def fill_canvas(self, canvas_id: str, markdown: str) -> None:
        with self._call("fill_canvas", canvas=canvas_id):
            self._canvas(canvas_id).versions.append(markdown)

    def canvas_link(self, canvas_id: str) -> str:
        with self._call("canvas_link", canvas=canvas_id):
            self._canvas(canvas_id)
        return f"https://acme.slack.com/docs/T1/{canvas_id}"

    def delete_canvas(self, canvas_id: str) -> None:
        with self._call("delete_canvas", canvas=canvas_id):
            self.canvases.pop(canvas_id, None)

    # How it works.

    def _canvas(self, canvas_id: str) -> Canvas:
        if canvas_id not in self.canvases:
            raise refused("canvas_not_found")
        return self.canvases[canvas_id]

    @contextmanager
    def _call(self, method: str, **arguments: Any) -> Iterator[None]:
        self.calls.append((method, arguments))
        fault = self._fault(method)
        if fault and not fault.after:
            self._strike(fault)
        yield
        if fault and fault.after:
            self._strike(fault)

    def _fault(self, method: str) -> Fault | None:
        for fault in self.faults:
            if fault.method in (method, "*"):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if not fault.times:
                    self.faults.remove(fault)
                return fault
        return None

    @staticmethod
    def _strike(fault: Fault) -> None:
        if fault.meanwhile:
            fault.meanwhile()
        if fault.error:
            raise fault.error

    def _room(self, channel: str, *, reading: bool = False) -> Room:
        if channel not in self.rooms:
            raise refused("channel_not_found")
        if self.rooms[channel].archived and not reading:
            raise refused("is_archived")
        return self.rooms[channel]

    def _inside(self, channel: str, *, reading: bool = False) -> Room:
        room = self._room(channel, reading=reading)
        if BOT not in room.members:
            raise refused("channel_not_found" if room.private else "not_in_channel")
        return room

    def _page(self, messages: Sequence[Message], cursor: str | None) -> MessagePage:
        start = int(cursor or 0)
        more = str(start + self.page) if start + self.page < len(messages) else None
        return MessagePage(tuple(messages[start : start + self.page]), more)

    def _ts(self) -> str:
        self._count += 1
        return f"{int(self._now().timestamp())}.{self._count:06d}"

    @staticmethod
    def _permalink(file_id: str) -> str:
        return f"https://acme.slack.com/files/{file_id}"
