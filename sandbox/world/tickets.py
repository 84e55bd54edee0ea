"""Things handed out for a short time: trigger ids, response URLs, socket tickets, upload URLs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.spec.types import Json, SlackError
from sandbox.world.clock import Clock
from sandbox.world.ids import Ids

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass
class Trigger:
    """Permission to open a form for one user of one app; `view_id` when it came out of a form."""

    id: str
    user: str
    app: str
    made: float
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """Permission to answer in one place; `source` is the message the answer may replace, `ephemeral` whether only its reader saw it."""

    key: str
    app: str
    user: str
    channel: str
    made: float
    source: str | None = None
    ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = 0


class Tickets:
    """Hands out and takes back."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self.triggers: dict[str, Trigger] = {}
        self.responses: dict[str, ResponseUrl] = {}
        self.sockets: dict[str, str] = {}
        self.uploads: dict[str, Any] = {}
        self.runs: dict[str, Any] = {}

    def trigger(self, user: str, app: str, view_id: str | None = None) -> str:
        """A trigger id that is good for three seconds and one use."""
        made = self._clock.now()
        key = f"{int(made * 1000)}.{int(self._ids.hex(8), 16)}.{self._ids.hex(32)}"
        self.triggers[key] = Trigger(key, user, app, made, view_id)
        return key

    def check_trigger(self, key: str | None, app: str) -> Trigger:
        """The trigger, still unused. SlackError invalid_trigger_id, expired_trigger_id or exchanged_trigger_id."""
        trigger = self.triggers.get(key or "")
        if trigger is None or trigger.app != app:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() - trigger.made > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        return trigger

    def response_url(self, app: str, user: str, channel: str, **place: Any) -> ResponseUrl:
        """A place to answer, five times within thirty minutes."""
        ticket = ResponseUrl(self._ids.hex(32), app, user, channel, self._clock.now(), **place)
        self.responses[ticket.key] = ticket
        return ticket

    def use_response_url(self, key: str) -> ResponseUrl:
        """Count one use. SlackError (HTTP 404) when it is unknown, too old or used up."""
        ticket = self.responses.get(key)
        if ticket is None:
            raise SlackError("invalid_url", status=404)
        if self._clock.now() - ticket.made > RESPONSE_SECONDS:
            raise SlackError("expired_url", status=404)
        if ticket.uses >= RESPONSE_USES:
            raise SlackError("used_url", status=404)
        ticket.uses += 1
        return ticket

    def socket(self, app: str) -> str:
        """A ticket for one connection."""
        key = self._ids.hex(24)
        self.sockets[key] = app
        return key

    def upload(self, file: Json) -> str:
        """A ticket for the bytes of one file."""
        key = self._ids.hex(32)
        self.uploads[key] = file
        return key
