"""Two post-mortems about one incident: what becomes of both, who may do it, what is refused, and how it is taken back."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids, merge_form
from bot.domain import side_rooms
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.harvest.finding import TimelineKind
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem, Times
from bot.domain.room import How
from bot.domain.search import Query, State
from bot.domain.status import Status
from bot.domain.tickets import KeptTicket, TicketRules, TicketState
from bot.domain.timeline import Item
from bot.usecases import digests, standing
from bot.usecases.find_records import FindRecords
from bot.usecases.follow_room import RoomClosed, RoomMoved
from bot.usecases.forget import Forget
from storage.engine import make_engine
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Room
from tests.fakes.tracker import FakeTracker

IC, OWNER, DEPUTY, SCRIBE, OTHER, STAND_IN = "U1", "U2", "U3", "U4", "U5", "U6"
HERE, THERE = "C1", "C2"
# A Monday, and the clock of the tests stands later on the same day.
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
NINE, TEN, NOON = (MONDAY + timedelta(hours=hour) for hour in (9, 10, 12))


def put(bot: Bot, channel: str, **values: Any) -> Postmortem:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record(channel).id, lock=True)
        assert record
        unit.records.save(record.changed(**values))
    return bot.record(channel)


def booking(bot: Bot, channel: str) -> Any:
    return bot.look(lambda unit: unit.meetings.booking(bot.record(channel).id))


def history(bot: Bot, channel: str) -> list[tuple[str, str | None, str | None]]:
    entries = bot.look(lambda unit: unit.ledger.history(bot.record(channel).id))
    return [(each.field, each.old, each.new) for each in entries]


def posted(bot: Bot, room: str) -> str:
    bot.work()
    return "\n".join(str(post.drawing) for post in bot.chat.in_room(room))


def card(bot: Bot, room: str) -> str:
    bot.work()
    (found,) = [post for post in bot.chat.in_room(room) if post.mark.startswith("card:")]
    return str(found.drawing)


def told(bot: Bot, user: str) -> str:
    bot.work()
    return "\n".join(str(post.drawing) for post in bot.chat.told(user))


def asked(bot: Bot, text: str = "merge <#C2|other>", user: str = IC) -> dict[str, Any]:
    """The form that shows both."""
    reply = bot.command(text, user)
    assert reply.sentence == "", reply.sentence
    return bot.screens.form()


def merge(bot: Bot, user: str = IC, **answers: Any) -> None:
    reply = bot.submit(asked(bot, user=user), user, **answers)
    assert not reply.errors, reply.errors


@pytest.fixture
def two(engine: Engine) -> Bot:
    """PM-1 in #C1: a SEV-2 from ten to noon, of Ana's. PM-2 in #C2: a SEV-1 from nine to ten, of Chioma's; both have owners."""
    return begun(Bot(engine, policy=Policy(allow_waive=True, ic_users=frozenset({STAND_IN}))))


def begun(bot: Bot, *, private: bool = False) -> Bot:
    everybody = {IC, OWNER, DEPUTY, SCRIBE, BOT}
    bot.chat.rooms[HERE] = Room(everybody, private=private)
    bot.chat.rooms[THERE] = Room(set(everybody), private=private)
    bot.once(_assigned)
    return bot


def _assigned(bot: Bot) -> None:
    bot.command("assign <@U2|ben>", IC)
    bot.command("assign <@U4|dev>", DEPUTY, THERE)
    bot.work()
    put(bot, HERE, title="Checkout", severity=2, times=Times(TEN, TEN, NOON))
    put(bot, THERE, title="Payments", severity=1, times=Times(NINE, NINE, TEN))


