"""A setting that is missing or malformed: one sentence that names it, exit code 2, before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

import app
from bot import config
from sandbox.client import Sandbox
from tests.cli.machine import Machine

GOOD = {"SLACK_BOT_TOKEN": "xoxb-canary-token", "SLACK_SIGNING_SECRET": "canary5ecret"}
JIRA = {"JIRA_URL": "https://j.example", "JIRA_TOKEN": "canary", "JIRA_PROJECT": "OPS"}
BAD = [
    pytest.param({"SLACK_BOT_TOKEN": None}, "SLACK_BOT_TOKEN is missing", id="no-bot-token"),
    pytest.param({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing", id="empty-bot-token"),
    pytest.param({"SLACK_BOT_TOKEN": "xapp-1-canary"}, "SLACK_BOT_TOKEN cannot be used", id="app-token-as-bot-token"),
    pytest.param({"SLACK_APP_TOKEN": "xoxb-canary"}, "SLACK_APP_TOKEN cannot be used", id="bot-token-as-app-token"),
    pytest.param({"SLACK_SIGNING_SECRET": None}, "SLACK_SIGNING_SECRET is missing", id="no-way-in"),
    pytest.param({"SLACK_API_URL": "slack.com/api"}, "SLACK_API_URL cannot be used", id="address-without-scheme"),
    pytest.param({"PORT": "http"}, "PORT cannot be used", id="port-is-a-word"),
    pytest.param({"PORT": "65536"}, "PORT cannot be used", id="port-too-high"),
    pytest.param({"PORT": "-1"}, "PORT cannot be used", id="port-negative"),
    pytest.param({"HEALTH_PORT": "x"}, "HEALTH_PORT cannot be used", id="health-port-is-a-word"),
    pytest.param({"BUSINESS_TZ": "Mars/Olympus"}, "BUSINESS_TZ cannot be used", id="no-such-zone"),
    pytest.param({"BUSINESS_TZ": "../../etc/passwd"}, "BUSINESS_TZ cannot be used", id="zone-is-a-path"),
    pytest.param({"WEEKEND": "sat,funday"}, "WEEKEND cannot be used", id="no-such-day"),
    pytest.param({"WEEKEND": "mon tue wed thu fri sat sun"}, "WEEKEND cannot be used", id="nobody-works"),
    pytest.param({"HOLIDAYS": "2026-12-25,2026-13-01"}, "HOLIDAYS cannot be used", id="no-such-date"),
    pytest.param({"WORKING_HOURS": "9 to 5"}, "WORKING_HOURS cannot be used", id="hours-in-words"),
    pytest.param({"WORKING_HOURS": "17:00-09:00"}, "WORKING_HOURS cannot be used", id="hours-turned-round"),
    pytest.param({"SEV1_ROLL": "forward"}, "SEV1_ROLL cannot be used", id="no-such-roll"),
    pytest.param({"IC_GROUP": "@sre"}, "IC_GROUP cannot be used", id="group-by-handle"),
    pytest.param({"IC_USERS": "U1 @aino"}, "IC_USERS cannot be used", id="user-by-handle"),
    pytest.param({"ALLOW_EXTERNAL_OWNER": "perhaps"}, "ALLOW_EXTERNAL_OWNER cannot be used", id="neither-yes-nor-no"),
    pytest.param({"HARVEST_LOOKBACK_DAYS": "-1"}, "HARVEST_LOOKBACK_DAYS cannot be used", id="days-negative"),
    pytest.param({"SILENCE_HOURS": "0"}, "SILENCE_HOURS cannot be used", id="no-patience"),
    pytest.param({"SILENCE_HOURS": "nan"}, "SILENCE_HOURS cannot be used", id="patience-is-no-number"),
    pytest.param(
        {"JIRA_URL": "http://jira.example"}, "JIRA_URL cannot be used: Write an address", id="jira-without-tls"
    ),
    pytest.param({"JIRA_URL": "https://canary:canary@j.example"}, "JIRA_URL cannot be used", id="jira-with-a-password"),
    pytest.param({"JIRA_URL": "https://j.example/?x=1"}, "JIRA_URL cannot be used", id="jira-with-a-query"),
    pytest.param({"JIRA_URL": "https://j.example"}, "JIRA_TOKEN is missing: set a personal", id="jira-without-token"),
    pytest.param({"JIRA_TOKEN": "canary"}, "JIRA_URL is missing", id="jira-token-alone"),
    pytest.param(
        {"JIRA_URL": "https://x.atlassian.net", "JIRA_TOKEN": "canary"},
        "JIRA_EMAIL is missing",
        id="jira-cloud-without-email",
    ),
    pytest.param(
        {"JIRA_URL": "https://j.example", "JIRA_TOKEN": "canary"}, "JIRA_PROJECT is missing", id="no-jira-project"
    ),
    pytest.param(
        {"JIRA_PROJECT": "the ops one"}, "JIRA_PROJECT cannot be used: Write a project's key", id="no-project-key"
    ),
    pytest.param({"JIRA_EMAIL": "bot"}, "JIRA_EMAIL cannot be used: Write the e-mail", id="no-email"),
    pytest.param(
        {"MAIL_LIST_SEV1": "right@acme.example, wrong"},
        "MAIL_LIST_SEV1 cannot be used: wrong is no e-mail address",
        id="a-list-with-a-wrong-address",
    ),
    pytest.param(
        {"MAIL_SUPPORT": "support@acme"}, "MAIL_SUPPORT cannot be used: support@acme is no", id="no-address-of-support"
    ),
    pytest.param({"JIRA_CLOUD": "perhaps"}, "JIRA_CLOUD cannot be used: Write true", id="cloud-perhaps"),
    pytest.param(
        {"JIRA_PRIORITIES": "Highest"}, "JIRA_PRIORITIES cannot be used: Write Jira's names", id="priority-alone"
    ),
    pytest.param(
        {"JIRA_PRIORITIES": "P0=Highest,p2=Low"},
        "JIRA_PRIORITIES cannot be used: There is no priority P2 here",
        id="p2",
    ),
    pytest.param(
        {"CALDAV_URL": "http://cal.example/a/"}, "CALDAV_URL cannot be used: Write an", id="caldav-without-tls"
    ),
    pytest.param(
        {"CALDAV_URL": "https://cal.example"}, "CALDAV_URL cannot be used: Write the calendar", id="caldav-server"
    ),
    pytest.param(
        {"CALDAV_URL": "https://canary:canary@c.example/a"}, "CALDAV_URL cannot be used", id="caldav-password"
    ),
    pytest.param(
        {"CALDAV_URL": "https://c.example/a"}, "CALDAV_USER and CALDAV_PASSWORD are missing", id="caldav-alone"
    ),
    pytest.param({"CALDAV_PASSWORD": "canary"}, "CALDAV_URL and CALDAV_USER are missing", id="caldav-password-alone"),
    pytest.param({"CALDAV_USER": "a:b"}, "CALDAV_USER cannot be used: Write the name", id="caldav-no-user"),
    pytest.param({"CALDAV_TIMEOUT_S": "0"}, "CALDAV_TIMEOUT_S cannot be used: Write how many", id="caldav-no-time"),
    pytest.param({"JIRA_STATUS_MINUTES": "1"}, "JIRA_STATUS_MINUTES cannot be used", id="status-every-minute"),
    pytest.param(
        {"JIRA_WEBHOOK_SECRET": "canary"}, "JIRA_WEBHOOK_SECRET cannot be used: Write at least 16", id="short-secret"
    ),
    pytest.param(
        {"JIRA_WEBHOOK_SECRET": "canary-canary-canary"}, "JIRA_URL is missing: set it beside", id="webhook-of-no-jira"
    ),
    pytest.param(
        {**JIRA, "JIRA_WEBHOOK_SECRET": "canary-canary-canary"}, "JIRA_WEBHOOK_PORT is missing", id="webhook-no-port"
    ),
    pytest.param({**JIRA, "JIRA_WEBHOOK_PORT": "3001"}, "JIRA_WEBHOOK_SECRET is missing", id="webhook-no-secret"),
    pytest.param(
        {**JIRA, "JIRA_WEBHOOK_SECRET": "canary-canary-canary", "JIRA_WEBHOOK_PORT": "3001", "HEALTH_PORT": "3001"},
        "HEALTH_PORT and JIRA_WEBHOOK_PORT are both 3001",
        id="one-port-for-two-doors",
    ),
    pytest.param({"LOG_LEVEL": "loud"}, "LOG_LEVEL cannot be used", id="no-such-level"),
    pytest.param({"DATABASE_URL": "postmortem.db"}, "DATABASE_URL cannot be used", id="database-is-no-url"),
    pytest.param({"DATABASE_URL": "mysql://canary:canary@h/d"}, "DATABASE_URL cannot be used", id="database-unknown"),
    pytest.param({"DATABASE_URL": "sqlite://"}, "DATABASE_URL cannot be used", id="database-in-memory"),
]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Only the settings of this test, and no `.env` file."""
    for name in list(config.Environment.model_fields):
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


