"""The page of settings that people feel: of tickets it says how they are made, and nothing where there is no tracker; of e-mails and the
calendar to whom they go, and what is set up."""

from __future__ import annotations

import pytest

from bot.blocks import policy_page
from bot.domain.mail import Mailbox, MailRules
from bot.domain.policy import Policy
from bot.domain.recipients import MailLists
from bot.domain.scheduling import Scheduling
from bot.domain.tickets import TicketRules
from bot.domain.wiki import WikiRules


def test_with_a_tracker_it_says_what_is_made_and_where() -> None:
    shown = str(policy_page.drawing(Policy(tickets=TicketRules("OPS", "Bug <b>"))))
    assert (
        "Tickets: a Bug &lt;b&gt; in the Jira project of the service, else in `OPS`; P0 is Highest, P1 is High, "
        "a lower one is Medium." in shown
    )


def test_without_one_it_says_nothing_of_tickets() -> None:
    assert "Jira" not in str(policy_page.drawing(Policy()))


LISTS = MailLists(
    sev1=("all@acme.example",), sev2=tuple(f"team-{number}@acme.example" for number in range(7)), restricted=("few&@acme.example",),
    first=("now@acme.example",),
)  # fmt: skip
MAIL = MailRules(Mailbox("pm@acme.example", "PM"))


def test_it_says_to_whom_emails_go_and_from_whom() -> None:
    shown = str(policy_page.drawing(Policy(mail=MAIL, mail_lists=LISTS)))
    for said in (
        "sent from pm@acme.example", "after a SEV-1: all@acme.example;", "team-4@acme.example and 2 more",
        "the first one, right after the incident, to now@acme.example", "of a restricted one: few&amp;@acme.example",
        "to the support team: nobody is set", "gets an invitation by mail",
    ):  # fmt: skip
        assert said in shown, said


def test_without_a_mail_server_or_a_calendar_it_says_what_then() -> None:
    shown = str(policy_page.drawing(Policy(calendar_address="c@acme.example")))
    assert "no mail server is set up" in shown
    assert "“Incident Post-Mortem Meetings” (c@acme.example), where people put them" in shown
    assert "Nobody is invited by mail" in shown


def test_where_the_calendars_server_invites_it_says_so() -> None:
    policy = Policy(mail=MAIL, shared_calendar=True)
    assert "The calendar's server invites people by itself" in str(policy_page.drawing(policy, Scheduling(True)))
    for told in (None, Scheduling()):
        shown = str(policy_page.drawing(policy, told))
        assert "by themselves" in shown
        assert "gets an invitation by mail" in shown
    off = str(policy_page.drawing(Policy(mail=MailRules(MAIL.sender, invitations=False))))
    assert "Nobody is invited by mail" in off


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (WikiRules(), "restricted ones and those of private channels have none."),
        (WikiRules(("a<b", "user:u1"), private_channels=True), "that of restricted ones is for a&lt;b, u1 alone."),
    ],
)
def test_of_pages_it_says_who_may_read_them(rules: WikiRules, said: str) -> None:
    assert f"Each post-mortem has a page in Confluence; {said}" in str(policy_page.drawing(Policy(wiki=rules)))
    assert "Confluence" not in str(policy_page.drawing(Policy()))


def test_it_says_where_the_document_is_a_canvas() -> None:
    assert "canvas" in str(policy_page.drawing(Policy(canvas=True)))
    assert "canvas" not in str(policy_page.drawing(Policy()))
