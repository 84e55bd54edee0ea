"""The report as a table (RFC 4180), one row an incident: for whoever wants to count in another way. What is not known is empty, or says so;
of a restricted one only its number and the figures stand here."""

from __future__ import annotations

import csv
import io

from bot.documents import cells
from bot.domain import typed
from bot.domain.report import Report
from bot.domain.report_case import Case, Work

COLUMNS = (
    "post_mortem", "title", "severity", "status", "incident_ended", "end_is_known", "deadline_last_day", "days_allowed",
    "days_to_meeting", "meeting", "review", "action_items_open", "action_items_undecided", "action_items_not_known",
    "action_items_overdue", "services",
)  # fmt: skip


def render(report: Report) -> str:
    """The file, with a header."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(COLUMNS)
    write.writerows([cells.safe(value) for value in _row(each)] for each in report.cases)
    return out.getvalue()


def _row(each: Case) -> tuple[str, ...]:
    record = each.record
    return (
        record.name,
        typed.one_line(record.subject),
        "" if record.severity is None else f"SEV-{record.severity}",
        str(record.status),
        each.ended.isoformat(),
        "no" if each.days is None and each.so_far is None else "yes",
        each.deadline.last_day.isoformat(),
        _number(each.allowed),
        _number(each.days),
        str(each.meeting),
        str(each.review),
        *(str(sum(item.work is work for item in each.items)) for work in (Work.OPEN, Work.UNDECIDED, Work.UNKNOWN)),
        str(sum(item.overdue for item in each.items)),
        "" if record.restricted else typed.one_line("; ".join(record.services)),
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
