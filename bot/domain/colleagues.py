"""Whoever is named for a meeting is somebody who can come: no app, and nobody whose account is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.errors import Reason
from bot.domain.harvest.person import Person

Named = Mapping[str, Iterable[str | None]]


def users(fields: Named) -> set[str]:
    """Everybody who is named in the fields of a form."""
    return {user for named in fields.values() for user in named if user}


def unfit(fields: Named, people: Mapping[str, Person]) -> Sequence[Reason]:
    """One reason a field in which somebody is named who cannot come. Who is not known counts as a colleague: Slack's picker
    offers nobody else."""
    reasons = []
    for field, named in fields.items():
        known = [people[user] for user in named if user and user in people]
        found = next((person for person in known if person.is_bot or person.deleted), None)
        if found:
            why = "is an app" if found.is_bot else "has no account here any more"
            reasons.append(Reason(field, f"{found.name} {why}: choose a colleague."))
    return reasons
