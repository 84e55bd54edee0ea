"""A web server that answers as it is told, and a local Slack in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Stub:
    """`answers` are taken in order, then the last one for ever: (status, headers, body), or what to do with the connection."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]] = []
        self.asked: list[tuple[str, bytes]] = []
        self.hang = threading.Event()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                stub.asked.append((self.path.rpartition("/")[2], body))
                answer = stub.answers.pop(0) if len(stub.answers) > 1 else stub.answers[0]
                if callable(answer):
                    answer(self)
                    return
                status, headers, content = answer
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/api/"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def ok(self, body: bytes = b'{"ok": true}') -> tuple[int, dict[str, str], bytes]:
        return 200, {}, body

    def cut(self, handler: BaseHTTPRequestHandler) -> None:
        """End the connection without an answer."""
        handler.close_connection = True

    def half(self, handler: BaseHTTPRequestHandler) -> None:
        """Promise more than is sent."""
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"ok": tr')
        handler.close_connection = True

    def hangs(self, handler: BaseHTTPRequestHandler) -> None:
        """Say nothing until the test is over."""
        self.hang.wait(30)
        handler.close_connection = True

    def close(self) -> None:
        self.hang.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    stub = Stub()
    yield stub
    stub.close()
