"""The page in Confluence with a fault at every single request, in every way that one can go wrong, and with the end of the process before
and after each. Whatever it is, there is one page in the end, it says what it is to say, and of a restricted one nobody else has read a
word at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from requests.adapters import HTTPAdapter

from bot.domain.outgoing import Kind, Lane, Row, RowState
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.wiki import WikiRules
from bot.integrations.confluence_client import ConfluenceClient
from bot.integrations.confluence_publisher import ConfluencePublisher
from bot.jobs.handlers.wiki_page import KeepWikiPage
from bot.jobs.scene import Scene
from bot.jobs.worker import Worker
from bot.usecases import rows
from bot.usecases.give_up import GiveUp
from storage.store import SqlStore
from tests.confluence import local_confluence
from tests.confluence.kept import NEUTRAL, OPEN, SECRET, TO_GROUP, client
from tests.confluence.local_confluence import SPACE, LocalConfluence, Page
from tests.fakes import errors, payloads
from tests.fakes.bot import PATIENCE, new_chat
from tests.fakes.clock import ManualClock
from tests.fakes.dying import Dying
from tests.faults.disk import Disk
from tests.jira import local_jira

WRONG = {
    "401": local_jira.UNAUTHORIZED,
    "409": local_jira.Fault(409),
    "429": local_confluence.WAIT,
    "500": local_jira.BROKEN,
    "502 after its effect": local_jira.MADE_BUT_500,
    "answer lost": local_jira.LOST,
    "connection cut": local_jira.CUT,
}


@cache
def _client() -> ConfluenceClient:
    """One for all: to read which certificates count takes longer than a whole run."""
    return client(LocalConfluence(url="http://127.0.0.1:9/wiki"))


# How often whoever leads presses the button where the refusal is one for good.
PRESSED = 3
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Story:
    """What happens to a record: it is made, with or without the mark, and may become restricted after it was published."""

    rules: WikiRules
    restricted: bool = False
    later: bool = False


STORIES = {
    "published": Story(WikiRules(by_year=True)),
    "restricted from the beginning": Story(TO_GROUP, restricted=True),
    "closed later": Story(OPEN, later=True),
}


@dataclass
class Run:
    """A record on a disk as new, and a Confluence as new. Of the bot there is the one worker that has to do with it."""

    disk: Disk
    image: bytes
    confluence: LocalConfluence
    story: Story
    dying: Dying | None = None
    clock: ManualClock = field(default_factory=ManualClock)

    def __post_init__(self) -> None:
        self.disk.holding(self.image)
        self.store = SqlStore(self.disk.engine, shift=self.clock.shift)
        self.worker = self._started()

    def _started(self) -> Worker:
        speaks = _client()
        speaks.url = self.confluence.url
        speaks.session.adapters.clear()
        speaks.session.mount(f"{speaks.url}/", self.dying or HTTPAdapter())
        publisher = ConfluencePublisher(speaks, SPACE, "", self.story.rules.restrict_to)
        policy = Policy(wiki=self.story.rules)
        scene = Scene(self.store, new_chat(self.clock), self.clock, policy, "https://acme.slack.com/", "UBOT")
        handlers = {Kind.WIKI_PAGE: KeepWikiPage(scene, publisher)}
        return Worker(self.store, handlers, GiveUp(self.clock), Lane.HARVEST, "one")

    def row(self) -> Row:
        """That of the page."""
        with self.store.reading() as unit:
            found = unit.outbox.row(1)
        assert found
        return found

    def published(self) -> None:
        self.changed(title=SECRET, restricted=self.story.restricted)
        self._to_the_end()

    def through(self) -> None:
        if self.story.later:
            self.changed(restricted=True)
            self._to_the_end()
        else:
            self.published()

    def changed(self, **values: object) -> None:
        with self.store.transaction(PATIENCE) as unit:
            record = unit.records.get("pm1", lock=True)
            assert record
            saved = record.changed(**values)
            unit.records.save(saved)
            unit.outbox.put(rows.wiki_page(saved, self.clock.now()))

    def _to_the_end(self) -> None:
        """Whoever dies is followed by another process; whoever leads presses the button."""
        for _ in range(PRESSED):
            while self.row().state is RowState.OPEN:
                try:
                    self.worker.drain()
                except errors.Crash:
                    self.worker = self._started()
                self.clock.advance(MINUTE)
            if self.row().state is RowState.DONE:
                return
            self.changed()

    def check(self, where: str) -> None:
        pages = [each for each in self.confluence.made if not each.title.startswith("Post-mortems ")]
        assert len(pages) == 1, (where, [each.title for each in pages])
        (page,), hidden = pages, self.story.restricted or self.story.later
        assert self.row().state is RowState.DONE, (where, self.row().last_error)
        assert page.title == (NEUTRAL if hidden else f"PM-1: {SECRET}"), where
        assert page.properties["postmortem-bot"] == {"postmortem": "pm1", "page": page.id}, where
        assert ("postmortem-begin-head" in page.body) is not self.story.later, where
        assert SECRET not in page.title + page.body or not hidden, where
        if self.story.restricted:
            assert not [each for each in self.confluence.public if SECRET in each or "PM-1" in each], where
        if hidden:
            assert "PM-1" not in self.confluence.readable(), where
        years = [each for each in self.confluence.made if each is not page]
        assert len(years) == self.story.rules.by_year, where


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Iterator[Disk]:
    made = Disk(tmp_path_factory.mktemp("pages"), _migrated_sqlite)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def image(disk: Disk) -> bytes:
    """A record of which nothing is due."""
    clock = ManualClock()
    with SqlStore(disk.fresh().engine).transaction(PATIENCE) as unit:
        unit.channels.put(Channel(payloads.TEAM, "C1", "incident", False, False, clock.now()))
        unit.records.add(Postmortem("pm1", payloads.TEAM, "C1", 1, clock.now(), "U1", severity=2))
    return disk.image()


@dataclass
class Sweep:
    """A story as it begins, and what is asked of Confluence when nothing goes wrong in it, in order."""

    disk: Disk
    image: bytes
    story: Story

    def __post_init__(self) -> None:
        self.pages: dict[str, Page] = LocalConfluence().pages
        if self.story.later:
            with local_confluence.running() as confluence:
                before = Run(self.disk, self.image, confluence, self.story)
                before.published()
            self.image, self.pages = self.disk.image(), confluence.pages
        with self.run() as undisturbed:
            undisturbed.through()
            undisturbed.check("undisturbed")
        self.operations = undisturbed.confluence.seen

    @contextmanager
    def run(self, dying: Dying | None = None, **given: Any) -> Iterator[Run]:
        with local_confluence.running(LocalConfluence(pages=deepcopy(self.pages), **given)) as confluence:
            yield Run(self.disk, self.image, confluence, self.story, dying)


@pytest.fixture(scope="module", params=STORIES)
def sweep(request: pytest.FixtureRequest, disk: Disk, image: bytes) -> Sweep:
    return Sweep(disk, image, STORIES[request.param])


def test_a_fault_at_any_request_ends_with_one_page(sweep: Sweep) -> None:
    for number, operation in enumerate(sweep.operations, 1):
        for name, fault in WRONG.items():
            if name == "409" and operation not in ("update", "property"):
                continue
            with sweep.run(behind=3, at={number: fault}) as run:
                run.through()
                run.check(f"{name} at request {number} ({operation})")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_process_that_ends_at_any_request_leaves_one_page(sweep: Sweep, after: bool) -> None:
    for number, operation in enumerate(sweep.operations, 1):
        with sweep.run(Dying(number, after=after), behind=3) as run:
            run.through()
            run.check(f"killed {'after' if after else 'before'} request {number} ({operation})")


@pytest.mark.parametrize("asked", ["create", "property", "update"])
def test_after_a_restore_from_a_backup_there_is_still_one_page(disk: Disk, image: bytes, asked: str) -> None:
    """The memory is older than the page: wherever the making of it stood, it is found."""
    story = STORIES["published"]
    number = Sweep(disk, image, story).operations.index(asked) + 1
    with local_confluence.running() as confluence:
        run = Run(disk, image, confluence, story, Dying(number, after=True))
        run.changed(title=SECRET)
        with pytest.raises(errors.Crash):
            run.worker.drain()
        again = Run(disk, image, confluence, story)
        again.through()
        again.check(asked)
