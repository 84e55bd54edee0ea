"""The severity or the start changes after tickets were made: whoever changed it is asked once, and after their word every ticket has the
labels of the incident as it is recorded now; labels of people stay, and what could not be changed is named (R-32)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.policy import Policy
from bot.domain.postmortem import Roles
from bot.domain.status import Status
from bot.domain.tickets import TicketRules
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.chat import Post
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, LocalJira
from tests.jobs.test_tickets import LATE, begun
from tests.listeners.test_ticket_links import SECOND, item

OWNER, IC, SHADOW = "U2", "U1", "U4"
OLD, NEW = ["sev2", "sev2_20261123"], ["sev1", "sev1_20261123"]
OFFER = "Relabel 2 tickets"


@pytest.fixture
def jira() -> Iterator[LocalJira]:
    with local_jira.running(LocalJira()) as jira:
        yield jira


@pytest.fixture
def bot(engine: Engine, jira: LocalJira) -> Bot:
    """A SEV-2 that began at 23:50 UTC and ended the next day, with two tickets that the bot made; a person labelled one of them."""
    access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=True)
    bot = begun(
        engine, JiraTracker(JiraClient(access, timeout=(1, 1))), Policy(tickets=TicketRules("OPS", url=jira.url))
    )
    with bot.store.transaction(PATIENCE) as unit:
        unit.items.put_action(item(bot, SECOND, "Fall back"))
    bot.press(ids.TICKETS_CREATE, "pm1", OWNER)
    bot.work()
    jira.issues["OPS-1"].fields["labels"].insert(0, "backend")
    return bot


def labels(jira: LocalJira, key: str) -> list[str]:
    """Without the bot's own, which is the same for ever."""
    own = next(each["action_id"] for each in kept(jira, key))
    return [each for each in jira.issues[key].fields["labels"] if each != f"pm-{own}"]


def kept(jira: LocalJira, key: str) -> list[dict[str, str]]:
    found = [each[3:] for each in jira.issues[key].fields["labels"] if each.startswith("pm-")]
    return [{"action_id": each} for each in found]


def told(bot: Bot, topic: str, user: str = IC) -> list[Post]:
    return [post for post in bot.chat.posts if post.channel == f"D{user}" and f":{topic}:" in post.mark]


def severity(bot: Bot, to: int = 1, user: str = IC) -> None:
    bot.command(f"severity SEV-{to}", user)
    bot.work()


def relabel(bot: Bot, user: str = IC) -> str:
    bot.press(ids.TICKETS_RELABEL, "pm1", user)
    bot.work()
    return bot.screens.sentence()


def button(post: Post) -> dict[str, Any]:
    """The one that relabels."""
    found = [
        element
        for block in post.drawing.blocks
        for element in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else []))
        if element.get("action_id") == ids.TICKETS_RELABEL
    ]
    assert len(found) == 1
    return dict(found[0])


def test_an_incident_over_midnight_has_the_day_of_its_start_and_keeps_it_with_another_severity(
    bot: Bot, jira: LocalJira
) -> None:
    assert (labels(jira, "OPS-1"), labels(jira, "OPS-2")) == (["backend", *OLD], OLD)
    own = kept(jira, "OPS-1"), kept(jira, "OPS-2")
    severity(bot)
    assert (labels(jira, "OPS-1"), labels(jira, "OPS-2")) == (["backend", *OLD], OLD), "nothing before the word"
    relabel(bot)
    assert (labels(jira, "OPS-1"), labels(jira, "OPS-2")) == (["backend", *NEW], NEW)
    assert (kept(jira, "OPS-1"), kept(jira, "OPS-2")) == own
    assert [each.new for each in bot.history() if each.field == "ticket labels"] == [
        "sev1 sev1_20261123 on OPS-1, OPS-2"
    ]


def test_whoever_changed_it_is_asked_once_and_the_card_and_the_list_ask_until_it_is_done(
    bot: Bot, jira: LocalJira
) -> None:
    severity(bot)
    (asked,) = told(bot, "tickets_outdated")
    drawn = button(asked)
    assert drawn["text"]["text"] == OFFER
    assert drawn["confirm"]["text"]["text"] == (
        "OPS-1, OPS-2: lose sev2 sev2_20261123 and get sev1 sev1_20261123. Labels that people added stay as they are."
    )
    assert button(bot.card)["text"] == drawn["text"]
    bot.command("actions", OWNER)
    assert OFFER in str(bot.screens.form())
    relabel(bot)
    assert not any(ids.TICKETS_RELABEL in str(block) for block in bot.card.drawing.blocks)
    assert len(told(bot, "tickets_outdated")) == 1
    (outcome,) = told(bot, "tickets_relabelled")
    assert "Labelled `sev1 sev1_20261123`: 2 of 2 tickets of *PM-1* Pool." in outcome.text
    assert "Every ticket has the labels" in relabel(bot)
    assert len(told(bot, "tickets_relabelled")) == 1


