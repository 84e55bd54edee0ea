"""Post-mortems whose reminders fell due while nobody could send them: some hundred of four kinds, with three or four due times
each within one hour, and what people must hear of them when the bot is back: one message each, of what still holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from benchmarks import callers
from bot import config
from bot.domain import ladder
from bot.domain.booking import Booking
from bot.domain.postmortem import OwnerState, Postmortem, Roles, Times
from bot.domain.reminders import CHANNEL, Reminder
from bot.ports.store import Store, Unit
from bot.usecases import remind, rows

PATIENCE = timedelta(seconds=60)
HOUR = timedelta(hours=1)
# Four, three and one question, four, and three: of the four kinds together.
DUE_EACH = 15 / 4
# Somebody is always at work, so that what is late is not put off until the morning; three words in an hour for who has no owner.
SETTINGS = {
    "WORKING_HOURS": "00:00-23:59",
    "REMINDER_NO_OWNER_HOURS": "0.75,1,1.25",
    "DIGEST_DAY": "none",
}
_TOKENS = {"slack_bot_token": "xoxb-1", "slack_signing_secret": callers.SECRET}
POLICY = config.load(_env_file=None, **_TOKENS, **{name.lower(): value for name, value in SETTINGS.items()}).policy


@dataclass(frozen=True, slots=True)
class Missed:
    """What was due in the hour, and whom it must reach: the beginning of each message's mark, which comes once. `lines` says how
    many things a message has to tell."""

    due: int
    lines: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Case:
    """A record as it stood when nobody could send any more, and what is to be heard of it by whom."""

    record: Postmortem
    heard: dict[str, int]
    silent_at: datetime | None = None
    booked: bool = False


def fill(store: Store, number: int, now: datetime) -> Missed:
    """So many records, by turns of each kind. The bot was there until an hour ago, and told what was due by then."""
    due, lines = 0, dict[str, int]()
    with store.transaction(PATIENCE) as unit:
        unit.people.mark_synced("T1", now)
        for case in _cases(number, now):
            due += _put(unit, case, now)
            for to, times in case.heard.items():
                lines[f"nudge:{case.record.id}:{to}:"] = times
            if case.silent_at:
                lines[f"person_dm:{case.record.id}:owner_silent:{case.record.roles.ic}:"] = 1
    return Missed(due, lines)


def people(number: int) -> Iterator[str]:
    """Owners and ICs: each record has its own, since Slack takes one message a second in one place."""
    for n in range(number):
        yield from (f"UOWNER{n}", f"UIC{n}")


def channel(n: int) -> str:
    """Where the incident with this number was."""
    return f"C{n + 100}"


def _cases(number: int, now: datetime) -> Iterator[_Case]:
    kinds = (_overdue, _last_day, _without_owner, _booked_meanwhile)
    for n in range(number):
        yield kinds[n % len(kinds)](n, now)


def _overdue(n: int, now: datetime) -> _Case:
    """The deadline passed in the hour. That nothing was booked was due just before it, and is too late to be said."""
    passed = _full_hour(now)
    record = replace(
        _record(n, passed - timedelta(days=3, hours=12), now, local=0),
        owner_since=passed - timedelta(hours=4, minutes=3),
    )
    return _Case(record, {CHANNEL: 1, _owner(n): 1, _ic(n): 1})


def _last_day(n: int, now: datetime) -> _Case:
    """The afternoon of the last day came in the hour, and that nothing is booked; the owner has not said a word."""
    base = _record(n, _full_hour(now) - timedelta(days=3), now, local=15)
    since = now - timedelta(hours=4, minutes=30)
    record = replace(base, owner_since=since, owner_state=OwnerState.TOLD)
    return _Case(record, {_owner(n): 2, _ic(n): 1}, silent_at=since + timedelta(hours=4, minutes=10))


def _without_owner(n: int, now: datetime) -> _Case:
    """Opened late: three times that nobody owns it, and the last day."""
    base = _record(n, _full_hour(now) - timedelta(days=3), now, local=15)
    opened = now - timedelta(minutes=90)
    record = replace(base, created_at=opened, owner=None, owner_since=None, owner_state=OwnerState.NONE)
    return _Case(record, {_ic(n): 2})


def _booked_meanwhile(n: int, now: datetime) -> _Case:
    """As the last day; the messages were on their way when the bot ended, and the meeting was booked since."""
    return replace(_last_day(n, now), heard={}, silent_at=None, booked=True)


def _put(unit: Unit, case: _Case, now: datetime) -> int:
    """Write it, with what was told before the hour began; returns how much was due in the hour."""
    record = case.record
    unit.records.add(record)
    rungs = ladder.ladder(remind.state(unit, record, POLICY), POLICY.pace)
    began = min(now - HOUR, _full_hour(now) - timedelta(minutes=5))
    before: list[Reminder] = [each for each in rungs if each.due_at <= began]
    within = [each for each in rungs if began < each.due_at <= now]
    unit.reminders.tell(record.id, before, began)
    unit.outbox.put(remind.look(record, within[0].due_at))
    if case.silent_at:
        unit.outbox.put(rows.owner_silent(record, case.silent_at))
    if case.booked:
        remind.Remind(POLICY)(unit, record.id, within[-1].due_at)
        unit.meetings.put_booking(_late_booking(record, now))
    return len(within) + (case.silent_at is not None)


def _late_booking(record: Postmortem, now: datetime) -> Booking:
    """With a reason, and so far away that nothing else is said of it yet."""
    start, why = now + timedelta(days=5), "calendars are full"
    return Booking(record.id, start, start + HOUR / 2, str(record.owner), now - HOUR, late_reason=why)


def _record(n: int, resolved: datetime, now: datetime, *, local: int) -> Postmortem:
    """SEV-1, its owner has accepted; in a zone where the last full hour was `local` o'clock."""
    return Postmortem(
        f"pm{n}", "T1", channel(n), n + 1, resolved, _ic(n),
        business_tz=_zone(_full_hour(now), local), weekend=frozenset(), severity=1,
        times=Times(None, None, resolved), roles=Roles(ic=_ic(n)),
        owner=_owner(n), owner_state=OwnerState.ACCEPTED, owner_since=resolved,
    )  # fmt: skip


def _owner(n: int) -> str:
    return f"UOWNER{n}"


def _ic(n: int) -> str:
    return f"UIC{n}"


def _full_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _zone(at: datetime, local: int) -> str:
    """The zone of a whole number of hours where it is `local` o'clock; its name has the sign the other way round."""
    ahead = (local - at.hour) % 24
    ahead = ahead if ahead <= 14 else ahead - 24
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
