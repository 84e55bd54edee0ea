"""Things that break on purpose, by method and by the number of the call (group 31)."""

from __future__ import annotations

import http.client
import urllib.error

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError


@pytest.fixture
def bare(slack):
    """A client that tries nothing twice and waits half a second."""
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)


def count(slack):
    return len([m for m in slack.see.messages("inc") if m["text"] == "x"])


def test_the_nth_call_breaks_and_the_others_do_not(slack, bare):
    slack.fault("chat.postMessage", "error:internal_error", call=2)
    bare.chat_postMessage(channel="#inc", text="x")
    with pytest.raises(SlackApiError, match="internal_error"):
        bare.chat_postMessage(channel="#inc", text="x")
    bare.chat_postMessage(channel="#inc", text="x")
    assert count(slack) == 2


@pytest.mark.parametrize(
    ("how", "expected", "posted"),
    [
        ("500", SlackApiError, 0),
        ("503", SlackApiError, 0),
        ("429", SlackApiError, 0),
        ("error:fatal_error", SlackApiError, 0),
        ("junk", SlackApiError, 0),
        ("reset", (http.client.RemoteDisconnected, ConnectionError), 0),
        ("reset_after_effect", (http.client.RemoteDisconnected, ConnectionError), 1),
        ("timeout", (TimeoutError, urllib.error.URLError), 0),
        ("timeout_after_effect", (TimeoutError, urllib.error.URLError), 1),
        ("hang_after_effect", (TimeoutError, urllib.error.URLError), 1),
    ],
)
def test_a_fault_does_what_it_says(slack, bare, how, expected, posted):
    slack.fault("chat.postMessage", how, seconds=3)
    with pytest.raises(expected):
        bare.chat_postMessage(channel="#inc", text="x")
    assert count(slack) == posted
    assert bare.chat_postMessage(channel="#inc", text="x")["ok"]


def test_a_hang_answers_late_but_right(slack, bare):
    slack.fault("chat.postMessage", "hang", seconds=0.2)
    assert bare.chat_postMessage(channel="#inc", text="x")["ok"]


def test_every_call_breaks_until_it_is_enough(slack, bare):
    slack.fault("*", "429", every=True, retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as limited:
            bare.users_list()
        assert limited.value.response.headers["Retry-After"] == "7"
    assert bare.users_list()["ok"]
    slack.fault("*", "503", every=True)
    slack.clear_faults()
    assert bare.users_list()["ok"]


def test_a_broken_call_is_in_the_log_with_its_fault(slack, bare):
    slack.fault("users.list", "503")
    with pytest.raises(SlackApiError):
        bare.users_list()
    row = slack.calls("users.list")[0]
    assert (row["ok"], row["fault"], row["token"]) == (False, "503", "bot")


def test_an_unknown_fault_is_refused(slack):
    from sandbox.client import SandboxRefused

    with pytest.raises(SandboxRefused, match="how must be one of"):
        slack.fault("users.list", "gremlin")
