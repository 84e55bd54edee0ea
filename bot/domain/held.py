"""R-19: what came of the meeting. Three answers, each given once for a meeting: a second answer is told who was first, and
an answer about a meeting that was moved meanwhile is told that, since it speaks of another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import business_time, errors, meeting, phrases
from bot.domain.actors import Actor, Role
from bot.domain.booking import Booking, Outcome
from bot.domain.errors import Stale
from bot.domain.postmortem import Postmortem

CONFIRMS = (Role.OWNER, Role.IC)
MAX_CHANGES = 3000
SAID = {
    Outcome.AGREED: "held, and the content was agreed on",
    Outcome.CHANGES: "held, and that changes are needed",
    Outcome.NOT_HELD: "not held",
}


def open_question(booking: Booking | None, record: Postmortem, now: datetime) -> bool:
    """Whether somebody still has to say what came of the meeting: it is over, and nobody said, or it was sent back since."""
    if booking is None or booking.cancelled or now < booking.end:
        return False
    return booking.outcome is Outcome.NONE or outdated(booking, record)


def outdated(booking: Booking, record: Postmortem) -> bool:
    """Whether the agreement is one from before the post-mortem was sent back (T7, T8)."""
    confirmed, back = booking.confirmed_at, record.sent_back_at
    return confirmed is not None and back is not None and confirmed < back


def agree(booking: Booking, record: Postmortem, sequence: int, *, actor: Actor, now: datetime) -> Booking:
    """Held, content agreed. Raises Refused for anybody but IC and owner and before the end, Stale as described above."""
    _ready(booking, record, sequence, actor, now)
    return _confirmed(booking.answered(Outcome.AGREED, by=actor.user_id, now=now, in_writing=False), actor, now)


def agree_in_writing(booking: Booking, record: Postmortem, sequence: int, *, actor: Actor, now: datetime) -> Booking:
    """The changes that the meeting asked for were made, or the text that was sent back is right now, and everybody agreed
    without meeting again."""
    _only_confirms(actor, record)
    _same(booking, sequence)
    back = outdated(booking, record)
    if booking.outcome is not Outcome.CHANGES and not back:
        raise _answered(booking)
    said = booking.answered(Outcome.AGREED, by=actor.user_id, now=now, in_writing=True)
    # Changes of an earlier round are not those that were agreed on now.
    return _confirmed(replace(said, outcome_note="") if back else said, actor, now)


def ask_for_changes(
    booking: Booking, record: Postmortem, sequence: int, changes: str, *, actor: Actor, now: datetime
) -> Booking:
    """Held, changes needed. Raises BadInput without the list of changes."""
    _ready(booking, record, sequence, actor, now, confirms=False)
    if not changes.strip():
        raise errors.bad_input("changes_missing", "Say what is to be changed, one thing a line.")
    return _unconfirmed(booking.answered(Outcome.CHANGES, by=actor.user_id, now=now, outcome_note=changes.strip()))


def not_held(booking: Booking, record: Postmortem, sequence: int, *, actor: Actor, now: datetime) -> Booking:
    """It did not take place: another one is to be booked."""
    _ready(booking, record, sequence, actor, now, confirms=False)
    return _unconfirmed(booking.answered(Outcome.NOT_HELD, by=actor.user_id, now=now))


def really_held(
    booking: Booking, record: Postmortem, sequence: int, start: datetime, length: timedelta, *, actor: Actor, now: datetime
) -> Booking:  # fmt: skip
    """The meeting took place at another time than booked, or although it was cancelled: the real time counts (R-19). Raises
    BadInput for a time that is not over, or before the end of the incident."""
    _unmoved(booking, sequence)
    meeting.check_duration(length)
    begins = business_time.to_utc(start, "start")
    if begins + length > now:
        text = "That time is not over yet: enter when it began and how long it took, once it is over."
        raise errors.bad_input("meeting_not_over", text)
    ended = record.times.resolved_at
    if ended is not None and begins < ended:
        text = f"The incident ended {phrases.moment(ended, record.business_tz)}: enter a time after that."
        raise errors.bad_input("meeting_before_end", text)
    return booking.moved(begins, begins + length, by=actor.user_id, now=now)


def _ready(
    booking: Booking, record: Postmortem, sequence: int, actor: Actor, now: datetime, *, confirms: bool = True
) -> None:
    if confirms:
        _only_confirms(actor, record)
    _same(booking, sequence)
    if now < booking.end:
        end = phrases.moment(booking.end, record.business_tz)
        text = f"The meeting ends {end}. If it was held earlier, type `/postmortem meeting` and enter the real time."
        raise errors.refused("meeting_not_over", text)
    if booking.outcome is not Outcome.NONE and not outdated(booking, record):
        raise _answered(booking)


def _same(booking: Booking, sequence: int) -> None:
    if booking.cancelled:
        raise Stale("That meeting was cancelled: book a new one with `/postmortem meeting`.")
    _unmoved(booking, sequence)


def _unmoved(booking: Booking, sequence: int) -> None:
    if booking.sequence != sequence:
        raise Stale("That meeting was moved meanwhile, so this question is about an older one. Nothing was changed.")


def _answered(booking: Booking) -> Stale:
    if booking.outcome is Outcome.NONE:
        return Stale("Nobody has said yet that changes are needed. Nothing was changed.")
    who = f"<@{booking.outcome_by}>" if booking.outcome_by else "Somebody"
    return Stale(f"{who} said already that it was {SAID[booking.outcome]}. Nothing was changed.")


def _only_confirms(actor: Actor, record: Postmortem) -> None:
    if actor.any_of(*CONFIRMS):
        return
    people = " or ".join(dict.fromkeys(f"<@{user}>" for user in (record.owner, record.roles.ic) if user))
    text = f"Only the IC and the owner confirm that the content was agreed on: ask {people or 'one of them'}."
    raise errors.refused("wrong_role", text)


def _confirmed(booking: Booking, actor: Actor, now: datetime) -> Booking:
    return replace(booking, confirmed_by=actor.user_id, confirmed_at=now, confirmed_as=actor.roles)


def _unconfirmed(booking: Booking) -> Booking:
    return replace(booking, confirmed_by=None, confirmed_at=None, confirmed_as=frozenset(), in_writing=False)
