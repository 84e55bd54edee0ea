"""The whole way to a local Jira, with what goes wrong on the wire: one issue, and one request for each answer that was lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.domain.tickets import TicketState
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from tests.fakes.bot import Bot
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, Fault, LocalJira
from tests.jobs.test_tickets import LABEL, ask, begun, kept, later


@dataclass(frozen=True)
class Life:
    """A bot and its Jira."""

    bot: Bot
    jira: LocalJira

    def pass_by(self, minutes: int = 9) -> None:
        for _ in range(2 * minutes):
            later(self.bot, timedelta(seconds=30))


@pytest.fixture
def life(engine: Engine) -> Iterator[Life]:
    with local_jira.running(LocalJira(behind=2)) as jira:
        access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=True)
        yield Life(begun(engine, JiraTracker(JiraClient(access, timeout=(1, 0.2)))), jira)


pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
PASSING = [
    pytest.param("create", [local_jira.LOST], 1, id="answer-lost"),
    pytest.param("create", [local_jira.HANG], 1, id="timeout-after-it-was-made"),
    pytest.param("create", [local_jira.MADE_BUT_500], 1, id="502-after-it-was-made"),
    pytest.param("create", [local_jira.BROKEN], 2, id="500-then-200"),
    pytest.param("create", [local_jira.WAIT], 2, id="429"),
    pytest.param("*", [local_jira.WAIT, local_jira.BROKEN, local_jira.CUT], 1, id="trouble-before-anything-is-sent"),
    pytest.param("search", [local_jira.BROKEN, local_jira.CUT], 1, id="trouble-of-the-search-alone"),
    pytest.param("link", [local_jira.LOST, local_jira.BROKEN], 1, id="trouble-of-the-link-back"),
]


@pytest.mark.parametrize(("operation", "faults", "posts"), PASSING)
def test_what_passes_ends_with_one_issue(life: Life, operation: str, faults: list[Fault], posts: int) -> None:
    life.jira.fail(operation, *faults)
    if operation == "search":
        life.jira.fail("create", local_jira.LOST)
    ask(life.bot)
    life.bot.work()
    life.pass_by()
    (issue,) = life.jira.issues.values()
    assert (life.jira.posts, kept(life.bot).key, kept(life.bot).linked_back) == (posts, issue.key, True)
    assert issue.fields["labels"] == ["sev2", "sev2_20261123", LABEL]
    assert len(issue.links) == 1


REFUSED = [
    pytest.param(local_jira.UNAUTHORIZED, "an administrator renews JIRA_TOKEN.", id="401"),
    pytest.param(local_jira.FORBIDDEN, "a Jira administrator gives it the permission in this project.", id="403"),
    pytest.param(local_jira.GONE, "the bot's account may not see it.", id="404"),
    pytest.param(
        Fault(400, body={"errorMessages": [], "errors": {"customfield_1": "Team is required."}}),
        "Jira refused: customfield_1: Team is required.", id="400",
    ),
    pytest.param(local_jira.redirect("https://elsewhere.example/"), "an administrator corrects JIRA_URL.", id="redirect"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "said"), REFUSED)
def test_what_jira_refuses_stays_with_the_reason_and_is_made_once_when_it_is_mended(
    life: Life, fault: Fault, said: str
) -> None:
    life.jira.fail("create", fault)
    ask(life.bot)
    life.bot.work()
    assert kept(life.bot).state is TicketState.REFUSED
    assert kept(life.bot).trouble.endswith(said)
    assert life.jira.posts == 1
    ask(life.bot)
    life.bot.work()
    assert (len(life.jira.issues), kept(life.bot).state) == (1, TicketState.MADE)


def test_the_token_is_nowhere_in_the_memory(life: Life) -> None:
    life.jira.fail("create", local_jira.UNAUTHORIZED)
    ask(life.bot)
    life.bot.work()
    assert TOKEN not in str(life.bot.contents())
