"""Mail through a real server: encrypted and logged in, whole on the other side, and every way in which it can go wrong at every one of
its answers."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain.mail import CalendarPart, Mail, Mailbox
from bot.integrations import smtp_errors as said
from bot.integrations.smtp_mailer import SmtpMailer
from bot.mail_settings import Security
from bot.ports.errors import Busy, IntegrationError
from tests.fakes.clock import ManualClock
from tests.mail import local_smtp
from tests.mail.local_smtp import LocalSmtp, Way

ANA = Mailbox("ana@acme.example", "Ana")
BEN = Mailbox("ben@acme.example", "Ben")
MAIL = Mail("pm-1.summary.1", (ANA, BEN), "PM-1: what happened", "Hello.\n.\n..dots\n", "<p>Hello.</p>")
# Greeting, EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT twice, DATA, and the end of the mail.
ANSWERS = 10
# What leaves it open whether the mail was taken.
LOST = (Way.HANG, Way.HANG_BEFORE, Way.CUT, Way.NONSENSE)
NAMES = (
    'O\'Neil, Ana "the fox"', "Müller; Jürgen <j@x.example>", "שלום, עולם 🦊", "Константин, Константинопольский-Задунайский",
    "a\r\nBcc: eve@evil.example", "=?utf-8?q?Eve?=", "back\\slash", "comment (one)", "👩‍👩‍👧‍👦 " * 3,
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[LocalSmtp]:
    with local_smtp.running() as local:
        yield local


def mailer(server: LocalSmtp, **values: Any) -> SmtpMailer:
    return SmtpMailer(server.access(**values), ManualClock(datetime(2026, 3, 2, 12, tzinfo=UTC)))


def refusal(mailer: SmtpMailer, mail: Mail = MAIL) -> IntegrationError:
    with pytest.raises(IntegrationError) as caught:
        mailer.send(mail)
    return caught.value


def test_a_mail_arrives_whole(server: LocalSmtp) -> None:
    delivery = mailer(server, reply_to=Mailbox("ic@acme.example", "ICs")).send(replace(MAIL, thread="pm-1"))
    assert (delivery.message_id, delivery.refused) == ("<pm-1.summary.1@acme.example>", ())
    (envelope,), (mail,) = server.box, server.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == (
        "postmortems@acme.example",
        ["ana@acme.example", "ben@acme.example"],
    )
    told = local_smtp.headers(mail)
    assert (
        told["From"] == '"Post-mortems" <postmortems@acme.example>'
        or told["From"] == "Post-mortems <postmortems@acme.example>"
    )
    assert [each.addr_spec for each in mail["To"].addresses] == envelope.rcpt_tos
    assert mail["Reply-To"].addresses[0].addr_spec == "ic@acme.example"
    assert (told["Message-ID"], told["In-Reply-To"], told["References"]) == (
        "<pm-1.summary.1@acme.example>", "<pm-1@acme.example>", "<pm-1@acme.example>",
    )  # fmt: skip
    assert mail["Date"].datetime == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert (told["Auto-Submitted"], told["Precedence"]) == ("auto-generated", "bulk")
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text
    assert page
    assert text.get_content() == MAIL.text.replace("\n", "\r\n")
    assert page.get_content() == MAIL.html + "\r\n"


def test_sent_once_more_it_has_the_same_message_id_and_one_of_a_person_is_no_bulk(server: LocalSmtp) -> None:
    for _ in range(2):
        mailer(server).send(replace(MAIL, bulk=False))
    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert (first["Precedence"], first["List-ID"], first["References"]) == (None, None, None)


@pytest.mark.parametrize("name", NAMES)
def test_names_and_titles_survive_and_begin_no_header(server: LocalSmtp, name: str) -> None:
    mailer(server).send(replace(MAIL, to=(replace(ANA, name=name), BEN), subject=name, text=name))
    (mail,) = server.mails
    clean = " ".join(name.split())
    assert [(each.display_name, each.addr_spec) for each in mail["To"].addresses] == [
        (clean, "ana@acme.example"), ("Ben", "ben@acme.example"),
    ]  # fmt: skip
    assert mail["Subject"] == clean
    assert mail["Bcc"] is None
    assert server.box[0].rcpt_tos == ["ana@acme.example", "ben@acme.example"]


@pytest.mark.parametrize(
    "address",
    [
        "eve@evil.example\r\nRCPT TO:<x@y.example>",
        "a b@x.example",
        "x",
        "@x.example",
        "<a>@x.example",
        "a@-x-.example",
        "a@x..example",
    ],
)
def test_what_is_no_address_is_refused_alone(server: LocalSmtp, address: str) -> None:
    delivery = mailer(server).send(replace(MAIL, to=(Mailbox(address, "Eve"), BEN)))
    assert delivery.refused == ((address, said.NO_ADDRESS),)
    assert server.box[0].rcpt_tos == ["ben@acme.example"]
    assert [each.addr_spec for each in server.mails[0]["To"].addresses] == ["ben@acme.example"]


def test_domains_go_in_ascii_and_letters_before_the_at_as_far_as_the_server_takes_them() -> None:
    odd = replace(MAIL, to=(Mailbox("jürgen@müller.example", "Jürgen"), Mailbox("ana@bücher.example")))
    with local_smtp.running(LocalSmtp(utf8=True)) as server:
        assert mailer(server).send(odd).refused == ()
        assert server.box[0].rcpt_tos == ["jürgen@xn--mller-kva.example", "ana@xn--bcher-kva.example"]
    with local_smtp.running(LocalSmtp(utf8=False)) as server:
        assert mailer(server).send(odd).refused == (("jürgen@müller.example", said.ONLY_ASCII),)
        assert server.box[0].rcpt_tos == ["ana@xn--bcher-kva.example"]
        assert b"\xc3" not in (server.box[0].original_content or b"")


def test_an_event_is_beside_the_text_and_a_file_as_well(server: LocalSmtp) -> None:
    content = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Grüße 🦊\r\nEND:VCALENDAR\r\n".encode()
    mailer(server).send(replace(MAIL, calendar=CalendarPart("REQUEST", content, "meeting.ics")))
    (mail,) = server.mails
    alternative, file = mail.iter_parts()
    kinds = [each.get_content_type() for each in alternative.iter_parts()]
    assert (mail.get_content_type(), kinds) == ("multipart/mixed", ["text/plain", "text/html", "text/calendar"])
    event = list(alternative.iter_parts())[2]
    assert (event.get_param("method"), event.get_param("charset")) == ("REQUEST", "utf-8")
    assert event.get_payload(decode=True) == content
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "meeting.ics",
        "application/ics",
        content,
    )


def test_some_recipients_that_are_refused_are_named(server: LocalSmtp) -> None:
    server.refuses["ben@acme.example"] = "550 5.1.1 No such user"
    assert mailer(server).send(MAIL).refused == (("ben@acme.example", "550 5.1.1 No such user."),)
    assert server.box[0].rcpt_tos == ["ana@acme.example"]


@pytest.mark.parametrize(("answers", "again"), [(("550 No", "550 No"), False), (("450 Later", "550 No"), True)])
def test_where_nobody_is_left_nothing_is_sent(server: LocalSmtp, answers: tuple[str, str], again: bool) -> None:
    server.refuses = dict(zip(("ana@acme.example", "ben@acme.example"), answers, strict=True))
    error = refusal(mailer(server))
    assert (error.retryable, error.unknown, str(error).startswith(said.NOBODY)) == (again, False, True)
    assert not server.box


def test_a_mail_to_nobody_is_a_mistake(server: LocalSmtp) -> None:
    with pytest.raises(ValueError, match="nobody"):
        mailer(server).send(replace(MAIL, to=()))


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("number", range(1, ANSWERS + 1))
def test_at_every_answer_that_fails_it_is_known_whether_it_may_have_been_sent(way: Way, number: int) -> None:
    """Only after the very last step may the server have it; where it does, we never say that it has not."""
    handed: list[int] = []
    with local_smtp.running(LocalSmtp(at={number: way})) as server:
        try:
            mailer(server, timeout=0.3).send(MAIL, lambda: handed.append(number))
        except IntegrationError as error:
            caught = error
        else:
            # One recipient that was refused is told with the others, and there is another way to log in.
            assert number in (5, 7, 8)
            assert len(server.box) == 1
            return
    last = number == ANSWERS
    assert len(handed) == last
    assert caught.unknown == (last and way in LOST)
    assert len(server.box) == (caught.unknown and way is not Way.HANG_BEFORE)
    assert str(caught).endswith(".")
    assert caught.retryable == (way is not Way.REFUSED)


def test_what_stops_the_last_step_stops_the_mail(server: LocalSmtp) -> None:
    def busy() -> None:
        raise Busy("the lock was not had")

    with pytest.raises(Busy):
        mailer(server).send(MAIL, busy)
    assert not server.box


def test_everything_but_the_end_has_left_when_the_last_step_is_announced(server: LocalSmtp) -> None:
    seen: list[int] = []
    mailer(server).send(MAIL, lambda: seen.append(len(server.answers)))
    assert (seen, len(server.answers) >= ANSWERS) == ([ANSWERS - 1], True)


def test_nothing_is_sent_in_the_clear_where_tls_is_asked_for() -> None:
    with local_smtp.running(LocalSmtp(security=Security.NONE, login=False)) as server:
        error = refusal(mailer(server, security=Security.STARTTLS))
        assert (str(error), error.retryable) == (said.NO_STARTTLS, False)
        error = refusal(mailer(server, security=Security.TLS, timeout=0.5))
        assert str(error) in (said.NO_TLS_HERE, said.BROKEN, said.SLOW)
        assert not server.box


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_of_nobody_is_refused(security: Security) -> None:
    with local_smtp.running(LocalSmtp(security=security)) as server:
        error = refusal(mailer(server, trust=ssl.create_default_context()))
        assert (str(error), error.retryable) == (said.UNTRUSTED, False)
        mailer(server).send(MAIL)
        assert len(server.box) == 1


def test_a_wrong_password_is_said_without_it(server: LocalSmtp) -> None:
    error = refusal(mailer(server, password=SecretStr("wrong")))
    assert (str(error), error.name, error.retryable) == (said.LOGIN, "smtp_535", False)


def test_a_login_that_the_server_does_not_know_is_said() -> None:
    with local_smtp.running(LocalSmtp(security=Security.NONE, login=False)) as server:
        error = refusal(mailer(server, user="bot", password=SecretStr("x")))
        assert (str(error), error.retryable) == (said.NO_LOGIN, False)


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with local_smtp.running() as server:
        gone = mailer(server)
    for each in (gone, SmtpMailer(replace(gone.access, host="mail.invalid"), gone.clock)):
        error = refusal(each)
        assert (str(error), error.retryable, error.unknown) == (said.UNREACHABLE, True, False)


def test_a_server_that_answers_a_letter_at_a_time_holds_nobody_for_ever(server: LocalSmtp) -> None:
    """Each line of an endless answer comes in time; all of them together do not."""
    server.dripping = True
    error = refusal(mailer(server, timeout=0.1))
    assert (error.retryable, error.unknown) == (True, False)


def test_check_goes_up_to_the_sender_and_sends_nothing(server: LocalSmtp) -> None:
    mailer(server).check()
    assert server.answers[5:8] == [b"250 OK"] * 3
    assert not server.box


def test_check_says_that_the_sender_is_refused() -> None:
    with (
        local_smtp.running(LocalSmtp(at={6: Way.REFUSED})) as server,
        pytest.raises(IntegrationError, match=said.SENDER),
    ):
        mailer(server).check()
