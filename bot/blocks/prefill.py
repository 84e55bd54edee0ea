"""What a form is filled in with: what is recorded, and where nothing is, what was written in the channel, with a hint
that says so. A suggestion becomes part of the record when somebody saves the form, never before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import details as rules
from bot.domain.harvest.finding import Findings, RoleClaim
from bot.domain.harvest.person import Person
from bot.domain.noticed import Noticed
from bot.domain.overview import Overview

FROM_CHANNEL = "Suggested from what was written in the channel: please check."
END_OF_CALL = "The end of the call, as it was told in the channel: please check."
ASSUMED = "Taken to be the one who typed the command: please check."


@dataclass(frozen=True, slots=True)
class Guess:
    """A value for a field, and the hint that tells where it is from; no hint for what is recorded."""

    value: str | int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Prefill:
    """The fields that the channel may know something about."""

    title: Guess
    severity: Guess
    ic: Guess
    shadow: Guess
    scribe: Guess
    recording: Guess
    resolved_at: datetime | None = None
    resolved_from: str = ""


def prefill(overview: Overview, noticed: Noticed | None = None) -> Prefill:
    """The record first, the findings second, and what was noticed before the channel was read."""
    record, found, people = overview.postmortem, overview.findings or Findings(), overview.people
    severity = next((each for _, each in reversed(found.severities) if each in rules.SEVERITIES), None)
    ended = noticed.ended_at if noticed and record.times.resolved_at is None else None
    recording = next((each for each in found.recordings if rules.is_web_address(each.url)), None)
    return Prefill(
        title=Guess(record.title) if record.title.strip() or record.restricted else _either(None, found.title or None),
        severity=_either(record.severity, severity if severity is not None or noticed is None else noticed.severity),
        ic=_person(record.roles.ic, found.ic, people, assumed=record.roles.ic_assumed),
        shadow=Guess(record.roles.shadow),
        scribe=_person(record.roles.scribe, found.scribe, people),
        recording=_either(record.recording, recording.url if recording else None),
        resolved_at=record.times.resolved_at or ended,
        resolved_from=END_OF_CALL if ended else "",
    )


def _either(recorded: str | int | None, found: str | int | None) -> Guess:
    if recorded is not None:
        return Guess(recorded)
    return Guess(found, FROM_CHANNEL) if found is not None else Guess()


def _person(
    recorded: str | None, claim: RoleClaim | None, people: Mapping[str, Person], *, assumed: bool = False
) -> Guess:
    """Somebody who left, or an app, is not suggested: the form would offer a person that nobody can choose. Whom the
    channel names goes before somebody who is only assumed to have the role."""
    user_id = claim.user_id if claim else None
    person = people.get(user_id or "")
    if claim is None or user_id is None or (person and (person.deleted or person.is_bot)):
        return Guess(recorded, ASSUMED if assumed and recorded else "")
    if assumed and user_id != recorded:
        return Guess(user_id, FROM_CHANNEL)
    return _either(recorded, user_id)
