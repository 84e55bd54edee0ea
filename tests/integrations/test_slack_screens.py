"""Screens are shown at once and at most once; when Slack is slow or odd, nobody waits and the next one is shown all the same."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from bot.blocks import replies
from bot.integrations import slack_identity
from bot.integrations.slack_call import SlackCall
from bot.integrations.slack_screens import THREADS, SlackScreens
from bot.ports.screens import OpenView, PushView, Respond, UpdateView

VIEW = {"type": "modal", "callback_id": "x"}


@pytest.fixture
def screens(stub: Any) -> SlackScreens:
    return SlackScreens(SlackCall(slack_identity.client("xoxb-1", stub.url, timeout=2)))


def settle(screens: SlackScreens) -> None:
    """Until everything in the queue was dealt with."""
    screens._queue.join()


def view(stub: Any) -> OpenView:
    return OpenView("1.2.3", VIEW, stub.url + "response", replies.say("press the button"))


def test_a_form_is_opened_with_its_trigger(stub: Any, screens: SlackScreens) -> None:
    stub.answers = [stub.ok()]
    screens.show(view(stub))
    settle(screens)
    ((method, body),) = stub.asked
    assert method == "views.open"
    assert json.loads(body)["trigger_id"] == "1.2.3"


@pytest.mark.parametrize("how", ["expired_trigger_id", "500", "cut", "half"])
def test_a_form_that_does_not_open_is_replaced_by_a_sentence_with_a_button(
    stub: Any, screens: SlackScreens, how: str
) -> None:
    refusal = (200, {}, b'{"ok": false, "error": "expired_trigger_id"}')
    first = {"expired_trigger_id": refusal, "500": (500, {}, b""), "cut": stub.cut, "half": stub.half}[how]
    stub.answers = [first, stub.ok(b"ok")]
    screens.show(view(stub))
    settle(screens)
    assert [name for name, _ in stub.asked] == ["views.open", "response"]
    said = json.loads(stub.asked[1][1])
    assert (said["text"], said["response_type"]) == ("press the button", "ephemeral")


def test_a_form_is_laid_over_another_and_drawn_anew(stub: Any, screens: SlackScreens) -> None:
    stub.answers = [stub.ok(), stub.ok()]
    screens.show(PushView("1.2.3", VIEW, "V1"))
    settle(screens)
    screens.show(UpdateView("V1", VIEW))
    settle(screens)
    assert [name for name, _ in stub.asked] == ["views.push", "views.update"]
    assert json.loads(stub.asked[1][1])["view_id"] == "V1"


@pytest.mark.parametrize("below", ["V1", None])
def test_a_form_that_cannot_be_laid_over_another_takes_its_place(
    stub: Any, screens: SlackScreens, below: str | None
) -> None:
    stub.answers = [(200, {}, b'{"ok": false, "error": "expired_trigger_id"}'), stub.ok()]
    screens.show(PushView("1.2.3", VIEW, below, {**VIEW, "callback_id": "instead"} if below else None))
    settle(screens)
    assert [name for name, _ in stub.asked] == ["views.push", "views.update"][: 2 if below else 1]
    assert not below or json.loads(stub.asked[1][1])["view"]["callback_id"] == "instead"


def test_a_form_never_gives_way_by_itself(stub: Any, screens: SlackScreens) -> None:
    stub.answers = [(200, {}, b'{"ok": false, "error": "push_limit_reached"}')]
    screens.show(PushView("1.2.3", VIEW, "V1"))
    settle(screens)
    assert [name for name, _ in stub.asked] == ["views.push"]


@pytest.mark.parametrize("replace", [True, False])
def test_an_answer_goes_to_the_response_address_once(stub: Any, screens: SlackScreens, replace: bool) -> None:
    stub.answers = [(500, {}, b"")]
    screens.show(Respond(stub.url + "response", replies.say("done"), replace))
    settle(screens)
    ((_, body),) = stub.asked
    assert json.loads(body)["replace_original"] is replace


BAD = [
    "http://127.0.0.1:abc/",
    "nonsense",
    "file:///etc/hostname",
    "http://[",
    "http://127.0.0.1:1/",
    "http://ä\u0000/",
    "",
]


def test_nothing_that_goes_wrong_ends_the_threads(stub: Any, screens: SlackScreens) -> None:
    stub.answers = [stub.half] * THREADS + [stub.cut] * THREADS + [stub.ok()]
    for _ in range(2 * THREADS):
        screens.show(Respond(stub.url + "response", replies.say("x")))
    settle(screens)
    for url in BAD * THREADS:
        screens.show(Respond(url, replies.say("x")))
    settle(screens)
    screens.show(view(stub))
    settle(screens)
    assert stub.asked[-1][0] == "views.open"


def test_a_slack_that_hangs_holds_nobody_up(stub: Any, screens: SlackScreens) -> None:
    stub.answers = [stub.hangs]
    begun = time.monotonic()
    for _ in range(1000):
        screens.show(view(stub))
    assert time.monotonic() - begun < 1
