"""Incidents without a record: noticed by what is said, asked about once, begun or declined from there, and listed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.blocks import ids
from bot.domain import permissions
from bot.domain.harvest.message import instant
from bot.domain.noticed import FRESH, KEEP, QUIET, Gone, Noticed, NoticedState
from bot.domain.outgoing import Kind
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.ports.screens import OpenView
from tests.fakes import errors, payloads
from tests.fakes.bot import PATIENCE, Bot, Reply
from tests.fakes.chat import Post, Room

REPORT = "We are in SEV-1, checkout is failing, next check-in in 10 minutes"
OVER = "Call is over, thanks everyone. Follow up in Slack."
INC = "INC-1"


@pytest.fixture
def bot(bot: Bot) -> Bot:
    """C1 is a channel with any name; INC-1 has an incident's."""
    bot.chat.rooms[INC] = Room({"U1", "U2", "U3", "UBOT"})
    return bot


def says(bot: Bot, text: str, channel: str = "C1", user: str = "U2", **values: Any) -> str:
    """Somebody writes, and Slack tells us; returns the message's ts."""
    ts = bot.chat.say(channel, text, user, **{name: values[name] for name in ("thread_ts",) if name in values})
    given = {"type": "message", "channel": channel, "channel_type": "channel", "user": user, "text": text, "ts": ts}
    assert bot.send(payloads.event({**given, **values})).status == 200
    return ts


def noticed(bot: Bot, channel: str = "C1") -> Noticed:
    found = bot.look(lambda unit: unit.noticed.newest(payloads.TEAM, channel))
    assert isinstance(found, Noticed)
    return found


def none_noticed(bot: Bot) -> bool:
    return not bot.contents()["noticed_incident"]


def offers(bot: Bot, channel: str = "C1") -> list[Post]:
    return [post for post in bot.chat.in_room(channel) if post.mark.startswith(f"{Kind.START_OFFER}:")]


def button(post: Post, action_id: str) -> str:
    """The value of a button in a message."""
    every = [each for block in post.drawing.blocks for each in block.get("elements", []) if isinstance(each, dict)]
    return str(next(each["value"] for each in every if each.get("action_id") == action_id))


def asked(bot: Bot, channel: str = "C1") -> Post:
    bot.work()
    (post,) = offers(bot, channel)
    return post


def declined(bot: Bot, why: str = "drill", user: str = "U1", view_id: str = "VD", **answers: Any) -> Reply:
    """Somebody presses Not needed and sends the form."""
    bot.press(ids.NOTICED_DECLINE, noticed(bot).id, user)
    return bot.submit(bot.screens.form(), user, view_id, why=why, **answers)


