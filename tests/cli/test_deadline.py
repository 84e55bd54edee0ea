"""`app.py deadline`: the worked examples as somebody types them, and one sentence for what cannot be used."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import deadline

Run = Callable[..., tuple[int, str, str]]
NY, LONDON = "America/New_York", "Europe/London"
ENGLAND = "2026-12-25,2026-12-28,2027-01-01"


def no_build(*_: object, **__: object) -> None:
    raise AssertionError("a bot was built")


def run(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return deadline.run(list(argv), no_build, out, err), out.getvalue(), err.getvalue()


# Severity, resolved, zone, further words, the last day, the first instant that is too late.
WORKED = {
    "D1": ("1", "2026-11-23T14:05", "UTC", "", "2026-11-26", "2026-11-27T00:00:00Z"),
    "D2": ("1", "2026-11-20T23:30", NY, "", "2026-11-23", "2026-11-24T05:00:00Z"),
    "D2b": ("1", "2026-11-20T23:30-05:00", "UTC", "", "2026-11-24", "2026-11-25T00:00:00Z"),
    "D3": ("1", "2026-11-25T10:00", NY, "--holidays US", "2026-11-28", "2026-11-29T05:00:00Z"),
    "D4": ("2", "2026-11-25T10:00", NY, "", "2026-12-02", "2026-12-03T05:00:00Z"),
    "D4b": ("2", "2026-11-25T10:00", NY, "--holidays US", "2026-12-03", "2026-12-04T05:00:00Z"),
    "D4b-dates": ("2", "2026-11-25T10:00", NY, "--holidays 2026-11-26", "2026-12-03", "2026-12-04T05:00:00Z"),
    "D4b-file": ("2", "2026-11-25T10:00", NY, "--holidays {text}", "2026-12-03", "2026-12-04T05:00:00Z"),
    "D4b-ics": ("2", "2026-11-25T10:00", NY, "--holidays {ics}", "2026-12-03", "2026-12-04T05:00:00Z"),
    "D5": ("2", "2026-11-23T09:00", "UTC", "", "2026-11-30", "2026-12-01T00:00:00Z"),
    "D6": ("2", "2026-11-21T03:00", "UTC", "", "2026-11-27", "2026-11-28T00:00:00Z"),
    "D7": ("2", "2026-11-20T23:59:59", "UTC", "", "2026-11-27", "2026-11-28T00:00:00Z"),
    "D8": ("2", "2026-12-24T18:00", LONDON, "--holidays GB-ENG", "2027-01-05", "2027-01-06T00:00:00Z"),
    "D8-dates": ("2", "2026-12-24T18:00", LONDON, f"--holidays {ENGLAND}", "2027-01-05", "2027-01-06T00:00:00Z"),
    "D8b": ("1", "2026-12-24T18:00", LONDON, "--holidays GB-ENG", "2026-12-27", "2026-12-28T00:00:00Z"),
    "D9": ("1", "2026-03-07T12:00", NY, "", "2026-03-10", "2026-03-11T04:00:00Z"),
    "D9b": ("1", "2026-10-30T12:00", NY, "", "2026-11-02", "2026-11-03T05:00:00Z"),
    "D10": ("1", "2026-09-02T10:00", "America/Santiago", "", "2026-09-05", "2026-09-06T04:00:00Z"),
    "D11": ("1", "2026-11-23T22:00Z", "Australia/Sydney", "", "2026-11-27", "2026-11-27T13:00:00Z"),
    "D11b": ("1", "2026-11-23T22:00Z", "America/Los_Angeles", "", "2026-11-26", "2026-11-27T08:00:00Z"),
    "D12": ("2", "2026-11-19T16:00", "Asia/Riyadh", "--weekend fri,sat", "2026-11-26", "2026-11-26T21:00:00Z"),
    "D13": ("1", "2026-12-30T20:00", "UTC", "", "2027-01-02", "2027-01-03T00:00:00Z"),
    "D14": ("1", "2026-11-24T00:00:00", "UTC", "", "2026-11-27", "2026-11-28T00:00:00Z"),
    "rolled-back": ("SEV-1", "2026-11-25 10:00", "UTC", "--roll back", "2026-11-27", "2026-11-28T00:00:00Z"),
    "sev-4-as-sev-2": ("4", "2026-11-23T09:00", "UTC", "", "2026-11-30", "2026-12-01T00:00:00Z"),
}


@pytest.mark.parametrize("name", WORKED)
def test_the_worked_examples_come_out_as_they_are_typed(name: str, tmp_path: Path) -> None:
    severity, resolved, tz, more, last_day, due = WORKED[name]
    text, ics = tmp_path / "days.txt", tmp_path / "days.ics"
    text.write_text("2026-11-26 # Thanksgiving\n")
    ics.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20201126\n"
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    words = [word.format(text=text, ics=ics) for word in more.split()]
    code, out, err = run("--severity", severity, "--resolved", resolved, "--tz", tz, *words)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["last_day"], found["due_utc"]) == (last_day, due)
    assert set(found) == {"last_day", "due_utc", "working"}


def test_the_working_is_the_line_that_people_read_and_then_each_day() -> None:
    _, out, _ = run("--severity", "1", "--resolved", "2026-11-20T23:30", "--tz", NY)
    assert json.loads(out)["working"] == [
        "resolved Fri 20 Nov 23:30 New York; 3 calendar days; last day Mon 23 Nov",
        "Fri 20 Nov 2026: the incident ended, not counted",
        "Sat 21 Nov 2026: calendar day 1",
        "Sun 22 Nov 2026: calendar day 2",
        "Mon 23 Nov 2026: calendar day 3",
    ]


GOOD = {"--severity": "1", "--resolved": "2026-11-20T23:30", "--tz": NY}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"--severity": "0"}, "--severity takes a number from 1", id="severity-zero"),
        pytest.param({"--severity": "high"}, "--severity takes a number from 1", id="severity-word"),
        pytest.param({"--severity": "²"}, "--severity takes a number from 1", id="severity-odd-digit"),
        pytest.param({"--resolved": "yesterday"}, "--resolved takes a date and a time", id="a-word"),
        pytest.param({"--resolved": "2026-11-20"}, "--resolved takes a date and a time", id="a-date-alone"),
        pytest.param({"--resolved": "2026-13-20T10:00"}, "--resolved takes a date and a time", id="no-such-month"),
        pytest.param({"--resolved": "9999-12-31T23:59"}, "The year 9999 cannot be right", id="a-year-typed-wrong"),
        pytest.param({"--tz": "Mars/Olympus"}, "'Mars/Olympus' is not a time zone", id="no-zone"),
        pytest.param({"--weekend": "fri,xyz"}, "--weekend takes the days that are free", id="no-day"),
        pytest.param({"--weekend": "mon,tue,wed,thu,fri,sat,sun"}, "--weekend takes", id="always-free"),
        pytest.param({"--holidays": "gone.ics"}, "--holidays: There is no file gone.ics", id="no-file"),
        pytest.param({"--holidays": "XX"}, "No holidays are known for the country XX", id="no-country"),
        pytest.param({"--roll": "forward"}, "--roll takes none or back", id="no-roll"),
        pytest.param({"--sverity": "1"}, "Unrecognized arguments: --sverity 1. Try:", id="mistyped"),
        pytest.param({"--severity": None}, "--severity. Try: deadline --severity 1", id="missing"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_exit_code_2(wrong: dict[str, str | None], said: str) -> None:
    words = [word for name, value in (GOOD | wrong).items() if value is not None for word in (name, value)]
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_asked_for_help_it_says_what_can_be_typed() -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    for word in (*GOOD, "--weekend", "--holidays", "--roll"):
        assert word in out
