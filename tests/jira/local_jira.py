"""A small Jira over HTTP that remembers issues, is as strict as the real one about what it is asked, and fails in all the ways in
which the real one does."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.jira import shapes

EMAIL, TOKEN = "bot@example.com", "jira-canary-token"
PREFIX = "/rest/api/2/"


@dataclass(frozen=True)
class Fault:
    """What happens to one request. `done` says that it takes its effect all the same; status 0 is no answer at all, and `hang` one
    that does not come in time."""

    status: int = 0
    done: bool = False
    hang: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None


LOST = Fault(done=True)
CUT = Fault()
HANG = Fault(hang=True, done=True)
BROKEN = Fault(500)
MADE_BUT_500 = Fault(502, done=True)
WAIT = Fault(429, headers={"Retry-After": "7"})
UNAUTHORIZED = Fault(401)
FORBIDDEN = Fault(403)
GONE = Fault(404)
PAGE = Fault(200, body="<html>Log in</html>")


def redirect(to: str) -> Fault:
    return Fault(302, headers={"Location": to})


def a_field(field_id: str, name: str, kind: str, **more: Any) -> dict[str, Any]:
    """A field as create metadata tells it."""
    schema = {"type": kind, "system": field_id} | ({"items": more.pop("items")} if "items" in more else {})
    return {
        "fieldId": field_id,
        "key": field_id,
        "name": name,
        "required": False,
        "hasDefaultValue": False,
        "operations": ["add", "set", "remove"] if kind == "array" else ["set"],
        "schema": schema,
    } | more


def usual_fields() -> dict[str, dict[str, Any]]:
    names = [{"id": str(n), "name": name} for n, name in enumerate(("Highest", "High", "Medium", "Low"), 1)]
    fields = [
        a_field("project", "Project", "project", required=True),
        a_field("issuetype", "Issue Type", "issuetype", required=True),
        a_field("summary", "Summary", "string", required=True),
        a_field("reporter", "Reporter", "user", required=True),
        a_field("description", "Description", "string"),
        a_field("labels", "Labels", "array", items="string"),
        a_field("priority", "Priority", "priority", allowedValues=names),
        a_field("duedate", "Due date", "date"),
        a_field("assignee", "Assignee", "user"),
    ]
    return {each["fieldId"]: each for each in fields}


@dataclass
class Issue:
    """One that was made. `behind` is how many searches from now on do not know it yet, `indexed` the status that they still show."""

    id: str
    key: str
    fields: dict[str, Any]
    links: dict[str, dict[str, Any]] = field(default_factory=dict)
    status: str = "To Do"
    behind: int = 0
    indexed: str = ""


@dataclass
class LocalJira:
    """Its state, which tests look at and change. `behind` is how many searches do not know a new issue; `moved` are old keys and
    those that they lead to; without `names_missing` a search for missing keys is refused and does not say for which. Faults begin
    when `after` requests were seen; `at` says what goes wrong with the request of a number, from 1."""

    cloud: bool = True
    projects: tuple[str, ...] = ("OPS", "WEB")
    types: tuple[str, ...] = ("Task", "Bug")
    fields: dict[str, dict[str, Any]] = field(default_factory=usual_fields)
    people: tuple[dict[str, Any], ...] = ({"accountId": "a1", "name": "aino", "emailAddress": "aino@example.com"},)
    permissions: set[str] = field(
        default_factory=lambda: {"BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "LINK_ISSUES", "ASSIGN_ISSUES"}
    )
    behind: int = 0
    issues: dict[str, Issue] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    heard: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    at: dict[int, Fault] = field(default_factory=dict)
    url: str = ""
    moved: dict[str, str] = field(default_factory=dict)
    names_missing: bool = True
    after: int = 0
    woken: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, operation: str, *faults: Fault) -> None:
        """The next requests of this operation go wrong in this way, in order; "*" is any."""
        self.faults += [(operation, each) for each in faults]

    @property
    def posts(self) -> int:
        """How many requests to make an issue came in."""
        return self.seen.count("create")

    def fault(self, name: str) -> Fault | None:
        if len(self.seen) <= self.after:
            return None
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
        bad = shapes.wrong(operation, query, body)
        if bad:
            return refused(bad)
        act = getattr(self, f"_{operation.name.replace(' ', '_')}")
        found: tuple[int, Any] = act(
            *parts, **({"query": query} if operation.query else {}), **({"body": body} if body else {})
        )
        return found

    def _myself(self, query: Any) -> tuple[int, Any]:
        return 200, {"accountId": "bot", "emailAddress": EMAIL, "displayName": "Post-mortem bot", "active": True}

    def _permissions(self, query: Any) -> tuple[int, Any]:
        if "permissions" not in query:
            return refused("permissions is missing")
        if query["projectKey"][0] not in self.projects:
            return 404, {"errorMessages": ["No project could be found"]}
        names = query["permissions"][0].split(",")
        return 200, {"permissions": {name: {"key": name, "havePermission": name in self.permissions} for name in names}}

    def _project(self, key: str, query: Any) -> tuple[int, Any]:
        return (200, {"key": key, "name": key}) if key in self.projects else missing("No project could be found")

    def _types(self, project: str, query: Any) -> tuple[int, Any]:
        if project not in self.projects:
            return missing("No project could be found")
        listed = [{"id": str(10 + n), "name": name, "subtask": False} for n, name in enumerate(self.types)]
        return 200, self._page("issueTypes", listed, query)

    def _fields(self, project: str, type_id: str, query: Any) -> tuple[int, Any]:
        if project not in self.projects or not 10 <= int(type_id) < 10 + len(self.types):
            return missing("No such issue type")
        return 200, self._page("fields", list(self.fields.values()), query)

    def _page(self, name: str, listed: list[Any], query: Any) -> dict[str, Any]:
        start, most = int(query.get("startAt", ["0"])[0]), min(5, int(query.get("maxResults", ["50"])[0]))
        called = name if self.cloud else "values"
        return {called: listed[start : start + most], "startAt": start, "maxResults": most, "total": len(listed)}

    def _people(self, query: Any) -> tuple[int, Any]:
        words = query.get("query" if self.cloud else "username")
        if not words:
            return refused("whom?")
        known = "accountId" if self.cloud else "name"
        found = [each for each in self.people if words[0] in str(each.get("found", each.get("emailAddress")))]
        return 200, [{name: each[name] for name in (known, "emailAddress") if name in each} for each in found]

    def _search(self, query: Any) -> tuple[int, Any]:
        if not self.cloud:
            return missing("no such path")
        return self._find(query)

    def _old_search(self, query: Any) -> tuple[int, Any]:
        if self.cloud:
            return 410, {"errorMessages": ["The requested API has been removed."]}
        return self._find(query)

    def _find(self, query: Any) -> tuple[int, Any]:
        jql = query.get("jql", [""])[0]
        if keys := re.fullmatch(r'key in \(("[A-Z]+-[0-9]+"(?:, "[A-Z]+-[0-9]+")*)\)', jql):
            return self._with_keys(keys[1].replace('"', "").split(", "))
        asked = re.fullmatch(r'labels = "([^"\\ ]+)" ORDER BY created ASC', jql)
        if not asked:
            return refused("The JQL cannot be read")
        found = []
        for issue in self.issues.values():
            known, issue.behind = issue.behind <= 0, issue.behind - 1
            if known and asked[1] in issue.fields["labels"]:
                found.append(self._shown(issue))
        return 200, {"issues": found, "isLast": True}

    def _with_keys(self, keys: list[str]) -> tuple[int, Any]:
        """Refused as a whole where one is missing; what the index is behind with is shown as it was."""
        gone = [key for key in keys if key not in self.issues and key not in self.moved]
        if gone:
            said = [f"An issue with key '{key}' does not exist for field 'key'." for key in gone]
            return 400, {"errorMessages": said if self.names_missing else ["No."], "errors": {}}
        found = [self.issues[self.moved.get(key, key)] for key in keys]
        return 200, {"issues": [self._shown(each, each.indexed) for each in found], "isLast": True}

    def _create(self, query: Any, body: Any) -> tuple[int, Any]:
        fields, errors = body["fields"], {}
        for name, known in self.fields.items():
            if known["required"] and not known["hasDefaultValue"] and name != "reporter" and not fields.get(name):
                errors[name] = f"{known['name']} is required."
        for name, value in fields.items():
            if name not in self.fields:
                errors[name] = f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            elif name not in ("project", "issuetype") and (bad := self._bad(self.fields[name], value)):
                errors[name] = bad
        project, kind = fields.get("project", {}).get("key"), fields.get("issuetype", {}).get("id", "")
        if project not in self.projects:
            errors["project"] = "valid project is required"
        if kind not in [str(10 + n) for n in range(len(self.types))]:
            errors["issuetype"] = "valid issue type is required"
        if errors:
            return 400, {"errorMessages": [], "errors": errors}
        number = len(self.issues) + 1
        issue = Issue(str(10_000 + number), f"{project}-{number}", {"labels": [], **fields}, behind=self.behind)
        self.issues[issue.key] = issue
        return 201, {"id": issue.id, "key": issue.key, "self": f"{self.url}{PREFIX}issue/{issue.id}"}

    def _bad(self, known: dict[str, Any], value: Any) -> str | None:
        kind, many = known["schema"]["type"], known["schema"].get("items")
        if many == "string":
            spaced = [each for each in value if not isinstance(each, str) or re.search(r"\s", each)]
            return f"The label '{spaced[0]}' contains spaces which is invalid." if spaced else None
        if known["fieldId"] == "summary" and (not isinstance(value, str) or "\n" in value or len(value) > 255):
            return "The summary is invalid because it contains newline characters or is too long."
        if kind == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
            return "Error parsing date string"
        if kind == "user" and set(value) != {"accountId" if self.cloud else "name"}:
            return "expected an account"
        if kind == "number" and not isinstance(value, (int, float)):
            return "expected a number"
        if kind == "string" and not isinstance(value, str):
            return "expected a string"
        allowed = known.get("allowedValues")
        chosen = value if isinstance(value, list) else [value]
        if allowed and not all(any(pick.items() <= each.items() for each in allowed) for pick in chosen):
            return f"{known['name']} is not valid"
        return None

    def _read(self, key: str, query: Any) -> tuple[int, Any]:
        key = self.moved.get(key, key)
        return (200, self._shown(self.issues[key])) if key in self.issues else missing("Issue does not exist")

    def _edit(self, key: str, query: Any, body: Any) -> tuple[int, Any]:
        if key not in self.issues:
            return missing("Issue does not exist")
        labels = self.issues[key].fields["labels"]
        for step in body["update"].get("labels", []):
            ((how, label),) = step.items()
            if re.search(r"\s", label):
                return 400, {
                    "errorMessages": [],
                    "errors": {"labels": f"The label '{label}' contains spaces which is invalid."},
                }
            if how == "remove" and label in labels:
                labels.remove(label)
            if how == "add" and label not in labels:
                labels.append(label)
        return 204, None

    def _link(self, key: str, body: Any) -> tuple[int, Any]:
        if key not in self.issues:
            return missing("Issue does not exist")
        if not {"url", "title"} <= body["object"].keys():
            return refused("a link has an address and a title")
        links = self.issues[key].links
        new = body["globalId"] not in links
        links[body["globalId"]] = body["object"]
        return (201 if new else 200), {"id": 1, "self": f"{self.url}{PREFIX}issue/{key}/remotelink/1"}

    def _unlink(self, key: str, query: Any) -> tuple[int, Any]:
        if "globalId" not in query:
            return refused("globalId is missing")
        if key not in self.issues or self.issues[key].links.pop(query["globalId"][0], None) is None:
            return missing("No remote link")
        return 204, None

    def _shown(self, issue: Issue, indexed: str = "") -> dict[str, Any]:
        name = indexed or issue.status
        category = {"Done": "done", "Closed": "done", "To Do": "new"}.get(name, "indeterminate")
        status = {"name": name, "statusCategory": {"key": category}}
        return {"id": issue.id, "key": issue.key, "fields": {"status": status, "labels": list(issue.fields["labels"])}}


def refused(why: str) -> tuple[int, Any]:
    return 400, {"errorMessages": [why], "errors": {}}


def missing(why: str) -> tuple[int, Any]:
    return 404, {"errorMessages": [why], "errors": {}}


class _Handler(BaseHTTPRequestHandler):
    jira: LocalJira

    def log_message(self, *_: Any) -> None:
        """Silent."""

    def _any(self) -> None:
        address, body = urlsplit(self.path), self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.jira.heard.append((self.command, self.path, dict(self.headers)))
        found = (
            shapes.find(self.command, unquote(address.path.removeprefix(PREFIX))) if PREFIX in address.path else None
        )
        if found is None:
            self._send(404, {"errorMessages": ["no such path"]})
            return
        operation, parts = found
        with self.jira.lock:
            self.jira.seen.append(operation.name)
            fault = self.jira.fault(operation.name)
            if fault is None or fault.done:
                done = self._answered(operation, parts, parse_qs(address.query), body)
        if fault is None:
            self._send(*done)
        elif fault.hang:
            self.jira.woken.wait(5)
            self.close_connection = True
        elif fault.status:
            self._send(fault.status, fault.body if fault.body is not None else {"errorMessages": ["no"]}, fault.headers)
        else:
            self.close_connection = True
            self.connection.close()

    def _answered(
        self, operation: shapes.Operation, parts: tuple[str, ...], query: Any, body: bytes
    ) -> tuple[int, Any]:
        pair = base64.b64encode(f"{EMAIL}:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != (f"Basic {pair}" if self.jira.cloud else f"Bearer {TOKEN}"):
            return 401, {"errorMessages": ["Client must be authenticated"]}
        try:
            return self.jira.answer(operation, parts, query, json.loads(body) if body else None)
        except (ValueError, KeyError) as error:
            return refused(f"unreadable: {error!r}")

    def _send(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        raw = body.encode() if isinstance(body, str) else b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(raw)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = do_PUT = do_DELETE = _any


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that hung up is no news."""


@contextlib.contextmanager
def running(jira: LocalJira | None = None) -> Iterator[LocalJira]:
    """One at an address of its own."""
    jira = jira or LocalJira()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"jira": jira}))
    jira.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield jira
    finally:
        jira.woken.set()
        server.shutdown()
        server.server_close()
        thread.join()
