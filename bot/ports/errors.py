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
    """The service asked us to wait (or refuses us altogether for now); nothing was done, so this is no attempt."""

    def __init__(self, method: str, wait: timedelta, message: str = "", name: str = "ratelimited") -> None:
        text = message or f"Slack asked us to wait {max(1, round(wait.total_seconds()))} s."
        super().__init__(text, name=name, retryable=True)
        self.method = method
        self.wait = wait


class Busy(Exception):
    """The database's lock could not be had in time; nothing was saved, trying again is safe."""


class Unsure(Busy):
    """The connection was lost while saving: it may or may not be saved.

    To be treated as `Busy`, but not to be told as "nothing was saved".
    """


class Outdated(Exception):
    """The record was changed by somebody else between reading and saving; nothing was saved."""
