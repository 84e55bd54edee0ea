"""Jira: where it is, what tickets are made of, and how their status comes back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from bot.config.typed import Part, Port, phrases
from bot.domain.tickets import PRIORITIES, TicketRules

HINTS = {
    "JIRA_EMAIL": "Write the e-mail address of the account that JIRA_TOKEN belongs to.",
    "JIRA_PROJECT": "Write a project's key, such as OPS.",
    "JIRA_CLOUD": "Write true for Jira Cloud, false for Data Center; left empty, the address tells.",
    "JIRA_WEBHOOK_SECRET": "Write at least 16 characters, the same that Jira's webhook has as its secret.",
    "JIRA_WEBHOOK_PORT": "Write a port that Jira can reach, such as 3001.",
}


class JiraPart(Part):
    """Jira."""

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
    jira_webhook_port: Port | None = None

    @field_validator("jira_url")
    @classmethod
    def _jira_address(cls, value: str | None) -> str | None:
        return None if value is None else jira_address(value)

    @field_validator("jira_project", mode="before")
    @classmethod
    def _jira_key(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("jira_priorities", mode="before")
    @classmethod
    def _named_priorities(cls, value: object) -> object:
        return priorities(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _whole_jira(self) -> Self:
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
    def _whole_webhook(self) -> Self:
        """A port without a secret would be open to everybody, and a secret without a port of no use."""
        secret, port = self.jira_webhook_secret is not None, self.jira_webhook_port is not None
        if secret and self.jira_url is None:
            raise ValueError("JIRA_URL is missing: set it beside JIRA_WEBHOOK_SECRET, or leave both empty.")
        if secret and not port:
            raise ValueError("JIRA_WEBHOOK_PORT is missing: set it beside JIRA_WEBHOOK_SECRET, or leave both empty.")
        if port and not secret:
            raise ValueError("JIRA_WEBHOOK_SECRET is missing: set it beside JIRA_WEBHOOK_PORT, or leave both empty.")
        return self


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


def jira_address(value: str) -> str:
    """Jira's own address without a slash at its end; secrets go over TLS, but to this machine itself. Raises ValueError."""
    address = urlsplit(value.strip())
    here = address.hostname in ("localhost", "127.0.0.1", "::1")
    if address.scheme != "https" and not (address.scheme == "http" and here):
        raise ValueError("Write an address that begins with https://.")
    if not address.hostname or address.query or address.fragment or "@" in address.netloc:
        raise ValueError("Write Jira's own address, such as https://example.atlassian.net, and nothing after it.")
    return value.strip().rstrip("/")


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


def is_cloud(env: JiraPart) -> bool:
    """As it is set, else by the address."""
    if env.jira_cloud is not None:
        return env.jira_cloud
    return (urlsplit(env.jira_url or "").hostname or "").endswith(".atlassian.net")


def _credential(env: JiraPart) -> str:
    return "an API token" if is_cloud(env) else "a personal access token"


def jira(env: JiraPart) -> JiraSettings | None:
    """How Jira is reached; None without it."""
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


def tickets(env: JiraPart) -> TicketRules | None:
    """What tickets are made of; None without Jira."""
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
