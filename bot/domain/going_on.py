"""An incident that goes on after its post-mortem was begun (PROCESS 1.2): while it lasts there is no deadline and nobody is
reminded of the meeting; its new end starts the count anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import business_time, errors, phrases
from bot.domain.open_again import OpenAgain
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

_SKEW = timedelta(minutes=2)


def begin(record: Postmortem, *, by: str, reason: str, now: datetime) -> OpenAgain:
    """What is to be stored. Raises Refused where it is open already, or nothing waits for its meeting any more."""
    at = business_time.to_utc(now, "now")
    if record.open_again is not None:
        since = phrases.moment(record.open_again.at, record.business_tz)
        raise errors.refused("open_already", f"The incident of {record.name} is open again since {since} already.")
    if record.merged is not None:
        raise errors.refused("merged", f"{record.name} is a part of {record.merged.name}: say it there.")
    if record.waiver is not None:
        text = f"{record.name} is waived: the IC takes that back first, with `/postmortem waive undo`."
        raise errors.refused("waived", text)
    if record.status in (Status.REVIEWED, Status.CLOSED):
        text = f"{record.name} is {record.status}: for what happens now open another one with `/postmortem start new`."
        raise errors.refused("meeting_over", text)
    return OpenAgain(at, by, reason.strip())


def check_end(record: Postmortem, at: datetime, *, now: datetime) -> datetime:
    """The end of the incident, in UTC, for one that is open again or whose end nobody has entered yet. Raises Refused where
    it has one, BadInput for a time that cannot be it."""
    end, moment = business_time.to_utc(at, "at"), business_time.to_utc(now, "now")
    before, started = record.times.resolved_at, record.times.started_at
    tz = record.business_tz
    if record.open_again is None and before is not None:
        text = f"It was resolved {phrases.moment(before, tz)} already: correct that in the details, with `/postmortem start`."
        raise errors.refused("resolved_already", text)
    if end > moment + _SKEW:
        raise errors.bad_input(
            "future", "That time is still to come: enter when the incident ended, or nothing for now."
        )
    # The same end as before is how a mistaken "open again" is taken back.
    if before is not None and end < before:
        text = f"It was over once before, {phrases.moment(before, tz)}: enter when it ended this time."
        raise errors.bad_input("before_first_end", text)
    if started is not None and end < started:
        raise errors.bad_input(
            "before_start", f"The incident began {phrases.moment(started, tz)}: enter a time after that."
        )
    return min(end, moment)
