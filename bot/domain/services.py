"""The directory of services (R-14): who owns each, who manages its engineers and its product, and where its tickets go. A
service is found by its name in any case, so that what people type into a post-mortem meets what stands here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import BadInput, Reason

NAME_MOST, OWNERS_MOST = 100, 20
_PROJECT = re.compile(r"[A-Z][A-Z0-9_]{1,9}\Z")
NAME, OWNERS, PROJECT = "service_name", "service_owners", "project"


@dataclass(frozen=True, slots=True)
class Service:
    """One entry. `key` is its name as it is compared, `version` rises by one with each change; people are Slack user ids."""

    team_id: str
    key: str
    name: str
    by: str
    at: datetime
    owners: tuple[str, ...] = ()
    manager: str | None = None
    product_manager: str | None = None
    project: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks for."""

    name: str
    owners: tuple[str, ...] = ()
    manager: str | None = None
    product_manager: str | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """One change of the directory: who, when, which service, from what to what; None where it was not there."""

    team_id: str
    at: datetime
    actor: str
    service: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """The services of a post-mortem as they were typed, each with its entry; None where the directory has none."""

    found: Mapping[str, Service | None] = field(default_factory=dict)


def key(name: str) -> str:
    """The name as it is compared: in any case, with single spaces."""
    return " ".join(name.casefold().split())


def check(wish: Wish) -> Wish:
    """The wish in its final spelling. Raises BadInput with one reason a field."""
    name, project = " ".join(wish.name.split()), wish.project.strip().upper()
    reasons = []
    if not name:
        reasons.append(Reason(NAME, "Give the service a name, as people type it into a post-mortem."))
    elif len(name) > NAME_MOST:
        reasons.append(Reason(NAME, f"{len(name)} characters are too many for a name: {NAME_MOST} are the most."))
    elif "," in name:
        reasons.append(Reason(NAME, "Leave the comma out: in a post-mortem it stands between two services."))
    if len(wish.owners) > OWNERS_MOST:
        reasons.append(Reason(OWNERS, f"Name {OWNERS_MOST} owners at most: they are all invited to the meeting."))
    if project and not _PROJECT.match(project):
        reasons.append(Reason(PROJECT, "A project's key is 2 to 10 capital letters and digits, such as BILL."))
    if reasons:
        raise BadInput("Some fields need another look.", reasons=tuple(reasons))
    return Wish(name, tuple(dict.fromkeys(wish.owners)), wish.manager, wish.product_manager, project)


def people(services: Iterable[Service | None]) -> set[str]:
    """Everybody who is named in these entries."""
    named = [(*each.owners, each.manager, each.product_manager) for each in services if each]
    return {user for users in named for user in users if user}


def told(service: Service | None) -> str | None:
    """The entry in one line, for the history."""
    if service is None:
        return None
    parts = (
        ("owners", " ".join(service.owners)),
        ("EM", service.manager or ""),
        ("PM", service.product_manager or ""),
        ("Jira", service.project),
    )
    said = ", ".join(f"{label} {value}" for label, value in parts if value)
    return f"{service.name}: {said or 'nothing entered'}"


def match(names: Sequence[str], directory: Mapping[str, Service]) -> Match:
    """Each service of a post-mortem with its entry; two spellings of one are one."""
    found: dict[str, Service | None] = {}
    seen = set()
    for name in names:
        if key(name) and key(name) not in seen:
            seen.add(key(name))
            found[name] = directory.get(key(name))
    return Match(found)
