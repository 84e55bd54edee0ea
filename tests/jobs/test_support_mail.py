"""The message to customers on its way to the support team's mailbox (R-50), through a real mail server: beside the hand-over in Slack,
from the support team and never from the owner, and nothing of the process moves by it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.external_message import ExternalMessage
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail import MailRules
from bot.domain.policy import Policy
from bot.domain.recipients import MailLists
from bot.domain.status import Status
from bot.integrations.smtp_mailer import SmtpMailer
from tests.fakes.bot import Bot
from tests.fakes.clock import ManualClock
from tests.listeners import handing, mailing
from tests.listeners.handing import IC, OWNER, SUPPORT, TEXT
from tests.mail import local_smtp
from tests.mail.local_smtp import SENDER, LocalSmtp, Way

MAILBOX = "help@acme.example"
STATUS_PAGE = {"link": "https://status.example.com/i/1"}


@pytest.fixture
def server() -> Iterator[LocalSmtp]:
    with local_smtp.running() as local:
        yield local


@pytest.fixture
def bot(engine: Engine, server: LocalSmtp) -> Bot:
    """The message is reviewed, and support has it in Slack."""
    clock = ManualClock()
    policy = Policy(
        mail=MailRules(SENDER),
        mail_lists=MailLists(support=(f'"Support, all of us" <{MAILBOX}>',), restricted=("security@acme.example",)),
        support_users=frozenset({SUPPORT}),
    )
    bot = Bot(engine, clock=clock, policy=policy, mailer=SmtpMailer(server.access(timeout=0.5), clock))
    bot.assigned()
    handing.put(bot, page_url=mailing.PAGE, title="Checkout is slow", severity=1)
    handing.reviewed(bot)
    return bot


def kept(bot: Bot) -> list[KeptMail]:
    found: list[KeptMail] = bot.look(lambda unit: unit.mails.of_record(bot.record().id, Purpose.SUPPORT))
    return found


def opened(bot: Bot, user: str = SUPPORT) -> dict[str, object]:
    """The form, by the button under what was handed over in Slack."""
    (task,) = handing.tasks(bot)
    bot.press(ids.MAIL_SUPPORT_OPEN, handing.value(task, ids.MAIL_SUPPORT_OPEN), user)
    return bot.screens.form()


def words(server: LocalSmtp) -> str:
    body = server.mails[-1].get_body(("plain",))
    assert body
    return str(body.get_content())


@pytest.mark.parametrize("user", [SUPPORT, IC])
def test_from_the_hand_over_it_goes_to_the_teams_mailbox_word_for_word(bot: Bot, server: LocalSmtp, user: str) -> None:
    view = opened(bot, user)
    assert mailing.fields(view)[ids.MAIL_TO] == f'"Support, all of us" <{MAILBOX}>'
    mailing.press(bot, view, ids.MAIL_SEND, user)
    bot.work()
    (envelope,), (mail,) = server.box, server.mails
    assert envelope.rcpt_tos == [MAILBOX]
    assert [(each.display_name, each.addr_spec) for each in mail["To"].addresses] == [("Support, all of us", MAILBOX)]
    assert mail["Subject"] == "Message to customers: Checkout is slow (PM-1)"
    assert all(each in words(server) for each in (*TEXT.values(), "What Are We Doing About This?", mailing.PAGE))
    assert [(each.state, each.asked_by) for each in kept(bot)] == [(MailState.SENT, user)]
    assert bot.record().status is Status.REVIEWED, "a mail is no post"
    assert len(handing.tasks(bot)) == 1


def test_the_owner_neither_opens_nor_sends_it_nor_marks_it_as_posted(bot: Bot, server: LocalSmtp) -> None:
    view, (task,) = opened(bot), handing.tasks(bot)
    before = bot.contents()
    bot.press(ids.MAIL_SUPPORT_OPEN, bot.record().id, OWNER)
    assert "Only the support team and the IC" in bot.screens.sentence()
    assert "Only the support team or the IC" in str(mailing.press(bot, view, ids.MAIL_SEND, OWNER))
    shown = len(bot.screens.opened)
    bot.press(ids.EXTERNAL_POSTED, handing.value(task), OWNER)
    assert (len(bot.screens.opened), bot.contents()) == (shown, before)
    bot.work()
    assert server.box == []
    assert bot.record().status is Status.REVIEWED


def test_once_it_is_posted_the_mail_says_where(bot: Bot, server: LocalSmtp) -> None:
    (task,) = handing.tasks(bot)
    bot.press(ids.EXTERNAL_POSTED, handing.value(task), SUPPORT)
    assert not handing.send(bot, bot.screens.form(), SUPPORT, **STATUS_PAGE).errors
    bot.work()
    assert bot.record().status is Status.CLOSED
    mailing.press(bot, mailing.form(bot, SUPPORT, ids.MAIL_SUPPORT_OPEN), ids.MAIL_SEND, SUPPORT)
    bot.work()
    assert f"It is posted: {STATUS_PAGE['link']}" in words(server)


def test_an_answer_that_was_lost_is_put_to_whoever_of_support_sent_it(bot: Bot, server: LocalSmtp) -> None:
    view = opened(bot)
    server.at = {len(server.answers) + 9: Way.CUT}
    mailing.press(bot, view, ids.MAIL_SEND, SUPPORT)
    bot.work()
    assert [each.state for each in kept(bot)] == [MailState.UNKNOWN]
    (question,) = [post for post in bot.chat.told(SUPPORT) if ":mail_unknown:" in post.mark]
    assert "the mail to Customer Support may have been sent" in question.text
    bot.press(ids.MAIL_AGAIN, f"{bot.record().id}:{kept(bot)[0].identity}", SUPPORT)
    bot.work()
    assert [(each.state, each.settled_by) for each in kept(bot)] == [(MailState.SENT, SUPPORT)]


def test_wanted_again_and_then_restricted_it_is_not_sent_and_the_question_says_so(bot: Bot, server: LocalSmtp) -> None:
    view = opened(bot)
    server.at = {len(server.answers) + 9: Way.CUT}
    mailing.press(bot, view, ids.MAIL_SEND, SUPPORT)
    bot.work()
    bot.press(ids.MAIL_AGAIN, f"{bot.record().id}:{kept(bot)[0].identity}", SUPPORT)
    handing.put(bot, restricted=True)
    bot.work()
    (question,) = [post for post in bot.chat.told(SUPPORT) if ":mail_unknown:" in post.mark]
    assert "was not sent again, since the post-mortem was restricted or opened again" in question.text
    assert f"Settled by <@{SUPPORT}>" in question.text
    assert "Checkout" not in question.text
    assert any(":mail_dropped:" in post.mark for post in bot.chat.told(SUPPORT)), "also who is not in the channel"


def test_taken_back_there_is_nothing_to_mail(bot: Bot, server: LocalSmtp) -> None:
    opened(bot)
    handing.put(bot, status=Status.IN_REVIEW)
    shown = len(bot.screens.opened)
    bot.press(ids.MAIL_SUPPORT_OPEN, bot.record().id, SUPPORT)
    assert "no reviewed message to customers" in bot.screens.sentence()
    assert len(bot.screens.opened) == shown
    assert handing.decision(bot).value is ExternalMessage.PRESENT


def test_of_a_restricted_one_it_names_the_number_and_goes_to_its_own_list(bot: Bot, server: LocalSmtp) -> None:
    handing.put(bot, restricted=True)
    view = mailing.form(bot, SUPPORT, ids.MAIL_SUPPORT_OPEN)
    assert MAILBOX not in json.dumps(view)
    mailing.press(bot, view, ids.MAIL_SEND, SUPPORT)
    bot.work()
    (envelope,) = server.box
    assert envelope.rcpt_tos == ["security@acme.example"]
    assert not [each for each in (*TEXT.values(), "Checkout", mailing.PAGE) if each in words(server)]
