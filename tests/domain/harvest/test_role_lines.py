"""Lines that say who has which role, as people type them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, Role
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("IC - Bo, Scribe - Cy", [(Role.ic, "UBO"), (Role.scribe, "UCY")]),
        (
            "Incident Commander - Bo / Scribe - Cy / Comms - Dee",
            [(Role.ic, "UBO"), (Role.scribe, "UCY"), (Role.customer_liaison, "UDEE")],
        ),
        ("IC - Bo Berg", [(Role.ic, "UBO")]),
        ("IC - Bo B., scribe - Cy Y.", [(Role.ic, "UBO"), (Role.scribe, "UCY")]),
        ("IC: Bo > Cy", [(Role.ic, "UCY")]),
        ("Roles: IC - bo | deputy - cy", [(Role.ic, "UBO"), (Role.deputy, "UCY")]),
        ("- scribe - cy (from 14:00)", [(Role.scribe, "UCY")]),
        ("IC - Bo until 18:00", [(Role.ic, "UBO")]),
    ],
)
def test_a_hyphen_stands_between_a_role_and_who_has_it(
    harvest: Harvest, line: str, roles: list[tuple[Role, str]]
) -> None:
    assert {(claim.role, claim.user_id) for claim in harvest(line).role_claims} == set(roles)


@pytest.mark.parametrize(
    "line",
    [
        "IC - bo is out today",
        "IC - bo?",
        "IC - looking",
        "no IC - bo will look at the DB",
        "comms - bo sent the first mail",
        "lead - Berlin office",
        "IC -bo",
    ],
)
def test_a_hyphen_before_other_words_names_nobody(harvest: Harvest, line: str) -> None:
    assert harvest(line).role_claims == ()


@pytest.mark.parametrize(
    "line",
    [
        "<@UANA> updated Incident Lead to <@UBO>",
        "Ana Alvarez updated Incident Lead to Bo Berg",
        "Ana Alvarez changed the incident commander from Cy Young to Bo Berg",
        "Ana Alvarez transferred Commander role to Bo Berg",
    ],
)
def test_an_app_says_who_gave_command_to_whom(harvest: Harvest, say: Say, line: str) -> None:
    claims = harvest(say(line, who="UBOT", bot_id="B1")).role_claims
    assert [(claim.role, claim.user_id) for claim in claims] == [(Role.ic, "UBO")]


def test_an_app_that_changes_something_else_names_nobody(harvest: Harvest, say: Say) -> None:
    assert harvest(say("Ana Alvarez updated Incident Lead time to Bo Berg", who="UBOT", bot_id="B1")).ic is None


@pytest.mark.parametrize("line", ["IC: Ana -> Bo at 10:30", "IC: ana → bo (since 14:30)", "IC: ana -> bo from ~10:30"])
def test_behind_an_arrow_and_before_a_time_stands_who_has_the_role_now(harvest: Harvest, line: str) -> None:
    assert [(claim.role, claim.user_id) for claim in harvest(line).role_claims] == [(Role.ic, "UBO")]
