"""Saving one section of the post-mortem (R-24, R-27, R-62): as it was typed, never over what somebody else saved
meanwhile, and with the history of every field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import section_forms, section_suggestions, section_values, severity_time, writing
from bot.domain.actors import Actor
from bot.domain.content import Content, Entry, Section
from bot.domain.errors import BadInput, Reason
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import instant
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.said_there import Said
from bot.domain.section_forms import PEOPLE, Form
from bot.domain.section_suggestions import Suggested
from bot.domain.section_values import Filled, Typed
from bot.domain.severity_time import Stretch
from bot.ports.store import Unit
from bot.usecases import actors, rows, standing


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section as its form shows it: the typed values, a stamp that tells one saving from the next, and where computed
    numbers come from. `by` and `at` say who saved it last. `hints` say where suggestions come from, by field; `said` is what the
    channel tells about a field."""

    form: Form
    shown: Mapping[str, str | bool]
    stamp: str
    parts: tuple[Stretch, ...] = ()
    by: str | None = None
    at: datetime | None = None
    hints: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


class Overtaken(Exception):
    """Somebody else saved this section while the form was open; nothing was saved. `theirs` is what stands now."""

    def __init__(self, theirs: Sheet) -> None:
        super().__init__(theirs.form.section.value)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class SaveSection:
    """Shows a section to somebody who writes, and saves it."""

    policy: Policy

    def sheet(self, unit: Unit, record: Postmortem, section: Section, by: str) -> Sheet:
        """What the form shows. Raises Refused for somebody who does not write, and for a text that was agreed on."""
        writing.check_text(record, actors.actor(unit, record, by, self.policy))
        return self._sheet(unit, record, section, unit.contents.load(record.id))

    def __call__(
        self, unit: Unit, team_id: str, postmortem_id: str, section: Section, seen: str, typed: Typed, by: str, now: datetime
    ) -> Postmortem:  # fmt: skip
        """`seen` is the stamp of the sheet that the form showed. Raises BadInput by field, Refused, or Overtaken."""
        record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
        actor = actors.actor(unit, record, by, self.policy)
        writing.check_text(record, actor)
        before = self._sheet(unit, record, section, unit.contents.load(record.id))
        filled = _uncomputed(section_values.read(before.form, typed), before.parts)
        self._check_people(unit, record, filled, actor)
        if seen != before.stamp and section_values.changes(before.form, before.shown, typed):
            raise Overtaken(before)
        return self._save(unit, record, before, filled, by, now)

    def _sheet(self, unit: Unit, record: Postmortem, section: Section, content: Content) -> Sheet:
        form = section_forms.forms(self.policy.impact_dimensions)[section]
        entry = content.entry(section)
        parts = stretches(unit, record) if section is Section.IMPACT else ()
        minutes = {f"time_in_sev{each}": str(severity_time.minutes(parts, each)) for each in (1, 2)} if parts else {}
        suggested = self._suggested(unit, record, section, content)
        shown = section_values.typed(form, record, content, minutes) | dict(suggested.values)
        return Sheet(
            form, shown, _stamp(entry.version, form, record), parts, entry.by, entry.at, suggested.hints, suggested.said
        )

    @staticmethod
    def _suggested(unit: Unit, record: Postmortem, section: Section, content: Content) -> Suggested:
        if section not in (Section.RESPONDERS, Section.RECORDING, Section.IMPACT):
            return Suggested()
        found = unit.proposals.load(record.id)
        named = section_suggestions.concerned(record, content, found) if section is not Section.IMPACT else set()
        people = unit.people.some(record.team_id, named)
        return section_suggestions.suggest(section, record, content, found, people)

    @staticmethod
    def _check_people(unit: Unit, record: Postmortem, filled: Filled, actor: Actor) -> None:
        """Roles are for people, and not everybody names a deputy."""
        reasons = []
        for name in ("scribe", "deputy"):
            user = filled.record.get(name)
            person = unit.people.get(record.team_id, user) if user else None
            if person and person.is_bot:
                reasons.append(Reason(name, f"{person.name} is an app: choose a person, or leave it empty."))
        listed = filled.value.get(PEOPLE)
        named = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
        apps = [each.name for each in unit.people.some(record.team_id, named).values() if each.is_bot]
        if apps:
            reasons.append(Reason(PEOPLE, f"{apps[0]} is an app: take it out, only people respond."))
        if (
            "deputy" in filled.record
            and filled.record["deputy"] != record.roles.deputy
            and not writing.may_name_deputy(actor)
        ):
            reasons.append(Reason("deputy", "Only the owner, the IC or the deputy names a deputy: ask one of them."))
        if reasons:
            raise BadInput("Some fields need another look.", reasons=tuple(reasons))

    def _save(
        self, unit: Unit, record: Postmortem, before: Sheet, filled: Filled, by: str, now: datetime
    ) -> Postmortem:
        section, content = before.form.section, unit.contents.load(record.id)
        entry = content.entry(section)
        after = _with(record, filled)
        saved = Entry(section, filled.value, entry.version + 1, by, now)
        kept = Content({**content.entries, section: saved})
        stood = section_values.typed(before.form, record, content)
        changed = section_values.changes(before.form, stood, section_values.typed(before.form, after, kept))
        if not changed and entry.version:
            return record
        if after != record:
            unit.records.save(after)
        unit.contents.save(record.id, saved)
        for name, old, new in changed:
            unit.ledger.note(Audit(record.id, now, by, f"{section}.{name}", old or None, new or None, "form"))
        unit.outbox.put(rows.card(after, now, soon=True), rows.document(after, now))
        return after


def stretches(unit: Unit, record: Postmortem) -> tuple[Stretch, ...]:
    """The incident cut at each change of its severity, from what was entered and what the channel said (R-62)."""
    found = unit.proposals.load(record.id) or Findings()
    entered = [(change.at, change.severity) for change in unit.ledger.severities(record.id)]
    said = [(instant(ts), severity) for ts, severity in found.severities]
    times = record.times
    return severity_time.stretches(entered, said, record.severity, times.started_at, times.resolved_at)


def _uncomputed(filled: Filled, parts: tuple[Stretch, ...]) -> Filled:
    """Minutes that are those of the history are not kept: they follow it when a time or the severity is corrected."""
    computed = {f"time_in_sev{each}": severity_time.minutes(parts, each) for each in (1, 2)} if parts else {}
    value = {name: kept for name, kept in filled.value.items() if name not in computed or kept != computed[name]}
    return replace(filled, value=value)


def _with(record: Postmortem, filled: Filled) -> Postmortem:
    """The record with what the section says about it; the same record when that is nothing new."""
    given = filled.record
    roles = replace(
        record.roles,
        scribe=given.get("scribe", record.roles.scribe),
        deputy=given.get("deputy", record.roles.deputy),
    )
    recording = given.get("recording", record.recording)
    services = tuple((given["services"] or "").splitlines()) if "services" in given else record.services
    if (roles, recording, services) == (record.roles, record.recording, record.services):
        return record
    return record.changed(roles=roles, recording=recording, services=services)


def _stamp(version: int, form: Form, record: Postmortem) -> str:
    """The version of the section and what it shows of the record, which the details form may change as well."""
    roles = record.roles
    shown = {
        "recording": record.recording, "scribe": roles.scribe, "deputy": roles.deputy, "services": list(record.services)
    }  # fmt: skip
    mine = {each.name: shown[each.name] for each in form.fields if each.name in shown}
    return f"{version}.{hashlib.sha256(json.dumps(mine, sort_keys=True).encode()).hexdigest()[:12]}"
