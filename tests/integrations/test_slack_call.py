"""One call to Slack: its failures by name, waits that are kept for that method alone, and a dead token that is not asked again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.integrations import slack_identity
from bot.integrations.slack_call import Gate, SlackCall
from bot.ports.errors import IntegrationError, RateLimited


class Watch:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def call(stub: Any, watch: Watch) -> SlackCall:
    return SlackCall(slack_identity.client("xoxb-1", stub.url, timeout=2), Gate(watch))


def refusal(name: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {}, b'{"ok": false, "error": "%s"}' % name.encode()


def failure(call: SlackCall, method: str = "chat.postMessage", **arguments: Any) -> IntegrationError:
    with pytest.raises(IntegrationError) as caught:
        call(method, **arguments)
    return caught.value


LATER: dict[str, Any] = {
    "500": (500, {}, b"oops"),
    "503": (503, {}, b'{"ok": false, "error": "service_unavailable"}'),
    "internal_error": refusal("internal_error"),
    "fatal_error": refusal("fatal_error"),
    "no JSON": (200, {}, b"<html>"),
    "a list": (200, {}, b"[]"),
    "nothing": (200, {}, b""),
    "cut": "cut",
    "half": "half",
}


@pytest.mark.parametrize("case", list(LATER))
def test_trouble_that_passes_may_be_tried_again_and_is_looked_at_first(stub: Any, call: SlackCall, case: str) -> None:
    answer = LATER[case]
    stub.answers = [getattr(stub, answer) if isinstance(answer, str) else answer]
    error = failure(call, channel="C1", text="a secret")
    assert (error.retryable, error.unknown) == (True, True)
    assert len(stub.asked) == 1, "the library sends nothing twice by itself"
    assert "secret" not in str(error)


@pytest.mark.parametrize("name", ["channel_not_found", "is_archived", "not_in_channel", "missing_scope", "of_tomorrow"])
def test_a_refusal_is_final_and_has_a_sentence(stub: Any, call: SlackCall, name: str) -> None:
    stub.answers = [refusal(name)]
    error = failure(call)
    assert (error.name, error.retryable) == (name, False)
    assert str(error).endswith(".")


@pytest.mark.parametrize("name", ["canvas_creation_failed", "canvas_editing_failed"])
@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("\"'content' error: line 19: Unsupported table type\"", "'content' error: line 19: Unsupported table type"),
        ('"two\\nlines"', "two lines"),
        (f'"{"x" * 900}"', "x" * 149 + "…"),
        ("7", ""),
        ('""', ""),
    ],
    ids=["as Slack says it", "two lines", "long", "a number", "empty"],
)
def test_what_slack_says_of_a_canvas_stands_in_the_sentence(
    stub: Any, call: SlackCall, name: str, detail: str, said: str
) -> None:
    body = f'{{"ok": false, "error": "{name}", "detail": {detail}}}'
    stub.answers = [(200, {}, body.encode())]
    error = failure(call, "canvases.edit")
    assert (error.name, error.retryable) == (name, False)
    assert str(error) == f"Slack could not take it in ({said or name}): tell whoever looks after the bot."


def test_a_wait_is_kept_to_the_second(stub: Any, call: SlackCall, watch: Watch) -> None:
    stub.answers = [(429, {"Retry-After": "30"}, b'{"ok": false, "error": "ratelimited"}'), stub.ok()]
    error = failure(call, "conversations.history")
    assert isinstance(error, RateLimited)
    assert error.wait == timedelta(seconds=30)
    for seconds in (0.0, 29.9):
        watch.seconds = seconds
        again = failure(call, "conversations.history")
        assert isinstance(again, RateLimited)
        assert again.wait.total_seconds() == pytest.approx(30 - seconds)
    assert len(stub.asked) == 1
    watch.seconds = 30.0
    assert call("conversations.history")["ok"]


def test_a_wait_holds_up_no_other_method_and_no_other_channel(stub: Any, call: SlackCall) -> None:
    limited = (429, {"Retry-After": "30"}, b"")
    stub.answers = [limited, stub.ok()]
    failure(call, "chat.postMessage", scope="C1")
    assert call("chat.postMessage", scope="C2")["ok"]
    assert call("chat.update", scope="C1")["ok"]
    assert isinstance(failure(call, "chat.postMessage", scope="C1"), RateLimited)


@pytest.mark.parametrize("header", ["", "soon", "-5", "0", "nan", "inf", "1e99"])
def test_a_wait_without_a_number_is_a_wait_all_the_same(stub: Any, call: SlackCall, header: str) -> None:
    stub.answers = [(429, {"Retry-After": header}, b"")]
    error = failure(call)
    assert isinstance(error, RateLimited)
    assert timedelta(seconds=1) <= error.wait <= timedelta(days=1)


@pytest.mark.parametrize("name", ["token_revoked", "invalid_auth", "account_inactive", "not_authed", "token_expired"])
def test_a_dead_token_is_not_used_again_for_an_hour(stub: Any, call: SlackCall, watch: Watch, name: str) -> None:
    stub.answers = [refusal(name)]
    error = failure(call, "chat.postMessage")
    assert isinstance(error, RateLimited), "nothing is given up: a new token brings it all out"
    assert "reinstall" in str(error)
    for seconds in range(0, 3600, 60):
        watch.seconds = float(seconds)
        for method in ("chat.postMessage", "conversations.history", "users.list"):
            failure(call, method)
    assert len(stub.asked) == 1
    held = failure(call, "users.list")
    assert isinstance(held, RateLimited)
    assert (str(held), held.name) == (str(error), name), "whoever is held is told why"
    assert held.wait <= timedelta(minutes=1), "a process with a good token finds it soon"
    assert call.gate.closed()
    watch.seconds = 3601.0
    failure(call, "chat.postMessage")
    assert len(stub.asked) == 2
