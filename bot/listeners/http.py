"""The HTTP door: signature, age and shape are checked here, before Bolt, so that a bad request is a 4xx and never a 500."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest

from bot.listeners import payloads
from bot.meter import Durations
from bot.ports.errors import Busy

log = logging.getLogger(__name__)

MAX_BODY = 1_000_000
MAX_AGE = 300
PATH, TRACKER_PATH = "/slack/events", "/jira/webhook"

Reply = tuple[int, str, str]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Payload Too Large",
    415: "Unsupported Media Type",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class Refusal(Exception):
    """A request that goes no further: a status and a short sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def check_signature(secret: str, headers: dict[str, str], body: bytes, now: float) -> None:
    """Slack's v0 signature over the very bytes, at most five minutes old. Raises `Refusal` with 401."""
    stamp, given = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise Refusal(401, "The request's timestamp is missing or no number.")
    if abs(now - int(stamp)) > MAX_AGE:
        raise Refusal(401, "The request's time is more than five minutes off.")
    wanted = "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
        raise Refusal(401, "The request's signature is not right.")


def read_body(content_type: str, body: bytes) -> dict[str, Any]:
    """The payload: UTF-8, JSON or a form, of a shape that Bolt takes without stumbling. Raises `Refusal` with 400."""
    try:
        text = body.decode("utf-8")
        if content_type.startswith("application/json"):
            parsed = json.loads(text)
        else:
            form = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=False, errors="strict"))
            parsed = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        raise Refusal(400, "The body is neither a form nor JSON.") from None
    if not isinstance(parsed, dict) or not parsed:
        raise Refusal(400, "The body is not an object.")
    wrong = payloads.malformed(parsed)
    if wrong:
        raise Refusal(400, wrong)
    return parsed


def as_request(parsed: dict[str, Any], headers: dict[str, str]) -> BoltRequest:
    """For Bolt, parsed already, which it calls Socket Mode: it reads bodies by other rules (a command that has the word "payload" in its
    text is lost), and what was checked must be what is used. Raises `Refusal` with 400 for whatever Bolt stumbles over."""
    if isinstance(parsed.get("view"), dict):
        # Bolt asks every form for its type; Slack's have one.
        parsed["view"].setdefault("type", "modal")
    retries = {name: value for name, value in headers.items() if name.startswith("x-slack-retry-")}
    try:
        return BoltRequest(body=parsed, headers=dict(retries), mode="socket_mode")
    except (LookupError, TypeError, AttributeError, ValueError):
        raise Refusal(400, "The payload is not as Slack sends it.") from None


@dataclass(frozen=True, slots=True)
class Door:
    """A WSGI application: Slack's path (none beside Socket Mode), and those for health, which say nothing about content.

    `states` are the words of /readyz, of which "ok" is the good one; `metrics`, where they are served, the text of /metrics.
    `tracker` takes what the tracker posts, headers by small names and the body; None where it posts nothing.
    """

    app: App
    secret: str
    states: Callable[[], Mapping[str, str]]
    now: Callable[[], float] = field(default=time.time)
    slack_path: str | None = PATH
    metrics: Callable[[], str] | None = None
    tracker: Callable[[Mapping[str, str], bytes], None] | None = None
    acknowledged: Durations = field(default_factory=Durations)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        status, content_type, text = self._reply(environ)
        content = text.encode()
        head = [("Content-Type", content_type), ("Content-Length", str(len(content)))]
        if environ.get("REQUEST_METHOD") == "HEAD":
            content = b""
        start_response(f"{status} {REASONS.get(status, 'Status')}", head)
        return [content]

    def _reply(self, environ: dict[str, Any]) -> Reply:
        path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD", "")
        if path == "/healthz":
            return 200, "text/plain", "ok"
        if path == "/readyz":
            return self._ready()
        if path == "/metrics" and self.metrics:
            return self._metrics(self.metrics)
        if path == TRACKER_PATH and self.tracker:
            return self._posted(method, "Jira posts here.", lambda: self._tracker(environ))
        if path != self.slack_path:
            return 404, "text/plain", "There is nothing here."
        return self._posted(method, "Slack posts here.", lambda: self._slack(environ))

    @staticmethod
    def _posted(method: str, who: str, act: Callable[[], Reply]) -> Reply:
        if method != "POST":
            return 405, "text/plain", who
        try:
            return act()
        except Refusal as refusal:
            return refusal.status, "text/plain", str(refusal)
        except Exception:
            log.exception("a request failed")
            return 500, "text/plain", "Something went wrong on our side."

    def _ready(self) -> Reply:
        states = self.states()
        ready = all(state == "ok" for state in states.values())
        words = "".join(f"\n{what} {state}" for what, state in states.items())
        return (200 if ready else 503), "text/plain", f"{'ready' if ready else 'not ready'}{words}\n"

    @staticmethod
    def _metrics(metrics: Callable[[], str]) -> Reply:
        try:
            return 200, "text/plain; version=0.0.4; charset=utf-8", metrics()
        except Busy:
            return 503, "text/plain", "The database does not answer."

    def _tracker(self, environ: dict[str, Any]) -> Reply:
        assert self.tracker
        try:
            self.tracker(_headers(environ), _read(environ))
        except Busy:
            return 503, "text/plain", "The database is busy. Nothing was saved: send it again."
        return 200, "text/plain", ""

    def _slack(self, environ: dict[str, Any]) -> Reply:
        with self.acknowledged.timed():
            return self._acknowledge(environ)

    def _acknowledge(self, environ: dict[str, Any]) -> Reply:
        body = _read(environ)
        headers = _headers(environ)
        check_signature(self.secret, headers, body, self.now())
        content_type = str(environ.get("CONTENT_TYPE") or "application/x-www-form-urlencoded").lower()
        parsed = read_body(content_type, body)
        if payloads.concerns_nobody(parsed):
            return 200, "text/plain", ""
        response = self.app.dispatch(as_request(parsed, headers))
        return response.status, response.first_headers().get("content-type", "text/plain"), response.body


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    """By their names in small letters."""
    return {
        name[5:].replace("_", "-").lower(): str(value) for name, value in environ.items() if name.startswith("HTTP_")
    }


def _read(environ: dict[str, Any]) -> bytes:
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not (length.isascii() and length.isdigit()):
        raise Refusal(400, "The length of the body is no number.")
    if int(length) > MAX_BODY:
        raise Refusal(413, "The body is too large.")
    body: bytes = environ["wsgi.input"].read(int(length))
    return body
