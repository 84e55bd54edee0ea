"""The tickets as a CSV file in the card's thread: reserved, filled, shared; found again when an answer was lost. People see one:
a newer one takes the place of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.documents import actions_csv
from bot.domain.outgoing import Kind, Outgoing, Row
from bot.domain.overview import Overview
from bot.domain.postmortem import DocumentFile, FileState
from bot.jobs.handlers.channel import CARD, GONE
from bot.jobs.outcome import Done, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE


@dataclass(frozen=True, slots=True)
class HandOutActions:
    """Upload the tickets as they stand now; the same content is not uploaded twice."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        with self.scene.store.reading() as unit:
            card = unit.posts.get(overview.postmortem.id, CARD)
            files = unit.items.action_files(overview.postmortem.id)
        if card is None:
            return Done({"waits for": "the card"})
        # A byte order mark tells spreadsheets that it is UTF-8.
        content = actions_csv.render(overview).encode("utf-8-sig")
        digest = hashlib.sha256(content).hexdigest()
        newest = self._settle_reserved(files)
        if newest is None or newest.digest != digest:
            newest = self._publish(overview, content, digest, card.ts)
        self._tidy(row, newest)
        return Done({"file": newest.file_id})

    def _settle_reserved(self, files: Sequence[DocumentFile]) -> DocumentFile | None:
        """What became of uploads whose answer was lost; returns the newest file that people can see."""
        newest = None
        for file in files:
            if file.state is FileState.RESERVED:
                link = self.scene.chat.shared_link(file.file_id)
                file = replace(file, state=FileState.SHARED if link else FileState.REMOVED, permalink=link)
                self._keep(file)
            if file.state is FileState.SHARED:
                newest = file
        return newest

    def _publish(self, overview: Overview, content: bytes, digest: str, thread_ts: str) -> DocumentFile:
        record = overview.postmortem
        reservation = self.scene.chat.reserve(f"{record.name.lower()}-tickets.csv", len(content))
        file = DocumentFile(record.id, reservation.file_id, digest, FileState.RESERVED, None, self.scene.clock.now())
        self._keep(file)
        self.scene.chat.fill(reservation, content)
        link = self.scene.chat.share(reservation.file_id, f"{record.name} tickets", record.channel_id, thread_ts)
        shared = replace(file, state=FileState.SHARED, permalink=link)
        self._keep(shared)
        return shared

    def _keep(self, file: DocumentFile) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.items.put_action_file(file)

    def _tidy(self, row: Row, newest: DocumentFile) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            for file in unit.items.action_files(newest.postmortem_id):
                if file.state is FileState.SHARED and file.file_id != newest.file_id:
                    key, now = f"{Kind.REMOVE_FILE}:{file.file_id}", self.scene.clock.now()
                    payload = {"file": file.file_id}
                    unit.outbox.put(Outgoing(Kind.REMOVE_FILE, key, row.team_id, now, row.postmortem_id, dict(payload)))
