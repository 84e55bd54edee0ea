"""The post that asks for the review, what readers note, and the form of a comment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import replies, results_post, review_notes, review_post
from bot.domain.overview import Overview
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, message, modal, whisper
from demo.gallery.people import CHIOMA, DANA
from demo.gallery.texts import NOW


def draw() -> Iterator[Entry]:
    review = stages.in_review()
    yield _post("nobody answered yet", stages.written(review.postmortem))
    yield _post("with notes and approvals", _noted(review.postmortem, done=1))
    late = replace(review.postmortem, review_posted_at=samples.MEETING - timedelta(hours=3))
    yield _post("short notice", stages.written(late))
    yield _post("an incomplete draft", stages.half_written())
    back = samples.record(status_by=CHIOMA, status_at=NOW, review_posted_at=NOW)
    yield _post("back in draft", replace(stages.half_written(), postmortem=back))
    yield _post(
        "the meeting was cancelled", stages.written(review.postmortem, booking=samples.booking(cancelled_at=NOW))
    )
    yield _post("the meeting has begun", stages.meeting_over())
    yield _post("the review is over", stages.reviewed())
    yield _post("the document is a canvas, too", replace(stages.half_written(), canvas=samples.CANVAS))
    yield _post("waived", stages.waived())
    yield _post("merged into another one", stages.merged())
    yield _post("restricted", replace(review, postmortem=replace(review.postmortem, restricted=True)))
    yield message("Please read", "not to be reviewed here any more", review_post.withdrawn(review))
    yield modal("Notes", "none yet", review_notes.listing(stages.written(review.postmortem)))
    yield modal("Notes", "open and done", review_notes.listing(_noted(review.postmortem, done=1)))
    many = [f"Note number {number}: say where the graph is." for number in range(1, 46)]
    lots = stages.written(review.postmortem, notes=samples.notes(*many))
    yield modal("Notes", "45 of them, the second page", review_notes.listing(lots, 1))
    yield modal("Comment", "empty", review_notes.comment_form(review.postmortem))
    yield from _results()
    yield whisper("Approve", "counted", replies.say("Thank you: your approval of *PM-7* is counted."))


def _results() -> Iterator[Entry]:
    """What colleagues are told once it is reviewed, and what stands there when it is taken back."""
    told = stages.reviewed()
    for state, seen in (
        ("reviewed", told), ("closed", stages.closed()), ("taken back", stages.reopened()), ("waived", stages.waived()),
        ("merged into another one", stages.merged()), ("the incident goes on", stages.open_again()),
        ("restricted", replace(told, postmortem=replace(told.postmortem, restricted=True))),
    ):  # fmt: skip
        yield message("Results", state, results_post.drawing(seen))


def _noted(of: object, done: int) -> Overview:
    return stages.written(of, notes=samples.notes(done=done), approvals=samples.approvals(CHIOMA, DANA))  # type: ignore[arg-type]


def _post(state: str, overview: Overview) -> Entry:
    return message("Please read", state, review_post.drawing(overview))


GROUP = Group("review", "The review", "Asked for a day before the meeting; edited in place as readers answer.", draw)
