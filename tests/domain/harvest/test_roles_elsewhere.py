"""Words of a role that mean no role here and now, and numbers that are no number of customers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, Role

Harvest = Callable[..., Findings]


@pytest.mark.parametrize(
    "line",
    [
        "I'll drive, my car is outside",
        "<@UBO> you drive, <@UCY> second pair of eyes",
        "you drive <@UBO>, I look over your shoulder",
        "I'll drive, got a van for the weekend",
        "the last bus is gone so I'll drive",
        "I'm driving, the road is icy",
        "I take the lead car, bo you're deputy driver",
        "I'm taking the lead role in the play",
        "I'll take the lead time into account",
        "I'll lead, it's my tour",
        "I'm leading today, the choir starts at eight",
        "I'll be deputy head at the school",
        "I'll be IC next week, on call rota",
        "tomorrow I'm IC",
        "I was IC back in spring",
        "I'm on call as IC from Monday",
        "<@UBO> you're IC next week",
        "bo will be IC from Tuesday",
        "I'll scribe for the retro",
        "at sprint planning I'll take notes",
    ],
)
def test_a_role_at_another_time_or_at_something_else_is_none(harvest: Harvest, line: str) -> None:
    assert harvest(line).role_claims == ()


@pytest.mark.parametrize(
    "line",
    [
        "I'll drive",
        "I'll drive, the car service is down",
        "I lead, the game is down",
        "I'm IC for the game outage",
        "I'll lead, was stuck in the planning",
        "I'm IC until tomorrow",
        "I'm IC for the mails that we lose since last week",
        "I'm IC, tomorrow we look at the rest",
        "I take the lead, bo look at the database",
        "I'm IC and write it up on Monday",
    ],
)
def test_command_is_taken_whatever_else_is_told(harvest: Harvest, line: str) -> None:
    assert [(claim.role, claim.user_id) for claim in harvest(line).role_claims] == [(Role.ic, "UANA")]


@pytest.mark.parametrize("answer", ["I'll scribe", "me", "I can take notes"])
def test_who_writes_at_a_retro_is_no_scribe(harvest: Harvest, answer: str) -> None:
    assert harvest("who's scribe for retro?", (answer, "UBO")).role_claims == ()
    assert harvest("who takes notes at the book club?", (answer, "UBO")).role_claims == ()
    assert [claim.user_id for claim in harvest("who's scribe?", (answer, "UBO")).role_claims] == ["UBO"]


@pytest.mark.parametrize(
    "line", ["<@UBO> you are deputy, <@UCY> please scribe.", "bo you are deputy, cy could you scribe?"]
)
def test_who_accepts_has_what_they_were_asked_for_themselves(harvest: Harvest, line: str) -> None:
    claims = {(claim.role, claim.user_id) for claim in harvest(line, ("ack", "UBO")).role_claims}
    assert (Role.deputy, "UBO") in claims
    assert (Role.scribe, "UBO") not in claims


@pytest.mark.parametrize("line", ["who is talking to customers?", "who's updating the merchants"])
def test_who_talks_to_customers_is_their_liaison(harvest: Harvest, line: str) -> None:
    claims = harvest(line, ("me", "UBO")).role_claims
    assert [(claim.role, claim.user_id) for claim in claims] == [(Role.customer_liaison, "UBO")]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Since this morning at 6 customers can't export", None),
        ("since 7 users are locked out", None),
        ("at 6 customers could not pay", None),
        ("for 20 minutes customers can't log in", None),
        ("since 6 customers can't pay, 40 merchants called", "40"),
        ("around 6 customers can't export", "6"),
        ("reported by 6 customers", "6"),
        ("broken at 3 customers so far", "3"),
    ],
)
def test_an_hour_is_no_number_of_customers(harvest: Harvest, line: str, count: str | None) -> None:
    assert [each.number for each in harvest(line).customers] == ([count] if count else [])


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("150 users are affected (40%)", ["150", "40%"]),
        ("150 users affected, about 40%", ["150", "40%"]),
        ("40% / 150 users affected", ["40%", "150"]),
        ("40% of users, so 150 customers, can't log in", ["40%", "150"]),
        ("20 merchants called, 150 users are locked out", ["20", "150"]),
        ("150 users affected, 90% cpu", ["150"]),
        ("error rate is 40%. 150 users affected", ["150"]),
    ],
)
def test_all_numbers_of_customers_in_a_line_are_told(harvest: Harvest, line: str, numbers: list[str]) -> None:
    assert [each.number for each in harvest(line).customers] == numbers


def test_a_coffee_machine_has_no_severity(harvest: Harvest) -> None:
    assert harvest("the coffee machine is broken again", ("nooo, this is a SEV-1", "UBO")).severities == ()
    assert harvest("the login page is broken again", ("nooo, this is a SEV-1", "UBO")).severities != ()
    assert harvest("the coffee shop app is down", "I'm IC", ("this is a SEV-1", "UBO")).severities != ()
