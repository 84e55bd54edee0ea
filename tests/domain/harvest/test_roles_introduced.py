from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, Role
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Directory, Person

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


def held(found: Findings) -> set[tuple[Role, str | None]]:
    return {(claim.role, claim.user_id) for claim in found.role_claims}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Bo, deputy.", Role.deputy),
        ("Bo here, deputy IC", Role.deputy),
        ("deputising", Role.deputy),
        ("I'll deputise", Role.deputy),
        ("deputy: me", Role.deputy),
        ("I'll back you up as deputy", Role.deputy),
        ("Bo joining as scribe", Role.scribe),
        ("Bo. Scribe.", Role.scribe),
        ("I'll deal with the execs", Role.internal_liaison),
        ("execs are mine", Role.internal_liaison),
        ("picking up comms", Role.customer_liaison),
        ("customer comms are with me", Role.customer_liaison),
        ("I'll look after customers", Role.customer_liaison),
        ("Bo Berg, scribing", Role.scribe),
        ("Hi, Bo here - scribe", Role.scribe),
        ("bo, on notes", Role.scribe),
        ("Bo, internal liaison. Exec channel informed", Role.internal_liaison),
        ("I'm OCC liaison, Bo, sitting next to the crew desk", Role.internal_liaison),
        ("Bo, business liaison", Role.internal_liaison),
        ("internal liaison here", Role.internal_liaison),
        ("I keep the editors off your back", Role.internal_liaison),
        ("Bo, customer liaison", Role.customer_liaison),
        ("It's Bo, your customer contact", Role.customer_liaison),
        ("I am customer contact for this then", Role.customer_liaison),
        ("I'll be the passenger contact today", Role.customer_liaison),
        ("I'd do customer comms. when do we have a list?", Role.customer_liaison),
        ("I'll do comms as ever", Role.customer_liaison),
        ("I'm here, taking over customer side from Ana but Ana keeps that one customer", Role.customer_liaison),
        ("I'll pick up the client side for the afternoon", Role.customer_liaison),
        ("Bo, Incident Manager. Severity major until we know better.", Role.ic),
        ("P1. i'm major incident mgr", Role.ic),
    ],
)
def test_people_say_who_they_are_and_what_they_do(harvest: Harvest, line: str, role: Role) -> None:
    assert held(harvest("app is down", (line, "UBO"))) == {(role, "UBO")}


@pytest.mark.parametrize(
    "line",
    [
        "Bo, scribe notes are in the doc",
        "Bo, deputy head of school",
        "Bo, minutes to go until the flight",
        "Bo, customer success director",
        "Bo here, customers are calling",
        "Morning, comms here. May I say something to the press?",
        "Bo, vendor liaison for the printers",
        "I keep the cat off your back",
        "is the scribe here?",
        "is a deputy here",
        "I'd do customer comms if nobody else can",
        "my customer contact says it works",
    ],
)
def test_a_greeting_or_a_job_is_no_role(harvest: Harvest, line: str) -> None:
    assert held(harvest("app is down", (line, "UBO"))) == set()


@pytest.mark.parametrize(
    ("lines", "role", "who"),
    [
        (["bo you are my backup if I drop"], Role.deputy, "UBO"),
        (["bo is my stand-in"], Role.deputy, "UBO"),
        (["bo, be my deputy please"], Role.deputy, "UBO"),
        (["bo, deputy?", ("yes", "UBO")], Role.deputy, "UBO"),
        (["bo you're second in command"], Role.deputy, "UBO"),
        (["if I drop, bo has command"], Role.deputy, "UBO"),
        (["bo takes over if my train loses signal, bo steps in if I drop"], Role.deputy, "UBO"),
        (["bo can you keep execs updated", ("sure", "UBO")], Role.internal_liaison, "UBO"),
        (["who handles execs?", ("I'll do it", "UBO")], Role.internal_liaison, "UBO"),
        (["who talks to customers?", ("I can", "UBO")], Role.customer_liaison, "UBO"),
        (["bo could you handle customers for me?", ("ok", "UBO")], Role.customer_liaison, "UBO"),
        (["who's keeping the log", ("that's me", "UBO")], Role.scribe, "UBO"),
        (["Bo, you are deputy if I drop, I have a train at 15:30"], Role.deputy, "UBO"),
        (["bo is deputy for the nights"], Role.deputy, "UBO"),
        (["bo is deputy in case my battery dies"], Role.deputy, "UBO"),
        (["bo can you keep the log going please", ("will do", "UBO")], Role.scribe, "UBO"),
        (["could you, bo? no: bo, could you keep the notes up to date", ("sure", "UBO")], Role.scribe, "UBO"),
        (["bo please be scribe as well as tech, sorry, small team"], Role.scribe, "UBO"),
        (["bo write things down for me please"], Role.scribe, "UBO"),
        (["who writes things down?", ("me. doc: <https://docs.example/1|notes>", "UBO")], Role.scribe, "UBO"),
        (["I handle execs. who's noting everything down?", ("me", "UBO")], Role.scribe, "UBO"),
        (["bo great, you take customers from me?", ("yes I take over", "UBO")], Role.customer_liaison, "UBO"),
        (["bo you speak for the customers please"], Role.customer_liaison, "UBO"),
    ],
)
def test_a_role_is_given_in_passing(harvest: Harvest, lines: list[str], role: Role, who: str) -> None:
    assert (role, who) in held(harvest(*lines))


