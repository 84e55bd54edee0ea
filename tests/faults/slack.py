"""A chat service with a memory that outlives the bot: what was posted, uploaded and read stays, however the bot ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain import harvest_window
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.ports.chat import ChannelFacts, Drawing, MessagePage, PeoplePage, Reservation
from bot.ports.errors import IntegrationError

BOT = "UBOT"
PAGE, THREAD_PAGE, PEOPLE_PAGE = 4, 2, 2


@dataclass
class Post:
    """A message of ours as people see it."""

    channel: str
    ts: str
    mark: str
    thread_ts: str | None
    drawing: Drawing
    edits: int = 0


@dataclass
class File:
    """An upload on its way: reserved, filled, shared, removed."""

    name: str
    length: int
    content: bytes | None = None
    link: str | None = None
    channel: str | None = None
    thread_ts: str | None = None
    removed: bool = False


@dataclass
class Canvas:
    """A tab of the channel: whose members may write in it until they may only read."""

    title: str
    made: datetime
    access: str = "write"
    text: str | None = None
    written_while_open: bool = False


@dataclass
class FakeSlack:
    """Implements `bot.ports.chat.Chat` with small pages. `served` counts how often each message was handed out by a reading."""

    now: Callable[[], datetime]
    messages: tuple[Message, ...]
    replies: dict[str, tuple[Message, ...]]
    members: tuple[Person, ...]
    posts: list[Post] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)
    canvases: dict[str, Canvas] = field(default_factory=dict)
    pins: set[tuple[str, str]] = field(default_factory=set)
    invited: list[str] = field(default_factory=list)
    served: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    _last: datetime | None = None

    def post(self, channel: str, drawing: Drawing, *, mark: str, thread_ts: str | None = None) -> str:
        made = Post(channel, self._next_ts(), mark, thread_ts, drawing)
        self.posts.append(made)
        return made.ts

    def find(self, channel: str, mark: str, *, since: datetime, thread_ts: str | None = None) -> str | None:
        oldest = harvest_window.slack_ts(since)
        here = (each for each in self.posts if (each.channel, each.thread_ts) == (channel, thread_ts))
        return next((each.ts for each in here if each.mark == mark and each.ts >= oldest), None)

    def update(self, channel: str, ts: str, drawing: Drawing) -> None:
        found = next((each for each in self.posts if (each.channel, each.ts) == (channel, ts)), None)
        if found is None:
            raise IntegrationError("There is no such message.", name="message_not_found", retryable=False)
        found.drawing, found.edits = drawing, found.edits + 1

    def pin(self, channel: str, ts: str) -> None:
        self.pins.add((channel, ts))

    def redraw(self, name: str, view: Mapping[str, Any]) -> bool:
        return False

    def open_dm(self, user_id: str) -> str:
        return f"D{user_id}"

    def channel(self, channel: str) -> ChannelFacts:
        return ChannelFacts("incident", private=False, shared=False)

    def join(self, channel: str) -> None:
        return None

    def invite(self, channel: str, user_id: str) -> None:
        self.invited.append(user_id)

    def history(self, channel: str, *, oldest: str, cursor: str | None) -> MessagePage:
        """Newest first, our own messages among the others, as Slack does it."""
        ours = [Message(channel, each.ts, BOT, each.drawing.text) for each in self.posts if each.channel == channel]
        newest_first = sorted((*self.messages, *ours), key=lambda each: float(each.ts), reverse=True)
        before = float(cursor) if cursor else float("inf")
        left = [each for each in newest_first if float(oldest) < float(each.ts) < before]
        page = left[:PAGE]
        self.served.update(f"history {each.ts}" for each in page)
        return MessagePage(tuple(page), page[-1].ts if len(left) > PAGE else None)

    def thread(self, channel: str, ts: str, *, cursor: str | None) -> MessagePage:
        """The parent on every page, then its replies."""
        parent = next((each for each in self.messages if each.ts == ts), None)
        if parent is None:
            raise IntegrationError("There is no such thread.", name="thread_not_found", retryable=False)
        left = [each for each in self.replies[ts] if each.ts > (cursor or "")]
        page = left[:THREAD_PAGE]
        self.served.update(f"thread {each.ts}" for each in page)
        return MessagePage((parent, *page), page[-1].ts if len(left) > THREAD_PAGE else None)

    def people(self, cursor: str | None) -> PeoplePage:
        start = int(cursor or 0)
        end = start + PEOPLE_PAGE
        return PeoplePage(self.members[start:end], str(end) if end < len(self.members) else None)

    def person(self, user_id: str) -> Person:
        return next(each for each in self.members if each.user_id == user_id)

    def group(self, group_id: str) -> tuple[str, ...]:
        return ()

    def reserve(self, filename: str, length: int, alt: str = "") -> Reservation:
        file_id = f"F{len(self.files) + 1}"
        self.files[file_id] = File(filename, length)
        return Reservation(file_id, f"https://files.example/{file_id}")

    def fill(self, reservation: Reservation, content: bytes) -> None:
        file = self.files[reservation.file_id]
        if file.content is not None or len(content) != file.length:
            raise IntegrationError("The address is used.", name="used", retryable=False)
        file.content = content

    def share(self, titles: Mapping[str, str], channel: str, thread_ts: str | None) -> Mapping[str, str]:
        files = {file_id: self.files[file_id] for file_id in titles}
        if any(file.content is None or file.link for file in files.values()):
            raise IntegrationError("There is no such upload.", name="file_not_found", retryable=False)
        links = {file_id: f"https://acme.slack.com/files/{file_id}" for file_id in files}
        for file_id, file in files.items():
            file.link, file.channel, file.thread_ts = links[file_id], channel, thread_ts
        return links

    def shared_link(self, file_id: str) -> str | None:
        file = self.files[file_id]
        return None if file.removed else file.link

    def remove(self, file_id: str) -> None:
        self.files[file_id].removed = True

    def make_canvas(self, title: str, channel: str) -> str:
        made = f"FC{sum(self.calls.values()) + 1}"
        self.calls["make_canvas"] += 1
        self.canvases[made] = Canvas(title, self.now())
        return made

    def canvases_called(self, title: str, *, since: datetime) -> tuple[str, ...]:
        return tuple(key for key, each in self.canvases.items() if each.title == title and each.made >= since)

    def let_read(self, canvas_id: str, channel: str) -> None:
        self._canvas(canvas_id).access = "read"

    def fill_canvas(self, canvas_id: str, markdown: str) -> None:
        canvas = self._canvas(canvas_id)
        canvas.text, canvas.written_while_open = markdown, canvas.written_while_open or canvas.access != "read"

    def canvas_link(self, canvas_id: str) -> str:
        self._canvas(canvas_id)
        return f"https://acme.slack.com/docs/T1/{canvas_id}"

    def delete_canvas(self, canvas_id: str) -> None:
        self.canvases.pop(canvas_id, None)

    def _canvas(self, canvas_id: str) -> Canvas:
        if canvas_id not in self.canvases:
            raise IntegrationError("There is no such canvas.", name="canvas_not_found", retryable=False)
        return self.canvases[canvas_id]

    def visible(self) -> list[File]:
        """The documents that people can open."""
        return [file for file in self.files.values() if file.link and not file.removed]

    def pictures(self) -> list[tuple[str, str | None]]:
        """Where pictures lie that people can see: channel and thread."""
        return sorted((str(file.channel), file.thread_ts) for file in self.visible() if file.name.endswith(".png"))

    def marks(self) -> Counter[str]:
        """How often each mark was posted."""
        return Counter(each.mark for each in self.posts)

    def _next_ts(self) -> str:
        now = self.now()
        if self._last and now <= self._last:
            now = self._last + timedelta(microseconds=1)
        self._last = now
        return harvest_window.slack_ts(now)


def with_threads(messages: Sequence[Message], replies: dict[str, tuple[Message, ...]]) -> tuple[Message, ...]:
    """The messages with what Slack says about their threads."""
    return tuple(
        replace(each, reply_count=len(replies[each.ts]), latest_reply=replies[each.ts][-1].ts, thread_ts=each.ts)
        if each.ts in replies
        else each
        for each in messages
    )
