"""`/postmortem report`: how the process goes, over the incidents of a period; `/postmortem process-items`: what is to be done about how we
respond (R-66). Both for whoever asks, of what they may see."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import report_post
from bot.domain import period
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The report of the period that was typed, of the last 90 days for none."""
    days = period.read(call.text, desk.report.today(now))
    return Answer(report_post.drawing(desk.report(unit, call.place.team_id, call.place.user_id, days, now)))


def process_items(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Process items of the period."""
    days = period.read(call.text, desk.report.today(now))
    return Answer(report_post.process_items(desk.report(unit, call.place.team_id, call.place.user_id, days, now)))


REPORT = Subcommand(
    "report",
    "report [30d]",
    "meetings against their deadlines, reviews, action items, what comes back: of `30d`, `quarter`, `2026-09`, `2026-09-01..2026-10-15`",
    run,
    reads=True,
)
PROCESS_ITEMS = Subcommand(
    "process-items", "process-items [30d]", "what is to be done about how we respond, across incidents", process_items,
    reads=True,
)  # fmt: skip
