"""Requests to Confluence Cloud's REST API and nothing of ours: one address, no redirects, no retries, and an error that says whether the
request may have had its effect. Pages, spaces and properties are asked for in its version 2; labels, restrictions, the search and the
account only version 1 has."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests
from pydantic import SecretStr

from bot import tls
from bot.integrations.confluence_errors import NONSENSE, refusal, translated
from bot.ports.errors import IntegrationError

# To connect, and for each part of the answer.
TIMEOUT = (5.0, 20.0)
PAGE = 50
# Any that a page can have, but drafts, which are nobody's yet.
EVERY = ("current", "archived", "trashed")
READ = "read"
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class ConfluenceAccess:
    """Where Confluence is, with `/wiki` at its end, and who we are there."""

    url: str
    email: str
    token: SecretStr


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands: its storage format, its version's number, its labels, and the property of ours; None where it has none."""

    id: str
    title: str
    status: str
    version: int
    body: str = ""
    labels: tuple[str, ...] = ()
    mark: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read, or change, a page beside what the space allows: accounts by id, groups by name and id. Nobody named: everybody."""

    users: frozenset[str] = frozenset()
    groups: frozenset[tuple[str, str]] = frozenset()


class ConfluenceClient:
    """What the bot asks of Confluence; JSON in and out. Raises `IntegrationError` or `RateLimited`."""

    def __init__(self, access: ConfluenceAccess, timeout: tuple[float, float] = TIMEOUT) -> None:
        self.url, self._timeout = access.url.rstrip("/"), timeout
        self.session = session = requests.Session()
        session.auth = (access.email, access.token.get_secret_value())
        session.trust_env = True
        session.max_redirects = 0
        # A connection that was kept may be dead: a request on it would end in doubt for nothing.
        session.headers.update({"Accept": "application/json", "Connection": "close"})
        session.adapters.clear()
        session.mount(f"{self.url}/", tls.MachineTrust(self.url))

    def myself(self) -> dict[str, Any]:
        """The account that the credentials belong to."""
        return self._read("rest/api/user/current")

    def space(self, key: str) -> dict[str, Any] | None:
        """The space of this key; None where there is none, or we may not see it."""
        found = _dicts(self._read("api/v2/spaces", keys=key), "results")
        return next((each for each in found if str(each.get("key", "")).casefold() == key.casefold()), None)

    def operations(self, space_id: str) -> set[tuple[str, str]]:
        """What we may do in a space: the act, and with what."""
        told = _dicts(self._read(f"api/v2/spaces/{_id(space_id)}/operations"), "operations")
        return {(str(each.get("operation")), str(each.get("targetType"))) for each in told}

    def page(self, page_id: str, prop: str) -> Page:
        """One page, whatever became of it, with the property of this name."""
        told = self._read(
            f"api/v2/pages/{_id(page_id)}",
            **{"body-format": "storage", "include-labels": "true", "include-properties": "true", "status": list(EVERY)},
        )
        with translated():
            return _page(told, prop)

    def titled(self, space_id: str, title: str, statuses: Sequence[str] = EVERY) -> list[str]:
        """The ids of the pages of exactly this title."""
        told = self._read(
            "api/v2/pages", **{"space-id": space_id, "title": title, "status": list(statuses), "limit": PAGE}
        )
        return [str(each["id"]) for each in _dicts(told, "results") if each.get("title") == title and "id" in each]

    def labelled(self, space: str, label: str) -> list[str]:
        """The ids of the pages with this label, by the index, which is some time behind."""
        cql = f'type = page AND space = "{_quoted(space)}" AND label = "{_quoted(label)}"'
        told = self._read("rest/api/content/search", cql=cql, limit=PAGE)
        return [str(each["id"]) for each in _dicts(told, "results") if "id" in each]

    def create(self, space_id: str, parent: str, title: str, body: str, *, private: bool = False) -> str:
        """A new page, of which the id is returned; a private one is for its maker alone."""
        given = {"spaceId": space_id, "status": "current", "title": title, "body": _storage(body)}
        given |= {"parentId": parent} if parent else {}
        made = self._write("POST", "api/v2/pages", given, **({"private": "true"} if private else {}))
        if not isinstance(made, dict) or not made.get("id"):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=True)
        return str(made["id"])

    def update(self, page: Page, title: str, body: str) -> None:
        """The next version of what was read. Raises `Conflict` where somebody was faster."""
        number = {"number": page.version + 1, "message": "Post-mortem"}
        given = {"id": page.id, "status": "current", "title": title, "body": _storage(body), "version": number}
        self._write("PUT", f"api/v2/pages/{_id(page.id)}", given)

    def set_property(self, page_id: str, key: str, value: Mapping[str, Any]) -> None:
        """A property that the page does not have yet."""
        self._write("POST", f"api/v2/pages/{_id(page_id)}/properties", {"key": key, "value": dict(value)})

    def add_labels(self, page_id: str, labels: Sequence[str]) -> None:
        """Labels beside those that stand; one that stands stays."""
        self._write(
            "POST", f"rest/api/content/{_id(page_id)}/label", [{"prefix": "global", "name": each} for each in labels]
        )

    def remove_label(self, page_id: str, label: str) -> None:
        """One label."""
        self._write("DELETE", f"rest/api/content/{_id(page_id)}/label", None, name=label)

    def restrictions(self, page_id: str) -> dict[str, Readers]:
        """Who may read, and who may change it."""
        told = self._read(f"rest/api/content/{_id(page_id)}/restriction", expand="restrictions.user,restrictions.group")
        with translated():
            return {str(each.get("operation")): _readers(each["restrictions"]) for each in _dicts(told, "results")}

    def restrict(self, page_id: str, users: Sequence[str], groups: Sequence[str]) -> None:
        """Only these may read it, in place of whatever was set before."""
        named = {
            "user": [{"type": "known", "accountId": each} for each in users],
            "group": [{"type": "group", "id" if _UUID.fullmatch(each) else "name": each} for each in groups],
        }
        given = [{"operation": READ, "restrictions": named}]
        self._write("PUT", f"rest/api/content/{_id(page_id)}/restriction", given)

    def open(self, page_id: str) -> None:
        """Whoever may read the space may read it."""
        self._write("DELETE", f"rest/api/content/{_id(page_id)}/restriction", None)

    def _read(self, path: str, **params: Any) -> dict[str, Any]:
        with translated():
            answer = self.session.get(f"{self.url}/{path}", params=params, timeout=self._timeout, allow_redirects=False)
            if answer.status_code != 200:
                raise refusal(answer)
            found = answer.json()
        if not isinstance(found, dict):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True)
        return found

    def _write(self, method: str, path: str, body: Any, **params: Any) -> Any:
        headers = {"Content-Type": "application/json", "X-Atlassian-Token": "no-check"}
        with translated(writes=True):
            answer = self.session.request(
                method, f"{self.url}/{path}", params=params, headers=headers, timeout=self._timeout, allow_redirects=False,
                data=None if body is None else json.dumps(body).encode(),
            )  # fmt: skip
            if not 200 <= answer.status_code < 300:
                raise refusal(answer, writes=True)
            return answer.json() if answer.content.strip() else None


def _page(told: Mapping[str, Any], prop: str) -> Page:
    labels = _dicts(told.get("labels") or {}, "results")
    marks = [each.get("value") for each in _dicts(told.get("properties") or {}, "results") if each.get("key") == prop]
    mark = next((each for each in marks if isinstance(each, dict)), None)
    body = ((told.get("body") or {}).get("storage") or {}).get("value") or ""
    names = tuple(str(each.get("name")) for each in labels)
    version = int(told["version"]["number"])
    return Page(str(told["id"]), str(told["title"]), str(told["status"]), version, str(body), names, mark)


def _readers(told: Mapping[str, Any]) -> Readers:
    users = _dicts(told.get("user") or {}, "results")
    groups = _dicts(told.get("group") or {}, "results")
    return Readers(
        frozenset(str(each.get("accountId")) for each in users),
        frozenset((str(each.get("name") or ""), str(each.get("id") or "")) for each in groups),
    )


def _storage(body: str) -> dict[str, str]:
    return {"representation": "storage", "value": body}


def _id(page_id: str) -> str:
    return quote(page_id, safe="")


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace('"', "")


def _dicts(answer: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [each for each in answer.get(name) or [] if isinstance(each, dict)]
