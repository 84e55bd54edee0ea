"""Who is invited, with every reason: computed by role, laid over by hand (R-14, R-15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain import invitees, services
from bot.domain.actions import ActionItem, Decision
from bot.domain.content import Content, Entry, Section
from bot.domain.errors import BadInput
from bot.domain.harvest.finding import Confidence, Findings, Responder, Role, RoleClaim
from bot.domain.harvest.person import Person
from bot.domain.invitees import Change, Guests, Known, Wish
from bot.domain.postmortem import Roles
from bot.domain.services import Service
from tests import factories

PEOPLE = {user: Person(user, f"Name of {user}") for user in (f"U{number}" for number in range(1, 12))} | {
    "UBOT": Person("UBOT", "PagerDuty", is_bot=True),
    "UGONE": Person("UGONE", "Gone", deleted=True),
    "UFAR": Person("UFAR", "Far", is_stranger=True),
}
ROLES = Roles(ic="U1", deputy="U3", shadow="U4", scribe="U5")
BILLING = Service("T1", "billing", "Billing", "U1", factories.NOW, ("U6", "U1"), manager="U7", product_manager="U8")
FOUND = Findings(
    responders=(
        Responder("U9", "nine", 5, (), "5 messages", True),
        Responder("U10", "ten", 1, (), "1 message", False),
        Responder("U11", "eleven", 9, (Role.customer_liaison,), "liaison", True),
        Responder("UBOT", "pager", 9, (), "9 messages", True),
    ),
    role_claims=(RoleClaim(Role.customer_liaison, "U11", None, factories.NOW, "1.1", "H-03", Confidence.B),),
)


def known(**values: Any) -> Known:
    record = factories.postmortem(roles=ROLES, services=("billing", "BILLING ", "search"), **values.pop("record", {}))
    directory = {"billing": BILLING}
    given: dict[str, Any] = {"findings": FOUND, "services": services.match(record.services, directory)}
    return Known(record, **(given | values))


def invited(**values: Any) -> Guests:
    return invitees.invited(known(**values), PEOPLE)


def by_hand(user: str, wish: Wish, reason: str = "") -> Change:
    return Change("record-7", user, wish, "U2", factories.NOW, reason)


def shown(guests: Guests) -> dict[str, tuple[tuple[str, ...], bool]]:
    return {guest.user_id: (guest.reasons, guest.optional) for guest in guests.guests}


def test_a_sev1_invites_everybody_by_role_with_the_liaison_as_an_option() -> None:
    assert shown(invited()) == {
        "U1": (("IC, runs it", "owner of billing"), False),
        "U2": (("owner, walks through it",), False),
        "U3": (("deputy",), False),
        "U4": (("shadow of the IC",), False),
        "U5": (("scribe",), False),
        "U6": (("owner of billing",), False),
        "U7": (("EM for billing",), False),
        "U8": (("PM for billing",), False),
        "U9": (("responder",), False),
        "U11": (("customer liaison",), True),
    }


@pytest.mark.parametrize("severity", [2, 3, None])
def test_below_a_sev1_the_same_come_without_the_liaison(severity: int | None) -> None:
    below, sev1 = shown(invited(record={"severity": severity})), shown(invited())
    assert below == {user: why for user, why in sev1.items() if user != "U11"}


def test_a_liaison_with_another_role_is_listed_once_and_is_no_option() -> None:
    guests = invited(changes=(by_hand("U5", Wish.LIAISON),))
    assert shown(guests)["U5"] == (("scribe", "customer liaison"), False)
    assert "U11" not in shown(guests)


def test_a_confirmed_list_of_responders_takes_the_place_of_the_suggested_one() -> None:
    content = Content({Section.RESPONDERS: Entry(Section.RESPONDERS, {"people": ["U10"]}, 1)})
    guests = shown(invited(content=content))
    assert guests["U10"] == (("responder",), False)
    assert "U9" not in guests


def test_apps_strangers_and_those_who_left_are_not_invited_and_are_named() -> None:
    roles = replace(ROLES, deputy="UGONE", shadow="UFAR", scribe="UNOBODY")
    other = replace(known(), record=factories.postmortem(roles=roles, services=()))
    left = {each.user_id: each.why for each in invitees.invited(other, PEOPLE).left_out}
    assert left == {
        "UGONE": "the account is deactivated",
        "UFAR": "from another organisation",
        "UNOBODY": "not known in this workspace",
        "UBOT": "an app",
    }


def test_before_the_list_of_people_was_read_nobody_counts_as_a_stranger() -> None:
    record = factories.postmortem(roles=Roles(ic="U1"), services=())
    guests = invitees.invited(Known(record), {}, list_known=False)
    assert (guests.ids(), guests.left_out) == (("U1", "U2"), ())


def test_roles_that_nobody_has_are_missing_by_name() -> None:
    gone = replace(BILLING, product_manager="UGONE")
    match = services.match(("billing", "search"), {"billing": gone})
    assert invited(services=match).missing == ("PM for billing", "owner for search", "EM for search", "PM for search")
    bare = Known(factories.postmortem(roles=Roles(), owner=None, services=()))
    assert invitees.invited(bare, {}).missing == (
        "IC", "owner", "scribe", "services that were hit, with their owners, EM and PM", "customer liaison (optional)",
    )  # fmt: skip
    none = Content({Section.RESPONDERS: Entry(Section.RESPONDERS, {"no_scribe": True}, 1)})
    assert "scribe" not in invitees.invited(replace(bare, content=none), {}).missing


def test_people_are_added_and_left_out_by_hand_and_the_reason_stands_beside_them() -> None:
    guests = invited(changes=(by_hand("U10", Wish.ADDED), by_hand("U7", Wish.REMOVED, "on holiday")))
    assert shown(guests)["U10"] == (("added by hand",), False)
    assert {left.user_id: left.why for left in guests.left_out} == {"U7": "left out: on holiday", "UBOT": "an app"}
    assert "EM for billing" in guests.missing


def test_leaving_out_somebody_who_always_comes_asks_for_a_reason_once() -> None:
    guests = invited()
    with pytest.raises(BadInput, match="PM for billing is always invited"):
        invitees.check_removed(guests, ["U8"], [], " ", "reason")
    for removed, stood, why in ((["U8"], [], "ill"), (["U8"], ["U8"], ""), (["U11"], [], ""), (["U10"], [], "")):
        invitees.check_removed(guests, removed, stood, why, "reason")


def test_whoever_has_an_action_item_and_is_not_invited_is_offered() -> None:
    def action(user: str, decision: Decision = Decision.TICKET) -> ActionItem:
        return ActionItem(user, "record-7", "x", decision, "U2", factories.NOW, assignee=user)

    actions = (action("U10"), action("U2"), action("UBOT"), action("Ana somebody"), action("U11", Decision.DONE))
    assert invited(actions=actions).offered == ("U10",)


@pytest.mark.parametrize(
    ("typed", "kept"), [("Billing", "billing"), ("  BILLING  api ", "billing api"), ("STRASSE", "strasse")]
)
def test_a_service_is_found_in_any_case(typed: str, kept: str) -> None:
    assert services.key(typed) == kept


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (services.Wish("  "), services.NAME),
        (services.Wish("a, b"), services.NAME),
        (services.Wish("x" * 101), services.NAME),
        (services.Wish("x", project="has space"), services.PROJECT),
        (services.Wish("x", owners=tuple(f"U{number}" for number in range(21))), services.OWNERS),
    ],
)
def test_what_cannot_be_entered_is_said_at_its_field(wish: services.Wish, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        services.check(wish)
    assert refused.value.codes == (field,)
