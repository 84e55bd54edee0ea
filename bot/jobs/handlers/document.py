"""The document as a file in the card's thread (R-29): reserved, filled, shared; found again when an answer was lost.

New content is a new upload: the card's link moves, and the older file is removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.documents import markdown
from bot.domain import document
from bot.domain.harvest_state import Phase
from bot.domain.outgoing import Kind, Outgoing, Row
from bot.domain.overview import Overview
from bot.domain.postmortem import Audit, DocumentFile, FileState, Postmortem
from bot.jobs.handlers.channel import CARD, GONE
from bot.jobs.outcome import Done, Outcome
from bot.jobs.scene import Scene
from bot.jobs.uploading import Uploading
from bot.jobs.worker import PATIENCE
from bot.ports.store import Unit
from bot.usecases import canvas_rows, meeting_rows, rows


@dataclass(frozen=True, slots=True)
class WriteDocument:
    """Write the document when its content is new."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        if overview.findings is None and overview.harvest and overview.harvest.phase not in (Phase.DONE, Phase.STOPPED):
            return Done({"waits for": "the first harvest"})
        with self.scene.store.reading() as unit:
            card = unit.posts.get(overview.postmortem.id, CARD)
            files = unit.posts.files(overview.postmortem.id)
        if card is None:
            return Done({"waits for": "the card"})
        content = markdown.render(document.build(overview)).encode()
        digest = hashlib.sha256(content).hexdigest()
        record, newest = overview.postmortem, self._uploading.newest(files)
        if newest is None or newest.digest != digest:
            newest = self._uploading.publish(
                record, content, digest, name=f"{record.name.lower()}.md",
                title=f"{record.name} {record.subject}".strip(), thread_ts=card.ts,
            )  # fmt: skip
        self._tidy(row, overview, newest)
        return Done({"file": newest.file_id})

    @property
    def _uploading(self) -> Uploading:
        return Uploading(self.scene.chat, self.scene.clock, self._keep)

    def _keep(self, file: DocumentFile) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.posts.put_file(file)

    def _tidy(self, row: Row, overview: Overview, newest: DocumentFile) -> None:
        """Move the card's link to the newest version, and remove the older ones."""
        now = self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            files = unit.posts.files(overview.postmortem.id)
            self._note_the_first(unit, overview.postmortem, files, newest, now)
            for file in files:
                if file.state is FileState.SHARED and file.file_id != newest.file_id:
                    key = f"{Kind.REMOVE_FILE}:{file.file_id}"
                    payload = {"file": file.file_id}
                    unit.outbox.put(Outgoing(Kind.REMOVE_FILE, key, row.team_id, now, row.postmortem_id, dict(payload)))
            if overview.document != newest.permalink:
                canvas_rows.link_moved(unit, overview.postmortem, now)
                meeting_rows.review_waits(unit, overview.postmortem, self.scene.policy, now)
            canvas_rows.follow(unit, overview.postmortem, self.scene.policy, now)

    @staticmethod
    def _note_the_first(
        unit: Unit, record: Postmortem, files: Sequence[DocumentFile], newest: DocumentFile, now: datetime
    ) -> None:
        """Whoever watches hears of it once: later versions follow from what people write (R-08)."""
        if any(file.file_id != newest.file_id and file.state is not FileState.RESERVED for file in files):
            return
        if not any(entry.field == "document" for entry in unit.ledger.history(record.id)):
            unit.ledger.note(Audit(record.id, now, "bot", "document", None, "published", "upload"))
            unit.outbox.put(rows.card(record, now))


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """Delete an older version of the document, of the invitation, or of the list of tickets."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        file_id = str(row.payload["file"])
        self.scene.chat.remove(file_id)
        with self.scene.store.transaction(PATIENCE) as unit:
            items = unit.items
            for files, keep in (
                (unit.posts.files, unit.posts.put_file),
                (unit.invitations.files, unit.invitations.put_file),
                (items.action_files, items.put_action_file),
            ):
                for file in files(row.postmortem_id or ""):
                    if file.file_id == file_id:
                        keep(replace(file, state=FileState.REMOVED))
        return Done()
