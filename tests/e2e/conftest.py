"""A local Slack and `app.py serve` as a process, the way users start it: over Socket Mode or over signed HTTP, on SQLite."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa

from demo import story
from demo.story import Story
from sandbox.client import Sandbox
from sandbox.remote import SandboxRefused
from tests.forks import Fork

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


class World:
    """The story's workspace, and the bot in it."""

    def __init__(self, slack: Sandbox, told: Story, database: Path, process: Fork) -> None:
        self.slack, self.story, self.database, self.process = slack, told, database, process
        # Asked again and again: all but the connection is kept.
        self._engine = sa.create_engine(f"sqlite:///{database}", poolclass=sa.NullPool)
        self.channel = told.channel.name
        self.caller, self.owner = told.user(told.command.who).id, told.user(told.command.owner).id

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database, as somebody beside the bot."""
        with self._engine.connect() as conn:
            return [tuple(row) for row in conn.execute(sa.text(query))]

    def assign(self) -> dict[str, Any]:
        """The IC types the command of the story."""
        owner = self.slack.see.user(self.owner)["name"]
        return self.slack.act.command(self.caller, self.channel, f"/postmortem assign @{owner}")

    def done(self, timeout: float = 90.0) -> None:
        """Until the channel was read, the document written, and the card drawn for the last time."""
        states = "SELECT (SELECT count(*) FROM outbox WHERE state = 'open' AND kind IN ('card', 'document', 'pin_card', 'remove_file', 'owner_dm')), (SELECT phase FROM harvest)"  # noqa: E501
        self.slack.wait_until(lambda: self.rows(states) == [(0, "done")] and self.shown(), timeout)

    def shown(self) -> bool:
        """Whether the card links to the document."""
        return "Open the document" in str(self.card())

    def card(self) -> dict[str, Any]:
        """The one pinned card."""
        cards = self.marked("card")
        assert len(cards) <= 1
        return cards[0] if cards else {}

    def marked(self, kind: str, messages: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
        """Our messages of one kind."""
        everything = self.slack.see.messages(self.channel) if messages is None else messages
        marks = [
            (each, ((each.get("metadata") or {}).get("event_payload") or {}).get("mark", "")) for each in everything
        ]
        return [each for each, mark in marks if mark.startswith(f"{kind}:")]

    @property
    def bot_name(self) -> str:
        """What people call the bot."""
        apps, people = self.slack.see("apps")["apps"], self.slack.see("people")["users"]
        return str(next(user["name"] for user in people if user["id"] == apps[0]["bot_user_id"]))

    def owner_dms(self) -> list[dict[str, Any]]:
        """What the owner was told of being the owner."""
        return self.marked("owner_dm", self.slack.see.dms(self.owner))

    def documents(self) -> list[str]:
        """The document's versions that can be seen."""
        while True:
            files = [file for file in self.slack.see.files() if file.get("name", "").endswith(".md")]
            try:
                return [self.slack.see.file_text(file["id"]) for file in files]
            except SandboxRefused:
                # A newer version took its place between the two questions: look again.
                continue

    def clean(self) -> None:
        """No call was one that Slack would ignore or refuse as a mistake."""
        assert self.slack.violations() == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(slack: Sandbox, database: Path, *, http: bool, **more: str) -> Iterator[Fork]:
    """`app.py serve` until the block ends; `more` are further settings."""
    given = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{database}",
    }
    port = free_port()
    way = {"SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": str(port), "HOST": "127.0.0.1"}
    given |= (way if http else {"SLACK_APP_TOKEN": slack.app_token}) | more
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DATABASE", "PORT"))}
    log = database.with_suffix(".log")
    with log.open("a") as out:
        process = Fork(["serve"], cwd=ROOT, env={**kept, **given}, stdout=out, stderr=out)
    try:
        if http:
            wait_for(port, process)
            slack.deliver(f"http://127.0.0.1:{port}/slack/events", verify=True)
        else:
            slack.wait_for_sockets(1, 90)
        yield process
    finally:
        process.terminate()
        status = process.wait(60)
    written = log.read_text()
    assert status == 0, written
    assert "Traceback" not in written
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert secret not in written


def wait_for(port: int, process: Fork) -> None:
    for _ in range(1800):
        assert process.poll() is None, "app.py serve has ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.05)
    raise AssertionError("app.py serve does not listen")


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[Sandbox]:
    workspace = story.load().write_workspace(tmp_path)
    traffic = tmp_path / "traffic.jsonl"
    with Sandbox.start(in_process=True, workspace=workspace, manifest=ROOT / "manifest.yml", traffic=traffic) as slack:
        slack.rules(rate_limits=False)
        yield slack


@pytest.fixture(params=["socket", "http"])
def world(request: pytest.FixtureRequest, slack: Sandbox, tmp_path: Path) -> Iterator[World]:
    """Over Socket Mode and over signed HTTP."""
    database = tmp_path / "bot.db"
    with serving(slack, database, http=request.param == "http") as process:
        yield World(slack, story.load(), database, process)


@pytest.fixture
def by_socket(slack: Sandbox, tmp_path: Path) -> Iterator[World]:
    """Over Socket Mode alone."""
    database = tmp_path / "bot.db"
    with serving(slack, database, http=False) as process:
        yield World(slack, story.load(), database, process)


@pytest.fixture
def by_http(slack: Sandbox, tmp_path: Path) -> Iterator[World]:
    """Over signed HTTP alone."""
    database = tmp_path / "bot.db"
    with serving(slack, database, http=True) as process:
        yield World(slack, story.load(), database, process)
