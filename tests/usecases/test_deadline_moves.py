"""What moves a deadline, what lets it rest, and what leaves it as it is; and how people are shown where it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.business_time import Calendar
from bot.domain.policy import Policy
from bot.domain.postmortem import Roles, Times
from bot.domain.status import Status
from bot.usecases import standing
from tests.fakes.bot import Bot

IC, OWNER, OTHER = "U1", "U2", "U5"
# The clock stands at Monday 23 November 2026, 15:05 UTC.
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
THANKSGIVING = frozenset({date(2026, 11, 26)})


def change(bot: Bot, channel: str = "C1", **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record(channel).id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def ended(bot: Bot, severity: int = 2, at: datetime = NOON) -> None:
    """An incident of this severity that was over at noon."""
    bot.assigned()
    change(bot, severity=severity, times=Times(at - timedelta(hours=3), None, at), roles=Roles(ic=IC))


def said(bot: Bot, channel: str = "C1") -> str:
    bot.work()
    return "\n".join(str(post.drawing) for post in bot.chat.in_room(channel))


def due(bot: Bot, policy: Policy | None = None) -> datetime:
    return standing.deadline(bot.record(), policy or Policy()).due


def test_a_mistaken_open_is_taken_back_and_the_deadline_is_the_old_one(bot: Bot) -> None:
    ended(bot)
    before = due(bot)
    assert "nothing to take back" in bot.command("incident undo", IC).sentence
    bot.command("incident open oh no", IC)
    assert "is over" in bot.command("incident undo", IC).sentence
    assert (due(bot), bot.record().open_again, bot.record().times.resolved_at) == (before, None, NOON)


def with_holidays(engine: Engine, bot: Bot, holidays: frozenset[date]) -> Bot:
    """Another process on the same memory, started with these holidays."""
    policy = Policy(calendar=Calendar(holidays=holidays))
    return Bot(engine, clock=bot.clock, chat=bot.chat, policy=policy, synced=False)


def start(bot: Bot) -> None:
    assert bot.service.runner.housekeeping
    bot.service.runner.housekeeping()


# The incident is open again.


def test_while_the_incident_is_open_again_there_is_no_deadline_and_nobody_is_reminded(bot: Bot) -> None:
    ended(bot, 1)
    bot.press(ids.MEETING_OPEN, bot.record().id, OWNER)
    bot.submit(bot.screens.form(), OWNER)
    change(bot, page_url="https://wiki.example.com/pm-1")
    bot.work()
    reply = bot.command("incident open it is back &lt;!channel&gt; `drop`", OWNER)
    assert "its deadline rests" in reply.sentence
    record = bot.record()
    assert record.open_again
    assert (record.open_again.by, record.open_again.at) == (OWNER, bot.clock.now())
    assert standing.in_force(record, Policy()) is None
    posted = said(bot)
    assert "is open again" in posted
    assert "<!channel>" not in posted
    assert "The incident is open again" in str(bot.card.drawing)
    before = [post.text for post in bot.chat.posts]
    bot.later(timedelta(days=12))
    assert [post.text for post in bot.chat.posts] == before
    bot.press(ids.HUB_OPEN, record.id, OWNER)
    shown = str(bot.screens.shown[-1])
    assert "there is no deadline until it is over" in shown
    assert "Overdue" not in shown


def test_its_new_end_starts_the_count_anew_and_the_channel_hears_it(bot: Bot) -> None:
    ended(bot, 1)
    bot.command("incident open", IC)
    bot.clock.advance_to(datetime(2026, 11, 25, 10, tzinfo=UTC))
    # Ana lives in London, where it is as late as in UTC.
    assert "is over" in bot.command("incident resolved 09:30", IC).sentence
    record = bot.record()
    assert record.open_again is None
    assert record.times.resolved_at == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert due(bot) == datetime(2026, 11, 29, tzinfo=UTC)
    assert "Resolved again: the meeting is due Sat 28 Nov 2026" in said(bot)
    audits = [(each.field, each.old, each.new) for each in bot.history()][-2:]
    assert audits == [
        ("resolved_at", NOON.isoformat(), "2026-11-25T09:30:00+00:00"),
        ("deadline", "suspended", "2026-11-29T00:00:00+00:00"),
    ]
    # What rested goes on: the owner has still not answered.
    bot.later(timedelta(days=5))
    assert any("has not answered" in post.text for post in bot.chat.told(IC))


def test_a_meeting_that_lies_before_the_new_end_is_said_to_the_owner_and_asked_about(bot: Bot) -> None:
    ended(bot, 1)
    bot.command("meeting", OWNER)
    at = bot.clock.now() + timedelta(hours=20)
    bot.submit(bot.screens.form(), OWNER, meeting_at=int(at.timestamp()))
    bot.command("incident open", IC)
    bot.clock.advance(timedelta(days=2))
    bot.work()
    assert "Was the post-mortem meeting" not in said(bot)
    bot.command("incident resolved", IC)
    posted = said(bot)
    assert "that is before this end: book another time" in posted
    assert f"This concerns <@{OWNER}>" in posted
    assert "Was the post-mortem meeting" in posted


def test_a_meeting_can_be_booked_meanwhile_without_a_deadline(bot: Bot) -> None:
    ended(bot, 1)
    bot.command("incident open", IC)
    bot.command("meeting", OWNER)
    form = bot.screens.form()
    assert "has no deadline until it is resolved" in str(form)
    at = bot.clock.now() + timedelta(days=9)
    assert not bot.submit(form, OWNER, meeting_at=int(at.timestamp())).errors


def test_a_later_end_in_the_form_ends_it_too_and_a_correction_of_the_first_end_does_not(bot: Bot) -> None:
    ended(bot, 1)
    bot.command("incident open", IC)
    bot.clock.advance(timedelta(hours=5))
    form = bot.details_form(IC)
    bot.submit(form, IC, "V1", title="x", resolved_at=int((NOON + timedelta(minutes=5)).timestamp()))
    assert bot.record().open_again is not None
    form = bot.details_form(IC)
    bot.submit(form, IC, "V2", title="x", resolved_at=int((bot.clock.now() - timedelta(minutes=5)).timestamp()))
    assert bot.record().open_again is None
    assert "Resolved again: the meeting is due" in said(bot)


def test_the_command_enters_a_first_end_and_refuses_what_makes_no_sense(bot: Bot) -> None:
    bot.assigned()
    change(bot, severity=1, roles=Roles(ic=IC))
    assert "incident resolved 14:02 UTC" in bot.command("incident", IC).sentence
    before = bot.contents()["postmortem"]
    for typed, why in (
        ("incident closed", "incident open"),
        ("incident resolved 25:99", "Enter a time such as"),
        ("incident resolved 2026-12-24 10:00", "future"),
    ):
        assert why in bot.command(typed, IC).sentence
    assert "Only the IC and the owner" in bot.command("incident open", OTHER).sentence
    assert bot.contents()["postmortem"] == before
    bot.command("incident resolved 14:02 UTC", IC)
    assert bot.record().times.resolved_at == datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
    assert "already" in bot.command("incident resolved", IC).sentence
    bot.command("incident open", IC)
    assert "already" in bot.command("incident open", IC).sentence
    change(bot, open_again=None, status=Status.CLOSED)
    assert "start new" in bot.command("incident open", IC).sentence


# Other facts.


def test_a_corrected_end_moves_the_deadline_and_the_channel_and_the_history_have_both(bot: Bot) -> None:
    ended(bot, 1, NOON - timedelta(days=1))
    form = bot.details_form(IC)
    bot.submit(form, IC, "V1", title="x", resolved_at=int(NOON.timestamp()))
    posted = said(bot)
    assert "The deadline moved later: from Wed 25 Nov 2026" in posted
    assert "the end of the incident was corrected" in posted
    moved = next(each for each in bot.history() if each.field == "deadline")
    assert (moved.old, moved.new) == ("2026-11-26T00:00:00+00:00", "2026-11-27T00:00:00+00:00")


def test_leaving_sev_2_is_the_end_while_no_better_one_is_known(bot: Bot) -> None:
    bot.assigned()
    change(bot, severity=2, roles=Roles(ic=IC))
    assert "provisional" in str(bot.card.drawing)
    bot.clock.advance(timedelta(days=1))
    bot.command("severity SEV-3 it is small", IC)
    assert bot.record().severity_ended_at == bot.clock.now()
    assert "The deadline moved later: from Mon 30 Nov 2026, end of day, UTC (provisional) to Tue 1 Dec" in said(bot)
    assert "provisional" not in str(bot.card.drawing)
    bot.command("severity SEV-2 it is not", IC)
    assert bot.record().severity_ended_at is None


# How it is shown.


def test_how_it_is_counted_is_shown_in_the_hub_the_form_and_the_owners_message_and_not_on_the_card(bot: Bot) -> None:
    ended(bot, 2)
    counted = "resolved Mon 23 Nov 12:00 UTC; 5 business days; last day Mon 30 Nov"
    assert counted in str(bot.command("status", OWNER).json)
    bot.command("meeting", OWNER)
    assert counted in str(bot.screens.form())
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        from bot.usecases import rows

        unit.outbox.put(rows.owner_dm(bot.record(), bot.clock.now()), rows.card(bot.record(), bot.clock.now()))
    bot.work()
    assert any(counted in str(post.drawing) for post in bot.chat.told(OWNER))
    assert counted not in str(bot.card.drawing)
    bot.press(ids.DEADLINE_WORKING, bot.record().id, OTHER)
    shown = str(bot.screens.shown[-1])
    for line in ("Mon 23 Nov 2026: the incident ended, not counted", "Sat 28 Nov 2026: weekend, not counted"):
        assert line in shown
    bot.press_in(bot.screens.form(), ids.DEADLINE_WORKING, bot.record().id, OWNER)
    assert "Mon 30 Nov 2026: business day 5" in str(bot.screens.shown[-1])


# Other holidays in the settings.


def test_other_holidays_move_what_is_still_to_come_in_business_days_and_are_said_once(bot: Bot, engine: Engine) -> None:
    ended(bot, 2)
    start(bot)
    replicas = [with_holidays(engine, bot, THANKSGIVING) for _ in range(2)]
    for replica in (*replicas, *replicas):
        start(replica)
    first = replicas[0]
    first.work()
    notes = [post for post in first.chat.in_room("C1") if "holidays in the settings" in post.text]
    assert len(notes) == 1
    assert "The deadline moved later: from Mon 30 Nov 2026, end of day, UTC to Tue 1 Dec 2026" in str(notes[0].drawing)
    assert "due Tue 1 Dec" in str(first.card.drawing)
    assert [each.new for each in first.history() if each.field == "deadline"] == ["2026-12-02T00:00:00+00:00"]
    # And back: that is another change.
    start(with_holidays(engine, bot, frozenset()))
    first.work()
    moved = [post for post in first.chat.in_room("C1") if "holidays in the settings" in post.text]
    assert len(moved) == 2
    assert "The deadline moved earlier" in str(moved[1].drawing)


@pytest.mark.parametrize("case", ["calendar days", "past", "open again"])
def test_every_other_deadline_stays_when_the_holidays_change(bot: Bot, engine: Engine, case: str) -> None:
    ended(bot, 1 if case == "calendar days" else 2)
    if case == "past":
        bot.clock.advance_to(datetime(2026, 12, 1, 9, tzinfo=UTC))
    if case == "open again":
        bot.command("incident open", IC)
    start(bot)
    before = due(bot)
    other = with_holidays(engine, bot, THANKSGIVING)
    start(other)
    other.work()
    assert not [post for post in other.chat.in_room("C1") if "holidays in the settings" in post.text]
    policy = replace(Policy(), calendar=Calendar(holidays=THANKSGIVING))
    if case == "open again":
        bot.clock.advance_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
        other.command("incident resolved", IC)
        assert due(other, policy) == datetime(2026, 12, 4, tzinfo=UTC)
    else:
        assert due(other, policy) == before
        # A change of the facts is counted with today's holidays again.
        other.command("severity SEV-3", IC)
        expected = datetime(2026, 12, 2, tzinfo=UTC)
        assert due(other, policy) == expected


def test_the_first_start_says_nothing_about_holidays(bot: Bot, engine: Engine) -> None:
    ended(bot, 2)
    other = with_holidays(engine, bot, THANKSGIVING)
    start(other)
    start(other)
    other.work()
    assert not [post for post in other.chat.in_room("C1") if "holidays in the settings" in post.text]
    assert other.look(lambda unit: unit.holidays.counted("T1")) == (1, THANKSGIVING)
