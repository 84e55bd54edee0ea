"""The main job from the command to the second document, with a fault somewhere on its way, and what must hold at its end."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from bot.blocks import ids
from tests.faults import incident, rest, tables
from tests.faults.bot import Bot, Travel
from tests.faults.disk import Disk, Server
from tests.faults.faults import Crash, FaultyChat, How
from tests.faults.slack import PAGE, FakeSlack

DETAILS = {
    ids.TITLE: {"type": "plain_text_input", "value": "Checkout is slow"},
    ids.SEVERITY: {"type": "static_select", "selected_option": {"value": "1"}},
    ids.STARTED_AT: {"type": "datetimepicker", "selected_date_time": int(incident.BEGAN.timestamp())},
    ids.RESOLVED_AT: {
        "type": "datetimepicker",
        "selected_date_time": int((incident.BEGAN + timedelta(minutes=41)).timestamp()),
    },
    ids.IC: {"type": "users_select", "selected_user": incident.IC},
    ids.SCRIBE: {"type": "users_select", "selected_user": "U3"},
}


@dataclass(frozen=True)
class Moment:
    """Everything that would be left if the process ended here. `number` is the step in hand, `acting` while a person waits
    for an answer, `between` while no row is in hand."""

    number: int
    acting: bool
    image: bytes
    world: tuple[FakeSlack, Travel]
    calls: int
    what: str
    between: bool = False


class Job:
    """One run of the main job. `configured` are settings that differ from the usual ones, `counted` the calls that may go wrong, where
    not all of them may."""

    configured: ClassVar[Mapping[str, Any]] = {}
    counted: ClassVar[Collection[str]] = ()

    def __init__(self, disk: Disk | Server, world: tuple[FakeSlack, Travel] | None = None) -> None:
        travel = Travel()
        self.slack, self.travel = copy.deepcopy(world) if world else (incident.slack(travel.now), travel)
        self.chat = FaultyChat(self.slack, disk.engine, self.counted)
        self.commits = disk.commits
        self.engine = disk.engine
        self.bot = Bot(disk.engine, self.chat, self.travel, **self.configured)
        self.at = (0, True)
        # Whether all is as it was at rest after this act when nothing went wrong: what follows would be the same once more.
        self.as_undisturbed: Callable[[int], bool] = lambda _: False
        self.same = False

    def spoil_call(self, at: int, how: How) -> None:
        """The call with this number goes wrong."""
        self.chat.at, self.chat.how = at, how

    def spoil_commit(self, at: int, *, after: bool) -> None:
        """The process ends at the commit with this number."""
        self.commits.at, self.commits.after = at, after

    def acts(self) -> Sequence[Callable[[], Any]]:
        """Command, acceptance and details."""
        return (
            lambda: self.bot.command(f"assign <@{incident.OWNER}|ben>"),
            self.bot.accept,
            lambda: self.bot.fill_in(DETAILS),
        )

    def run(self, begin: int = 0, *, acting: bool = True) -> None:
        """Each act, followed by whatever the bot does by itself."""
        for number, act in enumerate(self.acts()[begin:], begin):
            if acting or number > begin:
                self._through(number, True, act)
            self._through(number, False, self.bot.settle)
            self.same = self.as_undisturbed(number)
            if self.same:
                return
        self.afterwards(len(self.acts()))

    def afterwards(self, number: int) -> None:
        """What people do about a refusal: an hour later the list of people is read again by itself; channel and document when
        somebody asks."""
        if self.chat.how is How.REFUSED and self.chat.fired:
            self._through(number, False, self.bot.housekeep)
            self._through(number, True, lambda: self.bot.command("harvest"))
            self._through(number, False, self.bot.settle)

    def _through(self, number: int, acting: bool, work: Callable[[], Any]) -> None:
        """Whenever the process ends it is started again; who got no answer tries again."""
        self.at = (number, acting)
        while True:
            try:
                work()
                return
            except Crash:
                self.bot.reopen()

    def dump(self) -> tables.Dump:
        return tables.dump(self.engine)

    def dead(self) -> list[str]:
        """The sentences of what was given up."""
        record = self.bot.record()
        assert record
        with self.bot.service.store.reading() as unit:
            return [f"{row.kind}: {row.last_error}" for row in unit.outbox.dead(record.id)]


def check(job: Job, wanted: list[str], clean_dump: tables.Dump) -> None:
    """The job came to the same end as an undisturbed one: nothing twice, nothing lost, nothing half."""
    assert tables.count(job.engine, "postmortem") == 1
    assert {mark: times for mark, times in job.slack.marks().items() if times > 1} == {}
    assert kinds(job) == wanted
    assert job.dead() == []
    assert_same(job.dump(), clean_dump)
    assert_read_once(job)
    assert_one_document(job)


def kinds(job: Job) -> list[str]:
    """What was posted, whatever the record's id."""
    record = job.bot.record()
    assert record
    since = record.owner_since.isoformat() if record.owner_since else "-"
    return sorted(mark.replace(record.id, "PM").replace(since, "SINCE") for mark in job.slack.marks().elements())


