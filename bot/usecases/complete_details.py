"""Completing the record from the form: title, severity, times, people, services, recording (R-01, R-62).

Each change is in the history (R-61).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import details, ownership, severity
from bot.domain.details import DetailsForm
from bot.domain.errors import BadInput, Reason, Refused
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem, SeverityChange, Times
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import deadline_rows, meeting_rows, relabel_tickets, rows, set_severity, standing


def values(record: Postmortem) -> dict[str, object]:
    """The fields that the form shows, as they are stored."""
    times, roles = record.times, record.roles
    return {
        "title": record.title,
        "severity": record.severity,
        "started_at": times.started_at,
        "detected_at": times.detected_at,
        "resolved_at": times.resolved_at,
        "ic": roles.ic,
        "ic assumed": roles.ic_assumed,
        "shadow": roles.shadow,
        "scribe": roles.scribe,
        "services": ", ".join(record.services),
        "recording": record.recording,
    }


def fingerprint(record: Postmortem) -> str:
    """What the form showed, in 16 hex digits: a form that was opened before somebody else saved is not saved over theirs."""
    shown = "\x1f".join(f"{name}={value}" for name, value in values(record).items())
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class CompleteDetails:
    """Save what was filled in."""

    policy: Policy

    def __call__(
        self, unit: Unit, team_id: str, postmortem_id: str, seen: str, form: DetailsForm, by: str, now: datetime
    ) -> Postmortem:
        """`seen` is the fingerprint of what the form showed. Raises `BadInput` with one reason a field, or `Refused`."""
        record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
        self.check_right(unit, record, by)
        problems = details.problems(form, now) | self._people(unit, record, form)
        if problems:
            reasons = tuple(Reason(field, text) for field, text in problems.items())
            raise BadInput("Some fields need another look.", reasons=reasons)
        if seen != fingerprint(record):
            text = "Somebody else saved these details while you had the form open. Close it and open it again to see theirs."
            raise BadInput(text, reasons=(Reason("title", text),))
        form = self._severity(unit, record, form, by, now)
        saved = self._apply(record, form, now)
        if values(saved) == values(record):
            return record
        unit.records.save(saved)
        self._note(unit, record, saved, by, now)
        self._consequences(unit, record, saved, by, now)
        return saved

    def check_right(self, unit: Unit, record: Postmortem, by: str) -> None:
        """Raises `Refused` for somebody who may not change the details."""
        stand_ins = standing.stand_ins(unit, record, self.policy)
        if ownership.may_edit(record, by, deputies=stand_ins) or standing.may_designate(unit, record, by, self.policy):
            return
        who = [f"<@{user}>" for user in dict.fromkeys((record.owner, record.roles.ic)) if user]
        raise Refused(f"Only the IC and the owner change these details: ask {' or '.join(who)}.")

    def _severity(self, unit: Unit, record: Postmortem, form: DetailsForm, by: str, now: datetime) -> DetailsForm:
        """Once it is set, only the IC changes it: from anybody else it is a proposal, and the rest is saved (R-62)."""
        if record.severity is None or form.severity == record.severity:
            return form
        if form.severity is None:
            text = f"It was set to SEV-{record.severity}: choose another one, it does not become unknown again."
            raise BadInput(text, reasons=(Reason("severity", text),))
        if set_severity.may_set(unit, record, by, self.policy):
            return form
        set_severity.propose(unit, record, form.severity, "", by, self.policy, now)
        return replace(form, severity=record.severity)

    @staticmethod
    def _people(unit: Unit, record: Postmortem, form: DetailsForm) -> dict[str, str]:
        """Roles are for people: apps are refused by field."""
        found = {}
        for field, user in (("ic", form.ic), ("shadow", form.shadow), ("scribe", form.scribe)):
            person = unit.people.get(record.team_id, user) if user else None
            if person and person.is_bot:
                found[field] = f"{person.name} is an app: choose a person, or leave it empty."
        return found

    @staticmethod
    def _apply(record: Postmortem, form: DetailsForm, now: datetime) -> Postmortem:
        counts_anew = (form.severity, form.resolved_at) != (record.severity, record.times.resolved_at)
        roles = replace(
            record.roles,
            ic=form.ic or record.roles.ic,
            ic_assumed=record.roles.ic_assumed and not form.ic,
            shadow=form.shadow,
            scribe=form.scribe,
        )
        return record.changed(
            title=form.title,
            severity=form.severity,
            severity_ended_at=severity.ended_at(record, form.severity, now),
            open_again=None if _ends(record, form) else record.open_again,
            holidays=None if counts_anew else record.holidays,
            times=Times(form.started_at, form.detected_at, form.resolved_at),
            roles=roles,
            services=form.services,
            recording=form.recording,
        )

    @staticmethod
    def _note(unit: Unit, before: Postmortem, after: Postmortem, by: str, now: datetime) -> None:
        old, new = values(before), values(after)
        for name in new:
            if old[name] != new[name]:
                unit.ledger.note(Audit(after.id, now, by, name, _text(old[name]), _text(new[name]), "form"))
        if after.severity is not None and after.severity != before.severity:
            unit.ledger.note(SeverityChange(after.id, now, after.severity, by))

    def _consequences(self, unit: Unit, before: Postmortem, after: Postmortem, by: str, now: datetime) -> None:
        unit.outbox.put(rows.card(after, now), rows.document(after, now))
        if after.owner and unit.people.get(after.team_id, after.owner):
            # Who is not known yet is told when Slack has said who that is, and then as things stand.
            unit.outbox.put(rows.owner_dm(after, now))
        if before.severity not in (None, after.severity):
            meeting_rows.follow(unit, after, now)
            set_severity.tell(unit, before, after, self.policy, by, "", now)
        if before.open_again is not None and after.open_again is None:
            deadline_rows.runs_again(unit, before, after, self.policy, by, now)
            meeting_rows.follow(unit, after, now)
        elif before.severity == after.severity:
            deadline_rows.corrected(unit, before, after, self.policy, by, now)
        if before.times != after.times:
            read_anew(unit, after, now)
        relabel_tickets.offer(unit, before, after, self.policy, by, now)
        ic = after.roles.ic
        if ic and ic != by and ic != before.roles.ic and after.owner:
            once = f"{after.owner}:{ic}"
            unit.outbox.put(rows.person_dm(after, ic, Topic.IC_NAMED, once, now, owner=after.owner, by=by))


def read_anew(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Other times, another window: what is stored is analysed again; a running reading does so by itself at its end."""
    state: HarvestState | None = unit.harvests.state(record.id, lock=True)
    if state and state.phase is Phase.DONE:
        unit.harvests.put_state(replace(state, phase=Phase.ANALYSE, requested_at=now, heard_at=None))
        unit.outbox.put(rows.harvest(record, now))


def _ends(record: Postmortem, form: DetailsForm) -> bool:
    """Whether the form has the new end of an incident that is open again; an earlier one corrects the first end."""
    again, end = record.open_again, form.resolved_at
    return again is not None and end is not None and end > again.at


def _text(value: object) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else None if value is None else str(value)
