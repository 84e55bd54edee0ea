"""`deadline --severity 1 --resolved T --tz ZONE`: by when a post-mortem meeting must have begun, and how that is counted.
It needs no settings, no Slack and no database: who plans, or doubts, can ask."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import NoReturn, TextIO

from dateutil import parser as dates

from bot import free_days
from bot.domain import business_time, deadlines
from bot.domain.business_time import Calendar
from bot.domain.counted import said
from bot.domain.deadlines import Anchor, AnchorSource, Roll
from bot.domain.errors import DomainError
from cli.table import Build

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TRY = "Try: deadline --severity 1 --resolved 2026-11-20T23:30 --tz America/New_York"
# How many years after the incident its deadline can lie, with the longest closing of an office.
_AHEAD = 3


class _Refused(Exception):
    """The command line makes no sense; the text says why."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Refused(f"{message[:1].upper()}{message[1:]}. {_TRY}")


def run(argv: Sequence[str], build: Build, out: TextIO, err: TextIO) -> int:
    """The exit code: 0 when the deadline was printed, 2 with one sentence on `err` when the input is no good."""
    try:
        options = _options(argv, out)
        if options is None:
            return 0
        report = json.dumps(_report(options), indent=2)
    except (_Refused, DomainError) as refusal:
        sentence = " ".join(str(refusal).split())
        err.write(sentence.encode("ascii", "backslashreplace").decode("ascii") + "\n")
        return 2
    out.write(report + "\n")
    return 0


def _options(argv: Sequence[str], out: TextIO) -> argparse.Namespace | None:
    parser = _Parser(prog="deadline", add_help=False, allow_abbrev=False)
    parser.description = "Says by when the post-mortem meeting must have begun, as JSON."
    parser.add_argument("--severity", required=True, metavar="N", help="1, 2, ... (SEV-1 works too)")
    parser.add_argument(
        "--resolved", required=True, metavar="T", help="when the incident ended: 2026-11-20T23:30, local time"
    )
    parser.add_argument("--tz", default="UTC", metavar="ZONE", help="the time zone, an IANA name (default UTC)")
    parser.add_argument(
        "--weekend", default="sat,sun", metavar="DAYS", help="the free days of the week (default sat,sun)"
    )
    parser.add_argument(
        "--holidays", default="", metavar="LIST", help="dates, files (one date a line, or .ics), countries"
    )
    parser.add_argument("--roll", default="none", metavar="HOW", help="back: a SEV-1 never ends on a free day")
    if any(word in ("-h", "--help") for word in argv):
        out.write(parser.format_help())
        return None
    return parser.parse_args(list(argv))


def _report(options: argparse.Namespace) -> dict[str, object]:
    severity, roll = _severity(options.severity), _roll(options.roll)
    business_time.zone(options.tz)
    resolved = _when(options.resolved, options.tz)
    year = business_time.local_date(resolved, options.tz).year
    holidays = _holidays(options.holidays, range(year, year + _AHEAD))
    calendar = Calendar(options.tz, _weekend(options.weekend), holidays)
    found = deadlines.meeting_deadline(severity, resolved, calendar, roll=roll)
    anchor = Anchor(resolved, AnchorSource.RESOLVED_AT, provisional=False)
    return {
        "last_day": found.last_day.isoformat(),
        "due_utc": f"{found.due:%Y-%m-%dT%H:%M:%SZ}",
        "working": [said(anchor, severity, found, options.tz), *found.working],
    }


def _severity(written: str) -> int:
    digits = written.strip().lower().removeprefix("sev").removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits[:9]) <= 5:
        raise _Refused(f"--severity takes a number from 1, the worst, to 5, not {written[:60]!r}.")
    return int(digits)


def _roll(written: str) -> Roll:
    try:
        return Roll(written.strip().lower())
    except ValueError:
        raise _Refused(f"--roll takes none or back, not {written[:60]!r}.") from None


def _when(written: str, tz: str) -> datetime:
    """Local time of the zone, unless it brings an offset of its own."""
    example = f"--resolved takes a date and a time like 2026-11-20T23:30, not {written[:60]!r}."
    text = written.strip().replace(" ", "T", 1)
    if "T" not in text.upper():
        raise _Refused(example)
    try:
        at = dates.isoparse(text)
        return business_time.to_utc(at if at.tzinfo else at.replace(tzinfo=business_time.zone(tz)))
    except (ValueError, OverflowError):
        raise _Refused(example) from None


def _weekend(written: str) -> frozenset[int]:
    words = [word.lower()[:3] for word in written.replace(",", " ").split()]
    if not set(words) <= set(DAYS) or len(set(words)) == len(DAYS):
        raise _Refused(f"--weekend takes the days that are free, like fri,sat, not {written[:60]!r}.")
    return frozenset(DAYS.index(word) for word in words)


def _holidays(written: str, years: range) -> frozenset[date]:
    try:
        return free_days.read(written, years)
    except ValueError as error:
        raise _Refused(f"--holidays: {error}") from None
