"""The Home tab, for readers with different parts in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import home
from bot.domain import home as rules
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Line, Shown
from bot.domain.merged import MergedInto
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem, Roles
from bot.domain.status import Status
from bot.domain.waiver import Waiver
from bot.usecases import standing
from demo.gallery import entry, samples, stages
from demo.gallery.entry import Entry, Group
from demo.gallery.people import ANA, BEN, CHIOMA, DANA, ELIF, WORKSPACE
from demo.gallery.texts import NOW

TITLES = ("Search returns nothing", "Invoices twice", "Log-in with Google", "Mails arrive late", "Slow reports")


def draw() -> Iterator[Entry]:
    yield _home("nothing yet", (), ANA)
    yield _home("for the owner", _lines(3), BEN, looks=True)
    yield _home("for the incident commander, with all of the team's", _lines(26), ANA, looks=True)
    yield _home("for a reader who is asked for a review", _lines(6), DANA)
    yield _home("for the support team", _lines(6), ELIF, support=True)
    yield _home("the second page", _lines(26), DANA, page=1)
    for shown in Shown:
        if shown is not Shown.OPEN:
            yield _home(f"filter {shown.value}", _lines(12), DANA, shown=shown)
    yield _home("filter with nothing in it", _lines(1), DANA, shown=Shown.IN_REVIEW)


def _home(
    state: str, lines: tuple[Line, ...], reader: str, *, shown: Shown = Shown.OPEN, page: int = 0, support: bool = False,
    looks: bool = False,
) -> Entry:  # fmt: skip
    closed = [each for each in lines if each.record.status is Status.CLOSED]
    standing_ = [each for each in lines if each.record.status is not Status.CLOSED]
    seen = rules.build(standing_, closed, reader, support=support, shown=shown, page=page, now=NOW)
    whole = {each.record.id: _look(each.record) for each in (*seen.owned, *seen.commanded)} if looks else {}
    return entry.home("Home", state, home.view(seen, WORKSPACE, whole))


def _look(record: Postmortem) -> Overview:
    stage = {Status.IN_REVIEW: stages.in_review, Status.REVIEWED: stages.reviewed}.get(
        record.status, stages.half_written
    )
    return replace(stage(), postmortem=record, now=NOW)


def _lines(number: int) -> tuple[Line, ...]:
    return tuple(_line(place) for place in range(number))


def _line(place: int) -> Line:
    """Post-mortems of every state and severity, in turn."""
    states = (Status.DRAFT, Status.IN_REVIEW, Status.REVIEWED, Status.DRAFT, Status.DRAFT, Status.CLOSED)
    status, severity = states[place % len(states)], (1, 2, 3)[place % 3]
    record = samples.record(
        id=f"pm-{place + 7}", number=place + 7, status=status, severity=severity, channel_id=f"C0INC{place + 1}",
        title=TITLES[place % len(TITLES)] if place else samples.record().title,
        owner=(BEN, BEN, CHIOMA, None)[place % 4], roles=Roles(ic=ANA if place % 2 == 0 else DANA),
        review_posted_at=NOW if status is Status.IN_REVIEW else None, restricted=place == 9,
        closed_at=NOW - timedelta(days=place) if status is Status.CLOSED else None,
        waiver=Waiver(NOW, ANA, "Nobody was touched.") if place == 10 else None,
        merged=MergedInto("pm-7", 7, "C0INC1", NOW, ANA) if place == 13 else None,
        times=replace(samples.record().times, resolved_at=NOW - timedelta(days=8)) if place % 7 == 3 else samples.record().times,
    )  # fmt: skip
    external = ExternalMessage.PRESENT if status is Status.REVIEWED else ExternalMessage.UNDECIDED
    booked = samples.booking() if status is Status.IN_REVIEW else None
    return Line(record, standing.deadline(record, samples.POLICY), booked, external)


GROUP = Group("home", "The Home tab", "What waits for the reader first, then every post-mortem that is open.", draw)
