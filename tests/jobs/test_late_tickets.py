"""Tickets that are past their day and not done in Jira: named in the weekly digest and in a list that somebody asks for, and nowhere
else; the owner is never asked for them (R-31, X-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.actions import Priority
from bot.domain.outgoing import Lane
from bot.domain.place import Channel
from bot.domain.status import Status
from bot.domain.tickets import Ticket
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.chat import Room
from tests.fakes.payloads import TEAM
from tests.fakes.tracker import FakeTracker
from tests.jobs.test_ticket_status import becomes, more
from tests.jobs.test_tickets import POLICY, action, ask, begun, kept, link

LAST = date(2026, 12, 24)
OWNER, IC, WEEK = "U2", "U1", timedelta(weeks=1)
WITH_CHANNEL = replace(POLICY, digest_channel="C9")


@pytest.fixture
def tracker() -> FakeTracker:
    return FakeTracker()


@pytest.fixture
def bot(engine: Engine, tracker: FakeTracker) -> Bot:
    """PM-1, that was closed: its ticket OPS-1 is due a month after the incident. Nothing but tickets is left to be said."""
    bot = begun(engine, tracker)
    ask(bot)
    bot.work()
    again = Bot(engine, clock=bot.clock, chat=bot.chat, policy=WITH_CHANNEL, tracker=tracker)
    again.chat.rooms["C9"] = Room({"U1"})
    with again.store.transaction(PATIENCE) as unit:
        record, now = again.record(), again.clock.now()
        unit.records.save(record.changed(status=Status.CLOSED, closed_at=now))
        unit.channels.put(Channel(TEAM, "C1", "incident", False, False, now, frozenset()))
    return again


def until(bot: Bot, day: str) -> None:
    """Day by day, all that is due is done."""
    end = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    bot.service.runner.housekeeping()  # type: ignore[misc]
    while bot.clock.now() < end:
        bot.clock.advance(min(end - bot.clock.now(), timedelta(hours=12)))
        bot.work(timedelta(0))


def digests(bot: Bot) -> list[str]:
    """What the channel was told, week by week."""
    return [str(post.drawing.blocks) for post in bot.chat.posts if post.channel == "C9"]


def said(bot: Bot, user: str = IC) -> str:
    return str(bot.command("list overdue", user).json)


def test_late_and_not_done_it_stands_in_the_digest_week_by_week_and_the_owner_hears_nothing(
    bot: Bot, tracker: FakeTracker
) -> None:
    before = [post for post in bot.chat.posts if post.channel == f"D{OWNER}"]
    becomes(tracker, "In Progress")
    until(bot, "2026-12-22")
    assert digests(bot) == [], "it is due on 24 December"
    until(bot, "2027-02-10")
    assert len(digests(bot)) == 7, "past the four weeks of those whose status nobody knows"
    assert all("1 ticket, due" in each and "(OPS-1)" in each for each in digests(bot))
    assert [post for post in bot.chat.posts if post.channel == f"D{OWNER}"] == before
    becomes(tracker, "Done")
    until(bot, "2027-02-17")
    assert len(digests(bot)) == 7


def test_done_in_time_it_is_never_named(bot: Bot, tracker: FakeTracker) -> None:
    becomes(tracker, "Done")
    until(bot, "2027-01-20")
    assert digests(bot) == []
    assert "Nothing is overdue" in said(bot)


def test_whoever_asks_sees_what_is_late_with_its_status(bot: Bot, tracker: FakeTracker) -> None:
    assert "Nothing is overdue" in said(bot)
    more(bot, tracker, 10)
    with bot.store.transaction(PATIENCE) as unit:
        for each in unit.tickets.of_record("pm1"):
            unit.tickets.put(replace(each, due=date(2026, 11, 20)))
    for number in range(100, 110):
        becomes(tracker, "Done" if number == 100 else "<!channel> Waiting", f"OPS-{number}")
    tracker.tickets.pop("OPS-109")
    bot.service.runner.housekeeping()  # type: ignore[misc]
    bot.clock.advance(timedelta(hours=2))
    bot.work()
    shown = said(bot)
    assert "10 tickets, due 3 days ago" in shown
    assert "|OPS-101> (" in shown
    assert "Waiting)" in shown
    assert "and 2 more" in shown
    assert "OPS-100" not in shown
    assert "<!channel>" not in shown
    assert "<@U2>" in shown
    assert "What is late: 0 overdue, 1 with late action items" in shown


def test_who_may_not_see_it_is_not_told(bot: Bot) -> None:
    late(bot)
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel(TEAM, "C1", "secret", True, False, bot.clock.now(), frozenset({IC, OWNER})))
    assert "PM-1" in said(bot)
    assert "Nothing is overdue" in said(bot, "U5")


def late(bot: Bot) -> None:
    """Its ticket is."""
    with bot.store.transaction(PATIENCE) as unit:
        unit.tickets.put(replace(kept(bot), due=date(2026, 11, 20)))


def test_one_that_is_gone_is_still_to_be_done(bot: Bot, tracker: FakeTracker) -> None:
    late(bot)
    tracker.tickets.clear()
    bot.service.runner.housekeeping()  # type: ignore[misc]
    bot.clock.advance(timedelta(hours=2))
    bot.workers[Lane.HARVEST].drain()
    assert "|OPS-1> (gone in Jira)" in said(bot)


def test_an_overdue_post_mortem_stands_there_too(bot: Bot) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.records.save(bot.record().changed(status=Status.DRAFT, closed_at=None))
    bot.clock.advance(timedelta(days=20))
    assert "What is late: 1 overdue, 0 with late action items" in said(bot)


def test_a_status_of_any_length_leaves_the_list_within_limits(bot: Bot, tracker: FakeTracker) -> None:
    late(bot)
    tracker.tickets["OPS-1"] = Ticket("OPS-1", "https://jira.example/browse/OPS-1", "W" * 4000)
    bot.service.runner.housekeeping()  # type: ignore[misc]
    bot.clock.advance(timedelta(hours=2))
    bot.work()
    assert "W" * 50 in said(bot)
    assert "W" * 70 not in said(bot)
    assert "W" * 70 not in str(bot.card.drawing.blocks)


def test_late_is_what_is_past_the_day_that_the_ticket_was_made_with(bot: Bot, tracker: FakeTracker) -> None:
    """A later day that somebody chose here is not the day in Jira."""
    item = action(bot)
    with bot.store.transaction(PATIENCE) as unit:
        unit.items.put_action(replace(item, due=date(2027, 3, 1), version=item.version + 1))
    until(bot, "2026-12-26")
    assert "1 ticket, due" in said(bot)


@pytest.mark.parametrize(
    ("due", "priority", "shown"),
    [
        (None, Priority.P1, ""),
        (date(2026, 12, 24), Priority.P1, ""),
        (date(2027, 3, 1), Priority.P1, "Made in Jira as due Thu 24 Dec 2026: change it there."),
        (None, Priority.P0, "Made in Jira as P1: change it there."),
        (date(2027, 3, 1), None, "Made in Jira as due Thu 24 Dec 2026, P1: change it there."),
    ],
)
def test_what_was_changed_after_the_ticket_was_made_is_said_in_the_list(
    engine: Engine, tracker: FakeTracker, due: date | None, priority: Priority | None, shown: str
) -> None:
    bot = begun(engine, tracker)
    ask(bot)
    bot.work()
    item = action(bot)
    with bot.store.transaction(PATIENCE) as unit:
        unit.items.put_action(replace(item, due=due, priority=priority, version=item.version + 1))
    bot.command("actions", OWNER)
    listed = str(bot.screens.form())
    assert (shown in listed) if shown else ("Made in Jira as" not in listed)


def test_of_one_that_was_linked_it_is_not_known_what_it_was_made_with(engine: Engine, tracker: FakeTracker) -> None:
    bot = begun(engine, tracker)
    tracker.tickets["WEB-7"] = Ticket("WEB-7", "https://jira.example/browse/WEB-7")
    link(bot, "WEB-7")
    bot.work()
    assert (kept(bot).due, kept(bot).priority) == (None, "")


@pytest.mark.parametrize(("left_out", "due", "priority"), [("due date", None, "P1"), ("priority", LAST, "")])
def test_what_jira_has_no_place_for_is_not_what_it_was_made_with(
    engine: Engine, tracker: FakeTracker, left_out: str, due: date | None, priority: str
) -> None:
    bot = begun(engine, tracker)
    ask(bot)
    real = tracker.create
    tracker.create = lambda draft: replace(real(draft), left_out=(left_out,))  # type: ignore[method-assign]
    bot.work()
    assert (kept(bot).due, kept(bot).priority) == (due, priority)
