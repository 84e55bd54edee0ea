"""The control API acts as anybody: a page of another site, open in the same browser, must not reach it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from sandbox.client import Sandbox


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    with Sandbox.start(in_process=True) as started:
        yield started


def asked(slack: Sandbox, origin: str | None) -> int:
    request = urllib.request.Request(f"{slack.control_url}see/channels")
    if origin is not None:
        request.add_header("Origin", origin)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_a_script_and_our_own_page_may_act(slack: Sandbox) -> None:
    assert asked(slack, None) == 200
    assert asked(slack, slack.url) == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_page_of_another_site_may_not(slack: Sandbox, origin: str) -> None:
    assert asked(slack, origin) == 403
