"""Reminders, changes for whoever watches, the weekly digest, and how all of it is set up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.blocks import digest_post, nudges, policy_page, watch_dm
from bot.domain import digest as rules
from bot.domain.digest import Digest
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Line
from bot.domain.mail import Mailbox, MailRules
from bot.domain.overview import Overview
from bot.domain.postmortem import Audit, OwnerState
from bot.domain.reminders import Nudge
from bot.domain.scheduling import Scheduling
from bot.domain.status import Status
from bot.usecases import standing
from demo.gallery import in_jira, mailed, samples, stages
from demo.gallery.entry import Entry, Group, message, whisper
from demo.gallery.people import ANA, BEN, CHIOMA, DANA, FARID, REVIEWS
from demo.gallery.samples import ID, POLICY
from demo.gallery.texts import NOW

CHANGES: tuple[tuple[str, str, str | None, str | None], ...] = (
    (ANA, "severity", "1", "2"), (ANA, "owner", None, BEN), (BEN, "owner", BEN, None), (BEN, "owner accepted", None, "yes"),
    (BEN, "meeting", None, f"{samples.MEETING.isoformat()}, 30 min"), (BEN, "meeting", samples.MEETING.isoformat(), None),
    (ANA, "meeting held", None, "changes_needed"), (FARID, "question answered", None, "From 12:07 on, a third of the calls."),
    ("bot", "document", None, "F0DOC1"), (ANA, "waived", None, "The pager was tested."),
    (ANA, "merged with", None, "PM-9"), (ANA, "merged into", None, "PM-5"), (ANA, "restricted", None, "yes"),
    (BEN, "status", "Draft", "In Review"),
)  # fmt: skip


def draw() -> Iterator[Entry]:
    yield from _nudges()
    yield from _watched()
    yield from _digest()
    yield whisper("How it is set up here", "as it comes", policy_page.drawing(POLICY))
    told = replace(POLICY, support_group=None, review_channel=REVIEWS, digest_channel=REVIEWS)
    yield whisper("How it is set up here", "with channels, without a support team", policy_page.drawing(told))
    mailing = replace(POLICY, mail=MailRules(Mailbox("pm@acme.example")), mail_lists=mailed.LISTS, shared_calendar=True)
    yield whisper("How it is set up here", "with e-mails and the calendar", policy_page.drawing(mailing))
    inviting = policy_page.drawing(mailing, Scheduling(by_server=True))
    yield whisper("How it is set up here", "the calendar's server invites", inviting)


def _nudges() -> Iterator[Entry]:
    for nudge, seen in _seen().items():
        yield message("Reminder", nudge.value, nudges.to_person(seen, [nudge]))
    late = _seen()[Nudge.OVERDUE]
    yield message("Reminder", "in the channel", nudges.to_channel(late))
    nobody = replace(late, postmortem=replace(late.postmortem, owner=None, owner_state=OwnerState.NONE))
    yield message("Reminder", "two at once", nudges.to_person(nobody, [Nudge.OVERDUE, Nudge.NO_OWNER]))
    yield message("Reminder", "in the channel, nobody owns it", nudges.to_channel(nobody))


def _seen() -> dict[Nudge, Overview]:
    """The post-mortem as it is when that is reminded of."""
    unbooked = samples.overview(now=NOW + timedelta(hours=5))
    return {
        Nudge.OVERDUE: stages.overdue(),
        Nudge.LAST_DAY: samples.overview(now=NOW + timedelta(days=3)),
        Nudge.NO_OWNER: samples.overview(samples.record(owner=None, owner_state=OwnerState.NONE)),
        Nudge.UNBOOKED: unbooked,
        Nudge.READINESS: stages.half_written(),
        Nudge.DRAFT_CHECK: stages.half_written(),
        Nudge.MOVE_ON: stages.agreed(),
    }


def _watched() -> Iterator[Entry]:
    seen = samples.overview()
    every = [Audit(ID, NOW, actor, field, old, new, "button") for actor, field, old, new in CHANGES]
    yield message("You watch it", "one change", watch_dm.draw(seen, every[:1]))
    yield message("You watch it", "one of each", watch_dm.draw(seen, every[2:]))
    yield message("You watch it", "more than ten", watch_dm.draw(seen, every))
    last = Audit(ID, NOW, ANA, "status", "Reviewed", "Closed", "button")
    yield message("You watch it", "the last one", watch_dm.draw(stages.closed(), [last]))


def _digest() -> Iterator[Entry]:
    yield message("The week", "everything at once", digest_post.drawing(week(range(1, 7)), NOW))
    alone = replace(Digest(), meetings=week(range(1, 7)).meetings, others=1)
    yield message("The week", "only meetings", digest_post.drawing(alone, NOW))
    yield message("The week", "more than a group holds", digest_post.drawing(week(range(1, 100)), NOW))
    yield message("The week", "tickets in Jira are late", digest_post.drawing(late(1), NOW))
    yield whisper("List", "overdue", digest_post.overdue(late(3), NOW))
    yield whisper("List", "overdue, more than it names", digest_post.overdue(late(14, tickets=12), NOW))
    yield whisper("List", "nothing is overdue", digest_post.overdue(Digest(), NOW))


def late(many: int, tickets: int = 4) -> Digest:
    """Post-mortems with tickets that are past their day."""
    known = tuple(each for each in in_jira.each_way(tickets) if not each.done)
    lines = [_line(place) for place in range(1, many + 1)]
    found = tuple(rules.Late(line, len(known), 1, 12, known) for line in lines)
    return replace(week(range(1, 4)), late=found)


def week(places: Sequence[int]) -> Digest:
    """Post-mortems of every kind in turn, put into groups by the rules."""
    lines = [_line(place) for place in places]
    shut = [replace(line, record=replace(line.record, status=Status.CLOSED, closed_at=NOW)) for line in lines[:2]]
    late = {line.record.id: samples.actions() for line in shut}
    then = [
        replace(
            line, record=replace(line.record, times=replace(line.record.times, resolved_at=NOW - timedelta(days=50)))
        )
        for line in shut
    ]
    return rules.build(lines, then, late, (14, 30), NOW)


def _line(place: int) -> Line:
    ended = NOW - timedelta(days=9, hours=place) if place % 5 == 0 else NOW - timedelta(hours=place)
    status = Status.REVIEWED if place % 5 == 4 else Status.DRAFT
    record = samples.record(
        id=f"pm-{place}", number=place, status=status, severity=1 + place % 2, owner=(BEN, CHIOMA, DANA)[place % 3],
        title=("Checkout is slow", "Search returns nothing", "Invoices twice")[place % 3],
        times=replace(samples.record().times, resolved_at=ended),
        restricted=place == 6,
    )  # fmt: skip
    external = ExternalMessage.PRESENT if status is Status.REVIEWED else ExternalMessage.UNDECIDED
    booking = samples.booking() if place % 5 == 2 else None
    return Line(record, standing.deadline(record, POLICY), booking, external)


GROUP = Group(
    "reminders", "Reminders and the week", "What the bot says unasked, each with a way to be left in peace.", draw
)
