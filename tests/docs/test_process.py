"""The worked examples of docs/process.md are computed: a rule that changes makes the page wrong, and this test red."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain import deadlines, moves, phrases
from bot.domain.business_time import Calendar
from bot.domain.moves import Role

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "process.md").read_text(encoding="utf-8")
NEW_YORK, LONDON = "America/New_York", "Europe/London"
US = frozenset({date(2026, 11, 26), date(2026, 12, 25)})
ENGLAND = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})


@dataclass(frozen=True)
class Example:
    severity: int
    ended: str
    calendar: Calendar
    why: str


EXAMPLES = (
    Example(1, "2026-11-23T14:05", Calendar(), "three days after the day it ended"),
    Example(1, "2026-11-20T23:30", Calendar(NEW_YORK), "the weekend counts"),
    Example(1, "2026-11-21T04:30", Calendar(), "the same instant, where it is Saturday already"),
    Example(1, "2026-11-24T00:00", Calendar(), "midnight belongs to the new day"),
    Example(1, "2026-11-25T10:00", Calendar(NEW_YORK, holidays=US), "a holiday counts too, and nothing is moved"),
    Example(1, "2026-03-07T12:00", Calendar(NEW_YORK), "a day of 23 hours is a day"),
    Example(2, "2026-11-23T09:00", Calendar(), "five working days, the first is Tuesday"),
    Example(2, "2026-11-21T03:00", Calendar(), "ended on a Saturday: the first is Monday"),
    Example(2, "2026-11-25T10:00", Calendar(NEW_YORK), "no holidays are set"),
    Example(2, "2026-11-25T10:00", Calendar(NEW_YORK, holidays=US), "Thanksgiving is set in HOLIDAYS"),
    Example(2, "2026-12-24T18:00", Calendar(LONDON, holidays=ENGLAND), "Christmas and New Year are skipped"),
    Example(2, "2026-11-19T16:00", Calendar("Asia/Riyadh", frozenset({4, 5})), "WEEKEND=fri,sat"),
)


def row(example: Example) -> str:
    calendar = example.calendar
    ended = datetime.fromisoformat(example.ended).replace(tzinfo=ZoneInfo(calendar.tz))
    found = deadlines.meeting_deadline(example.severity, ended, calendar)
    cells = (
        f"SEV-{example.severity}",
        f"{phrases.day(ended.date())} {ended:%H:%M}",
        calendar.tz,
        phrases.day(found.last_day),
        f"{found.due:%Y-%m-%d %H:%M}Z",
        example.why,
    )
    return f"| {' | '.join(cells)} |"


def test_the_table_of_worked_examples_is_what_the_code_computes() -> None:
    wanted = "\n".join(row(example) for example in EXAMPLES)
    assert wanted in PAGE, f"put this into docs/process.md:\n{wanted}"
    assert PAGE.count("| SEV-") == len(EXAMPLES)


def test_the_table_of_moves_is_that_of_the_status_machine() -> None:
    names = {Role.OWNER: "owner", Role.IC: "IC", Role.SUPPORT: "support team"}
    wanted = "\n".join(
        f"| {move.number} | {move.frm} → {move.to} | {', '.join(names[role] for role in move.who)} |"
        for move in moves.MOVES
    )
    assert wanted in PAGE, f"put this into docs/process.md:\n{wanted}"


def test_the_numbers_of_days_are_those_of_the_rules() -> None:
    assert f"{deadlines.SEV1_CALENDAR_DAYS} calendar days" in PAGE
    assert f"{deadlines.SEV2_BUSINESS_DAYS} business days" in PAGE
