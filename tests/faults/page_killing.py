"""A post-mortem by real processes, from the command to its page in a local Confluence, with a kill -9 at exactly one request: the request
hangs, before or after its effect, and the bot is killed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.domain.wiki import KeptPage
from tests.confluence import local_confluence
from tests.confluence.local_confluence import EMAIL, SPACE, TOKEN, LocalConfluence
from tests.faults.real import RealSlack, write_workspace
from tests.faults.real_run import RealRun
from tests.jira.local_jira import Fault

# A worker's lease has to end before another takes its row.
PATIENCE = timedelta(minutes=3)


@dataclass(frozen=True)
class Left:
    """What a run left: the requests to Confluence, the titles of its pages by id, what the bot keeps, and the page that people share."""

    requests: Sequence[str]
    pages: dict[str, str]
    kept: KeptPage
    shared: str
    killed: bool


class RealPage(RealRun):
    """One run. `at` is the number of the request to die at, None for an undisturbed run."""

    def __init__(self, folder: Path, at: int | None = None, *, after: bool = False) -> None:
        super().__init__(folder, at, after=after)

    def run(self) -> Left:
        """From the command to the page. Raises AssertionError when it never comes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        hang = {self._at: Fault(hang=True, done=self._after)} if self._at else {}
        with local_confluence.running(LocalConfluence(at=hang)) as self._confluence:
            self._slack = RealSlack(write_workspace(self._folder))
            try:
                self._start()
                assert self._slack.act.command("ana", "#incident", "/postmortem assign @ben").get("ok", True)
                self._until(lambda: self._shared() != "", PATIENCE, "the page")
                return self._left()
            finally:
                self._end()

    def _settings(self) -> dict[str, str]:
        return {
            "CONFLUENCE_URL": self._confluence.url,
            "CONFLUENCE_EMAIL": EMAIL,
            "CONFLUENCE_TOKEN": TOKEN,
            "CONFLUENCE_SPACE": SPACE,
        }

    def _heard(self) -> int:
        return len(self._confluence.seen)

    def _shared(self) -> str:
        with self._store.reading() as unit:
            record = unit.records.get(self._found(unit))
            return record.page_url or "" if record else ""

    def _left(self) -> Left:
        with self._store.reading() as unit:
            kept = unit.wiki_pages.get(self._found(unit))
        assert kept
        pages = {each.id: each.title for each in self._confluence.made}
        return Left(tuple(self._confluence.seen), pages, kept, self._shared(), self._killed)


def check(left: Left, *, killed: bool = True) -> None:
    """There is one page, it says what it is to say, and people share it."""
    assert left.killed is killed
    assert list(left.pages) == [left.kept.page_id], left.pages
    assert left.pages[left.kept.page_id].startswith("PM-1: "), left.pages
    assert left.shared == left.kept.url
