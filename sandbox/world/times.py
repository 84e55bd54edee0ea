"""Points in time as people write them in a workspace file: a ts, seconds, ISO 8601, or "+90s" after the line before."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sandbox.world.messages import micros

_RELATIVE = re.compile(r"\+(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+(?:\.\d+)?)s)?")
_NO_TIME = "{!r} is no time; write +90s, +2m, +1h 5m, an ISO time or a ts"
_NUMBER = re.compile(r"\d+(\.\d+)?")


def read(given: object, before: int) -> int:
    """Microseconds since the epoch. ISO without a zone is UTC. ValueError when it cannot be read."""
    if isinstance(given, datetime):
        return int((given if given.tzinfo else given.replace(tzinfo=UTC)).timestamp() * 1_000_000)
    if isinstance(given, int | float):
        return int(given * 1_000_000)
    text = str(given).strip()
    if text.startswith("+"):
        return before + _relative(text)
    if _NUMBER.fullmatch(text):
        return micros(text)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_NO_TIME.format(text)) from None
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1_000_000)


def _relative(text: str) -> int:
    match = _RELATIVE.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError(_NO_TIME.format(text))
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return int((days * 86400 + hours * 3600 + minutes * 60 + seconds) * 1_000_000)
