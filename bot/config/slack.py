"""How Slack is reached and how it reaches us, where HTTP is served, and the database."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from bot.config.typed import Part, Port

SLACK = "https://slack.com/api/"

HINTS = {"LOG_LEVEL": "Write debug, info, warning or error."}


class SlackPart(Part):
    """Slack, the ports, the database and the log."""

    slack_bot_token: SecretStr
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK
    host: str = "0.0.0.0"  # noqa: S104 - a container is reached from outside it
    port: Port = 3000
    health_port: Port | None = None
    database_url: str = "sqlite:///postmortem.db"
    log_level: Annotated[str, Field(pattern=r"(?i)^(debug|info|warning|error)$")] = "info"

    @field_validator("slack_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("Write an address that begins with https://.")
        return value if value.endswith("/") else f"{value}/"

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
    def _one_way_in(self) -> Self:
        if not self.slack_app_token and not self.slack_signing_secret:
            raise ValueError("SLACK_SIGNING_SECRET is missing: set it for HTTP, or SLACK_APP_TOKEN for Socket Mode.")
        return self


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


def slack(env: SlackPart) -> SlackSettings:
    """The way to Slack and back."""
    return SlackSettings(
        bot_token=env.slack_bot_token,
        app_token=env.slack_app_token,
        signing_secret=env.slack_signing_secret,
        api_url=env.slack_api_url,
    )


def server(env: SlackPart) -> ServerSettings:
    """Where HTTP is served."""
    return ServerSettings(host=env.host, port=env.port, health_port=env.health_port, log_level=env.log_level.upper())
