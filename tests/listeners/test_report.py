"""`/postmortem report` and `/postmortem process-items`: for whoever asks, of what they may see; as a file once, whatever fails."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.engine import Engine

from bot.blocks import digest_post, ids
from bot.domain.actions import ActionItem, ActionKind, Decision
from bot.domain.booking import Booking, Outcome
from bot.domain.content import Entry, Section
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem, Times
from bot.ports.errors import IntegrationError, RateLimited
from bot.usecases import digests
from tests.factories import NOW
from tests.fakes import errors
from tests.fakes.bot import Bot
from tests.fakes.chat import File

ASKER, GUEST = "U4", "UGUEST"
PERIOD = "2026-08-26..2026-11-23"
DAY, PATIENCE = timedelta(days=1), timedelta(seconds=5)
LOST = IntegrationError("slow", name="timeout", retryable=True)
REFUSED = IntegrationError("The app lacks a scope.", name="missing_scope", retryable=False)


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """Four incidents: PM-1 met in time, PM-2 overdue, both on checkout; PM-3 of a private channel; PM-4 restricted, of the same channel."""
    bot = Bot(engine, policy=Policy(digest_day=None))
    add(bot, 1, "C11", title="=1+1 <!channel>", held=2)
    add(bot, 2, "C12", title="Search is slow")
    add(bot, 3, "C13", title="Private words", private=True, held=1)
    add(bot, 4, "C13", title="A leaked key", private=True, restricted=True, held=9, current=False)
    return bot


def add(bot: Bot, number: int, channel: str, *, private: bool = False, held: int | None = None, **values: Any) -> None:
    ended = NOW - 10 * DAY
    record = Postmortem(
        f"pm{number}", "T1", channel, number, ended, "U1", severity=1, times=Times(ended - DAY / 24, ended, ended),
        services=("checkout",), **values,
    )  # fmt: skip
    item = ActionItem(
        f"a{number}",
        record.id,
        f"Say who decides in {number} <@U1>",
        Decision.TICKET,
        "U1",
        ended,
        kind=ActionKind.PROCESS,
    )
    with bot.store.transaction(PATIENCE) as unit:
        unit.records.add(record)
        unit.channels.put(Channel("T1", channel, channel.lower(), private, False, NOW, frozenset({"U1"})))
        unit.items.put_action(item)
        unit.contents.save(
            record.id, Entry(Section.FACTORS, {"factors": ["The pool of connections ran dry"]}, 1, "U1", ended)
        )
        if held is not None:
            start = ended + held * DAY
            unit.meetings.put_booking(
                Booking(record.id, start, start + DAY / 48, "U1", ended, outcome=Outcome.AGREED, confirmed_at=start)
            )


def ask(bot: Bot, text: str = "report", user: str = ASKER) -> str:
    reply = bot.command(text, user)
    assert reply.status == 200
    return reply.text


def test_a_report_counts_what_the_asker_may_see_and_pings_nobody(bot: Bot) -> None:
    said = ask(bot)
    assert "2 incidents that you may see" in said
    assert "1 of 2 meetings in time, 1 overdue" in said
    assert "checkout: PM-1, PM-2" in said
    assert "alike in: pool, connections" in said
    for word in ("PM-3", "PM-4", "Private words", "leaked", "restricted", "<!channel>"):
        assert word not in said, word
    assert bot.chat.posts == []


def test_restricted_ones_are_in_the_numbers_of_those_who_may_see_them_alone(bot: Bot) -> None:
    said = ask(bot, user="U1")
    assert "4 incidents" in said
    assert "1 restricted, in the numbers alone" in said
    assert "checkout: PM-1, PM-2, PM-3" in said
    assert "leaked" not in said


def test_a_guest_is_told_of_nothing_outside(bot: Bot) -> None:
    assert "No incident that you may see" in ask(bot, user=GUEST)


@pytest.mark.parametrize(
    ("typed", "said"), [("report 3d", "No incident that you may see"), ("report 2026-11", "2 incidents")]
)
def test_another_period_is_asked_for_in_a_word(bot: Bot, typed: str, said: str) -> None:
    assert said in ask(bot, typed)


def test_what_is_no_period_is_answered_with_an_example(bot: Bot) -> None:
    for command in ("report", "process-items"):
        assert "2026-09-01..2026-10-15" in bot.command(f"{command} soon", ASKER).sentence


def test_process_items_come_incident_by_incident(bot: Bot) -> None:
    said = ask(bot, "process-items")
    assert "*PM-1* Say who decides in 1 &lt;@U1&gt;" in said
    assert said.count(" open") == 2
    assert "Say who decides in 2" in said
    for word in ("in 3", "in 4", "<@U1>"):
        assert word not in said, word
    assert "Say who decides in 4" not in ask(bot, "process-items", "U1")
    assert "has an action item of the type Process" in ask(bot, "process-items 3d")


def files(bot: Bot, user: str = ASKER) -> list[File]:
    return [each for each in bot.chat.visible_files().values() if each.shared and each.shared[0] == f"D{user}"]


def pressed(bot: Bot, what: str = ids.REPORT_CSV, user: str = ASKER, value: str = PERIOD, **values: Any) -> None:
    assert bot.press(what, value, user, **values).status == 200


def table(file: File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))


def test_the_table_comes_as_a_file_to_whoever_asked(bot: Bot) -> None:
    pressed(bot)
    assert "direct message" in bot.screens.sentence()
    bot.work()
    (file,) = files(bot)
    assert file.name == f"post-mortems-{PERIOD}.csv"
    assert [(row["post_mortem"], row["meeting"], row["days_to_meeting"]) for row in table(file)] == [
        ("PM-1", "in time", "2"), ("PM-2", "overdue", ""),
    ]  # fmt: skip
    assert table(file)[0]["title"] == "'=1+1 <!channel>", "no spreadsheet computes it"


def test_of_a_restricted_one_the_table_has_the_figures_alone(bot: Bot) -> None:
    pressed(bot, user="U1")
    bot.work()
    (file,) = files(bot, "U1")
    assert [(row["post_mortem"], row["title"], row["services"]) for row in table(file)][3] == ("PM-4", "", "")
    assert b"leaked" not in file.content


def test_the_picture_is_one_that_can_be_opened_and_says_what_it_shows(bot: Bot) -> None:
    pressed(bot, ids.REPORT_PICTURE)
    bot.work()
    (file,) = files(bot)
    image = Image.open(io.BytesIO(file.content))
    assert (image.format, image.width) == ("PNG", 1000)
    assert "PM-1: 2 days (3 allowed), in time; PM-2: not held, 10 days so far (3 allowed)" in file.alt


def test_what_the_reader_may_not_see_any_more_when_it_leaves_is_not_in_it(bot: Bot) -> None:
    pressed(bot)
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel("T1", "C12", "c12", True, False, NOW, frozenset({"U1"})))
    bot.work()
    (file,) = files(bot)
    assert [row["post_mortem"] for row in table(file)] == ["PM-1"]


@pytest.mark.parametrize("method", ["open_dm", "reserve", "fill", "share"])
@pytest.mark.parametrize("after", [False, True], ids=["refused", "answer lost"])
def test_one_request_is_one_file_whatever_fails(bot: Bot, method: str, after: bool) -> None:
    bot.chat.fail(method, LOST, after=after)
    bot.chat.fail(method, RateLimited("share", timedelta(seconds=3)))
    pressed(bot)
    bot.work(timedelta(minutes=10))
    assert len(files(bot)) == 1
    assert len(table(files(bot)[0])) == 2


def test_a_fault_at_any_call_of_it_leaves_one_file_and_a_refusal_one_file_or_one_sentence(bot: Bot) -> None:
    faults = [(fault, after) for fault in (errors.Crash(), LOST, REFUSED) for after in (False, True)]
    for fault, after in faults:
        number, struck = 0, True
        while struck:
            before, said = len(files(bot)), len(bot.chat.told(ASKER))
            bot.clock.advance(timedelta(seconds=5))
            bot.chat.fail("*", fault, after=after, skip=number)
            pressed(bot)
            bot = ended_and_begun(bot)
            struck = not bot.chat.faults
            bot.chat.faults.clear()
            bot.work(timedelta(minutes=10))
            told = len(bot.chat.told(ASKER)) - said
            # Of an act that was refused although it took place there may be both.
            where = f"call {number}: {fault!r}, {'after' if after else 'before'}"
            assert len(files(bot)) - before == 1 or (fault is REFUSED and told == 1), where
            assert told == 0 or fault is REFUSED, where
            number += 1
        assert number > 3, "the sweep ended before the last call"


def ended_and_begun(bot: Bot) -> Bot:
    """Work until nothing is due; where the process ends, the next one goes on."""
    try:
        bot.work(timedelta(minutes=10))
    except errors.Crash:
        bot = Bot(bot.engine, policy=Policy(digest_day=None), clock=bot.clock, chat=bot.chat)
    return bot


def test_the_same_press_again_is_the_same_file_and_another_press_another(bot: Bot) -> None:
    pressed(bot, trigger_id="7.7")
    pressed(bot, trigger_id="7.7")
    bot.work()
    assert len(files(bot)) == 1
    bot.clock.advance(timedelta(seconds=5))
    pressed(bot)
    bot.work()
    assert len(files(bot)) == 2


def test_a_file_that_cannot_be_sent_is_said_to_whoever_asked(bot: Bot) -> None:
    bot.chat.fail("reserve", REFUSED)
    pressed(bot)
    bot.work()
    (post,) = bot.chat.told(ASKER)
    assert "could not be sent as a file: The app lacks a scope." in post.text
    assert files(bot) == []


def test_whoever_cannot_be_written_to_at_all_ends_it(bot: Bot) -> None:
    bot.chat.fail("open_dm", REFUSED, times=5)
    pressed(bot)
    bot.work()
    assert [row["state"] for row in bot.rows("report_file")] == ["dead", "dead"]


def test_a_forged_period_is_answered_and_nothing_is_sent(bot: Bot) -> None:
    pressed(bot, value="drop table")
    bot.work()
    assert bot.rows("report_file") == []
    assert "That is no period" in bot.screens.sentence()


def test_old_requests_are_forgotten(bot: Bot) -> None:
    pressed(bot)
    bot.work()
    bot.clock.advance(timedelta(days=31))
    assert bot.service.runner.housekeeping
    bot.service.runner.housekeeping()
    assert bot.contents()["report_file"] == []


def test_a_channel_is_told_in_its_digest_of_what_everybody_may_know_and_a_person_of_what_they_may_see(bot: Bot) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        for number in (1, 3):
            record = unit.records.get(f"pm{number}", lock=True)
            assert record
            unit.records.save(record.changed(times=Times(None, None, NOW - 2 * DAY)))
    policy, now = Policy(digest_channel="CDIGEST"), bot.clock.now()
    for to, names in ((digests.CHANNEL, ["PM-1", "PM-2"]), ("U1", ["PM-1", "PM-2", "PM-3"]), (GUEST, [])):
        found = bot.look(lambda unit, to=to: digests.gather(unit, "T1", to, policy, now))
        assert [each.name for one in found.again[:1] for each in one.records] == names, to
        said = str(digest_post.drawing(found, now).blocks)
        assert ("Came back this week: checkout" in said) is bool(names)
        assert "leaked" not in said
