"""The settings, from the environment or a `.env` file, nested by concern. A bad one is named in one sentence before anything starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import free_days, mail_settings, vocabulary_file, wiki_settings
from bot.domain import document_files, headings, recipients
from bot.domain import examples as links
from bot.domain.business_time import Calendar, zone
from bot.domain.capture import Reactions
from bot.domain.deadlines import ACTION_ITEM_DAYS, Roll
from bot.domain.errors import DomainError
from bot.domain.mail import MailRules
from bot.domain.policy import Policy
from bot.domain.recipients import MailLists
from bot.domain.reminders import Nudge, Pace
from bot.domain.tickets import PRIORITIES, TicketRules
from bot.domain.wiki import WikiRules
from bot.mail_settings import MailSettings, Security
from bot.wiki_settings import WikiSettings

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLACK = "https://slack.com/api/"
# What to write, where the library's own words would show a regular expression.
HINTS = {
    "IC_GROUP": "Write the group's id, which begins with S; Slack shows it in the address of the group's page.",
    "IC_USERS": "Write people's ids, which begin with U or W, with commas between; a profile's menu copies them.",
    "SUPPORT_GROUP": "Write the group's id, which begins with S; Slack shows it in the address of the group's page.",
    "SUPPORT_USERS": "Write people's ids, which begin with U or W, with commas between; a profile's menu copies them.",
    "ADMINS": "Write people's ids, which begin with U or W, with commas between; a profile's menu copies them.",
    "SUPPORT_CHANNEL": "Write the channel's id, which begins with C or G; it stands at the end of the channel's details.",
    "REVIEW_CHANNEL": "Write the channel's id, which begins with C or G; it stands at the end of the channel's details.",
    "LEARNINGS_CHANNEL": "Write the channel's id, which begins with C or G; it stands at the end of the channel's details.",
    "DIGEST_CHANNEL": "Write the channel's id, which begins with C or G; it stands at the end of the channel's details.",
    "INCIDENT_CHANNELS": "Write patterns of channel names such as inc-*,incident-*, or none.",
    "REMINDER_LAST_DAY_AT": "Write a local time such as 15:00.",
    "DIGEST_AT": "Write a local time such as 09:00.",
    "CALENDAR_ADDRESS": "Write the e-mail address of the shared calendar; its settings show it.",
    **dict.fromkeys(
        ("REACTIONS_TIMELINE", "REACTIONS_TODO", "REACTIONS_EVIDENCE", "REACTIONS_QUERY", "REACTION_ANSWER"),
        "Write the names of reactions without colons, such as stopwatch,memo, or none.",
    ),
    "CALDAV_USER": "Write the name of the account that may write in the shared calendar.",
    "CALDAV_TIMEOUT_S": "Write how many seconds the calendar's server is waited for, such as 10; at most 60.",
    "JIRA_EMAIL": "Write the e-mail address of the account that JIRA_TOKEN belongs to.",
    "JIRA_PROJECT": "Write a project's key, such as OPS.",
    "JIRA_CLOUD": "Write true for Jira Cloud, false for Data Center; left empty, the address tells.",
    "JIRA_WEBHOOK_SECRET": "Write at least 16 characters, the same that Jira's webhook has as its secret.",
    "JIRA_WEBHOOK_PORT": "Write a port that Jira can reach, such as 3001.",
    "SMTP_HOST": "Write the name of the mail server alone, such as smtp.example.com; the port is SMTP_PORT.",
    "SMTP_PORT": "Write the port that the mail server takes mail on, such as 587.",
    "SMTP_SECURITY": f"Write starttls or tls, or none for a mail server on this machine, or {Security.OPEN}.",
    "SMTP_TIMEOUT": "Write how many seconds each answer of the mail server is waited for, such as 20; at most 60.",
    "MAIL_INVITATIONS": "Write true or false.",
    **wiki_settings.HINTS,
    "DOCUMENT_CANVAS": "Write on or off.",
    "LOG_LEVEL": "Write debug, info, warning or error.",
}


NO_TEXT = "The file .env cannot be read: save it as UTF-8 text (see .env.example)."


class ConfigError(Exception):
    """A setting is missing or malformed; the message names it and says what to write."""


def words(value: object) -> list[str]:
    """A list typed with commas or spaces between."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return list(value) if isinstance(value, (list, tuple, set, frozenset)) else []


