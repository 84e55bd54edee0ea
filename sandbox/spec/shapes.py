"""Small checkers from which the Block Kit tables are built; each yields problems in the words Slack uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would not take, and where, as a JSON pointer."""

    pointer: str
    text: str


_GAP = re.compile(r"[\s<>]")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)

Check = Callable[[Any, str], Iterator[Problem]]


def string(most: int | None = None, least: int = 0, pattern: str | None = None) -> Check:
    """A string of so many characters."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
            return
        if most is not None and len(value) > most:
            yield Problem(at, f"must be less than {most + 1} characters")
        if len(value) < least:
            yield Problem(at, f"must be more than {least - 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            yield Problem(at, "does not match the required format")

    return check


def url(most: int = 3000) -> Check:
    """An address of the web; Slack opens no other scheme from a block."""
    text = string(most, 1)

    def check(value: Any, at: str) -> Iterator[Problem]:
        wrong = list(text(value, at))
        yield from wrong
        if not wrong and not is_url(value):
            yield Problem(at, "invalid url")

    return check


def is_url(value: str) -> bool:
    """True for http and https with a host."""
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not _GAP.search(value)
    except ValueError:
        return False


def is_date(value: str) -> bool:
    """True for a day that is in the calendar, YYYY-MM-DD."""
    try:
        return bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_time(value: str) -> bool:
    """True for HH:MM."""
    return bool(_TIME.fullmatch(value))


def is_zone(value: str) -> bool:
    """True for a zone of the IANA database, and for anything where the machine has none."""
    known = _zones()
    return not known or value in known


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def such(fits: Callable[[str], bool], text: str) -> Check:
    """A string of a certain kind, with what is said of any other."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
        elif not fits(value):
            yield Problem(at, text)

    return check


def boolean(value: Any, at: str) -> Iterator[Problem]:
    """True or false."""
    if not isinstance(value, bool):
        yield Problem(at, "must provide a boolean")


def number(low: float | None = None, high: float | None = None) -> Check:
    """A number within bounds."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(at, "must provide a number")
        elif low is not None and value < low:
            yield Problem(at, f"must be greater than or equal to {low}")
        elif high is not None and value > high:
            yield Problem(at, f"must be less than or equal to {high}")

    return check


def whole(low: int | None = None, high: int | None = None) -> Check:
    """A number without a fraction, within bounds."""
    bounds = number(low, high)

    def check(value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, float) and not value.is_integer():
            yield Problem(at, "must provide an integer")
        else:
            yield from bounds(value, at)

    return check


def choice(*allowed: Any) -> Check:
    """One of these; true is not 1."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not any(value == one and type(value) is type(one) for one in allowed):
            yield Problem(at, "must be a valid enum value")

    return check


def array(item: Check, most: int | None = None, least: int = 0) -> Check:
    """A list of so many items."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must provide an array")
            return
        if most is not None and len(value) > most:
            yield Problem(at, f"no more than {most} items allowed")
        if len(value) < least:
            yield Problem(at, f"no fewer than {least} items allowed")
        for number_, one in enumerate(value):
            yield from item(one, f"{at}/{number_}")

    return check


def mapping(fields: Mapping[str, Check], *required: str, rule: Check | None = None) -> Check:
    """An object with these keys and no others; `rule` looks at the whole once its keys are right."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
            return
        found = False
        for name in required:
            if name not in value:
                found = True
                yield Problem(at, f"missing required field: {name}")
        for name, inner in value.items():
            inside = fields[name](inner, f"{at}/{name}") if name in fields else _additional(name, at)
            for problem in inside:
                found = True
                yield problem
        if rule and not found:
            yield from rule(value, at)

    return check


def _additional(name: str, at: str) -> Iterator[Problem]:
    yield Problem(at, f"invalid additional property: {name}")


def typed(table: Mapping[str, Check]) -> Check:
    """An object whose `type` says which of the shapes it must have."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
        elif "type" not in value:
            yield Problem(at, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in table:
            yield Problem(f"{at}/type", f"unsupported type: {value['type']}")
        else:
            yield from table[value["type"]](value, at)

    return check


def plain_text(most: int, least: int = 1) -> Check:
    """A plain_text object."""
    return mapping({"type": choice("plain_text"), "text": string(most, least), "emoji": boolean}, "type", "text")


def mrkdwn(most: int, least: int = 1) -> Check:
    """A mrkdwn object."""
    return mapping({"type": choice("mrkdwn"), "text": string(most, least), "verbatim": boolean}, "type", "text")


def any_text(most: int = 3000, least: int = 1) -> Check:
    """A text object of either kind; Slack says first that no shape fits, then what is wrong with the one that was meant."""
    either = typed({"plain_text": plain_text(most, least), "mrkdwn": mrkdwn(most, least)})

    def check(value: Any, at: str) -> Iterator[Problem]:
        inner = list(either(value, at))
        if inner:
            yield Problem(at, "failed to match all allowed schemas")
            yield from inner

    return check


def anything(value: Any, at: str) -> Iterator[Problem]:
    """Whatever it is."""
    yield from ()
