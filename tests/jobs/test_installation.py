"""The bot's token is revoked, or the app taken out of the workspace: no call leaves but one an hour, nothing is given up, and with a
good token everything goes on where it stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy.engine import Engine

from bot.integrations.slack_call import Gate, SlackCall
from bot.integrations.slack_chat import SlackChat
from bot.jobs.runner import LaneThread
from tests import factories
from tests.fakes import payloads
from tests.fakes.bot import Bot, new_chat
from tests.fakes.chat import BOT
from tests.fakes.clock import ManualClock

MINUTE = timedelta(minutes=1)
REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT]}}
OTHERS = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}


class Wire(WebClient):
    """The other end of the wire. It refuses every call by this name; empty: it answers."""

    def __init__(self, refusal: str) -> None:
        super().__init__()
        self.refusal, self.calls = refusal, list[str]()

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        self.calls.append(api_method)
        data: dict[str, Any] = {"ok": True, "channel": {"id": "D1"}, "members": [], "messages": [], "ts": "1.000001"}
        if self.refusal:
            data = {"ok": False, "error": self.refusal, "needed": "pins:write", "provided": "chat:write"}
        answer = SlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=200
        )
        if self.refusal:
            raise SlackApiError(self.refusal, answer)
        return answer


class Process:
    """A bot on the wire, whose lanes turn when the test says so."""

    def __init__(self, engine: Engine, refusal: str) -> None:
        self.clock, self.wire = ManualClock(), Wire(refusal)
        self.gate = Gate(lambda: (self.clock.now() - factories.NOW).total_seconds())
        chat = SlackChat(SlackCall(self.wire, self.gate), BOT)
        self.bot = Bot(engine, clock=self.clock, chat=chat, synced=False, gate=self.gate)  # type: ignore[arg-type]
        self.bot.know(*new_chat(self.clock).users.values())
        runner = self.bot.service.runner
        self.lanes = [LaneThread(worker, runner.held) for worker in runner.workers()]

    def turn(self, over: timedelta, step: timedelta = MINUTE) -> None:
        """Time passes, and each lane takes up whatever it may."""
        end = self.clock.now() + over
        while self.clock.now() < end:
            for lane in self.lanes:
                for _ in range(20):
                    if lane.turn() > 0:
                        break
            self.clock.advance(step)

    @property
    def slack(self) -> str:
        return self.bot.service.runner.states()["slack"]


@pytest.fixture
def process(engine: Engine) -> Callable[[str], Process]:
    return lambda refusal="": Process(engine, refusal)


@pytest.mark.parametrize("name", ["token_revoked", "account_inactive", "invalid_auth", "not_authed"])
def test_a_day_with_a_dead_token_costs_a_call_an_hour_and_no_row(
    process: Callable[[str], Process], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    begun = process(name)
    begun.bot.command("assign <@U2|b>")
    caplog.set_level(logging.INFO)
    begun.turn(timedelta(days=1))
    assert 20 <= len(begun.wire.calls) <= 25
    assert begun.slack == "revoked"
    assert not [row for row in begun.bot.rows() if row["state"] == "dead"]
    said = [each.getMessage() for each in caplog.records if "refuses the bot's token" in each.getMessage()]
    assert len(said) == 1, "one line, in plain words"
    assert "SLACK_BOT_TOKEN" in said[0]


@pytest.mark.parametrize("event", [REVOKED, {"type": "app_uninstalled"}], ids=["revoked", "uninstalled"])
def test_when_slack_says_so_nothing_is_sent_any_more(process: Callable[[str], Process], event: dict[str, Any]) -> None:
    begun = process("account_inactive")
    assert begun.bot.send(payloads.event(event)).status == 200
    assert begun.slack == "revoked"
    begun.bot.command("assign <@U2|b>")
    begun.turn(timedelta(seconds=50), timedelta(seconds=5))
    assert begun.wire.calls == []
    begun.turn(timedelta(minutes=59))
    assert len(begun.wire.calls) == 1, "one call finds out whether it is true"


def test_news_of_an_older_token_costs_a_minute(process: Callable[[str], Process]) -> None:
    begun = process("")
    begun.bot.command("assign <@U2|b>")
    assert begun.bot.send(payloads.event(REVOKED)).status == 200
    begun.turn(timedelta(minutes=2))
    assert begun.slack == "ok"
    assert "chat.postMessage" in begun.wire.calls


def test_tokens_of_people_are_none_of_ours(process: Callable[[str], Process]) -> None:
    begun = process("")
    for tokens in (OTHERS, {"type": "tokens_revoked"}, {"type": "tokens_revoked", "tokens": {"bot": "UBOT"}}):
        assert begun.bot.send(payloads.event(tokens)).status == 200
    assert begun.slack == "ok"


def test_with_a_good_token_all_goes_on_where_it_stopped(engine: Engine, process: Callable[[str], Process]) -> None:
    dead = process("token_revoked")
    dead.bot.command("assign <@U2|b>")
    dead.turn(timedelta(hours=5))
    assert [row["attempts"] for row in dead.bot.rows("card")] in ([0], [1])
    good = Bot(engine, clock=dead.clock)
    good.work()
    assert good.designated() == ["U2"]
    assert sorted(post.mark.partition(":")[0] for post in good.chat.in_room("C1")) == ["card", "role_steps"], (
        "each once"
    )
    assert not [row for row in good.rows() if row["state"] == "dead"]


def test_a_reinstallation_under_the_same_token_is_found_within_the_hour(process: Callable[[str], Process]) -> None:
    begun = process("token_revoked")
    begun.bot.command("assign <@U2|b>")
    begun.turn(timedelta(minutes=30))
    begun.wire.refusal = ""
    begun.turn(timedelta(minutes=35))
    assert begun.slack == "ok"
    assert begun.wire.calls.count("chat.postMessage") >= 2


def test_one_permission_that_is_missing_stops_what_needs_it_and_nothing_else(bot: Bot) -> None:
    wire = Wire("missing_scope")
    call = SlackCall(wire)
    bot.chat.pin = lambda channel, ts: SlackChat(call, BOT).pin(channel, ts)  # type: ignore[method-assign]
    bot.assigned()
    bot.work(timedelta(days=1))
    assert wire.calls == ["pins.add"], "it is not asked again"
    (row,) = bot.rows("pin_card")
    assert (row["state"], "pins:write" in row["last_error"]) == ("dead", True)
    assert "pins:write" in str(bot.card.drawing)
    assert bot.designated() == ["U2"]
    assert not call.gate.refused()
