"""The mail server, from whom mail goes, and to which lists."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from bot import mail_settings
from bot.config.typed import Part
from bot.domain import recipients
from bot.domain.errors import DomainError
from bot.domain.mail import MailRules
from bot.domain.recipients import MailLists
from bot.mail_settings import MailSettings, Security

HINTS = {
    "SMTP_HOST": "Write the name of the mail server alone, such as smtp.example.com; the port is SMTP_PORT.",
    "SMTP_PORT": "Write the port that the mail server takes mail on, such as 587.",
    "SMTP_SECURITY": f"Write starttls or tls, or none for a mail server on this machine, or {Security.OPEN}.",
    "SMTP_TIMEOUT": "Write how many seconds each answer of the mail server is waited for, such as 20; at most 60.",
    "MAIL_INVITATIONS": "Write true or false.",
}


class MailPart(Part):
    """Mail."""

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

    @field_validator(
        "mail_list_sev1", "mail_list_sev2", "mail_list_restricted", "mail_list_first", "mail_support", mode="before"
    )
    @classmethod
    def _addresses(cls, value: object) -> object:
        try:
            return recipients.read(value) if isinstance(value, str) else value
        except DomainError as error:
            raise ValueError(error.message) from error

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _mailbox(cls, value: str | None) -> str | None:
        if value is not None:
            mail_settings.mailbox(value)
        return value

    @model_validator(mode="after")
    def _whole_mail(self) -> Self:
        why = mail_settings.lacking(
            self.smtp_host, self.mail_from, self.smtp_user, self.smtp_password, self.smtp_security
        )
        if why is not None:
            raise ValueError(why)
        return self


def mail(env: MailPart) -> MailSettings | None:
    """How mail is sent; None without a server."""
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


def rules(env: MailPart) -> dict[str, Any]:
    """By their names in the policy."""
    found = mail(env)
    return {
        "mail": MailRules(found.sender, env.mail_invitations) if found else None,
        "mail_lists": MailLists(
            env.mail_list_sev1, env.mail_list_sev2, env.mail_list_restricted, env.mail_list_first, env.mail_support
        ),
    }