def phrases(value: object) -> list[str]:
    """A list typed with commas between, whose entries may have spaces in them."""
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    return list(value) if isinstance(value, (list, tuple)) else []


def names(value: object) -> list[str]:
    """A list of reactions typed with or without colons; `none` is an empty one."""
    found = [each.strip(":") for each in words(value)]
    return [] if found == ["none"] else found


Emoji = Annotated[str, Field(pattern=r"^[^\s:,]{1,100}$"), BeforeValidator(lambda value: str(value).strip(":"))]


class Environment(BaseSettings):
    """Every setting by the name it has in the environment. The comments of `.env.example` say what each is for."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, case_sensitive=False)

    slack_bot_token: SecretStr
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK
    host: str = "0.0.0.0"  # noqa: S104 - a container is reached from outside it
    port: Annotated[int, Field(ge=0, le=65535)] = 3000
    health_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    database_url: str = "sqlite:///postmortem.db"
    business_tz: str = "UTC"
    weekend: Annotated[list[str], NoDecode] = ["sat", "sun"]
    holidays: Annotated[frozenset[date], NoDecode] = frozenset()
    working_hours: str = "09:00-17:00"
    harvest_vocabulary: str = ""
    sev1_roll: Roll = Roll.NONE
    ic_group: Annotated[str, Field(pattern=r"^S[A-Z0-9]+$")] | None = None
    ic_users: Annotated[list[Annotated[str, Field(pattern=r"^[UW][A-Z0-9]+$")]], NoDecode] = []
    allow_external_owner: bool = False
    support_group: Annotated[str, Field(pattern=r"^S[A-Z0-9]+$")] | None = None
    support_users: Annotated[list[Annotated[str, Field(pattern=r"^[UW][A-Z0-9]+$")]], NoDecode] = []
    support_channel: Annotated[str, Field(pattern=r"^[CG][A-Z0-9]+$")] | None = None
    review_channel: Annotated[str, Field(pattern=r"^[CG][A-Z0-9]+$")] | None = None
    learnings_channel: Annotated[str, Field(pattern=r"^[CG][A-Z0-9]+$")] | None = None
    admins: Annotated[list[Annotated[str, Field(pattern=r"^[UW][A-Z0-9]+$")]], NoDecode] = []
    allow_waive: bool = False
    retention_days: Annotated[int, Field(ge=0, le=36500)] = 0
    impact_dimensions: Annotated[list[str], NoDecode] = ["Requests failed", "Processing delayed", "Notifications late"]
    document_sections: Annotated[list[str], NoDecode] = [f"{part}={heading}" for part, heading in headings.USUAL]
    document_canvas: bool = False
    document_files: Annotated[list[str], NoDecode] = list(document_files.USUAL)
    action_days_sev1: Annotated[int, Field(ge=1, le=365)] = ACTION_ITEM_DAYS[0]
    action_days: Annotated[int, Field(ge=1, le=365)] = ACTION_ITEM_DAYS[1]
    examples: Annotated[list[str], NoDecode] = [f"{link.name} {link.url}" for link in links.PUBLIC]
    harvest_lookback_days: Annotated[int, Field(ge=0, le=3650)] = 0
    silence_hours: Annotated[float, Field(gt=0, le=80)] = 4
    reminder_no_owner_hours: Annotated[list[Annotated[float, Field(gt=0, le=240)]], NoDecode] = [1, 4]
    reminder_unbooked_hours: Annotated[float, Field(gt=0, le=80)] = 4
    reminder_draft_hours: Annotated[float, Field(ge=25, le=240)] = 48
    reminder_last_day_at: time = time(15)
    reminder_most: Annotated[int, Field(ge=1, le=30)] = 5
    digest_day: str = "mon"
    digest_at: time = time(9)
    digest_channel: Annotated[str, Field(pattern=r"^[CG][A-Z0-9]+$")] | None = None
    incident_channels: Annotated[list[Annotated[str, Field(pattern=r"^[\w*?\[\]!-]{1,80}$")]], NoDecode] = [
        "inc-*", "incident-*", "sev-*", "sev[0-9]*",
    ]  # fmt: skip
    calendar_name: Annotated[str, Field(min_length=1, max_length=100)] = "Incident Post-Mortem Meetings"
    calendar_address: Annotated[str, Field(pattern=r"^[^\s@<>\"',;:]+@[^\s@<>\"',;:]+$")] | None = None
    caldav_url: str | None = None
    caldav_user: Annotated[str, Field(min_length=1, pattern=r"^[^:\s]+$")] | None = None
    caldav_password: SecretStr | None = None
    caldav_timeout_s: Annotated[float, Field(ge=1, le=60)] = 10
    reactions_timeline: Annotated[list[Emoji], NoDecode] = list(Reactions().timeline)
    reactions_todo: Annotated[list[Emoji], NoDecode] = list(Reactions().todo)
    reactions_evidence: Annotated[list[Emoji], NoDecode] = list(Reactions().evidence)
    reactions_query: Annotated[list[Emoji], NoDecode] = list(Reactions().query)
    reaction_answer: Emoji = Reactions().answer
    jira_url: str | None = None
    jira_email: Annotated[str, Field(pattern=r"^[^\s@:]+@[^\s@:]+$")] | None = None
    jira_token: SecretStr | None = None
    jira_cloud: bool | None = None
    jira_project: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,20}$")] | None = None
    jira_issue_type: Annotated[str, Field(min_length=1, max_length=100)] = "Task"
    jira_priorities: Annotated[dict[str, str], NoDecode] = dict(PRIORITIES)
    jira_status_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    jira_status_days: Annotated[int, Field(ge=0, le=3650)] = 90
    jira_webhook_secret: Annotated[SecretStr, Field(min_length=16)] | None = None
    jira_webhook_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    smtp_host: (
        Annotated[str, Field(pattern=r"^([^\s/@:\[\]]+|[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*)$", max_length=253)]
        | None
    ) = None
    smtp_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    smtp_security: Security = Security.STARTTLS
    smtp_user: Annotated[str, Field(min_length=1)] | None = None
    smtp_password: SecretStr | None = None
    smtp_timeout: Annotated[float, Field(ge=1, le=60)] = 20
    mail_from: str | None = None
    mail_reply_to: str | None = None
    mail_invitations: bool = True
    mail_list_sev1: Annotated[tuple[str, ...], NoDecode] = ()
    mail_list_sev2: Annotated[tuple[str, ...], NoDecode] = ()
    mail_list_restricted: Annotated[tuple[str, ...], NoDecode] = ()
    mail_list_first: Annotated[tuple[str, ...], NoDecode] = ()
    mail_support: Annotated[tuple[str, ...], NoDecode] = ()
    confluence_url: str | None = None
    confluence_email: Annotated[str, Field(pattern=r"^[^\s@:]+@[^\s@:]+$")] | None = None
    confluence_token: SecretStr | None = None
    confluence_space: Annotated[str, Field(pattern=r"^~?[A-Za-z0-9]{1,255}$")] | None = None
    confluence_parent: str = ""
    confluence_by_year: bool = False
    confluence_private_channels: bool = False
    confluence_restrict_to: Annotated[tuple[str, ...], NoDecode] = ()
    log_level: Annotated[str, Field(pattern=r"(?i)^(debug|info|warning|error)$")] = "info"

    _words = field_validator(
        "weekend", "ic_users", "support_users", "admins", "reminder_no_owner_hours", "document_files", mode="before"
    )(words)
    _names = field_validator(
        "reactions_timeline", "reactions_todo", "reactions_evidence", "reactions_query", mode="before"
    )(names)
    _phrases = field_validator("impact_dimensions", "document_sections", "examples", mode="before")(phrases)

    @field_validator(
        "mail_list_sev1", "mail_list_sev2", "mail_list_restricted", "mail_list_first", "mail_support", mode="before"
    )
    @classmethod
    def _addresses(cls, value: object) -> object:
        try:
            return recipients.read(value) if isinstance(value, str) else value
        except DomainError as error:
            raise ValueError(error.message) from error

    @field_validator("incident_channels", mode="before")
    @classmethod
    def _channel_names(cls, value: object) -> object:
        """As people write channels, with a # before them or not; `none` is for no name at all."""
        named = [each.lstrip("#").lower() for each in words(value)]
        return [] if named == ["none"] else named

    @field_validator("holidays", mode="before")
    @classmethod
    def _free_days(cls, value: object) -> object:
        return free_days.read(value) if isinstance(value, str) else value

    @field_validator("harvest_vocabulary")
    @classmethod
    def _own_words(cls, value: str) -> str:
        vocabulary_file.read(value)
        return value

    @field_validator("examples")
    @classmethod
    def _links(cls, value: list[str]) -> list[str]:
        try:
            [links.read(each) for each in value]
        except DomainError as error:
            raise ValueError(error.message) from error
        return value

    @field_validator("document_sections")
    @classmethod
    def _sections(cls, value: list[str]) -> list[str]:
        try:
            headings.read(value)
        except DomainError as error:
            raise ValueError(error.message) from error
        return value

    @field_validator("document_files")
    @classmethod
    def _files(cls, value: list[str]) -> list[str]:
        try:
            document_files.read(value)
        except DomainError as error:
            raise ValueError(error.message) from error
        return value

    @field_validator("business_tz")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            zone(value)
        except DomainError as error:
            raise ValueError(error.message) from error
        return value

    @field_validator("weekend")
    @classmethod
    def _days(cls, value: list[str]) -> list[str]:
        days = [day.lower()[:3] for day in value]
        if not set(days) <= set(DAYS) or len(set(days)) == 7:
            raise ValueError("Write the days that are free, such as sat,sun.")
        return days

    @field_validator("working_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        opens, closes = span(value)
        if opens >= closes:
            raise ValueError("Write the earlier time first, such as 09:00-17:00.")
        return value

    @field_validator("reminder_last_day_at", "digest_at", mode="before")
    @classmethod
    def _local_time(cls, value: object) -> object:
        return clock(value) if isinstance(value, str) else value

    @field_validator("digest_day")
    @classmethod
    def _digest(cls, value: str) -> str:
        day = value.lower()[:3]
        if value.lower() != "none" and day not in DAYS:
            raise ValueError("Write a day of the week such as mon, or none.")
        return day

    @field_validator("slack_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("Write an address that begins with https://.")
        return value if value.endswith("/") else f"{value}/"

    @field_validator("jira_url")
    @classmethod
    def _jira_address(cls, value: str | None) -> str | None:
        return None if value is None else jira_address(value)

    @field_validator("caldav_url")
    @classmethod
    def _caldav_address(cls, value: str | None) -> str | None:
        return None if value is None else caldav_address(value)

    @field_validator("confluence_url")
    @classmethod
    def _confluence_address(cls, value: str | None) -> str | None:
        return None if value is None else wiki_settings.address(value)

    @field_validator("confluence_parent")
    @classmethod
    def _confluence_parent(cls, value: str) -> str:
        return wiki_settings.parent(value) if value.strip() else ""

    @field_validator("confluence_restrict_to", mode="before")
    @classmethod
    def _confluence_readers(cls, value: object) -> object:
        return wiki_settings.readers(value) if isinstance(value, str) else value

    @field_validator("jira_project", mode="before")
    @classmethod
    def _jira_key(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("jira_priorities", mode="before")
    @classmethod
    def _named_priorities(cls, value: object) -> object:
        return priorities(value) if isinstance(value, str) else value

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _mailbox(cls, value: str | None) -> str | None:
        if value is not None:
            mail_settings.mailbox(value)
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(("xoxb-", "xoxe.xoxb-")):
            raise ValueError("Write the bot token of the app; it begins with xoxb-.")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("Write the app-level token; it begins with xapp-. Leave it empty to use HTTP.")
        return value

    @model_validator(mode="after")
    def _never_at_night(self) -> Environment:
        typed = "reminder_last_day_at" in self.model_fields_set
        if typed and not _within(self.reminder_last_day_at, span(self.working_hours)):
            hours = f"WORKING_HOURS ({self.working_hours})"
            text = f"{self.reminder_last_day_at:%H:%M} is not within {hours}: people are told while they are at work."
            raise ValueError(f"REMINDER_LAST_DAY_AT cannot be used: {text}")
        return self

    @model_validator(mode="after")
    def _one_way_in(self) -> Environment:
        if not self.slack_app_token and not self.slack_signing_secret:
            raise ValueError("SLACK_SIGNING_SECRET is missing: set it for HTTP, or SLACK_APP_TOKEN for Socket Mode.")
        return self

    @model_validator(mode="after")
    def _whole_jira(self) -> Environment:
        """All that Jira needs, or none of it: half of it would fail at the first ticket."""
        if self.jira_url is None:
            if self.jira_token is not None:
                raise ValueError("JIRA_URL is missing: set it beside JIRA_TOKEN, or leave both empty.")
            return self
        if self.jira_token is None:
            raise ValueError(f"JIRA_TOKEN is missing: set {_credential(self)}, or leave JIRA_URL empty.")
        if is_cloud(self) and self.jira_email is None:
            raise ValueError("JIRA_EMAIL is missing: Jira Cloud wants the account's address beside its API token.")
        if self.jira_project is None:
            raise ValueError("JIRA_PROJECT is missing: set the key of the project for services that name none.")
        return self

    @model_validator(mode="after")
    def _whole_caldav(self) -> Environment:
        """All three, or none: half of it would fail at the first meeting."""
        given = {
            "CALDAV_URL": self.caldav_url, "CALDAV_USER": self.caldav_user, "CALDAV_PASSWORD": self.caldav_password,
        }  # fmt: skip
        missing = [name for name, value in given.items() if value is None]
        if missing and len(missing) < len(given):
            there = " and ".join(name for name in given if name not in missing)
            verb, those = ("is", "it") if len(missing) == 1 else ("are", "them")
            lacking = " and ".join(missing)
            raise ValueError(f"{lacking} {verb} missing: set {those} beside {there}, or leave all three empty.")
        return self

    @model_validator(mode="after")
    def _whole_mail(self) -> Environment:
        why = mail_settings.lacking(
            self.smtp_host, self.mail_from, self.smtp_user, self.smtp_password, self.smtp_security
        )
        if why is not None:
            raise ValueError(why)
        return self

    @model_validator(mode="after")
    def _whole_wiki(self) -> Environment:
        why = wiki_settings.lacking(
            self.confluence_url, self.confluence_email, self.confluence_token, self.confluence_space,
            ("CONFLUENCE_PARENT", self.confluence_parent), ("CONFLUENCE_BY_YEAR", self.confluence_by_year),
            ("CONFLUENCE_PRIVATE_CHANNELS", self.confluence_private_channels),
            ("CONFLUENCE_RESTRICT_TO", self.confluence_restrict_to),
        )  # fmt: skip
        if why is not None:
            raise ValueError(why)
        return self

    @model_validator(mode="after")
    def _whole_webhook(self) -> Environment:
        """A port without a secret would be open to everybody, and a secret without a port of no use."""
        secret, port = self.jira_webhook_secret is not None, self.jira_webhook_port is not None
        if secret and self.jira_url is None:
            raise ValueError("JIRA_URL is missing: set it beside JIRA_WEBHOOK_SECRET, or leave both empty.")
        if secret and not port:
            raise ValueError("JIRA_WEBHOOK_PORT is missing: set it beside JIRA_WEBHOOK_SECRET, or leave both empty.")
        if port and not secret:
            raise ValueError("JIRA_WEBHOOK_SECRET is missing: set it beside JIRA_WEBHOOK_PORT, or leave both empty.")
        return self

    @model_validator(mode="after")
    def _own_ports(self) -> Environment:
        """What Jira reaches and what only operators reach are two doors; beside Slack's own, all may be one."""
        port, slack_s = self.jira_webhook_port, None if self.slack_app_token else self.port
        if port and port == self.health_port and port != slack_s:
            raise ValueError(f"HEALTH_PORT and JIRA_WEBHOOK_PORT are both {port}: Jira is served on a port of its own.")
        return self

    @model_validator(mode="after")
    def _one_meaning(self) -> Environment:
        """A reaction that meant two things would put a message where nobody wanted it."""
        sets = {
            "REACTIONS_TIMELINE": self.reactions_timeline,
            "REACTIONS_TODO": self.reactions_todo,
            "REACTIONS_EVIDENCE": self.reactions_evidence,
            "REACTIONS_QUERY": self.reactions_query,
            "REACTION_ANSWER": [self.reaction_answer],
        }
        seen: dict[str, str] = {}
        for setting, reactions in sets.items():
            for each in dict.fromkeys(reactions):
                if each in seen:
                    raise ValueError(
                        f"The reaction {each} is in {seen[each]} and in {setting}: leave it in one of them."
                    )
                seen[each] = setting
        return self


def clock(value: str) -> time:
    """A local time such as 9:00, or 9; of no zone. Raises ValueError."""
    written = re.fullmatch(r"(\d{1,2})(?::(\d{2})(?::00)?)?", value.strip(), re.ASCII)
    if written is None:
        raise ValueError("Write a local time such as 15:00.")
    return time(int(written[1]), int(written[2] or 0))


def span(value: str) -> tuple[time, time]:
    """Two local times with a dash between. Raises ValueError with a sentence."""
    try:
        opens, closes = (clock(part) for part in value.split("-"))
    except ValueError:
        raise ValueError("Write two times with a dash between, such as 09:00-17:00.") from None
    return opens, closes


def jira_address(value: str) -> str:
    """Jira's own address without a slash at its end; secrets go over TLS, but to this machine itself. Raises ValueError."""
    address = urlsplit(value.strip())
    here = address.hostname in ("localhost", "127.0.0.1", "::1")
    if address.scheme != "https" and not (address.scheme == "http" and here):
        raise ValueError("Write an address that begins with https://.")
    if not address.hostname or address.query or address.fragment or "@" in address.netloc:
        raise ValueError("Write Jira's own address, such as https://example.atlassian.net, and nothing after it.")
    return value.strip().rstrip("/")


def caldav_address(value: str) -> str:
    """The calendar's own collection; secrets go over TLS, but to this machine itself. Raises ValueError."""
    address = urlsplit(value.strip())
    here = address.hostname in ("localhost", "127.0.0.1", "::1")
    if address.scheme != "https" and not (address.scheme == "http" and here):
        raise ValueError("Write an address that begins with https://.")
    own = address.path.strip("/") and not (address.query or address.fragment or "@" in address.netloc)
    if not address.hostname or not own:
        raise ValueError("Write the calendar's own address, as its settings show it for CalDAV, and nothing after it.")
    return value.strip().rstrip("/") + "/"


def priorities(value: str) -> dict[str, str]:
    """`P0=Highest,P1=High,LOWER=Medium` as a map. Raises ValueError."""
    pairs = [each.partition("=") for each in phrases(value)]
    named = {ours.strip().upper(): theirs.strip() for ours, _, theirs in pairs}
    if not named or not all(re.fullmatch(r"P[0-9]|LOWER", ours) and theirs for ours, theirs in named.items()):
        raise ValueError("Write Jira's names of our priorities, such as P0=Highest,P1=High,LOWER=Medium.")
    if unknown := [ours for ours in named if ours not in PRIORITIES]:
        raise ValueError(
            f"There is no priority {' and '.join(unknown)} here: name {', '.join(PRIORITIES)}, such as P0=Highest."
        )
    return named


def is_cloud(env: Environment) -> bool:
    """As it is set, else by the address."""
    if env.jira_cloud is not None:
        return env.jira_cloud
    return (urlsplit(env.jira_url or "").hostname or "").endswith(".atlassian.net")


def _credential(env: Environment) -> str:
    return "an API token" if is_cloud(env) else "a personal access token"


class SlackSettings(BaseModel):
    """How Slack is reached, and how it reaches us: by Socket Mode when there is an app token, else by HTTP."""

    model_config = ConfigDict(frozen=True)

    bot_token: SecretStr
    app_token: SecretStr | None
    signing_secret: SecretStr | None
    api_url: str

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is listened to over a socket."""
        return self.app_token is not None


class ServerSettings(BaseModel):
    """Where HTTP is served; `health_port` serves the health paths and the figures, and nothing of Slack's."""

    model_config = ConfigDict(frozen=True)

    host: str
    port: int
    health_port: int | None
    log_level: str


class JiraSettings(BaseModel):
    """How Jira is reached: with e-mail and API token on Cloud, with a personal access token on Data Center. Where it posts to us, its
    posts are signed with `webhook_secret` and taken on `webhook_port`."""

    model_config = ConfigDict(frozen=True)

    url: str
    token: SecretStr
    email: str
    cloud: bool
    webhook_secret: SecretStr | None = None
    webhook_port: int | None = None


class CaldavSettings(BaseModel):
    """Where the shared calendar is, and who we are there; `timeout` is in seconds, for each part of an answer."""

    model_config = ConfigDict(frozen=True)

    url: str
    user: str
    password: SecretStr
    timeout: float


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
    calendar = Calendar(
        env.business_tz,
        frozenset(DAYS.index(day) for day in env.weekend),
        env.holidays,
        span(env.working_hours),
    )
    mail = _mail(env)
    return Settings(
        slack=SlackSettings(
            bot_token=env.slack_bot_token,
            app_token=env.slack_app_token,
            signing_secret=env.slack_signing_secret,
            api_url=env.slack_api_url,
        ),
        server=ServerSettings(
            host=env.host, port=env.port, health_port=env.health_port, log_level=env.log_level.upper()
        ),
        database_url=SecretStr(env.database_url),
        policy=Policy(
            calendar=calendar,
            roll=env.sev1_roll,
            ic_group=env.ic_group,
            ic_users=frozenset(env.ic_users),
            allow_external_owner=env.allow_external_owner,
            support_group=env.support_group,
            support_users=frozenset(env.support_users),
            support_channel=env.support_channel,
            review_channel=env.review_channel,
            learnings_channel=env.learnings_channel,
            admins=frozenset(env.admins),
            allow_waive=env.allow_waive,
            retention=timedelta(days=env.retention_days) if env.retention_days else None,
            impact_dimensions=tuple(env.impact_dimensions),
            mail_lists=MailLists(
                env.mail_list_sev1, env.mail_list_sev2, env.mail_list_restricted, env.mail_list_first, env.mail_support
            ),
            dialect=vocabulary_file.read(env.harvest_vocabulary),
            headings=headings.read(env.document_sections),
            canvas=env.document_canvas,
            files=document_files.read(env.document_files),
            action_days=(env.action_days_sev1, env.action_days),
            examples=tuple(links.read(each) for each in env.examples),
            pace=_pace(env),
            digest_day=DAYS.index(env.digest_day) if env.digest_day in DAYS else None,
            digest_at=env.digest_at,
            digest_channel=env.digest_channel,
            incident_channels=tuple(env.incident_channels),
            calendar_name=env.calendar_name,
            calendar_address=env.calendar_address or "",
            shared_calendar=env.caldav_url is not None,
            reactions=Reactions(
                tuple(env.reactions_timeline),
                tuple(env.reactions_todo),
                tuple(env.reactions_evidence),
                tuple(env.reactions_query),
                env.reaction_answer,
            ),
            silence=timedelta(hours=env.silence_hours),
            lookback=timedelta(days=env.harvest_lookback_days) if env.harvest_lookback_days else None,
            tickets=_tickets(env),
            wiki=_wiki_rules(env),
            mail=MailRules(mail.sender, env.mail_invitations) if mail else None,
        ),
        jira=_jira(env),
        caldav=_caldav(env),
        mail=mail,
        wiki=_wiki(env),
    )


def _mail(env: Environment) -> MailSettings | None:
    if env.smtp_host is None or env.mail_from is None:
        return None
    return MailSettings(
        host=env.smtp_host,
        port=mail_settings.port(env.smtp_port, env.smtp_security),
        security=env.smtp_security,
        user=env.smtp_user or "",
        password=env.smtp_password or SecretStr(""),
        timeout=env.smtp_timeout,
        sender=mail_settings.mailbox(env.mail_from),
        reply_to=mail_settings.mailbox(env.mail_reply_to) if env.mail_reply_to else None,
    )


def _jira(env: Environment) -> JiraSettings | None:
    if env.jira_url is None or env.jira_token is None:
        return None
    cloud = is_cloud(env)
    return JiraSettings(
        url=env.jira_url,
        token=env.jira_token,
        email=env.jira_email or "" if cloud else "",
        cloud=cloud,
        webhook_secret=env.jira_webhook_secret,
        webhook_port=env.jira_webhook_port,
    )


def _caldav(env: Environment) -> CaldavSettings | None:
    if env.caldav_url is None or env.caldav_user is None or env.caldav_password is None:
        return None
    return CaldavSettings(
        url=env.caldav_url, user=env.caldav_user, password=env.caldav_password, timeout=env.caldav_timeout_s
    )


def _wiki_rules(env: Environment) -> WikiRules | None:
    if env.confluence_url is None:
        return None
    return WikiRules(env.confluence_restrict_to, env.confluence_by_year, env.confluence_private_channels)


def _wiki(env: Environment) -> WikiSettings | None:
    url, email, token, space = env.confluence_url, env.confluence_email, env.confluence_token, env.confluence_space
    if url is None or email is None or token is None or space is None:
        return None
    return WikiSettings(url=url, email=email, token=token, space=space, parent=env.confluence_parent)


def _tickets(env: Environment) -> TicketRules | None:
    if env.jira_url is None or env.jira_project is None:
        return None
    return TicketRules(
        env.jira_project,
        env.jira_issue_type,
        env.jira_priorities,
        env.jira_url,
        read_every=timedelta(minutes=env.jira_status_minutes),
        followed=timedelta(days=env.jira_status_days),
    )


def _pace(env: Environment) -> Pace:
    usual = Pace()
    return Pace(
        no_owner=tuple(timedelta(hours=each) for each in sorted(env.reminder_no_owner_hours)),
        unbooked_after=timedelta(hours=env.reminder_unbooked_hours),
        draft_check=timedelta(hours=env.reminder_draft_hours),
        last_day_at=_last_afternoon(env),
        most={**usual.most, Nudge.OVERDUE: env.reminder_most, Nudge.UNBOOKED: env.reminder_most},
    )


def _within(at: time, hours: tuple[time, time]) -> bool:
    return hours[0] <= at < hours[1]


def _last_afternoon(env: Environment) -> time:
    """As it is set; where the usual time is none of the working hours, the beginning of their last one."""
    opens, closes = span(env.working_hours)
    if _within(env.reminder_last_day_at, (opens, closes)):
        return env.reminder_last_day_at
    return max(opens, time(closes.hour - 1, closes.minute)) if closes.hour else opens


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

    class Alone(BaseSettings):
        model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)
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
