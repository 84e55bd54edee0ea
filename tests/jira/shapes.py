"""What requests to Jira may look like: for each operation the names in its query, and the shape of its body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ANY = object()
STEPS = [{"add": ANY, "copy": ANY, "edit": ANY, "remove": ANY, "set": ANY}]


@dataclass(frozen=True)
class Operation:
    """One operation. `query` has a type for each name; `body` is a shape, `must` the names in it that cannot be left out."""

    name: str
    method: str
    path: str
    query: Mapping[str, type] = field(default_factory=dict)
    body: Any = None
    must: tuple[str, ...] = ()


_PAGE = {"startAt": int, "maxResults": int}
_FOUND = {"jql": str, "maxResults": int, "fields": str, "expand": str, "properties": str}
ISSUE = {"fields": {"*": ANY}, "update": {"*": STEPS}, "historyMetadata": ANY, "properties": ANY, "transition": ANY}
LINK = {
    "globalId": str,
    "relationship": str,
    "application": {"name": str, "type": str},
    "object": {"url": str, "title": str, "summary": str, "icon": ANY, "status": ANY},
}
OPERATIONS = (
    Operation("myself", "GET", "myself", {"expand": str}),
    Operation("permissions", "GET", "mypermissions", {"projectKey": str, "permissions": str}),
    Operation("project", "GET", "project/([^/]+)", {"expand": str}),
    Operation("types", "GET", "issue/createmeta/([^/]+)/issuetypes", _PAGE),
    Operation("fields", "GET", "issue/createmeta/([^/]+)/issuetypes/([^/]+)", _PAGE),
    Operation("people", "GET", "user/assignable/search", {"project": str, "query": str, "username": str}),
    Operation("search", "GET", "search/jql", {**_FOUND, "nextPageToken": str, "reconcileIssues": int}),
    Operation("old search", "GET", "search", {**_FOUND, "startAt": int, "validateQuery": bool}),
    Operation("create", "POST", "issue", {"updateHistory": bool}, ISSUE, ("fields",)),
    Operation("read", "GET", "issue/([^/]+)", {"fields": str, "expand": str}),
    Operation("edit", "PUT", "issue/([^/]+)", {"notifyUsers": bool}, ISSUE),
    Operation("link", "POST", "issue/([^/]+)/remotelink", {}, LINK, ("object",)),
    Operation("unlink", "DELETE", "issue/([^/]+)/remotelink", {"globalId": str}),
)


def find(method: str, path: str) -> tuple[Operation, tuple[str, ...]] | None:
    """Which operation it is, and the parts of the path that vary; exact paths go before those that vary."""
    for each in sorted(OPERATIONS, key=lambda one: one.path.count("(")):
        found = re.fullmatch(each.path, path)
        if found and each.method == method:
            return each, found.groups()
    return None


def wrong(operation: Operation, query: Mapping[str, list[str]], body: Any) -> str | None:
    """What does not fit the operation, in a sentence."""
    for name, values in query.items():
        kind = operation.query.get(name)
        if kind is None:
            return f"{operation.name} has no parameter {name}"
        if kind is int and not all(value.isdigit() for value in values):
            return f"{name} is no number"
        if kind is bool and not all(value.lower() in ("true", "false") for value in values):
            return f"{name} is neither true nor false"
    if operation.body is None:
        return "a body where there is none" if body is not None else None
    if not isinstance(body, dict):
        return "no body"
    missing = [name for name in operation.must if name not in body]
    return f"{missing[0]} is missing" if missing else _misfit(body, operation.body, "the body")


def _misfit(value: Any, shape: Any, where: str) -> str | None:
    if shape is ANY:
        return None
    if isinstance(shape, type):
        return None if isinstance(value, shape) else f"{where} is no {shape.__name__}"
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{where} is no list"
        return next((bad for each in value if (bad := _misfit(each, shape[0], where))), None)
    if not isinstance(value, dict):
        return f"{where} is no object"
    for name, each in value.items():
        inner = shape.get(name, shape.get("*"))
        if inner is None:
            return f"{where} has no {name}"
        if bad := _misfit(each, inner, name):
            return bad
    return None
