"""What `app.py doctor` asks the shared calendar's server: whether it knows us, whether the calendar is there, whether we may write in it,
whether it tells when it is taken, and who invites people to what stands there. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.config import Settings
from bot.domain.calendar_event import AHEAD
from bot.ports.calendar import SharedCalendar
from bot.ports.errors import IntegrationError, RateLimited
from cli.finding import Finding, fine, wrong

# Any of these lets events be put into the calendar.
WRITING = frozenset({"all", "write", "write-content", "bind"})


def look(settings: Settings, now: datetime) -> Iterator[Finding]:
    """All that concerns the shared calendar; one line where none is set up."""
    caldav = settings.caldav
    if caldav is None:
        yield fine("calendar", "not set up (CALDAV_URL): people put meetings on the shared calendar by the file.")
        return
    # The library is large, and most installations have no use for it.
    from bot.integrations.caldav_calendar import CaldavCalendar
    from bot.integrations.caldav_client import CaldavAccess, CaldavClient
    from bot.integrations.system_clock import SystemClock

    client = CaldavClient(CaldavAccess(caldav.url, caldav.user, caldav.password), caldav.timeout)
    try:
        found = client.collection()
    except IntegrationError as error:
        yield wrong("calendar", _unreached(error, settings))
        return
    if not found.calendar:
        text = f"{caldav.url} is no calendar: write in CALDAV_URL the calendar's own address, as its settings show it."
        yield wrong("calendar", text)
        return
    name = f"“{found.name}”" if found.name else "a calendar without a name"
    yield fine("calendar", f"{caldav.url} is {name}, and knows us as {caldav.user}.")
    yield _writing(found.privileges, caldav.user)
    calendar = CaldavCalendar(client, SystemClock())
    yield _busy(calendar, now)
    yield _inviting(calendar, settings)


def _writing(privileges: frozenset[str] | None, user: str) -> Finding:
    if privileges is None:
        return fine("calendar rights", "the server does not tell what we may do: the first meeting will show it.")
    if privileges & WRITING:
        return fine("calendar rights", f"{user} may write in it.")
    text = f"{user} may only read it: the calendar's owner shares it with {user} for writing."
    return wrong("calendar rights", text)


def _busy(calendar: SharedCalendar, now: datetime) -> Finding:
    try:
        spans = calendar.busy(now, now + AHEAD)
    except IntegrationError as error:
        return wrong("calendar free-busy", f"{error} Try again in some minutes.")
    if spans is None:
        return fine("calendar free-busy", "the server does not tell when it is taken: slots are proposed without that.")
    return fine("calendar free-busy", "the proposed slot avoids times at which it is taken.")


def _inviting(calendar: SharedCalendar, settings: Settings) -> Finding:
    """Which way people are invited: never two."""
    name, mail = "calendar invitations", settings.policy.mail
    try:
        told = calendar.scheduling()
    except IntegrationError as error:
        return wrong(name, f"{error} Try again in some minutes.")
    if told.by_server:
        as_whom = told.address or settings.policy.calendar_address
        said = "the server invites people to what is put there, so that no invitations are mailed"
        if not as_whom:
            return wrong(name, f"{said}; it does not tell as whom: set CALENDAR_ADDRESS to the mailbox of its account.")
        return fine(name, f"{said}, but those to restricted meetings; it invites as {as_whom}.")
    by_mail = mail is not None and mail.invitations
    how = "by mail" if by_mail else "by the file in the channel"
    return fine(name, f"the server invites nobody by itself: people are invited {how}.")


def _unreached(error: IntegrationError, settings: Settings) -> str:
    assert settings.caldav
    if error.name == "http_401":
        return "CALDAV_USER and CALDAV_PASSWORD are refused: make a new password for the bot's account there."
    if isinstance(error, RateLimited):
        return f"{error} Run this again then: the bot waits that long as well."
    status = error.name.removeprefix("http_")
    if error.retryable and status.isdigit():
        return (
            f"The server at {settings.caldav.url} answers {status}: it, or what stands before it, is in trouble. Try again in some "
            "minutes, then ask whoever runs it."
        )
    if error.retryable and error.name not in ("bad_answer", "tls"):
        return f"{error} Check the network, the proxy and CALDAV_URL ({settings.caldav.url})."
    return str(error)
