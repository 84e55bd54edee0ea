"""A Slack that knows nothing but what was posted, in a process of its own: every call is answered at once, or after 30 seconds once it was
told to hang."""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

WHO = {"team_id": "T1", "user_id": "UBOT", "bot_id": "B1", "url": "https://acme.slack.com/"}
HANG = 30.0
hanging = threading.Event()
posted: list[tuple[str, float]] = []


class Handler(BaseHTTPRequestHandler):
    """Any method; `/control/hang` lets everything hang from then on, `/control/posts` tells the marks of what was posted, and when."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Answer."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/control/posts":
            self._send(list(posted))
            return
        if self.path.endswith("/chat.postMessage") and body.startswith(b"{"):
            posted.append((json.loads(body).get("metadata", {}).get("event_payload", {}).get("mark", ""), time.time()))
        if self.path == "/control/hang":
            hanging.set()
        elif hanging.is_set():
            threading.Event().wait(HANG)
        self._send({"ok": True, **WHO, **_more(self.path.rpartition("/")[2], body)})

    def _send(self, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def _more(method: str, body: bytes) -> dict[str, Any]:
    match method:
        case "conversations.open":
            return {"channel": {"id": f"D{_argument(body, 'users')}"}}
        case "chat.postMessage":
            return {"ts": f"1772452800.{next(_numbers):06d}"}
        case "users.list":
            people = [{"id": f"U{number}", "name": f"u{number}", "profile": {}} for number in range(1, 20)]
            return {"members": people}
        case "files.getUploadURLExternal":
            return {"file_id": f"F{next(_numbers)}", "upload_url": f"http://127.0.0.1:{_port()}/upload"}
        case "files.completeUploadExternal" | "files.info":
            return {"files": [], "file": {"permalink": "https://acme.slack.com/files/F1"}}
        case _:
            return {"messages": [], "channel": {"id": "D1"}}


def _argument(body: bytes, name: str) -> str:
    given = json.loads(body) if body.startswith(b"{") else dict(parse_qsl(body.decode()))
    return str(given.get(name, ""))


_numbers = iter(range(1, 10**9))
_servers: list[ThreadingHTTPServer] = []


def _port() -> int:
    return int(_servers[0].server_address[1])


def main() -> None:
    """Print the port, then serve."""
    _servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
    sys.stdout.write(f"{_port()}\n")
    sys.stdout.flush()
    _servers[0].serve_forever()


if __name__ == "__main__":
    main()