def test_the_primary_has_the_highest_severity_the_earliest_start_and_the_latest_end(two: Bot) -> None:
    merge(two, reason="one broken queue")
    record, other = two.record(HERE), two.record(THERE)
    assert (record.severity, record.times) == (1, Times(NINE, NINE, NOON))
    assert other.merged
    assert (other.merged.record_id, other.merged.name, other.merged.by) == (record.id, record.name, IC)
    assert [each.record_id for each in record.took_in] == [other.id]
    severities = two.look(lambda unit: unit.ledger.severities(record.id))
    assert [(each.severity, each.by) for each in severities] == [(1, IC)]
    assert ("severity", "2", "1") in history(two, HERE)
    assert ("started_at", TEN.isoformat(), NINE.isoformat()) in history(two, HERE)
    assert ("merged with", None, other.name) in history(two, HERE)
    assert ("merged into", None, record.name) in history(two, THERE)
    assert "deadline" in {field for field, _, _ in history(two, HERE)}


def test_the_deadline_that_was_shown_is_the_one_that_holds_and_its_working_names_the_merge(two: Bot) -> None:
    form = str(asked(two))
    assert "SEV-1, ended Mon 23 Nov 12:00 UTC, last day Thu 26 Nov: the deadline was Mon 30 Nov" in form
    merge(two)
    record = two.record(HERE)
    assert standing.deadline(record, Policy()).last_day == MONDAY.date() + timedelta(days=3)
    assert "the later of two ends, merged with PM-2" in two.command("status", SCRIBE).text


def test_both_stand_side_by_side_before_anything_is_done(two: Bot) -> None:
    before = two.contents()
    form = str(asked(two))
    for said in ("Checkout", "Payments", "SEV-1", "SEV-2", "Mon 23 Nov 09:00 UTC", "last day Thu 26 Nov", "Mon 30 Nov"):
        assert said in form
    after = two.contents()
    assert {name for name in after if after[name] != before[name]} <= {"receipt"}


def test_both_channels_the_owners_and_the_liaison_line_hear_of_it(two: Bot) -> None:
    merge(two, reason="one broken queue")
    here, there = posted(two, HERE), posted(two, THERE)
    assert "merged *PM-2*" in here
    assert "one broken queue" in here
    assert "The deadline moved earlier" in here
    assert "customer liaison as an optional guest" in here
    assert "one broken queue" in there
    assert "into *PM-1*" in there
    assert "Merged into" in card(two, THERE)
    assert "<#C1>" in card(two, THERE)
    assert "Merged with *PM-2* in <#C2>" in card(two, HERE)
    assert "Nothing is asked of you here any more" in told(two, SCRIBE)
    assert "Merged into" in two.command("status", SCRIBE, THERE).text


def test_the_meeting_and_the_reminders_of_the_other_one_end(two: Bot) -> None:
    two.press(ids.MEETING_OPEN, two.record(THERE).id, SCRIBE)
    two.submit(two.screens.form(), SCRIBE)
    two.work()
    assert "is cancelled" in str(asked(two))
    merge(two)
    assert booking(two, THERE).cancelled
    assert "is cancelled" in posted(two, THERE)
    assert ("meeting", None) in {(field, new) for field, _, new in history(two, THERE)}
    said = len(two.chat.in_room(THERE)), len(two.chat.told(SCRIBE)), len(two.chat.told(DEPUTY))
    for _ in range(12):
        two.later(timedelta(days=1))
    assert (len(two.chat.in_room(THERE)), len(two.chat.told(SCRIBE)), len(two.chat.told(DEPUTY))) == said
    assert "Overdue" in posted(two, HERE)


def test_a_booked_meeting_of_the_primary_stays_and_is_said_to_be_late(two: Bot) -> None:
    two.press(ids.MEETING_OPEN, two.record(HERE).id, OWNER)
    form = two.screens.form()
    two.submit(form, OWNER, meeting_at=int((MONDAY + timedelta(days=4, hours=10)).timestamp()))
    booked = booking(two, HERE)
    assert booked
    assert "that is after the deadline" in str(asked(two))
    merge(two)
    assert booking(two, HERE) == booked
    assert "that is after the deadline" in posted(two, HERE)


