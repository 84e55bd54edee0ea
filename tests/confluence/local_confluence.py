"""A small Confluence Cloud over HTTP that remembers pages with all their versions, is as strict as the real one about what it is asked,
knows at every moment what a stranger can read, and fails in all the ways in which the real one does."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import entities
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.parsers import expat

from tests.confluence import shapes
from tests.jira.local_jira import Fault

EMAIL, TOKEN = "bot@example.com", "confluence-canary-token"
ME = "557058:bot"
SPACE, SPACE_ID, HOME = "OPS", "65538", "100"
_NAMED = "".join(
    f'<!ENTITY {name} "&#{code};">'
    for name, code in entities.name2codepoint.items()
    if name not in ("amp", "lt", "gt", "quot")
)
_BAD_LABEL = re.compile(r"[\s:;,.?&\[\]()#^*@!]")
TAKEN = "A page with this title already exists: A page already exists with the same TITLE in this space"
WAIT = Fault(429, headers={"Retry-After": "7"}, body="<html>Oops, slow down</html>")


@dataclass
class Page:
    """One page; `versions` are its titles and bodies from the first on, `readers` None for everybody."""

    id: str
    parent: str
    versions: list[tuple[str, str]]
    status: str = "current"
    labels: list[str] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)
    readers: dict[str, list[str]] | None = None
    editors: dict[str, list[str]] | None = None
    behind: int = 0

    @property
    def title(self) -> str:
        return self.versions[-1][0]

    @property
    def body(self) -> str:
        return self.versions[-1][1]

    def words(self) -> str:
        """All that anybody finds who may read it, its history included."""
        return "\n".join((*self.labels, *(text for version in self.versions for text in version)))


@dataclass
class LocalConfluence:
    """`behind` is how many searches miss a label that is new; `at` and `faults` are what goes wrong. `public` are all words that a stranger
    could read at any moment."""

    behind: int = 0
    groups: tuple[str, ...] = ("security-team",)
    accounts: tuple[str, ...] = (ME, "5b10ac8d82e05b22cc7d4ef5")
    may_restrict: bool = True
    may_add: bool = True
    pages: dict[str, Page] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    heard: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    public: set[str] = field(default_factory=set)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    at: dict[int, Fault] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    woken: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.pages.setdefault(HOME, Page(HOME, "", [("Operations", "<p>Home</p>")]))

    # What tests ask and do.

    def fail(self, operation: str, *faults: Fault) -> None:
        """The next requests of this operation go wrong in this way, in order; "*" is any."""
        self.faults += [(operation, each) for each in faults]

    @property
    def made(self) -> list[Page]:
        """The pages that were not there from the beginning."""
        return [each for each in self.pages.values() if each.id != HOME]

    @property
    def page(self) -> Page:
        """The only one."""
        (found,) = self.made
        return found

    def readable(self) -> str:
        """What a stranger can read now."""
        open_to_all = [each for each in self.pages.values() if each.readers is None and each.status != "trashed"]
        return "\n".join(each.words() for each in open_to_all)

    def edit(self, page: Page, body: str, title: str = "") -> None:
        """Somebody writes on it."""
        page.versions.append((title or page.title, body))

    # What the bot asks.

    def fault(self, name: str) -> Fault | None:
        if len(self.seen) in self.at:
            return self.at[len(self.seen)]
        for number, (operation, _) in enumerate(self.faults):
            if operation in (name, "*"):
                return self.faults.pop(number)[1]
        return None

    def answer(
        self, operation: shapes.Operation, parts: tuple[str, ...], query: dict[str, list[str]], body: Any
    ) -> tuple[int, Any]:
        """Status and JSON."""
        if bad := shapes.wrong(operation, query, body):
            return refused(bad)
        if meanwhile := self.before.pop(operation.name, None):
            meanwhile(self)
        act = getattr(self, f"_{operation.name.replace(' ', '_')}")
        found: tuple[int, Any] = act(*parts, query=query, body=body)
        self.public |= set(self.readable().split("\n"))
        return found

    def _myself(self, **_: Any) -> tuple[int, Any]:
        return 200, {"type": "known", "accountId": ME, "email": EMAIL, "displayName": "Post-mortem bot"}

    def _space(self, query: Any, **_: Any) -> tuple[int, Any]:
        found = [{"id": SPACE_ID, "key": SPACE, "homepageId": HOME, "status": "current", "name": "Operations"}]
        return 200, {"results": found if query["keys"] == [SPACE] else [], "_links": {}}

    def _operations(self, space_id: str, **_: Any) -> tuple[int, Any]:
        if space_id != SPACE_ID:
            return missing()
        found = [{"operation": "read", "targetType": "space"}]
        return 200, {"operations": found + ([{"operation": "create", "targetType": "page"}] if self.may_add else [])}

    def _pages(self, query: Any, **_: Any) -> tuple[int, Any]:
        statuses = query.get("status", ["current", "archived"])
        if query["space-id"] != [SPACE_ID]:
            return 200, {"results": [], "_links": {}}
        found = [each for each in self.pages.values() if [each.title] == query["title"] and each.status in statuses]
        return 200, {"results": [self._shown(each) for each in found], "_links": {}}

    def _read(self, page_id: str, query: Any, **_: Any) -> tuple[int, Any]:
        page = self.pages.get(page_id)
        if page is None or page.status not in query.get("status", ["current"]):
            return missing()
        told = self._shown(page)
        if query.get("body-format") == ["storage"]:
            told["body"] = {"storage": {"representation": "storage", "value": page.body}}
        if query.get("include-labels") == ["true"]:
            told["labels"] = {
                "results": [{"id": str(n), "name": each, "prefix": "global"} for n, each in enumerate(page.labels)]
            }
        if query.get("include-properties") == ["true"]:
            kept = [
                {"id": str(n), "key": key, "value": value} for n, (key, value) in enumerate(page.properties.items())
            ]
            told["properties"] = {"results": kept}
        return 200, told

    def _create(self, query: Any, body: Any) -> tuple[int, Any]:
        parent = body.get("parentId", HOME)
        if body["spaceId"] != SPACE_ID or self.pages.get(parent, Page("", "", [], "gone")).status != "current":
            return missing()
        bad = self._bad("", body["title"], body["body"]["value"])
        if bad:
            return refused(bad)
        number = str(200 + len(self.pages))
        page = Page(number, parent, [(body["title"], _kept(body["body"]["value"]))], behind=self.behind)
        if query.get("private") == ["true"]:
            page.readers = page.editors = {"user": [ME], "group": []}
        self.pages[number] = page
        return 200, self._shown(page)

    def _update(self, page_id: str, query: Any, body: Any) -> tuple[int, Any]:
        page = self.pages.get(page_id)
        if page is None or body["id"] != page_id:
            return missing()
        if body["version"]["number"] != len(page.versions) + 1:
            said = f"Version must be incremented when updating a page. Current Version: [{len(page.versions)}]."
            return 409, {"errors": [{"status": 409, "code": "CONFLICT", "title": said, "detail": None}]}
        bad = self._bad(page_id, body["title"], body["body"]["value"])
        if bad:
            return refused(bad)
        # As it says of itself, which brings back one that was put away.
        page.status = body["status"]
        page.versions.append((body["title"], _kept(body["body"]["value"])))
        return 200, self._shown(page)

    def _bad(self, page_id: str, title: str, body: str) -> str:
        others = [each for each in self.pages.values() if each.id != page_id and each.status in ("current", "archived")]
        if not title or len(title) > 255:
            return "The title cannot be blank, nor longer than 255 characters"
        if any(each.title == title for each in others):
            return TAKEN
        try:
            _read(body)
        except expat.ExpatError as error:
            return (
                f"com.atlassian.confluence.api.service.exceptions.api.BadRequestException: Error parsing xhtml: {error}"
            )
        return ""

    def _property(self, page_id: str, query: Any, body: Any) -> tuple[int, Any]:
        page = self.pages.get(page_id)
        if page is None:
            return missing()
        if body["key"] in page.properties:
            return 409, {"errors": [{"status": 409, "code": "CONFLICT", "title": "A property of that key is there."}]}
        page.properties[body["key"]] = body["value"]
        return 200, {"id": "1", "key": body["key"], "value": body["value"], "version": {"number": 1}}

    def _search(self, query: Any, **_: Any) -> tuple[int, Any]:
        asked = re.fullmatch(r'type = page AND space = "([^"]+)" AND label = "([^"]+)"', query["cql"][0])
        if not asked:
            return 400, {"statusCode": 400, "message": "Could not parse cql"}
        found = []
        for page in self.pages.values():
            if asked[1] == SPACE and asked[2] in page.labels and page.status == "current":
                page.behind -= 1
                found += (
                    [{"id": page.id, "type": "page", "status": "current", "title": page.title}]
                    if page.behind < 0
                    else []
                )
        return 200, {"results": found, "start": 0, "limit": 50, "size": len(found)}

    def _label(self, page_id: str, query: Any, body: Any) -> tuple[int, Any]:
        page = self.pages.get(page_id)
        if page is None:
            return missing()
        for each in body:
            if _BAD_LABEL.search(each["name"]) or not 0 < len(each["name"]) <= 255:
                return 400, {"statusCode": 400, "message": f"Label '{each['name']}' is not valid"}
            if each["name"] not in page.labels:
                page.labels.append(each["name"])
        return 200, {"results": [{"prefix": "global", "name": each} for each in page.labels]}

    def _unlabel(self, page_id: str, query: Any, **_: Any) -> tuple[int, Any]:
        page = self.pages.get(page_id)
        if page is None or query["name"][0] not in page.labels:
            return missing()
        page.labels.remove(query["name"][0])
        return 204, None

    def _restrictions(self, page_id: str, **_: Any) -> tuple[int, Any]:
        page = self.pages.get(page_id)
        if page is None:
            return missing()
        results = [_told(name, named) for name, named in (("read", page.readers), ("update", page.editors))]
        return 200, {"results": results, "start": 0, "limit": 100, "size": 2}

    def _restrict(self, page_id: str, query: Any, body: Any) -> tuple[int, Any]:
        page = self.pages.get(page_id)
        if page is None:
            return missing()
        if not self.may_restrict:
            return 403, {"statusCode": 403, "message": "No permission to set restrictions"}
        new = {}
        for each in body:
            users = [one["accountId"] for one in each["restrictions"].get("user", [])]
            groups = [one["name"] for one in each["restrictions"].get("group", [])]
            unknown = [name for name in (*users, *groups) if name not in (*self.accounts, *self.groups)]
            if unknown:
                class_name = "com.atlassian.confluence.api.service.exceptions.api.BadRequestException"
                return 400, {"statusCode": 400, "message": f"{class_name}: There is no {unknown[0]}"}
            new[each["operation"]] = {"user": users, "group": groups}
        page.readers, page.editors = new.get("read"), new.get("update")
        return 200, {"results": []}

    def _open(self, page_id: str, **_: Any) -> tuple[int, Any]:
        if page_id not in self.pages:
            return missing()
        self.pages[page_id].readers = self.pages[page_id].editors = None
        return 200, {"results": []}

    def _shown(self, page: Page) -> dict[str, Any]:
        link = f"/spaces/{SPACE}/pages/{page.id}/Title"
        return {
            "id": page.id, "status": page.status, "title": page.title, "spaceId": SPACE_ID, "parentId": page.parent,
            "version": {"number": len(page.versions), "message": "", "minorEdit": False}, "body": {}, "_links": {"webui": link},
        }  # fmt: skip


def refused(why: str) -> tuple[int, Any]:
    return 400, {"errors": [{"status": 400, "code": "INVALID_REQUEST_PARAMETER", "title": why, "detail": None}]}


def missing() -> tuple[int, Any]:
    return 404, {"errors": [{"status": 404, "code": "NOT_FOUND", "title": "Not Found", "detail": None}]}


def _told(operation: str, named: dict[str, list[str]] | None) -> dict[str, Any]:
    users, groups = (named or {}).get("user", []), (named or {}).get("group", [])
    listed = [{"type": "known", "accountId": each} for each in users]
    known = [{"type": "group", "name": each, "id": f"id-{each}"} for each in groups]
    return {"operation": operation, "restrictions": {"user": {"results": listed}, "group": {"results": known}}}


def _read(body: str) -> None:
    expat.ParserCreate().Parse(f"<!DOCTYPE page [{_NAMED}]><page>{body}</page>".encode(), True)


def _kept(body: str) -> str:
    """As it is given back: macros have ids of Confluence's own."""
    return re.sub(
        r'<ac:structured-macro ac:name="([a-z]+)">',
        r'<ac:structured-macro ac:name="\1" ac:schema-version="1" ac:macro-id="m1">',
        body,
    )


