"""A role that somebody asks for, and what answers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, Role
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
Lines = list[str | tuple[str, str]]


@pytest.mark.parametrize(
    "lines",
    [
        ["who's IC here?", ("<@UDEE> please check the DB", "UCY"), ("ok", "UDEE")],
        ["who's IC here?", ("<@UDEE>\nplease check the DB", "UCY"), ("ok", "UDEE")],
        ["who's IC here?", ("dee, check the DB", "UCY"), ("on it", "UDEE")],
        ["who's IC here?", ("dee: the DB is slow", "UCY")],
        ["who's IC here?", ("<@UDEE> now the DB is slow too", "UCY")],
        ["do we need a scribe?", "<@UDEE> please restart the pods", ("ok", "UDEE")],
        ["do we need a scribe?", "<@UDEE> can you restart the pods?", ("on it", "UDEE")],
        ["do we need a scribe?", ("can someone restart the pods?", "UBO"), ("on it", "UDEE")],
        ["do we need a scribe?", ("no need", "UBO"), "<@UDEE>", ("me", "UDEE")],
        ["who's scribe?", "<@UCY> please run the query again"],
        ["who's scribe?", ("can you run the query again <@UCY>", "UBO"), ("will do, on it", "UCY"), ("on it", "UCY")],
        ["is Cy around? we need a scribe", ("ok no scribe then", "UBO"), "<@UDEE> please look at kafka"],
        ["who is scribe?", ("<@UCY>?", "UBO"), ("sorry, can't", "UCY")],
        ["should I be IC?", ("please check the DB first", "UBO")],
    ],
)
def test_an_order_to_do_something_answers_nobody_who_looks_for_a_role(harvest: Harvest, lines: Lines) -> None:
    assert harvest(*lines).role_claims == ()


def test_who_is_sent_elsewhere_answers_no_app_that_lacks_a_lead(harvest: Harvest, say: Say) -> None:
    vacant = say("No incident lead yet.", who="UBOT", bot_id="B1")
    assert harvest(vacant, ("<@UDEE> please restart the pods", "UCY"), ("I'll take it", "UDEE")).ic is None


@pytest.mark.parametrize(
    "lines",
    [
        ["who's scribe?", ("<@UDEE>", "UCY")],
        ["who's scribe?", ("<@UDEE> please", "UCY")],
        ["who's scribe?", ("<@UDEE> please take it", "UCY")],
        ["who's scribe?", ("dee, you", "UCY")],
        ["who's scribe?", ("dee I think", "UCY")],
        ["who's scribe?", ("maybe dee as always :slightly_smiling_face:", "UCY")],
        ["who's scribe?", ("dee is, joined a minute ago", "UCY")],
        ["who's scribe?", ("dee. Please start a doc", "UCY")],
        ["who's scribe?", ("<@UDEE>?", "UCY"), ("ok", "UDEE")],
        ["who's scribe?", ("dee, can you?", "UCY"), ("sure", "UDEE")],
        ["who's scribe?", ("<@UCY> please run the query again", "UBO"), ("me", "UDEE")],
        ["who's scribe?", ("can someone take it?", "UBO"), ("me", "UDEE")],
    ],
)
def test_a_name_answers_who_has_a_role(harvest: Harvest, lines: Lines) -> None:
    assert [(claim.role, claim.user_id) for claim in harvest(*lines).role_claims] == [(Role.scribe, "UDEE")]


@pytest.mark.parametrize("answer", ["please", "please do", "yes please, go", "go ahead", "thanks!"])
def test_an_offer_to_lead_is_welcomed(harvest: Harvest, answer: str) -> None:
    found = harvest("should I be IC?", (answer, "UBO")).ic
    assert found is not None
    assert found.user_id == "UANA"