def test_a_booked_meeting_that_could_move_is_said_too(two: Bot) -> None:
    put(two, HERE, severity=2, times=Times(NINE, NINE, TEN))
    put(two, THERE, severity=2, times=Times(TEN, TEN, two.clock.now()), created_at=two.clock.now())
    two.press(ids.MEETING_OPEN, two.record(HERE).id, OWNER)
    two.submit(two.screens.form(), OWNER)
    put(two, HERE, times=Times(NINE - timedelta(days=1), NINE - timedelta(days=1), TEN - timedelta(days=3)))
    assert "it could move to" in str(asked(two))
    merge(two)
    assert "it could move to" in posted(two, HERE)
    assert "PM-2 was merged into it" in posted(two, HERE)


def test_while_the_end_of_one_is_not_known_neither_is_that_of_both(two: Bot) -> None:
    put(two, THERE, times=Times(NINE, NINE, None), end_of_call_at=None)
    assert "The end of PM-2 is not known yet" in str(asked(two))
    before = standing.count(two.record(THERE), Policy()).anchor.at
    merge(two)
    record = two.record(HERE)
    assert record.times.resolved_at is None
    count = standing.count(record, Policy())
    assert (count.anchor.at, count.deadline.provisional) == (max(before, NOON), True)
    assert "provisional until the end of the incident is given" in two.command("status", SCRIBE).text
    two.command("incident resolved now", IC)
    assert not standing.count(two.record(HERE), Policy()).deadline.provisional


def test_what_the_channel_says_of_a_call_does_not_end_an_incident_whose_other_half_goes_on(two: Bot) -> None:
    put(two, THERE, times=Times(NINE, NINE, None), end_of_call_at=None)
    put(two, HERE, end_of_call_at=NOON)
    merge(two)
    assert standing.count(two.record(HERE), Policy()).deadline.provisional


def test_while_one_is_open_again_so_are_both_and_the_deadline_rests(two: Bot) -> None:
    two.command("incident open slow again", DEPUTY, THERE)
    assert "is open again: so is this one then" in str(asked(two))
    merge(two)
    record = two.record(HERE)
    assert record.open_again
    assert standing.in_force(record, Policy()) is None
    assert "The incident is open again: the deadline rests" in posted(two, HERE)
    said = len(two.chat.told(OWNER))
    two.later(timedelta(days=9))
    assert len(two.chat.told(OWNER)) == said
    two.command("incident resolved now", IC)
    assert standing.in_force(two.record(HERE), Policy())


def test_a_severity_that_was_never_set_leaves_the_other_and_is_said(two: Bot) -> None:
    put(two, THERE, severity=None)
    assert "The severity of PM-2 was never set: SEV-2 is kept" in str(asked(two))
    merge(two)
    assert two.record(HERE).severity == 2


def test_what_was_confirmed_in_the_other_one_is_said_to_be_there(two: Bot) -> None:
    other = two.record(THERE)
    line = Item("line-1", other.id, NINE, "restart", TimelineKind.action, SCRIBE, NOON)
    with two.store.transaction(timedelta(seconds=5)) as unit:
        unit.items.put_item(line)
    assert "1 line of the timeline" in str(asked(two))
    merge(two, bring=[])
    assert "1 line of the timeline" in card(two, THERE)
    assert "1 line of the timeline" in posted(two, HERE)
    assert two.look(lambda unit: unit.items.timeline(two.record(HERE).id)) == []
    two.press(ids.HUB_OPEN, other.id, OWNER)
    assert "Payments" in str(two.screens.shown[-1])
    assert two.look(lambda unit: unit.items.timeline(other.id)) == [line]


