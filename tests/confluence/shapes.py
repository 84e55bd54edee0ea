"""What requests to Confluence Cloud may look like: for each operation its path, the names in its query, and the shape of its body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_V1, _V2 = "/wiki/rest/api/", "/wiki/api/v2/"


@dataclass(frozen=True)
class Operation:
    """One operation. `query` are the names that it knows, `needs` those of them that it cannot do without; `body` is a shape, of which
    every name may be left out but those in `must`."""

    name: str
    method: str
    path: str
    query: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    body: Any = None
    must: tuple[str, ...] = field(default=())


STORAGE = {"representation": str, "value": str}
PAGE = {"spaceId": str, "status": str, "title": str, "parentId": str, "body": STORAGE}
NEXT = {"id": str, **PAGE, "version": {"number": int, "message": str}}
READERS = [
    {
        "operation": str,
        "restrictions": {
            "user": [{"type": str, "accountId": str}],
            "group": [{"type": str, "name": str, "id": str}],
        },
    }
]
OPERATIONS = (
    Operation("myself", "GET", f"{_V1}user/current", frozenset({"expand"})),
    Operation("space", "GET", f"{_V2}spaces", frozenset({"keys", "limit"}), frozenset({"keys"})),
    Operation("operations", "GET", f"{_V2}spaces/([0-9]+)/operations"),
    Operation(
        "pages",
        "GET",
        f"{_V2}pages",
        frozenset({"space-id", "title", "status", "limit"}),
        frozenset({"space-id", "title"}),
    ),
    Operation(
        "read",
        "GET",
        f"{_V2}pages/([0-9]+)",
        frozenset({"body-format", "status", "include-labels", "include-properties"}),
    ),
    Operation(
        "create",
        "POST",
        f"{_V2}pages",
        frozenset({"private", "embedded", "root-level"}),
        body=PAGE,
        must=("spaceId", "title"),
    ),
    Operation("update", "PUT", f"{_V2}pages/([0-9]+)", body=NEXT, must=("id", "status", "title", "body", "version")),
    Operation(
        "property", "POST", f"{_V2}pages/([0-9]+)/properties", body={"key": str, "value": object}, must=("key", "value")
    ),
    Operation("search", "GET", f"{_V1}content/search", frozenset({"cql", "limit", "start"}), frozenset({"cql"})),
    Operation("label", "POST", f"{_V1}content/([0-9]+)/label", body=[{"prefix": str, "name": str}]),
    Operation("unlabel", "DELETE", f"{_V1}content/([0-9]+)/label", frozenset({"name"}), frozenset({"name"})),
    Operation("restrictions", "GET", f"{_V1}content/([0-9]+)/restriction", frozenset({"expand", "start", "limit"})),
    Operation("restrict", "PUT", f"{_V1}content/([0-9]+)/restriction", frozenset({"expand"}), body=READERS),
    Operation("open", "DELETE", f"{_V1}content/([0-9]+)/restriction", frozenset({"expand"})),
)


def find(method: str, path: str) -> tuple[Operation, tuple[str, ...]] | None:
    """Which operation it is, and the parts of the path that vary."""
    for each in OPERATIONS:
        found = re.fullmatch(each.path, path)
        if found and each.method == method:
            return each, found.groups()
    return None


def wrong(operation: Operation, query: Mapping[str, Any], body: Any) -> str:
    """Why Confluence would not take it; "" when it would."""
    if unknown := set(query) - operation.query:
        return f"{operation.name} knows no {sorted(unknown)}"
    if lacking := operation.needs - set(query):
        return f"{operation.name} needs {sorted(lacking)}"
    if operation.body is None:
        return "" if body is None else f"{operation.name} takes no body"
    if isinstance(body, dict) and (missed := [each for each in operation.must if each not in body]):
        return f"{operation.name} needs {missed}"
    return _misfit(operation.body, body, operation.name)


def _misfit(shape: Any, value: Any, where: str) -> str:
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{where} is no list"
        return next((bad for each in value if (bad := _misfit(shape[0], each, where))), "")
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            return f"{where} is no object"
        if unknown := set(value) - set(shape):
            return f"{where} knows no {sorted(unknown)}"
        return next((bad for name, each in value.items() if (bad := _misfit(shape[name], each, f"{where}.{name}"))), "")
    return "" if isinstance(value, shape) else f"{where} is no {shape.__name__}"
