"""The ways in which the world outside fails, as the chat's adapter names them."""

from __future__ import annotations

from datetime import timedelta

from bot.ports.errors import IntegrationError, RateLimited


class Crash(BaseException):
    """The process ends here: nothing may catch it."""


def lost() -> IntegrationError:
    """No answer came; the act may have taken place."""
    return IntegrationError("Slack did not answer in time.", name="TimeoutError", retryable=True, unknown=True)


def server_error() -> IntegrationError:
    """A 503."""
    return IntegrationError("Slack is in trouble itself.", name="http_503", retryable=True, unknown=True)


def wait(seconds: float, method: str = "chat.postMessage") -> RateLimited:
    """A 429 with Retry-After."""
    return RateLimited(method, timedelta(seconds=seconds))


def refused(name: str) -> IntegrationError:
    """An answer that another try will not change."""
    return IntegrationError(f"Slack refused: {name}.", name=name, retryable=False)
