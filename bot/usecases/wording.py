"""The wording rules over one record (R-37, R-64): all of its texts, with the responders' names as roles, and which findings
nobody has looked at. Only what is worded as a warning is counted before the review; suggestions are shown, and wait for nobody."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bot.domain import wording_places
from bot.domain.actors import Role
from bot.domain.harvest.finding import Findings
from bot.domain.life import Life
from bot.domain.looked_at import LookedAt
from bot.domain.postmortem import Postmortem
from bot.domain.wording import checks, people
from bot.domain.wording.checks import Located, Quote
from bot.domain.wording.finding import Level
from bot.domain.wording.people import Person
from bot.domain.wording.sections import Section
from bot.ports.store import Unit


def names(unit: Unit, record: Postmortem, found: Findings | None) -> tuple[Person, ...]:
    """Who was there, each with what to call the role: one query."""
    held = _roles(record)
    users = {user for user in held if user}
    users |= {each.user_id for each in found.responders} if found else set()
    known = unit.people.some(record.team_id, users)
    return tuple(
        Person(user, known[user].name if user in known else "", people.role_words(held[user]) if user in held else "")
        for user in sorted(users)
    )


def findings(life: Life, *, full_outage: bool, responders: tuple[Person, ...]) -> tuple[Located, ...]:
    """Every finding of a record, in the order of the template."""
    return tuple(
        located
        for section, listed in wording_places.places(life).items()
        for located in _checked(section, tuple(place.field for place in listed), full_outage, responders)
    )


def unseen(found: Iterable[Located], looked: Iterable[LookedAt]) -> tuple[Located, ...]:
    """Those that nobody has looked at, warnings first."""
    left = checks.unseen(found, {(each.field, each.finding) for each in looked})
    return tuple(sorted(left, key=lambda each: each.finding.level is not Level.WARN))


def waiting(found: Iterable[Located]) -> int:
    """How many of these want to be looked at before the review."""
    return sum(each.finding.level is Level.WARN for each in found)


def count(unit: Unit, record: Postmortem, life: Life, found: Findings | None) -> int:
    """The warnings that nobody has looked at; a record in which nothing is written asks for nothing more."""
    if not wording_places.places(life):
        return 0
    found = found or unit.proposals.load(record.id)
    located = findings(life, full_outage=record.full_outage, responders=names(unit, record, found))
    return waiting(unseen(located, life.looked_at))


@lru_cache(maxsize=512)
def _checked(
    section: Section, fields: tuple[str | Quote, ...], full_outage: bool, responders: tuple[Person, ...]
) -> tuple[Located, ...]:
    """The same text gives the same findings, and a card is drawn many times while nobody writes."""
    return checks.check_record({section: fields}, full_outage=full_outage, names=responders)


def _roles(record: Postmortem) -> dict[str, Role]:
    """The role to name somebody by; who has several is named by the first."""
    roles = record.roles
    pairs = (
        (roles.ic, Role.IC),
        (roles.deputy, Role.DEPUTY),
        (roles.scribe, Role.SCRIBE),
        (roles.shadow, Role.SHADOW),
        (record.owner, Role.OWNER),
    )
    held: dict[str, Role] = {}
    for user, role in pairs:
        if user:
            held.setdefault(user, role)
    return held
