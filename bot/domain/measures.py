"""The impact in numbers, as people type them (R-24, R-26): a whole number, `12 of 400`, or `unknown, because …`. Anything
else is refused with a sentence, since a guess about what was meant would stand in the document as a fact."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain import errors
from bot.domain.outgoing import Json

_MOST = 10**15
_DIGITS = r"\d+|\d{1,3}(?:[, '’\u00a0\u202f_]\d{3})+"
_COUNT = re.compile(rf"({_DIGITS})\Z")
_PORTION = re.compile(rf"({_DIGITS})\s*(?:of|/|out of)\s*({_DIGITS})\Z", re.IGNORECASE)
# What a template leaves to be filled in: a number that nobody knows is not a reason.
_BLANK = re.compile(rf"(?:unknown|\?+)\s*(?:of|/|out of)\s*(?:unknown|\?+|{_DIGITS})\Z", re.IGNORECASE)
_UNKNOWN = re.compile(r"(?:(?:unknown|not known)(?!\w)|\?+)[\s,;:.–-]*(?:because\b[\s,:]*)?", re.IGNORECASE)

Measure = Mapping[str, Json]


def count(typed: str) -> Measure | None:
    """`1,204` or `unknown, because …`; None for nothing typed. Raises BadInput for anything else."""
    text = typed.strip()
    if not text:
        return None
    if (unknown := _unknown(text)) is not None:
        return unknown
    found = _COUNT.match(text)
    if not found:
        raise errors.bad_input("no_number", "Enter a whole number such as 1204, or: unknown, because …")
    return {"value": _number(found[1])}


def portion(typed: str) -> Measure | None:
    """`24 of 100000`, a number alone, or `unknown, because …`; None for nothing typed. Raises BadInput for anything else."""
    text = typed.strip()
    found = _PORTION.match(text)
    if found:
        value, of = _number(found[1]), _number(found[2])
        if value > of:
            raise errors.bad_input("more_than_all", f"{value} of {of} is more than all of them: check both numbers.")
        return {"value": value, "of": of}
    try:
        return count(text)
    except errors.BadInput:
        why = "Enter two whole numbers such as 24 of 100000, or: unknown, because …"
        raise errors.bad_input("no_number", why) from None


def minutes(typed: str) -> int | None:
    """Whole minutes; None for nothing typed. Raises BadInput for anything else."""
    text = re.sub(r"\s*min(?:utes?)?\.?\Z", "", typed.strip(), flags=re.IGNORECASE)
    if not text:
        return None
    found = _COUNT.match(text)
    if not found:
        raise errors.bad_input("no_number", "Enter whole minutes, such as 45; 0 when it never was that severity.")
    return _number(found[1])


def typed(measure: Json) -> str:
    """A stored measure as people would type it; empty when there is none."""
    if not isinstance(measure, Mapping):
        return ""
    value, of, why = measure.get("value"), measure.get("of"), measure.get("unknown")
    if isinstance(why, str) and why.strip():
        return f"unknown, because {why}"
    if not isinstance(value, int):
        return ""
    return f"{value} of {of}" if isinstance(of, int) else str(value)


def shown(measure: Json) -> str:
    """A stored measure as the document says it, with the percentage computed; empty when there is none."""
    if not isinstance(measure, Mapping):
        return ""
    value, of = measure.get("value"), measure.get("of")
    if not isinstance(value, int):
        return typed(measure)
    return f"{percent(value, of)} ({value:,} of {of:,})" if isinstance(of, int) else f"{value:,}"


def percent(value: int, of: int) -> str:
    """`0.024 %`: three digits that say something, computed; a dash where there is no whole."""
    if of == 0:
        return "–"
    share = 100 * value / of
    return f"{share:.3g} %" if 0 < share < 1 else f"{share:.1f} %".replace(".0 %", " %")


def _unknown(text: str) -> Measure | None:
    found = _UNKNOWN.match(text)
    if not found:
        return None
    why = text[found.end() :].strip()
    if not why or _BLANK.match(text):
        raise errors.bad_input("no_reason", "Say why it is unknown, or how it was estimated: unknown, because …")
    return {"unknown": why}


def _number(digits: str) -> int:
    value = int(re.sub(r"\D", "", digits))
    if value >= _MOST:
        raise errors.bad_input("too_large", "This number is too large to be right: enter it once more.")
    return value
