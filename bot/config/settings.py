"""All settings: read from the environment or a `.env` file, checked, and nested by concern."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError, model_validator

from bot import wiki_settings
from bot.config import calendar, confluence, content, harvest, jira, mail, people, slack, times
from bot.config.calendar import CaldavSettings
from bot.config.jira import JiraSettings
from bot.config.slack import ServerSettings, SlackSettings
from bot.config.typed import Part
from bot.config_error import ConfigError
from bot.domain.policy import Policy
from bot.mail_settings import MailSettings
from bot.wiki_settings import WikiSettings

# What to write, where the library's own words would show a regular expression.
HINTS: Mapping[str, str] = {
    **slack.HINTS, **times.HINTS, **people.HINTS, **content.HINTS, **harvest.HINTS, **calendar.HINTS, **jira.HINTS, **mail.HINTS,
    **wiki_settings.HINTS,
}  # fmt: skip
NO_TEXT = "The file .env cannot be read: save it as UTF-8 text (see .env.example)."


class Environment(
    confluence.ConfluencePart, mail.MailPart, jira.JiraPart, calendar.CalendarPart, harvest.HarvestPart, content.ContentPart,
    people.PeoplePart, times.TimePart, slack.SlackPart,
):  # fmt: skip
    """Every setting by the name it has in the environment, the last part first. The comments of `.env.example` say what each is for."""

    @model_validator(mode="after")
    def _own_ports(self) -> Self:
        """What Jira reaches and what only operators reach are two doors; beside Slack's own, all may be one."""
        port, slack_s = self.jira_webhook_port, None if self.slack_app_token else self.port
        if port and port == self.health_port and port != slack_s:
            raise ValueError(f"HEALTH_PORT and JIRA_WEBHOOK_PORT are both {port}: Jira is served on a port of its own.")
        return self


class Settings(BaseModel):
    """All settings, checked."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    slack: SlackSettings
    server: ServerSettings
    database_url: SecretStr
    policy: Policy
    jira: JiraSettings | None = None
    caldav: CaldavSettings | None = None
    mail: MailSettings | None = None
    wiki: WikiSettings | None = None


def nested(env: Environment) -> Settings:
    """The environment by concern."""
    return Settings(
        slack=slack.slack(env),
        server=slack.server(env),
        database_url=SecretStr(env.database_url),
        policy=_policy(env),
        jira=jira.jira(env),
        caldav=calendar.caldav(env),
        mail=mail.mail(env),
        wiki=confluence.wiki(env),
    )


def _policy(env: Environment) -> Policy:
    return Policy(
        calendar=times.calendar(env),
        roll=env.sev1_roll,
        action_days=(env.action_days_sev1, env.action_days),
        pace=times.pace(env),
        digest_day=times.digest_day(env),
        digest_at=env.digest_at,
        digest_channel=env.digest_channel,
        silence=timedelta(hours=env.silence_hours),
        tickets=jira.tickets(env),
        wiki=confluence.rules(env),
        **people.rules(env),
        **content.rules(env),
        **harvest.rules(env),
        **calendar.rules(env),
        **mail.rules(env),
    )


class _Offline(Environment):
    """The settings of a command that asks Slack nothing: a token may be there, and need not be."""

    slack_bot_token: SecretStr = SecretStr("xoxb-")
    slack_signing_secret: SecretStr | None = SecretStr("-")


def load(**values: Any) -> Settings:
    """Read the settings; `values` (by their names in small letters) come before the environment. Raises `ConfigError`."""
    return _read(Environment, values)


def offline() -> Settings:
    """The same for a command that asks Slack nothing. Raises `ConfigError`."""
    return _read(_Offline, {})


def _read(kind: type[Environment], values: Mapping[str, Any]) -> Settings:
    try:
        return nested(kind(**values))
    except UnicodeDecodeError:
        raise ConfigError(NO_TEXT) from None
    except ValidationError as error:
        raise ConfigError(_sentence(error.errors(include_input=False, include_url=False)[0])) from None


def database_url() -> str:
    """The database's address alone, which has a default. Raises `ConfigError` when .env cannot be read."""

    class Alone(Part):
        database_url: str = "sqlite:///postmortem.db"

    try:
        return Alone().database_url
    except UnicodeDecodeError:
        raise ConfigError(NO_TEXT) from None


def _sentence(problem: Mapping[str, Any]) -> str:
    name = str(problem["loc"][0]).upper() if problem["loc"] else ""
    text = HINTS.get(name) or str(problem["msg"]).removeprefix("Value error, ")
    if problem["type"] == "missing":
        return f"{name} is missing: set it in the environment or in .env (see .env.example)."
    return f"{name} cannot be used: {text}" if name else text
