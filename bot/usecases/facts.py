"""What the guards of the status machine ask for, gathered from the memory as it stands now."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import content_gate, filled, meeting, queries, timeline
from bot.domain.guards import Facts
from bot.domain.harvest.finding import Findings
from bot.domain.life import Life
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import actors, standing, wording


def life(unit: Unit, record: Postmortem, found: Findings | None = None) -> Life:
    """Everything beside the record, read once; `found` is what the harvest found, when that was read before."""
    every = tuple(unit.items.timeline(record.id))
    lived = Life(
        content=unit.contents.load(record.id),
        booking=unit.meetings.booking(record.id),
        external=unit.meetings.external(record.id),
        items=timeline.in_order(every),
        merged=frozenset(item.merged_into for item in every if item.merged_into),
        actions=tuple(unit.items.actions(record.id)),
        waiting_todos=tuple(unit.items.waiting(record.id, "todo")),
        waiting_items=tuple(unit.items.waiting(record.id, "timeline")),
        queries=queries.in_order(unit.queries.all(record.id)),
        waiting_queries=tuple(unit.items.waiting(record.id, "query")),
        notes=tuple(unit.reviews.notes(record.id)),
        approvals=tuple(unit.reviews.approvals(record.id)),
        looked_at=tuple(unit.reviews.looked_at(record.id)),
        questions=tuple(unit.questions.all(record.id)),
        checks=tuple(unit.line_checks.all(record.id)),
        captures={(each.channel_id, each.ts): each for each in unit.captures.all(record.id)},
        mails=tuple(unit.mails.of_record(record.id)),
        mail_drafts=tuple(unit.mail_drafts.of_record(record.id)),
    )
    return replace(lived, unseen_findings=wording.count(unit, record, lived, found))


def facts(unit: Unit, record: Postmortem, policy: Policy, lived: Life | None = None) -> Facts:
    """What the guards look at; `lived` is what was read before."""
    lived = life(unit, record) if lived is None else lived
    return seen(record, lived, policy, support=actors.support_known(unit, record.team_id, policy))


def seen(record: Postmortem, lived: Life, policy: Policy, *, support: bool) -> Facts:
    """The same of what was read; `support` says that a support team is configured."""
    booking, posted = lived.booking, lived.external.posted
    confirmation = booking.confirmation if booking else None
    calendar = standing.calendar(record, policy)
    review = meeting.review_instant(booking.start, calendar, now=booking.booked_at) if booking else None
    return Facts(
        missing_content=content_gate.missing(filled.keys(_written(record, lived, policy))),
        unseen_findings=lived.unseen_findings,
        external=lived.external.value,
        open_todos=len(lived.waiting_todos),
        undecided_actions=lived.undecided_actions,
        support_configured=support,
        bare_items=tuple(item.text for item in lived.items if item.bare),
        meeting_start=booking.start if booking else None,
        meeting_end=booking.end if booking else None,
        meeting_cancelled=bool(booking and booking.cancelled),
        held=confirmation if booking and not booking.in_writing else None,
        async_approval=confirmation if booking and booking.in_writing else None,
        sent_back_at=record.sent_back_at,
        review_at=review.at if review else None,
        review_posted=record.review_posted_at is not None,
        posted_at=posted.at if posted else None,
        posted_url=posted.url if posted else "",
        tz=record.business_tz,
    )


def _written(record: Postmortem, lived: Life, policy: Policy) -> filled.Written:
    return filled.Written(
        record=record,
        content=lived.content,
        items=lived.items,
        dimensions=policy.impact_dimensions,
        durations_known=bool(record.severity and record.times.started_at and record.times.resolved_at),
    )
