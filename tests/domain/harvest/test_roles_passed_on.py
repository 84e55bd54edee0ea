"""A role that goes on in words that say no role."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, Role
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Lines = list[str | tuple[str, str]]


def holder(found: Findings, role: Role) -> str | None:
    claim = found.ic if role is Role.ic else found.scribe
    return claim.user_id if claim else None


@pytest.mark.parametrize(("has", "role"), [("I'll scribe", Role.scribe), ("I'm IC", Role.ic)])
@pytest.mark.parametrize(
    "lines",
    [
        ["I'm fading, <@UBO> yours?", ("mine. sleep well", "UBO")],
        ["it's late here. bo, all yours?", ("got it", "UBO")],
        ["bo, all yours, I'm off. the doc is up to date"],
        ["need to drop. bo, can you take over?", ("sure", "UBO")],
    ],
)
def test_who_holds_a_role_passes_it_on_without_naming_it(harvest: Harvest, has: str, role: Role, lines: Lines) -> None:
    assert holder(harvest("checkout is down", has, *lines), role) == "UBO"


@pytest.mark.parametrize(
    "lines",
    [
        ["I'm fading, <@UBO> yours?", ("can't, sorry", "UBO")],
        ["off for lunch, <@UBO> is the deploy yours?", ("mine", "UBO")],
        ["<@UBO> yours?", ("mine", "UBO")],
    ],
)
def test_other_things_that_are_somebodys_are_no_role(harvest: Harvest, lines: Lines) -> None:
    assert holder(harvest("checkout is down", "I'll scribe", *lines), Role.scribe) == "UANA"


def test_who_has_no_role_or_two_passes_none_on(harvest: Harvest) -> None:
    passes: Lines = ["I'm fading, <@UBO> yours?", ("mine", "UBO")]
    assert holder(harvest("checkout is down", *passes), Role.scribe) is None
    assert holder(harvest("checkout is down", "I'm IC", "I'll scribe", *passes), Role.scribe) == "UANA"


def test_a_protocol_is_no_minutes_where_another_one_takes_those(harvest: Harvest) -> None:
    plan: Lines = ["a full validation has to follow", ("I'll write the protocol", "UBO")]
    assert holder(harvest("checkout is down", ("I'll scribe", "UCY"), *plan), Role.scribe) == "UCY"
    assert holder(harvest("checkout is down", ("I'll write the protocol", "UBO")), Role.scribe) == "UBO"


@pytest.mark.parametrize(
    ("lines", "role", "who"),
    [
        ([("I do the coordination if that is ok Ana?", "UBO"), "very ok"], Role.ic, "UBO"),
        (["I'm IC. who is here", ("here, can scribe", "UBO")], Role.scribe, "UBO"),
        (["I'm IC. who is here", ("can scribe?", "UBO")], Role.scribe, None),
    ],
)
def test_short_words_that_take_a_role(harvest: Harvest, lines: Lines, role: Role, who: str | None) -> None:
    assert holder(harvest("checkout is down", *lines), role) == who


def test_who_leads_something_under_a_message_does_not_command(harvest: Harvest, say: Callable[..., Message]) -> None:
    audit = say("we need a full audit of the keystores before april", "UCY", 2)
    leads = say("I'll lead it. Needs someone from middleware", "UDEE", 3, thread_ts=audit.ts)
    assert holder(harvest(say("I'm IC"), audit, leads), Role.ic) == "UANA"
