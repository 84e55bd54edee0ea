from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, Role
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Lines = list[str | tuple[str, str]]


def held(found: Findings) -> set[tuple[Role, str | None]]:
    return {(claim.role, claim.user_id) for claim in found.role_claims if claim.role is not Role.ic}


def commander(found: Findings) -> str | None:
    return found.ic.user_id if found.ic else None


@pytest.mark.parametrize(
    ("line", "role", "who"),
    [
        ("I'll run this thing, bo eng, cy customers. who else is up", Role.customer_liaison, "UCY"),
        ("ok this is an incident. i'm running it. bo = players. cy = db", Role.customer_liaison, "UBO"),
        ("Bo on fares, Dee on machines, Cy the voice of passengers", Role.customer_liaison, "UCY"),
        ("im taking lead. bo tech, cy users", Role.customer_liaison, "UCY"),
        ("bo: database, cy: customer side", Role.customer_liaison, "UCY"),
        (
            "<@UBO> can you take customer comms please, <@UCY> internal stakeholders as usual.",
            Role.internal_liaison,
            "UCY",
        ),
        ("bo: db\ncy: customers\ndee: notes", Role.scribe, "UDEE"),
        ("- bo db\n- cy customers\n- dee notes", Role.customer_liaison, "UCY"),
        ("Team: bo (db), cy (customers), dee (notes)", Role.customer_liaison, "UCY"),
        ("splitting up: bo db / cy frontend / dee customers", Role.customer_liaison, "UDEE"),
        ("bo fix, cy customers, dee management", Role.internal_liaison, "UDEE"),
        ("I lead. bo network, cy notes please", Role.scribe, "UCY"),
    ],
)
def test_the_work_is_shared_out_in_one_breath(harvest: Harvest, line: str, role: Role, who: str) -> None:
    assert (role, who) in held(harvest(line))


@pytest.mark.parametrize(
    "line",
    [
        "cy customers",
        "cy customers are calling, bo is angry",
        "bo said so, cy customers say no",
        "bo fix, cy customers?",
        "bo's log, cy's notes are in the doc",
        "lunch: bo pizza, cy salad",
        "bo: ok\ncy: log",
        "bo for users, cy for admins get new roles",
        "ask bo about customers, cy about management",
        "I'm running late, bo customers",
        "bo checks logs, cy checks customers, dee waits",
        "bo thinks players, cy wrote to users yesterday",
        "bo has 12 customers with errors, cy has 5 users with errors",
    ],
)
def test_what_is_said_of_people_is_no_share(harvest: Harvest, line: str) -> None:
    assert held(harvest(line)) == set()


def test_who_refuses_a_share_has_no_role(harvest: Harvest) -> None:
    assert held(harvest("I lead. bo fix, cy customers", ("no, I can't right now", "UCY"))) == set()


@pytest.mark.parametrize(
    "lines",
    [
        ["I'm IC", ("Morning, Bo, picking up from Ana. Read the log. Anything open?", "UBO")],
        ["I'm IC", ("taking over from ana, slept well", "UBO")],
        ["I'm IC", ("hi, in for Ana from now. what do I need to know about the queues and the database first?", "UBO")],
        ["I'm IC", "handing to <@UBO> for asia launch. bo: queue is on, 500/s"],
        ["I'm IC", "handing over to bo for the night"],
        ["I'm IC", "handing to bo. state: cache on"],
        ["I'm IC", "handover to bo. open: the queue"],
        ["I'm IC", "IC from now: bo"],
        ["I'm IC", "bo is taking it from here, bye"],
        ["I'm IC", "bo will carry this from here"],
        ["I'm IC", "I'm out, bo has it"],
        ["I'm IC", "bo, you're on. I'm off to bed"],
        ["I'm IC", ("Good morning, Bo here, I relieve Ana", "UBO")],
        ["I'm IC", "handover: see above. over to you, I'm off", ("got it", "UBO")],
        ["I'm IC", "going to bed, it's yours. sleep", ("thanks, mine", "UBO")],
        ["I'm IC", ("I take the morning shift", "UBO"), "over to you, I'm off"],
    ],
)
def test_command_goes_on_to_the_next_shift(harvest: Harvest, lines: Lines) -> None:
    assert commander(harvest(*lines)) == "UBO"


@pytest.mark.parametrize(
    "lines",
    [
        ["I'm IC", ("picking up from where we were", "UBO")],
        ["I'm IC", ("picking up from ana's comment in the doc", "UBO")],
        ["I'm IC", ("picking up from Cy", "UBO")],
        ["I'm IC", "handing to bo for review"],
        ["I'm IC", "bo has it"],
        ["I'm IC", "bo, you're on mute"],
        ["I'm IC", "bo takes the bus from here"],
        ["I'm IC", "if I drop, bo takes over"],
        ["I'm IC", "I keep IC until it's contained, bo is deputy for the nights"],
        ["I'm IC", "the fix is ready, over to you", ("got it", "UBO")],
        ["I'm IC", "over to you, I'm off", "anyone?"],
        ["I'm IC", "it's yours, merge when the tests are out", ("on it", "UBO")],
        [("I'm IC", "UANA"), ("over to you, I'm off", "UCY"), ("got it", "UBO")],
    ],
)
def test_command_stays_where_only_work_goes_on(harvest: Harvest, lines: Lines) -> None:
    assert commander(harvest(*lines)) == "UANA"


@pytest.mark.parametrize(
    "asked",
    [
        "Ana needs to leave, <@UBO> would you take over as scribe?",
        "<@UBO> can you take over comms?",
        "<@UBO> can you take over the database from <@UCY>?",
    ],
)
def test_who_takes_over_a_part_of_the_work_has_no_command(harvest: Harvest, asked: str) -> None:
    found = harvest("I'm IC", asked, ("sure", "UBO"))
    assert found.ic is not None
    assert found.ic.user_id == "UANA"


@pytest.mark.parametrize("asked", ["<@UBO> can you take over?", "<@UBO> can you take over as IC?"])
def test_who_takes_over_has_it(harvest: Harvest, asked: str) -> None:
    found = harvest("I'm IC", asked, ("sure", "UBO"))
    assert found.ic is not None
    assert found.ic.user_id == "UBO"


def test_an_app_that_pages_who_is_on_duty_names_nobody(harvest: Harvest, say: Callable[..., Message]) -> None:
    paged = say("Paged the commander on duty: <@UBO>. Second in line: <@UCY>.", None, 0, bot_id="B1", bot_name="bosun")
    assert harvest(paged).ic is None


@pytest.mark.parametrize(
    "line",
    ["Bo Berg took over as Incident Commander from Ana Alvarez", "Bo Berg has been made Incident Lead by Ana Alvarez"],
)
def test_an_app_that_says_who_has_command_now(harvest: Harvest, say: Callable[..., Message], line: str) -> None:
    found = harvest("I'm IC", say(line, None, 1, bot_id="B1", bot_name="incidentbot"))
    assert found.ic is not None
    assert found.ic.user_id == "UBO"
