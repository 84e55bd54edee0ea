"""The outgoing rows around the meeting: one place that says what falls due because of a booking, so that moving, cancelling
and closing plan anew by calling it. Every row looks at the record again when its time has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import agenda, business_time, leading, meeting
from bot.domain.booking import Booking
from bot.domain.outgoing import Json, Kind, Outgoing, Row
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import rows, standing

SUMMARY_BEFORE = timedelta(hours=2)
# The shared calendar is read so long before the review and before the agenda.
LOOK_BEFORE, LOOKS = timedelta(minutes=10), ("review", "agenda")
IC, OWNER = "ic", "owner"
# Where the review is posted: in the incident's channel, and in the channel that the settings name for it.
INCIDENT, REVIEW = "incident", "review"
PLACES = (INCIDENT, REVIEW)


def plan(unit: Unit, record: Postmortem, booking: Booking, policy: Policy, now: datetime) -> None:
    """Write what falls due because of this booking. Writing it twice changes nothing."""
    if not booking.stands:
        return
    unit.outbox.put(_row(record, Kind.HELD_CARD, max(now, booking.end), booking))
    if policy.shared_calendar and now < booking.end:
        # Who comes is known when people prepare for it, and what they find in the calendar is up to date.
        looks = (review_at(record, booking, policy) - LOOK_BEFORE, booking.start - agenda.NOTICE - LOOK_BEFORE)
        once = (_look_once(booking.sequence, occasion) for occasion in LOOKS)
        unit.outbox.put(
            *(rows.calendar_look(record, each, at) for each, at in zip(once, looks, strict=True) if at > now)
        )
    if now < booking.end and unposted(unit, record, policy):
        unit.outbox.put(_row(record, Kind.REVIEW_DUE, review_at(record, booking, policy), booking))
    if now < booking.end:
        unit.outbox.put(_row(record, Kind.AGENDA, max(now, booking.start - agenda.NOTICE), booking))
    if now < booking.start:
        unit.outbox.put(_row(record, Kind.NOTES_DUE, max(now, _notes_at(unit, record, booking, policy)), booking))


def _notes_at(unit: Unit, record: Postmortem, booking: Booking, policy: Policy) -> datetime:
    """Two hours before the meeting, or when the owner comes to work before it; else in their last working hour before that."""
    wanted, owner = booking.start - SUMMARY_BEFORE, record.owner or record.roles.ic or record.created_by
    days = standing.calendar_of(unit, record, owner, policy)
    at = business_time.next_working_moment(days, wanted)
    return at if at < booking.start else business_time.last_working_moment_before(days, wanted)


def unplan(unit: Unit, record: Postmortem, booking: Booking | None) -> None:
    """Nothing falls due because of this booking any more."""
    if booking is not None:
        silent = [silent_key(record, booking.sequence, whom) for whom in (IC, OWNER)]
        kinds = (Kind.HELD_CARD, Kind.REVIEW_DUE, Kind.NOTES_DUE, Kind.AGENDA)
        looks = [f"{Kind.CALENDAR_EVENT}:{record.id}:{_look_once(booking.sequence, each)}" for each in LOOKS]
        unit.outbox.cancel(record.id, [*(_key(record, kind, booking.sequence) for kind in kinds), *silent, *looks])


def follow(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Draw anew what people were shown of the meeting and the review. What was not posted stays unposted."""
    redraw_review(unit, record, now)
    if unit.meetings.booking(record.id) is not None:
        calendars(unit, record, now)
    redraw_held(unit, record, now)
    since = record.owner_since.isoformat() if record.owner_since else ""
    if record.owner and unit.posts.get(record.id, f"{Kind.OWNER_DM}:{record.owner}:{since}"):
        unit.outbox.put(rows.owner_dm(record, now))


