"""A Slack with one long channel, in a process of its own: pages are written beforehand, and every call is counted."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE, PEOPLE_PAGE = 999, 999
START = 1_772_452_800
HANG = 300.0
TEXT = "checkout is slow again, the queue in eu-west grows and we restart the workers one by one"
WORDS = TEXT.split(" ")


def message(number: int, replies: int = 0) -> dict[str, Any]:
    """A message as Slack sends it, of some 450 bytes; one in five has a reaction, as in a real workspace."""
    ts = f"{START + number}.000100"
    text = " ".join(WORDS[(number + place) % len(WORDS)] for place in range(12))
    block = {"type": "rich_text", "block_id": "b", "elements": [{"type": "rich_text_section", "elements": []}]}
    reactions = {} if number % 5 else {"reactions": [{"name": "eyes", "users": ["U1"], "count": 1}]}
    thread = {"thread_ts": ts, "reply_count": replies, "latest_reply": f"{START + 900_000}.000100"} if replies else {}
    return {
        "type": "message", "user": f"U{number % 40}", "ts": ts, "client_msg_id": f"{number:032x}", "text": text,
        "team": "T1", "blocks": [block], **reactions, **thread,
    }  # fmt: skip


class World:
    """`threads` are the numbers of replies of the first messages, in order."""

    def __init__(self, messages: int, threads: list[int], people: int) -> None:
        self.counts: Counter[str] = Counter()
        self.hold, self.held = 0, threading.Event()
        self.threads = {f"{START + number}.000100": replies for number, replies in enumerate(threads)}
        whole = [message(number, threads[number] if number < len(threads) else 0) for number in range(messages)]
        self.newest_first = whole[::-1]
        self.people = [_person(number) for number in range(people)]
        self.pages = {start: self._page(self.newest_first, start, PAGE) for start in range(0, messages, PAGE)}

    @staticmethod
    def _page(rows: list[dict[str, Any]], start: int, size: int, name: str = "messages") -> bytes:
        more = start + size < len(rows)
        meta = {"next_cursor": str(start + size) if more else ""}
        return json.dumps({"ok": True, name: rows[start : start + size], "response_metadata": meta}).encode()

    def answer(self, method: str, args: dict[str, str]) -> bytes:
        """The body of an answer; a control call is not counted."""
        start = int(args.get("cursor") or 0)
        if method == "counts":
            return json.dumps(self.counts).encode()
        if method == "more":
            return self._more(int(args["messages"]))
        if method in ("hold", "held"):
            return self._holding(method, args)
        self.counts[method] += 1
        if self.counts.total() == self.hold:
            self.held.set()
            threading.Event().wait(HANG)
        if method == "conversations.history":
            oldest = float(args.get("oldest") or 0)
            if oldest < START:
                return self.pages[start]
            return self._page([each for each in self.newest_first if float(each["ts"]) > oldest], start, PAGE)
        if method == "conversations.replies":
            return self._replies(args["ts"], start)
        if method == "users.list":
            return self._page(self.people, start, PEOPLE_PAGE, "members")
        return b'{"ok": true, "ts": "1.1", "channel": {"id": "D1"}}'

    def _holding(self, method: str, args: dict[str, str]) -> bytes:
        """Which call is to hang, the first being 1; or an answer once it does."""
        if method == "held":
            self.held.wait(HANG)
        self.hold = int(args.get("at") or self.hold)
        return json.dumps(self.held.is_set()).encode()

    def _more(self, count: int) -> bytes:
        begin = len(self.newest_first)
        self.newest_first[:0] = [message(begin + number) for number in range(count)][::-1]
        return b"{}"

    def _replies(self, parent: str, start: int) -> bytes:
        """The parent on every page, and 998 replies with it."""
        replies = [{**message(2_000_000 + number), "thread_ts": parent} for number in range(self.threads[parent])]
        page = json.loads(self._page(replies, start, PAGE - 1))
        page["messages"].insert(0, {**message(0), "ts": parent, "thread_ts": parent, "reply_count": len(replies)})
        return json.dumps(page).encode()


def _person(number: int) -> dict[str, Any]:
    return {"id": f"U{number}", "name": f"user{number}", "profile": {"display_name": f"user{number}"}}


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            """Form fields or JSON in the body, or a query."""
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            split = urlsplit(self.path)
            fields = parse_qs(split.query or ("" if raw.startswith("{") else raw))
            body = world.answer(split.path.rpartition("/")[2], {name: each[0] for name, each in fields.items()})
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler


def main(messages: str, threads: str, people: str) -> None:
    """Print the port, then serve. `threads`: numbers of replies with commas between, or nothing."""
    world = World(int(messages), [int(each) for each in threads.split(",") if each], int(people))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(world))
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:4])
