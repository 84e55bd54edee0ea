"""What the channel suggests for the fields of a section, where nobody has said anything else yet (R-22, R-23). It becomes part
of the post-mortem when somebody saves the form, never before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain import details, phrases, said_there
from bot.domain.content import Content, Section
from bot.domain.harvest.finding import Findings, Role
from bot.domain.harvest.person import Person
from bot.domain.postmortem import Postmortem
from bot.domain.said_there import Said
from bot.domain.section_forms import PEOPLE

FROM_CHANNEL = "Suggested from what was written in the channel: please check."
_USER_ID = re.compile(r"[UW][A-Z0-9]{1,30}\Z")
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Suggested:
    """Values and hints by field, and what the channel says about a field without being its value."""

    values: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


def suggest(
    section: Section, record: Postmortem, content: Content, found: Findings | None, people: Mapping[str, Person]
) -> Suggested:
    """For this section; nothing for one that the channel knows nothing about."""
    found = found or Findings()
    match section:
        case Section.RECORDING:
            return _recording(record, content, found)
        case Section.RESPONDERS:
            return _responders(record, content, found, people)
        case Section.IMPACT:
            return Suggested(said=said_there.about_impact(found, content.entry(section).value))
    return Suggested()


def concerned(record: Postmortem, content: Content, found: Findings | None) -> set[str]:
    """Everybody of whom has to be known whether they can be chosen."""
    roles, found = record.roles, found or Findings()
    named = {roles.ic, roles.deputy, roles.scribe, *(each.user_id for each in found.responders)}
    named |= {found.scribe.user_id if found.scribe else None, _deputy(found)}
    named |= {user for user, _ in found.presence.silent}
    return {user for user in named if user} | set(content.texts(Section.RESPONDERS, PEOPLE))


def _recording(record: Postmortem, content: Content, found: Findings) -> Suggested:
    """R-23: links to recordings that were posted; others than the first are named beside the field."""
    urls = list(dict.fromkeys(each.url for each in found.recordings if details.is_web_address(each.url)))
    if not urls or record.recording or content.text(Section.RECORDING, "none_because").strip():
        return Suggested()
    others = f" Also found: {', '.join(urls[1:4])}" if len(urls) > 1 else ""
    return Suggested({"recording": urls[0]}, {"recording": f"{FROM_CHANNEL}{others}"})


def _responders(record: Postmortem, content: Content, found: Findings, people: Mapping[str, Person]) -> Suggested:
    """R-22: whoever wrote something of substance or had a role, until somebody has said who it was. Slack offers nobody who
    has left and no apps: they stay by name among the others."""
    entry = content.entry(Section.RESPONDERS)
    saved = content.texts(Section.RESPONDERS, PEOPLE)
    heard = {each.user_id: each.name for each in found.responders}
    users = saved if PEOPLE in entry.value else _named(record, found)
    gone = [_name(user, people, heard) for user in users if not _choosable(user, people)]
    others = content.texts(Section.RESPONDERS, "others")
    values = {PEOPLE: "\n".join(user for user in users if _choosable(user, people))}
    values["others"] = "\n".join(dict.fromkeys([*others, *gone]))
    hints = {PEOPLE: " ".join(filter(None, (_chosen(entry.value, values[PEOPLE]), _observers(found))))}
    scribe = found.scribe.user_id if found.scribe else None
    if scribe and not entry.version and not record.roles.scribe and _choosable(scribe, people):
        values["scribe"], hints["scribe"] = scribe, FROM_CHANNEL
    deputy = _deputy(found)
    if (
        deputy
        and not entry.version
        and not record.roles.deputy
        and deputy != record.roles.ic
        and _choosable(deputy, people)
    ):
        values["deputy"], hints["deputy"] = deputy, FROM_CHANNEL
    there = {*users, *(user for user in (record.roles.ic, record.roles.deputy, record.roles.scribe) if user)}
    called = {PEOPLE: said_there.silent(found, people, there)}
    return Suggested(values, {name: hint for name, hint in hints.items() if hint}, called)


def _deputy(found: Findings) -> str | None:
    """Whom the channel named last."""
    named = [claim.user_id for claim in found.role_claims if claim.role is Role.deputy]
    return named[-1] if named else None


def _named(record: Postmortem, found: Findings) -> tuple[str, ...]:
    roles = record.roles
    held = (None if roles.ic_assumed else roles.ic, roles.deputy, roles.scribe)
    suggested = (each.user_id for each in found.responders if each.suggested)
    return tuple(dict.fromkeys(user for user in (*held, *suggested) if user))


def _chosen(value: Mapping[str, object], chosen: str) -> str:
    if PEOPLE in value or not chosen:
        return ""
    return "Chosen are those who had a role or wrote something of substance: please check, and add who was only on the call."


def _observers(found: Findings) -> str:
    """Who was only there is not taken for a responder, and not passed over either."""
    names: Iterable[str] = dict.fromkeys(each.name or each.user_id for each in found.responders if not each.suggested)
    listed = phrases.listing(list(names), most=_NAMED)
    return f"Only observing, as far as the channel shows: {listed}." if listed else ""


def _choosable(user: str, people: Mapping[str, Person]) -> bool:
    person = people.get(user)
    return bool(_USER_ID.match(user)) and not (person and (person.deleted or person.is_bot))


def _name(user: str, people: Mapping[str, Person], heard: Mapping[str, str]) -> str:
    person = people.get(user)
    return " ".join(((person.name if person else "") or heard.get(user) or user).split())
