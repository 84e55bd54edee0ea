"""The bot as its users start it, wired by `wiring.build`, in one thread: ended at will, opened again from what the disk holds."""

from __future__ import annotations

import hashlib
import hmac
import io
import itertools
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.engine import Engine

from bot import config
from bot.blocks import ids
from bot.config import Settings
from bot.domain.outgoing import Lane
from bot.domain.postmortem import Postmortem
from bot.integrations.slack_identity import Identity
from bot.ports.screens import OpenView, Screen
from cli import wiring
from tests.fakes import lanes
from tests.faults.incident import CHANNEL, IC, OWNER, TEAM
from tests.faults.slack import BOT

SECRET = "e8a1"
HORIZON = timedelta(minutes=30)
# Slack gives no trigger twice, whichever process of the bot hears of it.
_numbers = itertools.count(1)
IDENTITY = Identity(TEAM, "https://acme.slack.com/", BOT, "B1")


class Travel:
    """A clock that goes on by itself, and jumps where nothing happens in between."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def shift(self) -> timedelta:
        return self.ahead


class Screens:
    """What was shown to a person; gone with the process."""

    def __init__(self) -> None:
        self.shown: list[Screen] = []

    def show(self, screen: Screen) -> None:
        self.shown.append(screen)


@cache
def _settings(**configured: Any) -> Settings:
    """Read once: hundreds of bots of a process have the same, and reading them takes longer than putting a bot together."""
    return config.load(_env_file=None, slack_bot_token="xoxb-1", slack_signing_secret=SECRET, **configured)


class Bot:
    """One bot on one database. `chat` and `travel` live longer than any of its processes."""

    def __init__(self, engine: Engine, chat: Any, travel: Travel, **configured: Any) -> None:
        self.engine, self.chat, self.travel = engine, chat, travel
        self._configured = configured
        self.paused: Callable[[], None] = lambda: None
        self.open()

    def open(self) -> None:
        """Start a process: everything new but the database."""
        self.screens = Screens()
        self.service = wiring.build(
            _settings(**self._configured),
            identity=IDENTITY,
            clock=self.travel,
            chat=self.chat,
            screens=self.screens,
            engine=self.engine,
            shift=self.travel.shift,
        )
        # One worker a lane is enough for one thread, and keeps the order of calls the same from run to run.
        self._workers = list({worker.lane: worker for worker in self.service.runner.workers()}.values())

    def reopen(self) -> None:
        """The process is gone, and its connections with it; a new one begins as `serve` does."""
        self.engine.dispose()
        self.open()
        self.begin()

    def begin(self) -> None:
        """What `serve` does first."""
        if self.engine.dialect.name == "sqlite":
            self.service.take_over()
        self.housekeep()

    def housekeep(self) -> None:
        assert self.service.runner.housekeeping
        self.service.runner.housekeeping()

    def settle(self) -> None:
        """Work, and travel from one due row to the next, until nothing is due for half an hour."""
        for _ in range(2000):
            waits = self._until_due()
            due = [worker for worker in self._workers if waits.get(worker.lane) == timedelta(0)]
            for worker in due:
                self.paused()
                worker.drain(most=1)
            if not due:
                wait = min(waits.values(), default=None)
                if wait is None or wait > HORIZON:
                    return
                self.travel.ahead += wait + timedelta(milliseconds=2)
        raise AssertionError("the bot never comes to rest")

    def _until_due(self) -> dict[Lane, timedelta]:
        return {lane: each.wait for lane, each in lanes.waiting(self.engine, self.travel.now()).items()}

    def record(self) -> Postmortem | None:
        with self.service.store.reading() as unit:
            return unit.records.current(TEAM, CHANNEL)

    def command(self, text: str, user: str = IC) -> str:
        """Type `/postmortem text`; returns what the person is answered."""
        number = next(_numbers)
        body = {
            "command": "/postmortem", "text": text, "team_id": TEAM, "channel_id": CHANNEL, "user_id": user,
            "channel_name": "incident", "trigger_id": f"1.{number}", "response_url": "https://hooks.example/1",
        }  # fmt: skip
        return str(json.loads(self._post(body)).get("text", ""))

    def press(self, action: str, user: str, value: str | None = None) -> None:
        """Press a button of the record's messages; its value is the record, as a rule."""
        record = self.record()
        assert record
        pressed = {"action_id": action, "block_id": "b", "type": "button", "value": value or record.id}
        self._interact({"type": "block_actions", "channel": {"id": CHANNEL}, "actions": [pressed]}, user)

    def fill_in(self, values: dict[str, Any], user: str = IC) -> str:
        """Open the form by its button, fill it in and send it; "" when it was taken."""
        self.press(ids.DETAILS_OPEN, user)
        return self.send_form(values, user)

    def send_form(self, values: dict[str, Any], user: str) -> str:
        """Send the form that was opened last, filled in."""
        opened = self.screens.shown[-1]
        assert isinstance(opened, OpenView)
        view = {
            **opened.view, "id": f"V{next(_numbers)}", "hash": "h",
            "state": {"values": {block: {ids.INPUT: answer} for block, answer in values.items()}},
        }  # fmt: skip
        return self._interact({"type": "view_submission", "view": view}, user)

    def accept(self) -> None:
        self.press(ids.OWNER_ACCEPT, OWNER)

    def _interact(self, payload: dict[str, Any], user: str) -> str:
        common = {"user": {"id": user}, "team": {"id": TEAM}, "trigger_id": f"1.{next(_numbers)}"}
        return self._post({"payload": json.dumps({**common, **payload})})

    def _post(self, form: dict[str, str]) -> str:
        """Through the HTTP door, signed, as Slack sends it."""
        body = urlencode(form).encode()
        stamp = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        environ = {
            "PATH_INFO": "/slack/events", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input": io.BytesIO(body),
            "HTTP_X_SLACK_REQUEST_TIMESTAMP": stamp, "HTTP_X_SLACK_SIGNATURE": f"v0={signature}",
        }  # fmt: skip
        status: list[str] = []
        answer = b"".join(self.service.door(environ, lambda line, _: status.append(line)))
        assert status == ["200 OK"], (status, answer)
        return answer.decode() or "{}"
