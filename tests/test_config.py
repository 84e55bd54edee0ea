"""The settings: what is documented is what is read, and secrets stay secret."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from bot import config
from bot.config import Environment
from bot.domain.deadlines import Roll

EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"
MUST = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "0" * 32}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def documented() -> dict[str, str]:
    """Name and shown value of every setting of the example file."""
    found = re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(found) == len(dict(found))
    return dict(found)


def test_the_example_names_exactly_the_settings_that_there_are_in_their_order() -> None:
    assert list(documented()) == [name.upper() for name in Environment.model_fields]


def test_each_setting_of_the_example_has_a_line_that_says_what_it_is_for() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"(# )?[A-Z][A-Z0-9_]+=", line):
            assert re.match(r"# [A-Za-z].{20,}[^.]$", lines[number - 1]), line


@pytest.mark.parametrize("name", Environment.model_fields)
def test_the_example_shows_the_default_of_each_setting(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    default = Environment.model_fields[name].default
    shown = documented()[name.upper()]
    if default is PydanticUndefined:
        assert shown == ""
        return
    for other, value in (MUST | {name: shown}).items():
        monkeypatch.setenv(other.upper(), value)
    if name not in MUST:
        assert getattr(Environment(), name) == default


def test_the_example_as_it_stands_asks_for_the_token(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(config.ConfigError, match=r"^SLACK_BOT_TOKEN is missing"):
        config.load()


def test_the_defaults_are_a_working_week_in_utc() -> None:
    settings = config.load(**MUST)
    calendar = settings.policy.calendar
    assert (calendar.tz, calendar.weekend, calendar.holidays) == ("UTC", frozenset({5, 6}), frozenset())
    assert calendar.hours == (time(9), time(17))
    assert (settings.policy.silence, settings.policy.lookback) == (timedelta(hours=4), None)
    assert settings.slack.socket_mode is False


def test_every_setting_reaches_what_it_is_for() -> None:
    settings = config.load(
        **MUST,
        slack_app_token="xapp-1",
        slack_api_url="http://localhost:1/api",
        business_tz="Asia/Riyadh",
        weekend="Fri, saturday",
        holidays="2026-12-25, 2027-01-01",
        working_hours="08:30 - 16:00",
        sev1_roll="back",
        ic_group="S0AB",
        ic_users="U1,W2 U3",
        allow_external_owner="yes",
        harvest_lookback_days="14",
        silence_hours="1.5",
        log_level="Debug",
    )
    policy, calendar = settings.policy, settings.policy.calendar
    assert settings.slack.api_url == "http://localhost:1/api/"
    assert settings.slack.socket_mode is True
    assert (calendar.tz, calendar.weekend) == ("Asia/Riyadh", frozenset({4, 5}))
    assert calendar.holidays == {date(2026, 12, 25), date(2027, 1, 1)}
    assert calendar.hours == (time(8, 30), time(16))
    assert (policy.roll, policy.ic_group, policy.ic_users) == (Roll.BACK, "S0AB", frozenset({"U1", "W2", "U3"}))
    assert policy.allow_external_owner is True
    assert (policy.lookback, policy.silence) == (timedelta(days=14), timedelta(minutes=90))
    assert settings.server.log_level == "DEBUG"


@pytest.mark.parametrize(
    ("typed", "patterns"),
    [
        ("inc-*,Incident-*", ("inc-*", "incident-*")),
        ("#war-room #sev[12]-*", ("war-room", "sev[12]-*")),
        ("none", ()),
        ("", ("inc-*", "incident-*", "sev-*", "sev[0-9]*")),
    ],
)
def test_names_of_incidents_channels_are_typed_as_people_write_them(
    typed: str, patterns: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENT_CHANNELS", typed)
    assert config.load(**MUST).policy.incident_channels == patterns


@pytest.mark.parametrize("typed", ["inc/*", "<#C1>", "inc-* & more", "x" * 81])
def test_what_is_no_channels_name_is_named_in_one_sentence(typed: str) -> None:
    with pytest.raises(
        config.ConfigError, match=r"^INCIDENT_CHANNELS cannot be used: Write patterns .* such as inc-\*"
    ):
        config.load(**MUST, incident_channels=typed)


def test_secrets_are_hidden_from_whoever_prints_the_settings() -> None:
    secrets = {
        "slack_bot_token": "xoxb-canary",
        "slack_app_token": "xapp-canary",
        "slack_signing_secret": "canary",
        "database_url": "postgresql://bot:canary@host/db",
    }
    settings = config.load(**secrets)
    assert "canary" not in f"{settings!r} {settings} {settings.model_dump()}"


def test_a_setting_that_is_empty_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "BUSINESS_TZ", "IC_GROUP", "SLACK_APP_TOKEN"):
        monkeypatch.setenv(name, "")
    settings = config.load(**MUST)
    assert (settings.server.port, settings.policy.calendar.tz, settings.policy.ic_group) == (3000, "UTC", None)


def test_a_file_of_settings_that_is_no_text_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    monkeypatch.chdir(tmp_path)
    for read in (config.load, config.database_url):
        with pytest.raises(config.ConfigError, match=r"^The file .env cannot be read"):
            read()


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        pytest.param("reminder_last_day_at", "03:00", "not within WORKING_HOURS", id="reminded at night"),
        pytest.param("reminder_last_day_at", "15:00Z", "a local time such as 15:00", id="with a zone"),
        pytest.param("digest_at", "09:00+02:00", "a local time such as 09:00", id="digest with a zone"),
        pytest.param("working_hours", "09:00Z-17:00Z", "two times with a dash", id="hours with zones"),
        pytest.param("digest_day", "nonsense", "a day of the week such as mon, or none", id="no day"),
    ],
)
def test_a_time_of_the_clock_that_would_come_at_night_or_nowhere_is_refused(name: str, value: str, part: str) -> None:
    with pytest.raises(config.ConfigError, match=rf"^{name.upper()} cannot be used: .*{part}"):
        config.load(**MUST, **{name: value})


@pytest.mark.parametrize(
    ("hours", "at"), [("7-15", time(14)), ("9:00-17:30", time(15)), ("16:30-17:00", time(16, 30)), ("00:10-00:40", time(0, 10))]
)  # fmt: skip
def test_where_people_go_home_earlier_the_last_reminder_comes_earlier(hours: str, at: time) -> None:
    assert config.load(**MUST, working_hours=hours).policy.pace.last_day_at == at


def test_jira_is_cloud_by_its_address_unless_it_is_said() -> None:
    given = {"jira_token": "canary", "jira_project": "ops", "jira_email": "bot@example.com"}
    cloud = config.load(**MUST, **given, jira_url="https://x.atlassian.net/")
    assert cloud.jira
    assert cloud.policy.tickets
    assert cloud.policy.tickets.priorities == {"P0": "Highest", "P1": "High", "LOWER": "Medium"}
    assert (cloud.jira.url, cloud.jira.cloud, cloud.jira.email) == ("https://x.atlassian.net", True, "bot@example.com")
    own = config.load(**MUST, **given, jira_url="https://jira.example/jira", jira_priorities="p0=Blocker, lower=Minor")
    assert own.jira
    assert (own.jira.url, own.jira.cloud, own.jira.email) == ("https://jira.example/jira", False, "")
    assert own.policy.tickets
    assert (own.policy.tickets.project, own.policy.tickets.issue_type) == ("OPS", "Task")
    assert own.policy.tickets.priorities == {"P0": "Blocker", "LOWER": "Minor"}
    assert config.load(**MUST, **given, jira_url="https://jira.example", jira_cloud=True).jira.cloud
    assert "canary" not in repr(own)


def test_without_an_address_there_is_no_tracker() -> None:
    settings = config.load(**MUST)
    assert (settings.jira, settings.policy.tickets) == (None, None)


def test_the_status_of_tickets_is_read_every_hour_and_where_jira_posts_only_with_a_secret() -> None:
    given = {"jira_url": "https://j.example", "jira_token": "t", "jira_project": "ops"}
    usual = config.load(**MUST, **given)
    assert usual.jira
    assert usual.policy.tickets
    assert (usual.policy.tickets.read_every, usual.policy.tickets.followed) == (timedelta(hours=1), timedelta(days=90))
    assert (usual.jira.webhook_secret, usual.jira.webhook_port) == (None, None)
    other = config.load(
        **MUST, **given, jira_status_minutes=15, jira_status_days=7, jira_webhook_secret="canary-canary-canary",
        jira_webhook_port=3001,
    )  # fmt: skip
    assert other.jira
    assert other.policy.tickets
    assert (other.policy.tickets.read_every, other.policy.tickets.followed) == (
        timedelta(minutes=15),
        timedelta(days=7),
    )
    assert other.jira.webhook_secret
    assert (other.jira.webhook_secret.get_secret_value(), other.jira.webhook_port) == ("canary-canary-canary", 3001)
    assert "canary" not in repr(other)


def test_the_lists_of_mails_are_read_with_commas_between() -> None:
    lists = {"mail_list_sev1": "one@acme.example, two@acme.example", "mail_support": "help@acme.example"}
    policy = config.load(slack_bot_token="xoxb-1", slack_signing_secret="s", **lists).policy
    assert policy.mail_lists.sev1 == ("one@acme.example", "two@acme.example")
    assert policy.mail_lists.support == ("help@acme.example",)
    assert policy.mail_lists.restricted == ()


@pytest.mark.parametrize(
    ("value", "part"),
    [("overview,summary", "There is no section 'summary' in the document"), ("impact,impact=X", "named twice")],
)
def test_sections_that_the_document_does_not_have_are_refused(value: str, part: str) -> None:
    with pytest.raises(config.ConfigError, match=rf"^DOCUMENT_SECTIONS cannot be used: .*{part}"):
        config.load(**MUST, document_sections=value)


@pytest.mark.parametrize(
    ("value", "said"), [("pdf", "There is no file 'pdf': choose among markdown, html, picture"), ("picture", "Name markdown or html")]
)  # fmt: skip
def test_files_that_make_no_sense_are_refused(value: str, said: str) -> None:
    with pytest.raises(config.ConfigError, match=f"^DOCUMENT_FILES cannot be used: {said}"):
        config.load(**MUST, document_files=value)


def test_files_are_named_with_commas_between() -> None:
    assert config.load(**MUST, document_files="HTML, picture").policy.files == ("html", "picture")
    assert config.load(**MUST).policy.files == ("markdown", "picture")
