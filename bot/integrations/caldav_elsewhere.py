"""An event in the calendar that was configured before: it goes to the one that is configured now, as it is, with what people answered and
added, and there is one of it."""

from __future__ import annotations

from collections.abc import Callable

from bot.integrations.caldav_client import CaldavClient, Resource
from bot.integrations.caldav_errors import NONSENSE
from bot.ports.errors import IntegrationError

# What a server says that does not know how to move this.
UNKNOWN = ("http_501", "http_502")


def bring(client: CaldavClient, old: str, uid: str, there: Resource | None) -> bool:
    """Take it from its `old` address to the calendar, or off that address where it is `there` already. Returns whether nothing of it is
    left behind. Raises `IntegrationError` where another try can help."""
    if there is not None:
        return take_off(client, old, uid)
    return _tried(client, old, lambda: _carry(client, old, uid))


def take_off(client: CaldavClient, old: str, uid: str) -> bool:
    """The same for one that is not wanted any more."""

    def off() -> None:
        if _ours(client, old, uid):
            client.delete(old)
            _gone(client, old, uid)

    return _tried(client, old, off)


def _carry(client: CaldavClient, old: str, uid: str) -> None:
    found, to = _ours(client, old, uid), client.address(uid)
    if found is None:
        return
    try:
        client.move(old, to)
    except IntegrationError as error:
        if error.retryable and error.name not in UNKNOWN:
            raise
        # Not every server moves from one calendar to another, or knows the destination for its own behind a proxy (RFC 4918, 9.9.4).
        client.put(to, found.content.encode(), None)
        client.delete(old)
    _gone(client, old, uid)


def _ours(client: CaldavClient, old: str, uid: str) -> Resource | None:
    found = client.get(old)
    if found is not None and "BEGIN:VCALENDAR" not in found.content:
        # A page of a proxy is no word that it is not there.
        raise IntegrationError(NONSENSE, name="bad_answer", retryable=True)
    return found if found is not None and uid in found.content else None


def _gone(client: CaldavClient, old: str, uid: str) -> None:
    """Whoever answered in the place of the server may have done nothing."""
    if _ours(client, old, uid) is not None:
        raise IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=True)


def _tried(client: CaldavClient, old: str, act: Callable[[], None]) -> bool:
    if not client.reaches(old):
        return False
    try:
        act()
    except IntegrationError as error:
        if error.retryable:
            raise
        return False
    return True
