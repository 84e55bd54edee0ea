"""Signed HTTP to a server that fails as it pleases: every event arrives, again only after a failure, and says why (group 20)."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

EVENTS = 300
OK, ERROR, HANG, CUT, FINAL = "ok", "error", "hang", "cut", "final"
REASONS = {ERROR: "http_error", HANG: "http_timeout", CUT: "connection_failed"}


def fate(number: int, attempt: int) -> str:
    """What the server does with a try of an event."""
    if attempt == 0:
        return {0: ERROR, 1: HANG, 2: CUT, 3: FINAL}.get(number % 25, OK)
    return ERROR if number % 100 == 0 and attempt < 3 else OK


class Server(ThreadingHTTPServer):
    """Answers by `fate`, keeps what came, and lets go of what hangs when it ends."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, secret: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.secret = secret
        self.heard: list[tuple[str, int, int, str, str]] = []
        self.forged = 0
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, *args) -> None:
        """A cut connection is meant."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        stamp = self.headers["X-Slack-Request-Timestamp"]
        signed = hmac.new(self.server.secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        self.server.forged += self.headers["X-Slack-Signature"] != f"v0={signed}"
        event = json.loads(body)
        number, attempt = int(event["event"]["text"]), int(self.headers.get("X-Slack-Retry-Num", 0))
        done = fate(number, attempt)
        reason = self.headers.get("X-Slack-Retry-Reason", "")
        self.server.heard.append((event["event_id"], number, attempt, reason, done))
        if done == HANG:
            self.server.over.wait(30)
        if done in (HANG, CUT):
            self.close_connection = True
            return
        self.send_response(200 if done == OK else 500)
        if done == FINAL:
            self.send_header("X-Slack-No-Retry", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def slack(start):
    return start(rate_limits=False)


@pytest.fixture
def server(slack):
    running = Server(slack.signing_secret)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    slack.deliver(running.url)
    yield running
    running.over.set()
    running.shutdown()
    running.server_close()
    thread.join()


def waiting(slack) -> int:
    return int(slack.see("deliveries", kind="none")["waiting"])


def test_every_event_gets_through_a_failing_server_and_each_retry_says_why(slack, server):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: slack.act.post("aino", "#inc", str(number), raw=True), range(EVENTS)))
    # What was refused or cut has been tried again at once; what hangs, and what failed twice, waits for the clock.
    slack.wait_until(lambda: waiting(slack) <= EVENTS // 25 + EVENTS // 100)
    for seconds in (3, 60, 300):
        slack.advance(seconds)
    slack.wait_until(lambda: waiting(slack) == 0)

    tries = defaultdict(list)
    for event, number, attempt, reason, done in server.heard:
        tries[event].append((number, attempt, reason, done))
    assert server.forged == 0
    assert {rows[0][0] for rows in tries.values()} == set(range(EVENTS))
    assert len(tries) == EVENTS
    for rows in tries.values():
        number = rows[0][0]
        assert [attempt for _, attempt, _, _ in rows] == list(range(len(rows)))
        assert [reason for _, _, reason, _ in rows[1:]] == [REASONS[done] for *_, done in rows[:-1]]
        assert rows[-1][3] == (FINAL if number % 25 == 3 else OK)
    dropped = slack.see("deliveries", kind="none")["dropped"]
    assert dropped == len([number for number in range(EVENTS) if number % 25 == 3])
