"""Who is a person in a text. A rule about people needs a person as its subject: "the engineer failed to check" and
"the health check failed to connect" differ in nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bot.domain.actors import Role
from bot.domain.wording import given_names, patterns

_ROLE_WORDS = {
    Role.IC: "incident commander",
    Role.DEPUTY: "deputy incident commander",
    Role.SHADOW: "shadow of the incident commander",
    Role.SCRIBE: "scribe",
    Role.OWNER: "owner of the post-mortem",
    Role.SERVICE_OWNER: "owner of the service",
    Role.ENGINEERING_MANAGER: "engineering manager",
    Role.PRODUCT_MANAGER: "product manager",
    Role.CUSTOMER_LIAISON: "customer liaison",
    Role.INTERNAL_LIAISON: "internal liaison",
}
NOBODY_SPECIAL = "a responder"


@dataclass(frozen=True, slots=True)
class Person:
    """A responder: Slack id, display name, and what to call the role, such as `on-call database engineer`."""

    user_id: str = ""
    name: str = ""
    role: str = ""

    @property
    def called(self) -> str:
        """The role with its article; `a responder` without a role (R-64)."""
        role = " ".join(self.role.split())
        if not role:
            return NOBODY_SPECIAL
        return role if role.split()[0].casefold() in {"a", "an", "the", "our", "one"} else f"the {role}"


def role_words(role: Role) -> str:
    """What to call somebody with this role in a text; empty when the role says nothing special (R-64)."""
    return _ROLE_WORDS.get(role, "")


class Kind(StrEnum):
    """How a person is named. THEY and OPERATOR may be machines: only what no machine does makes persons of them."""

    PRONOUN = "pronoun"
    THEY = "they"
    NOBODY = "nobody"
    ROLE = "role"
    OPERATOR = "operator"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person at a place in the text; `known` is the responder, `marked` says it is a mention or a handle."""

    start: int
    end: int
    kind: Kind
    plural: bool = False
    known: Person | None = None
    marked: bool = False

    @property
    def called(self) -> str:
        """The role to write instead of the name."""
        return self.known.called if self.known else NOBODY_SPECIAL


_ROLES = patterns.words(
    "engineers? developers? programmers? coders? technicians? sysadmins? admins? administrators? SREs? DBAs? on-?callers? "
    "on-call oncall responders? commanders? scribes? interns? juniors? newcomers? new_hires? contractors? consultants? "
    "colleagues? coworkers? co-workers? teammates? employees? staff personnel humans? individuals? persons? people "
    "managements? leadership reviewers? approvers? committers? maintainers? authors? testers? analysts? architects? "
    "specialists? experts? assignees? dispatchers? supervisors? team teams QA devops IC "
    "(?:tech|team|shift|project|incident)_leads? (?:the|a|an|our|one|another)_devs? devs "
    "(?:engineering|product|release|shift|duty|project|incident|account|change|line|it|team)_managers? "
    "support_(?:staff|agents?|reps?) (?:night|day|early|late|weekend)_shift crew guys?"
)
_FIXED = patterns.rx(
    r"<@(?P<id>[UW][A-Z0-9]{2,20})(?:\|[^<>\n]{0,80})?>"
    r"|(?<![\w.@/])@(?P<handle>(?!(?:here|channel|everyone)\b)[^\W\d][\w-]{0,60}(?:\.[\w-]{1,60}){0,3}+)(?![/\w])"
    r"|(?<![\w'-])(?:"
    r"(?P<nobody>nobody|no one|no-one|none of us|none of the (?:engineers|responders|team))"
    r"|(?P<one>I|he|she|someone|somebody|anyone|anybody|everyone|everybody)"
    r"|(?P<many>we|you|you guys|both of (?:us|them)|some of us)"
    r"|(?P<they>they)"
    r"|(?P<operator>operators?|deployers?|(?:the|our|his|her|their|my) managers?)"
    rf"|(?P<role>{_ROLES})"
    r"|(?P<house>Engineering|Operations|Support|Security|Infrastructure|Ops|IT)"
    r")(?![\w-])"
)
_GIVEN = re.compile(
    rf"(?<![\w@.-])(?:{'|'.join(sorted(given_names.NAMES))})(?: [A-Z][a-z]{{1,20}}(?=[ ,']))?(?![\w-])",
)
_MANY = re.compile(r"(?:s|people|staff|personnel)\Z", re.IGNORECASE)


def find(read: str, known: Iterable[Person] = ()) -> tuple[Someone, ...]:
    """Everybody named in a text prepared by reading.plain, in order, nobody twice."""
    persons = tuple(known)
    by_id = {person.user_id: person for person in persons if person.user_id}
    by_name = _spelled(persons)
    found = chain(
        _named(read, by_name),
        (_fixed(each, by_id, by_name) for each in _FIXED.finditer(read) if _is_person(each)),
        (Someone(each.start(), each.end(), Kind.NAME) for each in _GIVEN.finditer(read)),
    )
    kept: list[Someone] = []
    for each in sorted(found, key=lambda one: (one.start, one.known is None, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _is_person(found: re.Match[str]) -> bool:
    # Departments are written with a capital; Teams is a product.
    return found[0] != "Teams" and (found.lastgroup != "house" or found[0][0].isupper())


def _fixed(found: re.Match[str], by_id: dict[str, Person], by_name: dict[str, Person]) -> Someone:
    start, end, group = found.start(), found.end(), found.lastgroup
    if group == "id":
        return Someone(start, end, Kind.NAME, known=by_id.get(found["id"].upper()), marked=True)
    if group == "handle":
        return Someone(start, end, Kind.NAME, known=by_name.get(_flat(found["handle"])), marked=True)
    kinds = {"nobody": Kind.NOBODY, "they": Kind.THEY, "house": Kind.THEY, "operator": Kind.OPERATOR, "role": Kind.ROLE}
    many = group in {"many", "they"} or (group in {"role", "operator"} and bool(_MANY.search(found[0])))
    return Someone(start, end, kinds.get(group or "", Kind.PRONOUN), many)


def _flat(name: str) -> str:
    return re.sub(r"[\s._-]+", " ", name).strip().casefold()


def _spelled(persons: Iterable[Person]) -> dict[str, Person]:
    """Each way to spell a responder; what two of them share belongs to neither's role, and is nobody special's."""
    ways: dict[str, Person] = {}
    for person in persons:
        whole = _flat(person.name.lstrip("@"))
        for way in {whole, *whole.split()}:
            if len(way) > 1:
                ways[way] = Person() if way in ways and ways[way] != person else person
    return ways


def _named(read: str, by_name: dict[str, Person]) -> Iterable[Someone]:
    """Responders by their bare names. A name that is a word as well counts only whole, or with its @."""
    ways = [way for way in by_name if len(way) > 2 and way not in given_names.WORDS_TOO]
    if not ways:
        return
    spelled = "|".join(re.escape(way).replace(r"\ ", r"[ ._-]") for way in sorted(ways, key=len, reverse=True))
    for each in re.finditer(rf"(?<![\w@./-])(?:{spelled})(?![\w@/]|-\w|\.\w)", read, re.IGNORECASE):
        known = by_name.get(_flat(each[0]))
        lower = each[0].islower()
        if known is not None and (not lower or known.name.lstrip("@").islower()):
            yield Someone(each.start(), each.end(), Kind.NAME, known=known)
