"""The files of a post-mortem by real processes: the document in two formats and the timeline's picture in the review's thread, with a kill
-9 at exactly one upload: its last call hangs, before or after its effect, and the bot is killed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.booking import Booking
from bot.domain.harvest.finding import TimelineKind
from bot.domain.timeline import Item
from bot.usecases import meeting_rows, rows
from sandbox.web.faults import Fault
from storage.store import SqlUnit
from tests.faults.real import FOREVER, RealSlack, write_workspace
from tests.faults.real_run import RealRun

PATIENCE = timedelta(seconds=150)
SHARE = "files.completeUploadExternal"


@dataclass(frozen=True)
class Left:
    """What a run left to be seen: the names of files, and whether the process was killed."""

    names: list[str]
    killed: bool


class RealPicture(RealRun):
    """One run. `at` is which upload of those after the booking is not answered: the documents' is the first, the picture's the second."""

    def __init__(self, folder: Path, at: int, *, after: bool) -> None:
        super().__init__(folder, at, after=after)

    def run(self) -> Left:
        """From the booking to the renewed documents and the picture. Raises AssertionError when they never come."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._slack = RealSlack(write_workspace(self._folder))
        try:
            self._start()
            assert self._slack.act.command("ana", "#incident", "/postmortem assign @ben").get("ok", True)
            self._until(lambda: self._names() == ["pm-1.html", "pm-1.md"], PATIENCE, "the document")
            self._slack.fault = Fault(SHARE, "hang_after_effect" if self._after else "hang", self._at or 1, FOREVER)
            self._slack.server.api.faults.add(self._slack.fault)
            self._written(self._book, "the meeting")
            self._until(self._settled, PATIENCE, "the picture")
            return Left(self._names(), self._killed)
        finally:
            self._end()

    def _settings(self) -> dict[str, str]:
        return {"DOCUMENT_FILES": "markdown,html,picture"}

    def _heard(self) -> int:
        return (self._at or 0) if self._slack.hanging else 0

    def _book(self, unit: SqlUnit) -> None:
        record, now = unit.records.get(self._found(unit), lock=True), datetime.now(UTC)
        assert record
        start = now + timedelta(hours=5)
        unit.meetings.put_booking(Booking(record.id, start, start + timedelta(minutes=30), record.created_by, now))
        unit.items.put_item(Item("i1", record.id, now, "Rolled back", TimelineKind.mitigation, record.created_by, now))
        place = meeting_rows.review_post(record, meeting_rows.INCIDENT, now + timedelta(seconds=8))
        unit.outbox.put(rows.document(record, now), place)

    def _settled(self) -> bool:
        return self._killed and "pm-1-timeline.png" in self._names() and self._rests()

    def _rests(self) -> bool:
        """Nothing of what is due soon is left, and all that stands is known to stand."""
        with self._store.reading() as unit:
            record = self._found(unit)
            files = [
                *unit.posts.files(record),
                *unit.record_files.of(record, "html"),
                *unit.record_files.of(record, "review:incident"),
            ]
        standing = {file.file_id for file in files if file.state == "shared"}
        return len(standing) == 3 and standing == {each["id"] for each in self._files()}

    def _names(self) -> list[str]:
        return sorted(str(each["name"]) for each in self._files())

    def _files(self) -> list[dict[str, Any]]:
        """Those that are tried here: the invitation is tried elsewhere."""
        return [each for each in self._slack.documents() if str(each["name"]).startswith("pm-1")]