class _Handler(BaseHTTPRequestHandler):
    confluence: LocalConfluence

    def log_message(self, *_: Any) -> None:
        """Silent."""

    def _any(self) -> None:
        address, body = urlsplit(self.path), self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.confluence.heard.append((self.command, self.path, dict(self.headers)))
        found = shapes.find(self.command, unquote(address.path))
        if found is None:
            self._send(404, {"errors": [{"title": "no such path"}]})
            return
        operation, parts = found
        with self.confluence.lock:
            self.confluence.seen.append(operation.name)
            fault = self.confluence.fault(operation.name)
            if fault is None or fault.done:
                done = self._answered(operation, parts, parse_qs(address.query, keep_blank_values=True), body)
        if fault is None:
            self._send(*done)
        elif fault.hang:
            self.confluence.woken.wait(5)
            self.close_connection = True
        elif fault.status:
            self._send(fault.status, fault.body if fault.body is not None else {"errors": []}, fault.headers)
        else:
            self.close_connection = True
            self.connection.close()

    def _answered(
        self, operation: shapes.Operation, parts: tuple[str, ...], query: Any, body: bytes
    ) -> tuple[int, Any]:
        pair = base64.b64encode(f"{EMAIL}:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {pair}":
            return 401, {"errors": [{"status": 401, "code": "UNAUTHORIZED", "title": "Unauthorized"}]}
        try:
            return self.confluence.answer(operation, parts, query, json.loads(body) if body else None)
        except (ValueError, KeyError) as error:
            return refused(f"unreadable: {error!r}")

    def _send(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        raw = body.encode() if isinstance(body, str) else b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = do_PUT = do_DELETE = _any


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that hung up is no news."""


@contextlib.contextmanager
def running(confluence: LocalConfluence | None = None) -> Iterator[LocalConfluence]:
    """One at an address of its own."""
    confluence = confluence or LocalConfluence()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"confluence": confluence}))
    confluence.url = f"http://127.0.0.1:{server.server_address[1]}/wiki"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield confluence
    finally:
        confluence.woken.set()
        server.shutdown()
        server.server_close()
        thread.join()
