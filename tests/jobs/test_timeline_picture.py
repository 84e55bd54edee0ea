"""The timeline's picture in the threads of the review and of the results (R-40, R-54), and the document as HTML beside Markdown: one of
each to be seen, whatever fails."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.engine import Engine

from bot.domain.booking import Booking
from bot.domain.document_files import What
from bot.domain.harvest.finding import TimelineKind
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.domain.topics import Topic
from bot.integrations.slack_call import SENTENCES
from bot.ports.errors import IntegrationError
from bot.usecases import meeting_rows, picture_rows, results_rows, rows
from tests.fakes import errors
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, File, Room
from tests.listeners import handing

REVIEWERS, LEARNINGS, OWNER = "CREVIEW", "CLEARN", "U2"
PATIENCE, RENEWED = timedelta(seconds=5), picture_rows.PAUSE + timedelta(minutes=1)
BOTH = Policy(review_channel=REVIEWERS, learnings_channel=LEARNINGS, files=(What.MARKDOWN, What.HTML, What.PICTURE))


def made(engine: Engine, policy: Policy = BOTH) -> Bot:
    """A post-mortem with its document, a timeline, and a meeting tomorrow."""
    bot = Bot(engine, policy=policy)
    for channel in (REVIEWERS, LEARNINGS):
        bot.chat.rooms[channel] = Room({"U5", BOT})
    bot.assigned()
    said(bot, "1", "Error rate rises <!channel>", TimelineKind.impact_start)
    return bot


@pytest.fixture
def bot(engine: Engine) -> Bot:
    return made(engine)


def said(bot: Bot, name: str, text: str, kind: TimelineKind = TimelineKind.other, **values: Any) -> None:
    """A line of the timeline, and everything that follows from it but the wait."""
    record, now = bot.record(), bot.clock.now()
    at = now - timedelta(hours=3) + timedelta(minutes=int(name))
    with bot.store.transaction(PATIENCE) as unit:
        unit.items.put_item(Item(f"i{name}", record.id, at, text, kind, OWNER, now, **values))
        unit.outbox.put(rows.document(record, now))


def asked(bot: Bot) -> Bot:
    """The review is asked for."""
    record, now = bot.record(), bot.clock.now()
    with bot.store.transaction(PATIENCE) as unit:
        start = now + timedelta(hours=5)
        unit.meetings.put_booking(Booking(record.id, start, start + timedelta(minutes=30), OWNER, now))
        meeting_rows.post_review(unit, record, BOTH, now)
    bot.work(timedelta(minutes=1))
    return bot


def told(bot: Bot, status: Status = Status.REVIEWED) -> Bot:
    """The results are told, or taken back."""
    handing.put(bot, status=status)
    with bot.store.transaction(PATIENCE) as unit:
        results_rows.tell(unit, bot.record(), BOTH, bot.clock.now())
        results_rows.follow(unit, bot.record(), bot.clock.now())
        meeting_rows.redraw_review(unit, bot.record(), bot.clock.now())
    bot.work(RENEWED)
    return bot


def pictures(bot: Bot) -> dict[str, list[File]]:
    """What people can see, by the post in whose thread it lies."""
    marks = {(post.channel, post.ts): post.mark.partition(":")[0] for post in bot.chat.posts}
    found: dict[str, list[File]] = {}
    for file in bot.chat.visible_files().values():
        if file.name.endswith(".png"):
            assert file.shared
            channel, ts = file.shared
            found.setdefault(f"{marks[channel, str(ts)]} in {channel}", []).append(file)
    return found


def documents(bot: Bot) -> list[str]:
    return sorted(file.name for file in bot.chat.visible_files().values() if file.name.startswith("pm-1."))


REVIEW_HERE, REVIEW_THERE = "review_post in C1", f"review_post in {REVIEWERS}"
RESULTS_HERE, RESULTS_THERE = "results_post in C1", f"results_post in {LEARNINGS}"


def test_it_lies_in_the_thread_of_each_review_and_says_what_it_shows(bot: Bot) -> None:
    found = pictures(asked(bot))
    assert {where: len(files) for where, files in found.items()} == {REVIEW_HERE: 1, REVIEW_THERE: 1}
    for (file,) in found.values():
        with Image.open(io.BytesIO(file.content)) as image:
            assert image.format == "PNG"
        assert (file.name, file.title) == ("pm-1-timeline.png", "PM-1, timeline")
        assert "PM-1, timeline: " in file.alt
        assert "impact starts: Error rate rises <!channel>" in file.alt
        assert len(file.alt) <= 900


def test_nothing_is_drawn_twice_and_changes_within_ten_minutes_are_one_renewal(bot: Bot) -> None:
    asked(bot)
    before, old = bot.chat.count("reserve"), set(bot.chat.files)
    bot.later(timedelta(hours=1))
    assert bot.chat.count("reserve") == before
    for number in range(2, 6):
        said(bot, str(number), f"Step {number}")
        bot.work(timedelta(minutes=1))
    assert set(bot.chat.files) & old, "a stream of changes moves nothing yet"
    bot.work(RENEWED)
    found = pictures(bot)
    assert {where: len(files) for where, files in found.items()} == {REVIEW_HERE: 1, REVIEW_THERE: 1}
    assert all("5 events" in file.alt for files in found.values() for file in files)
    assert [each["state"] for each in bot.rows("timeline_picture")] == ["done", "done"]


def test_the_older_one_goes_once_the_newer_one_stands(bot: Bot) -> None:
    asked(bot)
    (old,) = pictures(bot)[REVIEW_HERE]
    bot.chat.fail("share", errors.lost(), times=40)
    said(bot, "2", "Rolled back")
    bot.work(RENEWED)
    assert pictures(bot)[REVIEW_HERE] == [old]
    bot.chat.faults.clear()
    bot.work(timedelta(hours=2))
    (new,) = pictures(bot)[REVIEW_HERE]
    assert new is not old


def test_the_results_take_it_over_in_their_channel_and_give_it_back(bot: Bot) -> None:
    told(asked(bot))
    assert sorted(pictures(bot)) == sorted([RESULTS_HERE, RESULTS_THERE, REVIEW_THERE])
    told(bot, Status.IN_REVIEW)
    assert sorted(pictures(bot)) == sorted([REVIEW_HERE, REVIEW_THERE])
    assert all(len(files) == 1 for files in pictures(bot).values())


def test_restricted_it_lies_nowhere_but_in_its_own_room(bot: Bot) -> None:
    told(asked(bot))
    bot.chat.rooms["C1"].private = True
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel("T1", "C1", "c1", True, False, bot.clock.now(), frozenset({"U1", "U2", "U3"})))
    bot.command("restrict lawyers asked for it", "U1")
    bot.work(RENEWED)
    assert list(pictures(bot)) == [REVIEW_HERE]
    assert {file.shared[0] for file in bot.chat.visible_files().values() if file.shared} == {"C1"}


def test_one_that_is_restricted_from_the_start_is_shown_in_its_own_room_alone(engine: Engine) -> None:
    bot = Bot(engine, policy=BOTH)
    bot.chat.rooms[REVIEWERS] = Room({"U5", BOT})
    bot.chat.rooms["C1"].private = True
    bot.assigned()
    handing.put(bot, restricted=True)
    said(bot, "1", "A key leaked")
    assert list(pictures(asked(bot))) == [REVIEW_HERE]


def test_without_it_in_the_settings_there_is_none_and_html_alone_is_linked(engine: Engine) -> None:
    bot = made(engine, Policy(files=(What.HTML,)))
    asked(bot)
    assert (pictures(bot), documents(bot)) == ({}, ["pm-1.html"])
    assert "/files/" in str(bot.card.drawing.blocks), "the HTML is what the card links to"


def test_both_documents_come_in_one_message_and_the_card_links_to_markdown(bot: Bot) -> None:
    bot.work()
    assert documents(bot) == ["pm-1.html", "pm-1.md"]
    shares = [given["files"] for name, given in bot.chat.calls if name == "share"]
    assert all(len(each) == 2 for each in shares)
    linked = bot.look(lambda unit: unit.posts.files(bot.record().id))[-1]
    assert str(linked.permalink) in str(bot.card.drawing.blocks)
    (page,) = [file for file in bot.chat.visible_files().values() if file.name == "pm-1.html"]
    assert page.content.startswith(b"<!DOCTYPE html>")
    assert b"Error rate rises &lt;!channel&gt;" in page.content


def test_a_format_that_is_not_wanted_any_more_goes(bot: Bot) -> None:
    bot.work()
    again = Bot(bot.engine, policy=Policy(), clock=bot.clock, chat=bot.chat)
    said(again, "2", "Rolled back")
    again.work()
    assert documents(again) == ["pm-1.md"]


def test_a_format_that_the_workspace_does_not_take_keeps_the_other_from_nobody(bot: Bot) -> None:
    refused = IntegrationError(SENTENCES["file_type_not_allowed"], name="file_type_not_allowed", retryable=False)
    for skip in (1, 2):
        bot.chat.fail("reserve", refused, skip=skip)
    said(bot, "2", "Rolled back")
    bot.work()
    assert documents(bot) == ["pm-1.md"], "and no HTML that tells less than the Markdown"
    assert b"Rolled back" in next(iter(bot.chat.visible_files().values())).content
    (note,) = [post for post in bot.chat.told(OWNER) if f":{Topic.TROUBLE}:" in post.mark]
    assert "The document could not be uploaded: This workspace takes no files of this kind" in note.text


@pytest.mark.parametrize("name", ["file_uploads_disabled", "storage_limit_reached", "missing_scope"])
def test_uploads_that_are_refused_are_told_once_in_one_sentence_and_made_up_for(engine: Engine, name: str) -> None:
    bot = made(engine)
    bot.chat.fail("reserve", IntegrationError(SENTENCES[name], name=name, retryable=False), times=99)
    said(bot, "2", "Rolled back")
    asked(bot)
    bot.work(RENEWED)
    assert pictures(bot) == {}
    assert bot.chat.faults[0].times > 90, "nothing is tried again for ever"
    for user in ("U1", OWNER):
        (note,) = [post for post in bot.chat.told(user) if f":{Topic.TROUBLE}:" in post.mark]
        assert note.text.endswith(f"could not be uploaded: {SENTENCES[name]}")
    bot.chat.faults.clear()
    bot.command("harvest")
    bot.work(RENEWED)
    assert sorted(pictures(bot)) == sorted([REVIEW_HERE, REVIEW_THERE])
    assert documents(bot) == ["pm-1.html", "pm-1.md"]


@pytest.mark.parametrize(
    ("method", "after"),
    [("reserve", True), ("share", False), ("share", True), ("shared_link", False), ("remove", True)],
)
def test_a_process_that_ends_in_the_middle_leaves_one_of_each_in_the_end(bot: Bot, method: str, after: bool) -> None:
    if method == "shared_link":
        bot.chat.fail("share", errors.lost(), after=True)
    asked(bot)
    said(bot, "2", "Rolled back")
    for skip in (0, 2):
        bot.chat.fail(method, errors.Crash(), after=after, skip=skip)
    for _ in range(4):
        bot = Bot(bot.engine, policy=BOTH, clock=bot.clock, chat=bot.chat)
        try:
            bot.work(RENEWED)
        except errors.Crash:
            continue
    bot.chat.faults.clear()
    bot.work(RENEWED)
    found = pictures(bot)
    assert {where: len(files) for where, files in found.items()} == {REVIEW_HERE: 1, REVIEW_THERE: 1}
    assert all("2 events" in file.alt for files in found.values() for file in files)
    assert documents(bot) == ["pm-1.html", "pm-1.md"]
