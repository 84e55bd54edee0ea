"""The labels of a ticket (R-32): the two tags of the incident, and one of the bot's own by which a ticket whose making was never
answered is found again."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain import errors

_OWN = re.compile(r"pm-[0-9a-f]{32}")
NO_SEVERITY = "Say how severe the incident is first, with *Fill in the details*: each ticket is labelled with it."
NO_START = "Say when the incident began first, with *Fill in the details*: each ticket is labelled with that day."
NEITHER = "Say how severe the incident is and when it began first, with *Fill in the details*: each ticket is labelled with both."


@dataclass(frozen=True, slots=True)
class Change:
    """Which labels a ticket loses and gets; those of people are in neither."""

    remove: tuple[str, ...] = ()
    add: tuple[str, ...] = ()


def own(action_id: str) -> str:
    """The bot's own label: one for each action item, for ever."""
    label = f"pm-{action_id.replace('-', '').lower()}"
    if not _OWN.fullmatch(label):
        raise ValueError("An action item's id is a UUID.")
    return label


def tags(severity: int | None, started_at: datetime | None) -> tuple[str, str]:
    """`sev2`, `sev2_20261123`: the day is that of the incident's start in UTC. Refused while either is unknown. Naive: ValueError."""
    if severity is None:
        code, why = ("no_severity", NO_SEVERITY) if started_at else ("no_severity_no_start", NEITHER)
        raise errors.refused(code, why)
    if started_at is None:
        raise errors.refused("no_start", NO_START)
    return f"sev{severity}", f"sev{severity}_{_day(started_at)}"


def known(severity: int | None, started_at: datetime | None) -> tuple[str, ...]:
    """The same as far as it can be told: without a start the severity alone, without a severity none. Naive: ValueError."""
    if severity is None:
        return ()
    return tags(severity, started_at) if started_at else (f"sev{severity}",)


def _day(started_at: datetime) -> str:
    if started_at.tzinfo is None:
        raise ValueError("The start must have a zone.")
    return f"{started_at.astimezone(UTC):%Y%m%d}"


def change(standing: Collection[str], before: Collection[str], after: Collection[str]) -> Change:
    """From the tags that the bot put to others. What stands already is not added, what is gone already not removed."""
    remove = tuple(each for each in before if each in standing and each not in after)
    return Change(remove, tuple(each for each in after if each not in standing))


def changed(standing: Collection[str], before: Collection[str], after: Collection[str]) -> tuple[str, ...]:
    """The labels afterwards, in their order."""
    this = change(standing, before, after)
    return (*(each for each in standing if each not in this.remove), *this.add)
