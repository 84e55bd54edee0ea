"""The timeline's picture in the thread of a post: reserved, filled, shared; found again when an answer was lost. People see one: a newer
one takes the place of the one before, which goes once the newer one stands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents import timeline_png
from bot.domain import draft_timeline, typed
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.picture import Picture
from bot.domain.postmortem import DocumentFile, Posted
from bot.jobs import uploading
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Outcome
from bot.jobs.scene import Scene
from bot.jobs.uploading import Upload, Uploading
from bot.jobs.worker import PATIENCE
from bot.usecases import picture_rows

_ALT = 900


@dataclass(frozen=True, slots=True)
class ShowPicture:
    """One post's picture."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, name = self.scene.overview(row), picture_rows.post(row)
        if overview is None:
            return GONE
        record, policy = overview.postmortem, self.scene.policy
        with self.scene.store.reading() as unit:
            files = unit.record_files.of(record.id, name)
            posted = picture_rows.place(unit, record, name, policy)
        loading = Uploading(self.scene.chat, self.scene.clock, lambda file: self._keep(name, file))
        drawn, newest = draft_timeline.picture(overview) if posted else None, loading.newest(files)
        if drawn is None or posted is None:
            newest = None
        elif newest is None or newest.digest != picture_rows.digest(drawn, posted):
            newest = self._show(loading, overview, drawn, posted)
        self._tidy(row, overview, newest)
        return Done({"file": newest.file_id if newest else None})

    def _show(self, loading: Uploading, overview: Overview, drawn: Picture, posted: Posted) -> DocumentFile:
        record = overview.postmortem
        upload = Upload(
            timeline_png.render(drawn), f"{record.name.lower()}-timeline.png", f"{record.name}, timeline",
            typed.clip(drawn.description, _ALT),
        )  # fmt: skip
        digest = picture_rows.digest(drawn, posted)
        return self.scene.posting.member(
            posted.channel_id,
            lambda: loading.put(record.id, posted.channel_id, upload, digest, thread_ts=posted.ts),
        )

    def _keep(self, name: str, file: DocumentFile) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.record_files.put(name, file)

    def _tidy(self, row: Row, overview: Overview, newest: DocumentFile | None) -> None:
        """Those before it go; and where it stands now may be news for other threads."""
        now, name = self.scene.clock.now(), picture_rows.post(row)
        with self.scene.store.transaction(PATIENCE) as unit:
            files = unit.record_files.of(overview.postmortem.id, name)
            unit.outbox.put(*uploading.removals(row, files, {newest.file_id} if newest else (), now))
            picture_rows.follow(unit, overview, self.scene.policy, now, but=name)
