"""Who is invited to the meeting, and why (R-14, R-15): computed from the record, the channel and the directory of services,
so that the list follows whatever changes; what people added or left out by hand is laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain import phrases, services
from bot.domain.actions import ActionItem, Decision
from bot.domain.content import Content, Section
from bot.domain.errors import BadInput, Reason
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.finding import Role as Claimed
from bot.domain.harvest.person import Person
from bot.domain.postmortem import Postmortem
from bot.domain.section_forms import PEOPLE
from bot.domain.services import Match

# For whoever looks after the list; to guests it tells nothing.
BY_HAND = "added by hand"
LIAISON = "customer liaison"
OWNER, IC, FACILITATOR = "owner, walks through it", "IC, runs it", "facilitator"
WHY_MOST = 500


class Wish(StrEnum):
    """What somebody decided about one person by hand. LIAISON: this is the customer liaison."""

    ADDED = "added"
    REMOVED = "removed"
    LIAISON = "liaison"


@dataclass(frozen=True, slots=True)
class Change:
    """One such decision; `reason` says why somebody who is always invited is not."""

    postmortem_id: str
    user_id: str
    wish: Wish
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited, with every reason. `always`: by their role, so that leaving them out asks for a reason."""

    user_id: str
    reasons: tuple[str, ...]
    optional: bool = False
    always: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who would be invited and is not, and why."""

    user_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Guests:
    """The whole list. `missing` names roles that nobody has (`PM for billing`), `offered` people with an action item who are
    not invited."""

    guests: tuple[Guest, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    missing: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    liaison: str | None = None

    def ids(self) -> tuple[str, ...]:
        """Everybody who is invited."""
        return tuple(guest.user_id for guest in self.guests)


@dataclass(frozen=True, slots=True)
class Known:
    """What the list is made from; of the findings, who was there and who was named in a role."""

    record: Postmortem
    content: Content = field(default_factory=Content)
    findings: Findings | None = None
    services: Match = field(default_factory=Match)
    changes: tuple[Change, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    facilitator: str | None = None


def liaison_wanted(record: Postmortem) -> bool:
    """R-15: at SEV-1 only."""
    return record.severity == 1


def liaison(known: Known) -> str | None:
    """Whom somebody named as the customer liaison, else whom the channel names last."""
    chosen = [change.user_id for change in known.changes if change.wish is Wish.LIAISON]
    claims = known.findings.role_claims if known.findings else ()
    heard = [claim.user_id for claim in claims if claim.role is Claimed.customer_liaison and claim.user_id]
    return next(iter([*chosen, *reversed(heard)]), None)


def concerned(known: Known) -> set[str]:
    """Everybody whom the list may name: their accounts are asked for."""
    by_role = {user for user, _ in _by_role(known)}
    return (
        by_role | {change.user_id for change in known.changes} | set(_assignees(known.actions)) | _some(liaison(known))
    )


def invited(known: Known, people: Mapping[str, Person], *, list_known: bool = True) -> Guests:
    """The list as it stands now. `people` are the accounts of `concerned`; while the workspace's list was not read to its end
    (`list_known` off), somebody who is not among them may well be a colleague."""
    if not list_known:
        people = {user: people.get(user, Person(user, user)) for user in concerned(known)}
    reasons: dict[str, list[str]] = {}
    for user, why in _by_role(known):
        reasons.setdefault(user, [])
        if why not in reasons[user]:
            reasons[user].append(why)
    optional = liaison(known) if liaison_wanted(known.record) else None
    wishes = {change.user_id: change for change in known.changes}
    listed = [Guest(user, tuple(why)) for user, why in reasons.items()]
    if optional and optional not in reasons:
        listed.append(Guest(optional, (LIAISON,), optional=True, always=False))
    elif optional:
        listed = [_also(guest, optional) for guest in listed]
    there = {guest.user_id for guest in listed}
    listed += [
        Guest(change.user_id, (BY_HAND,), always=False)
        for change in known.changes
        if change.wish is Wish.ADDED and change.user_id not in there
    ]
    out = [(guest, _why_not(guest.user_id, people, wishes)) for guest in listed]
    guests = tuple(guest for guest, why in out if why is None)
    left = tuple(LeftOut(guest.user_id, why) for guest, why in out if why is not None)
    named = {guest.user_id for guest, _ in out}
    offered = tuple(
        user
        for user in _assignees(known.actions)
        if user not in named and user in people and _unfit(user, people) is None
    )
    return Guests(guests, left, _missing(known, {guest.user_id for guest in guests}), offered, liaison(known))


def check_removed(guests: Guests, removed: Iterable[str], stood: Iterable[str], reason: str, field_: str) -> None:
    """Raises BadInput where somebody who is always invited is newly left out without a reason."""
    before = set(stood)
    always = {guest.user_id: guest for guest in guests.guests if guest.always}
    asked = [always[user].reasons[0] for user in removed if user in always and user not in before]
    if asked and not reason.strip():
        said = f"Say why: the {phrases.listing(asked)} is always invited."
        raise BadInput(said, reasons=(Reason(field_, said),))


def _by_role(known: Known) -> Iterable[tuple[str, str]]:
    """(user id, why) of everybody who is always invited, in the order of the list."""
    record, roles = known.record, known.record.roles
    fixed = (
        (roles.ic, IC),
        (record.owner, OWNER),
        (roles.deputy, "deputy"),
        (roles.shadow, "shadow of the IC"),
        (roles.scribe, "scribe"),
        (known.facilitator, FACILITATOR),
    )
    yield from ((user, why) for user, why in fixed if user)
    for name, service in known.services.found.items():
        if service is None:
            continue
        yield from ((user, f"owner of {name}") for user in service.owners)
        yield from ((user, f"EM for {name}") for user in _some(service.manager))
        yield from ((user, f"PM for {name}") for user in _some(service.product_manager))
    yield from ((user, "responder") for user in _responders(known))


def _responders(known: Known) -> Sequence[str]:
    """Whom somebody confirmed, else whom the channel suggests."""
    if PEOPLE in known.content.entry(Section.RESPONDERS).value:
        return known.content.texts(Section.RESPONDERS, PEOPLE)
    found = known.findings.responders if known.findings else ()
    # Who was heard as the liaison alone is a guest of SEV-1 meetings, and no more.
    return [each.user_id for each in found if each.suggested and set(each.roles) != {Claimed.customer_liaison}]


def _missing(known: Known, guests: set[str]) -> tuple[str, ...]:
    record, roles = known.record, known.record.roles
    no_scribe = known.content.flag(Section.RESPONDERS, "no_scribe")
    fixed = (
        ("IC", roles.ic),
        ("owner", record.owner),
        ("scribe", roles.scribe or ("none" if no_scribe else None)),
        ("services that were hit, with their owners, EM and PM", "some" if record.services else None),
    )
    missing = [what for what, there in fixed if there is None]
    for name, service in known.services.found.items():
        held = (
            ("owner", service.owners if service else ()),
            ("EM", _some(service.manager) if service else ()),
            ("PM", _some(service.product_manager) if service else ()),
        )
        missing += [f"{what} for {name}" for what, users in held if not guests & set(users)]
    if liaison_wanted(record) and liaison(known) is None:
        missing.append("customer liaison (optional)")
    return tuple(missing)


def _also(guest: Guest, optional: str) -> Guest:
    """Somebody with a role is no optional guest, and is named as the liaison all the same."""
    return Guest(guest.user_id, (*guest.reasons, LIAISON)) if guest.user_id == optional else guest


def _why_not(user: str, people: Mapping[str, Person], wishes: Mapping[str, Change]) -> str | None:
    wish = wishes.get(user)
    if wish is not None and wish.wish is Wish.REMOVED:
        return f"left out: {wish.reason}" if wish.reason else "left out by hand"
    return _unfit(user, people)


def _unfit(user: str, people: Mapping[str, Person]) -> str | None:
    person = people.get(user)
    if person is None:
        return "not known in this workspace"
    if person.is_bot:
        return "an app"
    if person.deleted:
        return "the account is deactivated"
    return "from another organisation" if person.is_stranger else None


def _assignees(actions: Iterable[ActionItem]) -> Sequence[str]:
    wanted = [each.assignee for each in actions if each.decision in (Decision.TICKET, Decision.DISCUSS)]
    return list(dict.fromkeys(user for user in wanted if user))


def _some(user: str | None) -> set[str]:
    return {user} if user else set()


def by_service(known: Known) -> tuple[str, ...]:
    """The services that the directory does not have."""
    return tuple(name for name, service in known.services.found.items() if service is None and services.key(name))
