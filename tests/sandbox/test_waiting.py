"""Waiting for quiet: patience is always longer than the quiet that is wanted."""

from __future__ import annotations

import pytest

from sandbox import remote
from sandbox.client import Sandbox, SandboxRefused


class Listener(remote.Http):
    """Keeps what would be sent."""

    def __init__(self):
        self.sent = []

    def post(self, path, body, timeout=60.0):
        self.sent.append((path, body, timeout))
        return {}


@pytest.mark.parametrize("quiet", [0.3, 15.0, 30.0, 600.0])
def test_the_patience_is_longer_than_the_quiet(slack, quiet):
    client = Sandbox(slack.handles, lambda: None)
    client._http = Listener()
    client.wait_quiet(quiet)
    [(path, body, patience)] = client._http.sent
    assert (path, body["quiet"]) == ("wait", quiet)
    assert quiet < body["timeout"] < patience


def test_a_quiet_that_cannot_come_is_refused_at_once_and_not_called_busy(slack):
    with pytest.raises(SandboxRefused, match=r"0\.2 s of patience are too few for 5 s of quiet"):
        slack.wait_quiet(5, timeout=0.2)


def test_the_default_patience_follows_the_quiet(slack):
    assert slack._http.post("wait", {"quiet": 0.2})["ok"]