def test_confirmed_lines_come_along_with_their_messages_and_go_again_untouched(two: Bot) -> None:
    other, record = two.record(THERE), two.record(HERE)
    lines = [
        Item(
            f"line-{n}",
            other.id,
            NINE,
            f"restart {n}",
            TimelineKind.action,
            SCRIBE,
            NOON,
            ts=f"176380000{n}.000100",
            line=0,
        )
        for n in range(3)
    ]
    with two.store.transaction(timedelta(seconds=5)) as unit:
        unit.items.put_items([*lines[:2], replace(lines[2], removed=True)])
    merge(two)

    def ours() -> list[Item]:
        found: list[Item] = two.look(lambda unit: unit.items.timeline(record.id))
        return [each for each in found if not each.removed]

    assert [(each.text, each.ts, each.channel_id) for each in ours()] == [
        ("restart 0", lines[0].ts, THERE), ("restart 1", lines[1].ts, THERE),
    ]  # fmt: skip
    assert "2 lines of its timeline came along" in card(two, HERE)
    assert [each for each in history(two, HERE) if each[0] == "timeline"]
    two.press(ids.TIMELINE_OPEN, record.id, OWNER)
    assert f"archives/C2/p{str(lines[0].ts).replace('.', '')}" in str(two.screens.form())
    with two.store.transaction(timedelta(seconds=5)) as unit:
        unit.items.put_item(replace(ours()[0], text="restart, and it helped", version=2))
    assert "left as it is: 1 line of the timeline" in two.command("merge undo", IC).sentence
    assert [each.text for each in ours()] == ["restart, and it helped"]
    two.clock.advance(timedelta(minutes=1))
    assert not two.submit(asked(two), IC, "V2").errors
    assert len(ours()) == 3, "who merges again is asked again"
    assert len(two.look(lambda unit: unit.items.timeline(other.id))) == 3


# Which one is meant.


def test_without_a_name_those_that_are_open_and_near_in_time_are_offered_first(two: Bot) -> None:
    for number, days in ((3, 20), (4, 1)):
        room = f"C{number}"
        two.chat.rooms[room] = Room({IC, OWNER, BOT})
        two.command("assign <@U2|ben>", IC, room)
        two.work()
        at = MONDAY - timedelta(days=days)
        put(two, room, severity=2, times=Times(at, at, at + timedelta(hours=1)))
    put(two, "C4", status=Status.CLOSED)
    for typed in ("merge", "merge #nothing-like-it", "merge whatever this is"):
        form = asked(two, typed)
        assert form["callback_id"] == ids.MERGE_PICK
        labels = [option["text"]["text"] for option in _select(form)["options"]]
        assert [label.split()[0] for label in labels] == ["PM-2", "PM-3"]
    reply = two.submit(form, IC, other=two.record(THERE).id)
    view = reply.json["view"]
    assert view["callback_id"] == ids.MERGE_RECORD
    assert not two.submit(view, IC, "V2").errors
    assert two.record(THERE).merged


def _select(form: dict[str, Any]) -> dict[str, Any]:
    return next(dict(block["element"]) for block in form["blocks"] if block.get("block_id") == ids.OTHER)


def test_it_is_named_by_its_channel_its_number_or_the_channels_name(two: Bot) -> None:
    with two.store.transaction(timedelta(seconds=5)) as unit:
        channel = unit.channels.get("T1", THERE)
        assert channel
        unit.channels.put(replace(channel, name="c2-room"))
    for typed in ("merge <#C2|other>", "merge PM-2", "merge pm2", "merge 2", "merge #C2-room"):
        assert asked(two, typed)["callback_id"] == ids.MERGE_RECORD


def test_where_there_is_no_other_one_it_says_so(bot: Bot) -> None:
    bot.assigned()
    assert "nothing can be merged into PM-1" in bot.command("merge", IC).sentence


# Who may, and what is refused.


def test_the_owner_and_others_are_told_who_can(two: Bot) -> None:
    before = two.contents()
    for user in (OWNER, SCRIBE, OTHER):
        said = two.command("merge <#C2|other>", user).sentence
        assert "Only the IC, the deputy and who stands in for them" in said
        assert "<@U1>" in said
    assert two.contents() == before


