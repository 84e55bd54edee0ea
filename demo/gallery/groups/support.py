"""What the support team is handed, in its states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.blocks import support_task
from bot.domain import handing_over
from bot.domain.external_message import Parts
from bot.domain.overview import Overview
from bot.domain.status import Status
from demo.gallery import samples, stages, texts
from demo.gallery.entry import Entry, Group, message, modal
from demo.gallery.people import BEN, CHANNEL, ELIF, SUPPORT

TEAM = support_task.mention(SUPPORT, ())


def draw() -> Iterator[Entry]:
    seen = stages.reviewed()
    yield _task("to be posted", seen)
    yield message(
        "Task", "the team has an address", support_task.drawing(seen, _review(seen), CHANNEL, TEAM, "", mail=True)
    )
    named = support_task.mention(None, (ELIF, BEN))
    yield message("Task", "asked by name", support_task.drawing(seen, _review(seen), CHANNEL, named, ""))
    yield _task("restricted", replace(seen, postmortem=replace(seen.postmortem, restricted=True)))
    long = Parts(*("\n".join([texts.MESSAGE.happened] * 16) for _ in range(3)))
    much = stages.written(
        seen.postmortem, now=seen.now, booking=stages.held(), external=samples.message(long, frozen=long)
    )
    yield _task("a long text", much)
    for number, drawing in enumerate(support_task.further(much), 2):
        yield message("Task in the thread", f"piece {number}", drawing)
    yield message("Task in the thread", "not to be posted any more", support_task.settled())
    yield message("Reminder", "the first", support_task.nudge(seen, TEAM, 1))
    yield message("Reminder", "the last", support_task.nudge(seen, TEAM, handing_over.MOST_NUDGES))
    yield _task("posted", stages.closed(), seen)
    back = replace(seen.postmortem, status=Status.IN_REVIEW, reviewed_at=None, status_by=ELIF)
    yield _task("taken back", replace(seen, postmortem=back), seen, why="A number is wrong.")
    again = replace(seen.postmortem, reviewed_at=seen.now.replace(minute=59))
    yield _task("reviewed once more", replace(seen, postmortem=again), seen)
    dropped = stages.written(
        seen.postmortem, now=seen.now, booking=stages.held(), external=samples.no_message("Agreed.")
    )
    yield _task("no message after all", dropped)
    yield modal("Posted", "to be sent", support_task.posted_form(seen.postmortem, _review(seen), seen.now))


def _review(overview: Overview) -> str:
    return handing_over.review_of(overview.postmortem)


def _task(state: str, overview: Overview, of: Overview | None = None, why: str = "") -> Entry:
    return message("Task", state, support_task.drawing(overview, _review(of or overview), CHANNEL, TEAM, why))


GROUP = Group("support", "The support team's task", "The reviewed message to customers, to be copied and posted.", draw)
