"""The reading of many tickets over the wire, with what goes wrong there at each request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.domain.actions import ActionItem, Decision
from bot.domain.tickets import KeptTicket, TicketState
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from tests.fakes.bot import PATIENCE, Bot
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, Fault, Issue, LocalJira
from tests.jobs.test_ticket_status import HOUR, every, poll
from tests.jobs.test_tickets import begun

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Life:
    """A bot and its Jira, with OPS-1 to OPS-4 that were read as To Do. Since then OPS-2 is done, OPS-3 closed, and OPS-4 is gone."""

    bot: Bot
    jira: LocalJira

    @property
    def right(self) -> bool:
        """Whether we know."""
        known = {key: (each.status, each.done, each.gone) for key, each in every(self.bot).items()}
        return known == {
            "OPS-1": ("To Do", False, False),
            "OPS-2": ("Done", True, False),
            "OPS-3": ("Closed", True, False),
            "OPS-4": ("To Do", False, True),
        }


@pytest.fixture(params=[True, False], ids=["cloud", "data-center"])
def life(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Life]:
    with local_jira.running(LocalJira(cloud=request.param)) as jira:
        access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=request.param)
        bot = begun(engine, JiraTracker(JiraClient(access, timeout=(1, 0.2))))
        now = bot.clock.now()
        with bot.store.transaction(PATIENCE) as unit:
            for number in range(1, 5):
                item, key = f"{number:032}", f"OPS-{number}"
                url = f"{jira.url}/browse/{key}"
                jira.issues[key] = Issue(str(number), key, {"labels": []})
                unit.items.put_action(ActionItem(item, "pm1", f"Do {number}", Decision.TICKET, "U2", now, ticket=url))
                unit.tickets.put(
                    KeptTicket(
                        item, "pm1", f"pm-{item}", "OPS", "Task", "U2", now, TicketState.MADE, key=key, url=url,
                        status="To Do", read_at=now,
                    )
                )  # fmt: skip
        bot.service.runner.housekeeping()  # type: ignore[misc]
        bot.work()
        jira.issues["OPS-2"].status, jira.issues["OPS-3"].status = "Done", "Closed"
        del jira.issues["OPS-4"]
        jira.seen.clear()
        yield Life(bot, jira)


def test_one_that_is_missing_costs_one_more_search_and_then_none(life: Life) -> None:
    poll(life.bot)
    assert life.right
    assert [each.replace("old ", "") for each in life.jira.seen] == ["search", "search", "read", "read", "read"]
    life.jira.seen.clear()
    poll(life.bot)
    assert [each.replace("old ", "") for each in life.jira.seen] == ["search"]


def test_where_jira_does_not_say_which_one_is_missing_each_is_read(life: Life) -> None:
    life.jira.names_missing = False
    poll(life.bot)
    assert life.right
    assert [each.replace("old ", "") for each in life.jira.seen] == ["search", "read", "read", "read", "read"]


FAULTS = [
    pytest.param(local_jira.WAIT, id="429"),
    pytest.param(local_jira.BROKEN, id="500"),
    pytest.param(local_jira.UNAUTHORIZED, id="401"),
    pytest.param(local_jira.FORBIDDEN, id="403"),
    pytest.param(local_jira.HANG, id="timeout"),
    pytest.param(local_jira.CUT, id="cut"),
    pytest.param(local_jira.PAGE, id="page"),
    pytest.param(local_jira.redirect("https://elsewhere.example/"), id="redirect"),
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("number", range(1, 6))
def test_a_fault_at_any_request_is_made_good_and_nobody_hears_of_it(life: Life, number: int, fault: Fault) -> None:
    life.jira.after, posts = number - 1, len(life.bot.chat.posts)
    life.jira.fail("*", fault)
    poll(life.bot)
    poll(life.bot)
    poll(life.bot)
    assert not life.jira.faults
    assert life.right
    assert len(life.bot.chat.posts) == posts
    assert not [row for row in life.bot.rows() if row["state"] == "dead"]
    assert TOKEN not in str(life.bot.contents())


def test_down_as_a_whole_with_404_no_ticket_is_taken_for_gone(life: Life) -> None:
    life.jira.fail("*", *[local_jira.GONE] * 60)
    for _ in range(4):
        poll(life.bot, HOUR)
    assert not any(each.gone for each in every(life.bot).values())
    life.jira.faults.clear()
    poll(life.bot)
    assert life.right