def assert_same(found: tables.Dump, wanted: tables.Dump) -> None:
    for name, rows in wanted.items():
        assert found[name] == rows, name


def assert_read_once(job: Job) -> None:
    """At most one page and one thread were handed out a second time."""
    again = {name: times for name, times in job.slack.served.items() if times > 1}
    assert max(again.values(), default=1) <= 2, again
    assert sum(name.startswith("history") for name in again) <= PAGE, again
    threads = [{f"thread {each.ts}" for each in replies} for replies in job.slack.replies.values()]
    assert sum(bool(thread & set(again)) for thread in threads) <= 1, again


def assert_one_document(job: Job) -> None:
    """People see one document, the newest; the card leads to it."""
    visible = job.slack.visible()
    assert len(visible) == 1, visible
    assert b"Checkout is slow" in (visible[0].content or b"")
    card = next(post for post in job.slack.posts if post.mark.startswith("card:"))
    assert visible[0].thread_ts == card.ts
    assert str(visible[0].link) in str(card.drawing.blocks)


_Job = TypeVar("_Job", bound=Job)


@dataclass(frozen=True)
class Recorded:
    """An undisturbed run: what was posted, what the tables hold, and every moment on its way."""

    calls: int
    kinds: list[str]
    dump: tables.Dump
    moments: list[Moment]
    rests: dict[int, rest.Rest]

    def same(self, job: Job, act: int) -> bool:
        """Whether all is as it was here when the act was over; once something went wrong."""
        return bool(job.chat.fired) and self.at_rest(job, act)

    def at_rest(self, job: Job, act: int) -> bool:
        """Whether all is as it was here when the act was over: what follows would be the same once more."""
        return rest.of(job.engine, job.slack) == self.rests[act]


def recorded(disk: Disk) -> Recorded:
    """Run it once, noting what a sudden end would leave at each point: after every call and after every commit."""
    job = Job(disk.fresh())
    job.bot.begin()
    found: list[Moment] = [Moment(0, True, disk.image(), copy.deepcopy((job.slack, job.travel)), 0, "nothing")]

    def note(image: bytes, what: str) -> None:
        world = copy.deepcopy((job.slack, job.travel))
        found.append(Moment(*job.at, image, world, job.chat.number, what, between=what == "a pause"))

    job.chat.called = lambda: note(found[-1].image, f"call {job.chat.number}")
    disk.commits.committed = lambda: note(disk.image(), f"commit {disk.commits.number}")
    job.bot.paused = lambda: note(found[-1].image, "a pause")
    rests: dict[int, rest.Rest] = {}

    def at_rest(act: int) -> bool:
        rests[act] = rest.of(job.engine, job.slack)
        return False

    job.as_undisturbed = at_rest
    job.run()
    check(job, kinds(job), job.dump())
    return Recorded(job.chat.number, kinds(job), job.dump(), found, rests)


def resumed(disk: Disk, moment: Moment, until: Callable[[Job, int], bool]) -> Job:
    """A new process on what the moment left, up to the end of the job, or until all is as it should be at the end of an act."""
    job = Job(disk.holding(moment.image), moment.world)
    job.as_undisturbed = lambda act: until(job, act)
    job.bot.begin()
    job.run(moment.number, acting=moment.acting)
    return job


def spoiled(
    disk: Disk, found: Sequence[Moment], number: int, how: How, of: type[_Job] = Job,  # type: ignore[assignment]
    until: Callable[[_Job, int], bool] = lambda *_: False,
) -> _Job:  # fmt: skip
    """The job with one call spoiled; what lies before the row that makes the call is not run again."""
    start = [moment for moment in found if moment.calls < number and (moment.between or moment is found[0])][-1]
    job = of(disk.holding(start.image), start.world)
    job.chat.number = start.calls
    job.spoil_call(number, how)
    job.as_undisturbed = lambda act: until(job, act)
    job.run(start.number, acting=start.acting)
    return job
