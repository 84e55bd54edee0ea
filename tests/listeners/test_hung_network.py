"""Slack is deaf: every call to it hangs. Whoever types a command is answered all the same, long before Slack gives up.

How fast (A3 asks for a second) is for the benchmarks to show; here the limit is well inside Slack's three seconds, which nothing
that waits for a call could keep, and which a busy machine does."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.config import SlackSettings
from bot.integrations.slack_identity import Identity
from bot.listeners.http import PATH
from cli import web, wiring
from tests.fakes import bot as fakes
from tests.fakes import payloads

SLOW, FURTHER, AT_ONCE = 50, 200, 4
LIMIT = 2.5


class Deaf:
    """Takes every call and answers none until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.held: set[str] = set()
        self.enough = threading.Event()
        deaf = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                deaf.held.add(self.path.rpartition("/")[2])
                if {"views.open", "chat.postMessage", "conversations.history"} & deaf.held and len(deaf.held) > 1:
                    deaf.enough.set()
                deaf.let_go.wait(60)
                self.close_connection = True

            do_GET = do_POST

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/api/"

    def close(self) -> None:
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def deaf() -> Iterator[Deaf]:
    deaf = Deaf()
    yield deaf
    deaf.close()


@pytest.fixture
def port(engine: Engine, deaf: Deaf) -> Iterator[int]:
    """A bot on waitress with 16 threads, its lanes at work."""
    settings = fakes.settings(str(engine.url))
    slack = SlackSettings(
        bot_token=SecretStr("xoxb-1"), app_token=None, signing_secret=SecretStr(fakes.SECRET), api_url=deaf.url
    )
    service = wiring.build(
        settings.model_copy(update={"slack": slack}),
        identity=Identity(payloads.TEAM, "https://acme.slack.com/", "UBOT", "B1"),
        engine=engine,
    )
    service.runner.start()
    listening = web.listen(service.door, "127.0.0.1", 0)
    yield listening.port
    deaf.let_go.set()
    listening.close()
    service.runner.stop()


def command(port: int, text: str, number: int) -> tuple[int, float]:
    """Status, and seconds until the answer was there."""
    body, kind = payloads.encode(payloads.command(text, f"U{number}", f"C{number}"))
    stamp = str(int(datetime.now(UTC).timestamp()))
    headers = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": payloads.sign(fakes.SECRET, body, stamp),
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    begun = time.monotonic()
    connection.request("POST", PATH, body, headers)
    response = connection.getresponse()
    answer = response.read()
    taken = time.monotonic() - begun
    connection.close()
    assert json.loads(answer)["text"]
    return response.status, taken


def test_with_slack_deaf_and_fifty_slow_commands_all_further_ones_are_answered_in_time(port: int, deaf: Deaf) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        slow = list(pool.map(lambda n: command(port, f"assign <@U{n}|x>", n), range(SLOW)))
        assert deaf.enough.wait(20), "the calls to Slack hang"
        further = list(pool.map(lambda n: command(port, "start" if n % 2 else "status", n), range(FURTHER)))
    assert not deaf.let_go.is_set()
    assert {status for status, _ in slow + further} == {200}
    late = [taken for _, taken in further if taken >= LIMIT]
    assert not late, f"{len(late)} of {FURTHER} took {max(late):.1f} s"
