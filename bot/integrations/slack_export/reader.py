"""Reads an export of a Slack workspace, a folder or a zip, as Slack and the common export tools have written them
since 2015. Exports get cut, repacked and edited on the way, so whatever cannot be read is left out by name and the
rest is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.domain.harvest import message, person, slack_parts
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.integrations.slack_export import at_a_glance, tree
from bot.ports.export import Channel, Day, ExportUnreadable, Skipped

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json\Z")
_LISTS = ("channels.json", "groups.json", "mpims.json", "dms.json")
_NO_CHANNEL = frozenset(("__uploads", "__avatars", "attachments", "avatars", "emoji", "emojis"))


class SlackExport:
    """One export. Raises ExportUnreadable when the path is no export at all; never anything else."""

    def __init__(self, path: Path) -> None:
        self._tree = tree.open_tree(path)
        self._skipped: dict[tuple[str, str], Skipped] = {
            (name, "its name points outside the export"): Skipped(name, "its name points outside the export")
            for name in self._tree.unsafe
        }
        self._stem = path.resolve().stem if path.is_file() else path.resolve().name
        self._root = _root(self._tree.names)
        self._by_folder: dict[str, list[str]] = {}
        for name in self._tree.names:
            self._by_folder.setdefault(name.rpartition("/")[0], []).append(name)
        self._people = self._read_people()
        self._channels = self._read_channels()
        if not self._channels:
            raise ExportUnreadable(f"{path} holds no channels: it is not an export of a Slack workspace.")

    def channels(self) -> tuple[Channel, ...]:
        return self._channels

    def people(self) -> Mapping[str, Person]:
        return self._people

    def skipped(self) -> tuple[Skipped, ...]:
        return tuple(sorted(self._skipped.values(), key=lambda each: (each.path, each.reason)))

    def days(self, channel: Channel) -> Iterator[Day]:
        """The files of a channel at a glance, in the order of their names."""
        for name in self._files(channel):
            content = self._content(name)
            found = at_a_glance.quick(name, content)
            if found is None:
                found, bad = at_a_glance.day(name, self._parsed(name, content))
                self._tell_bad(name, bad)
            yield found

    def messages(self, channel: Channel, days: Collection[str] | None = None) -> Iterator[Message]:
        """The messages of a channel, one file at a time, in the order of the file names."""
        for name in self._files(channel):
            if days is None or name in days:
                yield from self._day(name, channel.id)

    def _files(self, channel: Channel) -> Sequence[str]:
        found = self._by_folder.get(channel.folder, ()) if channel.folder is not None else ()
        return [name for name in found if self._is_messages(name, name.rpartition("/")[2])]

    def _is_messages(self, name: str, file: str) -> bool:
        if _DAY.match(file):
            return True
        at_root = name.rpartition("/")[0] == self._root
        return not (at_root and file in (*_LISTS, "users.json")) and not file.startswith(("canvas", ".", "._"))

    def _day(self, name: str, channel_id: str) -> Iterator[Message]:
        bad = 0
        for raw in at_a_glance.with_replies(self._list(name)):
            try:
                yield message.from_slack(raw, channel_id)
            except message.MalformedMessage:
                bad += 1
            else:
                self._meet(raw)
        self._tell_bad(name, bad)

    def _tell_bad(self, name: str, bad: int) -> None:
        if bad:
            self._skip(name, "an entry is no message" if bad == 1 else f"{bad} entries are no messages", bad)

    def _meet(self, raw: Mapping[str, Any]) -> None:
        """Takes the author's profile from a message when the list of members lacks them."""
        profile, user_id = raw.get("user_profile"), raw.get("user")
        if profile is None or (isinstance(user_id, str) and user_id in self._people):
            return
        if isinstance(profile, Mapping) and isinstance(user_id, str) and user_id and user_id not in self._people:
            named = {"id": user_id, "name": profile.get("name"), "profile": profile}
            self._people[user_id] = person.from_slack({**named, "is_stranger": True})

    def _list(self, name: str) -> list[Any]:
        return self._parsed(name, self._content(name))

    def _content(self, name: str) -> bytes:
        try:
            return self._tree.content(name)
        except tree.Unreadable as error:
            self._skip(name, str(error))
            return b"[]"

    def _parsed(self, name: str, content: bytes) -> list[Any]:
        try:
            found = tree.parse(content)
        except tree.Unreadable as error:
            self._skip(name, str(error))
            return []
        if isinstance(found, list):
            return found
        self._skip(name, "it is not a list")
        return []

    def _skip(self, path: str, reason: str, entries: int = 0) -> None:
        self._skipped[(path, reason)] = Skipped(slack_parts.clean(path), reason, entries)

    def _read_people(self) -> dict[str, Person]:
        people: dict[str, Person] = {}
        for file in ("users.json", "org_users.json"):
            name = _join(self._root, file)
            bad = 0
            for raw in self._list(name) if name in self._tree.names else []:
                try:
                    found = person.from_slack(raw)
                    people.setdefault(found.user_id, found)
                except ValueError:
                    bad += 1
            if bad:
                self._skip(name, f"{bad} entries are no people", bad)
        return people

    def _read_channels(self) -> tuple[Channel, ...]:
        folders = _channel_folders(self._tree.names, self._root)
        found: list[Channel] = []
        for file in _LISTS:
            name = _join(self._root, file)
            listed = [_channel(raw, folders) for raw in self._list(name)] if name in self._tree.names else []
            found += [channel for channel in listed if channel]
        used = {channel.folder for channel in found}
        for short, folder in folders.items():
            if folder not in used:
                found.append(Channel(short or self._stem, short or self._stem, folder))
        return tuple(found)


def _channel(raw: Any, folders: Mapping[str, str]) -> Channel | None:
    row: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    channel_id, name = slack_parts.clean(row.get("id")), slack_parts.clean(row.get("name"))
    if not (channel_id or name):
        return None
    folder = folders.get(name) or folders.get(channel_id)
    return Channel(channel_id or name, name or channel_id, folder)


def _root(names: tuple[str, ...]) -> str:
    """The folder that holds the lists, or, where there are none, the one above the channels' folders."""
    held = [name.rpartition("/")[0] for name in names if name.rpartition("/")[2] in (*_LISTS, "users.json")]
    if not held:
        days = [name.rpartition("/")[0] for name in names if _DAY.match(name.rpartition("/")[2])]
        held = [folder.rpartition("/")[0] for folder in days]
    return min(held, key=lambda folder: (folder.count("/") + bool(folder), folder), default="")


def _channel_folders(names: tuple[str, ...], root: str) -> dict[str, str]:
    """Short name to whole path of every folder below the root that may hold a channel's days."""
    lead = f"{root}/" if root else ""
    found: dict[str, str] = {}
    for name in names:
        folder, _, file = name.rpartition("/")
        if not file.endswith(".json") or not (folder == root or folder.startswith(lead)):
            continue
        short = folder[len(lead) :] if folder != root else ""
        if "/" not in short and short not in _NO_CHANNEL and (short or _DAY.match(file)):
            found.setdefault(short, folder)
    return found


def _join(folder: str, file: str) -> str:
    return f"{folder}/{file}" if folder else file
