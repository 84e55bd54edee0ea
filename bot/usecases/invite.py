"""Who is invited to the meeting (R-14, R-15): the list as it follows from everything that is known, and what people change
about it by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import answers, colleagues, errors, invitees, leading, services
from bot.domain.calendar_event import KeptEvent, Reply
from bot.domain.errors import BadInput, Reason, Stale
from bot.domain.harvest.person import Person
from bot.domain.invitees import Change, Guests, Known
from bot.domain.invitees import Wish as Decided
from bot.domain.kept_mail import Purpose
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.store import Unit
from bot.usecases import actors, meeting_rows, rows, standing

CHANGED = "Somebody else changed who is invited while you had the form open. Close it and open it again to see theirs."


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks for. `liaison` is None where the form did not ask for it."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reason: str = ""
    shadow: str | None = None
    liaison: str | None = None
    asked_liaison: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows: the list, what was decided by hand, a stamp of both, and what is known of who comes, as it was read in the
    shared calendar at `read_at`."""

    record: Postmortem
    guests: Guests
    changes: tuple[Change, ...]
    unlisted: tuple[str, ...]
    stamp: str
    replies: Mapping[str, Reply] = field(default_factory=dict)
    read_at: datetime | None = None

    def of(self, wish: Decided) -> tuple[str, ...]:
        """Those about whom that was decided."""
        return tuple(change.user_id for change in self.changes if change.wish is wish)


def sheet(unit: Unit, record: Postmortem) -> Sheet:
    """Who is invited as things stand."""
    directory = unit.services.some(record.team_id, {services.key(name) for name in record.services} - {""})
    booking, changes = unit.meetings.booking(record.id), tuple(unit.invitations.changes(record.id))
    known = Known(
        record,
        unit.contents.load(record.id),
        unit.proposals.people(record.id),
        services.match(record.services, directory),
        changes,
        tuple(unit.items.actions(record.id)),
        booking.facilitator if booking else None,
    )
    people, listed = unit.people.some(record.team_id, invitees.concerned(known)), unit.people.synced_at(record.team_id)
    guests = invitees.invited(known, people, list_known=listed is not None)
    kept = unit.calendar.get(record.id)
    kept = kept if kept and kept.known and not record.restricted else None
    return Sheet(
        record,
        guests,
        changes,
        invitees.by_service(known),
        _stamp(record, changes),
        _replies(unit, record, guests, people, kept),
        kept.read_at if kept else None,
    )


def _replies(
    unit: Unit, record: Postmortem, guests: Guests, people: Mapping[str, Person], kept: KeptEvent | None
) -> Mapping[str, Reply]:
    mails = [mail for mail in unit.mails.of_record(record.id, Purpose.INVITATION) if mail.may_have_arrived]
    told = unit.calendar.scheduling(record.team_id) if kept else None
    by_server = told is not None and told.by_server
    return answers.known(guests.ids(), people, kept, mails, by_server=by_server)


@dataclass(frozen=True, slots=True)
class Invite:
    """Add people, leave some out, name the shadow and the customer liaison."""

    policy: Policy

    def may_change(self, unit: Unit, record: Postmortem, by: str) -> bool:
        """Whether the page is a form for this person."""
        open_ = not record.set_aside and record.status in leading.MEETING_STATES
        return open_ and leading.leads(actors.actor(unit, record, by, self.policy))

    def __call__(
        self, unit: Unit, team_id: str, record_id: str, wish: Wish, seen: str, by: str, now: datetime
    ) -> Sheet:  # fmt: skip
        """`seen` is the stamp of what the form showed. Raises `BadInput` by field, `Refused`, or `Stale`."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        leading.only_leads(actors.actor(unit, record, by, self.policy), record, "decide who is invited")
        leading.meeting_may_change(record)
        before = sheet(unit, record)
        if before.stamp != seen:
            raise Stale(CHANGED)
        self._check(unit, before, wish)
        changes = _decided(before, wish, by, now)
        unit.invitations.replace(record.id, changes)
        self._note(unit, before, changes, wish, by, now)
        saved = self._shadow(unit, record, wish, by, now)
        unit.outbox.put(rows.card(saved, now))
        meeting_rows.calendars(unit, saved, now)
        return sheet(unit, saved)

    @staticmethod
    def _check(unit: Unit, before: Sheet, wish: Wish) -> None:
        """Only colleagues are invited, nobody both ways, and nobody who always comes is left out without a reason."""
        fields = {"added": wish.added, "shadow": (wish.shadow,), "liaison": (wish.liaison,)}
        known = unit.people.some(before.record.team_id, colleagues.users(fields))
        reasons = list(colleagues.unfit(fields, known))
        both = set(wish.added) & set(wish.removed)
        if both:
            reasons.append(Reason("removed", "Somebody is in both lists: take them out of one."))
        if reasons:
            raise BadInput("Some fields need another look.", reasons=tuple(reasons))
        stood = before.of(Decided.REMOVED)
        invitees.check_removed(before.guests, wish.removed, stood, wish.reason, "reason")
        if len(wish.reason) > invitees.WHY_MOST:
            raise errors.bad_input("reason", f"That is long: {invitees.WHY_MOST} characters are enough.")

    @staticmethod
    def _note(
        unit: Unit, before: Sheet, changes: Sequence[Change], wish: Wish, by: str, now: datetime
    ) -> None:  # fmt: skip
        old, new = _told(before.changes), _told(changes)
        if old != new:
            via = f"form: {wish.reason.strip()}" if wish.reason.strip() else "form"
            unit.ledger.note(Audit(before.record.id, now, by, "invited by hand", old, new, via))

    @staticmethod
    def _shadow(unit: Unit, record: Postmortem, wish: Wish, by: str, now: datetime) -> Postmortem:
        old = record.roles.shadow
        if wish.shadow == old:
            return record
        saved = record.changed(roles=replace(record.roles, shadow=wish.shadow))
        unit.records.save(saved)
        unit.ledger.note(Audit(record.id, now, by, "shadow", old, wish.shadow, "form"))
        unit.outbox.put(rows.document(saved, now))
        return saved


def _decided(before: Sheet, wish: Wish, by: str, now: datetime) -> list[Change]:
    """What stands by hand now; whoever stood there before keeps who decided it and why."""
    stood = {(change.user_id, change.wish): change for change in before.changes}
    wanted = [(user, Decided.ADDED, "") for user in wish.added]
    wanted += [(user, Decided.REMOVED, wish.reason.strip()) for user in wish.removed]
    named = before.guests.liaison
    if not wish.asked_liaison:
        wanted += [(user, Decided.LIAISON, "") for user in before.of(Decided.LIAISON)]
    elif wish.liaison and wish.liaison != named:
        wanted.append((wish.liaison, Decided.LIAISON, ""))
    elif wish.liaison:
        wanted += [(user, Decided.LIAISON, "") for user in before.of(Decided.LIAISON)]
    elif named and named not in before.of(Decided.LIAISON):
        # The channel names one, and there was none: left out, so that it does not come back.
        wanted.append((named, Decided.REMOVED, wish.reason.strip()))
    decided = {user: (what, why) for user, what, why in wanted}
    return [
        stood.get((user, what)) or Change(before.record.id, user, what, by, now, why)
        for user, (what, why) in decided.items()
    ]


def _told(changes: Sequence[Change]) -> str | None:
    return ", ".join(f"{change.wish} {change.user_id}" for change in changes) or None


def _stamp(record: Postmortem, changes: Sequence[Change]) -> str:
    shown = f"{record.roles.shadow} {invitees.liaison_wanted(record)} {[(each.user_id, each.wish) for each in changes]}"
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:16]
