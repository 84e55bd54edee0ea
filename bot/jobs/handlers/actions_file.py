"""The tickets as a CSV file in the card's thread: reserved, filled, shared; found again when an answer was lost. People see one:
a newer one takes the place of the one before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.documents import actions_csv
from bot.domain.outgoing import Row
from bot.domain.postmortem import DocumentFile
from bot.jobs import uploading
from bot.jobs.handlers.channel import CARD, GONE
from bot.jobs.outcome import Done, Outcome
from bot.jobs.scene import Scene
from bot.jobs.uploading import Uploading
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
        record, newest = overview.postmortem, self._uploading.newest(files)
        if newest is None or newest.digest != digest:
            newest = self._uploading.publish(
                record, content, digest, name=f"{record.name.lower()}-tickets.csv", title=f"{record.name} tickets",
                thread_ts=card.ts,
            )  # fmt: skip
        self._tidy(row, newest)
        return Done({"file": newest.file_id})

    @property
    def _uploading(self) -> Uploading:
        return Uploading(self.scene.chat, self.scene.clock, self._keep)

    def _keep(self, file: DocumentFile) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.items.put_action_file(file)

    def _tidy(self, row: Row, newest: DocumentFile) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            files = unit.items.action_files(newest.postmortem_id)
            unit.outbox.put(*uploading.removals(row, files, {newest.file_id}, self.scene.clock.now()))
