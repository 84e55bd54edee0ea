"""A job with a fault at every call. It is run once undisturbed and kept at each pause between two rows; each spoiled run goes on
from the pause before its call, so that what is the same for all of them is done once."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

from tests.faults import incident, job, rest
from tests.faults.bot import Travel
from tests.faults.disk import Disk
from tests.faults.faults import How
from tests.faults.job import Job, Moment
from tests.faults.slack import FakeSlack

_Job = TypeVar("_Job", bound=Job)


class Sweep(Generic[_Job]):
    """Begins with a record that has its owner and its document. `clean` is the undisturbed run."""

    def __init__(self, of: type[_Job], folder: Path, template: Path) -> None:
        self._of = of
        disk = Disk(folder, template)
        self.clean = self._recorded(disk, *_begun(of, disk))
        self.heard = heard(self.clean)

    def spoiled(self, disk: Disk, how: How) -> Iterator[_Job]:
        """One run a call, until one has no call left to spoil; those that came to the end. Most are as the undisturbed one was when
        the act in hand is over, and need go no further."""
        number, fired = 0, True
        while fired:
            number += 1
            run = job.spoiled(disk, self._moments, number, how, self._of, self._as_undisturbed)
            fired = bool(run.chat.fired)
            if not run.same:
                yield run
        assert number > self.clean.chat.number, "the sweep ended before the last call"

    def _as_undisturbed(self, run: _Job, act: int) -> bool:
        return bool(run.chat.fired) and rest.of(run.engine, run.slack) == self._rests[act]

    def _recorded(self, disk: Disk, image: bytes, world: tuple[FakeSlack, Travel]) -> _Job:
        clean = self._of(disk.holding(image), world)
        self._moments = [Moment(0, True, image, world, 0, "nothing")]

        def pause() -> None:
            # Of several pauses with no call between them the last is nearest to the next one.
            if self._moments[-1].between and self._moments[-1].calls == clean.chat.number:
                self._moments.pop()
            now = copy.deepcopy((clean.slack, clean.travel))
            self._moments.append(Moment(*clean.at, disk.image(), now, clean.chat.number, "a pause", between=True))

        def note(act: int) -> bool:
            self._rests[act] = rest.of(clean.engine, clean.slack)
            return False

        self._rests: dict[int, rest.Rest] = {}
        clean.bot.paused, clean.as_undisturbed = pause, note
        clean.run()
        return clean


def heard(run: Job) -> Counter[str]:
    """How many messages of each kind stand in each place."""
    return Counter(f"{post.mark.partition(':')[0]} in {post.channel}" for post in run.slack.posts)


def _begun(of: type[_Job], disk: Disk) -> tuple[bytes, tuple[FakeSlack, Travel]]:
    run = of(disk)
    run.bot.begin()
    run.bot.command(f"assign <@{incident.OWNER}|ben>")
    run.bot.settle()
    return disk.image(), copy.deepcopy((run.slack, run.travel))
