"""A machine to type on, and a local Slack beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from tests.cli.machine import ROOT, Machine


@pytest.fixture(scope="session")
def slack() -> Iterator[Sandbox]:
    """A local Slack where the app is installed from its manifest."""
    with Sandbox.start(in_process=True, manifest=ROOT / "manifest.yml") as sandbox:
        yield sandbox


@pytest.fixture
def machine(slack: Sandbox, tmp_path: Path) -> Machine:
    """A machine that is set up well: Socket Mode on the local Slack, SQLite."""
    folder = tmp_path / "machine"
    folder.mkdir()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder}/bot.db",
    }
    return Machine(folder, settings)


@pytest.fixture
def over_http(machine: Machine, slack: Sandbox) -> Machine:
    """The same machine, listening to signed HTTP on any free port."""
    machine.settings |= {"SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": "0", "HOST": "127.0.0.1"}
    del machine.settings["SLACK_APP_TOKEN"]
    return machine
