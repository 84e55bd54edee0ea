"""How fast a reading goes: measured on the calls that Slack answered, never believed faster than Slack allows in the long run."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.harvest_state import HarvestState

# Slack answers some calls at once and then asks to wait: in the long run it is fifty a minute, or one for some apps.
ALLOWED = timedelta(seconds=1.2)
ONE_A_MINUTE = (timedelta(seconds=45), timedelta(seconds=90))
MINUTE = timedelta(minutes=1)
# So long after the last call, and after what Slack asked us to wait, nobody was reading: the bot was away.
AWAY = timedelta(minutes=10)
# Before so many calls nothing is known, unless Slack asks to wait.
_ENOUGH = 2


def called(state: HarvestState, asked: datetime, answered: datetime, *, whole: bool = True) -> HarvestState:
    """One more call was answered; one that is not the last of its thread only takes time. Where nobody was reading for a while, it
    is measured anew."""
    last = max((each for each in (state.called_at, state.waiting_until) if each), default=None)
    if state.calls_from is None or last is None or asked - last > AWAY:
        return replace(state, calls=int(whole), calls_from=asked, called_at=answered)
    return replace(state, calls=state.calls + whole, called_at=answered)


def anew(state: HarvestState) -> HarvestState:
    """Other calls come now, with a limit of their own: nothing is known of how fast they go."""
    return replace(state, calls=0, calls_from=None, called_at=None)


def wait(state: HarvestState, now: datetime) -> timedelta:
    """What is left of the time that Slack asked us to wait."""
    return max((state.waiting_until or now) - now, timedelta())


def pace(state: HarvestState, now: datetime) -> timedelta | None:
    """How long a call takes, waiting included; None while that is not known. A wait that goes on counts to its end."""
    waiting = wait(state, now)
    if state.calls_from is None or state.called_at is None or not (state.calls >= _ENOUGH or (state.calls and waiting)):
        return None
    # What comes between two calls: the first of them comes at once, and after the wait the next one does.
    each = (
        (now + waiting - state.calls_from) / state.calls
        if waiting
        else _between(state.calls_from, state.called_at, state)
    )
    return max(each, ALLOWED)


def _between(begun: datetime, last: datetime, state: HarvestState) -> timedelta:
    return (last - begun) / (state.calls - 1)


def owed(state: HarvestState, each: timedelta, now: datetime) -> timedelta:
    """How long it takes until the next call counts: Slack answers some at once, and what it asks to wait then is theirs."""
    begun = state.calls_from or now
    at_once = begun + state.calls * each - now
    return max(wait(state, now), min(at_once, max(each, MINUTE)), timedelta())


def allowance(state: HarvestState, each: timedelta) -> str:
    """What Slack allows, where it is that which takes the time, in words."""
    if ONE_A_MINUTE[0] <= each <= ONE_A_MINUTE[1] and state.calls >= _ENOUGH:
        return "at one call a minute, as Slack allows"
    return "at 50 calls a minute, as Slack allows" if each <= ALLOWED * 1.25 else ""
