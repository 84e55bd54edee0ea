"""The main job by real processes, with a kill -9 at exactly one call: the call hangs, before or after its effect, and the bot is killed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.outgoing import Lane
from sandbox.client import SandboxRefused
from storage.engine import make_engine
from storage.store import SqlStore
from tests.faults import incident, tables
from tests.faults.job import assert_same
from tests.faults.real import RealBot, RealSlack, write_workspace

PATIENCE = 60.0
READINGS = ("conversations.history", "conversations.replies")
REST = timedelta(minutes=30)
DETAILS = {
    ids.TITLE: "Checkout is slow",
    ids.SEVERITY: "SEV-1",
    ids.STARTED_AT: int(incident.BEGAN.timestamp()),
    ids.DETECTED_AT: int(incident.BEGAN.timestamp()) + 60,
    ids.RESOLVED_AT: int(incident.BEGAN.timestamp()) + 41 * 60,
    ids.IC: "ana",
    ids.SCRIBE: "chioma",
}


@dataclass(frozen=True)
class Result:
    """What a run left: the marks of what was posted, the harvested tables, how many calls it took after the start."""

    marks: Counter[str]
    dump: tables.Dump
    calls: int
    documents: int
    read_again: dict[str, int]
    pages: int
    killed: bool
    postmortems: int


class RealJob:
    """One run. `at` is the number of the call to die at, None for an undisturbed run."""

    def __init__(self, folder: Path, at: int | None = None, *, after: bool = False) -> None:
        self._folder, self._at, self._after = folder, at, after
        self._killed = False
        self._started = 0

    def run(self) -> Result:
        """From the command to the second document. Raises AssertionError when the bot never gets there."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._slack = RealSlack(write_workspace(self._folder))
        try:
            self._start()
            return self._run()
        finally:
            self._bot.kill()
            self._slack.stop()
            self._engine.dispose()

    def _run(self) -> Result:
        slack, before = self._slack, self._slack.calls
        if self._at:
            slack.hang(self._at, after=self._after)
        self._act(lambda: slack.act.command("ana", "#incident", "/postmortem assign @ben"))
        self._until(lambda: self._rests() and len(slack.documents()) == 1, "the first document")
        self._act(self._accept)
        self._act(self._fill_in)
        self._until(lambda: self._rests() and self._shown(), "the second document")
        return self._result(slack.calls - before)

    @cached_property
    def _engine(self) -> Engine:
        """On the bot's file, which is asked again and again: opened anew for each question it would be more at work than the bot."""
        return make_engine(f"sqlite:///{self._folder}/bot.db")

    def _start(self) -> None:
        self._started += 1
        self._bot = RealBot(self._slack, self._folder, self._started)

    def _act(self, act: Callable[[], Any]) -> None:
        """A person tries until it works."""
        end, last = time.monotonic() + PATIENCE, ""
        while True:
            self._kill_if_hanging()
            try:
                if act().get("ok", True):
                    return
            except SandboxRefused as refused:
                last = str(refused)
            assert time.monotonic() < end, f"nobody answered: {last}"
            time.sleep(0.1)

    def _until(self, found: Callable[[], Any], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not found():
            self._kill_if_hanging()
            assert time.monotonic() < end, f"{what} never came: {self._bot.log.read_text()[-2000:]}"
            time.sleep(0.1)

    def _kill_if_hanging(self) -> None:
        if self._slack.hanging and not self._killed:
            self._bot.kill()
            self._killed = True
            self._start()

    def _accept(self) -> Any:
        room = self._slack.see("dms", user="ben")["channel"]
        return self._slack.act.press("ben", ids.OWNER_ACCEPT, channel=room)

    def _fill_in(self) -> Any:
        """Through the button on the card; whatever form is open already is put away."""
        slack = self._slack
        if slack.see.modals("ana"):
            slack.act.close("ana", everything=True)
        slack.act.press("ana", ids.DETAILS_OPEN, channel="#incident")
        for _ in range(30):
            if slack.see.modals("ana"):
                break
            time.sleep(0.1)
        answer = slack.act.submit("ana", DETAILS)
        assert not answer.get("errors"), answer
        return answer

    def _shown(self) -> bool:
        files = self._slack.documents()
        return len(files) == 1 and "Checkout is slow" in self._slack.see.file_text(files[0]["id"])

    def _rests(self) -> bool:
        """Nothing is due for a while, and nobody has a row in hand."""
        with SqlStore(self._engine).reading() as unit:
            waits = [unit.outbox.next_due(lane) for lane in Lane]
        return all(wait is None or wait > REST for wait in waits)

    def _result(self, calls: int) -> Result:
        dump, postmortems = tables.dump(self._engine), tables.count(self._engine, "postmortem")
        marks = Counter(each["metadata"]["event_payload"]["mark"].partition(":")[0] for each in self._slack.posts())
        documents = len(self._slack.documents())
        again, pages = self._read_again()
        return Result(marks, dump, calls, documents, again, pages, self._killed, postmortems)

    def _read_again(self) -> tuple[dict[str, int], int]:
        """Pages of the harvest that were handed out more than once, by method; and how many pages the channel has."""
        seen: Counter[tuple[str, str, str]] = Counter()
        for call in self._slack.client.calls():
            args = call["args"]
            harvest = call["method"] in READINGS and not args.get("include_all_metadata")
            if harvest and call["ok"]:
                seen[(call["method"], str(args.get("ts")), str(args.get("cursor")))] += 1
        again = {
            method: sum(times - 1 for (name, _, _), times in seen.items() if name == method) for method in READINGS
        }
        return again, sum(name == "conversations.history" for name, _, _ in seen)


def check(result: Result, clean: Result) -> None:
    """The killed run came to the end of the undisturbed one."""
    assert result.killed, "the call never came"
    assert result.postmortems == 1
    assert result.marks == clean.marks
    assert result.documents == 1
    assert_same(result.dump, clean.dump)
    # Once for the step that was cut off; and the new process reads the channel for what it missed, but no thread that rests.
    history, threads = (result.read_again[method] for method in ("conversations.history", "conversations.replies"))
    assert history <= clean.pages + 1, result.read_again
    assert threads + max(0, history - clean.pages) <= 1, result.read_again
