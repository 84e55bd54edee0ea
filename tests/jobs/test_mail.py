"""One mail, whatever is refused, slow, cut off, lost or killed on the way; or one question to a person, whose answer settles it."""

from __future__ import annotations

from collections import Counter
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
RECIPIENTS = range(7, 10)


def begun(engine: Engine, to: Mailer, clock: ManualClock | None = None) -> Bot:
    """The meeting is booked, and its mail is about to leave."""
    bot = Bot(engine, clock=clock, policy=POLICY, mailer=to)
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


def overtaken(engine: Engine) -> tuple[Bot, FakeMailer]:
    """Nobody knows what became of the first invitation, and the meeting has moved."""
    box = FakeMailer()
    box.fail_next(mailer.lost(), after=True)
    bot = begun(engine, box)
    bot.work()
    book(bot, THURSDAY - timedelta(hours=1))
    bot.work()
    return bot, box


@pytest.mark.parametrize("answer", [ids.MAIL_AGAIN, ids.MAIL_ARRIVED])
def test_an_invitation_that_a_newer_one_overtook_needs_no_answer_and_says_so_at_the_first_press(
    engine: Engine, answer: str
) -> None:
    bot, box = overtaken(engine)
    (question,) = asked(bot)
    assert not buttons(question)
    assert "needs no answer any more: a newer one has taken its place" in str(question.drawing)
    assert "May have been sent, or not" not in str(bot.card.drawing)
    first, second = kept(bot)
    said = bot.press(answer, f"{bot.record().id}:{first.identity}", OWNER)
    assert "A newer invitation has taken the place of this one" in (said.sentence or str(bot.screens.shown[-1:]))
    bot.work()
    assert [each.identity for each in box.box] == [first.identity, second.identity]


def test_who_overtaken_or_not_may_have_the_meeting_is_told_of_its_end(engine: Engine) -> None:
    bot, box = overtaken(engine)
    bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:1", OWNER)
    bot.work()
    assert {each.address for each in box.box[-1].to} == {ANA, BEN, CALENDAR}
    assert box.box[-1].subject.startswith("Cancelled")


def test_who_presses_before_the_newer_one_is_wanted_is_told_that_nothing_was_sent(engine: Engine) -> None:
    box = FakeMailer()
    box.fail_next(mailer.lost(), after=True)
    bot = begun(engine, box)
    bot.work()
    press(bot, ids.MAIL_AGAIN)
    bot.clock.advance_to(THURSDAY + timedelta(hours=2))
    bot.work()
    (question,) = asked(bot)
    assert "was not sent again" in str(question.drawing)
    assert f"Settled by <@{OWNER}>" in str(question.drawing)
    assert len(box.box) == 1


def test_killed_while_the_server_was_thinking_nothing_is_asked_about_what_a_newer_one_overtook(engine: Engine) -> None:
    dying = Dying("sent")
    bot = begun(engine, dying)
    with pytest.raises(errors.Crash):
        bot.work()
    other = Bot(engine, clock=bot.clock, chat=bot.chat, policy=POLICY, mailer=dying.box, synced=False)
    book(other, THURSDAY - timedelta(hours=1))
    other.work()
    other.later(ANSWERED_WITHIN + timedelta(minutes=5))
    other.later(timedelta(days=1))
    assert [each.state for each in kept(other)] == [MailState.UNKNOWN, MailState.SENT]
    assert asked(other) == []
    assert "May have been sent, or not" not in str(other.card.drawing)


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
        if way is Way.REFUSED_FOR_NOW and number in RECIPIENTS:
            # Who is refused for the time being has a mail alone, later: nobody has two.
            assert [each.state for each in kept(bot)] == [MailState.SENT] * 2
            assert sorted(Counter(to for each in server.box for to in each.rcpt_tos).values()) == [1, 1, 1]
            assert asked(bot) == []
            return
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
    (question,) = asked(bot)
    assert not buttons(question), "it is settled by the answer"
    assert (len(thinking.box), kept(bot)[0].state) == (1, MailState.SENT)
    assert "nothing left to decide" in press(bot, ids.MAIL_AGAIN)


# Refused for the time being, beside others who have it.


def greylisted(engine: Engine, server: LocalSmtp, *addresses: str) -> Bot:
    """Its recipients are refused for now."""
    server.refuses = dict.fromkeys(addresses, "450 4.7.1 Greylisted")
    clock = ManualClock()
    bot = begun(engine, SmtpMailer(server.access(timeout=0.5), clock), clock)
    bot.work()
    return bot


def refusals(bot: Bot) -> list[Any]:
    return [post for post in bot.chat.posts if "mail_refused" in post.mark]


