"""The page of settings that people feel: of tickets it says how they are made, and nothing where there is no tracker."""

from __future__ import annotations

from bot.blocks import policy_page
from bot.domain.policy import Policy
from bot.domain.tickets import TicketRules


def test_with_a_tracker_it_says_what_is_made_and_where() -> None:
    shown = str(policy_page.drawing(Policy(tickets=TicketRules("OPS", "Bug <b>"))))
    assert (
        "Tickets: a Bug &lt;b&gt; in the Jira project of the service, else in `OPS`; P0 is Highest, P1 is High, "
        "a lower one is Medium." in shown
    )


def test_without_one_it_says_nothing_of_tickets() -> None:
    assert "Jira" not in str(policy_page.drawing(Policy()))