@contextmanager
def counted(bot: Bot) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    seen: list[str] = []

    def see(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    sa.event.listen(bot.engine, "before_cursor_execute", see)
    yield seen
    sa.event.remove(bot.engine, "before_cursor_execute", see)


def plain(statements: list[str]) -> list[str]:
    return [each for each in statements if not each.startswith(("BEGIN", "SET", "PRAGMA"))]


def test_a_report_is_noted_and_the_end_of_the_call_asks_once(bot: Bot) -> None:
    ts = says(bot, REPORT)
    bot.work()
    assert offers(bot) == []
    first = noticed(bot)
    assert (first.severity, first.state, first.ts, first.ended_at) == (1, NoticedState.SEEN, ts, None)
    bot.clock.advance(timedelta(hours=1))
    over = says(bot, OVER)
    post = asked(bot)
    assert post.text == "The call is over. SEV-1? Start the post-mortem"
    found = noticed(bot)
    assert (found.id, found.state, found.offer_ts, found.ended_at) == (
        first.id, NoticedState.OFFERED, post.ts, instant(over),
    )  # fmt: skip
    for user in ("U1", "U3", "U2"):
        says(bot, OVER, user=user)
    bot.later(timedelta(minutes=30))
    says(bot, "OK, the call is over")
    bot.work()
    assert len(offers(bot)) == 1
    assert bot.chat.count("post") == 1


def test_nothing_of_what_was_said_is_stored(bot: Bot) -> None:
    says(bot, "We are in SEV-1, a secret canary broke checkout")
    says(bot, "Call is over, thanks canary and <@U3>")
    bot.work()
    kept = json.dumps([bot.contents()[name] for name in ("noticed_incident", "outbox", "receipt")])
    assert "canary" not in kept
    assert "U3" not in kept


def test_a_message_elsewhere_costs_one_look_up_and_a_sign_where_a_record_stands_begins_nothing(bot: Bot) -> None:
    bot.assigned()
    before = bot.contents()
    calls = len(bot.chat.calls)
    with counted(bot) as statements:
        says(bot, "restarting the checkout pods", "INC-1")
    assert len(plain(statements)) == 1, statements
    assert not [each for each in statements if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert bot.contents() == before
    for text in (OVER, REPORT):
        says(bot, text)
        assert none_noticed(bot), "it is said where a record stands"
    assert len(bot.chat.calls) == calls


def test_a_reply_under_nothing_of_ours_costs_two_look_ups_and_no_write(bot: Bot) -> None:
    with counted(bot) as statements:
        says(bot, OVER, thread_ts="1764000000.000100")
    assert len(plain(statements)) <= 2
    assert none_noticed(bot)


@pytest.mark.parametrize(
    "values",
    [
        {"thread_ts": "1764000000.000100"},
        {"thread_ts": "1764000000.000100", "subtype": "thread_broadcast"},
        {"bot_id": "B7"},
        {"subtype": "message_changed", "message": {"type": "message", "user": "U2", "text": OVER, "ts": "1764000000.000100"}},
        {"edited": {"user": "U2", "ts": "1764000000.000200"}},
        {"channel_type": "im"},
        {"ts": "soon"},
    ],
    ids=lambda values: "-".join(values),
)  # fmt: skip
def test_replies_apps_edits_and_direct_messages_are_no_sign(bot: Bot, values: dict[str, Any]) -> None:
    given = {"type": "message", "channel": INC, "channel_type": "channel", "user": "U2", "ts": "1764000000.000300"}
    for text in (OVER, REPORT):
        assert bot.send(payloads.event({**given, "text": text, **values})).status == 200
    assert none_noticed(bot)
    assert bot.rows(Kind.START_OFFER) == []


def test_the_end_of_some_call_asks_nobody_and_leaves_nothing(bot: Bot) -> None:
    says(bot, OVER)
    bot.work()
    assert offers(bot) == []
    assert none_noticed(bot)
    assert [name for name, _ in bot.chat.calls] == ["channel"]
    assert bot.contents()["channel"] == []


def test_in_a_channel_with_an_incidents_name_the_end_of_the_call_is_enough(bot: Bot) -> None:
    says(bot, OVER, INC)
    post = asked(bot, INC)
    assert "Was it a SEV-1 or SEV-2?" in str(post.drawing.blocks)
    bot.work()
    assert noticed(bot, INC).severity is None


def test_which_names_they_have_is_a_setting(bot: Bot) -> None:
    bot = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=Policy(incident_channels=("c?",)))
    says(bot, OVER, INC)
    says(bot, OVER)
    bot.work()
    assert (len(offers(bot, INC)), len(offers(bot))) == (0, 1)


def test_the_end_may_name_the_severity_itself(bot: Bot) -> None:
    says(bot, "SEV-2 is resolved. Call is over.")
    assert "SEV-2" in asked(bot).text


def test_doubled_events_and_replicas_ask_once(bot: Bot) -> None:
    other = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    inner = {"type": "message", "channel": INC, "channel_type": "channel", "user": "U2", "text": OVER}
    event = payloads.event({**inner, "ts": "1764000000.000300"}, "Ev-the-same")
    for replica in (bot, other, bot):
        assert replica.send(event).status == 200
    again = payloads.event({**inner, "ts": "1764000000.000300"}, "Ev-another")
    for replica in (other, bot):
        assert replica.send(again).status == 200
    other.work()
    bot.work()
    assert len(offers(bot, INC)) == 1
    assert len(bot.contents()["noticed_incident"]) == 1


def test_people_who_write_at_the_same_moment_begin_one_incident(bot: Bot) -> None:
    replicas = [bot, *(Bot(bot.engine, clock=bot.clock, chat=bot.chat) for _ in range(2))]
    inner = {"type": "message", "channel": INC, "channel_type": "channel", "text": "SEV-1 is resolved. Call is over."}
    sent = [payloads.event({**inner, "user": f"U{n}", "ts": f"1764000000.00030{n}"}) for n in range(1, 7)]
    with ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda n: replicas[n % 3].send(sent[n]), range(6)))
    for reply, event in zip(replies, sent, strict=True):
        # Slack sends again what was not acknowledged.
        assert reply.status == 200 or bot.send(event).status == 200
    bot.work()
    assert len(bot.contents()["noticed_incident"]) == 1
    assert len(offers(bot, INC)) == 1


