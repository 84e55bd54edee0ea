from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.domain.harvest import analyse
from bot.domain.harvest.finding import Findings, Role
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


@pytest.mark.parametrize(
    "line",
    [
        "I'll take IC",
        "I’ll take IC",
        "I'm IC",
        "i'm the IC",
        "I can be IC",
        "taking IC",
        "I'm driving this one",
        "I'll run this incident",
        "I have the wheel",
        "I've got the wheel",
        "I'll run point",
        "I am taking over as IC",
        "stepping in as IC",
        "ok, I'll be incident commander",
        "I'm ICing this",
        "I lead from here",
        "Morning. I coordinate, <@UBO> database first",
        "I can't see anyone, taking lead",
        "I'm the major incident manager tonight",
        "I have the incident, thanks",
        "back as IC: IC is me",
        "I'm running this one until midnight",
        "duty incident manager here",
        "resuming command from bo",
        "put me down as lead",
        "I coordinate this if nobody minds",
    ],
)
def test_a_person_takes_command_in_their_own_words(harvest: Harvest, line: str) -> None:
    found = harvest(line).ic
    assert found is not None
    assert found.user_id == "UANA"


@pytest.mark.parametrize(
    "line",
    [
        "who is IC?",
        "who's the IC",
        "I'm not the IC",
        "I was IC last week",
        "if nobody wants it I'll take IC",
        "can I be IC?",
        "we need an IC",
        "ic, makes sense",
        "the IC: what now",
        "as IC one waits",
        "I'm in the IC channel",
        "IC: tbd",
        "IC: none",
        "IC: ?",
        "I wish I was the IC",
        "I'm driving to work",
        "I can drive, 20 min",
        "I have the flu",
        "I'll take the bus",
        "I'm running late",
        "the wheel is stuck",
        "Comms: Status page updated",
        "IC: @here",
    ],
)
def test_nobody_is_named(harvest: Harvest, line: str) -> None:
    found = harvest(line)
    assert (found.ic, found.scribe) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "handing IC over to Bo",
        "handing over command to <@UBO>",
        "passing the incident commander role to Bo Berg",
        "bo is IC now",
        "bo is taking over as IC",
        "<@UBO> will be IC",
        "<@UBO> you're IC",
        "bo has the wheel",
        "<@UBO> is driving this one",
        "IC = bo",
        "IC - <@UBO>",
        "*Incident lead:* <@UBO>",
        "IC → <@UBO>",
        "<@UBO> you have command",
        "Incident Commander: Bo Berg (taking over from ana)",
    ],
)
def test_command_goes_to_somebody_else(harvest: Harvest, line: str) -> None:
    found = harvest(line).ic
    assert found is not None
    assert found.user_id == "UBO"


@pytest.mark.parametrize(
    "line",
    [
        "IC changed: <@UANA> → <@UBO>",
        "IC changed from <@UANA> to <@UBO>",
        "Incident Commander has been assigned to <@UBO>",
        "<@UBO> is now the incident commander",
        "Incident Lead: <@UBO>",
    ],
)
def test_an_app_announces_who_commands(harvest: Harvest, say: Say, line: str) -> None:
    found = harvest(say(line, who="UBOT", bot_id="B1"))
    assert found.ic is not None
    assert found.ic.user_id == "UBO"
    assert {each.user_id for each in found.responders} == {"UBO"}


@pytest.mark.parametrize(
    "topic",
    [
        "LAUNCH 16:00 UTC // driver: @ana // cs: @bo // no deploys",
        "harbour gauge +0.38 m | duty officer: Ana | hotline 6611",
    ],
)
def test_a_topic_names_who_is_in_charge_in_other_words(harvest: Harvest, say: Say, topic: str) -> None:
    found = harvest(say(f"<@UCY> set the channel topic: {topic}", who="UCY", subtype="channel_topic"), "ok")
    assert found.ic is not None
    assert found.ic.user_id == "UANA"


