"""One message as the harvester sees it. This is the one place that knows the shape of Slack's message JSON,
which has changed since 2015 and differs between the Web API, exports and export tools; everything after it
works with the same small value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any

from bot.domain.harvest import slack_parts

_TS = re.compile(r"(\d{1,11})(?:\.(\d{1,6}))?\Z")
is_ts = _TS.match
"""Whether a text is a Slack timestamp."""
# Within a record a message may be named by more than Slack's ts: see bot.domain.side_rooms.
_KEY = re.compile(r"(\d{1,11})(?:\.(\d{1,6})\d?)?\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UPLOAD_NOTICE = re.compile(
    r"\s*<@\w+(?:\|[^<>]*)?> (?:uploaded|shared|added) (?:a|an|this) [^<>:]{0,40}:?\s*<[^<>]*>(?:\s*and commented:\s*)?"
)


class MalformedMessage(ValueError):
    """Something that was offered as a message is none."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file shown with a message; `permalink` opens in Slack for members."""

    id: str
    name: str
    permalink: str
    mimetype: str


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is Slack's own markup, as written; `links` are addresses of attachments and blocks that `text` lacks. `ticked_by`: who put
    a tick on it as a reaction."""

    channel_id: str
    ts: str
    user_id: str | None = None
    text: str = ""
    subtype: str | None = None
    thread_ts: str | None = None
    bot_id: str | None = None
    bot_name: str | None = None
    edited_ts: str | None = None
    reply_count: int = 0
    latest_reply: str | None = None
    files: tuple[FileRef, ...] = ()
    links: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()
    pinned: bool = False
    ticked_by: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """The instant of `ts`, UTC, exact to the microsecond."""
        return instant(self.ts)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_parent(self) -> bool:
        return self.reply_count > 0

    @property
    def is_bot(self) -> bool:
        return self.bot_id is not None or self.subtype == "bot_message" or self.user_id == "USLACKBOT"


def ts_key(ts: str) -> tuple[int, int]:
    """Seconds and microseconds of a Slack timestamp. Raises MalformedMessage when it is none."""
    if len(ts) == 17 and ts[10] == "." and (seconds := ts[:10]).isdecimal() and (micros := ts[11:]).isdecimal():
        return int(seconds), int(micros)  # as nearly all are
    found = _KEY.match(ts)
    if found is None:
        raise MalformedMessage(f"{ts[:40]!r} is no message timestamp.")
    return int(found[1]), int((found[2] or "").ljust(6, "0"))


def instant(ts: str) -> datetime:
    """The UTC instant of a Slack timestamp, with no rounding. Raises MalformedMessage when it is none."""
    return from_key(ts_key(ts))


def from_key(key: tuple[int, int]) -> datetime:
    """The UTC instant of seconds and microseconds."""
    seconds, micros = key
    return _EPOCH + timedelta(seconds=seconds, microseconds=micros)


def from_slack(raw: object, channel_id: str) -> Message:
    """A message from history, replies, an event or an export. Raises MalformedMessage when it is not an object or
    has no usable `ts`; any other missing or odd field is tolerated."""
    if not isinstance(raw, (dict, Mapping)):
        raise MalformedMessage("A message must be an object.")
    ts = _timestamp(raw.get("ts"))
    if ts is None:
        raise MalformedMessage("A message has no usable ts.")
    if raw.keys() <= _ORDINARY and isinstance(said := raw.get("text"), str) and said.isascii() and said.strip():
        return _ordinary(raw, channel_id, ts)
    subtype = _word(raw.get("subtype"))
    bot_id = _word(raw.get("bot_id"))
    text, links = _content(raw, subtype, is_bot=bot_id is not None or subtype == "bot_message")
    return Message(
        channel_id=channel_id,
        ts=ts,
        user_id=_author(raw),
        text=text,
        subtype=subtype,
        thread_ts=_timestamp(raw.get("thread_ts")),
        bot_id=bot_id,
        bot_name=_bot_name(raw),
        edited_ts=_timestamp(_get(raw.get("edited"), "ts")),
        reply_count=_count(raw.get("reply_count")),
        latest_reply=_timestamp(raw.get("latest_reply")),
        files=_files(raw),
        links=links,
        reactions=_reactions(raw.get("reactions")),
        pinned=bool(raw.get("pinned_to")),
        ticked_by=_ticked_by(raw.get("reactions")),
    )


# What a message of a person with nothing beside its words has, and what of it is never read.
_ORDINARY = frozenset(
    (
        "type", "ts", "user", "text", "blocks", "team", "client_msg_id", "user_team", "source_team", "user_profile", "thread_ts",
        "parent_user_id", "reply_count", "reply_users_count", "reply_users", "replies", "latest_reply", "is_locked", "subscribed",
        "last_read", "reactions",
    )
)  # fmt: skip


def _ordinary(raw: Mapping[str, Any], channel_id: str, ts: str) -> Message:
    """The same, where most of the questions need not be asked."""
    get = raw.get
    thread_ts, reactions = get("thread_ts"), get("reactions")
    if thread_ts is None and reactions is None and "reply_count" not in raw:
        return Message(channel_id, ts, _author(raw), slack_parts.clean(raw["text"]))
    return Message(
        channel_id=channel_id,
        ts=ts,
        user_id=_author(raw),
        text=slack_parts.clean(raw["text"]),
        thread_ts=_timestamp(thread_ts),
        reply_count=_count(get("reply_count")),
        latest_reply=_timestamp(get("latest_reply")),
        reactions=_reactions(reactions),
        ticked_by=_ticked_by(reactions),
    )


def _timestamp(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e11:
        value = f"{value:.6f}"
    if isinstance(value, str) and _TS.match(value):
        return value
    return None


def _content(raw: Mapping[str, Any], subtype: str | None, *, is_bot: bool) -> tuple[str, tuple[str, ...]]:
    text = slack_parts.clean(raw.get("text"))
    if subtype == "file_comment":
        text = slack_parts.clean(_get(raw.get("comment"), "comment")) or text
    elif raw.get("upload") or subtype in ("file_share", "file_mention"):
        text = _UPLOAD_NOTICE.sub("", text, count=1)
    if text.strip() and not is_bot:
        attachments = raw.get("attachments")
        return text, slack_parts.links_beyond(text, attachments) if attachments else ()
    written = text if text.strip() else slack_parts.blocks_text(raw.get("blocks"))
    parts = [written] if written.strip() else []
    if is_bot:
        parts += [part for part in slack_parts.attachments_text(raw.get("attachments")) if part not in written]
    whole = "\n".join(parts)
    return whole, slack_parts.links_beyond(whole, raw.get("attachments"), raw.get("blocks"))


def _author(raw: Mapping[str, Any]) -> str | None:
    user = raw.get("user")
    if not isinstance(user, str) and isinstance(user, Mapping):
        user = user.get("id")
    return _word(user) or _word(_get(raw.get("comment"), "user"))


def _bot_name(raw: Mapping[str, Any]) -> str | None:
    return _word(raw.get("username")) or _word(_get(raw.get("bot_profile"), "name"))


def _files(raw: Mapping[str, Any]) -> tuple[FileRef, ...]:
    listed = raw.get("files")
    offered = list(listed) if isinstance(listed, list) else []
    if isinstance(raw.get("file"), Mapping):
        offered.append(raw["file"])
    refs: dict[tuple[str, str], FileRef] = {}
    for each in offered:
        if isinstance(each, Mapping):
            ref = _file(each)
            refs.setdefault((ref.id, ref.permalink), ref)
    return tuple(refs.values())


def _file(raw: Mapping[str, Any]) -> FileRef:
    clean = slack_parts.clean
    return FileRef(
        id=clean(raw.get("id")),
        name=clean(raw.get("title")) or clean(raw.get("name")),
        permalink=clean(raw.get("permalink")) or clean(raw.get("external_url")),
        mimetype=clean(raw.get("mimetype")),
    )


def _reactions(raw: object) -> tuple[str, ...]:
    if not raw:
        return ()
    names = [_get(each, "name") for each in raw] if isinstance(raw, list) else []
    return tuple([slack_parts.clean(name).partition("::")[0] for name in names if name and isinstance(name, str)])


TICKS = frozenset(("white_check_mark", "heavy_check_mark", "check", "check_mark", "done", "white_tick"))


def _ticked_by(raw: object) -> tuple[str, ...]:
    """Who put a tick on it, each once, in order of their ids."""
    ticks = [each for each in raw if _is_tick(_get(each, "name"))] if raw and isinstance(raw, list) else ()
    if not ticks:
        return ()
    users = (user for tick in ticks for user in _list(_get(tick, "users")))
    return tuple(sorted({user for user in users if isinstance(user, str)}))


def _is_tick(name: object) -> bool:
    return isinstance(name, str) and name in TICKS


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _get(value: object, key: str) -> object:
    if value is None:
        return None
    if isinstance(value, dict):  # most are, and asking for a Mapping takes ten times as long
        return value.get(key)
    return value.get(key) if isinstance(value, Mapping) else None


def _word(value: object) -> str | None:
    return slack_parts.clean(value) or None


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


_DEFAULTS = {field.name: field.default for field in fields(Message)}
_USUAL = ("channel_id", "ts", "user_id", "text")  # what nearly every message has, and most have nothing else
_REST = {name: default for name, default in _DEFAULTS.items() if name not in _USUAL}
_VALUES, _NOTHING = attrgetter(*_REST), tuple(_REST.values())


def to_json(message: Message) -> dict[str, Any]:
    """A compact, loss-free form for a database row; what has its default is left out."""
    row: dict[str, Any] = {"channel_id": message.channel_id, "ts": message.ts}
    if message.user_id is not None:
        row["user_id"] = message.user_id
    if message.text:
        row["text"] = message.text
    values = _VALUES(message)
    if values != _NOTHING:
        for name, value, default in zip(_REST, values, _NOTHING, strict=True):
            if value is not default and value != default:  # most are the default itself
                row[name] = list(value) if isinstance(value, tuple) else value
        if message.files:
            row["files"] = [[file.id, file.name, file.permalink, file.mimetype] for file in message.files]
    return row


def from_json(row: Mapping[str, Any]) -> Message:
    """The message that `to_json` wrote. Raises MalformedMessage when the row is not one of its own."""
    try:
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
        }
        values["files"] = tuple(FileRef(*file) for file in row.get("files", ()))
        return Message(**values)
    except (TypeError, AttributeError) as error:
        raise MalformedMessage("A stored message has an unknown shape.") from error
