"""A request that got no answer, from a service that is spoken to by `requests`: what is known of it then, in the service's own words."""

from __future__ import annotations

from dataclasses import dataclass

import requests

from bot import connections
from bot.ports.errors import IntegrationError


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a person reads, for each way in which there is no answer."""

    elsewhere: str
    untrusted: str
    nonsense: str
    unreachable: str
    lost: str


def broken(error: Exception, writes: bool, say: Sentences) -> IntegrationError:
    """Only when no connection came about is it certain that nothing was done."""
    name = type(error).__name__
    if isinstance(error, (requests.TooManyRedirects, requests.exceptions.InvalidSchema)):
        return IntegrationError(say.elsewhere, name="redirected", retryable=False)
    if connections.untrusted(error):
        return IntegrationError(say.untrusted, name="certificate", retryable=False)
    if isinstance(error, ValueError) and not isinstance(error, requests.ConnectionError):
        return IntegrationError(say.nonsense, name="bad_answer", retryable=True, unknown=writes)
    if isinstance(error, requests.ConnectTimeout) or connections.never_connected(error):
        return IntegrationError(say.unreachable, name=name, retryable=True)
    return IntegrationError(say.lost, name=name, retryable=True, unknown=writes)
