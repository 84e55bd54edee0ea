"""Logs never hold tokens, secrets, addresses to answer at, or what people wrote."""

from __future__ import annotations

import logging

import pytest

from bot.logs import Redact
from sandbox.client import Sandbox
from tests.cli.machine import ROOT, Machine

SECRETS = [
    "xoxb-123-456-canary",
    "xoxp-1-canary",
    "xapp-1-A0-2-canary",
    "https://hooks.slack.com/commands/T1/2/canary",
    "https://hooks.slack.com/services/T1/B2/canary",
    "http://127.0.0.1:5000/actions/T1/2/canary",
    "postgresql://bot:canary@db.example:5432/postmortem",
]
SAID = "canary-said-in-the-channel"


def logged(message: str, *args: object, error: Exception | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("t", logging.ERROR, __file__, 1, message, args, info)
    Redact().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_hidden_wherever_it_stands_in_a_record(secret: str) -> None:
    assert "canary" not in logged(f"before {secret} after")
    assert "canary" not in logged("before %s after", secret)
    assert "canary" not in logged("%r", {"token": secret})
    assert "canary" not in logged("failed", error=ValueError(f"it was {secret}"))
    assert logged(f"before {secret} after").endswith(" after")


def test_what_is_no_secret_stays() -> None:
    text = "row 7 of kind card: channel_not_found at https://acme.slack.com/archives/C1"
    assert logged(text) == text


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Sandbox]:
    """Everything a bot writes at the most talkative level: a socket, commands, a harvest, faults, an end."""
    folder = tmp_path_factory.mktemp("talkative")
    workspace = folder / "workspace.yml"
    workspace.write_text(
        "users: [{name: ada}, {name: ben}]\n"
        "channels: [{name: incident, members: [ada, ben], messages: "
        f"[{{user: ada, text: 'TODO: {SAID}'}}, {{user: ben, text: '{SAID}'}}]}}]\n",
        encoding="utf-8",
    )
    with Sandbox.start(in_process=True, workspace=workspace, manifest=ROOT / "manifest.yml") as slack:
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/bot.db",
            "LOG_LEVEL": "debug",
        }
        with Machine(folder, settings).start("serve") as bot:
            bot.until("serving ")
            slack.wait_for_sockets(1)
            slack.fault("views.open", "error:internal_error")
            slack.fault("chat.postMessage", "503")
            slack.act.command("ada", "#incident", f"/postmortem assign @ben {SAID}")
            slack.act.command("ada", "#incident", f"/postmortem {SAID}")
            slack.wait_quiet(0.5)
            slack.act.command("ada", "#incident", "/postmortem assign @ben")
            slack.wait_quiet(1.0)
            assert bot.stop() == 0
        return bot.said, slack


def test_a_bot_at_work_logs_no_secret(talkative: tuple[str, Sandbox]) -> None:
    said, slack = talkative
    assert "stopping" in said
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret, "wss://", "ws://", "/commands/T"):
        assert secret not in said, secret


def test_a_bot_at_work_logs_nothing_that_people_wrote(talkative: tuple[str, Sandbox]) -> None:
    said, _ = talkative
    assert SAID not in said
