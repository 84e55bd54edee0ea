"""Custom steps of workflows: what the app hears, with which token it answers, how a run ends."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from sandbox.client import SandboxRefused

WORD = {"word": {"type": "string", "title": "Word", "description": "What to turn"}}
REVERSE = {
    "title": "Reverse",
    "description": "Turns a word",
    "input_parameters": {"required": ["word"], "properties": WORD},
    "output_parameters": {"required": ["word"], "properties": WORD},
}


@pytest.fixture
def slack(start):
    return start(change=lambda manifest: manifest.update(functions={"reverse": REVERSE}))


@pytest.fixture
def step(slack, app):
    """Runs the function; the event and a client with its token."""

    def run():
        slack.act("run_function", callback_id="reverse", inputs={"word": "stun"})
        event = slack.wait_until(lambda: app.events("function_executed"))[-1]
        return event, WebClient(event["bot_access_token"], base_url=slack.api_url)

    return run


def ended(slack):
    return slack.see("runs")["runs"][-1]


def test_the_app_hears_of_a_step_and_completes_it(slack, step):
    event, web = step()
    shown = event["function"]
    assert (shown["callback_id"], shown["title"], shown["type"]) == ("reverse", "Reverse", "app")
    assert shown["input_parameters"] == [
        {"type": "string", "name": "word", "description": "What to turn", "title": "Word", "is_required": True}
    ]
    assert event["inputs"] == {"word": "stun"}
    web.functions_completeSuccess(function_execution_id=event["function_execution_id"], outputs={"word": "nuts"})
    assert (ended(slack)["state"], ended(slack)["outputs"]) == ("completed", {"word": "nuts"})
    assert slack.violations() == []


def test_a_step_may_fail_and_ends_once(slack, web, step, error):
    event, own = step()
    key = event["function_execution_id"]
    assert error(own.functions_completeSuccess, function_execution_id=key, outputs={})["error"] == (
        "parameter_validation_failed"
    )
    own.functions_completeError(function_execution_id=key, error="no such word")
    assert (ended(slack)["state"], ended(slack)["error"]) == ("failed", "no such word")
    again = error(web.functions_completeError, function_execution_id=key, error="x")
    assert again["error"] == "execution_not_in_running_state"
    assert error(own.auth_test)["error"] == "invalid_auth"
    unknown = error(web.functions_completeError, function_execution_id="Fx0", error="x")
    assert unknown["error"] == "function_execution_not_found"


def test_a_function_that_is_not_declared_cannot_run(slack, app):
    with pytest.raises(SandboxRefused, match="declares no function"):
        slack.act("run_function", callback_id="turn")
    with pytest.raises(SandboxRefused, match="needs word"):
        slack.act("run_function", callback_id="reverse")