def test_a_point_of_contact_for_others_does_not_command(harvest: Harvest) -> None:
    assert harvest("I'll be point of contact for leadership and legal").ic is None


def test_the_topic_says_who_commands(harvest: Harvest, say: Say) -> None:
    found = harvest(
        say("<@UCY> set the channel topic: SEV-1 | IC @ana | scribe @bo", who="UCY", subtype="channel_topic")
    )
    assert (found.ic and found.ic.user_id, found.scribe and found.scribe.user_id) == ("UANA", "UBO")
    assert [severity for _, severity in found.severities] == [1]
    assert found.timeline == ()


@pytest.mark.parametrize(
    "line",
    [
        "I'll scribe",
        "I'm scribing",
        "I can take notes",
        "I'll be the scribe",
        "scribe: <@UANA>",
        "taking notes",
        "ana is scribing",
    ],
)
def test_the_scribe_is_named(harvest: Harvest, line: str) -> None:
    found = harvest(line).scribe
    assert found is not None
    assert found.user_id == "UANA"


def test_a_role_that_is_asked_for_counts_when_it_is_accepted(harvest: Harvest, stamp: Callable[[float], str]) -> None:
    found = harvest("<@UBO> can you take IC?", ("sure", "UBO"))
    assert found.ic is not None
    assert (found.ic.user_id, found.ic.ts) == ("UBO", stamp(1))
    assert harvest("<@UBO> can you take IC?", ("sorry, in a meeting", "UBO")).ic is None
    assert harvest("<@UBO> can you take IC?", ("sure", "UCY")).ic is None


def test_the_liaisons_are_told_apart(harvest: Harvest) -> None:
    found = harvest("Customer liaison: <@UBO>, internal liaison: <@UCY>").role_claims
    assert [(claim.role, claim.user_id) for claim in found] == [
        (Role.customer_liaison, "UBO"),
        (Role.internal_liaison, "UCY"),
    ]


def test_a_name_of_two_people_stays_a_name(harvest: Harvest) -> None:
    found = harvest("IC: Bo Boberson").ic
    assert found is not None
    assert (found.user_id, found.name) == (None, "Bo Boberson")


@pytest.mark.parametrize(
    ("lines", "role", "who"),
    [
        ([("<@UBO> can you scribe", "UANA"), ("yep on it", "UBO")], Role.scribe, "UBO"),
        ([("<@UBO> can you take customer comms please", "UANA"), ("on it", "UBO")], Role.customer_liaison, "UBO"),
        (
            [("<@UBO> could you be internal liaison? numbers first", "UANA"), ("ok", "UBO")],
            Role.internal_liaison,
            "UBO",
        ),
        ([("I'm driving until 18 UTC", "UBO")], Role.ic, "UBO"),
        ([("I have it from here", "UBO")], Role.ic, "UBO"),
        ([("I take lead", "UBO")], Role.ic, "UBO"),
        ([("back, scribing", "UBO")], Role.scribe, "UBO"),
        ([("I'll keep the log", "UBO")], Role.scribe, "UBO"),
        ([("Bo here, just got in. I take over the log from Cy", "UBO")], Role.scribe, "UBO"),
    ],
)
def test_a_role_is_taken_in_many_words(harvest: Harvest, lines: list[tuple[str, str]], role: Role, who: str) -> None:
    claims = [(claim.role, claim.user_id) for claim in harvest(*lines).role_claims]
    assert claims == [(role, who)]


@pytest.mark.parametrize(
    "line", ["I'll take the lead on the retro", "are you driving until 18?", "<@UBO> can you scribe"]
)
def test_a_role_is_not_taken_by_what_only_sounds_like_it(harvest: Harvest, line: str) -> None:
    assert harvest(line).role_claims == ()


