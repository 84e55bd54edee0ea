"""Requests to Jira's REST API v2 and nothing of ours: one address, no redirects, no retries, and an error that says whether the
request may have had its effect."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import requests
from jira import JIRA
from jira.exceptions import JIRAError
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from urllib3.exceptions import MaxRetryError, NewConnectionError

from bot.domain import typed
from bot.ports.errors import IntegrationError, RateLimited

# To connect, and for each part of the answer.
TIMEOUT = (5.0, 15.0)
LONGEST_WAIT = 86_400.0
LONGEST_REASON = 300
PAGE = 50
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-[0-9]+")

SENTENCES = {
    401: "Jira refuses the bot's credentials: an administrator renews JIRA_TOKEN.",
    403: "Jira does not allow this to the bot's account: a Jira administrator gives it the permission in this project.",
    404: "Jira knows no such project or ticket, or the bot's account may not see it.",
    413: "The ticket is too long for Jira: shorten it.",
}
UNREACHABLE = "Jira cannot be reached."
LOST = "Jira did not answer in time or the connection broke."
TROUBLE = "Jira is in trouble itself."
ELSEWHERE = "Jira's address leads elsewhere, which is not followed: an administrator corrects JIRA_URL."
NONSENSE = "Jira's answer made no sense: an administrator looks whether JIRA_URL is Jira's own address."
UNTRUSTED = "Jira's certificate is not trusted: an administrator corrects JIRA_URL, or the machine's certificates."


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
        session.mount(f"{url.rstrip('/')}/", HTTPAdapter(max_retries=0))

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
        with _translated(writes=True):
            return dict(self._jira.create_issue(fields=dict(fields), prefetch=False).raw)

    def search(self, jql: str, fields: list[str]) -> list[dict[str, Any]]:
        """The first page of what is found."""
        with _translated():
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
        with _translated():
            return self._jira.send("GET", self._jira.path(*parts), params=params).json()

    def _write(self, method: str, body: Mapping[str, Any], *parts: str) -> None:
        with _translated(writes=True):
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


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        text = "That is no key of a ticket: write one such as OPS-123."
        raise IntegrationError(text, name="bad_key", retryable=False)
    return key


def _number(told: Any) -> int:
    return told if isinstance(told, int) else 0


def _dicts(answer: Any, name: str) -> list[dict[str, Any]]:
    return [each for each in answer.get(name) or [] if isinstance(each, dict)]


class _translated:
    """Whatever goes wrong in the block becomes ours. `writes` says that it may have had its effect."""

    def __init__(self, *, writes: bool = False) -> None:
        self._writes = writes

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, JIRAError):
            raise _refusal(error, self._writes) from None
        if isinstance(error, (requests.RequestException, OSError)):
            raise _broken(error, self._writes) from None
        if isinstance(error, (ValueError, TypeError, AttributeError, KeyError)):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=self._writes) from None


def _broken(error: Exception, writes: bool) -> IntegrationError:
    """No answer: only when no connection came about is it certain that nothing was done."""
    name = type(error).__name__
    if isinstance(error, (requests.TooManyRedirects, requests.exceptions.InvalidSchema)):
        return IntegrationError(ELSEWHERE, name="redirected", retryable=False)
    if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return IntegrationError(UNTRUSTED, name="certificate", retryable=False)
    if isinstance(error, ValueError) and not isinstance(error, requests.ConnectionError):
        return IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=writes)
    if isinstance(error, requests.ConnectTimeout) or _never_connected(error):
        return IntegrationError(UNREACHABLE, name=name, retryable=True)
    return IntegrationError(LOST, name=name, retryable=True, unknown=writes)


def _never_connected(error: Exception) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _refusal(error: JIRAError, writes: bool) -> IntegrationError:
    status, response = error.status_code or 0, error.response
    name = f"http_{status}"
    if status == 429:
        wait = _retry_after(response.headers if response is not None else {})
        said = f"Jira asked us to wait {max(1, round(wait))} s."
        return RateLimited("jira", timedelta(seconds=wait), said)
    if 300 <= status < 400:
        return IntegrationError(ELSEWHERE, name="redirected", retryable=False)
    if status == 408 or status >= 500:
        return IntegrationError(TROUBLE, name=name, retryable=True, unknown=writes)
    if status < 400:
        # An answer of success that is none: it may well have been made.
        return IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=writes)
    why = _reasons(response)
    text = SENTENCES.get(status) or f"Jira refused{f': {why}' if why else f' it ({status})'}"
    return IntegrationError(text if text.endswith((".", "!", "?")) else f"{text}.", name=name, retryable=status == 409)


def _reasons(response: requests.Response | None) -> str:
    """What Jira says about each field, and in general; nothing of a page that is no answer of its own."""
    try:
        said = response.json() if response is not None else {}
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    fields, general = said.get("errors"), said.get("errorMessages")
    named = [f"{name}: {why}" for name, why in fields.items()] if isinstance(fields, dict) else []
    listed = [str(each) for each in general] if isinstance(general, list) else []
    return typed.clip(typed.one_line(" ".join([*listed, *named])), LONGEST_REASON)


def _retry_after(headers: Mapping[str, str]) -> float:
    try:
        return min(LONGEST_WAIT, max(1.0, float(headers.get("Retry-After", ""))))
    except ValueError:
        return 30.0
