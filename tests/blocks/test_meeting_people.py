"""The agenda, the list of who is invited and the directory of services: Slack takes them whatever people wrote, and nobody is
pinged who was not named."""

from __future__ import annotations

from typing import Any

import pytest

from bot.blocks import agenda_post, calendar_links, direct, invited_page, service_pages
from bot.domain.actions import ActionItem, Decision
from bot.domain.content import Content, Entry, Section
from bot.domain.harvest.finding import TimelineKind
from bot.domain.invitees import Guest, Guests, LeftOut
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.life import Life
from bot.domain.mail import Mailbox
from bot.domain.services import Service, ServiceChange
from bot.domain.timeline import Item
from tests import factories

NASTY = "<!channel> @here *b `c` ```d``` & <@U1> <https://evil.example|x> مرحبا 👩‍💻 " * 40


@pytest.mark.parametrize("number", [0, 300])
def test_the_agenda_is_taken_at_any_length(accepts: Any, number: int) -> None:
    now = factories.NOW
    decided = tuple(
        ActionItem(f"a{each}", "record-7", NASTY, Decision.TICKET, "U2", now, ticket="https://jira.example/1")
        for each in range(number)
    )
    items = tuple(
        Item(f"{kind}{each}", "record-7", now, NASTY, kind, "U2", now, waiver="x")
        for kind in TimelineKind
        for each in range(number // 10)
    )
    said = dict.fromkeys(("canary", "tests", "load_test"), NASTY)
    content = Content({Section.CAUGHT: Entry(Section.CAUGHT, said, 1)})
    lived = Life(
        booking=factories.booking(link="https://meet.example/x"), actions=decided, items=items, content=content
    )
    drawn = agenda_post.drawing(factories.overview(life=lived), soon=True)
    accepts(drawn)
    accepts(agenda_post.drawing(factories.overview(factories.postmortem(title=NASTY), life=lived)))
    if number:
        assert "and 260 more in the document" in str(drawn.blocks)


def test_the_list_of_who_is_invited_is_taken_with_hundreds_of_people(accepts_view: Any) -> None:
    guests = Guests(
        tuple(Guest(f"U{number}", (NASTY,), optional=number == 3) for number in range(300)),
        tuple(LeftOut(f"U{number}", NASTY) for number in range(300, 400)),
        (NASTY,) * 60,
        tuple(f"U{number}" for number in range(400, 450)),
        "U0LIA1",
    )
    record = factories.postmortem(title=NASTY)
    accepts_view(invited_page.form(record, guests, ["U0ANA1"], ["U0BEN1"], "stamp", (NASTY,) * 30))
    read = invited_page.page(record, guests, (NASTY,) * 30)
    assert "220 more" in str(read)
    assert len(read["blocks"]) <= 50
    assert "and 54 more" in invited_page.missing(guests)
    accepts_view(
        invited_page.shared_form(record, factories.booking(shared_url="https://x.example/" + "x" * 1900), NASTY)
    )


def test_the_directory_is_taken_at_any_size(accepts: Any, accepts_view: Any) -> None:
    found = [
        Service(
            "T1",
            f"k{number}",
            NASTY[:100],
            "U1",
            factories.NOW,
            tuple(f"U0PERSON{each}" for each in range(20)),
            "U0ANA1",
            "U0BEN1",
            "BILL",
        )
        for number in range(130)
    ]
    accepts(service_pages.listed([]))
    drawn = service_pages.listed(found)
    accepts(drawn)
    assert "30 services more" in str(drawn.blocks)
    changes = [ServiceChange("T1", factories.NOW, "U1", "k1", None, NASTY)] * 3
    accepts(service_pages.one(found[0], changes, may_change=True))
    accepts(service_pages.unknown(NASTY, [NASTY[:100]] * 3, may_change=True))
    accepts_view(service_pages.form(found[0]))
    accepts_view(service_pages.form(None, NASTY[:100]))


def test_the_ways_into_a_calendar_end_with_the_meeting() -> None:
    booking = factories.booking(link="https://meet.example/x")
    seen = factories.overview(life=Life(booking=booking))
    assert calendar_links.line(seen).count("https://") == 2
    assert "Acme" not in calendar_links.line(seen)
    assert len(calendar_links.buttons(seen)) == 2
    told = factories.overview(life=Life(booking=factories.booking(shared_at=factories.NOW, shared_by="U2")))
    assert len(calendar_links.buttons(told)) == 1
    over = factories.overview(life=Life(booking=booking), now=booking.end)
    assert calendar_links.line(over) == ""


SENT = KeptMail(
    "pm-r.invitation.0", "r", Purpose.INVITATION, (Mailbox("ana@acme.example"), Mailbox("ben@acme.example"), Mailbox("pm@acme.example")),
    "", factories.NOW, {"what": "request"}, MailState.SENT,
)  # fmt: skip
NAMED = {"calendar_name": "A & B", "calendar_address": "pm@acme.example"}


@pytest.mark.parametrize(
    ("values", "there", "mails", "said"),
    [
        ({"shared_calendar": True}, True, (SENT,), "It is on the calendar “A &amp; B” and was mailed to 2 people."),
        ({"shared_calendar": True}, True, (), "It is on the calendar “A &amp; B”."),
        ({"shared_calendar": True}, False, (), "It goes on the calendar “A &amp; B” by itself."),
        (
            {"shared_calendar": True, "calendar_asked": True}, False, (),
            "What people did to it on the calendar “A &amp; B” waits for an answer.",
        ),
        (
            {"shared_calendar": True, "left_off_calendar": True}, False, (SENT,),
            "It stays off the calendar “A &amp; B”, as was decided; it was mailed to 2 people.",
        ),
        ({"mails_invitations": True}, False, (SENT,), "The invitation was mailed to 2 people."),
        ({"mails_invitations": True}, False, (), "Whoever is invited gets it by mail."),
    ],
)  # fmt: skip
def test_where_it_goes_by_itself_nobody_is_told_to_do_it_by_hand(
    values: dict[str, bool], mails: tuple[KeptMail, ...], said: str, *, there: bool
) -> None:
    booking = factories.booking(**({"shared_at": factories.NOW, "shared_by": "UBOT"} if there else {}))
    seen = factories.overview(life=Life(booking=booking, mails=mails), **NAMED, **values)
    assert calendar_links.line(seen) == said
    assert len(calendar_links.buttons(seen)) == (2 if "mails_invitations" in values else 1)
    dm = str(direct.owner_dm(seen, None, to="U2").blocks)
    assert ("it goes on the shared calendar by itself" in dm) is ("shared_calendar" in values)


def test_of_a_restricted_one_nothing_is_on_the_calendar_by_itself() -> None:
    record = factories.postmortem(restricted=True)
    seen = factories.overview(record, life=Life(booking=factories.booking()), shared_calendar=True)
    assert "Google" in calendar_links.line(seen)
