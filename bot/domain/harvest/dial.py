"""Times of day of which a part is left to the reader: an hour alone ("around 9ish", "just before 3 my time"), and the first of two
times, whose half of the day and zone stand beside the second ("between 8:45 and 8:55 pm my time")."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.harvest.clock import Clock
from bot.domain.harvest.late import late

WORDING = (
    r"(?P<dial>(?=-?ish\b|\s(?:my|our) time\b)|(?:(?<=between \d)|(?<=from \d)|(?<=between \d\d)|(?<=from \d\d))"
    r"(?=(?: and | to |-)\d{1,2}(?:ish)?\s?(?:[ap]m|local|my time|our time)\b))"
)
UP_TO = late(r"\s?(?:-|–|—|→|to|and|till|until)\s?~?", re.I)
_LATE = late(r"\b(?:evening|night|tonight)\b", re.I)
_EVENING = 5, 12  # the hours that are meant then
_ABOUT_THEN = late(r"\b(?:at|since|around|about|from|by) ~?$", re.I)
_STANDS = late(
    r"\s*(?:$|[.,;:!?)–—]|(?:and|when|then|we|i|it|they|the|this|yesterday|today|last|tonight|that)\b)", re.I
)


def is_time(before: str, after: str) -> bool:
    """Whether a number between these words is a time of day, and not how many there are of something."""
    return bool(UP_TO.match(after) or (_ABOUT_THEN.search(before) and _STANDS.match(after)))


def is_late(hour: int, day: str) -> bool:
    """Whether an hour alone is of the second half of the day by the words of the day beside it: "9ish last night"."""
    return _EVENING[0] <= hour < _EVENING[1] and bool(_LATE.search(day))


def of_either_half(meant: Clock) -> Clock:
    """An hour that can be of either half of the day."""
    return replace(meant, hour=meant.hour % 12, halved=True, twice=True) if 1 <= meant.hour <= 12 else meant


def up_to(start: Clock, end: Clock) -> Clock:
    """The first of two times, with what stands beside the second."""
    if end.halved and not (start.halved or end.twice):
        later = replace(start, hour=start.hour + 12) if start.hour < 12 else start
        start = replace(later if (later.hour, later.minute) <= (end.hour, end.minute) else start, halved=True)
    return replace(start, zone=end.zone, twice=start.twice or end.twice)
