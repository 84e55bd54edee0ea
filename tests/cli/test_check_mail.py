"""What `doctor` says of mail: each thing that would keep a mail from being sent, with how to mend it, and never the password."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.integrations import smtp_errors as said
from bot.mail_settings import Security
from cli import check_mail
from tests.mail import local_smtp
from tests.mail.local_smtp import PASSWORD, USER, LocalSmtp, Way

MUST = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "0" * 32}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def found(server: LocalSmtp, **settings: object) -> list[str]:
    given: dict[str, object] = {
        "smtp_host": "localhost",
        "smtp_port": server.port,
        "mail_from": "Post-mortems <pm@acme.example>",
    }
    given |= {"smtp_user": USER, "smtp_password": PASSWORD, "smtp_timeout": 1, "smtp_security": server.security.value}
    trust = server.access().trust
    lines = [each.line() for each in check_mail.look(config.load(**MUST, **{**given, **settings}), trust)]
    assert PASSWORD not in str(lines)
    assert all(line.endswith(".") for line in lines)
    return lines


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_when_all_is_well_it_is_said_how_mail_goes_and_none_is_sent(security: Security) -> None:
    with local_smtp.running(LocalSmtp(security=security)) as server:
        first, second = found(server, calendar_address="meetings@acme.example")
        assert first.startswith(
            f"ok    mail: localhost:{server.port} knows us as bot, and takes mail from pm@acme.example; encrypted by"
        )
        assert second.startswith(
            "ok    mail invitations: go to those whose addresses are known, and to the shared calendar at meetings@"
        )
        assert not server.box


def test_what_is_off_is_said() -> None:
    with local_smtp.running(LocalSmtp(security=Security.NONE, login=False)) as server:
        first, second = found(server, mail_invitations=False, smtp_user=None, smtp_password=None)
        assert "wants no login of us" in first
        assert first.endswith("not encrypted, on this machine.")
        assert "are off (MAIL_INVITATIONS)" in second


def test_without_a_server_it_says_what_then() -> None:
    (line,) = [each.line() for each in check_mail.look(config.load(**MUST))]
    assert line == "ok    mail: not set up (SMTP_HOST): people copy the text of mails."


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ({1: Way.REFUSED}, said.GREETING),
        ({1: Way.HANG}, said.SLOW),
        ({2: Way.CUT}, said.BROKEN),
        ({6: Way.CLOSING}, said.BUSY),
        ({6: Way.REFUSED}, said.SENDER),
        ({6: Way.REFUSED_FOR_NOW}, "Try again in some minutes"),
        ({7: Way.CUT}, said.BROKEN),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_said_in_one_sentence(at: dict[int, Way], sentence: str) -> None:
    with local_smtp.running(LocalSmtp(at=at)) as server:
        (line,) = found(server)
        assert line.startswith(f"WRONG mail: localhost:{server.port}: ")
        assert sentence in line


def test_a_wrong_password_a_wrong_port_and_a_server_that_is_away_are_told_apart() -> None:
    with local_smtp.running() as server:
        assert said.LOGIN in found(server, smtp_password="wrong")[0]
        assert said.ONLY_ENCRYPTED in found(server, smtp_security="none")[0]
        unknown = found(server, smtp_security="none", smtp_user=None, smtp_password=None)[0]
        assert said.ONLY_ENCRYPTED in unknown
        assert "SMTP_SECURITY" in unknown
        assert any(each in found(server, smtp_security="tls")[0] for each in (said.NO_TLS_HERE, said.BROKEN, said.SLOW))
    assert said.UNREACHABLE in found(server)[0]
    with local_smtp.running(LocalSmtp(security=Security.NONE, login=False)) as server:
        assert said.NO_STARTTLS in found(server, smtp_security="starttls")[0]
