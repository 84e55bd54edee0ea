from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse
from bot.domain.harvest.finding import Confidence, Findings, Role, TimelineKind
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Directory, Person

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
Lines = list[str | tuple[str, str]]


def commander(found: Findings) -> str | None:
    return found.ic.user_id if found.ic else None


@pytest.mark.parametrize(
    "lines",
    [
        ["I'm IC", "handing back to bo"],
        ["I'm IC", ("Good morning. I have taken over as Incident Manager. Thank you Ana, please rest.", "UBO")],
        ["I'm IC", ("I've taken over as IC from Ana", "UBO")],
        ["I'm IC", ("took over as IC", "UBO")],
        ["I'm IC", ("taken over from Ana as IC", "UBO")],
        ["I'm IC", ("I took over incident command at 14:05", "UBO")],
        ["I'm IC", ("I have now taken over the incident commander role", "UBO")],
        ["I'm IC", "call is over. Bo's taking it from here as she's awake"],
        ["I'm IC", "back to you bo"],
        ["I'm IC", "handing IC back to <@UBO>"],
        ["I'm IC", "quiet night. IC back to bo"],
        ["I'm IC", "bo has it now"],
        ["I'm IC", "bo has the con"],
        ["I'm IC", "off to lunch, bo has the hat"],
        ["I'm taking the hat", "I give the hat to bo, it's 21 here"],
        ["I'm IC", "handing lead to bo"],
        ["I'm IC", "thanks, bo has it til 22:00"],
        ["I'm IC", "bo you can take it from here", ("taken", "UBO")],
        ["I'm IC", "im off, bo yours"],
        ["I'm IC", "bo please mind the shop?", ("minding", "UBO")],
        ["I'm IC", "bo can you run it from here", ("yeah", "UBO")],
        ["I'm IC", "I have to run, who takes over", ("me, nothing until noon", "UBO")],
        ["I'm IC", "stepping down for today", ("I have it", "UBO")],
        [
            ("I'm IC", "UBO"),
            ("dentist. ana you have it until 8", "UBO"),
            "ok",
            ("numb but here, it's mine again", "UBO"),
        ],
        [("I'm IC", "UBO"), ("ana you have command", "UBO"), "ok", ("I'm back with you. Thanks ana", "UBO")],
        [("I'm IC", "UBO"), ("ana you have command", "UBO"), "ok", ("morning, my wheel again", "UBO")],
        [
            ("I'm IC", "UBO"),
            ("ana you have it until 7", "UBO"),
            "ok",
            ("back. anything?", "UBO"),
            "one false alarm. all yours",
        ],
        ["who leads it?", ("I'm looking after this one until somebody more awake appears", "UBO")],
        [("I'm running today, cy writes notes", "UBO")],
        ["I'm IC", "I'm off at 18, bo has it after"],
        [("Good morning, Bo Lund, I am managing this major incident.", "UBO")],
        ["I am managing this major incident", ("Thanks, I have the MI now.", "UBO")],
        [("I'm IC", "UBO"), ("handing ic to ana until 02:00", "UBO"), ("morning, IC back with me", "UBO")],
    ],
)
def test_command_goes_on_in_the_words_of_a_shift(harvest: Harvest, lines: Lines) -> None:
    assert commander(harvest(*lines)) == "UBO"


@pytest.mark.parametrize(
    "lines",
    [
        ["I'm IC", "thanks everyone, esp. bo's driver"],
        ["I'm IC", ("hello, anything?", "UBO"), "one false alarm. all yours"],
        ["I'm IC", "handing over to bo", ("no, I can't", "UBO")],
        ["I'm IC", "bo, you're IC", ("sorry, I can't right now", "UBO")],
        ["I'm IC", "bo take the lead please", ("no, in a meeting", "UBO")],
        ["I'm IC", "handing over IC to bo? no it's 2 am there"],
        ["I'm IC", ("want me to promote it?", "UBO"), "yes. bo it's yours"],
        ["I'm IC", "back on the run sheet, bo yours"],
        ["I'm IC", "bo has it on his laptop"],
    ],
)
def test_command_stays_where_it_is_refused_or_something_else_is_given(harvest: Harvest, lines: Lines) -> None:
    assert commander(harvest(*lines)) == "UANA"


def test_who_says_what_they_cannot_see_refuses_nothing(harvest: Harvest) -> None:
    assert commander(harvest("bo, you're IC", ("I can't see the dashboard, which link?", "UBO"))) == "UBO"