def test_who_is_refused_for_the_time_being_gets_it_alone_as_soon_as_that_is_over(engine: Engine) -> None:
    with local_smtp.running() as server:
        bot = greylisted(engine, server, BEN)
        server.refuses.clear()
        bot.later(timedelta(minutes=10))
        assert [set(each.rcpt_tos) for each in server.box] == [{ANA, CALENDAR}, {BEN}]
        assert refusals(bot) == [], "nobody hears of what mends itself"
        first, rest = server.mails
        assert first["Subject"] == rest["Subject"]
        sequences = {part.get_payload(decode=True).split(b"SEQUENCE:")[1].split()[0] for each in (first, rest)
                     for part in each.walk() if part.get_content_type() == "text/calendar"}  # fmt: skip
        assert sequences == {b"0"}
        assert {each.state for each in kept(bot)} == {MailState.SENT}
        assert [each.new for each in bot.history() if each.field.startswith("mail")] == [
            "2 of 3 addresses", "1 of 1 addresses",
        ]  # fmt: skip
        book(bot, THURSDAY - timedelta(hours=1))
        bot.work()
        assert set(server.box[-1].rcpt_tos) == {ANA, BEN, CALENDAR}


def test_who_is_refused_for_the_time_being_for_too_long_is_told_once_by_name(engine: Engine) -> None:
    with local_smtp.running() as server:
        bot = greylisted(engine, server, BEN)
        bot.work(timedelta(hours=2))
        (said,) = refusals(bot)
        assert "went to 2 of 3 addresses" in str(said.drawing)
        assert BEN in str(said.drawing)
        assert "Greylisted" in str(said.drawing)
        assert ANA not in str(said.drawing)
        assert troubles(bot) == []
        assert [set(each.rcpt_tos) for each in server.box] == [{ANA, CALENDAR}]
        assert {each.state for each in kept(bot)} == {MailState.SENT, MailState.FAILED}


def test_who_is_refused_for_good_beside_them_is_told_at_once(engine: Engine) -> None:
    with local_smtp.running() as server:
        server.refuses = {ANA: "550 5.1.1 No such user", BEN: "450 4.7.1 Greylisted"}
        clock = ManualClock()
        bot = begun(engine, SmtpMailer(server.access(timeout=0.5), clock), clock)
        bot.work()
        (said,) = refusals(bot)
        assert (ANA in str(said.drawing), BEN in str(said.drawing)) == (True, False)
        server.refuses = {}
        bot.later(timedelta(minutes=10))
        assert [set(each.rcpt_tos) for each in server.box] == [{CALENDAR}, {BEN}]


def test_a_rest_that_was_overtaken_is_not_sent(engine: Engine) -> None:
    with local_smtp.running() as server:
        bot = greylisted(engine, server, BEN)
        book(bot, THURSDAY - timedelta(hours=1))
        server.refuses.clear()
        bot.later(timedelta(minutes=30))
        assert [set(each.rcpt_tos) for each in server.box] == [{ANA, CALENDAR}, {ANA, BEN, CALENDAR}]


# What nobody knows stands on the card until it is settled.


def buttons(post: Any) -> bool:
    return ids.MAIL_AGAIN in str(post.drawing)


@pytest.mark.parametrize("answer", [ids.MAIL_AGAIN, ids.MAIL_ARRIVED])
def test_a_mail_in_doubt_stands_on_the_card_until_it_is_settled_and_its_buttons_give_way(
    engine: Engine, answer: str
) -> None:
    box = FakeMailer()
    box.fail_next(mailer.lost(), after=True)
    bot = begun(engine, box)
    bot.work()
    assert "May have been sent, or not" in str(bot.card.drawing)
    assert f"<@{OWNER}> says whether it arrived" in str(bot.card.drawing)
    assert ANA not in str(bot.card.drawing)
    assert buttons(asked(bot)[0])
    press(bot, answer)
    bot.work()
    (question,) = asked(bot)
    assert not buttons(question)
    assert f"Settled by <@{OWNER}>, <!date" in str(question.drawing)
    assert "May have been sent, or not" not in str(bot.card.drawing)


def test_a_mail_in_doubt_twice_is_asked_about_twice_and_only_the_newer_question_has_buttons(engine: Engine) -> None:
    box = FakeMailer()
    box.fail_next(mailer.lost(), after=True)
    bot = begun(engine, box)
    bot.work()
    box.fail_next(mailer.lost(), after=True)
    press(bot, ids.MAIL_AGAIN)
    bot.work()
    assert [buttons(each) for each in asked(bot)] == [False, True]


def test_what_was_settled_before_the_question_left_is_not_asked(engine: Engine) -> None:
    box = FakeMailer()
    box.fail_next(mailer.lost(), after=True)
    bot = begun(engine, box)
    while bot.step(Lane.MESSAGES):
        pass
    bot.clock.advance(timedelta(seconds=10))
    while bot.step(Lane.FILES):
        pass
    press(bot, ids.MAIL_ARRIVED)
    bot.work()
    assert asked(bot) == []
