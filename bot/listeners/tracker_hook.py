"""What the tracker posts by itself: signed, and believed in nothing but which ticket to read anew, so that an event that comes twice, late
or out of order does no harm."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.listeners.http import Refusal
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.usecases.keep_status import HearTicket

SIGNATURE = "x-hub-signature"
PATIENCE = timedelta(seconds=2)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,254}-[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TrackerHook:
    """For the door: headers by small names, and the very bytes of the body."""

    secret: str = field(repr=False)
    store: Store
    clock: Clock
    team_id: str

    def __call__(self, headers: Mapping[str, str], body: bytes) -> None:
        """Raises `Refusal` with 401 for a wrong signature and with 400 for what is no event; `Busy` when nothing could be saved."""
        check_signature(self.secret, headers.get(SIGNATURE, ""), body)
        key = read_key(body)
        if key is None or not self._is_ours(key):
            return
        with self.store.transaction(PATIENCE) as unit:
            HearTicket()(unit, self.team_id, key, self.clock.now())

    def _is_ours(self, key: str) -> bool:
        """Most of what happens in a tracker is none of our business: it is not to wait for our lock, nor anybody for it."""
        with self.store.reading() as unit:
            return bool(unit.tickets.with_key(self.team_id, key.upper()))


def check_signature(secret: str, given: str, body: bytes) -> None:
    """`sha256=` and the HMAC of the body under the secret. Raises `Refusal` with 401."""
    wanted = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
        raise Refusal(401, "The request's signature is not right.")


def read_key(body: bytes) -> str | None:
    """The key of the ticket that it is about; None for an event about something else. Raises `Refusal` with 400."""
    try:
        event = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refusal(400, "The body is no JSON.") from None
    if not isinstance(event, dict):
        raise Refusal(400, "The body is not an object.")
    if "issue" not in event:
        return None
    issue = event["issue"]
    key = issue.get("key") if isinstance(issue, dict) else None
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Refusal(400, "The event names no ticket.")
    return key