@pytest.mark.parametrize("who", [DEPUTY, STAND_IN])
def test_the_deputy_and_a_member_of_the_ic_group_may(two: Bot, who: str) -> None:
    put(two, HERE, roles=replace(two.record(HERE).roles, deputy=DEPUTY))
    two.know(replace(two.chat.users[OTHER], user_id=STAND_IN))
    merge(two, who)
    assert two.record(THERE).merged


def test_the_form_of_somebody_who_may_not_is_refused(two: Bot) -> None:
    form = asked(two)
    assert "Only the IC" in str(two.submit(form, OWNER).errors)
    assert two.record(THERE).merged is None


REFUSALS: dict[str, tuple[Callable[[Bot], object], str]] = {
    "closed": (lambda bot: put(bot, THERE, status=Status.CLOSED), "PM-2 is Closed"),
    "waits for support": (lambda bot: promised(bot), "waits for the support team"),
    "private": (lambda bot: room(bot, private=True), "not read by the same people"),
}


def room(bot: Bot, **values: Any) -> None:
    people = frozenset({IC, SCRIBE, DEPUTY, BOT}) if values.get("private") else frozenset()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        channel = Channel("T1", THERE, "other", False, False, bot.clock.now(), people)
        unit.channels.put(replace(channel, **values))


def promised(bot: Bot) -> None:
    record = put(bot, THERE, status=Status.REVIEWED)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.meetings.put_external(record.id, ExternalDecision(ExternalMessage.PRESENT))


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_merged_is_refused_with_what_to_do(two: Bot, case: str) -> None:
    arrange, said = REFUSALS[case]
    arrange(two)
    before = two.contents()
    assert said in two.command("merge PM-2", IC).sentence
    assert two.contents() == before


def test_one_that_nobody_here_may_see_is_as_if_it_were_not_there(two: Bot) -> None:
    room(two, private=True)
    with two.store.transaction(timedelta(seconds=5)) as unit:
        unit.channels.put(
            Channel("T1", THERE, "secret", True, False, two.clock.now(), frozenset({DEPUTY, SCRIBE, BOT}))
        )
    for typed in ("merge <#C2|secret>", "merge PM-2", "merge #secret", "merge PM-99"):
        said = two.command(typed, IC).sentence
        assert "no post-mortem there that you may see" in said
        assert "PM-2" not in said
        assert "Payments" not in said
    form = merge_form.pick(two.record(HERE), [(two.record(THERE), None)])
    assert "no post-mortem there that you may see" in str(two.submit(form, IC, other=two.record(THERE).id).errors)
    assert two.record(THERE).merged is None


def test_two_private_channels_with_the_same_people_can_be_merged_and_with_others_not(engine: Engine) -> None:
    bot = begun(Bot(engine), private=True)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.channels.leave("T1", THERE, OWNER)
    assert "not read by the same people" in bot.command("merge PM-2", IC).sentence
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.channels.join("T1", THERE, OWNER)
    merge(bot)
    assert bot.record(THERE).merged


def test_a_chain_is_refused_with_the_name_of_the_primary(two: Bot) -> None:
    two.chat.rooms["C3"] = Room({IC, OWNER, BOT})
    two.command("assign <@U2|ben>", IC, "C3")
    two.work()
    merge(two)
    assert "PM-2 is merged into PM-1 already" in two.command("merge PM-2", IC, "C3").sentence
    assert "PM-2 was merged into PM-1" in two.command("merge PM-1", IC, "C3").sentence
    assert "PM-2 is merged into PM-1: go on there, in <#C1>" in two.command("merge PM-3", DEPUTY, THERE).sentence


