"""What goes wrong between us and Jira, in plain sentences, with the word whether another try can help and whether the request may
have had its effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import requests
from jira.exceptions import JIRAError

from bot.domain import typed
from bot.integrations import no_answer
from bot.ports.errors import IntegrationError, RateLimited

LONGEST_WAIT = 86_400.0
LONGEST_REASON = 300
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
UNTRUSTED = (
    "Jira's certificate is not trusted: an administrator corrects JIRA_URL, or names its authority in SSL_CERT_FILE."
)
_SAY = no_answer.Sentences(ELSEWHERE, UNTRUSTED, NONSENSE, UNREACHABLE, LOST)


class Rejected(IntegrationError):
    """Jira refused what an issue or an edit says (400); `fields` are the ids of those that it named."""

    def __init__(self, message: str, fields: Sequence[str]) -> None:
        super().__init__(message, name="http_400", retryable=False)
        self.fields = tuple(fields)


class translated:
    """Whatever goes wrong in the block becomes ours. `writes` says that it may have had its effect."""

    def __init__(self, *, writes: bool = False) -> None:
        self._writes = writes

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, JIRAError):
            raise _refusal(error, self._writes) from None
        if isinstance(error, (requests.RequestException, OSError)):
            raise no_answer.broken(error, self._writes, _SAY) from None
        if isinstance(error, (ValueError, TypeError, AttributeError, KeyError)):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=self._writes) from None


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
    fields, why = _reasons(response)
    text = SENTENCES.get(status) or f"Jira refused{f': {why}' if why else f' it ({status})'}"
    text = text if text.endswith((".", "!", "?")) else f"{text}."
    if status == 400:
        return Rejected(text, fields)
    return IntegrationError(text, name=name, retryable=status == 409)


def _reasons(response: requests.Response | None) -> tuple[list[str], str]:
    """The fields that Jira names, and what it says about each and in general; nothing of a page that is no answer of its own."""
    try:
        said = response.json() if response is not None else {}
    except ValueError:
        return [], ""
    if not isinstance(said, dict):
        return [], ""
    errors, general = said.get("errors"), said.get("errorMessages")
    fields = {str(name): why for name, why in errors.items()} if isinstance(errors, dict) else {}
    listed = [str(each) for each in general] if isinstance(general, list) else []
    told = [*listed, *(f"{name}: {why}" for name, why in fields.items())]
    return list(fields), typed.clip(typed.one_line(" ".join(told)), LONGEST_REASON)


def _retry_after(headers: Mapping[str, str]) -> float:
    try:
        return min(LONGEST_WAIT, max(1.0, float(headers.get("Retry-After", ""))))
    except ValueError:
        return 30.0
