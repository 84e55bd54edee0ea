"""A 429 holds up that method, for a post that method in that channel, and nothing else, until its Retry-After has passed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy.engine import Engine

from bot.integrations.slack_call import Gate, SlackCall
from bot.integrations.slack_chat import SlackChat
from bot.ports.errors import Busy
from tests import factories
from tests.fakes.bot import CAST, Bot
from tests.fakes.chat import BOT
from tests.fakes.clock import ManualClock

POST = "chat.postMessage"
WAIT = timedelta(seconds=90)


class Wire(WebClient):
    """The other end of the wire: it knows when each call came, and refuses posts in C1 until a moment."""

    def __init__(self, clock: ManualClock, until: datetime) -> None:
        super().__init__()
        self.clock, self.until = clock, until
        self.calls: list[tuple[str, str, datetime]] = []

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        args = arguments.get("json") or arguments.get("params") or {}
        channel, now = str(args.get("channel", "")), self.clock.now()
        self.calls.append((api_method, channel, now))
        if (api_method, channel) == (POST, "C1") and now < self.until:
            headers = {"Retry-After": str(int((self.until - now).total_seconds()) + 1)}
            raise SlackApiError("ratelimited", self._answer({"ok": False, "error": "ratelimited"}, 429, headers))
        room = {"id": f"D{args.get('users', '')}", "name": "incident"}
        # Nobody takes the document, which is another lane's.
        file = {"file_id": "F1", "upload_url": "http://127.0.0.1:9/", "file": {}}
        ts = f"1772460000.{len(self.calls):06d}"
        return self._answer({"ok": True, "ts": ts, "channel": room, "messages": [], **file})

    def at(self, method: str, channel: str = "") -> list[datetime]:
        """When these calls came."""
        return [at for name, where, at in self.calls if name == method and channel in ("", where)]

    def _answer(self, data: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> SlackResponse:
        return SlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=data, headers=headers or {}, status_code=status
        )


def test_only_posts_in_that_channel_wait_and_waiting_is_no_attempt(engine: Engine) -> None:
    clock = ManualClock()
    wire = Wire(clock, clock.now() + WAIT)
    call = SlackCall(wire, Gate(lambda: (clock.now() - factories.NOW).total_seconds()))
    bot = Bot(engine, clock=clock, chat=SlackChat(call, BOT), synced=False)  # type: ignore[arg-type]
    bot.know(*CAST)
    for channel in ("C1", "C2"):
        bot.command("assign <@U2|ben>", channel=channel)
    begun = clock.now()
    bot.work(timedelta(seconds=80))
    assert wire.at(POST, "C1") == [begun], "one call was refused, and no other was made"
    assert len(wire.at(POST, "C2")) == 2, "card and steps of the other channel"
    assert len(wire.at(POST, "DU2")) == 2
    assert len(wire.at("conversations.history")) == 2, "the other lanes work"
    waiting = [row for row in bot.rows() if row["kind"] in ("card", "role_steps") and row["state"] == "open"]
    assert [row["attempts"] for row in waiting] == [0, 0]
    bot.work(timedelta(seconds=60))
    refused, *taken = wire.at(POST, "C1")
    assert len(taken) == 2
    assert all(at >= refused + WAIT for at in taken)
    assert not wire.at("conversations.history", "C1")[1:], "nothing was tried, so nothing is looked for"


class Silent:
    """A memory that does not answer."""

    def reading(self) -> Any:
        raise Busy("The connection to the database was lost: nothing was saved, trying again is safe.")


def test_how_it_goes_is_a_word_each(engine: Engine) -> None:
    bot = Bot(engine)
    runner = bot.service.runner
    assert runner.states() == {"database": "ok", "lanes": "dead", "lag": "ok", "slack": "ok"}
    bot.command("start")
    bot.clock.advance(timedelta(minutes=4))
    assert runner.states()["lag"] == "ok"
    bot.clock.advance(timedelta(minutes=2))
    assert runner.states()["lag"] == "late"
    bot.work()
    assert runner.states()["lag"] == "ok"
    silent = type(runner)(Silent(), runner.handlers, runner.give_up)  # type: ignore[arg-type]
    assert silent.states() == {"database": "silent", "lanes": "dead", "lag": "unknown", "slack": "ok"}