@pytest.mark.parametrize(
    "lines",
    [
        ["ok P1. im lead"],
        ["ill drive today, bo on the shop"],
        ["sev1. I'm running, bo comms with cy"],
        ["i'll run it. bo fix, cy customers"],
        ["I have it. bo can you look at the database"],
        [("right, who runs it", "UBO"), "so by elimination it's me. I run it"],
        [("does somebody want to be IC or do we wing it", "UBO"), "i'll do it, i have the least to type"],
        [("who leads?", "UBO"), "fine, me"],
        [("is somebody quarterbacking?", "UBO"), "I'll quarterback."],
        ["who's on? i'll be the one to ask"],
        ["Shift lead tonight: me"],
        [("who's running this", "UBO"), "i'm ic i guess", ("who touched the card", "UBO"), ("me, in november", "UCY")],
        [("Opening an incident. ana has it", "UBO")],
    ],
)
def test_command_is_taken_in_words_that_name_no_role(harvest: Harvest, lines: Lines) -> None:
    assert commander(harvest(*lines)) == "UANA"


@pytest.mark.parametrize(
    "lines",
    [
        ["i'll run it"],
        ["I take it"],
        ["ok got it. bo go to bed"],
        ["shifts: me to 01, bo 01 to 08"],
        ["every month I could run this, it takes 10 min"],
        ["i have the helm values on a branch"],
        [("who is coming to the sprint?", "UBO"), "me, obviously"],
        [("who has it overnight", "UBO"), "P1 ticket for the printer is old"],
        [("genny is in Millom. who drives up", "UBO"), "me, got the landy. 1h20"],
        [("who runs it?", "UCY"), "bo: yes tell them to use the old viewer"],
        [("who runs it?", "UBO"), "bo, I'd like one name"],
    ],
)
def test_what_could_be_any_piece_of_work_takes_no_command(harvest: Harvest, lines: Lines) -> None:
    assert harvest(*lines).role_claims == ()


@pytest.mark.parametrize(
    "line",
    [
        "Bo Berg accepted *Incident Manager*",
        "bo is *Driver*",
        "Bo Berg: *lead*",
        "INC-9 created, SEV2, owner: bo",
        "Title: errors | IC: 🦊 bo | Scribe: –",
        "IC ana → bo",
        "SEC-31 opened. S1. Commander: bo. Channel locked to 8 people",
        "*Incident commander* assigned: bo. *Comms* assigned: cy",
        "bo leads incident 5521",
        "Incident manager on duty: bo. Please confirm.",
    ],
)
def test_an_app_tells_who_commands(harvest: Harvest, say: Say, line: str) -> None:
    assert commander(harvest(say(line, who="UBOT", bot_id="B1"))) == "UBO"


def test_whose_the_post_mortem_is_commands_nothing(harvest: Harvest, say: Say) -> None:
    assert harvest(say("inc-1190 resolved. Postmortem owner: bo", who="UBOT", bot_id="B1")).ic is None


@pytest.mark.parametrize(
    "line", ["ICs: <@UANA>, <@UBO>", "ICs: ana (day), bo (night)", "Incident commanders: ana and bo"]
)
def test_two_people_command_together_or_by_shift(harvest: Harvest, line: str) -> None:
    claims = [(claim.role, claim.user_id) for claim in harvest(line).role_claims]
    assert claims == [(Role.ic, "UANA"), (Role.ic, "UBO")]


@pytest.mark.parametrize(
    "lines",
    [
        ["major incident, cy tech. bo log pls"],
        ["bo to keep log please"],
        ["bo kindly scribe"],
        ["bo, notes?", ("Notes, yes.", "UBO")],
        ["bo can you write down times", ("yes", "UBO")],
        ["can someone write these things down, i'm losing track", ("i can. doc open", "UBO")],
        ["i need a scribe, ops, customer", ("scribe, sure, never did", "UBO")],
        [("ok I've the pen", "UBO")],
        ["Record keeper: bo"],
        ["bo timekeeper please"],
        ["I have a ferry to catch, can someone else keep notes?", ("I'll take it", "UBO")],
    ],
)
def test_the_scribe_is_named_in_passing(harvest: Harvest, lines: Lines) -> None:
    found = harvest(*lines).scribe
    assert found is not None
    assert found.user_id == "UBO"


def test_what_two_rules_tell_of_one_role_is_one_claim_the_surer(harvest: Harvest, say: Say) -> None:
    claims = harvest("I'm IC", say("IC: ana", who="UBOT", minute=1, bot_id="B1")).role_claims
    assert [(claim.user_id, claim.confidence) for claim in claims] == [("UANA", Confidence.A)]


