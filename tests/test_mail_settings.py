"""The settings of mail: whole, or refused at the start in a sentence that names what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.config import ConfigError, Environment
from bot.domain.mail import Mailbox, MailRules
from bot.mail_settings import Security

MUST = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "0" * 32}
WHOLE: dict[str, Any] = {"smtp_host": "smtp.example.com", "mail_from": "pm@example.com"}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_a_server_there_is_no_mail() -> None:
    settings = config.load(**MUST)
    assert (settings.mail, settings.policy.mail) == (None, None)


def test_a_server_and_a_sender_are_enough() -> None:
    settings = config.load(**MUST, **WHOLE)
    assert settings.mail
    assert (settings.mail.port, settings.mail.security, settings.mail.user) == (587, Security.STARTTLS, "")
    assert settings.policy.mail == MailRules(Mailbox("pm@example.com"))


def test_all_of_it_is_read_and_the_password_stays_secret() -> None:
    given = {
        "smtp_security": "tls", "smtp_user": "bot", "smtp_password": "canary", "smtp_timeout": "5", "mail_invitations": "false",
        "mail_from": '"Post-mortems, the bot" <pm@example.com>', "mail_reply_to": "ics@example.com",
    }  # fmt: skip
    settings = config.load(**MUST, **WHOLE | given)
    mail = settings.mail
    assert mail
    assert (mail.port, mail.security, mail.user, mail.timeout) == (465, Security.TLS, "bot", 5)
    assert (mail.sender, mail.reply_to) == (
        Mailbox("pm@example.com", "Post-mortems, the bot"),
        Mailbox("ics@example.com"),
    )
    assert settings.policy.mail == MailRules(mail.sender, invitations=False)
    assert "canary" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mail_from": None}, "MAIL_FROM is missing: set the address that mail comes from, or leave SMTP_HOST empty."),
        ({"smtp_host": None}, "SMTP_HOST is missing: set it beside MAIL_FROM, or leave both empty."),
        ({"smtp_user": "bot"}, "SMTP_PASSWORD is missing: set it beside SMTP_USER, or leave both empty."),
        ({"smtp_password": "x"}, "SMTP_USER is missing: set it beside SMTP_PASSWORD, or leave both empty."),
        (
            {"smtp_host": "https://smtp.example.com"},
            "SMTP_HOST cannot be used: Write the name of the mail server alone",
        ),
        ({"smtp_host": "localhost:5587"}, "SMTP_HOST cannot be used: Write the name of the mail server alone"),
        ({"smtp_host": "[::1]:587"}, "SMTP_HOST cannot be used: Write the name of the mail server alone"),
        ({"mail_from": "a@b.example,c@d.example"}, "MAIL_FROM cannot be used: These are several addresses: write one"),
        (
            {"mail_reply_to": "A <a@b.example>; c@d.example"},
            "MAIL_REPLY_TO cannot be used: These are several addresses",
        ),
        ({"smtp_port": "0"}, "SMTP_PORT cannot be used: Write the port"),
        ({"smtp_security": "ssl"}, "SMTP_SECURITY cannot be used: Write starttls or tls"),
        ({"smtp_timeout": "0"}, "SMTP_TIMEOUT cannot be used: Write how many seconds"),
        ({"mail_from": "somebody"}, "MAIL_FROM cannot be used: Write an e-mail address"),
        ({"mail_from": "a@x.example\r\nBcc: b@x.example"}, "MAIL_FROM cannot be used: Write an e-mail address"),
        ({"mail_reply_to": "jürgen@x.example"}, "MAIL_REPLY_TO cannot be used: Write an e-mail address"),
        ({"mail_invitations": "perhaps"}, "MAIL_INVITATIONS cannot be used: Write true or false."),
        ({"smtp_security": "none"}, "SMTP_SECURITY cannot be used: none is for a mail server on this machine."),
        (
            {"smtp_security": "none-over-the-network", "smtp_user": "bot", "smtp_password": "x"},
            "SMTP_SECURITY cannot be used: a password is never sent unencrypted.",
        ),
    ],
)
def test_what_cannot_be_used_is_named(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(**MUST, **{name: value for name, value in (WHOLE | given).items() if value is not None})
    assert str(caught.value).startswith(said)


def test_lists_have_names_where_they_are_given() -> None:
    given = {"mail_list_sev1": "A, B <a@b.example>; All of us <all@b.example>", "mail_support": "help@b.example"}
    lists = config.load(**MUST, **given).policy.mail_lists
    assert lists.sev1 == ('"A, B" <a@b.example>', "All of us <all@b.example>")
    with pytest.raises(ConfigError, match=r"MAIL_LIST_SEV1 cannot be used: b\.example is no e-mail address"):
        config.load(**MUST, mail_list_sev1="A, B <b.example>")


def test_a_sender_whose_name_has_a_comma_is_one() -> None:
    mail = config.load(**MUST, **WHOLE | {"mail_from": "Post-mortems, the bot <pm@example.com>"}).mail
    assert mail
    assert mail.sender == Mailbox("pm@example.com", "Post-mortems, the bot")


def test_a_server_by_its_number_is_one() -> None:
    for host in ("::1", "127.0.0.1", "2001:db8::25"):
        mail = config.load(**MUST, **WHOLE | {"smtp_host": host}).mail
        assert mail
        assert mail.host == host


def test_unencrypted_is_for_this_machine_or_when_it_is_said_plainly() -> None:
    for given in ({"smtp_host": "localhost", "smtp_security": "none"}, {"smtp_security": "none-over-the-network"}):
        assert config.load(**MUST, **WHOLE | given).mail is not None
