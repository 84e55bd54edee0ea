"""A file in a channel, brought there in steps of which each is kept: reserved, filled, shared. What became of an upload whose
answer was lost is asked for before anything is uploaded again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.postmortem import DocumentFile, FileState, Postmortem
from bot.ports.chat import Chat
from bot.ports.clock import Clock


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as people get it; `alt` says what a picture shows."""

    content: bytes
    name: str
    title: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Uploading:
    """`keep` writes down how far a file has got, in a transaction of its own."""

    chat: Chat
    clock: Clock
    keep: Callable[[DocumentFile], None]

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
        reservation = self.chat.reserve(upload.name, len(upload.content), upload.alt)
        file = DocumentFile(of, reservation.file_id, digest, FileState.RESERVED, None, self.clock.now())
        self.keep(file)
        self.chat.fill(reservation, upload.content)
        link = self.chat.share(reservation.file_id, upload.title, channel, thread_ts)
        shared = replace(file, state=FileState.SHARED, permalink=link)
        self.keep(shared)
        return shared