def test_each_into_the_other_at_the_same_moment_leaves_one_primary(two: Bot) -> None:
    other = make_engine(two.engine.url.render_as_string(hide_password=False))
    replica = Bot(other, clock=two.clock, chat=two.chat, synced=False)
    one = asked(two)
    assert not two.command("merge PM-1", DEPUTY, THERE).sentence
    forms = ((two, one, IC), (replica, two.screens.form(), DEPUTY))
    start = threading.Barrier(2)

    def send(bot: Bot, form: dict[str, Any], user: str) -> object:
        start.wait()
        return bot.submit(form, user).errors

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda given: send(*given), forms))
    records = [two.record(channel) for channel in (HERE, THERE)]
    merged = [each for each in records if each.merged]
    assert len(merged) == sum(not errors for errors in said) <= 1, said
    assert len([each for each in records if each.took_in]) == len(merged)
    other.dispose()


def test_an_account_that_goes_and_a_person_that_is_forgotten_ask_nothing_of_it(two: Bot) -> None:
    put(two, THERE, roles=replace(two.record(THERE).roles, ic=SCRIBE))
    merge(two)
    two.work()
    before = len(two.chat.told(DEPUTY)) + len(two.chat.told(SCRIBE))
    two.send(payloads.user_change(SCRIBE, deleted=True))
    two.work()
    assert len(two.chat.told(DEPUTY)) + len(two.chat.told(SCRIBE)) == before
    with two.store.transaction(timedelta(seconds=5)) as unit:
        Forget()(unit, "T1", SCRIBE, "U9", two.clock.now())
        Forget()(unit, "T1", "U9", "U9", two.clock.now())
    assert two.record(THERE).owner != SCRIBE


def test_what_was_changed_while_the_form_was_open_is_looked_at_first(two: Bot) -> None:
    form = asked(two)
    put(two, THERE, severity=3)
    assert "was changed while you had the form open" in str(two.submit(form, IC).errors)
    assert two.record(THERE).merged is None


def test_the_same_form_twice_merges_once(two: Bot) -> None:
    form = asked(two)
    two.submit(form, IC)
    two.submit(form, IC, "V2")
    assert len(two.record(HERE).took_in) == 1
    assert len([each for each in history(two, HERE) if each[0] == "merged with"]) == 1


# Afterwards.


def test_who_writes_in_the_other_one_is_told_where_it_goes_on(two: Bot) -> None:
    merge(two)
    two.work()
    before = two.contents()
    writes = (
        "assign <@U2|ben>",
        "severity SEV-2",
        "meeting",
        "query select 1",
        "start",
        "ask <@U1|ana> why?",
        "harvest",
    )
    for typed in writes:
        assert "PM-2 is merged into PM-1: go on there, in <#C1>" in two.command(typed, DEPUTY, THERE).sentence
    assert two.contents() == before


def test_buttons_of_the_other_one_lead_there_too_and_reading_goes_on(two: Bot) -> None:
    merge(two)
    other = two.record(THERE)
    for button in (ids.TIMELINE_OPEN, ids.MEETING_OPEN, ids.OWNER_ACCEPT, ids.MOVE_IN_REVIEW):
        two.press(button, other.id, SCRIBE, channel=THERE)
        assert "go on there" in two.screens.sentence()
    for typed in ("status", "history", "notes", "agenda"):
        assert "go on there, in" not in two.command(typed, SCRIBE, THERE).sentence
    two.press(ids.HISTORY_PAGE, other.id, SCRIBE, channel=THERE)
    assert "merged into" in str(two.screens.shown[-1])


def test_another_incident_in_that_channel_opens_another_one(two: Bot) -> None:
    merge(two)
    two.command("start new", DEPUTY, THERE)
    assert (two.record(THERE).number, two.record(THERE).merged) == (3, None)


def test_home_list_search_and_digest_show_it_as_merged_and_never_as_overdue(two: Bot) -> None:
    merge(two)
    two.clock.advance(timedelta(days=30))
    found = two.look(lambda unit: FindRecords(Policy())(unit, "T1", SCRIBE, Query(state=State.OPEN)))
    assert {hit.record.number for hit in found.hits} == {1, 2}
    listed = two.command("list", SCRIBE).text
    assert "merged into PM-1" in listed
    two.press(ids.HOME_FILTER, "open:0", SCRIBE)
    shown = str(two.screens.shown[-1])
    assert "merged into PM-1" in shown
    assert "You are the owner" not in shown
    two.press(ids.HOME_FILTER, "overdue:0", SCRIBE)
    assert "PM-1" in str(two.screens.shown[-1])
    assert "*PM-2*" not in str(two.screens.shown[-1])
    week = two.look(lambda unit: digests.gather(unit, "T1", SCRIBE, Policy(), two.clock.now()))
    assert ([line.record.number for line in week.overdue], week.merged, week.others) == ([1], 1, 0)


