"""What the card says at each point of the way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks import card, hub, ids, role_steps
from bot.domain.content import Content, Entry, Section
from bot.domain.harvest_state import Phase
from bot.domain.life import Life
from bot.domain.postmortem import OwnerState, ProposalState, Roles
from bot.domain.status import Status
from bot.ports.chat import Drawing
from tests import factories


def said(drawing: Drawing) -> str:
    """Everything that can be read on a message."""
    return json.dumps(list(drawing.blocks), ensure_ascii=False)


def buttons(drawing: Drawing) -> dict[str, tuple[str, str]]:
    """Action id -> label and value."""
    found = [each for block in drawing.blocks if block["type"] == "actions" for each in block["elements"]]
    return {each["action_id"]: (each["text"]["text"], each["value"]) for each in found}


def test_the_card_names_the_record_its_people_and_its_deadline() -> None:
    drawn = said(card.card(factories.overview(factories.postmortem(roles=Roles(ic="U1", scribe="U3")))))
    for part in ("PM-7 · Checkout is slow", "Draft", "SEV-1", "<@U2> – waiting for an answer", "<@U1>", "<@U3>"):
        assert part in drawn
    assert "Meeting due Thu 26 Nov, end of day, UTC" in drawn


def test_an_owner_who_is_waited_for_is_no_tick() -> None:
    assert ":hourglass_flowing_sand: Owner: waiting for an answer" in said(hub.hub(factories.overview()))


def test_the_owner_who_accepted_is_shown_so() -> None:
    record = factories.postmortem(owner_state=OwnerState.ACCEPTED)
    assert "<@U2> – accepted" in said(card.card(factories.overview(record)))


def test_a_proposal_shows_who_proposed_and_who_is_waited_for() -> None:
    drawn = said(card.card(factories.overview(factories.fresh(), proposal=factories.proposal())))
    assert "<@U2> – proposed by <@U4>, waiting for <@U1>" in drawn


def test_a_decided_proposal_is_not_shown_as_waiting() -> None:
    proposal = factories.proposal(state=ProposalState.CONFIRMED)
    assert "proposed by" not in said(card.card(factories.overview(proposal=proposal)))


def test_unknowns_are_named_and_the_deadline_says_that_it_is_provisional() -> None:
    drawn = said(card.card(factories.overview(factories.fresh())))
    assert "not set" in drawn
    assert "provisional until the severity is set and the end of the incident is given" in drawn


def test_a_deadline_that_passed_turns_red() -> None:
    overview = factories.overview()
    late = replace(overview, now=overview.deadline.due + timedelta(hours=5))
    assert ":red_circle: Overdue: the meeting was due" in said(card.card(late))
    last_second = replace(overview, now=overview.deadline.due - timedelta(seconds=1))
    assert ":red_circle:" not in said(card.card(last_second))


def test_an_assumed_ic_is_marked() -> None:
    record = factories.postmortem(roles=Roles(ic="U1", ic_assumed=True))
    assert "<@U1> (assumed)" in said(card.card(factories.overview(record)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"harvest": None}, "has not been read yet"),
        (
            {"harvest": factories.harvest(phase=Phase.HISTORY), "counts": factories.counts(1400, 37, 36)},
            "1,400 messages and 1 of 37 threads read so far",
        ),
        (
            {"harvest": factories.harvest(phase=Phase.THREADS), "counts": factories.counts(1400, 0, 0)},
            "Reading the threads: 1,400 messages read so far",
        ),
        (
            {
                "harvest": factories.harvest(phase=Phase.HISTORY, waiting_until=factories.NOW + timedelta(seconds=40)),
                "counts": factories.counts(1400, 0),
            },
            "1,400 messages read, Slack asked us to wait until <!date^",
        ),
        (
            {
                "harvest": factories.harvest(),
                "counts": factories.counts(),
                "findings": factories.findings(),
                "life": Life(waiting_items=(("1.0", 0),), waiting_todos=(("2.0", 0), ("3.0", 0))),
                "postmortem": factories.fresh(),
            },
            "1,412 messages and 37 of 37 threads read.\\nFound, to be confirmed by people: 2 responders, "
            "1 timeline entry, 2 TODOs, 1 recording.",
        ),
        (
            {
                "harvest": factories.harvest(phase=Phase.STOPPED, trouble="The bot is not in <this> channel."),
                "counts": factories.counts(200, 5, 5),
            },
            "stopped: The bot is not in &lt;this&gt; channel.\\n200 messages and 0 of 5 threads read so far; "
            "the rest is missing",
        ),
    ],
    ids=["not read", "reading", "threads", "waiting", "done", "stopped"],
)
def test_the_card_says_how_far_the_reading_has_got(values: dict[str, object], expected: str) -> None:
    assert expected in said(card.card(factories.overview(**values)))


@pytest.mark.parametrize(
    ("values", "counts", "expected"),
    [
        (
            {},
            (1400, 37, 30),
            "7 of 37 threads read so far; about 30 minutes more, at one call a minute, as Slack allows.",
        ),
        (
            {"waiting_until": factories.NOW + timedelta(seconds=59)},
            (1400, 37, 30),
            "It goes on by itself (about 30 minutes more, at one call a minute, as Slack allows, this wait included).",
        ),
        (
            {"phase": Phase.HISTORY, "waiting_until": factories.NOW + timedelta(seconds=59)},
            (1400, 0, 0),
            "It goes on by itself; how long it will still take cannot be told yet.",
        ),
        (
            {"phase": Phase.HISTORY},
            (1400, 0, 0),
            "Reading the channel: 1,400 messages read so far; how long it will still take cannot be told yet.",
        ),
        ({"phase": Phase.ANALYSE}, (1400, 37, 0), '37 of 37 threads read so far."'),
    ],
    ids=["threads", "waiting", "waiting, unknown", "unknown", "analysis"],
)
def test_the_card_says_how_long_the_reading_will_still_take(
    values: dict[str, object], counts: tuple[int, int, int], expected: str
) -> None:
    begun = factories.NOW - timedelta(minutes=6)
    given = {"phase": Phase.THREADS, "calls": 7, "calls_from": begun, "called_at": factories.NOW} | values
    state, found = factories.harvest(**given), factories.counts(*counts)
    assert expected in said(card.card(factories.overview(harvest=state, counts=found)))


@pytest.mark.parametrize(
    ("wait", "expected"),
    [
        (0, "<#C2>: :hourglass_flowing_sand: 90 messages and 7 of 37 threads read so far; about 30 minutes more,"),
        (
            59,
            "90 messages and 7 of 37 threads read, Slack asked us to wait; about 30 minutes more, at one call a minute,",
        ),
    ],
)
def test_of_another_channel_too(wait: int, expected: str) -> None:
    begun, until = factories.NOW - timedelta(minutes=6), factories.NOW + timedelta(seconds=wait)
    given = {"calls": 7, "calls_from": begun, "called_at": factories.NOW, "waiting_until": until}
    other = factories.harvest(channel_id="C2", phase=Phase.THREADS, **given)
    readings = ((other, factories.counts(90, 37, 30)),)
    shown = card.card(factories.overview(harvest=factories.harvest(), counts=factories.counts(), readings=readings))
    assert expected in said(shown)


def test_what_was_decided_is_not_counted_as_waiting() -> None:
    saved = Content({Section.RESPONDERS: Entry(Section.RESPONDERS, {}, 1, "U2", factories.NOW)})
    record = factories.postmortem(recording="https://x.example/r")
    found = {"harvest": factories.harvest(), "counts": factories.counts(), "findings": factories.findings()}
    shown = said(card.card(factories.overview(record, life=Life(saved), **found)))
    assert "threads read." in shown
    assert "to be confirmed" not in shown


def test_a_wait_that_is_over_is_not_shown_any_more() -> None:
    state = factories.harvest(phase=Phase.HISTORY, waiting_until=factories.NOW)
    assert "asked us to wait" not in said(card.card(factories.overview(harvest=state, counts=factories.counts())))


def test_the_channel_can_be_read_again_only_when_nobody_is_reading() -> None:
    running = card.card(factories.overview(harvest=factories.harvest(phase=Phase.THREADS)))
    stopped = card.card(factories.overview(harvest=factories.harvest(phase=Phase.STOPPED)))
    done = card.card(factories.overview(harvest=factories.harvest()))
    assert ids.HARVEST_AGAIN not in buttons(running)
    assert buttons(stopped)[ids.HARVEST_AGAIN] == ("Try reading the channel again", "record-7")
    assert buttons(done)[ids.HARVEST_AGAIN] == ("Read the channel again", "record-7")


def test_a_closed_record_offers_to_be_opened_again_and_nothing_else() -> None:
    closed = card.card(factories.overview(factories.postmortem(status=Status.CLOSED)))
    assert buttons(closed) == {ids.MOVE_IN_REVIEW: ("Open again", "record-7:Closed")}


def test_the_document_is_linked_when_there_is_one() -> None:
    link = "https://acme.slack.com/files/U1/F1/pm-7.md"
    assert f"<{link}|Open the document>" in said(card.card(factories.overview(document=link)))
    assert "appears here" in said(card.card(factories.overview()))


def test_troubles_are_shown_and_those_left_out_are_counted() -> None:
    drawn = said(card.card(factories.overview(troubles=tuple(f"Trouble {n}" for n in range(8)))))
    assert "• Trouble 4" in drawn
    assert "Trouble 5" not in drawn
    assert "and 3 more" in drawn


@pytest.mark.parametrize(
    ("values", "proposed", "expected"),
    [
        pytest.param({"owner": None}, False, "<@U1> designates one owner", id="nobody owns it"),
        pytest.param({"owner": None}, True, "<@U1> confirms the owner", id="somebody is proposed"),
        pytest.param(
            {}, False, "<@U2> books the meeting", id="R-12: the meeting comes first, before anything is written"
        ),
        pytest.param({"status": Status.CLOSED}, False, "nothing, it is closed", id="closed"),
    ],
)
def test_there_is_one_next_step(values: dict[str, object], proposed: bool, expected: str) -> None:
    proposal = factories.proposal() if proposed else None
    overview = factories.overview(factories.postmortem(**values), proposal=proposal)
    assert f"*Next:* {expected}" in said(card.card(overview))


def test_the_status_answer_shows_the_same_facts_as_the_card() -> None:
    overview = factories.overview(findings=factories.findings())
    facts = card.summary_blocks(overview, short=False)
    assert list(hub.hub(overview).blocks)[: len(facts)] == facts
    assert [block for block in card.card(overview).blocks if block in facts] == facts


def test_every_role_learns_what_it_does_and_who_has_it() -> None:
    drawn = said(role_steps.role_steps(factories.overview(factories.postmortem(roles=Roles(ic="U1", scribe="U3")))))
    for part in ("*Incident commander* <@U1>", "*Scribe* <@U3>", "TODO", "*Customer liaison*", "status page"):
        assert part in drawn
    assert "nothing has to be done" not in drawn


def test_the_steps_by_role_are_a_line_each_and_leave_out_what_is_done() -> None:
    done = said(role_steps.role_steps(factories.overview()))
    assert done.count("\u2022") == 4
    for gone in ("assign", "severity", "resolve"):
        assert gone not in done
    fresh = said(role_steps.role_steps(factories.overview(factories.fresh())))
    assert "set the final severity; resolve the incident" in fresh


def test_details_that_are_there_are_looked_at_and_not_filled_in() -> None:
    assert buttons(card.card(factories.overview()))[ids.DETAILS_OPEN][0] == "Incident details"
    assert buttons(card.card(factories.overview(factories.fresh())))[ids.DETAILS_OPEN][0] == "Fill in the details"
