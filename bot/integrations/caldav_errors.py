"""What goes wrong between us and the calendar's server, in plain sentences, with the word whether another try can help and whether the
request may have had its effect."""

from __future__ import annotations

from datetime import timedelta

from caldav.lib import error as caldav_errors
from caldav.lib.http_sync import requests

from bot import connections
from bot.ports.errors import IntegrationError, RateLimited

LONGEST_WAIT, USUAL_WAIT = 86_400.0, 30.0
REFUSED = (
    "The calendar's server refuses the bot's credentials: an administrator renews CALDAV_USER and CALDAV_PASSWORD."
)
FORBIDDEN = "The calendar's server does not let the bot write in the shared calendar: its owner shares it with the bot's account."
MISSING = "There is no calendar at CALDAV_URL, or the bot's account may not see it: an administrator corrects it."
UNREACHABLE = "The calendar's server cannot be reached."
LOST = "The calendar's server did not answer in time or the connection broke."
TROUBLE = "The calendar's server is in trouble itself."
FULL = "The calendar's server has no room left: an administrator makes some."
ELSEWHERE = "The calendar's address leads elsewhere, which is not followed: an administrator corrects CALDAV_URL."
NONSENSE = "The answer of the calendar's server made no sense: an administrator looks whether CALDAV_URL is the calendar's own address."
UNTRUSTED = (
    "The certificate of the calendar's server is not trusted: an administrator corrects CALDAV_URL, or names its "
    "authority in SSL_CERT_FILE."
)
SENTENCES = {401: REFUSED, 403: FORBIDDEN, 404: MISSING, 405: MISSING, 410: MISSING, 507: FULL}
NO_TLS = (
    "The calendar's server does not speak TLS at this address, or broke it off: an administrator looks whether host and port "
    "of CALDAV_URL are right."
)
# Somebody else holds it just now, or the request came too early.
PASSING = frozenset({408, 409, 423, 425})


class Changed(IntegrationError):
    """What stands there is not what was read (412): nothing was written, and it is read again."""

    def __init__(self) -> None:
        super().__init__("Somebody changed the event meanwhile.", name="http_412", retryable=True)


class translated:
    """Whatever goes wrong in the block becomes ours. `writes` says that it may have had its effect."""

    def __init__(self, *, writes: bool = False) -> None:
        self._writes = writes

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, caldav_errors.RateLimitError):
            raise _asked_to_wait(error) from None
        if isinstance(error, caldav_errors.DAVError):
            raise refusal(getattr(error, "status", None) or 0, writes=self._writes) from None
        if isinstance(error, (requests.RequestException, OSError)):
            raise _broken(error, self._writes) from None
        if isinstance(error, (ValueError, TypeError, AttributeError, KeyError, LookupError, NotImplementedError)):
            raise IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=self._writes) from None


def refusal(status: int, *, writes: bool = False) -> IntegrationError:
    """The error of an answer that is none of success."""
    name = f"http_{status}"
    if status == 412:
        return Changed()
    if 300 <= status < 400:
        return IntegrationError(ELSEWHERE, name="redirected", retryable=False)
    if status in SENTENCES:
        return IntegrationError(SENTENCES[status], name=name, retryable=status == 507)
    if status in PASSING:
        return IntegrationError(TROUBLE, name=name, retryable=True)
    if status >= 500:
        return IntegrationError(TROUBLE, name=name, retryable=True, unknown=writes)
    if status < 400:
        # An answer of success that is none: it may well have been done.
        return IntegrationError(NONSENSE, name="bad_answer", retryable=True, unknown=writes)
    text = f"The calendar's server refused the meeting ({status})."
    return IntegrationError(text, name=name, retryable=False)


def _asked_to_wait(error: caldav_errors.RateLimitError) -> RateLimited:
    told = error.retry_after_seconds
    wait = min(LONGEST_WAIT, max(1.0, USUAL_WAIT if told is None else told))
    said = f"The calendar's server asked us to wait {max(1, round(wait))} s."
    return RateLimited("caldav", timedelta(seconds=wait), said)


def _broken(error: Exception, writes: bool) -> IntegrationError:
    """No answer: only when no connection came about is it certain that nothing was done."""
    name = type(error).__name__
    if isinstance(error, (requests.TooManyRedirects, requests.exceptions.InvalidSchema)):
        return IntegrationError(ELSEWHERE, name="redirected", retryable=False)
    if connections.untrusted(error):
        return IntegrationError(UNTRUSTED, name="certificate", retryable=False)
    if isinstance(error, requests.exceptions.SSLError):
        return IntegrationError(NO_TLS, name="tls", retryable=True, unknown=writes)
    if isinstance(error, requests.ConnectTimeout) or connections.never_connected(error):
        return IntegrationError(UNREACHABLE, name=name, retryable=True)
    return IntegrationError(LOST, name=name, retryable=True, unknown=writes)
