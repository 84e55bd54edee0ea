"""Slack as a caller: signed payloads of each kind, sent by so many callers at once, each as fast as it is answered."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import itertools
import json
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

SECRET = "e8a1"  # noqa: S105 - of a bot that lives for a minute
CHANNEL = "C1"
Body = tuple[str, bytes]
"""Content type and bytes."""

_numbers = itertools.count(1)


def command(text: str, channel: str = CHANNEL) -> Body:
    """A slash command."""
    number = next(_numbers)
    form = {
        "command": "/postmortem", "text": text, "team_id": "T1", "channel_id": channel, "user_id": "U1",
        "channel_name": "incident", "trigger_id": f"1.{number}.{time.time_ns()}", "response_url": "",
    }  # fmt: skip
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def interaction(payload: dict[str, object], user: str = "U2") -> Body:
    """A button or a form."""
    common = {"user": {"id": user}, "team": {"id": "T1"}, "trigger_id": f"1.{next(_numbers)}.{time.time_ns()}"}
    return "application/x-www-form-urlencoded", urlencode({"payload": json.dumps({**common, **payload})}).encode()


def button(action: str, value: str) -> Body:
    """A pressed button in the channel."""
    pressed = {"action_id": action, "block_id": "b", "type": "button", "value": value}
    return interaction({"type": "block_actions", "channel": {"id": CHANNEL}, "actions": [pressed]})


def owner_form(owner: str) -> Body:
    """The form that names the owner, sent."""
    values = {"owner": {"input": {"type": "users_select", "selected_user": owner}}}
    metadata = json.dumps({"channel": CHANNEL, "proposal": None})
    view = {
        "id": f"V{next(_numbers)}", "hash": str(time.time_ns()), "type": "modal", "callback_id": "choose_owner",
        "private_metadata": metadata, "state": {"values": values}, "blocks": [],
    }  # fmt: skip
    return interaction({"type": "view_submission", "view": view}, user="U1")


def reply_event() -> Body:
    """News of a reply in a thread."""
    number = next(_numbers)
    event = {"type": "message", "channel": CHANNEL, "ts": f"1772452801.{number:06d}", "thread_ts": "1772452800.000100"}
    body = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}{time.time_ns()}", "event": event}
    return "application/json", json.dumps({**body, "event": {**event, "user": "U3", "text": "ok"}}).encode()


@dataclass(frozen=True, slots=True)
class Times:
    """How long the answers took, ms, in order of size; `bad` counts those that were no 200."""

    sorted_ms: list[float]
    bad: int

    def at(self, share: float) -> float:
        """The percentile, as a share of 1."""
        return self.sorted_ms[min(len(self.sorted_ms) - 1, int(share * len(self.sorted_ms)))]

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.sorted_ms)


class Caller:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, body: Body) -> int:
        """POST it, signed; the status."""
        content_type, content = body
        stamp = str(int(time.time()))
        signed = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + content, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed}",
        }
        self._connection.request("POST", "/slack/events", content, headers)
        response = self._connection.getresponse()
        response.read()
        return response.status

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def load(port: int, make: Callable[[], Body], *, callers: int, calls: int) -> Times:
    """`calls` payloads in all, by so many callers at once."""
    found: list[float] = []
    bad: list[int] = []
    left = itertools.count()

    def work() -> None:
        caller = Caller(port)
        while next(left) < calls:
            body = make()
            begun = time.perf_counter()
            status = caller.send(body)
            found.append((time.perf_counter() - begun) * 1000)
            if status != 200:
                bad.append(status)
        caller.close()

    threads = [threading.Thread(target=work) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Times(sorted(found), len(bad))
