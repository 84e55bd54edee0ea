"""Who organizes the meeting, as docs/operations.md tells it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain import invitation
from bot.domain.invitees import Guests
from bot.domain.life import Life
from bot.domain.mail import Mailbox
from bot.domain.scheduling import Scheduling
from tests import factories

MAIL, CALENDAR, OWN = "pm@acme.example", "meetings@acme.example", "bot@acme.example"
SERVER = Scheduling(by_server=True, address=OWN)
UNTOLD = Scheduling(by_server=True)


@pytest.mark.parametrize(
    ("values", "restricted", "organizer"),
    [
        ({"sender": Mailbox(MAIL), "calendar_address": CALENDAR, "scheduling": SERVER}, False, f"mailto:{OWN}"),
        ({"sender": Mailbox(MAIL), "calendar_address": CALENDAR, "scheduling": UNTOLD}, False, f"mailto:{CALENDAR}"),
        ({"sender": Mailbox(MAIL), "calendar_address": CALENDAR, "scheduling": Scheduling()}, False, f"mailto:{MAIL}"),
        ({"sender": Mailbox(MAIL), "calendar_address": CALENDAR, "scheduling": SERVER}, True, f"mailto:{MAIL}"),
        ({"calendar_address": CALENDAR}, False, f"mailto:{CALENDAR}"),
        ({"calendar_address": CALENDAR, "scheduling": SERVER}, True, "https://acme.slack.com/team/UBOT"),
        ({}, False, "https://acme.slack.com/team/UBOT"),
    ],
    ids=["server", "server, untold", "mail", "restricted, mail", "calendar", "restricted", "neither"],
)
def test_it_is_who_the_docs_say(values: dict[str, Any], organizer: str, *, restricted: bool) -> None:
    record = factories.postmortem(restricted=restricted)
    seen = factories.overview(record, life=Life(booking=factories.booking()), **values)
    found = invitation.event(seen, Guests(()), "UBOT")
    assert found
    assert found.organizer.address == organizer
