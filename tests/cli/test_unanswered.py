"""Why a server did not answer: words, and never what a library calls its errors."""

from __future__ import annotations

import pytest
import requests

from bot.integrations import caldav_errors
from bot.ports.errors import IntegrationError
from cli import unanswered


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (requests.exceptions.SSLError("WRONG_VERSION_NUMBER"), "no encrypted connection came about"),
        (requests.exceptions.ConnectTimeout(), "no answer in time"),
        (requests.exceptions.ReadTimeout(), "no answer in time"),
        (requests.exceptions.ProxyError(), "the proxy does not let us through"),
        (requests.exceptions.ConnectionError(), "no connection came about"),
        (requests.exceptions.ChunkedEncodingError(), "the connection broke"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_answer_is_told_in_words(error: Exception, said: str) -> None:
    assert unanswered.why(IntegrationError("", name=type(error).__name__, retryable=True)) == said


def test_an_answer_is_told_by_its_number() -> None:
    assert unanswered.why(IntegrationError(caldav_errors.TROUBLE, name="http_503", retryable=True)) == "it answers 503"
