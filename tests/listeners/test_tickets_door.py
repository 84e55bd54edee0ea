"""From the list of action items to issues in a Jira: one button makes them all, each once, and the list says what came of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from tests.fakes.bot import PATIENCE, Bot
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, LocalJira
from tests.jobs.test_tickets import begun

OWNER, OTHER = "U2", "U5"


@pytest.fixture
def jira() -> Iterator[LocalJira]:
    with local_jira.running(LocalJira()) as jira:
        yield jira


@pytest.fixture
def bot(engine: Engine, jira: LocalJira) -> Bot:
    access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=True)
    bot = begun(engine, JiraTracker(JiraClient(access, timeout=(1, 1))))
    record = bot.record()
    with bot.store.transaction(PATIENCE) as unit:
        for number in (1, 2):
            unit.items.put_action(
                ActionItem(
                    f"{number:032}",
                    record.id,
                    f"Fall back {number}",
                    Decision.TICKET,
                    OWNER,
                    bot.clock.now(),
                    kind=ActionKind.PREVENT,
                    priority=Priority.P1,
                )
            )
    return bot


def listed(bot: Bot) -> str:
    bot.command("actions", OWNER)
    return str(bot.screens.form())


def test_one_button_makes_every_ticket_once(bot: Bot, jira: LocalJira) -> None:
    before = len(jira.issues)
    made = listed(bot)
    assert ids.TICKETS_CREATE in made
    for _ in range(2):
        bot.press(ids.TICKETS_CREATE, bot.record().id, OWNER)
        bot.work()
    new = list(jira.issues.values())[before:]
    assert {"Fall back 1", "Fall back 2"} <= {issue.fields["summary"] for issue in new}
    assert jira.posts == len(jira.issues)
    shown = listed(bot)
    assert all(issue.key in shown for issue in new)
    assert ids.TICKETS_CREATE not in shown


def test_a_ticket_that_is_refused_says_why_and_is_asked_for_again_by_the_same_button(bot: Bot, jira: LocalJira) -> None:
    jira.fail("create", local_jira.FORBIDDEN, local_jira.FORBIDDEN, local_jira.FORBIDDEN)
    bot.press(ids.TICKETS_CREATE, bot.record().id, OWNER)
    bot.work()
    assert "permission in this project" in listed(bot)
    bot.press(ids.TICKETS_CREATE, bot.record().id, OWNER)
    bot.work()
    assert ids.TICKETS_CREATE not in listed(bot)


def test_somebody_who_does_not_write_makes_none(bot: Bot, jira: LocalJira) -> None:
    bot.press(ids.TICKETS_CREATE, bot.record().id, OTHER)
    bot.work()
    assert jira.posts == 0
