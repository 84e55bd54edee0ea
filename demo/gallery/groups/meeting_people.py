"""Who meets: the directory of services, who is invited and why, the agenda, and the shared calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.blocks import agenda_post, invited_page, service_pages
from bot.domain.invitees import Guest, Guests, LeftOut
from bot.domain.overview import Overview
from bot.domain.services import Service, ServiceChange
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, message, modal, whisper
from demo.gallery.people import ANA, BEN, CHIOMA, DANA, ELIF, FARID, GAST, TEAM
from demo.gallery.texts import NOW

CHECKOUT = Service(TEAM, "checkout", "Checkout", ANA, NOW, (BEN, DANA), ANA, CHIOMA, "CHK", 2)
SEARCH = Service(TEAM, "search", "Search", ANA, NOW, (FARID,))
CHANGES = (
    ServiceChange(TEAM, NOW, ANA, "checkout", "Checkout: owners U0BEN1", "Checkout: owners U0BEN1 U0DAN1"),
    ServiceChange(TEAM, NOW, BEN, "checkout", None, "Checkout: owners U0BEN1"),
)
GUESTS = Guests(
    (
        Guest(ANA, ("IC, runs it", "EM for checkout")),
        Guest(BEN, ("owner, walks through it", "owner of checkout")),
        Guest(DANA, ("deputy", "owner of checkout")),
        Guest(CHIOMA, ("scribe", "PM for checkout", "responder")),
        Guest(FARID, ("added by hand",), always=False),
        Guest(ELIF, ("customer liaison",), optional=True, always=False),
    ),
    (LeftOut(GAST, "the account is deactivated"),),
    ("owner for orders-db", "EM for orders-db", "PM for orders-db"),
    (FARID,),
    ELIF,
)


def draw() -> Iterator[Entry]:
    yield from _directory()
    record = samples.record()
    yield modal("Who is invited", "SEV-1", invited_page.form(record, GUESTS, [FARID], [], "stamp", ("orders-db",)))
    below = replace(GUESTS, guests=GUESTS.guests[:4], missing=(), left_out=(LeftOut(DANA, "left out: on holiday"),))
    second = samples.record(severity=2)
    yield modal("Who is invited", "SEV-2, one left out", invited_page.form(second, below, [], [DANA], "stamp"))
    yield modal("Who is invited", "to be read", invited_page.page(record, GUESTS, ("orders-db",)))
    yield modal("On the shared calendar", "to be said", _shared())
    yield message("Agenda", "a quarter of an hour before", agenda_post.drawing(_led(), soon=True))
    yield whisper("Agenda", "nothing written, nothing booked", agenda_post.drawing(samples.overview()))


def _directory() -> Iterator[Entry]:
    yield whisper("Services", "none yet", service_pages.listed([]))
    yield whisper("Services", "two", service_pages.listed([CHECKOUT, SEARCH]))
    yield whisper("Service", "to be changed", service_pages.one(CHECKOUT, CHANGES, may_change=True))
    yield whisper("Service", "to be read", service_pages.one(SEARCH, (), may_change=False))
    yield whisper("Service", "not there", service_pages.unknown("serch", ["Search"], may_change=True))
    yield modal("Service form", "new", service_pages.form(None, "orders-db"))
    yield modal("Service form", "to be changed", service_pages.form(CHECKOUT))


def _shared() -> dict[str, Any]:
    return invited_page.shared_form(samples.record(), samples.booking(), samples.POLICY.calendar_name)


def _led() -> Overview:
    return stages.written(stages.in_review().postmortem, booking=samples.booking(facilitator=CHIOMA))


GROUP = Group(
    "meeting_people", "Who meets", "Invited by role, with the reason beside each name, and what they talk about.", draw
)


def longest() -> Iterator[Entry]:
    """Hundreds of people, and names that break things."""
    record, words = samples.record(title=WORST), WORST * 4
    crowd = tuple(Guest(f"U0CROWD{number}", (words,) * 3, optional=number == 1) for number in range(300))
    guests = Guests(crowd, tuple(LeftOut(each.user_id, words) for each in crowd), (words,) * 60, (), ELIF)
    ids = [guest.user_id for guest in crowd[:100]]
    yield modal("Who is invited", "longest", invited_page.form(record, guests, ids, ids, "stamp", (words,) * 30))
    booking = samples.booking(shared_url="https://evil.example/" + "x" * 1900)
    yield modal("On the shared calendar", "longest", invited_page.shared_form(record, booking, words))
    full = Service(TEAM, "x", WORST[:100], ANA, NOW, tuple(ids[:20]), ANA, CHIOMA, "ABCDEFGHIJ")
    yield modal("Service form", "longest", service_pages.form(full))
    yield whisper("Services", "longest", service_pages.listed([full] * 130))


WORST = "<!channel> @here *b _i ~s `tick` ```fence``` & <@U0ANA1> <https://evil.example|good> مرحبا \u202e 🔥👩‍💻\n> quote\n"
LONGEST = Group("meeting_people_longest", "Who meets, at its longest", "The same with hundreds of people.", longest)
