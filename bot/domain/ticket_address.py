"""The ticket that somebody names by hand: its key, or its address in our tracker. Another host is never asked."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from bot.domain import errors
from bot.domain.errors import BadInput

NO_TICKET = "no_ticket"
_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,20}-[1-9][0-9]{0,9}\Z")
# Where a key stands in an address of Jira: the ticket itself, and the ticket in its project.
_PLACES = re.compile(r"/(?:browse|issues)/([^/]+)/?\Z")
_CHOSEN = ("selectedIssue", "selectedissue")
NEITHER = "Write the ticket's key, such as OPS-123, or its address in Jira."
ELSEWHERE = "That address is not in our Jira{}: write the ticket's key, such as OPS-123, or its address there."
NO_KEY = "That address names no ticket: open the ticket itself and copy its address, or write its key, such as OPS-123."


def key(typed: str, tracker: str) -> str:
    """`OPS-123`. `tracker` is our tracker's own address, without a slash at its end; "" takes keys alone. Raises BadInput."""
    words = typed.strip()
    if _KEY.match(words.upper()):
        return words.upper()
    if "://" not in words:
        raise _bad(NEITHER)
    try:
        given, ours = urlsplit(words), urlsplit(tracker)
        same = bool(tracker) and _place(given) == _place(ours) and given.path.startswith(f"{ours.path}/")
    except ValueError:
        raise _bad(NEITHER) from None
    if not same:
        raise _bad(ELSEWHERE.format(f" ({tracker})" if tracker else ""))
    found = _named(given, len(ours.path)).upper()
    if not _KEY.match(found):
        raise _bad(NO_KEY)
    return found


def _place(address: SplitResult) -> tuple[str, str | None, int | None, str | None]:
    """Who is asked for an address; a name before an @ makes it another one."""
    port = {"https": 443, "http": 80}.get(address.scheme)
    return address.scheme, address.hostname, address.port or port, address.username


def _named(given: SplitResult, from_here: int) -> str:
    asked = parse_qs(given.query)
    chosen = next((asked[name][0] for name in _CHOSEN if name in asked), "")
    place = _PLACES.search(given.path[from_here:])
    return chosen or (place[1] if place else "")


def _bad(sentence: str) -> BadInput:
    return errors.bad_input(NO_TICKET, sentence)
