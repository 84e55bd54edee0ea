"""Files in a channel, brought there in steps of which each is kept: reserved, filled, shared. What became of an upload whose
answer was lost is asked for before anything is uploaded again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.outgoing import Kind, Outgoing, Row
from bot.domain.postmortem import DocumentFile, FileState, Postmortem
from bot.ports.chat import Chat, Reservation
from bot.ports.clock import Clock

Keep = Callable[[DocumentFile], None]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as people get it; `alt` says what a picture shows."""

    content: bytes
    name: str
    title: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An upload for `of`, what it belongs to. `keep` writes down how far it has got, in a transaction of its own."""

    of: str
    upload: Upload
    digest: str
    keep: Keep


@dataclass(frozen=True, slots=True)
class Uploading:
    """`keep` writes down how far a file has got, in a transaction of its own."""

    chat: Chat
    clock: Clock
    keep: Keep

    def newest(self, files: Sequence[DocumentFile]) -> DocumentFile | None:
        """The newest file that people can see, of those that were uploaded or begun."""
        found = None
        for file in files:
            if file.state is FileState.RESERVED:
                link = self.chat.shared_link(file.file_id)
                file = replace(file, state=FileState.SHARED if link else FileState.REMOVED, permalink=link)
                self.keep(file)
            if file.state is FileState.SHARED:
                found = file
        return found

    def publish(
        self, record: Postmortem, content: bytes, digest: str, *, name: str, title: str, thread_ts: str
    ) -> DocumentFile:
        """Upload it into the thread."""
        return self.put(record.id, record.channel_id, Upload(content, name, title), digest, thread_ts=thread_ts)

    def put(self, of: str, channel: str, upload: Upload, digest: str, *, thread_ts: str | None) -> DocumentFile:
        """Upload it for `of`, what it belongs to, into a channel, or a thread in it."""
        (shared,) = together(self.chat, self.clock, [Parcel(of, upload, digest, self.keep)], channel, thread_ts)
        return shared


def together(
    chat: Chat, clock: Clock, parcels: Sequence[Parcel], channel: str, thread_ts: str | None
) -> list[DocumentFile]:
    """Upload them and show them in one message: all of them, or none."""
    begun: list[tuple[Parcel, DocumentFile, Reservation]] = []
    for each in parcels:
        reservation = chat.reserve(each.upload.name, len(each.upload.content), each.upload.alt)
        file = DocumentFile(each.of, reservation.file_id, each.digest, FileState.RESERVED, None, clock.now())
        each.keep(file)
        begun.append((each, file, reservation))
    for each, _, reservation in begun:
        chat.fill(reservation, each.upload.content)
    links = chat.share({file.file_id: each.upload.title for each, file, _ in begun}, channel, thread_ts)
    shared = []
    for each, file, _ in begun:
        done = replace(file, state=FileState.SHARED, permalink=links[file.file_id])
        each.keep(done)
        shared.append(done)
    return shared


def removals(row: Row, files: Sequence[DocumentFile], keep: Collection[str], now: datetime) -> list[Outgoing]:
    """Of the row's files that people can see those go that are not to be kept, by their ids; each is asked for once."""
    gone = [each.file_id for each in files if each.state is FileState.SHARED and each.file_id not in keep]
    return [
        Outgoing(Kind.REMOVE_FILE, f"{Kind.REMOVE_FILE}:{each}", row.team_id, now, row.postmortem_id, {"file": each})
        for each in gone
    ]