def test_once_the_primary_is_closed_its_part_is_over_with_it(two: Bot) -> None:
    merge(two)
    put(two, HERE, status=Status.CLOSED, closed_at=two.clock.now())
    assert [each.number for each in two.look(lambda unit: unit.census.open("T1"))] == []
    found = two.look(lambda unit: FindRecords(Policy())(unit, "T1", SCRIBE, Query(state=State.CLOSED)))
    assert {hit.record.number for hit in found.hits} == {1, 2}
    gone = two.look(lambda unit: unit.census.closed_before(two.clock.now() + timedelta(days=1)))
    assert gone == [two.record(THERE).id, two.record(HERE).id]
    assert "is Closed with PM-2 in it" in two.command("merge undo", IC).sentence


def test_a_channel_that_is_closed_or_gets_another_id_is_followed(two: Bot) -> None:
    merge(two)
    two.work()
    said = len(two.chat.told(SCRIBE)) + len(two.chat.told(DEPUTY))
    with two.store.transaction(timedelta(seconds=5)) as unit:
        RoomMoved()(unit, "T1", THERE, "C22", two.clock.now())
        RoomMoved()(unit, "T1", HERE, "C11", two.clock.now())
        RoomClosed(Policy())(unit, "T1", "C22", How.ARCHIVED, two.clock.now(), by=IC)
    two.work()
    assert len(two.chat.told(SCRIBE)) + len(two.chat.told(DEPUTY)) == said
    assert [each.channel_id for each in two.record("C11").took_in] == ["C22"]
    into = two.record("C22").merged
    assert into
    assert into.channel_id == "C11"


# Taking it back.


def test_taken_back_both_are_as_they_were(two: Bot) -> None:
    two.press(ids.MEETING_OPEN, two.record(THERE).id, SCRIBE)
    two.submit(two.screens.form(), SCRIBE)
    before = {channel: two.record(channel) for channel in (HERE, THERE)}
    merge(two)
    two.work()
    assert "is no part of" in two.command("merge undo", IC).sentence
    for channel, was in before.items():
        assert replace(two.record(channel), version=was.version) == was
    assert ("merged with", "PM-2", None) in history(two, HERE)
    assert ("merged into", "PM-1", None) in history(two, THERE)
    assert ("severity", "1", "2") in history(two, HERE)
    assert "The deadline moved later" in posted(two, HERE)
    assert "stays cancelled: book another one" in posted(two, THERE)
    assert "Merged" not in card(two, THERE)
    for _ in range(7):
        two.later(timedelta(days=1))
    assert "Overdue" in card(two, THERE)


def test_what_was_changed_since_stays_and_is_named(two: Bot) -> None:
    merge(two)
    later = NOON + timedelta(minutes=30)
    put(two, HERE, times=replace(two.record(HERE).times, resolved_at=later))
    said = two.command("merge undo", IC).sentence
    assert "Changed since, and left as it is: the end" in said
    record = two.record(HERE)
    assert (record.severity, record.times) == (2, Times(TEN, TEN, later))
    assert "left as it is: the end" in posted(two, HERE)


def test_what_was_open_again_because_of_it_is_over_again(two: Bot) -> None:
    two.command("incident open slow again", DEPUTY, THERE)
    merge(two)
    two.command("merge undo", IC)
    assert two.record(HERE).open_again is None
    assert two.record(THERE).open_again
    assert "The deadline runs again" in posted(two, HERE)