@pytest.mark.parametrize(
    "line",
    [
        "I lead the payments team",
        "I'll run this query on the replica",
        "I have the incident report open",
        "ana leads the platform group",
        "bo drives home",
        "Acking. I will look",
        "I'll note this down",
        "the lead is cold",
        "bo can you take it?",
        "mine, tomorrow",
    ],
)
def test_a_job_or_a_task_is_no_role(harvest: Harvest, line: str) -> None:
    assert harvest(line, ("ok", "UBO")).role_claims == ()


def test_a_list_of_who_does_what_names_each_of_them(harvest: Harvest) -> None:
    found = harvest("I lead. Bo's on comms, cy keeps the minutes, dee deputy")
    assert {(claim.role, claim.user_id) for claim in found.role_claims} == {
        (Role.ic, "UANA"),
        (Role.customer_liaison, "UBO"),
        (Role.scribe, "UCY"),
        (Role.deputy, "UDEE"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "*Lead is now bo*",
        "IC bo",
        "Incident manager: ana → bo",
        "Roles: IC bo since 14:02",
        "| Incident Commander | bo |",
        "*Incident Commander*\n<@UBO>",
        "<@UANA> assigned <@UBO> as Incident Lead",
        "bo joined as Commander",
        "Incident led by bo",
    ],
)
def test_apps_say_who_leads_in_many_ways(harvest: Harvest, say: Say, line: str) -> None:
    found = harvest(say(line, who="UBOT", bot_id="B1"))
    assert [(claim.role, claim.user_id) for claim in found.role_claims] == [(Role.ic, "UBO")]


@pytest.mark.parametrize(
    "lines",
    [
        ["I'm IC", ("over to you bo", "UANA")],
        ["I'm IC", "lunch. bo, you have it until 8 CET?", ("ok", "UBO")],
        ["I'm IC", "bo can you take over from me?", ("sure", "UBO")],
        ["I'm IC", ("want me to take over?", "UBO"), "please", ("have it", "UBO")],
        ["I'm IC", "writing the handover", ("morning. mine now", "UBO")],
        ["I'm IC", ("taking over", "UBO")],
        [("I'm IC", "UBO"), "bo has to leave, taking over", ("back, I have it again", "UBO")],
        ["who takes the lead?", ("I'll take it", "UBO")],
        ["who is IC?", ("bo", "UCY")],
        [("shall I take the lead?", "UBO"), "please do"],
    ],
)
def test_command_passes_in_words_that_name_no_role(harvest: Harvest, lines: list[str | tuple[str, str]]) -> None:
    found = harvest(*lines).ic
    assert found is not None
    assert found.user_id == "UBO"


@pytest.mark.parametrize(
    "lines",
    [
        ["over to you bo"],
        ["I'm IC", ("small change, mine", "UBO")],
        ["I'm IC", "handing over to bo at 14:00"],
        ["I'm IC", ("bo can you take over?", "UANA"), ("I can't, sorry", "UBO")],
        ["I'm IC", ("over to you bo", "UCY")],
    ],
)
def test_command_stays_where_nobody_who_has_it_gives_it(harvest: Harvest, lines: list[str | tuple[str, str]]) -> None:
    found = harvest(*lines).ic
    assert found is None or found.user_id == "UANA"


def test_an_app_that_lacks_a_lead_is_answered_by_who_takes_it(harvest: Harvest, say: Say) -> None:
    vacant = say("No incident lead yet. Press the button to claim it.", who="UBOT", bot_id="B1")
    found = harvest(vacant, ("I'll take it", "UBO")).ic
    assert found is not None
    assert found.user_id == "UBO"


def test_who_was_named_shortly_before_the_start_has_the_role(
    harvest: Harvest, clock: Callable[[float], datetime]
) -> None:
    lines = ["I'm IC", *(("looking at it", "UBO"),) * 3]
    assert harvest(*lines, window=analyse.Window(clock(2), clock(30))).ic is not None
    assert harvest(*lines, window=analyse.Window(clock(90), clock(95))).ic is None