def test_one_that_cannot_be_changed_is_named_with_its_reason_and_holds_up_no_other(bot: Bot, jira: LocalJira) -> None:
    severity(bot)
    jira.fail("edit", local_jira.FORBIDDEN)
    relabel(bot)
    failed, done = ("OPS-1", "OPS-2") if labels(jira, "OPS-2") == NEW else ("OPS-2", "OPS-1")
    assert set(labels(jira, done)) >= set(NEW)
    assert set(labels(jira, failed)) >= set(OLD)
    (outcome,) = told(bot, "tickets_relabelled")
    assert "1 of 2 tickets" in outcome.text
    said = str(outcome.drawing.blocks)
    assert f"|{failed}>: Jira does not allow this to the bot's account" in said
    assert done not in said
    assert button(outcome)["text"]["text"] == "Relabel 1 ticket"
    relabel(bot)
    assert set(labels(jira, failed)) >= set(NEW)
    assert "1 of 1 ticket of" in told(bot, "tickets_relabelled")[-1].text


def test_while_jira_is_down_it_is_tried_again_and_nobody_is_told_that_it_is_done(bot: Bot, jira: LocalJira) -> None:
    severity(bot)
    jira.fail("read", *[local_jira.BROKEN] * 8)
    bot.press(ids.TICKETS_RELABEL, "pm1", IC)
    bot.work(timedelta(seconds=5))
    assert told(bot, "tickets_relabelled") == []
    for _ in range(4):
        bot.later(timedelta(minutes=2))
    assert "2 of 2 tickets" in told(bot, "tickets_relabelled")[0].text


def test_another_start_has_another_day(bot: Bot, jira: LocalJira) -> None:
    bot.clock.advance(timedelta(days=2))
    earlier = LATE - timedelta(days=1)
    reply = bot.submit(bot.details_form(OWNER), OWNER, started_at=int(earlier.timestamp()))
    assert reply.errors == {}
    bot.work()
    (asked,) = told(bot, "tickets_outdated", OWNER)
    assert "`sev2 sev2_20261122` now" in str(asked.drawing.blocks)
    assert "lose sev2_20261123 and get sev2_20261122." in str(button(asked)["confirm"])
    relabel(bot, OWNER)
    assert (labels(jira, "OPS-1"), labels(jira, "OPS-2")) == (
        ["backend", "sev2", "sev2_20261122"],
        ["sev2", "sev2_20261122"],
    )


def test_a_proposal_that_the_ic_confirms_asks_the_ic(bot: Bot, jira: LocalJira) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        unit.records.save(record.changed(roles=Roles(ic=IC)))
    severity(bot, user=OWNER)
    assert told(bot, "tickets_outdated", OWNER) == []
    bot.press(ids.SEVERITY_CONFIRM, "pm1:2:1", IC)
    bot.work()
    assert len(told(bot, "tickets_outdated", IC)) == 1


def test_changed_back_before_anybody_answered_there_is_nothing_to_do(bot: Bot, jira: LocalJira) -> None:
    bot.command("severity SEV-1", IC)
    bot.command("severity SEV-2", IC)
    bot.work()
    (asked,) = told(bot, "tickets_outdated")
    assert "have the labels of the incident as it is recorded now" in asked.text
    assert "Every ticket has the labels" in relabel(bot)


def test_no_tickets_no_question(engine: Engine, jira: LocalJira) -> None:
    access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=True)
    bot = begun(engine, JiraTracker(JiraClient(access)), Policy(tickets=TicketRules("OPS", url=jira.url)))
    severity(bot)
    assert told(bot, "tickets_outdated") == []


def test_what_is_closed_can_still_be_relabelled(bot: Bot, jira: LocalJira) -> None:
    severity(bot)
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        unit.records.save(record.changed(status=Status.CLOSED))
    relabel(bot)
    assert labels(jira, "OPS-2") == NEW


def test_somebody_else_relabels_nothing(bot: Bot, jira: LocalJira) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        unit.records.save(record.changed(roles=Roles(ic=IC, shadow=SHADOW)))
    severity(bot)
    assert "relabels its tickets" in relabel(bot, SHADOW)
    assert labels(jira, "OPS-2") == OLD


def test_one_that_is_gone_in_jira_is_not_offered(bot: Bot, jira: LocalJira) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        gone = next(each for each in unit.tickets.of_record("pm1") if each.key == "OPS-1")
        unit.tickets.put(replace(gone, gone=True))
    severity(bot)
    (asked,) = told(bot, "tickets_outdated")
    assert button(asked)["text"]["text"] == "Relabel 1 ticket"
    relabel(bot)
    assert (labels(jira, "OPS-1"), labels(jira, "OPS-2")) == (["backend", *OLD], NEW)


def test_several_that_are_refused_are_told_in_one_message(bot: Bot, jira: LocalJira) -> None:
    severity(bot)
    jira.fail("edit", local_jira.FORBIDDEN, local_jira.UNAUTHORIZED)
    relabel(bot)
    assert len(told(bot, "tickets_relabelled")) == 1
    assert [post for user in (IC, "U2") for post in told(bot, "trouble", user)] == []
    assert "Not everything worked" in str(bot.card.drawing.blocks)