def test_the_button_takes_it_back_from_either_channel_for_the_same_people(two: Bot) -> None:
    merge(two)
    value = merge_form.undo_value(two.record(HERE).id, two.record(THERE).id)
    assert value in card(two, THERE)
    two.press(ids.MERGE_UNDO, value, OWNER, channel=THERE)
    assert "Only the IC" in two.screens.sentence()
    two.press(ids.MERGE_UNDO, value, IC, channel=THERE)
    assert two.record(THERE).merged is None
    two.press(ids.MERGE_UNDO, value, IC, channel=THERE)
    assert "there is nothing to take back" in two.screens.sentence()


def test_the_last_one_is_taken_back_first(two: Bot) -> None:
    two.chat.rooms["C3"] = Room({IC, OWNER, BOT})
    two.command("assign <@U2|ben>", IC, "C3")
    two.work()
    put(two, "C3", severity=3, times=Times(NOON, NOON, NOON + timedelta(hours=1)))
    merge(two)
    assert not two.submit(asked(two, "merge PM-3"), IC, "V2").errors
    assert two.record(HERE).times == Times(NINE, NINE, NOON + timedelta(hours=1))
    assert "the latest of their ends, merged with PM-2, PM-3" in two.command("status", IC).text
    two.press(ids.MERGE_UNDO, merge_form.undo_value(two.record(HERE).id, two.record(THERE).id), IC)
    assert "PM-3 was merged after PM-2: take that back first" in two.screens.sentence()
    two.command("merge undo", IC)
    two.command("merge undo", IC)
    assert two.record(HERE).times == Times(TEN, TEN, NOON)
    assert "Nothing was merged into PM-1" in two.command("merge undo", IC).sentence


def test_words_from_people_ping_nobody(two: Bot) -> None:
    put(two, THERE, title="<!channel> *Payments*")
    two.submit(asked(two), IC, reason="<!here> <@U5> broke it")
    said = posted(two, HERE) + posted(two, THERE)
    assert not re.search(r"<!(channel|here)>", said)
    assert "<@U5>" not in said


def test_the_channel_of_the_part_counts_for_the_whole_until_the_merge_is_taken_back(two: Bot) -> None:
    early = two.chat.say(THERE, "TODO: page support earlier", OTHER)
    merge(two)
    two.work()
    record = two.record(HERE)

    def rooms() -> list[str]:
        return [each.channel_id for each in two.look(lambda unit: unit.side_rooms.of(record.id)) if each.current]

    def lines() -> list[tuple[str, str]]:
        found = two.look(lambda unit: unit.items.timeline(record.id))
        return [(item.text, item.channel_id) for item in found if not item.removed]

    assert rooms() == [THERE]
    assert side_rooms.named(early, 1) in [ts for ts, _ in two.look(lambda unit: unit.items.waiting(record.id, "todo"))]
    two.send(payloads.reaction(two.chat.say(THERE, "restarting pay", OTHER), channel=THERE))
    two.work()
    assert lines() == [("restarting pay", THERE)]
    two.command("merge undo", IC)
    two.work()
    assert rooms() == []


def test_another_severity_by_a_merge_asks_whether_the_tickets_follow(engine: Engine) -> None:
    bot = begun(Bot(engine, policy=Policy(tickets=TicketRules("OPS")), tracker=FakeTracker()))
    record = bot.record(HERE)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        kept = KeptTicket(
            "a1", record.id, "pm-a1", "OPS", "Task", OWNER, bot.clock.now(), TicketState.MADE, key="OPS-1"
        )
        unit.tickets.put(replace(kept, tags=("sev2", "sev2_20261123"), linked_back=True))
    merge(bot)
    offer = "Relabel 1 ticket?"
    assert offer in told(bot, IC)
    bot.press(ids.MERGE_UNDO, merge_form.undo_value(record.id, bot.record(THERE).id), IC)
    bot.work()
    assert offer not in card(bot, HERE), "the severity of before is right again"
