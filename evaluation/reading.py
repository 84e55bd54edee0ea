"""Reads a labelled channel from its text file, through the same door as Slack's own messages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.harvest import message
from bot.domain.harvest.person import Person
from evaluation.channel import Channel
from evaluation.labels import Labelling

_HEAD = re.compile(r"(\w+):\s*(.*)")
_DAY = re.compile(r"== (\d{4}-\d{2}-\d{2})\s*\Z")
_SAID = re.compile(
    r"(?P<reply>  > )?(?:(?P<day>\d{4}-\d{2}-\d{2}) )?(?P<clock>\d{1,2}:\d{2}(?::\d{2})?) (?P<who>[\w.-]+): ?(?P<text>.*)\Z"
)
_JOINED = re.compile(r"\*(?:has )?(joined|left)\*\Z")
_CHANNEL = "C0INCIDENT"


class BadCorpus(ValueError):
    """A file that is not in the format; the text names the line."""


def read(path: Path) -> Channel:
    """One labelled channel. Raises BadCorpus with the file and the line."""
    reader = _Reader(path.stem)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            reader.take(line)
        except (ValueError, KeyError) as error:
            raise BadCorpus(f"{path.name}, line {number}: {error}: {line[:80]!r}") from error
    try:
        return reader.done()
    except ValueError as error:
        raise BadCorpus(f"{path.name}: {error}") from error


def folder(path: Path) -> tuple[Channel, ...]:
    """All labelled channels of a folder, by name."""
    return tuple(read(each) for each in sorted(path.glob("*.txt")))


@dataclass
class _Reader:
    name: str
    head: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)
    raw: list[dict[str, Any]] = field(default_factory=list)
    labelling: Labelling = field(default_factory=Labelling)
    day: str = ""
    thread: str | None = None
    used: set[str] = field(default_factory=set)

    def take(self, line: str) -> None:
        if not line.strip():
            return
        day, said, inside = _DAY.match(line), _SAID.match(line), line.strip().removeprefix("> ").strip()
        if day:
            self.day = day[1]
        elif not self.day:
            self._head(line)
        elif said:
            self._said(said)
        elif inside.startswith("|"):
            self.raw[-1]["text"] += "\n" + self._marked_up(inside[1:].removeprefix(" "))
        elif inside.startswith("+"):
            self._with(inside[1:].strip())
        elif inside.startswith("~"):
            self.labelling.take(inside[1:].strip(), self.raw[-1], self.handles)
        else:
            raise ValueError("what is this?")

    def _head(self, line: str) -> None:
        found = _HEAD.match(line)
        if found is None:
            raise ValueError("a head line is `key: value`")
        key, value = found[1], found[2].strip()
        if key in ("person", "bot"):
            handle, name, *zone = (each.strip() for each in value.split("|"))
            user_id = f"U{len(self.people):02d}{re.sub(r'[^A-Z0-9]', '', handle.upper())}"
            self.handles[handle] = user_id
            tz = zone[0] if zone else None
            self.people[user_id] = Person(user_id, name, name, tz, key == "bot", handle=handle)
        else:
            self.head[key] = value

    def _said(self, found: re.Match[str]) -> None:
        user_id = self.handles.get(found["who"])
        if user_id is None:
            raise ValueError(f"nobody is called {found['who']}")
        ts = self._ts(f"{found['day'] or self.day} {found['clock']}")
        raw: dict[str, Any] = {"type": "message", "ts": ts, "user": user_id, "text": self._marked_up(found["text"])}
        joined = _JOINED.match(found["text"])
        if joined:
            raw["subtype"] = "channel_join" if joined[1] == "joined" else "channel_leave"
        if self.people[user_id].is_bot:
            raw |= {"bot_id": f"B{user_id}", "subtype": "bot_message", "username": self.people[user_id].name}
        if found["reply"]:
            raw["thread_ts"] = self.thread
            parent = next(each for each in reversed(self.raw) if each["ts"] == self.thread)
            parent["reply_count"] = parent.get("reply_count", 0) + 1
            parent["thread_ts"] = self.thread
        else:
            self.thread = ts
        self.raw.append(raw)

    def _ts(self, written: str) -> str:
        at = datetime.fromisoformat(written.replace(" ", "T", 1).zfill(16)).replace(tzinfo=UTC)
        while (ts := f"{int(at.timestamp())}.{len(self.used):06d}") in self.used:
            at += timedelta(seconds=1)
        self.used.add(ts)
        return ts

    def _with(self, what: str) -> None:
        raw = self.raw[-1]
        if what == "pinned":
            raw["pinned_to"] = [_CHANNEL]
        elif what.startswith(":"):
            name, _, handles = what.strip().lstrip(":").partition(":")
            users = [self.handles[each.strip()] for each in handles.split(",") if each.strip()]
            raw.setdefault("reactions", []).append({"name": name, "users": users, "count": len(users)})
        else:
            kind, _, name = what.partition(" ")
            link = f"https://files.example.com/{len(self.raw)}/{name.replace(' ', '_')}"
            mime = "image/png" if kind == "image" else "application/octet-stream"
            raw.setdefault("files", []).append(
                {"id": f"F{len(self.raw)}", "name": name, "permalink": link, "mimetype": mime}
            )

    def _marked_up(self, said: str) -> str:
        return re.sub(r"@([\w.-]*\w)", lambda found: self._mention(found[1], found[0]), said)

    def _mention(self, handle: str, whole: str) -> str:
        if handle in ("here", "channel", "everyone"):
            return f"<!{handle}>"
        return f"<@{self.handles[handle]}>" if handle in self.handles else whole

    def done(self) -> Channel:
        topic = self.head.get("topic")
        if topic and self.raw:
            first = min(float(each["ts"]) for each in self.raw)
            by = next(iter(self.people))
            said = f"<@{by}> set the channel topic: {self._marked_up(topic)}"
            self.raw.append({"ts": f"{first - 1:.6f}", "user": by, "subtype": "channel_topic", "text": said})
        messages = tuple(message.from_slack(each, _CHANNEL) for each in self.raw)
        labels = self.labelling.done(self.head, self.handles)
        return Channel(
            self.name, messages, self.people, labels, self._when("started"), self._when("ended"), dict(self.head)
        )

    def _when(self, key: str) -> datetime | None:
        value = self.head.get(key)
        return datetime.fromisoformat(value.replace("Z", "+00:00")) if value else None
