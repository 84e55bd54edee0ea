"""What is said of who comes: never that somebody did not answer who may have answered where nobody reads it."""

from __future__ import annotations

import pytest

from bot.domain import answers
from bot.domain.calendar_event import EventState, KeptEvent, Reply
from bot.domain.harvest.person import Person
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail import Mailbox
from tests import factories

USERS = ("U1", "U2", "U3")
PEOPLE = {"U1": Person("U1", "Ana", email="ana@acme.example"), "U2": Person("U2", "Ben", email="ben@acme.example")}
KEPT = KeptEvent("r", EventState.STANDING, answers={"mailto:ana@acme.example": "ACCEPTED", "x/team/u3": "NEEDS-ACTION"})
MAIL = KeptMail(
    "pm-r.invitation.0", "r", Purpose.INVITATION, (Mailbox("ana@acme.example"),), "", factories.NOW,
    {"what": "request", "users": [["ana@acme.example", "U1"]]}, MailState.SENT,
)  # fmt: skip
YES, NONE, UNREACHED = Reply.ACCEPTED, Reply.NONE, Reply.UNREACHED


@pytest.mark.parametrize(
    ("kept", "mails", "by_server", "said"),
    [
        (KEPT, (), False, {"U1": YES, "U2": NONE, "U3": NONE}),
        (KEPT, (MAIL,), False, {"U1": YES, "U3": UNREACHED}),
        (KEPT, (), True, {"U1": YES, "U2": NONE, "U3": UNREACHED}),
        (None, (MAIL,), False, {"U3": UNREACHED}),
        (None, (), True, {}),
        (None, (), False, {}),
    ],
    ids=["calendar", "calendar and mail", "server invites", "mail", "server, not on the calendar", "neither"],
)
def test_what_is_known_is_said_and_nothing_else(
    kept: KeptEvent | None, mails: tuple[KeptMail, ...], said: dict[str, Reply], *, by_server: bool
) -> None:
    assert answers.known(USERS, PEOPLE, kept, mails, by_server=by_server) == said


def test_somebody_whose_address_slack_does_not_tell_any_more_was_mailed_all_the_same() -> None:
    assert answers.known(["U1"], {}, None, (MAIL,), by_server=False) == {}


def test_who_answered_on_the_calendar_without_an_address_is_shown_with_that() -> None:
    kept = KeptEvent("r", EventState.STANDING, answers={"https://acme.slack.com/team/u3": "DECLINED"})
    assert answers.known(["U3"], PEOPLE, kept, (MAIL,), by_server=False) == {"U3": Reply.DECLINED}
