"""How tickets stand is read back from the tracker, by a few calls however many there are; it is shown, and nobody is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.actions import ActionItem, Decision
from bot.domain.outgoing import Lane
from bot.domain.policy import Policy
from bot.domain.status import Status
from bot.domain.tickets import KeptTicket, Ticket, TicketRules, TicketState
from bot.ports.errors import IntegrationError
from bot.usecases import rows
from tests.fakes import tracker as fake
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.tracker import FakeTracker
from tests.jobs.test_tickets import action, ask, begun, kept

HOUR, DAY, SOON = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)


class Meddled(FakeTracker):
    """Somebody does something while a ticket is read, or the reading takes its time."""

    meddle: Callable[[], None] = staticmethod(lambda: None)

    def read(self, key: str) -> Ticket | None:
        found = super().read(key)
        self.meddle()
        return found


@pytest.fixture
def tracker() -> Meddled:
    return Meddled()


@pytest.fixture
def bot(engine: Engine, tracker: FakeTracker) -> Bot:
    """With one ticket, OPS-1, that was made and shown, and the reading of all in an hour."""
    bot = begun(engine, tracker)
    ask(bot)
    bot.service.runner.housekeeping()  # type: ignore[misc]
    bot.work()
    tracker.calls.clear()
    return bot


def poll(bot: Bot, after: timedelta = HOUR) -> None:
    """Time passes, and what reads is at work: nothing else is."""
    bot.clock.advance(after + timedelta(seconds=2))
    bot.workers[Lane.HARVEST].drain()
    # The database's clock may stand a moment before what is due "now".
    while (wait := bot.look(lambda unit: unit.outbox.next_due(Lane.HARVEST))) is not None and wait < SOON:
        bot.clock.advance(wait + SOON / 100)
        bot.workers[Lane.HARVEST].drain()


def becomes(tracker: FakeTracker, status: str, key: str = "OPS-1") -> None:
    tracker.tickets[key] = replace(tracker.tickets[key], status=status, done=status == "Done")


def more(bot: Bot, tracker: FakeTracker, many: int, **values: object) -> None:
    """As many further tickets, OPS-100 and so on, read long ago."""
    long_ago = bot.clock.now() - 9 * DAY
    with bot.store.transaction(PATIENCE) as unit:
        for number in range(100, 100 + many):
            key, item = f"OPS-{number}", f"{number:032}"
            url = f"https://jira.example/browse/{key}"
            tracker.tickets[key] = Ticket(key, url, "To Do")
            unit.items.put_action(ActionItem(item, "pm1", f"Do {number}", Decision.TICKET, "U2", long_ago, ticket=url))
            full = KeptTicket(
                item, "pm1", f"pm-{item}", "OPS", "Task", "U2", long_ago, TicketState.MADE, key=key, url=url, status="To Do",
                read_at=long_ago,
            )  # fmt: skip
            unit.tickets.put(replace(full, **values))  # type: ignore[arg-type]


def every(bot: Bot) -> dict[str, KeptTicket]:
    return {each.key: each for each in bot.look(lambda unit: unit.tickets.of_record("pm1"))}


def card(bot: Bot) -> str:
    return str(bot.card.drawing.blocks)


def document(bot: Bot) -> str:
    return list(bot.chat.files.values())[-1].content.decode()


def test_another_status_is_kept_and_shown_on_card_and_document_and_the_decision_stays(
    bot: Bot, tracker: FakeTracker
) -> None:
    decided = action(bot)
    becomes(tracker, "In Progress")
    poll(bot)
    assert (kept(bot).status, kept(bot).done, kept(bot).read_at) == ("In Progress", False, bot.clock.now())
    assert tracker.calls == ["standing", "read"]
    bot.later(timedelta(minutes=11))
    assert "|OPS-1> (In Progress)" in card(bot)
    assert "OPS-1) (In Progress)" in document(bot)
    becomes(tracker, "Done")
    poll(bot)
    bot.later(timedelta(minutes=11))
    assert (
        "*1 ticket*, 1 done in Jira: :white_check_mark: <https://jira.example/browse/OPS-1|OPS-1> (done in Jira)"
        in card(bot)
    )
    assert action(bot) == decided, "the status is only read"


def test_where_nothing_changed_nothing_is_drawn(bot: Bot, tracker: FakeTracker) -> None:
    before = [row for row in bot.rows() if row["kind"] in ("card", "document")]
    poll(bot)
    assert tracker.calls == ["standing"]
    assert kept(bot).read_at == bot.clock.now()
    assert [row for row in bot.rows() if row["kind"] in ("card", "document")] == before


def test_one_that_is_gone_is_shown_as_gone_and_comes_back(bot: Bot, tracker: FakeTracker) -> None:
    lost = tracker.tickets.pop("OPS-1")
    poll(bot)
    assert (kept(bot).gone, kept(bot).status, action(bot).ticket) == (True, "To Do", lost.url)
    bot.later(timedelta(minutes=11))
    assert "|OPS-1> (gone in Jira)" in card(bot)
    assert "OPS-1) (gone in Jira)" in document(bot)
    tracker.tickets["OPS-1"] = lost
    poll(bot)
    assert kept(bot).gone, "what is over is read once a day"
    poll(bot, DAY)
    assert not kept(bot).gone


def test_one_that_was_moved_is_followed(bot: Bot, tracker: Meddled) -> None:
    moved = replace(tracker.tickets.pop("OPS-1"), key="WEB-5", url="https://jira.example/browse/WEB-5")
    tracker.leads = {"OPS-1": moved}
    poll(bot)
    assert (kept(bot).key, kept(bot).gone, action(bot).ticket) == ("WEB-5", False, moved.url)
    assert (bot.history()[-1].old, bot.history()[-1].new) == ("OPS-1", "WEB-5")


def test_a_search_that_is_behind_puts_no_older_status_over_a_newer_one(bot: Bot, tracker: FakeTracker) -> None:
    tracker.indexed["OPS-1"] = tracker.tickets["OPS-1"]
    becomes(tracker, "Done")
    hear(bot)
    bot.work()
    assert kept(bot).done
    poll(bot, DAY)
    assert (kept(bot).status, kept(bot).done) == ("Done", True)


def hear(bot: Bot) -> None:
    """The tracker says that something happened."""
    with bot.store.transaction(PATIENCE) as unit:
        unit.outbox.put(rows.ticket_read(bot.record(), action(bot).id, bot.clock.now()))


def test_a_hundred_and_twenty_are_three_searches_an_hour_and_done_ones_are_read_once_a_day(
    bot: Bot, tracker: FakeTracker
) -> None:
    more(bot, tracker, 120)
    poll(bot)
    assert tracker.calls == ["standing"] * 3
    poll(bot)
    assert tracker.calls == ["standing"] * 6
    for key in tracker.tickets:
        becomes(tracker, "Done", key)
    poll(bot)
    assert tracker.calls.count("read") == 121
    assert all(each.done for each in every(bot).values())
    tracker.calls.clear()
    poll(bot)
    assert tracker.calls == []
    poll(bot, DAY)
    assert tracker.calls == ["standing"] * 3


def test_many_that_changed_are_read_ten_at_a_claim(bot: Bot, tracker: FakeTracker) -> None:
    more(bot, tracker, 24)
    for key in tracker.tickets:
        becomes(tracker, "In Progress", key)
    poll(bot)
    assert {each.status for each in every(bot).values()} == {"In Progress"}
    searches = [number for number, call in enumerate(tracker.calls) if call == "standing"]
    assert searches == [0, 11, 22]


def test_a_slow_tracker_does_not_outlast_the_lease(bot: Bot, tracker: Meddled) -> None:
    more(bot, tracker, 3)
    for key in tracker.tickets:
        becomes(tracker, "Done", key)
    tracker.meddle = lambda: bot.clock.advance(timedelta(seconds=15))
    poll(bot)
    assert tracker.calls == ["standing", "read", "read", "standing", "read", "read"]
    assert all(each.done for each in every(bot).values())


def test_of_what_was_closed_long_ago_nothing_is_read(bot: Bot, tracker: FakeTracker) -> None:
    becomes(tracker, "Done")
    for days, read in ((91, 0), (89, 1)):
        with bot.store.transaction(PATIENCE) as unit:
            closed_at = bot.clock.now() - timedelta(days=days)
            unit.records.save(bot.look(_record).changed(status=Status.CLOSED, closed_at=closed_at))
        poll(bot)
        assert tracker.calls.count("read") == read


def _record(unit: object) -> object:
    return unit.records.get("pm1")  # type: ignore[attr-defined]


def test_one_that_is_refused_keeps_no_other_from_being_read(bot: Bot, tracker: FakeTracker) -> None:
    more(bot, tracker, 2)
    for key in tracker.tickets:
        becomes(tracker, "Done", key)
    tracker.before[2] = IntegrationError("No.", name="http_403", retryable=False)
    poll(bot)
    assert [each.done for each in every(bot).values()].count(False) == 1
    poll(bot)
    assert all(each.done for each in every(bot).values())


def test_asked_to_wait_it_waits_as_long_as_it_was_told(bot: Bot, tracker: FakeTracker) -> None:
    becomes(tracker, "Done")
    tracker.before[1] = fake.wait(300)
    poll(bot)
    poll(bot, timedelta(seconds=290))
    assert tracker.calls == ["standing"]
    poll(bot, timedelta(seconds=10))
    assert kept(bot).done


def unauthorized() -> IntegrationError:
    return IntegrationError("Jira refuses the bot's credentials.", name="http_401", retryable=False)


@pytest.mark.parametrize("error", [fake.server_error, fake.lost, unauthorized], ids=["500", "timeout", "401"])
def test_down_for_a_day_it_is_asked_less_and_less_and_nobody_hears_of_it(
    bot: Bot, tracker: FakeTracker, error: Callable[[], IntegrationError]
) -> None:
    becomes(tracker, "Done")
    bot.later(timedelta(minutes=11))
    said, drawn = len(bot.chat.posts), card(bot)
    tracker.before = {number: error() for number in range(1, 500)}
    for _ in range(24 * 4):
        poll(bot, timedelta(minutes=15))
    assert 20 < len(tracker.calls) < 100
    hear(bot)
    for _ in range(12):
        poll(bot, timedelta(minutes=30))
    assert (len(bot.chat.posts), card(bot)) == (said, drawn)
    assert not [row for row in bot.rows() if row["state"] == "dead"]
    tracker.before = {}
    poll(bot)
    assert kept(bot).done


FAULTS = [fake.lost, fake.server_error, unauthorized, lambda: fake.wait(40), fake.Crash]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fault", FAULTS, ids=["timeout", "500", "401", "429", "killed"])
@pytest.mark.parametrize("number", range(1, 5))
def test_a_fault_at_any_call_of_the_reading_is_made_good(
    bot: Bot, tracker: FakeTracker, number: int, fault: Callable[[], BaseException], after: bool
) -> None:
    more(bot, tracker, 2)
    for key in tracker.tickets:
        becomes(tracker, "Done", key)
    (tracker.after if after else tracker.before)[number] = fault()
    if fault is fake.Crash:
        with pytest.raises(fake.Crash):
            poll(bot)
    else:
        poll(bot)
    poll(bot, timedelta(minutes=2))
    poll(bot)
    assert not tracker.before
    assert not tracker.after
    assert all(each.done for each in every(bot).values())
    assert not [row for row in bot.rows() if row["state"] == "dead"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_killed_at_any_commit_it_goes_on(bot: Bot, tracker: FakeTracker, number: int) -> None:
    becomes(tracker, "Done")
    count, real = 0, bot.store.transaction

    class Dying:
        def __init__(self, patience: timedelta) -> None:
            self.inner = real(patience)

        def __enter__(self) -> object:
            return self.inner.__enter__()

        def __exit__(self, *error: object) -> object:
            nonlocal count
            count += 1
            if count == number:
                crash = fake.Crash()
                self.inner.__exit__(fake.Crash, crash, None)
                raise crash
            return self.inner.__exit__(*error)

    bot.store.transaction = Dying  # type: ignore[method-assign,assignment]
    with pytest.raises(fake.Crash):
        poll(bot)
    bot.store.transaction = real  # type: ignore[method-assign]
    poll(bot, timedelta(minutes=2))
    assert kept(bot).done
    bot.later(timedelta(minutes=11))
    assert "1 done in Jira" in card(bot)


def test_two_replicas_read_once(bot: Bot, tracker: FakeTracker) -> None:
    other = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=Policy(tickets=TicketRules("OPS")), tracker=tracker)
    other.service.runner.housekeeping()  # type: ignore[misc]
    poll(bot)
    other.workers[Lane.HARVEST].drain()
    assert tracker.calls == ["standing"]


def test_what_somebody_did_meanwhile_is_not_written_over(bot: Bot, tracker: Meddled) -> None:
    becomes(tracker, "In Progress")

    def heard_meanwhile() -> None:
        """Another process reads a newer status, and is first to write it down."""
        tracker.meddle = lambda: None
        becomes(tracker, "Done")
        with bot.store.transaction(PATIENCE) as unit:
            unit.tickets.put(replace(kept(bot), status="Done", done=True, read_at=bot.clock.now()))

    tracker.meddle = heard_meanwhile
    hear(bot)
    bot.later(timedelta(seconds=5))
    assert (kept(bot).status, kept(bot).done) == ("Done", True)
    assert tracker.calls == ["read", "read"]


def test_said_ten_times_that_it_changed_it_is_read_once(bot: Bot, tracker: FakeTracker) -> None:
    becomes(tracker, "Done")
    for _ in range(10):
        hear(bot)
    bot.work()
    assert (tracker.calls, kept(bot).done) == (["read"], True)


def test_that_it_is_gone_is_believed_only_when_the_search_answers(bot: Bot, tracker: FakeTracker) -> None:
    """Down for maintenance some trackers answer 404 to everything."""
    there = tracker.tickets.pop("OPS-1")
    tracker.before[2] = IntegrationError("Jira knows no such project.", name="http_404", retryable=False)
    hear(bot)
    bot.work()
    assert (kept(bot).gone, tracker.calls) == (False, ["read", "standing"])
    tracker.tickets["OPS-1"] = there
    hear(bot)
    bot.work()
    tracker.tickets.clear()
    hear(bot)
    bot.work()
    assert kept(bot).gone


def test_without_a_tracker_any_more_it_ends_and_with_one_again_it_goes_on(bot: Bot, tracker: FakeTracker) -> None:
    without = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    hear(bot)
    poll(without)
    assert {row["state"] for row in without.rows() if "read" in row["kind"]} == {"cancelled"}
    becomes(tracker, "Done")
    bot.service.runner.housekeeping()  # type: ignore[misc]
    poll(bot)
    assert kept(bot).done


def test_a_change_is_drawn_and_nobody_is_told(bot: Bot, tracker: FakeTracker) -> None:
    """R-31: the owner makes the tickets, and is never asked for them."""
    bot.later(timedelta(minutes=11))
    known, posts = {row["key"] for row in bot.rows()}, len(bot.chat.posts)
    for status in ("In Progress", "Done", "To Do"):
        becomes(tracker, status)
        poll(bot)
    tracker.tickets.clear()
    poll(bot)
    new = {row["key"] for row in bot.rows()} - known
    assert {key.partition(":")[0] for key in new} <= {"document"}
    assert len(bot.chat.posts) == posts
