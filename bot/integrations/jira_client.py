"""Requests to Jira's REST API v2 and nothing of ours: one address, no redirects, no retries, and an error that says whether the
request may have had its effect."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests
from jira import JIRA
from pydantic import SecretStr

from bot import tls
from bot.integrations.jira_errors import NONSENSE, translated
from bot.ports.errors import IntegrationError

# To connect, and for each part of the answer.
TIMEOUT = (5.0, 15.0)
PAGE = 50
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-[0-9]+")


@dataclass(frozen=True, slots=True)
class JiraAccess:
    """Where Jira is and who we are there: e-mail and API token on Cloud, a personal access token on Data Center."""

    url: str
    token: SecretStr
    email: str = ""
    cloud: bool = False


class _Library(JIRA):
    """The library without what it asks for by itself: fields are named by their ids, so that no list of them is needed."""

    @property
    def _fields_cache(self) -> dict[str, str]:
        return {}

    def path(self, *parts: str) -> str:
        return self._get_url("/".join(quote(part, safe="") for part in parts))

    def pin(self, url: str) -> None:
        """Only this address can be spoken to; a redirect, even to itself, is an error."""
        session = self._session
        session.max_redirects = 0
        # A connection that was kept may be dead: a request on it would end in doubt for nothing.
        session.headers["Connection"] = "close"
        session.adapters.clear()
        session.mount(f"{url.rstrip('/')}/", tls.MachineTrust(url))

    def send(self, method: str, url: str, **arguments: Any) -> requests.Response:
        return self._session.request(method, url, **arguments)


class JiraClient:
    """What the bot asks of Jira; JSON in and out. Raises `IntegrationError` or `RateLimited`."""

    def __init__(self, access: JiraAccess, timeout: tuple[float, float] = TIMEOUT) -> None:
        self.url, self.cloud = access.url.rstrip("/"), access.cloud
        token = access.token.get_secret_value()
        who = {"basic_auth": (access.email, token)} if access.cloud else {"token_auth": token}
        self._jira = _Library(
            server=self.url, max_retries=0, timeout=timeout, get_server_info=False, logging=False,
            options={"rest_api_version": "2", "verify": True, "check_update": False}, **who,
        )  # fmt: skip
        # What the library asks the server for: which of the two searches there is.
        self._jira.deploymentType = "Cloud" if access.cloud else "Server"
        self._jira.pin(self.url)

    def create(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The id and the key of a new issue."""
        with translated(writes=True):
            return dict(self._jira.create_issue(fields=dict(fields), prefetch=False).raw)

    def search(self, jql: str, fields: list[str]) -> list[dict[str, Any]]:
        """The first page of what is found."""
        with translated():
            ask = self._jira.enhanced_search_issues if self.cloud else self._jira.search_issues
            found = ask(jql, maxResults=PAGE, fields=list(fields), json_result=True)
            return _dicts(found, "issues")

    def issue(self, key: str, fields: list[str]) -> dict[str, Any]:
        """One issue with these fields."""
        return self._read("issue", _checked(key), fields=",".join(fields))

    def edit(self, key: str, update: Mapping[str, Any]) -> None:
        """Change fields by operations: what is named is added or taken away, the rest stays."""
        self._write("PUT", {"update": dict(update)}, "issue", _checked(key))

    def link(self, key: str, identity: str, address: str, title: str) -> None:
        """A remote link; another one of the same identity takes its place."""
        body = {"globalId": identity, "object": {"url": address, "title": title}}
        self._write("POST", body, "issue", _checked(key), "remotelink")

    def unlink(self, key: str, identity: str) -> None:
        """The remote link of this identity goes."""
        with translated(writes=True):
            self._jira.send(
                "DELETE", self._jira.path("issue", _checked(key), "remotelink"), params={"globalId": identity}
            )

    def issue_types(self, project: str) -> list[dict[str, Any]]:
        """The kinds of issue that can be made in a project."""
        return self._pages(("issueTypes", "values"), "issue", "createmeta", project, "issuetypes")

    def create_fields(self, project: str, type_id: str) -> list[dict[str, Any]]:
        """The fields on the form for making one."""
        return self._pages(("fields", "results", "values"), "issue", "createmeta", project, "issuetypes", type_id)

    def assignable(self, project: str, address: str) -> list[dict[str, Any]]:
        """People of the project that an e-mail address finds."""
        name = "query" if self.cloud else "username"
        found = self._answer("user", "assignable", "search", project=project, **{name: address})
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def myself(self) -> dict[str, Any]:
        """The account that the credentials belong to."""
        return self._read("myself")

    def permissions(self, project: str, names: list[str]) -> dict[str, Any]:
        """Which of these permissions the account has in a project."""
        found = self._read("mypermissions", projectKey=project, permissions=",".join(names)).get("permissions")
        return found if isinstance(found, dict) else {}

    def project(self, key: str) -> dict[str, Any]:
        """One project."""
        return self._read("project", key)

    def _read(self, *parts: str, **params: Any) -> dict[str, Any]:
        found = self._answer(*parts, **params)
        if not isinstance(found, dict):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True)
        return found

    def _answer(self, *parts: str, **params: Any) -> Any:
        with translated():
            return self._jira.send("GET", self._jira.path(*parts), params=params).json()

    def _write(self, method: str, body: Mapping[str, Any], *parts: str) -> None:
        with translated(writes=True):
            self._jira.send(method, self._jira.path(*parts), data=json.dumps(body))

    def _pages(self, names: tuple[str, ...], *parts: str) -> list[dict[str, Any]]:
        """All pages of a list, which Cloud and Data Center name differently."""
        found: list[dict[str, Any]] = []
        while True:
            page = self._read(*parts, startAt=len(found), maxResults=PAGE)
            new = next((_dicts(page, name) for name in names if name in page), [])
            found += new
            if not new or len(found) >= _number(page.get("total")):
                return found


def is_key(text: str) -> bool:
    """Whether it can be the key of an issue, such as OPS-123."""
    return bool(_KEY.fullmatch(text))


def _checked(key: str) -> str:
    if not is_key(key):
        text = "That is no key of a ticket: write one such as OPS-123."
        raise IntegrationError(text, name="bad_key", retryable=False)
    return key


def _number(told: Any) -> int:
    return told if isinstance(told, int) else 0


def _dicts(answer: Any, name: str) -> list[dict[str, Any]]:
    return [each for each in answer.get(name) or [] if isinstance(each, dict)]
