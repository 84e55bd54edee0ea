"""The document as a file in the card's thread (R-29): reserved, filled, shared; found again when an answer was lost. In two formats it is
two files of one message.

New content is a new upload: the card's link moves, and the older file is removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.documents import html, markdown
from bot.domain import document
from bot.domain.document_files import DOCUMENTS, What
from bot.domain.harvest_state import Phase
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.page import Document
from bot.domain.postmortem import Audit, DocumentFile, FileState, Postmortem
from bot.jobs import uploading
from bot.jobs.handlers.channel import CARD, GONE
from bot.jobs.outcome import Done, Outcome
from bot.jobs.scene import Scene
from bot.jobs.uploading import Parcel, Upload, Uploading
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.ports.store import Unit
from bot.usecases import canvas_rows, meeting_rows, picture_rows, rows

_FORMATS: Mapping[What, tuple[str, Callable[[Document], str]]] = {
    What.MARKDOWN: ("md", markdown.render), What.HTML: ("html", html.render),
}  # fmt: skip
# What Slack says of a kind of file that a workspace does not take.
_NOT_THIS_KIND = {
    "blocked_file_type", "file_type_not_allowed", "file_upload_size_restricted", "slack_connect_blocked_file_type", "snippet_too_large",
}  # fmt: skip
Files = Mapping[What, DocumentFile]


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
        record = overview.postmortem
        with self.scene.store.reading() as unit:
            card = unit.posts.get(record.id, CARD)
            before = {each: files(unit, record.id, each) for each in DOCUMENTS}
        if card is None:
            return Done({"waits for": "the card"})
        current = {each: self._settled(each, before[each]) for each in DOCUMENTS}
        built = document.build(overview)
        wanted = {each: self._parcel(record, built, each) for each in DOCUMENTS if each in self.scene.policy.files}
        new = {
            each: parcel
            for each, parcel in wanted.items()
            if not self._stands(each, current[each], parcel, before[each])
        }
        found: dict[What, DocumentFile] = {
            each: kept for each, kept in current.items() if kept and each in wanted and each not in new
        }
        brought, refused = self._bring(record, new, card.ts)
        found |= brought
        newest = next(found[each] for each in DOCUMENTS if each in found)
        self._tidy(row, overview, found.values(), newest)
        if refused:
            raise refused
        return Done({"file": newest.file_id})

    def _parcel(self, record: Postmortem, built: Document, what: What) -> Parcel:
        ending, render = _FORMATS[what]
        content = render(built).encode()
        upload = Upload(content, f"{record.name.lower()}.{ending}", f"{record.name} {record.subject}".strip())
        return Parcel(record.id, upload, hashlib.sha256(content).hexdigest(), partial(self._keep, what))

    def _bring(
        self, record: Postmortem, new: Mapping[What, Parcel], thread_ts: str
    ) -> tuple[Files, IntegrationError | None]:
        """In one message; a format that the workspace does not take keeps the other from nobody."""
        bring = partial(uploading.together, self.scene.chat, self.scene.clock)
        if not new:
            return {}, None
        try:
            return dict(zip(new, bring(list(new.values()), record.channel_id, thread_ts), strict=True)), None
        except IntegrationError as error:
            if error.name not in _NOT_THIS_KIND or len(new) < 2:
                raise
        found, refused = dict[What, DocumentFile](), None
        for what, parcel in new.items():
            try:
                (found[what],) = bring([parcel], record.channel_id, thread_ts)
            except IntegrationError as error:
                if error.retryable or (refused and not found):
                    raise
                refused = error
        return found, refused

    def _settled(self, what: What, known: Sequence[DocumentFile]) -> DocumentFile | None:
        return Uploading(self.scene.chat, self.scene.clock, partial(self._keep, what)).newest(known)

    def _stands(self, what: What, file: DocumentFile | None, parcel: Parcel, before: Sequence[DocumentFile]) -> bool:
        """Whether people can see it as it should be. Where somebody deleted it every link would lead nowhere (R-29)."""
        if file is None or file.digest != parcel.digest:
            return False
        looked_for = any(each.file_id == file.file_id and each.state is FileState.RESERVED for each in before)
        if looked_for or self.scene.chat.shared_link(file.file_id):
            return True
        self._keep(what, replace(file, state=FileState.REMOVED))
        return False

    def _keep(self, what: What, file: DocumentFile) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            if what is What.MARKDOWN:
                unit.posts.put_file(file)
            else:
                unit.record_files.put(what, file)

    def _tidy(self, row: Row, overview: Overview, found: Iterable[DocumentFile], newest: DocumentFile) -> None:
        """Move the card's link to the newest version, and remove the older ones."""
        now, record = self.scene.clock.now(), overview.postmortem
        current = {each.file_id for each in found}
        with self.scene.store.transaction(PATIENCE) as unit:
            known = [file for each in DOCUMENTS for file in files(unit, record.id, each)]
            self._note_the_first(unit, record, [each for each in known if each.file_id not in current], now)
            unit.outbox.put(*uploading.removals(row, known, current, now))
            if overview.document != newest.permalink:
                canvas_rows.link_moved(unit, record, now)
                meeting_rows.review_waits(unit, record, self.scene.policy, now)
            canvas_rows.follow(unit, record, self.scene.policy, now)
            picture_rows.follow(unit, overview, self.scene.policy, now)

    @staticmethod
    def _note_the_first(unit: Unit, record: Postmortem, others: Sequence[DocumentFile], now: datetime) -> None:
        """Whoever watches hears of it once: later versions follow from what people write (R-08)."""
        if any(file.state is not FileState.RESERVED for file in others):
            return
        if not any(entry.field == "document" for entry in unit.ledger.history(record.id)):
            unit.ledger.note(Audit(record.id, now, "bot", "document", None, "published", "upload"))
            unit.outbox.put(rows.card(record, now))


def files(unit: Unit, record_id: str, what: What) -> Sequence[DocumentFile]:
    """All uploads of the document in one format, oldest first."""
    return unit.posts.files(record_id) if what is What.MARKDOWN else unit.record_files.of(record_id, what)


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """Delete an older version of the document, of a picture, of the invitation, or of the list of tickets."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        file_id = str(row.payload["file"])
        self.scene.chat.remove(file_id)
        with self.scene.store.transaction(PATIENCE) as unit:
            items = unit.items
            unit.record_files.removed(file_id)
            for known, keep in (
                (unit.posts.files, unit.posts.put_file),
                (unit.invitations.files, unit.invitations.put_file),
                (items.action_files, items.put_action_file),
            ):
                for file in known(row.postmortem_id or ""):
                    if file.file_id == file_id:
                        keep(replace(file, state=FileState.REMOVED))
        return Done()
