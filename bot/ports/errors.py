"""Errors of the outside world, in our words: one place decides what is retried."""

from __future__ import annotations

from datetime import timedelta


class IntegrationError(Exception):
    """A service outside answered with an error or not at all.

    `name` is the service's own error name (`channel_not_found`), `retryable` whether another try can help, `unknown` whether the act may
    have taken place although no answer came. The message is one plain sentence for people, without bodies or secrets.
    """

    def __init__(self, message: str, *, name: str, retryable: bool, unknown: bool = False) -> None:
        super().__init__(message)
        self.name = name
        self.retryable = retryable
        self.unknown = unknown


class RateLimited(IntegrationError):
    """The service asked us to wait; nothing was done, so this is no attempt."""

    def __init__(self, method: str, wait: timedelta) -> None:
        super().__init__(f"Slack asked us to wait {wait.total_seconds():.0f} s", name="ratelimited", retryable=True)
        self.method = method
        self.wait = wait


class Busy(Exception):
    """The database's lock could not be had in time; nothing was saved, trying again is safe."""


class Outdated(Exception):
    """The record was changed by somebody else between reading and saving; nothing was saved."""
