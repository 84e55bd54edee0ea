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


@pytest.mark.parametrize("asked", ["can someone be the one who decides?", "who is the one that decides here?"])
def test_who_is_to_decide_leads(harvest: Harvest, asked: str) -> None:
    found = harvest(asked, ("I take it", "UDEE")).ic
    assert found is not None
    assert found.user_id == "UDEE"


@pytest.mark.parametrize(
    "said", ["I'm the MI coordinator today. Present please: database, network", "MI coordinator: <@UANA>"]
)
def test_a_coordinator_of_major_incidents_leads(harvest: Harvest, said: str) -> None:
    found = harvest(said).ic
    assert found is not None
    assert found.user_id == "UANA"


@pytest.mark.parametrize("answer", ["please", "please do", "yes please, go", "go ahead", "thanks!"])
def test_an_offer_to_lead_is_welcomed(harvest: Harvest, answer: str) -> None:
    found = harvest("should I be IC?", (answer, "UBO")).ic
    assert found is not None
    assert found.user_id == "UANA"


@pytest.mark.parametrize(
    ("lines", "role"),
    [
        (["scribe please, <@UDEE>?", ("ok", "UDEE")], Role.scribe),
        (["notes pls <@UDEE>", ("ok", "UDEE")], Role.scribe),
        (["can you take notes, dee?", ("sure", "UDEE")], Role.scribe),
        (["IC, dee?", ("yes", "UDEE")], Role.ic),
        (["could you be IC, dee?", ("yes", "UDEE")], Role.ic),
        (["internal comms, dee?", ("yes", "UDEE")], Role.internal_liaison),
        (["comms please <@UDEE>", ("yes", "UDEE")], Role.customer_liaison),
        (["dee can you take comms with customers", ("on it", "UDEE")], Role.customer_liaison),
        (["someone take IC please?", ("me", "UDEE")], Role.ic),
        (["<@UCY> is off, somebody be scribe?", ("me", "UDEE")], Role.scribe),
    ],
)
def test_a_role_is_asked_for_before_or_after_the_name(harvest: Harvest, lines: Lines, role: Role) -> None:
    assert [(claim.role, claim.user_id) for claim in harvest(*lines).role_claims] == [(role, "UDEE")]


@pytest.mark.parametrize(
    "lines",
    [
        ["scribe please, <@UDEE>?", ("sorry, no", "UDEE")],
        ["scribe please, <@UDEE>?", ("ok", "UCY")],
        ["comms please <@UDEE> check the DB", ("ok", "UDEE")],
        ["notes please, dee? they are in the doc, where?", ("ok", "UDEE")],
        ["notes from dee?", ("ok", "UDEE")],
        ["did someone take notes?", ("no", "UDEE")],
    ],
)
def test_what_only_stands_beside_a_name_asks_for_no_role(harvest: Harvest, lines: Lines) -> None:
    assert harvest(*lines).role_claims == ()


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("volunteering as scribe", Role.scribe),
        ("I'll volunteer for scribe", Role.scribe),
        ("ok, I volunteer to be IC", Role.ic),
        ("I IC", Role.ic),
        ("I IC, bo look at the DB please", Role.ic),
        ("I scribe", Role.scribe),
    ],
)
def test_who_volunteers_has_the_role(harvest: Harvest, line: str, role: Role) -> None:
    assert [(claim.role, claim.user_id) for claim in harvest(line).role_claims] == [(role, "UANA")]


@pytest.mark.parametrize(
    "line",
    [
        "I'll volunteer as scribe if nobody else can",
        "I volunteer to scribe?",
        "anyone volunteering as scribe",
        "should I IC",
        "I volunteer at a shelter",
        "I IC what you did there",
    ],
)
def test_who_only_could_volunteer_has_none(harvest: Harvest, line: str) -> None:
    assert harvest(line).role_claims == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["I'm IC", "I'm fading. bo, wanna take over?", ("yep got it", "UBO")],
        ["I'm IC", "bo, up for taking over?", ("sure", "UBO")],
        ["I'm IC", "someone take IC from me please?", ("me", "UBO")],
        ["I'm IC", "bo :handshake: IC is yours"],
        ["I'm IC", "bo, the lead is all yours"],
        ["I'm IC", "IC is yours, bo"],
        ["I'm IC", "ok. Command is yours now <@UBO>"],
    ],
)
def test_command_is_handed_over_in_a_few_words(harvest: Harvest, lines: Lines) -> None:
    found = harvest(*lines).ic
    assert found is not None
    assert found.user_id == "UBO"


@pytest.mark.parametrize(
    "lines",
    [
        ["I'm IC", "I'm fading. bo, wanna take over?", ("can't, sorry", "UBO")],
        ["I'm IC", "bo, wanna take over the DB checks?", ("yep", "UBO")],
        ["I'm IC", "bo the IC channel is yours"],
        ["I'm IC", "the lead time is yours, bo"],
        ["I'm IC", "IC is yours, bo?"],
    ],
)
def test_command_stays_where_something_else_is_handed_over(harvest: Harvest, lines: Lines) -> None:
    found = harvest(*lines).ic
    assert found is not None
    assert found.user_id == "UANA"


def test_who_wants_to_scribe_is_answered_in_a_word_or_a_hand(harvest: Callable[..., Findings]) -> None:
    for question in ("who wants to scribe?", "anyone want to take notes?"):
        for answer in ("me", "✋", ":raised_hand:"):
            found = harvest("checkout is down, all 500s", question, (answer, "UBO")).scribe
            assert found is not None, (question, answer)
            assert found.user_id == "UBO"


def test_who_offers_unless_somebody_else_wants_it_and_is_told_to_go_ahead_has_command(
    harvest: Callable[..., Findings],
) -> None:
    offer = ("I can be IC unless somebody else wants it", "UCY")
    found = harvest("checkout is down, all 500s", offer, "go ahead cy").ic
    assert found is not None
    assert found.user_id == "UCY"
    assert harvest("checkout is down, all 500s", offer, "hm, what does the pool say").ic is None


def test_who_would_rather_not_is_handed_nothing(harvest: Callable[..., Findings]) -> None:
    found = harvest("I'm IC", "<@UBO> take it from here?", ("I'd rather not, it was my bug", "UBO")).ic
    assert found is not None
    assert found.user_id == "UANA"