@pytest.mark.parametrize("word", ["serve", "doctor"])
@pytest.mark.parametrize(("settings", "sentence"), BAD)
def test_a_bad_setting_is_named_in_one_sentence_and_nothing_starts(
    word: str,
    settings: dict[str, str | None],
    sentence: str,
    slack: Sandbox,
    alone: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Should it start after all, then this Slack refuses its token, and the test ends.
    for name, value in (GOOD | {"SLACK_API_URL": slack.api_url} | settings).items():
        if value is not None:
            alone.setenv(name, value)
    assert app.main([word]) == 2
    said = capsys.readouterr().err
    assert said.startswith(sentence)
    assert len(said.splitlines()) == 1
    assert "canary" not in said


def test_settings_come_from_a_dotenv_file_and_the_environment_wins(machine: Machine) -> None:
    lines = [f"{name}={value}" for name, value in machine.settings.items()]
    (machine.folder / ".env").write_text("\n".join([*lines, "BUSINESS_TZ=Mars/Olympus", ""]), encoding="utf-8")
    machine.settings.clear()
    said = machine.type("doctor")
    assert (said.code, said.err.split(" cannot")[0]) == (2, "BUSINESS_TZ")
    assert machine.type("doctor", BUSINESS_TZ="Europe/Berlin").code == 0
