"""Severity, waiver, restriction: who sets them, what follows, and what everybody is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import course_notes, ids
from bot.domain.policy import Policy
from bot.domain.status import Status
from tests.fakes.bot import Bot

IC, OWNER, OTHER = "U1", "U2", "U5"


def change(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def ended(bot: Bot, severity: int, ago: timedelta) -> None:
    """An incident of this severity that ended some time ago."""
    bot.assigned()
    at = bot.clock.now() - ago
    change(bot, severity=severity, times=type(bot.record().times)(at, at, at))


def in_channel(bot: Bot) -> str:
    bot.work()
    return "\n".join(str(post.drawing) for post in bot.chat.in_room("C1"))


def told(bot: Bot, user: str) -> str:
    bot.work()
    return "\n".join(str(post.drawing) for post in bot.chat.told(user))


def test_the_ic_sets_it_and_the_history_has_it(bot: Bot) -> None:
    ended(bot, 2, timedelta(hours=1))
    said = bot.command("severity sev1 half of the customers", IC).sentence
    assert "SEV-1 now" in said
    record = bot.record()
    assert record.severity == 1
    assert [(each.severity, each.by) for each in bot.look(lambda unit: unit.ledger.severities(record.id))] == [(1, IC)]
    last = bot.history()[-1]
    assert (last.field, last.old, last.new, last.via) == ("severity", "2", "1", "command: half of the customers")
    posted = in_channel(bot)
    assert "half of the customers" in posted
    assert "The deadline moved earlier" in posted
    assert "customer liaison as an optional guest" in posted


def test_worse_and_overdue_at_once_is_said_to_owner_and_ic(bot: Bot) -> None:
    ended(bot, 2, timedelta(days=5))
    bot.command("severity 1", IC)
    assert "Already overdue since" in in_channel(bot)
    assert "Already overdue since" in told(bot, OWNER)
    assert "Already overdue since" in told(bot, IC)


def test_milder_keeps_the_meeting_and_the_owner_hears_that_it_could_move(bot: Bot) -> None:
    ended(bot, 1, timedelta(hours=1))
    bot.press(ids.MEETING_OPEN, bot.record().id, OWNER)
    bot.submit(bot.screens.form(), OWNER)
    booked = bot.look(lambda unit: unit.meetings.booking(bot.record().id))
    assert booked
    bot.command("severity SEV-2", IC)
    assert bot.look(lambda unit: unit.meetings.booking(bot.record().id)) == booked
    assert "stays booked" in told(bot, OWNER)
    assert "need not come" in in_channel(bot)


def test_below_sev_2_the_post_mortem_still_takes_place(bot: Bot) -> None:
    ended(bot, 2, timedelta(hours=1))
    bot.command("severity SEV-3", IC)
    assert "still takes place, with the deadline of a SEV-2" in in_channel(bot)
    assert bot.record().waiver is None


@pytest.mark.parametrize("typed", ["severity", "severity SEV-9", "severity high", "severity SEV-"])
def test_what_is_no_severity_is_answered_with_how_to_type_it(bot: Bot, typed: str) -> None:
    ended(bot, 2, timedelta(hours=1))
    before = bot.contents()
    assert "SEV-1 to SEV-5" in bot.command(typed, IC).sentence
    assert bot.contents() == before


def test_the_owner_proposes_and_the_ic_sets_it_by_a_button(bot: Bot) -> None:
    ended(bot, 2, timedelta(hours=1))
    assert "<@U1> was asked" in bot.command("severity SEV-1 it was everybody", OWNER).sentence
    assert bot.record().severity == 2
    question = told(bot, IC)
    value = course_notes.severity_value(bot.record().id, 2, 1)
    assert value in question
    before = bot.contents()
    bot.press(ids.SEVERITY_CONFIRM, value, OWNER)
    assert "Only the IC" in bot.screens.sentence()
    assert bot.contents() == before
    bot.press(ids.SEVERITY_CONFIRM, value, IC)
    assert bot.record().severity == 1
    bot.press(ids.SEVERITY_KEEP, value, IC)
    assert "changed meanwhile" in bot.screens.sentence()


def test_the_ic_leaves_it_and_the_channel_hears_so(bot: Bot) -> None:
    ended(bot, 2, timedelta(hours=1))
    bot.command("severity SEV-1", OWNER)
    bot.press(ids.SEVERITY_KEEP, course_notes.severity_value(bot.record().id, 2, 1), IC)
    assert bot.record().severity == 2
    assert "It stays SEV-2" in in_channel(bot)


def test_the_form_takes_the_same_way(bot: Bot) -> None:
    ended(bot, 2, timedelta(days=5))
    bot.submit(bot.details_form(IC), IC, title="Checkout", severity="1")
    assert bot.record().severity == 1
    assert "Already overdue since" in told(bot, OWNER)
    bot.submit(bot.details_form(OWNER), OWNER, "V2", title="Checkout is down", severity="3")
    assert (bot.record().severity, bot.record().title) == (1, "Checkout is down")
    assert "proposes *SEV-3*" in told(bot, IC)
    assert "does not become unknown again" in str(bot.submit(bot.details_form(IC), IC, "V3", severity="unknown").errors)


@pytest.fixture
def waiving(engine: Any) -> Bot:
    return Bot(engine, policy=Policy(allow_waive=True))


def test_the_ic_waives_a_sev_3_and_everybody_sees_it(waiving: Bot) -> None:
    bot = waiving
    ended(bot, 3, timedelta(days=9))
    bot.press(ids.MEETING_OPEN, bot.record().id, OWNER)
    before = bot.contents()
    for user in (OWNER, OTHER):
        assert "Only the IC" in bot.command("waive too small", user).sentence
    assert "Say why" in bot.command("waive", IC).sentence
    assert bot.contents() == before
    bot.command("waive too small", IC)
    record = bot.record()
    assert record.waiver
    assert (record.waiver.by, record.waiver.reason) == (IC, "too small")
    bot.work()
    for shown in (str(bot.card.drawing), bot.command("status", OTHER).text, told(bot, OWNER)):
        assert "Waived" in shown
    assert "Overdue" not in str(bot.card.drawing)
    bot.command("waive undo", IC)
    assert bot.record().waiver is None
    bot.work()
    assert "Overdue" in str(bot.card.drawing)
    assert [each.field for each in bot.history()].count("waived") == 2


def test_a_sev_1_is_waived_as_a_false_alarm_only(waiving: Bot) -> None:
    bot = waiving
    ended(bot, 1, timedelta(hours=1))
    assert "needs its post-mortem" in bot.command("waive nothing happened", IC).sentence
    bot.command("waive false-alarm a test of the alarm", IC)
    assert bot.record().false_alarm
    assert bot.record().waiver


def test_while_it_is_waived_no_reminder_is_sent(waiving: Bot) -> None:
    bot = waiving
    ended(bot, 3, timedelta(hours=1))
    bot.command("waive too small", IC)
    bot.work()
    before = len(bot.chat.posts)
    bot.later(timedelta(days=10))
    assert len(bot.chat.posts) == before
    bot.command("waive undo", IC)
    bot.later(timedelta(days=12))
    assert "has not answered" in told(bot, IC)


def test_where_it_is_not_allowed_nobody_waives(bot: Bot) -> None:
    ended(bot, 4, timedelta(hours=1))
    before = bot.contents()
    assert "not waived here" in bot.command("waive too small", IC).sentence
    assert bot.contents() == before


def test_a_closed_one_is_not_waived(waiving: Bot) -> None:
    ended(waiving, 3, timedelta(hours=1))
    change(waiving, status=Status.CLOSED)
    assert "nothing left to waive" in waiving.command("waive too small", IC).sentence
