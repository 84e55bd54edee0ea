"""Holidays as people write them down, and the one sentence for what cannot be read."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pytest

from bot import config, free_days

YEARS = range(2026, 2029)
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//somebody//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261224
DTEND;VALUE=DATE:20261227
SUMMARY:Closed over Christmas; with a comma\\, and a very long line that is folded by whoever wrote
  the file
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20200501
RRULE:FREQ=YEARLY;UNTIL=20270601T000000Z
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;VALUE=DATE:20261126
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH
EXDATE;VALUE=DATE:20271125
END:VEVENT
BEGIN:VEVENT
UID:3
RECURRENCE-ID;VALUE=DATE:20281123
DTSTART;VALUE=DATE:20281124
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20260303T100000Z
DTEND:20260303T110000Z
SUMMARY:A meeting is no holiday
END:VEVENT
BEGIN:VEVENT
UID:5
STATUS:CANCELLED
DTSTART;VALUE=DATE:20260404
END:VEVENT
BEGIN:VEVENT
UID:6
DTSTART;VALUE=DATE:20260606
DURATION:P2D
RDATE;VALUE=DATE:20260808
END:VEVENT
END:VCALENDAR
"""


def days(*texts: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8", newline="")
    return name


def test_dates_have_commas_or_spaces_between() -> None:
    wanted = days("2026-12-25", "2027-01-01")
    for written in (
        "2026-12-25,2027-01-01",
        " 2026-12-25 , 2027-01-01 ",
        "2026-12-25 2027-01-01",
        "2026-12-25,,2027-01-01,",
    ):
        assert free_days.read(written) == wanted
    assert free_days.read("") == free_days.read(" , ") == frozenset()


def test_a_file_has_a_date_a_line_and_remarks() -> None:
    name = put("the free days.txt", "\ufeff# ours\r\n2026-12-25  # Christmas\r\n\r\n 2027-01-01\r\n")
    assert free_days.read(name) == days("2026-12-25", "2027-01-01")


@pytest.mark.parametrize("name", ["holidays.ics", "./export", "holidays.txt"])
def test_a_calendar_file_gives_its_whole_days_with_their_repetitions(name: str) -> None:
    found = free_days.read(put(name, ICS.replace("\n", "\r\n")), YEARS)
    closed = days("2026-12-24", "2026-12-25", "2026-12-26", "2026-06-06", "2026-06-07", "2026-08-08", "2026-08-09")
    first_of_may = days("2020-05-01", "2026-05-01", "2027-05-01")
    thanksgiving = days("2026-11-26", "2028-11-24")
    assert found == closed | first_of_may | thanksgiving


def test_countries_and_regions_come_from_the_library_for_all_the_years() -> None:
    found = free_days.read("US, gb-eng, 2026-07-07")
    assert days("2026-11-26", "2026-07-04", "2026-12-28", "2027-01-01", "2026-07-07", "2060-12-25") <= found
    assert date(2026, 3, 31) in free_days.read("US-CA", YEARS) - free_days.read("US", YEARS)
    # It knows India for some of our years only, which is no reason to be silent or to fail.
    assert date(2026, 1, 26) in free_days.read("IN")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("2026-02-30", "2026-02-30 is no day of the calendar", id="no-such-day"),
        pytest.param("christmas", "write a date like 2026-12-25, a file, or a country", id="a-word"),
        pytest.param("25.12.2026", "There is no file 25.12.2026", id="another-way-of-dates"),
        pytest.param("gone.ics", "There is no file gone.ics", id="no-file"),
        pytest.param("sub/gone", "There is no file sub/gone", id="no-file-in-a-folder"),
        pytest.param(".", "cannot be read", id="a-folder"),
        pytest.param("XX", "No holidays are known for the country XX", id="no-country"),
        pytest.param("US-ZZ", "The region ZZ of US is not known: there are", id="no-region"),
        pytest.param("empty.txt", "has no dates in it", id="empty"),
        pytest.param("meetings.ics", "has no dates in it that last whole days", id="meetings-alone"),
        pytest.param("words.txt", "Line 2 of words.txt is no date", id="a-bad-line"),
        pytest.param("bytes.txt", "save it as UTF-8", id="no-text"),
        pytest.param("broken.ics", "cannot be read as a calendar", id="broken"),
        pytest.param("rule.ics", "cannot be read as a calendar", id="a-rule-that-is-none"),
        pytest.param("hourly.ics", "repeats more often than daily", id="hourly"),
        pytest.param("long.ics", "lasts 9131 days", id="for-ever"),
        pytest.param("a\0b.txt", "cannot be read", id="nul"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(written: str, said: str) -> None:
    event = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\n{}\nEND:VEVENT\nEND:VCALENDAR\n".format
    put("empty.txt", "# nothing\n")
    put("meetings.ics", event("DTSTART:20260303T100000Z"))
    put("words.txt", "2026-12-25\nBoxing Day\n")
    Path("bytes.txt").write_bytes(b"\xff\xfe\x00")
    put("broken.ics", event("DTSTART;VALUE=DATE:soon"))
    put("rule.ics", event("DTSTART;VALUE=DATE:20260303\nRRULE:FREQ=SOMETIMES"))
    put("hourly.ics", event("DTSTART;VALUE=DATE:20260303\nRRULE:FREQ=HOURLY"))
    put("long.ics", event("DTSTART;VALUE=DATE:20000101\nDTEND;VALUE=DATE:20250101").replace("20250101", "20241231"))
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        free_days.read(written)
    sentence = str(caught.value)

    assert "\n" not in sentence


def test_without_the_library_a_country_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(ValueError, match="pip install holidays"):
        free_days.read("US")
    assert free_days.read("2026-12-25") == days("2026-12-25")


def test_the_setting_takes_all_of_it_and_names_itself_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in config.Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    put("ours.txt", "2026-07-07\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "0" * 32)
    monkeypatch.setenv("HOLIDAYS", "ours.txt, US, 2026-12-24")
    found = config.load().policy.calendar.holidays
    assert days("2026-07-07", "2026-11-26", "2026-12-24") <= found
    monkeypatch.setenv("HOLIDAYS", "gone.txt")
    with pytest.raises(
        config.ConfigError, match=r"^HOLIDAYS cannot be used: There is no file gone.txt: [^.]+\.ics file\.$"
    ):
        config.load()
