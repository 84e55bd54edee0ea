"""The canvas of a document by real processes, made and then filled anew, with a kill -9 at exactly one call for it: the call hangs, before
or after its effect, and the bot is killed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.outgoing import Lane
from bot.usecases import rows
from sandbox.web.faults import Fault
from storage.store import SqlUnit
from tests.faults.real import FOREVER, RealSlack, write_workspace
from tests.faults.real_run import RealRun

# The calls for it: made, opened to readers, filled, filled anew.
CALLS = (("canvases.create", 1), ("canvases.access.set", 1), ("canvases.edit", 1), ("canvases.edit", 2))
PATIENCE = timedelta(seconds=60)
TITLE = "Checkout is slow"


@dataclass(frozen=True)
class Left:
    """The canvases of the channel as a reader has them, and whether the process was killed."""

    canvases: Sequence[dict[str, Any]]
    linked: bool
    killed: bool


class RealCanvas(RealRun):
    """One run. `at` is the number of the call of `CALLS` to die at, None for an undisturbed run."""

    def run(self) -> Left:
        """From the command to the canvas with the title. Raises AssertionError when it never comes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._slack = RealSlack(write_workspace(self._folder))
        self._hang()
        try:
            self._start()
            assert self._slack.act.command("ana", "#incident", "/postmortem assign @ben").get("ok", True)
            self._until(lambda: len(self._filled()) == 1, PATIENCE, "the canvas")
            self._written(lambda unit: self._retitle(unit, datetime.now(UTC)), "the title")
            self._until(self._shown, PATIENCE, "the title in the canvas")
            return Left(self._canvases(), self._linked(), self._killed)
        finally:
            self._end()

    def _hang(self) -> None:
        if self._at:
            method, call = CALLS[self._at - 1]
            self._slack.fault = Fault(method, "hang_after_effect" if self._after else "hang", call, FOREVER)
            self._slack.server.api.faults.add(self._slack.fault)

    def _settings(self) -> dict[str, str]:
        return {"DOCUMENT_CANVAS": "on"}

    def _heard(self) -> int:
        return self._at or 0 if self._slack.hanging else 0

    def _canvases(self) -> list[dict[str, Any]]:
        see = self._slack.see
        return [see.canvas(each["id"], user="ana") for each in see.canvases(user="ana")]

    def _filled(self) -> list[dict[str, Any]]:
        return [each for each in self._canvases() if each["markdown"]]

    def _shown(self) -> bool:
        """With nothing left to do but to look once more for what a lost request left, and not before the kill."""
        with self._store.reading() as unit:
            wait = unit.outbox.next_due(Lane.FILES)
        rests = wait is None or wait > timedelta(seconds=30)
        return rests and self._killed is bool(self._at) and TITLE in str(self._filled()) and self._linked()

    def _linked(self) -> bool:
        cards = [each for each in self._slack.posts() if "as a canvas" in str(each.get("blocks"))]
        return bool(cards)

    def _retitle(self, unit: SqlUnit, now: datetime) -> None:
        record = unit.records.get(self._found(unit), lock=True)
        assert record
        unit.records.save(record.changed(title=TITLE))
        unit.outbox.put(rows.document(record, now))


def check(left: Left) -> None:
    """One, that people read, with the newest words in it."""
    assert left.killed
    (canvas,) = left.canvases
    assert canvas["level"] == "read"
    assert TITLE in canvas["markdown"]
    assert left.linked
