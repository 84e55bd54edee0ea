"""The report of a period, and the process items across incidents: seen by whoever asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import digest_post, report_post
from bot.domain import digest as rules
from bot.domain import period, report
from bot.domain.actions import ActionKind
from bot.domain.booking import Outcome
from bot.domain.content import Content, Entry, Section
from bot.domain.external_message import ExternalMessage
from bot.domain.home import Line
from bot.domain.outgoing import Json
from bot.domain.report import Known, Report
from bot.domain.status import Status
from bot.usecases import standing
from demo.gallery import samples
from demo.gallery.entry import Entry as Picture
from demo.gallery.entry import Group, message, whisper
from demo.gallery.samples import POLICY
from demo.gallery.texts import NOW

DAYS = period.last(90, NOW.date())
FACTORS = (
    "The pool of connections ran dry",
    "The dashboard was red and nobody looked",
    "Connections of the pool were never closed",
)


def draw() -> Iterator[Picture]:
    found = made(9)
    yield whisper("Report", "nine incidents", report_post.drawing(found))
    yield whisper("Report", "one incident", report_post.drawing(made(1)))
    yield whisper("Report", "none", report_post.drawing(Report(DAYS, aside=2)))
    yield whisper("Report", "more than it names", report_post.drawing(made(60)))
    yield whisper("Process items", "of several incidents", report_post.process_items(found))
    yield whisper("Process items", "none", report_post.process_items(Report(DAYS)))
    yield message("Report", "it could not be sent", report_post.not_sent("The app lacks files:write."))
    told = rules.remarks(rules.Digest(others=3), found, NOW.date())
    yield message("The week", "with a line of the report", digest_post.drawing(told, NOW))


def made(many: int) -> Report:
    """Incidents of every kind in turn."""
    return report.build([_known(place) for place in range(1, many + 1)], {}, DAYS, (15, 30), NOW)


def _known(place: int) -> Known:
    ended = NOW - timedelta(days=3 + 2 * place % 80)
    record = samples.record(
        id=f"pm-{place}", number=place, severity=(1, 2, None)[place % 3], title=f"Incident {place}",
        status=Status.CLOSED if place % 2 else Status.DRAFT, restricted=place == 4, created_at=ended,
        times=replace(samples.record().times, resolved_at=None if place % 7 == 0 else ended),
        services=("checkout", "orders-db", "search")[place % 3 :],
    )  # fmt: skip
    booking = samples.booking(outcome=Outcome.AGREED) if place % 4 else None
    if booking is not None:
        start = ended + timedelta(days=place % 6)
        booking = replace(booking, start=start, end=start + timedelta(minutes=30))
    actions = [
        replace(each, id=f"{each.id}:{place}", postmortem_id=record.id, kind=ActionKind.PROCESS, at=ended)
        for each in samples.actions()[:2]
    ]
    written: tuple[dict[str, Json], ...] = (
        {"factors": [FACTORS[place % 3]]},
        {"badly": ["The page went to the wrong team"]},
    )
    content = Content(
        {
            section: Entry(section, value, 1)
            for section, value in zip((Section.FACTORS, Section.RETROSPECT), written, strict=True)
        }
    )
    line = Line(record, standing.deadline(record, POLICY), booking, ExternalMessage.UNDECIDED)
    return Known(line, actions, content)


GROUP = Group("report", "How the process goes", "Numbers over many incidents, for whoever asks.", draw)
