"""The mails through a mail server: sent as they were written, said how far they are, never twice without asking (R-53, R-63)."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.harvest.person import Person
from bot.domain.kept_mail import MailState
from bot.domain.mail import Mailbox
from bot.domain.mail_draft import Letter
from tests.fakes import mailer as mails
from tests.fakes.bot import Bot
from tests.fakes.mailer import FakeMailer
from tests.listeners import handing, mailing
from tests.listeners.handing import IC, OWNER, SUPPORT
from tests.listeners.mailing import PAGE

LETTER = f"Hello,\n- Orders & co were slow.\n\nImpact\n- <b>412</b> given up\n\nRead it: {PAGE}"


@pytest.fixture
def server() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def bot(engine: Engine, server: FakeMailer) -> Bot:
    return mailing.made(engine, mailer=server, support_users=frozenset({SUPPORT}))


def sent(bot: Bot, user: str = OWNER, **typed: str) -> dict[str, Any]:
    """Press Send in the form."""
    return mailing.press(bot, mailing.form(bot, user), ids.MAIL_SEND, user, **typed)


def states(bot: Bot) -> list[MailState]:
    return [each.state for each in bot.look(lambda unit: unit.mails.of_record(bot.record().id))]


def shown(bot: Bot) -> str:
    """What the form says when it is opened again."""
    return json.dumps(mailing.form(bot))


def test_it_is_sent_as_it_was_written_as_text_and_as_html(bot: Bot, server: FakeMailer) -> None:
    after = sent(bot, **{ids.MAIL_BODY: LETTER, ids.MAIL_SUBJECT: "Slow orders"})
    assert "It goes out now to incident-reports@acme.example" in json.dumps(after)
    assert ids.MAIL_SEND not in json.dumps(after)
    bot.work()
    (mail,) = server.box
    assert [each.address for each in mail.to] == ["incident-reports@acme.example", "all@acme.example"]
    assert (mail.subject, mail.text) == ("Slow orders", LETTER)
    assert '<li dir="auto">&lt;b&gt;412&lt;/b&gt; given up</li>' in mail.html
    assert f'<a href="{PAGE}">' in mail.html
    assert re.findall("<strong>(.*?)</strong>", mail.html) == ["Impact"], "a greeting before a list is no heading"
    again = mailing.press(bot, after, ids.MAIL_LOOK)
    assert f"by <@{OWNER}> to incident-reports@acme.example, all@acme.example (2)" in json.dumps(again)
    assert "mailto:" not in json.dumps(again)
    assert any(entry.via == "sent by the mail server" for entry in bot.history())


def test_names_that_are_pasted_with_addresses_are_kept_shown_and_sent(bot: Bot, server: FakeMailer) -> None:
    pasted = 'Bell, Ana <ana@acme.example>; "a, b" <ab@acme.example>, c@acme.example'
    after = sent(bot, **{ids.MAIL_TO: pasted})
    names = '"Bell, Ana" <ana@acme.example>, "a, b" <ab@acme.example>, c@acme.example'
    assert mailing.fields(after)[ids.MAIL_TO] == names
    bot.work()
    (mail,) = server.box
    assert mail.to == (
        Mailbox("ana@acme.example", "Bell, Ana"),
        Mailbox("ab@acme.example", "a, b"),
        Mailbox("c@acme.example"),
    )
    assert "Bell, Ana" in shown(bot)
    assert "&lt;ana@acme.example&gt;" in shown(bot)


def test_a_wrong_one_among_them_is_named_and_nothing_is_sent(bot: Bot, server: FakeMailer) -> None:
    laid = sent(bot, **{ids.MAIL_TO: "Bell, Ana <ana@acme>; c@acme.example"})
    assert "ana@acme is no e-mail address" in json.dumps(laid)
    bot.work()
    assert server.tries == 0


def test_the_checklist_has_it_once_the_server_has_it_and_not_before(bot: Bot, server: FakeMailer) -> None:
    mailing.reviewed(bot)
    server.fail_next(mails.refused())
    sent(bot)
    bot.work()
    assert states(bot) == [MailState.FAILED]
    assert ids.MAIL_SUMMARY_OPEN in str(bot.command("status", OWNER).json["blocks"])
    assert "Not sent to" in shown(bot)
    mailing.press(bot, mailing.form(bot), ids.MAIL_SEND)
    bot.work()
    assert states(bot) == [MailState.FAILED, MailState.SENT]
    assert ":white_check_mark: Internal e-mail sent" in str(bot.command("status", OWNER).json["blocks"])


def test_a_server_that_asks_to_come_again_is_said_and_it_goes_once(bot: Bot, server: FakeMailer) -> None:
    server.before = {number: mails.busy() for number in (1, 2, 3, 4)}
    sent(bot)
    bot.work(timedelta(seconds=3))
    assert "will be again" in shown(bot)
    bot.later(timedelta(minutes=20))
    assert len(server.box) == 1
    assert ":envelope: Sent" in shown(bot)


def test_refused_addresses_are_named_with_their_reasons(bot: Bot, server: FakeMailer) -> None:
    server.refuses = {"all@acme.example": "550 unknown <mailbox>"}
    sent(bot)
    bot.work()
    said = shown(bot)
    assert "Refused: all@acme.example (550 unknown &lt;mailbox&gt;)" in said
    assert f"by <@{OWNER}> to incident-reports@acme.example\\n" in said, "to whom it went is who was taken"
    assert states(bot) == [MailState.SENT]


def test_a_lost_answer_is_said_and_settled_by_a_person(bot: Bot, server: FakeMailer) -> None:
    server.fail_next(mails.lost(), after=True)
    sent(bot)
    bot.work()
    view = mailing.form(bot)
    assert "may have gone out" in json.dumps(view)
    bot.press_in(view, ids.MAIL_SEND, f"{bot.record().id}:summary:1", OWNER)
    assert len(bot.look(lambda unit: unit.mails.of_record(bot.record().id))) == 1
    assert ids.MAIL_SEND not in json.dumps(view)
    after = mailing.press(bot, view, ids.MAIL_ARRIVED, **{ids.MAIL_SUBJECT: "typed meanwhile"})
    assert ":envelope: Sent" in json.dumps(after)
    assert "counts as sent" in json.dumps(after)
    assert mailing.fields(after)[ids.MAIL_SUBJECT] == "typed meanwhile"
    bot.work()
    assert server.tries == 1


def test_a_second_sending_asks_first_who_sent_it_and_when(bot: Bot, server: FakeMailer) -> None:
    bot.know(Person(OWNER, "ben", "Ben Abara"))
    theirs = mailing.form(bot, IC)
    sent(bot)
    bot.work()
    asked = mailing.press(bot, theirs, ids.MAIL_SEND, IC)
    assert f"by <@{OWNER}>" in json.dumps(asked)
    assert "once more" in json.dumps(asked)
    assert len(server.box) == 1
    question = mailing.button(asked, ids.MAIL_SEND)["confirm"]["text"]["text"]
    assert "by Ben Abara to incident-reports@acme.example" in question
    mailing.press(bot, asked, ids.MAIL_SEND, IC)
    bot.work()
    assert len(server.box) == 2
    assert len({mail.identity for mail in server.box}) == 2


def test_one_on_its_way_is_not_sent_twice_by_two_people(bot: Bot, server: FakeMailer) -> None:
    mine, theirs = mailing.form(bot), mailing.form(bot, IC)
    mailing.press(bot, mine, ids.MAIL_SEND)
    laid = mailing.press(bot, theirs, ids.MAIL_SEND, IC)
    assert "on its way" in json.dumps(laid)
    bot.work()
    assert len(server.box) == 1


def test_without_the_link_nothing_is_sent(bot: Bot, server: FakeMailer) -> None:
    laid = sent(bot, **{ids.MAIL_BODY: "No link."})
    assert PAGE in json.dumps(laid)
    bot.work()
    assert server.tries == 0


def test_one_that_was_restricted_before_it_left_does_not_leave(bot: Bot, server: FakeMailer) -> None:
    sent(bot)
    handing.put(bot, restricted=True)
    bot.work()
    assert server.box == []
    assert states(bot) == [MailState.DROPPED]
    assert "Not sent" in shown(bot)
    (post,) = [post for post in bot.chat.told(OWNER) if ":mail_dropped:" in post.mark]
    assert "was not sent" in post.text
    assert "Checkout" not in post.text


def test_a_restricted_one_goes_to_its_own_list_with_nothing_in_it(bot: Bot, server: FakeMailer) -> None:
    handing.put(bot, restricted=True)
    sent(bot)
    bot.work()
    (mail,) = server.box
    assert [each.address for each in mail.to] == ["security@acme.example"]
    for leaked in ("Checkout", mailing.OVERVIEW, PAGE, "SEV-1"):
        assert leaked not in mail.subject + mail.text + mail.html


def test_support_sends_its_own_note_and_the_owner_cannot(bot: Bot, server: FakeMailer) -> None:
    handing.reviewed(bot)
    view = mailing.form(bot, SUPPORT, ids.MAIL_SUPPORT_OPEN)
    before = bot.contents()
    mailing.press(bot, view, ids.MAIL_SEND, OWNER)
    assert bot.contents() == before
    mailing.press(bot, view, ids.MAIL_SEND, SUPPORT)
    bot.work()
    (mail,) = server.box
    assert [each.address for each in mail.to] == ["support@acme.example"]
    assert handing.TEXT["happened"] in mail.text
    assert mailing.draft(bot, Letter.SUPPORT).body


def test_without_a_server_any_more_the_button_says_so(engine: Engine, server: FakeMailer) -> None:
    with_server = mailing.made(engine, mailer=server)
    view = mailing.form(with_server)
    alone = Bot(engine, clock=with_server.clock, chat=with_server.chat)
    laid = mailing.press(alone, view, ids.MAIL_SEND)
    assert "no mail server any more" in json.dumps(laid)
    alone.work()
    assert server.tries == 0
