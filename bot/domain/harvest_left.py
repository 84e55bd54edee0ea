"""How long a reading will still take, as far as that can be known, in words so coarse that they do not jump.

Of threads it is known how many are left. How many messages a channel has Slack tells nobody; but the pages come the newest first, so
the dates tell what part of the time is read, and a range is the most that can be said.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from bot.domain import harvest_pace
from bot.domain.harvest_state import HarvestCounts, HarvestState, Phase

UNKNOWN = "how long it will still take cannot be told yet"
# With less of the time read, its messages say too little about the others: people write in bursts.
_LITTLE = 0.1
_BURSTS = 2
_MANY_CALLS = 50
_MINUTE, _HOUR, _DAY = 1, 60, 24 * 60
_STEPS = (1, 2, 3, 4, 5, 10, 15, 20, 30, 45, 60, 90, *(hours * _HOUR for hours in (2, 3, 4, 5, 6, 8, 12)), _DAY)


def left(state: HarvestState, counts: HarvestCounts | None, now: datetime) -> str:
    """`about 10 minutes more`, `roughly 5 to 20 minutes more`, that it cannot be told; "" where there is nothing to say."""
    if counts is None or state.phase not in (Phase.HISTORY, Phase.THREADS):
        return ""
    if state.phase is Phase.THREADS and not counts.threads_pending:
        return ""
    each, calls = harvest_pace.pace(state, now), _calls(state, counts)
    if each is None:
        return ""
    if calls is None:
        return UNKNOWN
    return _said(state, calls, each, harvest_pace.owed(state, each, now))


def _said(state: HarvestState, calls: float, each: timedelta, owed: timedelta) -> str:
    if state.phase is Phase.THREADS:
        time = f"{about(owed + _after_the_next(calls, each))} more"
    else:
        least, most = (owed + _after_the_next(number, each) for number in (calls / _BURSTS, calls * _BURSTS))
        time = f"{between(least, most)} more, to judge by the dates"
    why = harvest_pace.allowance(state, each) if calls > _MANY_CALLS or each >= harvest_pace.ONE_A_MINUTE[0] else ""
    return ", ".join(part for part in (time, why) if part)


def _after_the_next(calls: float, each: timedelta) -> timedelta:
    return max(calls - 1, 0) * each


def _calls(state: HarvestState, counts: HarvestCounts) -> float | None:
    """How many calls are left: a thread is one; pages and their threads by the part of the time that is read."""
    if state.phase is Phase.THREADS:
        return counts.threads_pending
    part = _part(state)
    if part is None or part < _LITTLE:
        return None
    return (state.pages * (1 - part) + counts.threads_pending) / part


def _part(state: HarvestState) -> float | None:
    """What part of the time this reading has behind it; None where nobody knows when the channel began."""
    begin, end = float(state.oldest), float(state.newest)
    if state.reached is None or not begin < end:
        return None
    return min((end - float(state.reached)) / (end - begin), 1.0) if begin > 0 else None


def about(time: timedelta) -> str:
    """`less than a minute`, `about 3 minutes`, `about an hour`, `about 5 days`."""
    step = _step(time)
    return f"about {_words(step)}" if step else "less than a minute"


def between(least: timedelta, most: timedelta) -> str:
    """`roughly 5 to 20 minutes`, `roughly 45 minutes to 3 hours`, and `less than a minute` where both are."""
    low, high = _step(least), _step(most)
    if low == high:
        return about(most)
    if not low:
        return f"at most {about(most)}"
    short, long = _words(low), _words(high)
    one_unit = short.split(" ")[-1] == long.split(" ")[-1]
    return f"roughly {short.rpartition(' ')[0] if one_unit else short} to {long}"


def _step(time: timedelta) -> int:
    """The nearest of a few lengths, in minutes; 0 is less than one."""
    minutes = time / timedelta(minutes=1)
    if minutes < 1:
        return 0
    if minutes > _DAY * 1.5:
        return round(minutes / _DAY) * _DAY
    return min(_STEPS, key=lambda step: abs(math.log(step / minutes)))


def _words(step: int) -> str:
    single = {_MINUTE: "a minute", _HOUR: "an hour", 90: "an hour and a half", _DAY: "a day"}
    if step in single:
        return single[step]
    for unit, name in ((_DAY, "days"), (_HOUR, "hours")):
        if step > unit and step % unit == 0:
            return f"{step // unit} {name}"
    return f"{step} minutes"
