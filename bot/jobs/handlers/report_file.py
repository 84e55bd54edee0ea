"""A report as a file in a direct message: made when it leaves, of what its reader may see then; reserved, filled, shared, and found again
when an answer was lost. One request is one file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.blocks import report_post
from bot.documents import report_csv, report_picture
from bot.domain import period, report_words
from bot.domain.outgoing import Row
from bot.domain.postmortem import DocumentFile
from bot.domain.report import Report
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.uploading import Upload, Uploading
from bot.jobs.worker import PATIENCE
from bot.usecases import make_report
from bot.usecases.make_report import MakeReport

NOBODY = Obsolete("whoever asked for it is not here any more")
_ALT = 900


@dataclass(frozen=True, slots=True)
class HandOutReport:
    """One person's file."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        to, now = str(row.payload["to"]), self.scene.clock.now()
        person = self.scene.person(row.team_id, to)
        if person is None or person.deleted:
            return NOBODY
        if row.payload["what"] == make_report.SORRY:
            return self._not_sent(row, to)
        make = MakeReport(self.scene.policy)
        days = period.read(str(row.payload["period"]), make.today(now))
        with self.scene.store.reading() as unit:
            report, files = make(unit, row.team_id, to, days, now), unit.report_files.of(row.key)
        uploading = Uploading(self.scene.chat, self.scene.clock, lambda file: self._keep(row.team_id, file))
        newest = uploading.newest(files)
        if newest is None:
            upload = _upload(report, str(row.payload["what"]))
            digest = hashlib.sha256(upload.content).hexdigest()
            newest = uploading.put(row.key, self.scene.chat.open_dm(to), upload, digest, thread_ts=None)
        return Done({"file": newest.file_id})

    def _not_sent(self, row: Row, to: str) -> Outcome:
        channel, drawing = self.scene.chat.open_dm(to), report_post.not_sent(str(row.payload["reason"]))
        return Done({"channel": channel, "ts": self.scene.posting.once(row, channel, drawing)})

    def _keep(self, team_id: str, file: DocumentFile) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.report_files.put(team_id, file)


def _upload(report: Report, what: str) -> Upload:
    name, title = f"post-mortems-{report.period.written}", f"Post-mortems, {report.period.said}"
    if what == make_report.PICTURE:
        said = report_words.picture(report)
        alt = said if len(said) <= _ALT else f"{said[:_ALT].rpartition(';')[0]}; and more in the table."
        return Upload(report_picture.render(report), f"{name}.png", title, alt)
    # A byte order mark tells spreadsheets that it is UTF-8.
    return Upload(report_csv.render(report).encode("utf-8-sig"), f"{name}.csv", title)
