"""The states that a post-mortem goes through, by the name under which the gallery shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain import merging
from bot.domain.actors import Role
from bot.domain.booking import Booking, Outcome
from bot.domain.content import Section
from bot.domain.external_message import Posted
from bot.domain.harvest_state import Phase
from bot.domain.open_again import OpenAgain
from bot.domain.overview import Overview
from bot.domain.place import Channel
from bot.domain.postmortem import OwnerState, Postmortem, Times
from bot.domain.status import Status
from bot.domain.waiver import Waiver
from demo.gallery import asked, found, samples, texts
from demo.gallery.people import ANA, BEN, CHANNEL, CHIOMA, ELIF, TEAM
from demo.gallery.samples import DOCUMENT, MEETING, life, overview, record
from demo.gallery.texts import NOW, STARTED

TROUBLES = (
    "The document could not be uploaded: Slack says storage_limit_reached.",
    "The review could not be asked for in #post-mortem-reviews: I am no member of it.",
)
AFTER = MEETING + timedelta(hours=1)


def held(**values: Any) -> Booking:
    """The meeting took place and agreed."""
    said = {"outcome": Outcome.AGREED, "outcome_by": ANA, "confirmed_by": ANA, "confirmed_as": frozenset({Role.IC})}
    return samples.booking(**(said | {"outcome_at": AFTER, "confirmed_at": AFTER} | values))


def complete(**values: Any) -> dict[str, Any]:
    """Everything that the review asks for is there."""
    given = {"content": samples.content(), "items": samples.items(), "actions": samples.actions()}
    return {**given, "booking": samples.booking(), "external": samples.message(), **values}


def written(of: Postmortem, **values: Any) -> Overview:
    """Of a post-mortem that is written: the channel was read, the document is there."""
    now = values.pop("now", NOW)
    lived = life(record_=of, unseen=0, **complete(**values))
    return overview(of, lived, now=now, document=DOCUMENT, **found.done())


def just_started() -> Overview:
    return overview(samples.fresh(), harvest=found.reading(Phase.HISTORY), counts=found.counts(0, 0))


def reading() -> Overview:
    of = record(owner_state=OwnerState.TOLD)
    paced = {"calls": 25, "calls_from": NOW - timedelta(minutes=24), "called_at": NOW}
    return overview(of, harvest=found.reading(Phase.THREADS, **paced), counts=found.counts(pending=12))


def waiting_for_slack() -> Overview:
    dates = {
        "oldest": texts.ts(NOW - timedelta(days=3)),
        "newest": texts.ts(NOW),
        "reached": texts.ts(NOW - timedelta(days=2)),
    }
    paced = {"pages": 40, "calls": 40, "calls_from": NOW - timedelta(minutes=39), "called_at": NOW}
    state = found.reading(Phase.HISTORY, waiting_until=NOW + timedelta(seconds=40), **dates, **paced)
    return overview(record(owner_state=OwnerState.TOLD), harvest=state, counts=found.counts(600, 0))


def analysing() -> Overview:
    return overview(record(owner_state=OwnerState.TOLD), harvest=found.reading(Phase.ANALYSE), counts=found.counts())


def stopped() -> Overview:
    trouble = "I am no member of this channel any more. Type /invite @postmortem, then read it again."
    state = found.reading(Phase.STOPPED, trouble=trouble)
    return overview(harvest=state, counts=found.counts(600, 4, 3), troubles=TROUBLES)


def read() -> Overview:
    heard = found.findings()
    waiting = life(waiting_items=samples.keys(heard.timeline), waiting_todos=samples.keys(heard.todos))
    of = record(owner_state=OwnerState.TOLD, recording=None)
    return overview(of, waiting, document=DOCUMENT, **found.done())


def proposed() -> Overview:
    of = record(owner=None, owner_state=OwnerState.NONE)
    return overview(of, proposal=samples.proposal(), document=DOCUMENT, **found.done())


def half_written() -> Overview:
    heard = found.findings()
    lived = life(
        content=samples.content(Section.OVERVIEW, Section.FACTORS, Section.RETROSPECT),
        booking=samples.booking(), items=samples.items(6, bare=2), waiting_items=samples.keys(heard.timeline[6:]),
        waiting_todos=samples.keys(heard.todos[:2]), actions=samples.actions()[:2],
    )  # fmt: skip
    return overview(record(), lived, document=DOCUMENT, **found.done())


def provisional() -> Overview:
    of = record(times=Times(STARTED), severity=None)
    return overview(of, life(booking=None), document=DOCUMENT, **found.done())


def overdue() -> Overview:
    return overview(now=NOW + timedelta(days=5), document=DOCUMENT, **found.done())


def strangers() -> Overview:
    channel = Channel(TEAM, CHANNEL, "inc-checkout", False, True, NOW)
    return overview(channel=channel, document=DOCUMENT, **found.done())


def restricted() -> Overview:
    return replace(half_written(), postmortem=record(restricted=True))


def waived() -> Overview:
    why = "The pager was tested; nobody was touched."
    return overview(record(severity=3, waiver=Waiver(NOW, ANA, why)), document=DOCUMENT, **found.done())


def second(**values: Any) -> Postmortem:
    """PM-9: a SEV-2 of the same hour, in a channel of its own."""
    times = Times(STARTED - timedelta(minutes=4), STARTED, NOW - timedelta(minutes=20))
    given: dict[str, Any] = {
        "id": "pm-9", "number": 9, "channel_id": "C0INC9", "severity": 2, "times": times, "owner": CHIOMA,
        "title": "Orders arrive twice",
    }  # fmt: skip
    return record(**(given | values))


def took_in() -> Overview:
    return replace(half_written(), postmortem=merging.take_in(record(), second(), by=ANA, now=NOW))


def merged() -> Overview:
    """The other way round: it was merged into PM-5."""
    primary = record(id="pm-5", number=5, channel_id="C0INC5")
    return replace(half_written(), postmortem=merging.set_aside(record(), primary, by=ANA, now=NOW))


def draft_complete() -> Overview:
    return written(record())


def blaming() -> Overview:
    lived = life(**complete(content=samples.content(texts_={**texts.SECTIONS, **texts.BLAMING})))
    return overview(record(), lived, document=DOCUMENT, **found.done())


def in_review() -> Overview:
    of = record(status=Status.IN_REVIEW, status_by=BEN, status_at=NOW, review_posted_at=NOW)
    return written(of, notes=samples.notes(done=1), approvals=samples.approvals(CHIOMA))


def meeting_over() -> Overview:
    return written(in_review().postmortem, now=AFTER, notes=samples.notes(done=3))


def topic_left() -> Overview:
    return written(in_review().postmortem, now=AFTER, booking=held(), external=samples.no_message())


def agreed() -> Overview:
    decided = samples.decided()
    return written(in_review().postmortem, now=AFTER, booking=held(), external=samples.no_message(), actions=decided)


def reviewed() -> Overview:
    of = record(status=Status.REVIEWED, status_by=ANA, status_at=AFTER, reviewed_at=AFTER, page_url=texts.PAGE)
    handed = samples.message(frozen=texts.MESSAGE)
    return written(of, now=AFTER, booking=held(), external=handed, actions=samples.decided())


def closed() -> Overview:
    when = AFTER + timedelta(hours=2)
    of = replace(reviewed().postmortem, status=Status.CLOSED, status_by=ELIF, status_at=when, closed_at=when)
    posted = samples.message(frozen=texts.MESSAGE, posted=Posted(when, ELIF, texts.STATUS_PAGE))
    return written(of, now=when, booking=held(), external=posted, actions=samples.decided())


def closed_without_message() -> Overview:
    of = replace(closed().postmortem, status_by=ANA)
    no_message = samples.no_message("Nobody outside saw it.")
    return written(of, now=AFTER, booking=held(), external=no_message, actions=samples.decided())


def reopened() -> Overview:
    of = replace(closed().postmortem, status=Status.IN_REVIEW, reopened=True, reviewed_at=None, closed_at=None)
    return written(of, now=AFTER + timedelta(hours=3), booking=held(), actions=samples.decided())


def open_again() -> Overview:
    again = OpenAgain(NOW - timedelta(minutes=10), ANA, "Orders are slow again since 15:00.")
    return overview(record(open_again=again), document=DOCUMENT, **found.done())


def questions_wait() -> Overview:
    """Four are asked, which is one more than the card names; one has answered."""
    waiting = tuple(asked.question(place) for place in range(4))
    seen = half_written()
    return replace(seen, life=replace(seen.life, questions=(*waiting, asked.answered(4))))


def meeting_cancelled() -> Overview:
    return overview(record(), life(booking=samples.booking(cancelled_at=NOW)), document=DOCUMENT, **found.done())


STAGES: Mapping[str, Callable[[], Overview]] = {
    "just opened, nothing known": just_started,
    "the channel is being read": reading,
    "Slack asks to wait": waiting_for_slack,
    "looking through what was read": analysing,
    "reading stopped, not everything worked": stopped,
    "read, everything to be confirmed": read,
    "the owner is only proposed": proposed,
    "the deadline is provisional": provisional,
    "half written": half_written,
    "others are asked": questions_wait,
    "the meeting was cancelled": meeting_cancelled,
    "overdue": overdue,
    "the incident is open again": open_again,
    "people of other organisations are here": strangers,
    "restricted": restricted,
    "waived": waived,
    "another one was merged into it": took_in,
    "merged into another one": merged,
    "wording to be looked at": blaming,
    "complete, to be sent to review": draft_complete,
    "In Review, the meeting is to come": in_review,
    "In Review, the meeting is over": meeting_over,
    "In Review, agreed on, a topic is left": topic_left,
    "In Review, agreed on, no message": agreed,
    "Reviewed, with the support team": reviewed,
    "Closed": closed,
    "Closed, there was no message": closed_without_message,
    "opened again": reopened,
}