def calendars(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Who has the meeting in a calendar has it as it is. What is kept on the shared one follows the card; what was given up there is tried
    once more."""
    unit.outbox.put(rows.calendar(record, now))
    if off_calendar(unit, record):
        unit.outbox.put(rows.calendar_event(record, now))


def off_calendar(unit: Unit, record: Postmortem) -> bool:
    """Whether the event on the shared calendar could not be kept."""
    return _given_up(unit, record, rows.calendar_event(record, record.created_at).key)


def off_files(unit: Unit, record: Postmortem) -> bool:
    """Whether the invitation could not be uploaded."""
    return _given_up(unit, record, rows.calendar(record, record.created_at).key)


def _given_up(unit: Unit, record: Postmortem, key: str) -> bool:
    return any(row.key == key for row in unit.outbox.dead(record.id))


def redraw_review(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Draw the posted review anew, in each place where it stands."""
    for place in PLACES:
        if unit.posts.get(record.id, review_name(place)):
            unit.outbox.put(review_post(record, place, now))


def redraw_held(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Draw the question whether the meeting was held anew, and that of the meeting before it, where they stand."""
    booking = unit.meetings.booking(record.id)
    for sequence in range(max(0, booking.sequence - 1), booking.sequence + 1) if booking else ():
        if unit.posts.get(record.id, held_name(sequence)):
            unit.outbox.put(held_card(record, sequence, now))


def unposted(unit: Unit, record: Postmortem, policy: Policy) -> bool:
    """Whether the review is still to be posted somewhere."""
    return any(unit.posts.get(record.id, review_name(place)) is None for place in places(unit, record, policy))


def post_review(unit: Unit, record: Postmortem, policy: Policy, now: datetime) -> None:
    """Ask for the review now, wherever it is asked for (R-40)."""
    unit.outbox.put(*(review_post(record, place, now) for place in places(unit, record, policy)))


def review_waits(unit: Unit, record: Postmortem, policy: Policy, now: datetime) -> None:
    """There is a link now: a review that was due and had none is posted (R-29)."""
    booking = unit.meetings.booking(record.id)
    if booking is None or not booking.stands or not unposted(unit, record, policy):
        return
    if review_at(record, booking, policy) <= now < booking.end:
        post_review(unit, record, policy, now)


def review_at(record: Postmortem, booking: Booking, policy: Policy) -> datetime:
    """When the review of this meeting is to be posted (R-40): at its booking at the earliest."""
    return meeting.review_instant(booking.start, standing.calendar(record, policy), now=booking.booked_at).at


def places(unit: Unit, record: Postmortem, policy: Policy) -> tuple[str, ...]:
    """Where the review is posted: not in a channel that is closed (R-02). A restricted one stays where its people are (R-63),
    and so does one of a private channel: the post would tell others of it. In doubt nothing leaves the channel."""
    here = () if unit.rooms.closed(record.team_id, record.channel_id) else (INCIDENT,)
    if policy.review_channel in (None, record.channel_id) or record.restricted:
        return here
    channel = unit.channels.get(record.team_id, record.channel_id)
    return here if channel is None or channel.private else (*here, REVIEW)


def review_post(record: Postmortem, place: str, now: datetime) -> Outgoing:
    """Post the review, or draw it anew."""
    key = f"{Kind.REVIEW_POST}:{record.id}:{place}"
    return Outgoing(Kind.REVIEW_POST, key, record.team_id, now, record.id, {"place": place}, again=True)


def held_card(record: Postmortem, sequence: int, now: datetime) -> Outgoing:
    """Draw the question whether it was held anew."""
    return _of(record, Kind.HELD_CARD, sequence, now)


def held_silent(record: Postmortem, sequence: int, whom: str, due: datetime) -> Outgoing:
    """Look at that time whether somebody has said what came of the meeting (R-19)."""
    values: dict[str, Json] = {"sequence": sequence, "whom": whom}
    key = silent_key(record, sequence, whom)
    return Outgoing(Kind.HELD_SILENT, key, record.team_id, due, record.id, values)


def silent_key(record: Postmortem, sequence: int, whom: str) -> str:
    """One reminder a person and meeting."""
    return f"{Kind.HELD_SILENT}:{record.id}:{sequence}:{whom}"


def review_name(place: str) -> str:
    """Under which name the posted review is remembered."""
    return f"review:{place}"


def held_name(sequence: int) -> str:
    """The same for the question whether it was held."""
    return f"held:{sequence}"


def _look_once(sequence: int, occasion: str) -> str:
    return f"look:{sequence}:{occasion}"


def _row(record: Postmortem, kind: Kind, due: datetime, booking: Booking) -> Outgoing:
    return _of(record, kind, booking.sequence, due)


def _of(record: Postmortem, kind: Kind, sequence: int, due: datetime) -> Outgoing:
    values: dict[str, Json] = {"sequence": sequence}
    return Outgoing(kind, _key(record, kind, sequence), record.team_id, due, record.id, values, again=True)


def _key(record: Postmortem, kind: Kind, sequence: int) -> str:
    """A meeting that was moved has rows of its own."""
    return f"{kind}:{record.id}:{sequence}"


def still(unit: Unit, row: Row) -> tuple[Postmortem, Booking] | None:
    """The record and the meeting that the row is about, while both are still as they were when it was written."""
    record = unit.records.get(row.postmortem_id or "", lock=True)
    booking = unit.meetings.booking(record.id) if record else None
    if record is None or booking is None or not leading.meeting_matters(record):
        return None
    return (record, booking) if booking.stands and str(booking.sequence) == str(row.payload["sequence"]) else None
