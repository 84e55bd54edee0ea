"""The messages of a workspace file: what people typed, with threads, reactions, edits, files, and when."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sandbox.spec import places
from sandbox.spec.types import Json, words
from sandbox.world import files, install, times
from sandbox.world.channels import Channel
from sandbox.world.messages import micros, stamp
from sandbox.world.users import User
from sandbox.world.workspace import World

_HANDLE = re.compile(r"<@([a-z0-9][\w.\-]*)>")
_KNOWN = words(
    """
    user bot app at ts text raw_text thread reactions edited deleted file files broadcast subtype blocks
    attachments raw pinned
    """
)


class Historian:
    """Writes the lines of one channel, in order; a line without a time comes a second after the one before."""

    def __init__(self, world: World, channel: Channel, folder: Path, start: int) -> None:
        self.world, self.channel, self.folder = world, channel, folder
        self.at = start
        self.typist = world.typist()
        self.rows: list[Json] = []
        self._taken: set[int] = set()
        self._people: dict[str, User | None] = {}

    def write(self, lines: list[Json]) -> None:
        """Take all lines into the channel."""
        for number, line in enumerate(lines, 1):
            try:
                self._line(line, None)
            except places.MISREAD as error:
                raise ValueError(f"#{self.channel.name}, message {number}: {places.sentence(error)}") from error
        self.channel.messages.load(self.rows)

    def _line(self, line: Json, thread_ts: str | None) -> None:
        if not _KNOWN.issuperset(line):
            raise ValueError(f"unknown keys {sorted(set(line) - _KNOWN)}")
        ts = self._time(line)
        message = self._message(line, ts)
        if thread_ts:
            message["thread_ts"] = thread_ts
            if line.get("broadcast"):
                message["subtype"] = "thread_broadcast"
        self._finish(line, message, ts)
        self.rows.append(message)
        here = self.at
        for reply in line.get("thread") or []:
            self._line(reply, ts)
        self.at = here

    def _time(self, line: Json) -> str:
        given = line.get("ts", line.get("at"))
        self.at = times.read(given, self.at) if given is not None else self.at + 1_000_000
        while self.at in self._taken:
            self.at += 1
        self._taken.add(self.at)
        return stamp(self.at)

    def _user(self, name: str) -> User | None:
        """Looked up once: a history names the same few people again and again."""
        if name not in self._people:
            self._people[name] = self.world.user(name)
        return self._people[name]

    def _message(self, line: Json, ts: str) -> Json:
        if "raw" in line:
            return {"type": "message", **line["raw"], "ts": ts}
        message: Json = {"type": "message", **self._author(line), "ts": ts}
        for key in ("subtype", "attachments"):
            if key in line:
                message[key] = line[key]
        return message | self._text(line, human="user" in line)

    def _author(self, line: Json) -> Json:
        if "bot" in line:
            return install.webhook_author(self.world, str(line["bot"]))
        if "app" in line:
            app = next((a for a in self.world.apps if line["app"] in (a.name, a.id)), None)
            bot = self._user(str(line["app"]))
            app = app or (self.world.app_of(app_id=bot.app_id) if bot and bot.app_id else None)
            if app is None:
                raise ValueError(f"no app {line['app']!r}")
            return install.author(self.world, app)
        user = self._user(str(line.get("user", "")))
        if user is None:
            raise ValueError(f"no user {line.get('user')!r}")
        more = {"bot_id": user.bot_id} if user.is_bot and user.bot_id else {"team": self.world.team.id}
        return {"user": user.id, **more}

    def _text(self, line: Json, *, human: bool) -> Json:
        text = str(line.get("text", ""))
        if "blocks" in line:
            return {"text": text, "blocks": line["blocks"]}
        if human and not line.get("raw_text"):
            written, block = self.typist.write(text)
            return (
                {"text": written, "blocks": [{**block, "block_id": self.world.ids.short()}]} if text else {"text": ""}
            )
        return {"text": _HANDLE.sub(self._handle, text)}

    def _handle(self, match: re.Match[str]) -> str:
        user = self._user(match[1])
        return f"<@{user.id}>" if user else match[0]

    def _finish(self, line: Json, message: Json, ts: str) -> None:
        for name, who in (line.get("reactions") or {}).items():
            ids = [self._id(one) for one in who]
            message.setdefault("reactions", []).append({"name": str(name), "users": ids, "count": len(ids)})
        attached = [*(line.get("files") or []), *([line["file"]] if "file" in line else [])]
        if attached:
            message["files"] = [self._file(row, message, ts) for row in attached]
            message["upload"] = True
        if "edited" in line:
            message["edited"] = self._edited(line["edited"], message, ts)
        if line.get("pinned"):
            row = {"ts": ts, "created": micros(ts) // 1_000_000, "created_by": message.get("user", "")}
            self.channel.pins.insert(0, row)
            message["pinned_to"] = [self.channel.id]
        if line.get("deleted"):
            message.clear()
            message |= {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "hidden": True}
            message |= {"user": "USLACKBOT", "ts": ts, "thread_ts": ts}

    def _edited(self, given: Any, message: Json, ts: str) -> Json:
        at = given.get("at", "+20s") if isinstance(given, dict) else "+20s"
        return {"user": message.get("user", ""), "ts": stamp(times.read(at, micros(ts)))}

    def _file(self, row: Json, message: Json, ts: str) -> Json:
        content = row["content"].encode() if "content" in row else (self.folder / row["path"]).read_bytes()
        name = row.get("name") or Path(row["path"]).name
        made = files.make(
            self.world, name, content, message.get("user", ""), title=row.get("title"), at=micros(ts) / 1e6
        )
        files.share(self.world, made, self.channel, ts, message.get("thread_ts"))
        return made

    def _id(self, name: str) -> str:
        user = self._user(str(name))
        if user is None:
            raise ValueError(f"no user {name!r}")
        return user.id
