"""Asking for the review (R-28, R-29, R-40, R-41): when and where it is posted, that it is posted once, what readers answer,
and what becomes of it as the meeting moves."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids, move_buttons
from bot.domain.policy import Policy
from bot.domain.review import Note, NoteState
from bot.domain.status import Status
from bot.domain.waiver import Waiver
from bot.ports.errors import IntegrationError
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Post, Room

OWNER, IC, READER = "U2", "U1", "U4"
MONDAY = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
REVIEWERS = "C2"
_views = itertools.count(1)
Change = Callable[[Bot], Any]


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """A workspace with a channel for reviews, and a post-mortem whose document is there."""
    bot = Bot(engine, policy=Policy(review_channel=REVIEWERS))
    bot.chat.rooms[REVIEWERS] = Room({READER, "U5", BOT})
    bot.assigned()
    return bot


def book(bot: Bot, at: datetime = THURSDAY, **answers: Any) -> None:
    bot.command("meeting", OWNER)
    reply = bot.submit(bot.screens.form(), OWNER, f"VR{next(_views)}", meeting_at=int(at.timestamp()), **answers)
    assert not reply.errors, reply


def put(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def at(bot: Bot, instant: datetime) -> None:
    bot.clock.advance_to(instant)
    bot.work(timedelta(seconds=10))


def reviews(bot: Bot, channel: str | None = None) -> list[Post]:
    found = [post for post in bot.chat.posts if post.mark.startswith("review_post:")]
    return [post for post in found if channel in (None, post.channel)]


def whole(post: Post) -> str:
    return str(post.drawing.blocks)


def posted(bot: Bot) -> Bot:
    book(bot)
    at(bot, THURSDAY - timedelta(hours=24))
    assert len(reviews(bot)) == 2
    return bot


def said(bot: Bot, text: str, user: str = READER, channel: str = REVIEWERS, **values: Any) -> str:
    """A reply under the review post; returns its ts."""
    (post,) = reviews(bot, channel)
    ts = f"{int(bot.clock.now().timestamp())}.{next(_views) + 500000:06d}"
    event = {
        "type": "message",
        "channel": channel,
        "user": user,
        "text": text,
        "ts": ts,
        "thread_ts": post.ts,
        **values,
    }
    assert bot.send(payloads.event(event)).status == 200
    return ts


def notes(bot: Bot) -> list[Note]:
    return list(bot.look(lambda unit: unit.reviews.notes(bot.record().id)))


# When.


@pytest.mark.parametrize(
    ("made", "meeting", "asked"),
    [
        (MONDAY, THURSDAY, THURSDAY - timedelta(hours=24)),
        # A SEV-1 that ended on Friday: 24 hours before Monday's meeting is Sunday.
        (
            datetime(2026, 11, 20, 11, 0, tzinfo=UTC),
            datetime(2026, 11, 23, 16, 30, tzinfo=UTC),
            datetime(2026, 11, 20, 16, 0, tzinfo=UTC),
        ),
    ],
    ids=["a day before", "Sunday goes back to Friday"],
)
def test_it_is_posted_once_a_place_at_its_instant(
    engine: Engine, made: datetime, meeting: datetime, asked: datetime
) -> None:
    bot = Bot(engine, policy=Policy(review_channel=REVIEWERS))
    bot.clock.advance_to(made)
    bot.chat.rooms[REVIEWERS] = Room({READER, BOT})
    bot.assigned()
    book(bot, meeting)
    at(bot, asked - timedelta(minutes=1))
    assert not reviews(bot)
    at(bot, asked)
    assert sorted(post.channel for post in reviews(bot)) == ["C1", REVIEWERS]
    assert bot.record().review_posted_at is not None
    bot.later(timedelta(hours=5))
    assert len(reviews(bot)) == 2


def test_with_less_than_a_day_it_is_posted_at_once_and_says_so(bot: Bot) -> None:
    book(bot, MONDAY + timedelta(hours=20))
    bot.work()
    assert len(reviews(bot)) == 2
    assert all("less than 24 hours" in whole(post) for post in reviews(bot))


def test_with_a_day_it_says_nothing_of_short_notice(bot: Bot) -> None:
    assert all("less than 24 hours" not in whole(post) for post in reviews(posted(bot)))


def test_it_links_the_document_gives_the_time_in_each_zone_and_asks_six_things(bot: Bot) -> None:
    post = reviews(posted(bot), REVIEWERS)[0]
    assert "https://acme.slack.com/files/" in whole(post)
    assert f"<!date^{int(THURSDAY.timestamp())}^" in whole(post)
    assert all(f"{number}. " in whole(post) for number in range(1, 7))
    assert "incomplete draft" in whole(post)
    assert "Overview" in whole(post)


def test_moved_by_a_day_it_is_the_same_post_with_the_new_time(bot: Bot) -> None:
    posted(bot)
    book(bot, THURSDAY + timedelta(hours=7))
    bot.work()
    book(bot, THURSDAY + timedelta(days=1), late_reason="half of us travel")
    at(bot, THURSDAY)
    assert len(reviews(bot)) == 2
    new = int((THURSDAY + timedelta(days=1)).timestamp())
    assert all(str(new) in whole(post) for post in reviews(bot))


def test_moved_before_it_was_posted_it_waits_for_the_new_instant(bot: Bot) -> None:
    book(bot, THURSDAY - timedelta(days=1))
    book(bot, THURSDAY)
    at(bot, THURSDAY - timedelta(hours=25))
    assert not reviews(bot)
    at(bot, THURSDAY - timedelta(hours=24))
    assert len(reviews(bot)) == 2


def test_moved_nearer_it_is_posted_at_the_earlier_instant(bot: Bot) -> None:
    book(bot, THURSDAY)
    book(bot, THURSDAY - timedelta(days=1))
    at(bot, THURSDAY - timedelta(days=2))
    assert len(reviews(bot)) == 2


def test_cancelled_the_post_says_that_there_is_no_meeting(bot: Bot) -> None:
    posted(bot).press(ids.MEETING_CANCEL, f"{bot.record().id}:0", OWNER)
    bot.work()
    assert all("no meeting at the moment" in whole(post) for post in reviews(bot))


def test_a_restart_between_booking_and_posting_loses_nothing(bot: Bot) -> None:
    book(bot)
    again = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=Policy(review_channel=REVIEWERS))
    at(again, THURSDAY - timedelta(hours=24))
    assert len(reviews(again)) == 2


@pytest.mark.parametrize("after", [False, True], ids=["lost on the way", "answer lost"])
@pytest.mark.parametrize("skip", [0, 1], ids=["first place", "second place"])
def test_a_lost_answer_posts_nothing_twice(bot: Bot, after: bool, skip: int) -> None:
    book(bot)
    bot.clock.advance_to(THURSDAY - timedelta(hours=24))
    lost = IntegrationError("No answer came.", name="TimeoutError", retryable=True, unknown=True)
    bot.chat.fail("post", lost, after=after, skip=skip)
    bot.work()
    bot.later(timedelta(minutes=30))
    assert sorted(post.channel for post in reviews(bot)) == ["C1", REVIEWERS]


def test_an_answer_lost_and_a_meeting_moved_meanwhile_leave_one_post(bot: Bot) -> None:
    book(bot)
    bot.clock.advance_to(THURSDAY - timedelta(hours=24))
    lost = IntegrationError("No answer came.", name="TimeoutError", retryable=True, unknown=True)
    bot.chat.fail("post", lost, after=True, times=2, meanwhile=lambda: None)
    bot.work(timedelta(0))
    book(bot, THURSDAY + timedelta(hours=7))
    bot.later(timedelta(hours=12))
    assert sorted(post.channel for post in reviews(bot)) == ["C1", REVIEWERS]


WITHDRAWN: dict[str, Change] = {
    "closed": lambda bot: put(bot, status=Status.CLOSED),
    "waived": lambda bot: put(bot, waiver=Waiver(MONDAY, IC, "a false alarm")),
    "cancelled": lambda bot: bot.press(ids.MEETING_CANCEL, f"{bot.record().id}:0", OWNER),
}


@pytest.mark.parametrize("change", WITHDRAWN.values(), ids=WITHDRAWN.keys())
def test_what_is_not_to_be_reviewed_any_more_is_not_posted(bot: Bot, change: Change) -> None:
    book(bot)
    change(bot)
    at(bot, THURSDAY)
    assert not reviews(bot)


# Where.


def test_a_restricted_one_is_asked_for_in_its_own_channel_alone_and_by_number(bot: Bot) -> None:
    put(bot, restricted=True, title="Customer data leaked")
    book(bot)
    at(bot, THURSDAY - timedelta(hours=24))
    (post,) = reviews(bot)
    assert post.channel == "C1"
    assert "Customer data leaked" not in post.text
    assert not bot.chat.in_room(REVIEWERS)


def test_one_that_becomes_restricted_is_taken_back_elsewhere(bot: Bot) -> None:
    put(bot, title="Customer data leaked")
    posted(bot)
    put(bot, restricted=True)
    book(bot, THURSDAY + timedelta(hours=1))
    bot.work()
    (elsewhere,) = reviews(bot, REVIEWERS)
    assert "not reviewed here any more" in elsewhere.text
    assert "leaked" not in whole(elsewhere)


def test_one_of_a_private_channel_stays_in_it(engine: Engine) -> None:
    bot = Bot(engine, policy=Policy(review_channel=REVIEWERS))
    bot.chat.rooms[REVIEWERS] = Room({READER, BOT})
    bot.chat.rooms["C1"].private = True
    bot.assigned()
    book(bot)
    at(bot, THURSDAY - timedelta(hours=24))
    assert [post.channel for post in reviews(bot)] == ["C1"]


@pytest.mark.parametrize("trouble", ["gone", "archived", "private"])
def test_a_review_channel_that_cannot_be_posted_to_is_said_in_the_incident_channel(bot: Bot, trouble: str) -> None:
    room = bot.chat.rooms[REVIEWERS]
    if trouble == "gone":
        del bot.chat.rooms[REVIEWERS]
    elif trouble == "archived":
        room.archived = True
    else:
        room.private = True
        room.members.discard(BOT)
    book(bot)
    at(bot, THURSDAY - timedelta(hours=24))
    bot.later(timedelta(hours=3))
    assert [post.channel for post in reviews(bot)] == ["C1"]
    assert len([post for post in bot.chat.in_room("C1") if f"<#{REVIEWERS}> was not asked" in post.text]) == 1


def test_without_a_link_it_waits_for_one(engine: Engine) -> None:
    bot = Bot(engine, policy=Policy(review_channel=REVIEWERS))
    bot.chat.rooms[REVIEWERS] = Room({READER, BOT})
    bot.chat.fail("reserve", IntegrationError("No room.", name="storage_full", retryable=False), times=50)
    bot.assigned()
    book(bot, MONDAY + timedelta(hours=20))
    bot.work()
    assert not bot.chat.visible_files()
    assert not reviews(bot)
    assert bot.command("page https://wiki.example/pm-1", OWNER).status == 200
    bot.work()
    assert len(reviews(bot)) == 2
    assert all("https://wiki.example/pm-1" in whole(post) for post in reviews(bot))


def test_without_a_link_the_document_that_comes_late_is_enough(engine: Engine) -> None:
    bot = Bot(engine, policy=Policy(review_channel=REVIEWERS))
    bot.chat.rooms[REVIEWERS] = Room({READER, BOT})
    bot.chat.fail("reserve", IntegrationError("No room.", name="storage_full", retryable=False), times=50)
    bot.assigned()
    book(bot, MONDAY + timedelta(hours=20))
    bot.work()
    bot.chat.faults.clear()
    assert not reviews(bot)
    bot.command("harvest", OWNER)
    bot.work()
    assert len(reviews(bot)) == 2


# The page.


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://wiki.example/pm-1", "https://wiki.example/pm-1"),
        ("<https://wiki.example/a?b=1&amp;c=2|wiki>", "https://wiki.example/a?b=1&c=2"),
        ("HTTP://wiki.example", "HTTP://wiki.example"),
        ("javascript:alert(1)", None),
        ("https://wiki.example/<!channel>", None),
        ("ftp://wiki.example", None),
        ("wiki.example", None),
    ],
)
def test_the_page_is_a_web_address(bot: Bot, typed: str, kept: str | None) -> None:
    bot.command(f"page {typed}", OWNER)
    assert bot.record().page_url == kept


def test_the_page_is_set_shown_and_removed_by_those_who_lead(bot: Bot) -> None:
    assert "Only the owner" in bot.command("page https://wiki.example/x", READER).sentence
    assert bot.record().page_url is None
    bot.command("page https://wiki.example/x", OWNER)
    bot.work()
    assert "https://wiki.example/x" in whole(bot.card)
    assert "https://wiki.example/x" in bot.command("page", IC).sentence
    bot.command("page none", IC)
    assert bot.record().page_url is None
    assert [entry.new for entry in bot.history() if entry.field == "page"] == ["https://wiki.example/x", None]


# The status.


def test_sent_to_review_the_post_is_no_draft_any_more_and_back_it_says_who(bot: Bot) -> None:
    posted(bot)
    record = bot.record()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        held = unit.records.get(record.id, lock=True)
        assert held
        unit.records.save(held.changed(status=Status.IN_REVIEW, status_by=OWNER, status_at=bot.clock.now()))
    bot.press(ids.REVIEW_APPROVE, record.id, READER)
    bot.work()
    assert "incomplete draft" not in whole(reviews(bot)[0])
    bot.press(ids.MOVE_DRAFT, move_buttons.value(record.id, Status.IN_REVIEW), OWNER)
    bot.submit(bot.screens.form(), OWNER, f"VR{next(_views)}", reason="a number is wrong")
    bot.work()
    for post in reviews(bot):
        assert "back in draft" in whole(post)
        assert f"<@{OWNER}>" in whole(post)
        assert f"Approved by <@{READER}>" not in whole(post)


# What readers answer.


def test_an_approval_counts_once_and_stands_on_the_post(bot: Bot) -> None:
    posted(bot).press(ids.REVIEW_APPROVE, bot.record().id, READER, channel=REVIEWERS)
    assert "is counted" in bot.screens.sentence()
    bot.press(ids.REVIEW_APPROVE, bot.record().id, READER, channel=REVIEWERS)
    assert "approved" in bot.screens.sentence()
    assert "already" in bot.screens.sentence()
    bot.clock.advance(timedelta(seconds=1))
    bot.press(ids.REVIEW_APPROVE, bot.record().id, IC)
    bot.work()
    for post in reviews(bot):
        assert f"Approved by <@{READER}>, <@{IC}>" in whole(post)


@pytest.mark.parametrize("status", [Status.REVIEWED, Status.CLOSED])
@pytest.mark.parametrize("action", [ids.REVIEW_APPROVE, ids.REVIEW_COMMENT])
def test_after_the_review_a_click_is_told_that_it_is_over(bot: Bot, action: str, status: Status) -> None:
    posted(bot)
    put(bot, status=status)
    bot.press(action, bot.record().id, READER)
    assert "the review is over" in bot.screens.sentence()


def test_a_comment_is_a_note(bot: Bot) -> None:
    posted(bot).press(ids.REVIEW_COMMENT, bot.record().id, READER, channel=REVIEWERS)
    form = bot.screens.form()
    assert bot.submit(form, READER, "VC1", reason=" ").errors
    assert not bot.submit(form, READER, "VC2", reason="<!channel> the impact lacks numbers").errors
    (note,) = notes(bot)
    assert (note.user_id, note.text, note.state) == (READER, "<!channel> the impact lacks numbers", NoteState.OPEN)
    bot.work()
    assert "1 note, 1 open" in whole(reviews(bot)[0])


def test_three_replies_are_three_notes_and_one_that_is_done_leaves_two(bot: Bot) -> None:
    posted(bot)
    for text in ("no canary?", "which region?", "who was paged?"):
        said(bot, text)
    assert [note.text for note in notes(bot)] == ["no canary?", "which region?", "who was paged?"]
    bot.command("notes", OWNER)
    view = bot.screens.form()
    bot.press_in(view, ids.NOTE_DONE, notes(bot)[0].id, OWNER)
    assert sum(note.open for note in notes(bot)) == 2
    assert "3 notes, 2 open" in str(bot.screens.redrawn[-1].view)
    bot.press_in(view, ids.NOTE_OPEN_AGAIN, notes(bot)[0].id, OWNER)
    assert sum(note.open for note in notes(bot)) == 3


def test_a_reply_in_the_incident_channel_is_a_note_as_well(bot: Bot) -> None:
    said(posted(bot), "here too", channel="C1")
    assert [note.text for note in notes(bot)] == ["here too"]


def test_a_reply_that_is_heard_twice_is_one_note_and_stays_done(bot: Bot) -> None:
    posted(bot)
    (post,) = reviews(bot, REVIEWERS)
    event = {"type": "message", "channel": REVIEWERS, "user": READER, "text": "x", "ts": "1795600000.000009"}
    event["thread_ts"] = post.ts
    bot.send(payloads.event(event))
    bot.press(ids.NOTE_DONE, notes(bot)[0].id, OWNER)
    bot.send(payloads.event(event))
    (note,) = notes(bot)
    assert (note.state, note.done_by) == (NoteState.DONE, OWNER)


def test_an_edited_reply_changes_its_note(bot: Bot) -> None:
    ts = said(posted(bot), "no canery?")
    (post,) = reviews(bot, REVIEWERS)
    message = {"type": "message", "user": READER, "text": "no canary?", "ts": ts, "thread_ts": post.ts}
    changed = {"type": "message", "subtype": "message_changed", "channel": REVIEWERS, "message": message}
    bot.send(payloads.event({**changed, "ts": "1795600001.000001", "previous_message": {**message, "text": "x"}}))
    assert [note.text for note in notes(bot)] == ["no canary?"]


@pytest.mark.parametrize(
    "values",
    [{"bot_id": "B1", "user": BOT}, {"bot_id": "B7"}, {"subtype": "channel_join"}, {"text": "  "}],
    ids=["our own", "another app", "joined", "nothing said"],
)
def test_what_no_reader_wrote_is_no_note(bot: Bot, values: dict[str, Any]) -> None:
    said(posted(bot), **{"text": "hello", **values})
    assert notes(bot) == []


def test_a_reply_elsewhere_is_no_note(bot: Bot) -> None:
    posted(bot)
    event = {"type": "message", "channel": REVIEWERS, "user": READER, "text": "x", "ts": "1795600000.000009"}
    bot.send(payloads.event({**event, "thread_ts": "1795500000.000001"}))
    bot.send(payloads.event({**event, "thread_ts": bot.card.ts, "channel": "C1"}))
    assert notes(bot) == []


@pytest.mark.parametrize("text", ["<!channel> &lt;b&gt; *bold* ```", "<@U1> & <#C1|x>", "x" * 9000])
def test_what_readers_write_pings_nobody_and_breaks_no_list(bot: Bot, text: str) -> None:
    said(posted(bot), text)
    bot.command("notes", OWNER)
    drawn = str(bot.screens.form())
    assert "<!channel>" not in drawn
    assert all(
        len(block["text"]["text"]) <= 3000 for block in bot.screens.form()["blocks"] if block["type"] == "section"
    )


def test_who_wrote_a_note_ticks_it_off_and_others_do_not(bot: Bot) -> None:
    said(posted(bot), "no canary?")
    (note,) = notes(bot)
    bot.press(ids.NOTE_DONE, note.id, "U3")
    assert notes(bot) == [note]
    bot.press(ids.NOTE_DONE, note.id, READER)
    assert notes(bot)[0].done_by == READER
    bot.press(ids.NOTE_DONE, note.id, OWNER)
    assert "already" in bot.screens.sentence()


def test_a_hundred_notes_are_listed_a_page_at_a_time(bot: Bot) -> None:
    posted(bot)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        for number in range(100):
            at_ = bot.clock.now() + timedelta(seconds=number)
            unit.reviews.put_note(Note(f"{bot.record().id}:{number}", bot.record().id, READER, f"note {number}.", at_))
    bot.command("notes", OWNER)
    view, seen = bot.screens.form(), []
    for _ in range(9):
        assert len(view["blocks"]) <= 100
        seen += [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
        turn = [
            e for b in view["blocks"] if b["type"] == "actions" for e in b["elements"] if "Next" in e["text"]["text"]
        ]
        if not turn:
            break
        bot.press_in(view, turn[0]["action_id"], turn[0]["value"], OWNER)
        view = dict(bot.screens.redrawn[-1].view)
    assert len(seen) == len(set(seen)) == 100


# The summary.


def summaries(bot: Bot) -> list[Post]:
    return [post for post in bot.chat.told(OWNER) if ":notes:" in post.mark]


def test_two_hours_before_the_meeting_the_owner_hears_of_open_notes(bot: Bot) -> None:
    said(posted(bot), "no canary?")
    at(bot, THURSDAY - timedelta(hours=2, minutes=1))
    assert not summaries(bot)
    at(bot, THURSDAY - timedelta(hours=2))
    (summary,) = summaries(bot)
    assert "no canary?" in whole(summary)
    assert ids.NOTES_OPEN in whole(summary)
    at(bot, THURSDAY)
    assert len(summaries(bot)) == 1


def test_with_every_note_done_nothing_is_said(bot: Bot) -> None:
    said(posted(bot), "no canary?")
    bot.press(ids.NOTE_DONE, notes(bot)[0].id, OWNER)
    at(bot, THURSDAY)
    assert not summaries(bot)


def test_a_moved_meeting_moves_the_summary(bot: Bot) -> None:
    said(posted(bot), "no canary?")
    book(bot, THURSDAY - timedelta(hours=1))
    at(bot, THURSDAY - timedelta(hours=3, minutes=1))
    assert not summaries(bot)
    at(bot, THURSDAY - timedelta(hours=3))
    assert len(summaries(bot)) == 1


@pytest.mark.parametrize(
    ("meeting", "told"),
    [
        # The owner works from nine to five in Berlin, an hour ahead of UTC.
        pytest.param("2026-11-26T09:00", "2026-11-26T08:00", id="as they come to work"),
        pytest.param("2026-11-26T08:00", "2026-11-25T15:00", id="the afternoon before"),
        pytest.param("2026-11-26T21:00", "2026-11-26T15:00", id="the afternoon of the day"),
    ],
)
def test_the_summary_comes_in_the_owners_working_hours(bot: Bot, meeting: str, told: str) -> None:
    begins, comes = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (meeting, told))
    bot.assigned()
    book(bot, begins)
    bot.work()
    bot.press(ids.REVIEW_COMMENT, bot.record().id, READER)
    bot.submit(bot.screens.form(), READER, f"VR{next(_views)}", reason="no canary?")
    at(bot, comes - timedelta(minutes=1))
    assert not summaries(bot)
    at(bot, comes)
    assert len(summaries(bot)) == 1


def test_policies_without_a_review_channel_ask_in_the_incident_channel(engine: Engine) -> None:
    bot = Bot(engine, policy=replace(Policy(), review_channel=None))
    bot.assigned()
    book(bot)
    at(bot, THURSDAY - timedelta(hours=24))
    assert [post.channel for post in reviews(bot)] == ["C1"]
