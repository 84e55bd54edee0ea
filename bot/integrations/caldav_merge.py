"""Our meeting laid over the event as it stands in the calendar: what is ours is brought up to date, what people added stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, vCalAddress, vText

from bot import calendar_file
from bot.domain.invitation import Event

BEGIN = "----- From the post-mortem, kept up to date -----"
END = "----- What you write outside of these lines stays -----"
# Whoever said yes to one time has not said yes to another (RFC 5546, 3.2.2.1).
UNANSWERED = "NEEDS-ACTION"


@dataclass(frozen=True, slots=True)
class Found:
    """An event as it stands: its times in UTC, its SEQUENCE, whether it says that it is cancelled, and PARTSTAT by address."""

    calendar: Calendar
    main: Any
    start: datetime
    end: datetime
    sequence: int
    answers: Mapping[str, str]


def read(content: str, uid: str) -> Found | None:
    """The event of this UID; None where the text has another one. Raises ValueError for what is no calendar."""
    calendar = Calendar.from_ical(content)
    for entry in calendar.walk("VEVENT"):
        if str(entry.get("UID", "")) == uid and "RECURRENCE-ID" not in entry:
            start, end = _times(entry)
            return Found(calendar, entry, start, end, int(entry.get("SEQUENCE", 0)), _answers(entry))
    return None


def new(event: Event, sequence: int) -> bytes:
    """The event as it is put first. What is stored has no METHOD (RFC 4791, 4.1)."""
    calendar, entry = Calendar(), calendar_file.component(event)
    calendar.add("prodid", calendar_file.PRODUCT)
    calendar.add("version", "2.0")
    _set(entry, "sequence", sequence)
    _set(entry, "description", _described("", event))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def merge(found: Found, event: Event, invited: Sequence[str], before: int) -> tuple[bytes | None, int]:
    """What is to be written, None where everything stands as wanted; and its SEQUENCE, which is higher than what stands and `before`, what
    we wrote last, where a guest is to take notice. `invited` are the addresses that were ours."""
    entry = found.main
    old, moved = entry.to_ical(), (found.start, found.end) != (event.start, event.end)
    if moved:
        _set(entry, "dtstart", event.start)
        _set(entry, "dtend", event.end)
        entry.pop("DURATION", None)
    wanted = calendar_file.component(event)
    for name in ("SUMMARY", "STATUS", *(("LOCATION", "URL") if event.url else ())):
        if str(entry.get(name, "")) != str(wanted[name]):
            _set(entry, name, str(wanted[name]))
    if "ORGANIZER" not in entry:
        entry["ORGANIZER"] = wanted["ORGANIZER"]
    _attendees(entry, event, {each.lower() for each in invited}, anew=moved)
    noticed = entry.to_ical() != old
    said = str(entry.get("DESCRIPTION", ""))
    if (described := _described(said, event)) != said:
        _set(entry, "description", described)
    if entry.to_ical() == old:
        return None, found.sequence
    sequence = max(found.sequence + 1, before + 1, event.sequence) if noticed else found.sequence
    _set(entry, "sequence", sequence)
    _set(entry, "dtstamp", event.stamp)
    found.calendar.pop("METHOD", None)
    return bytes(found.calendar.to_ical()), sequence


def addresses(event: Event) -> tuple[str, ...]:
    """Whom we invite, as the calendar names them."""
    return tuple(each.address for each in event.attendees)


def _attendees(entry: Any, event: Event, were_ours: set[str], *, anew: bool) -> None:
    """Ours as they are wanted, with what they answered; then whoever people added."""
    there = {str(each).lower(): each for each in _listed(entry)}
    ours = {each.address.lower(): each for each in event.attendees}
    kept: list[vCalAddress] = []
    for address, person in ours.items():
        wanted, standing = calendar_file.attendee(person), there.get(address)
        if standing is not None:
            standing.params["ROLE"] = wanted.params["ROLE"]
        kept.append(standing if standing is not None else wanted)
    kept += [each for address, each in there.items() if address not in ours and address not in were_ours]
    if anew and not event.cancelled:
        for each in kept:
            each.params["PARTSTAT"] = vText(UNANSWERED)
    entry.pop("ATTENDEE", None)
    for each in kept:
        entry.add("attendee", each, encode=False)


def _described(said: str, event: Event) -> str:
    """Their words around ours. Where a mark is missing nothing of theirs is lost."""
    ours = calendar_file.clean(event.description).replace(BEGIN, "").replace(END, "")
    block = f"{BEGIN}\n{ours}\n{END}"
    before, opens, rest = said.partition(BEGIN)
    _, closes, after = rest.partition(END)
    if opens and closes:
        return f"{before}{block}{after}"
    theirs = said.replace(BEGIN, "").replace(END, "").strip()
    return f"{theirs}\n\n{block}" if theirs else block


def _times(entry: Any) -> tuple[datetime, datetime]:
    start = _instant(entry.decoded("DTSTART"))
    if "DTEND" in entry:
        return start, _instant(entry.decoded("DTEND"))
    length = entry.decoded("DURATION") if "DURATION" in entry else timedelta(0)
    return start, start + length


def _instant(told: date) -> datetime:
    """A whole day begins at midnight; a time of no zone is taken for UTC."""
    at = told if isinstance(told, datetime) else datetime(told.year, told.month, told.day, tzinfo=UTC)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _answers(entry: Any) -> dict[str, str]:
    return {str(each).lower(): str(each.params.get("PARTSTAT", UNANSWERED)).upper() for each in _listed(entry)}


def _listed(entry: Any) -> list[vCalAddress]:
    found = entry.get("ATTENDEE", [])
    return list(found) if isinstance(found, list) else [found]


def _set(entry: Any, name: str, value: Any) -> None:
    entry.pop(name.upper(), None)
    entry.add(name, value)