def test_who_has_a_role_again_after_another_had_it_claims_it_anew(harvest: Harvest) -> None:
    claims = harvest("I'm IC", "bo is IC now", "back, IC is me").role_claims
    assert [claim.user_id for claim in claims] == ["UANA", "UBO", "UANA"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Incident resolved, error rate back to normal", "handing IC over to <@UBO>"],
        ["handing IC over to <@UBO>, thanks all", "Incident resolved, error rate back to normal"],
    ],
)
def test_the_end_and_a_hand_over_told_one_after_the_other_are_two_lines(harvest: Harvest, lines: Lines) -> None:
    told = sorted((entry.kind, entry.text.count("\n")) for entry in harvest(*lines).timeline)
    assert told == [(TimelineKind.other, 0), (TimelineKind.resolved, 0)]


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("João Pimenta", "Joao"),
        ("Élodie Pasquier", "elodie"),
        ("Søren Łukasz Bak", "Soren Lukasz Bak"),
        ("Aileen Santos (scribe pool)", "Aileen Santos"),
    ],
)
def test_a_name_is_known_without_its_accents_and_brackets(shown: str, typed: str) -> None:
    assert Directory({"U1": Person("U1", shown)}).find(typed) == "U1"


def test_a_role_line_knows_the_only_one_whose_name_begins_so() -> None:
    people = {"U1": Person("U1", "Tolulope Adebayo"), "U2": Person("U2", "Tomas Berg")}
    said = [Message("C1", "1767621600.000100", user_id=who, text=text) for who, text in (("U1", "IC: Tolu"),)]
    found = analyse.analyse(said, people)
    assert commander(found) == "U1"


def test_who_only_could_come_by_car_leads_nothing(harvest: Harvest) -> None:
    assert harvest("can anybody get to the site?", ("I could drive. 35 min", "UBO")).ic is None


def test_whom_somebody_names_elsewhere_does_not_answer_who_leads_when_a_reply_has_answered(
    say: Say, harvest: Harvest
) -> None:
    asked = say("is this an incident? who leads it?", "UANA", 0)
    reply = Message("C1", say("", "UANA", 1).ts, user_id="UANA", text="ok then I lead", thread_ts=asked.ts)
    assert commander(harvest(asked, reply, say("<@UBO>", "UANA", 2))) == "UANA"


def test_who_is_told_to_lead_has_command_when_they_go_on(harvest: Harvest) -> None:
    told = (("line 2 is stopped, parcels go to the wrong chutes", "UBO"), "Ok. You lead, I speak with the drivers.")
    found = harvest(*told, ("who was at the sorter last?", "UBO")).ic
    assert found is not None
    assert found.user_id == "UBO"
    assert harvest(*told, ("no, please somebody else", "UBO")).ic is None
    assert harvest(*told).ic is None


@pytest.mark.parametrize("said", ["Customer liaison on.", "customer liaison, good morning from Lisbon"])
def test_a_liaison_who_says_that_they_are_there_has_the_role(harvest: Harvest, said: str) -> None:
    assert [(str(each.role), each.user_id) for each in harvest((said, "UBO")).role_claims] == [
        ("customer_liaison", "UBO")
    ]
    assert harvest(("customer liaison here yet?", "UBO")).role_claims == ()


def test_whom_a_topic_names_has_a_title_behind_the_name() -> None:
    people = {"U1": Person("U1", "Jo Wekes, Shift Manager"), "U2": Person("U2", "Bo Berg | SRE")}
    topic = "<@U1> set the channel topic: P1 Incident Manager: <@U1> (night) Deputy: <@U2>"
    said = Message("C1", "1767621600.000100", user_id="U1", text=topic, subtype="channel_topic")
    found = analyse.analyse([said], people).role_claims
    assert [(str(each.role), each.user_id) for each in found] == [("ic", "U1"), ("deputy", "U2")]


@pytest.mark.parametrize(
    "line",
    [
        "My shift ends at 06:00. Hand-over to day shift Bo as MIM.",
        "handover to Bo as incident commander at 15:00",
        "handing over to the night shift, Bo as IC",
    ],
)
def test_a_shift_that_is_handed_over_names_who_commands(harvest: Harvest, line: str) -> None:
    found = harvest("I am IC", line, "all quiet").ic
    assert found is not None
    assert found.user_id == "UBO"
