"""The Slack of the race: it remembers every message it took, and knows at which call somebody is to die."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

PAGE = 100
BEFORE, AFTER, MEANWHILE = "before", "after", "meanwhile"


@dataclass
class Post:
    """A message that Slack took."""

    channel: str
    ts: str
    mark: str
    at: float


@dataclass
class Memory:
    """Slack's side: every message it took, and the plan of kills by the number of the posting call."""

    plan: dict[int, str]
    kill: Callable[[str, str], None]
    posts: list[Post] = field(default_factory=list)
    calls: int = 0
    looks: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, token: str, args: dict[str, Any]) -> dict[str, Any] | None:
        """chat.postMessage; None when whoever called is no more, or died while it was calling."""
        if "metadata" not in args:
            return None
        with self.lock:
            self.calls += 1
            how = self.plan.pop(self.calls, None)
            if how == BEFORE:
                self.kill(how, token)
                return None
            ts = f"{time.time():.6f}"
            self.posts.append(Post(args["channel"], ts, args["metadata"]["event_payload"]["mark"], time.time()))
        if how:
            self.kill(how, token)
        return None if how == AFTER else {"ok": True, "ts": ts}

    def history(self, args: dict[str, Any]) -> dict[str, Any]:
        """conversations.history with metadata, the newest first, in small pages."""
        with self.lock:
            self.looks += not args.get("cursor")
            until = args.get("cursor") or "9"
            here = [post for post in reversed(self.posts) if post.channel == args["channel"]]
        found = [post for post in here if args["oldest"] < post.ts < until]
        page = [_message(post) for post in found[:PAGE]]
        following = found[PAGE - 1].ts if len(found) > PAGE else ""
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": following}}


def _message(post: Post) -> dict[str, Any]:
    metadata = {"event_type": "postmortem_bot", "event_payload": {"mark": post.mark}}
    return {"type": "message", "ts": post.ts, "user": "UBOT", "text": "", "metadata": metadata}


def serve(memory: Memory) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            form = {name: values[0] for name, values in parse_qs(self.path.partition("?")[2] or raw).items()}
            args = json.loads(raw) if raw.startswith("{") else form
            method = self.path.partition("?")[0].rpartition("/")[2]
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            answer = _answer(memory, method, token, args)
            if answer is not None:
                self._send(json.dumps(answer).encode())

        do_GET = do_POST

        def _send(self, body: bytes) -> None:
            with suppress(OSError):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def handle_one_request(self) -> None:
            with suppress(ConnectionError):
                super().handle_one_request()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


def _answer(memory: Memory, method: str, token: str, args: dict[str, Any]) -> dict[str, Any] | None:
    if method == "chat.postMessage":
        return memory.post(token, args)
    if method == "conversations.history":
        return memory.history(args)
    room = f"D{args['users']}" if "users" in args else args.get("channel", "C1")
    channel = {"id": room, "name": "incident"}
    return {"ok": True, "members": [], "channel": channel, "messages": []}
