"""One mail, whatever is refused, slow, cut off, lost or killed on the way; or one question to a person, whose answer settles it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.kept_mail import ANSWERED_WITHIN, MailState
from bot.domain.mail import Mail
from bot.domain.outgoing import Lane
from bot.integrations.smtp_mailer import SmtpMailer
from bot.ports.errors import Busy, IntegrationError
from bot.ports.mailer import Mailer
from tests.fakes import errors, mailer
from tests.fakes.bot import Bot
from tests.fakes.clock import ManualClock
from tests.fakes.mailer import FakeMailer
from tests.jobs.test_invitation_mail import ANA, BEN, CALENDAR, PEOPLE, POLICY, kept
from tests.listeners.test_invitation import IC, OWNER, THURSDAY, book, put
from tests.mail import local_smtp
from tests.mail.local_smtp import LocalSmtp, Way

# Greeting, EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT for three, DATA, and the end of the mail.
ANSWERS = 11


def begun(engine: Engine, to: Mailer) -> Bot:
    """The meeting is booked, and its mail is about to leave."""
    bot = Bot(engine, policy=POLICY, mailer=to)
    bot.know(*PEOPLE)
    bot.assigned()
    put(bot, severity=1)
    book(bot)
    return bot


def asked(bot: Bot) -> list[Any]:
    """The questions what became of a mail, and to whom."""
    return [post for post in bot.chat.posts if ":mail_unknown:" in post.mark]


def troubles(bot: Bot) -> list[str]:
    return [str(post.drawing) for post in bot.chat.posts if ":trouble:" in post.mark]


def press(bot: Bot, action: str, user: str = OWNER) -> str:
    (mail,) = kept(bot)
    return bot.press(action, f"{bot.record().id}:{mail.identity}", user).sentence or str(bot.screens.shown[-1:])


def test_a_mail_is_sent_once_and_it_is_written_down_to_whom_and_when(engine: Engine) -> None:
    box = FakeMailer()
    bot = begun(engine, box)
    bot.work()
    bot.later(timedelta(hours=1))
    (sent,), (mail,) = box.box, kept(bot)
    assert (mail.state, mail.tries, mail.message_id) == (MailState.SENT, 1, f"<{sent.identity}@mail.example>")
    assert {each.address for each in mail.reached} == {ANA, BEN, CALENDAR}
    assert mail.sent_at is not None
    assert [(each.field, each.new) for each in bot.history() if each.field.startswith("mail")] == [
        ("mail: invitation", "3 of 3 addresses")
    ]


@pytest.mark.parametrize("error", [mailer.busy, mailer.refused])
def test_what_the_server_refuses_is_tried_again_only_where_that_can_help(
    engine: Engine, error: Callable[[], IntegrationError]
) -> None:
    box = FakeMailer()
    box.fail_next(error())
    bot = begun(engine, box)
    bot.later(timedelta(hours=1))
    (mail,) = kept(bot)
    if error is mailer.busy:
        assert (len(box.box), mail.state) == (1, MailState.SENT)
    else:
        assert (len(box.box), mail.state) == (0, MailState.FAILED)
        assert "554" in mail.trouble
        assert any("A mail could not be sent" in each and "554" in each for each in troubles(bot))


def test_one_that_was_refused_for_good_is_sent_when_somebody_wants_it_again(engine: Engine) -> None:
    box = FakeMailer()
    box.fail_next(mailer.refused())
    bot = begun(engine, box)
    bot.work()
    assert "not sent at all" in press(bot, ids.MAIL_ARRIVED)
    press(bot, ids.MAIL_AGAIN)
    bot.work()
    assert (len(box.box), kept(bot)[0].state) == (1, MailState.SENT)


@pytest.mark.parametrize("answer", [ids.MAIL_AGAIN, ids.MAIL_ARRIVED])
def test_a_lost_answer_is_put_to_the_owner_once_and_their_word_settles_it(engine: Engine, answer: str) -> None:
    box = FakeMailer()
    box.fail_next(mailer.lost(), after=True)
    bot = begun(engine, box)
    bot.work()
    bot.later(timedelta(days=1))
    (question,) = asked(bot)
    assert question.channel == bot.chat.open_dm(OWNER)
    assert "may have been sent to Ana" in str(question.drawing)
    assert (len(box.box), kept(bot)[0].state) == (1, MailState.UNKNOWN)
    press(bot, answer)
    bot.work()
    (mail,) = kept(bot)
    assert (mail.state, mail.settled_by) == (MailState.SENT, OWNER)
    assert [each.identity for each in box.box] == [mail.identity] * (2 if answer == ids.MAIL_AGAIN else 1)
    # A second click changes nothing.
    assert "nothing left to decide" in press(bot, answer)
    bot.work()
    assert len(box.box) == (2 if answer == ids.MAIL_AGAIN else 1)


def test_a_meeting_that_moved_meanwhile_is_not_invited_to_at_its_old_time(engine: Engine) -> None:
    box = FakeMailer()
    box.fail_next(mailer.lost(), after=True)
    bot = begun(engine, box)
    bot.work()
    book(bot, THURSDAY - timedelta(hours=1))
    bot.work()
    first, second = kept(bot)
    bot.press(ids.MAIL_AGAIN, f"{bot.record().id}:{first.identity}", OWNER)
    bot.work()
    assert [each.identity for each in box.box] == [first.identity, second.identity]
    assert [each.state for each in kept(bot)] == [MailState.DROPPED, MailState.SENT]


def test_only_people_with_a_part_in_it_say_what_became_of_it(engine: Engine) -> None:
    box = FakeMailer()
    box.fail_next(mailer.lost(), after=True)
    bot = begun(engine, box)
    bot.work()
    assert "Only" in press(bot, ids.MAIL_AGAIN, "U5")
    bot.work()
    assert (len(box.box), kept(bot)[0].state) == (1, MailState.UNKNOWN)
    press(bot, ids.MAIL_ARRIVED, IC)
    assert kept(bot)[0].state is MailState.SENT


@pytest.mark.parametrize("way", [each for each in Way if each is not Way.REFUSED])
@pytest.mark.parametrize("number", range(1, ANSWERS + 1))
def test_at_every_answer_of_a_real_server_one_mail_or_one_question(engine: Engine, way: Way, number: int) -> None:
    with local_smtp.running(LocalSmtp(at={number: way})) as server:
        clock = ManualClock()
        bot = Bot(engine, clock=clock, policy=POLICY, mailer=SmtpMailer(server.access(timeout=0.4), clock))
        bot.know(*PEOPLE)
        bot.assigned()
        put(bot, severity=1)
        book(bot)
        bot.work()
        bot.later(timedelta(hours=1))
        (mail,) = kept(bot)
        last = number == ANSWERS
        assert len(server.box) == (0 if last and way is Way.HANG_BEFORE else 1)
        if last and way in (Way.HANG, Way.HANG_BEFORE, Way.CUT, Way.NONSENSE):
            assert (mail.state, len(asked(bot))) == (MailState.UNKNOWN, 1)
        else:
            assert (mail.state, asked(bot)) == (MailState.SENT, [])


class Dying:
    """The process ends at one of four moments of a mail: before it is begun, before the last step is written down, after that, and
    when the server has it."""

    MOMENTS = ("begin", "before the step", "after the step", "sent")

    def __init__(self, at: str) -> None:
        self.at, self.box = at, FakeMailer()

    @property
    def configured(self) -> bool:
        return True

    def send(self, mail: Mail, hand_over: Callable[[], None] = lambda: None) -> Any:
        def stepping() -> None:
            self._die("before the step")
            hand_over()
            self._die("after the step")

        self._die("begin")
        delivery = self.box.send(mail, stepping)
        self._die("sent")
        return delivery

    def check(self) -> None:
        """All is well."""

    def _die(self, moment: str) -> None:
        if self.at == moment:
            self.at = ""
            raise errors.Crash


@pytest.mark.parametrize("moment", Dying.MOMENTS)
def test_killed_at_every_moment_the_next_process_sends_it_once_or_asks(engine: Engine, moment: str) -> None:
    dying = Dying(moment)
    bot = begun(engine, dying)
    with pytest.raises(errors.Crash):
        bot.work()
    other = Bot(engine, clock=bot.clock, chat=bot.chat, policy=POLICY, mailer=dying.box, synced=False)
    other.later(timedelta(minutes=2))
    assert asked(other) == [], "whoever had it in hand might still hear an answer"
    other.later(ANSWERED_WITHIN)
    other.later(timedelta(days=1))
    (mail,) = kept(other)
    if moment in ("begin", "before the step"):
        assert (mail.state, len(dying.box.box), asked(other)) == (MailState.SENT, 1, [])
    else:
        assert (mail.state, len(dying.box.box), len(asked(other))) == (MailState.UNKNOWN, moment == "sent", 1)


def test_two_that_send_at_the_same_time_send_one(engine: Engine) -> None:
    """The lease ran out while the first was slow: both are at the last step, and one of them is turned back."""
    box = FakeMailer()
    bot = begun(engine, box)
    other = Bot(engine, clock=bot.clock, chat=bot.chat, policy=POLICY, mailer=FakeMailer(), synced=False)

    class Slow(FakeMailer):
        def send(self, mail: Mail, hand_over: Callable[[], None] = lambda: None) -> Any:
            bot.clock.advance(timedelta(seconds=70))
            while other.step(Lane.FILES):
                pass
            return super().send(mail, hand_over)

    slow = Slow()
    first = Bot(engine, clock=bot.clock, chat=bot.chat, policy=POLICY, mailer=slow, synced=False)
    first.work()
    assert len(slow.box) + len(others_box(other)) == 1
    assert [each.state for each in kept(bot)] == [MailState.SENT]


def others_box(bot: Bot) -> list[Mail]:
    found = bot.mailer
    assert isinstance(found, FakeMailer)
    return found.box


def test_a_lock_that_is_not_had_at_the_last_step_is_no_mail_and_no_question(engine: Engine) -> None:
    class Locked(FakeMailer):
        def send(self, mail: Mail, hand_over: Callable[[], None] = lambda: None) -> Any:
            def busy() -> None:
                raise Busy("the lock was not had")

            return super().send(mail, busy if self.tries == 0 else hand_over)

    box = Locked()
    bot = begun(engine, box)
    bot.later(timedelta(minutes=10))
    assert (len(box.box), kept(bot)[0].state, asked(bot)) == (1, MailState.SENT, [])


def test_an_answer_that_comes_when_a_person_was_asked_already_counts(engine: Engine) -> None:
    """The server thinks for longer than anybody waits: another worker asks, then the answer comes."""
    bot = begun(engine, FakeMailer())
    other = Bot(engine, clock=bot.clock, chat=bot.chat, policy=POLICY, mailer=FakeMailer(), synced=False)

    class Thinking(FakeMailer):
        def send(self, mail: Mail, hand_over: Callable[[], None] = lambda: None) -> Any:
            delivery = super().send(mail, hand_over)
            other.later(ANSWERED_WITHIN + timedelta(minutes=2))
            return delivery

    thinking = Thinking()
    Bot(engine, clock=bot.clock, chat=bot.chat, policy=POLICY, mailer=thinking, synced=False).work()
    assert len(asked(bot)) == 1
    assert (len(thinking.box), kept(bot)[0].state) == (1, MailState.SENT)
    assert "nothing left to decide" in press(bot, ids.MAIL_AGAIN)
