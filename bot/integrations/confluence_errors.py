"""What goes wrong between us and Confluence, in plain sentences, with the word whether another try can help and whether the request may
have had its effect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import requests

from bot.domain import typed
from bot.integrations import no_answer
from bot.ports.errors import IntegrationError, RateLimited

LONGEST_WAIT, USUAL_WAIT = 86_400.0, 30.0
LONGEST_REASON = 300
SENTENCES = {
    401: "Confluence refuses the bot's credentials: an administrator renews CONFLUENCE_EMAIL and CONFLUENCE_TOKEN.",
    403: (
        "Confluence does not allow this to the bot's account: an administrator of the space lets it view, add and restrict pages there."
    ),
    404: (
        "Confluence knows no such space or page, or the bot's account may not see it: an administrator corrects CONFLUENCE_SPACE and "
        "CONFLUENCE_PARENT, or lets the account view and add pages in the space."
    ),
    413: "The document is too long for Confluence: take out what is not needed in it.",
}
UNREACHABLE = "Confluence cannot be reached."
LOST = "Confluence did not answer in time or the connection broke."
TROUBLE = "Confluence is in trouble itself."
CHANGED = "Somebody else is changing the page in Confluence."
ELSEWHERE = "Confluence's address leads elsewhere, which is not followed: an administrator corrects CONFLUENCE_URL."
NONSENSE = (
    "Confluence's answer made no sense: an administrator looks whether CONFLUENCE_URL is Confluence's own address."
)
UNTRUSTED = "Confluence's certificate is not trusted: an administrator corrects CONFLUENCE_URL, or names its authority in SSL_CERT_FILE."
# What its own messages begin with is for its developers.
_CLASS = re.compile(r"^(?:[a-z]\w*\.)+[A-Z]\w*(?:Exception|Error):\s*")
_SAY = no_answer.Sentences(ELSEWHERE, UNTRUSTED, NONSENSE, UNREACHABLE, LOST)


class Rejected(IntegrationError):
    """Confluence refused what a request says (400)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, name="http_400", retryable=False)


class Conflict(IntegrationError):
    """The page is not in the version that was read (409): nothing was written, and it is read again."""

    def __init__(self) -> None:
        super().__init__(CHANGED, name="http_409", retryable=True)


class translated:
    """Whatever goes wrong in the block becomes ours. `writes` says that it may have had its effect."""

    def __init__(self, *, writes: bool = False) -> None:
        self._writes = writes

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, (requests.RequestException, OSError)):
            raise no_answer.broken(error, self._writes, _SAY) from None
        if isinstance(error, (ValueError, TypeError, AttributeError, KeyError, LookupError)):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=self._writes) from None


def refusal(answer: requests.Response, *, writes: bool = False) -> IntegrationError:
    """The error of an answer that is none of success."""
    status = answer.status_code
    name = f"http_{status}"
    if status == 429 or (status == 503 and "Retry-After" in answer.headers):
        wait = _retry_after(answer.headers)
        return RateLimited(
            "confluence", timedelta(seconds=wait), f"Confluence asked us to wait {max(1, round(wait))} s."
        )
    if 300 <= status < 400:
        return IntegrationError(ELSEWHERE, name="redirected", retryable=False)
    if status == 409:
        return Conflict()
    if status == 408 or status >= 500:
        return IntegrationError(TROUBLE, name=name, retryable=True, unknown=writes)
    if status < 400:
        # An answer of success that is none: it may well have been done.
        return IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=writes)
    if status in SENTENCES:
        return IntegrationError(SENTENCES[status], name=name, retryable=False)
    why = _reason(answer)
    text = f"Confluence refused the page{f': {why}' if why else f' ({status})'}"
    text = text if text.endswith((".", "!", "?")) else f"{text}."
    return Rejected(text) if status == 400 else IntegrationError(text, name=name, retryable=False)


def _reason(answer: requests.Response) -> str:
    """What Confluence says about it; nothing of a page that is no answer of its own."""
    try:
        said = answer.json()
    except ValueError:
        return ""
    told = _CLASS.sub("", " ".join(_told(said)).strip()) if isinstance(said, dict) else ""
    return typed.clip(typed.one_line(told), LONGEST_REASON)


def _told(said: Mapping[str, Any]) -> Iterator[str]:
    """The newer interface lists errors, the older one has a message."""
    errors = said.get("errors")
    for each in errors if isinstance(errors, list) else ():
        if isinstance(each, dict):
            yield from (str(each[name]) for name in ("title", "detail") if each.get(name))
    if isinstance(said.get("message"), str):
        yield said["message"]


def _retry_after(headers: Mapping[str, str]) -> float:
    try:
        return min(LONGEST_WAIT, max(1.0, float(headers.get("Retry-After", ""))))
    except ValueError:
        return USUAL_WAIT