def test_a_question_whose_answer_was_lost_is_not_asked_again(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    bot.chat.fail("post", errors.lost(), after=True)
    bot.work()
    assert len(offers(bot)) == 1
    assert noticed(bot).state is NoticedState.OFFERED


def test_answered_while_it_was_asked_the_question_is_redrawn(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    bot.chat.fail("post", None, meanwhile=lambda: bot.command("start"))
    bot.work()
    (post,) = offers(bot)
    assert f"*{bot.record().name}* was started for it" in post.text


def test_where_nobody_can_be_asked_it_is_given_up_quietly(bot: Bot) -> None:
    says(bot, REPORT, INC)
    bot.work()
    says(bot, OVER, INC)
    bot.chat.rooms[INC].members.discard("UBOT")
    bot.work()
    assert (offers(bot, INC), bot.chat.count("join")) == ([], 0)
    assert {row["state"] for row in bot.rows(Kind.START_OFFER)} == {"cancelled"}
    assert noticed(bot, INC).waits


def test_the_button_opens_the_record_and_its_form_with_what_is_known(bot: Bot) -> None:
    says(bot, REPORT)
    bot.clock.advance(timedelta(hours=1))
    over = instant(says(bot, OVER))
    post = asked(bot)
    bot.press(ids.NOTICED_START, button(post, ids.NOTICED_START), "U3")
    form = next(screen.view for screen in bot.screens.shown if isinstance(screen, OpenView))
    filled = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    assert filled[ids.SEVERITY]["initial_option"]["value"] == "1"
    assert filled[ids.RESOLVED_AT]["initial_date_time"] == int(over.timestamp())
    record = bot.record()
    assert (record.created_by, record.end_of_call_at) == ("U3", over), "the deadline counts from the end of the call"
    assert [(entry.field, entry.actor) for entry in bot.history()][:2] == [("record", "U3"), ("end of the call", "bot")]
    assert noticed(bot).postmortem_id == record.id
    bot.work()
    assert f"*{record.name}* was started for it" in post.text
    assert not [block for block in post.drawing.blocks if block["type"] == "actions"]
    assert bot.submit(form, "U3", "VS", title="Checkout is down").errors == {}
    assert (bot.record().severity, bot.record().times.resolved_at) == (1, over.replace(microsecond=0))
    bot.press(ids.NOTICED_START, noticed(bot).id, "U2")
    assert bot.record().id == record.id
    assert len(bot.contents()["postmortem"]) == 1


@pytest.mark.parametrize("typed", ["start", "assign <@U2|ben>"])
def test_started_in_another_way_the_question_says_so(bot: Bot, typed: str) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    post = asked(bot)
    bot.command(typed, "U1")
    bot.work()
    assert f"*{bot.record().name}* was started for it" in post.text
    assert noticed(bot).state is NoticedState.RECORDED


def test_started_before_anybody_was_asked_nobody_is(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    bot.command("start", "U1")
    bot.work()
    assert offers(bot) == []
    says(bot, OVER)
    says(bot, REPORT)
    bot.work()
    assert offers(bot) == []


def test_not_needed_asks_why_and_the_channel_reads_the_answer(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    post = asked(bot)
    bot.press(ids.NOTICED_DECLINE, button(post, ids.NOTICED_DECLINE), "U3")
    form = bot.screens.form()
    assert bot.submit(form, "U3", "V1", why="other").errors == {
        "reason": "Say in a few words why none is needed: the next one to ask finds it there."
    }
    assert bot.submit(form, "U3", "V1", why="elsewhere", reason="OPS-12 <!channel>").errors == {}
    bot.work()
    found = noticed(bot)
    assert (found.state, found.settled_by, found.why, found.note) == (
        NoticedState.DECLINED, "U3", "elsewhere", "OPS-12 <!channel>",
    )  # fmt: skip
    assert "says <@U3>: written up or tracked elsewhere (OPS-12 &lt;!channel&gt;)" in post.text
    says(bot, OVER)
    bot.work()
    assert len(offers(bot)) == 1, "the end said again is of the incident that was declined"
    bot.press(ids.NOTICED_DECLINE, found.id, "U1")
    assert "said already" in str(bot.screens.shown[-1])
    bot.command("start", "U1")
    assert bot.record()


def test_a_record_that_was_started_meanwhile_is_not_declined(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    asked(bot)
    bot.press(ids.NOTICED_DECLINE, noticed(bot).id)
    form = bot.screens.form()
    bot.command("start", "U2")
    assert "was started for it meanwhile" in str(bot.submit(form, why="drill").errors)
    assert noticed(bot).state is NoticedState.RECORDED


def test_a_standing_room_is_asked_anew_for_the_next_incident(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    post = asked(bot)
    bot.press(ids.NOTICED_START, button(post, ids.NOTICED_START))
    bot.work()
    first = bot.record()
    bot.clock.advance(QUIET + timedelta(hours=1))
    says(bot, OVER)
    bot.work()
    assert len(offers(bot)) == 1, "some call's end begins nothing where a record stands"
    says(bot, "We are in SEV-2, search is slow")
    bot.clock.advance(timedelta(hours=1))
    says(bot, OVER)
    bot.work()
    second = offers(bot)[-1]
    assert f"If it is the incident of {first.name} that went on" in str(second.drawing.blocks)
    bot.press(ids.NOTICED_START, button(second, ids.NOTICED_START))
    assert bot.record().number == first.number + 1
    assert bot.look(lambda unit: unit.records.get(first.id)).window_until is not None
    assert noticed(bot).number == 2


def test_after_a_quiet_night_nobody_answered_and_the_room_is_asked_anew(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    asked(bot)
    bot.clock.advance(QUIET + timedelta(minutes=1))
    says(bot, REPORT)
    says(bot, OVER)
    bot.work()
    assert len(offers(bot)) == 2
    assert len(bot.contents()["noticed_incident"]) == 2


def test_a_private_channel_is_asked_about_by_its_members_alone(bot: Bot) -> None:
    bot.chat.rooms[INC].private = True
    says(bot, REPORT, INC, channel_type="group")
    says(bot, OVER, INC, channel_type="group")
    asked(bot, INC)
    found = noticed(bot, INC)
    for action_id in (ids.NOTICED_START, ids.NOTICED_DECLINE):
        bot.press(action_id, found.id, "U5")
        assert permissions.NOT_IN_IT in str(bot.screens.shown[-1])
    assert "None that you may see" in str(bot.command("list unrecorded", "U5").json)
    assert "INC-1" in str(bot.command("list unrecorded", "U3", "C1").json)
    bot.press(ids.NOTICED_START, found.id, "U3", channel="C1")
    assert bot.record(INC).created_by == "U3"


@pytest.mark.parametrize("user", ["UGUEST", "UFAR"])
def test_guests_and_strangers_neither_start_nor_decline(bot: Bot, user: str) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    asked(bot)
    before = bot.contents()
    for action_id in (ids.NOTICED_START, ids.NOTICED_DECLINE):
        bot.press(action_id, noticed(bot).id, user)
    assert bot.contents() == before


def test_a_button_of_one_that_is_gone_says_so(bot: Bot) -> None:
    bot.press(ids.NOTICED_START, "nothing", "U1")
    assert permissions.GONE in str(bot.screens.shown[-1])


def event(bot: Bot, kind: str, channel: object) -> None:
    assert bot.send(payloads.event({"type": kind, "channel": channel, "event_ts": "1764000000.000100"})).status == 200


def digest(bot: Bot) -> dict[str, str]:
    """What each reader is told at the next digest, by conversation."""
    bot.service.runner.housekeeping()  # type: ignore[misc]
    for _ in range(9):
        bot.later(timedelta(days=1))
    posts = [post for post in bot.chat.posts if post.mark.startswith("digest_post:")]
    return {post.channel: str(post.drawing.blocks) for post in posts}


def test_the_digest_tells_the_ic_group_of_what_has_no_post_mortem(bot: Bot) -> None:
    policy = Policy(digest_channel="C9", ic_users=frozenset({"U1", "U4"}))
    bot = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=policy)
    bot.chat.rooms["C9"] = Room({"UBOT", "U4"})
    bot.chat.rooms["PRIV"] = Room({"UBOT", "U1", "U2"}, private=True)
    for channel in ("C1", "PRIV", INC):
        says(bot, REPORT, channel)
        says(bot, OVER, channel)
    bot.work()
    bot.press(ids.NOTICED_DECLINE, noticed(bot, INC).id, "U1", channel=INC)
    bot.submit(bot.screens.form(), "U1", why="false_alarm")
    told = digest(bot)
    assert set(told) == {"DU1", "DU4", "C9"}
    assert all("<#C1>, SEV-1: the call ended" in each for each in told.values())
    assert ["<#PRIV>" in told[channel] for channel in ("DU1", "DU4", "C9")] == [True, False, False]
    assert not any(INC in each for each in told.values()), "a reason was given"
    assert not any("private" in each for each in told.values())


@pytest.mark.parametrize(
    ("kind", "channel", "gone"),
    [
        ("channel_archive", "C1", Gone.ARCHIVED),
        ("group_archive", "C1", Gone.ARCHIVED),
        ("channel_rename", {"id": "C1", "name": "done-1", "created": 1}, Gone.RENAMED),
        ("group_rename", {"id": "C1", "name": "done-1", "created": 1}, Gone.RENAMED),
    ],
)
def test_a_channel_that_is_put_away_is_told_of_at_once(bot: Bot, kind: str, channel: object, gone: Gone) -> None:
    says(bot, REPORT)
    bot.work()
    assert "None that you may see" in str(bot.command("list unrecorded").json), "it may well go on"
    event(bot, kind, channel)
    assert noticed(bot).gone is gone
    listed = str(bot.command("list unrecorded").json)
    assert f"the channel was {gone}" in listed
    assert (ids.NOTICED_START in listed) is (gone is Gone.RENAMED)


def test_a_channel_without_an_incident_is_put_away_at_the_cost_of_two_look_ups(bot: Bot) -> None:
    before = bot.contents()
    with counted(bot) as statements:
        event(bot, "channel_archive", "C77")
    assert len(plain(statements)) == 2
    event(bot, "channel_rename", {"id": "C77", "name": "quiet", "created": 1})
    assert bot.contents() == before


def test_old_ones_are_forgotten_with_what_was_known_of_their_channel(bot: Bot) -> None:
    says(bot, REPORT)
    bot.work()
    assert bot.contents()["channel"]
    bot.clock.advance(KEEP - timedelta(hours=1))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    assert not none_noticed(bot)
    bot.clock.advance(timedelta(hours=2))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    assert none_noticed(bot)
    assert bot.contents()["channel"] == []


def test_a_deleted_record_takes_its_own_with_it(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    bot.command("start")
    bot.work()
    with bot.store.transaction(PATIENCE) as unit:
        assert unit.erasure.record(bot.record().id)
    assert none_noticed(bot)


def test_a_forgotten_person_is_taken_out_of_the_answer(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    asked(bot)
    declined(bot, "other", "U3", reason="Chioma wrote it up")
    with bot.store.transaction(PATIENCE) as unit:
        unit.erasure.person(payloads.TEAM, "U3", ["Chioma"], "a former colleague")
    found = noticed(bot)
    assert (found.settled_by, found.note) == ("a former colleague", "a former colleague wrote it up")


def closed(bot: Bot, change: Callable[[Postmortem], Postmortem]) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(change(record))


def test_a_record_begun_weeks_later_is_about_another_incident_and_the_list_can_still_join_them(bot: Bot) -> None:
    says(bot, REPORT)
    says(bot, OVER)
    asked(bot)
    bot.clock.advance(FRESH + timedelta(days=1, hours=1))
    bot.command("start")
    assert bot.record().end_of_call_at is None, "what the channel says of it is for the harvest to find"
    bot.work()
    assert noticed(bot).waits
    assert "INC-1" not in (listed := str(bot.command("list unrecorded").json))
    assert "8 days ago" in listed
    bot.press(ids.NOTICED_START, noticed(bot).id)
    assert noticed(bot).postmortem_id == bot.record().id
    assert "None that you may see" in str(bot.command("list unrecorded").json)


def test_a_closed_record_of_long_ago_leaves_the_room_to_the_next(bot: Bot) -> None:
    bot.command("start")
    bot.work()
    closed(bot, lambda record: record.changed(status=Status.CLOSED, closed_at=bot.clock.now()))
    says(bot, REPORT)
    assert none_noticed(bot)
    bot.clock.advance(QUIET + timedelta(hours=1))
    says(bot, REPORT)
    says(bot, OVER)
    assert "SEV-1" in asked(bot).text
