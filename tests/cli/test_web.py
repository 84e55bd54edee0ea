"""The HTTP server: what was taken in hand is answered, even while it is told to stop."""

from __future__ import annotations

import re
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from bot.config import ConfigError
from cli import web


class Slow:
    """An application that answers when it is let."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.reached, self.go_on = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.reached.set()
        self.go_on.wait(10)
        start_response("200 OK", [("Content-Length", str(len(self.body)))])
        return [self.body]


@pytest.mark.parametrize("length", [2, 900_000], ids=["short", "long"])
def test_a_request_in_hand_is_answered_while_the_server_closes(length: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    app, answers = Slow(b"x" * length), []
    close = web.listen(app, "127.0.0.1", 0)
    port = re.findall(r"listening on port (\d+)", caplog.text)[-1]

    def ask() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            answers.append(len(answer.read()))

    asking, closing = threading.Thread(target=ask), threading.Thread(target=close)
    asking.start()
    assert app.reached.wait(10)
    closing.start()
    app.go_on.set()
    closing.join(10)
    asking.join(10)
    assert answers == [length]
    assert "Traceback" not in caplog.text
    with socket.socket() as late:
        assert late.connect_ex(("127.0.0.1", int(port))) != 0


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("no.such.host.invalid", 0)], ids=["not-ours", "unknown"])
def test_an_address_that_cannot_be_had_is_one_sentence(host: str, port: int) -> None:
    with pytest.raises(ConfigError, match=rf"^PORT 0 on HOST {re.escape(host)} cannot be served: "):
        web.listen(lambda *_: [], host, port)
