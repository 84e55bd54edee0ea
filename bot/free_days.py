"""Public holidays as people write them down: dates, a file of dates, a calendar file, or a country whose holidays a
library knows. All of it is read once, at the start, into plain dates; what cannot be read is one sentence."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bot import free_days_ics

# Wide enough for every record that is open, and small enough to be computed at once.
YEARS = range(2000, 2076)
MOST_BYTES = 5_000_000
_COUNTRY = re.compile(r"([A-Za-z]{2})(?:-([A-Za-z0-9 ]{1,30}))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WHAT = "a date like 2026-12-25, a file, or a country like US or GB-ENG"
NO_PACKAGE = (
    "Holidays by country need the package holidays: install it with `pip install holidays`, or give dates or a file."
)


def read(written: str, years: range = YEARS) -> frozenset[date]:
    """All the dates behind a list with commas between: dates, paths, countries. What repeats is followed through `years`.
    Raises ValueError with a sentence."""
    found: set[date] = set()
    for entry in _entries(written):
        found |= _entry(entry, years)
    return frozenset(found)


def _entries(written: str) -> Iterable[str]:
    """Dates may have spaces between instead of commas; a path may have spaces in it."""
    for part in (each.strip() for each in written.split(",")):
        words = part.split()
        yield from words if words and all(_DAY.fullmatch(word) for word in words) else ([part] if part else [])


def _entry(entry: str, years: range) -> frozenset[date]:
    if _DAY.fullmatch(entry):
        return frozenset({_date(entry, f"{entry} is no day of the calendar.")})
    country = _COUNTRY.fullmatch(entry)
    if country:
        return _of_country(country[1].upper(), country[2], years)
    path = Path(entry).expanduser()
    if path.suffix == "" and not path.exists() and len(path.parts) < 2:
        raise ValueError(f"{entry[:60]!r} cannot be read: write {WHAT}.")
    return _of_file(path, years)


def _date(text: str, otherwise: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(otherwise) from None


def _of_country(country: str, region: str | None, years: range) -> frozenset[date]:
    try:
        import holidays
    except ImportError:
        raise ValueError(NO_PACKAGE) from None
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise ValueError(f"No holidays are known for the country {country}: write a code like US, DE or GB-ENG.")
    if region is not None and region not in known[country]:
        regions = {name.upper(): name for name in known[country]}
        if region.upper() not in regions:
            offered = (
                f"there are {', '.join(known[country])}" if known[country] else "it has none; write the country alone"
            )
            raise ValueError(f"The region {region} of {country} is not known: {offered}.")
        region = regions[region.upper()]
    with warnings.catch_warnings():
        # Some countries are known for fewer years than we ask for: the library says so and gives what it has.
        warnings.simplefilter("ignore")
        return frozenset(holidays.country_holidays(country, subdiv=region, years=years))


def _of_file(path: Path, years: range) -> frozenset[date]:
    text = _text(path)
    is_calendar = path.suffix.lower() in (".ics", ".ical") or text.lstrip().upper().startswith("BEGIN:VCALENDAR")
    found = free_days_ics.read(text, path.name, years) if is_calendar else _of_lines(text, path.name)
    if not found:
        only = " that last whole days" if is_calendar else ""
        raise ValueError(f"The file {path.name} has no dates in it{only}: add some, or leave it out.")
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"The file {path.name} is too large for a list of holidays: give a smaller one.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"The file {path.name} cannot be read: save it as UTF-8 text.") from None
    except FileNotFoundError:
        raise ValueError(f"There is no file {path}: give the path of a list of dates or of an .ics file.") from None
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) and "\0" not in str(path):
            raise
        raise ValueError(f"The file {str(path)[:200]!r} cannot be read: check its path and permissions.") from None


def _of_lines(text: str, name: str) -> frozenset[date]:
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if said:
            wrong = f"Line {number} of {name} is no date: write one date a line, like 2026-12-25."
            if not _DAY.fullmatch(said):
                raise ValueError(wrong)
            found.add(_date(said, wrong))
    return frozenset(found)