@pytest.mark.parametrize(
    "lines",
    [
        ["bo is backup admin of the database"],
        ["the backup is my second try"],
        ["bo keep the log going to disk", ("ok", "UBO")],
        ["news post then. who writes it, I'm bad at this", ("me. facts: no key lost", "UBO")],
        ["bo keeps customers waiting again"],
        ["bo made notes"],
        ["who has members?", ("me", "UBO")],
        ["who has customers on eu2?", ("me", "UBO")],
        ["if my build fails, bo has it"],
        ["once I drop the table, bo runs the import"],
        ["bo please write down the ticket number", ("ok", "UCY")],
    ],
)
def test_a_task_is_no_role(harvest: Harvest, lines: list[str]) -> None:
    assert held(harvest(*lines)) == set()


def test_who_steps_in_should_the_lead_be_gone_does_not_lead_yet(harvest: Harvest) -> None:
    found = harvest("I'm IC", "if I drop, bo has command", "bo leads if I get cut off")
    assert held(found) == {(Role.ic, "UANA"), (Role.deputy, "UBO")}


@pytest.mark.parametrize("line", ["Bo Berg unassigned as Scribe", "Bo Berg is no longer Incident Commander"])
def test_who_had_a_role_is_not_given_it(harvest: Harvest, say: Say, line: str) -> None:
    assert held(harvest(say(line, who="UBOT", bot_id="B1"))) == set()


def test_who_takes_over_the_customers_does_not_take_command(harvest: Harvest) -> None:
    found = harvest("I'm IC", "bo great, you take customers from me?", ("yes I take over. I'd write expired", "UBO"))
    assert held(found) == {(Role.ic, "UANA"), (Role.customer_liaison, "UBO")}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Bo Berg was assigned *Communications Lead*", Role.customer_liaison),
        ("📣 *Bo Berg* is the *Communications Lead*", Role.customer_liaison),
        ("Bo Berg accepted *Comms*", Role.customer_liaison),
        ("Communications Lead changed from Ana Alvarez to Bo Berg", Role.customer_liaison),
        ("Bo Berg was assigned *Scribe* (was Ana Alvarez)", Role.scribe),
        ("Ana Alvarez assigned Scribe to Bo Berg", Role.scribe),
        ("Scribe set to Bo Berg by Ana Alvarez", Role.scribe),
        ("Bo Berg claimed the role of Scribe", Role.scribe),
        ("Bo Berg joined as *Customer Liaison*", Role.customer_liaison),
        ("Bo Berg took the role *Incident Lead*", Role.ic),
        ("Role assigned: Scribe → <@UBO>", Role.scribe),
        ("<@UBO> is now *Scribe*", Role.scribe),
        ("<@UBO> has been assigned as *Deputy*", Role.deputy),
        ("<@UBO> was made *Internal Liaison*", Role.internal_liaison),
        ("<@UBO> is now Incident Commander", Role.ic),
        ("Incident Lead: <@UBO>", Role.ic),
        ("Incident inc-12: Owner changed from ana to bo", Role.ic),
        ("Commander changed from ana to bo", Role.ic),
    ],
)
def test_an_app_tells_who_has_which_role(harvest: Harvest, say: Say, line: str, role: Role) -> None:
    assert held(harvest(say(line, who="UBOT", bot_id="B1"))) == {(role, "UBO")}


@pytest.mark.parametrize(
    "line", ["Scribe: <@UBOT>", "<@UBOT> is now Incident Commander", "IC: <@UBOT>", "<@UBOT> is scribe"]
)
def test_no_app_has_a_role(harvest: Harvest, line: str) -> None:
    assert held(harvest(line)) == set()


def test_the_first_word_of_a_shared_account_is_nobodys_first_name(harvest: Harvest) -> None:
    people = Directory(
        {"U1": Person("U1", "CrewTrack Vendor Ops (Navista)"), "U2": Person("U2", "Juan Pablo Restrepo")}
    )
    assert (people.find("CrewTrack"), people.find("CrewTrack Vendor Ops"), people.find("Juan Pablo")) == (
        None,
        "U1",
        "U2",
    )


def test_a_summary_that_comes_from_the_scribe_names_none(harvest: Harvest) -> None:
    assert held(harvest("0541Z summary from scribe: bo available since 0533Z")) == set()
