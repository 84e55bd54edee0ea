"""The support team is handed the reviewed message, posts it and closes, or sends it back; nobody else does either (R-50, R-51, T6, T7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids, support_task
from bot.domain.external_message import Parts
from bot.domain.place import Channel
from bot.domain.policy import Policy
from bot.domain.postmortem import Roles
from bot.domain.status import Status
from bot.ports.errors import IntegrationError
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Room
from tests.listeners import handing
from tests.listeners.handing import IC, OWNER, STRANGER, SUPPORT, TEXT

CHANNEL = "CSUPPORT"
FORGED = {"link": "https://status.example.com/i/1"}


def made(engine: Engine, **policy: Any) -> Bot:
    """A bot with a support channel and an owner."""
    bot = Bot(engine, policy=Policy(**policy))
    bot.chat.rooms[CHANNEL] = Room({SUPPORT, BOT})
    bot.assigned()
    return bot


@pytest.fixture
def team(engine: Engine) -> Bot:
    """Eve is the support team, and has a channel."""
    return made(engine, support_users=frozenset({SUPPORT}), support_channel=CHANNEL)


def post_it(bot: Bot, value: str, user: str = SUPPORT, **answers: Any) -> Any:
    """Press Posted and send the form."""
    bot.press(ids.EXTERNAL_POSTED, value, user)
    return handing.send(bot, bot.screens.form(), user, **answers)


def test_the_text_is_handed_over_as_it_was_reviewed_once(team: Bot) -> None:
    handing.reviewed(team)
    (task,) = handing.tasks(team)
    assert task.channel == CHANNEL
    assert all(words in handing.copied(task) for words in TEXT.values())
    assert "What Are We Doing About This?" in handing.copied(task)
    assert f"<@{SUPPORT}>" in task.text
    team.work()
    assert len(handing.tasks(team)) == 1
    assert any("goes to the support team" in str(post.drawing.blocks) for post in team.chat.in_room("C1"))


@pytest.mark.parametrize("over", [False, True], ids=["not posted yet", "posted"])
def test_once_restricted_its_title_and_its_text_stand_with_the_people_of_the_team_alone(team: Bot, over: bool) -> None:
    handing.put(team, title="Xanadu is down")
    handing.reviewed(team, summary="Long. " * 2000)
    assert len(handing.tasks(team)) > 1, "it goes on in the thread"
    if over:
        assert not post_it(team, handing.value(handing.tasks(team)[0]), link="https://status.example.com/i/1").errors
    team.work()
    assert "Xanadu" in str([post.drawing for post in team.chat.in_room(CHANNEL)])
    team.chat.rooms["C1"].private = True
    with team.store.transaction(timedelta(seconds=5)) as unit:
        unit.channels.put(Channel("T1", "C1", "c1", True, False, team.clock.now(), frozenset({IC, OWNER})))
    team.command("restrict lawyers asked for it", OWNER)
    team.work(timedelta(days=4))
    left = str([post.drawing for post in team.chat.in_room(CHANNEL)])
    assert "Xanadu" not in left
    assert "Long." not in left
    assert "*PM-1*" in left
    assert all(post.mark.startswith("support_task:") for post in team.chat.in_room(CHANNEL)), "nobody is reminded there"
    with_people = [post for post in team.chat.told(SUPPORT) if post.mark.startswith("support_task:")]
    assert ("Long." in str([post.drawing for post in with_people])) is not over
    assert "Xanadu" not in str([post.drawing for post in with_people])


def test_support_posts_it_and_that_closes_it_with_a_note(team: Bot) -> None:
    handing.reviewed(team)
    (task,) = handing.tasks(team)
    assert not post_it(team, handing.value(task), link="https://status.example.com/i/1").errors
    record, decision = team.record(), handing.decision(team)
    assert record.status is Status.CLOSED
    assert decision.posted is not None
    assert (decision.posted.by, decision.posted.url) == (SUPPORT, "https://status.example.com/i/1")
    team.work()
    (task,) = handing.tasks(team)
    assert f"Posted by <@{SUPPORT}>" in task.text
    assert "https://status.example.com/i/1" in task.text
    assert handing.copied(task) == ""
    notes = [str(post.drawing.blocks) for post in team.chat.in_room("C1")]
    assert any("has posted the message" in note and "https://status.example.com/i/1" in note for note in notes)
    assert any("T6 as support" in entry.via for entry in team.history())


def test_the_address_may_be_left_empty_but_not_be_nonsense_and_the_time_not_be_to_come(team: Bot) -> None:
    handing.reviewed(team)
    value = handing.value(handing.tasks(team)[0])
    assert "https://" in post_it(team, value, link="nowhere").errors["link"]
    later = int((team.clock.now() + timedelta(hours=1)).timestamp())
    assert "still to come" in post_it(team, value, posted_at=later).errors["posted_at"]
    assert team.record().status is Status.REVIEWED
    assert handing.decision(team).posted is None
    assert not post_it(team, value).errors
    assert team.record().status is Status.CLOSED


@pytest.mark.parametrize("user", [OWNER, IC, STRANGER, "U3", "UGUEST"])
def test_nobody_else_marks_it_as_posted_by_button_or_by_a_forged_form(team: Bot, user: str) -> None:
    handing.reviewed(team)
    value = handing.value(handing.tasks(team)[0])
    team.press(ids.EXTERNAL_POSTED, value, SUPPORT)
    view = team.screens.form()
    opened, before = len(team.screens.opened), team.contents()
    team.press(ids.EXTERNAL_POSTED, value, user)
    assert len(team.screens.opened) == opened
    assert team.screens.said
    assert handing.send(team, view, user, **FORGED).errors
    team.press(ids.MOVE_CLOSED, f"{team.record().id}:Reviewed", user)
    metadata = '{"record": "%s", "to": "Closed", "seen": "Reviewed"}' % team.record().id  # noqa: UP031
    forged = {"type": "modal", "callback_id": ids.MOVE, "private_metadata": metadata, "blocks": []}
    assert team.send(payloads.submission(forged, user, "VFORGED")).status == 200
    assert team.contents() == before


def test_support_who_is_the_owner_too_may_since_they_are_support(engine: Engine) -> None:
    bot = made(engine, support_users=frozenset({OWNER}))
    handing.reviewed(bot)
    assert not post_it(bot, handing.value(handing.tasks(bot)[0]), OWNER).errors
    assert bot.record().status is Status.CLOSED
    assert any("T6 as support also owner" in entry.via for entry in bot.history())


def test_a_problem_with_the_text_takes_it_back_and_tells_owner_and_ic(team: Bot) -> None:
    handing.reviewed(team)
    (task,) = handing.tasks(team)
    team.press(ids.EXTERNAL_PROBLEM, handing.value(task, ids.EXTERNAL_PROBLEM), SUPPORT)
    view = team.screens.form()
    assert handing.send(team, view, SUPPORT, reason="").errors
    assert not handing.send(team, view, SUPPORT, reason="the date is wrong").errors
    assert team.record().status is Status.IN_REVIEW
    team.work()
    (task,) = handing.tasks(team)
    assert "do not post" in task.text
    assert "the date is wrong" in task.text
    assert handing.copied(task) == ""
    for person in (OWNER, IC):
        assert any("the date is wrong" in str(post.drawing.blocks) for post in team.chat.told(person))


def test_an_edit_takes_the_task_back_and_the_next_review_hands_over_the_new_text(team: Bot) -> None:
    handing.reviewed(team)
    stale = handing.value(handing.tasks(team)[0])
    assert not handing.send(team, handing.form(team), happened="Another account.").errors
    team.work()
    assert "do not post" in handing.tasks(team)[0].text
    team.clock.advance(timedelta(minutes=1))
    handing.held(team)
    handing.review_again(team)
    team.work()
    first, second = handing.tasks(team)
    assert "Another account." in handing.copied(second)
    assert "Taken back" in first.text
    before, opened = team.contents(), len(team.screens.opened)
    team.press(ids.EXTERNAL_POSTED, stale, SUPPORT)
    team.press(ids.EXTERNAL_PROBLEM, stale, SUPPORT)
    assert "newer task" in team.screens.sentence()
    assert (team.contents(), len(team.screens.opened)) == (before, opened)


def test_a_form_opened_before_it_was_taken_back_closes_nothing(team: Bot) -> None:
    handing.reviewed(team)
    team.press(ids.EXTERNAL_POSTED, handing.value(handing.tasks(team)[0]), SUPPORT)
    late = team.screens.form()
    handing.send(team, handing.form(team), happened="Another account.")
    before = team.contents()
    assert "do not post" in str(handing.send(team, late, SUPPORT).errors)
    assert team.contents() == before


def test_of_two_of_support_the_second_is_told_who_was_faster(engine: Engine) -> None:
    bot = made(engine, support_users=frozenset({SUPPORT, STRANGER}), support_channel=CHANNEL)
    handing.reviewed(bot)
    value = handing.value(handing.tasks(bot)[0])
    bot.press(ids.EXTERNAL_POSTED, value, STRANGER)
    second = bot.screens.form()
    assert not post_it(bot, value).errors
    before = bot.contents()
    assert f"<@{SUPPORT}>" in str(handing.send(bot, second, STRANGER).errors)
    assert bot.contents() == before


def test_without_a_channel_of_their_own_it_is_posted_in_the_incidents(engine: Engine) -> None:
    bot = made(engine, support_group="SGROUP")
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.people.put_group(payloads.TEAM, "SGROUP", (SUPPORT, "UPAGER"))
    handing.reviewed(bot)
    (task,) = handing.tasks(bot)
    assert task.channel == "C1"
    assert "<!subteam^SGROUP>" in task.text
    assert not post_it(bot, handing.value(task)).errors


@pytest.mark.parametrize("policy", [{}, {"support_group": "SGROUP"}], ids=["not configured", "an empty group"])
def test_without_a_support_team_people_are_told_and_nobody_closes(engine: Engine, policy: dict[str, Any]) -> None:
    bot = made(engine, admins=frozenset({"U3"}), **policy)
    handing.reviewed(bot)
    assert handing.tasks(bot) == []
    for person in ("U3", IC):
        assert any("no support team is configured: ask an admin" in post.text for post in bot.chat.told(person))
    before = bot.contents()
    for user in (OWNER, IC, SUPPORT, "U3"):
        bot.press(ids.EXTERNAL_POSTED, bot.record().id, user)
        bot.press(ids.MOVE_CLOSED, f"{bot.record().id}:Reviewed", user)
    assert bot.contents() == before
    bot.press(ids.MOVE_CLOSED, f"{bot.record().id}:Reviewed", OWNER)
    assert "No support team configured" in bot.screens.sentence()


def test_a_team_that_is_set_up_later_is_handed_the_text_then(engine: Engine) -> None:
    bot = made(engine, support_group="SGROUP")
    handing.reviewed(bot)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.people.put_group(payloads.TEAM, "SGROUP", (SUPPORT,))
    bot.later(timedelta(hours=1, minutes=1))
    assert len(handing.tasks(bot)) == 1


def test_a_restricted_one_goes_to_people_one_by_one_and_into_no_channel(engine: Engine) -> None:
    bot = made(engine, support_users=frozenset({SUPPORT, "U3", "UGONE", "UPAGER"}), support_channel=CHANNEL)
    handing.put(bot, restricted=True, title="Key was leaked")
    handing.reviewed(bot)
    assert {task.channel for task in handing.tasks(bot)} == {f"D{SUPPORT}", "DU3"}
    assert "Key was leaked" not in str([task.drawing for task in handing.tasks(bot)])
    assert not bot.chat.in_room(CHANNEL)
    assert not post_it(bot, handing.value(handing.tasks(bot)[0])).errors
    bot.work()
    assert all("Posted by" in task.text for task in handing.tasks(bot))


@pytest.mark.parametrize("kind", ["private", "shared"])
def test_nothing_is_told_to_a_channel_that_others_may_read(engine: Engine, kind: str) -> None:
    channel = CHANNEL if kind == "private" else None
    bot = Bot(engine, policy=Policy(support_users=frozenset({SUPPORT}), support_channel=channel))
    bot.chat.rooms[CHANNEL] = Room({SUPPORT, BOT})
    setattr(bot.chat.rooms["C1"], kind, True)
    bot.assigned()
    handing.reviewed(bot)
    assert {task.channel for task in handing.tasks(bot)} == {f"D{SUPPORT}"}
    assert not post_it(bot, handing.value(handing.tasks(bot)[0])).errors


def test_a_support_channel_that_cannot_be_posted_to_gives_way_to_people(team: Bot) -> None:
    team.chat.rooms[CHANNEL].archived = True
    handing.reviewed(team)
    assert {task.channel for task in handing.tasks(team)} == {f"D{SUPPORT}"}


NASTY = "Sorry ``` <!channel> <@U1> &amp; *bold* _it_ ~x~ <https://evil|click> @here `code`"


def test_what_people_wrote_is_copied_to_the_letter_and_pings_nobody(team: Bot) -> None:
    handing.reviewed(team, happened=NASTY)
    (task,) = handing.tasks(team)
    assert NASTY in handing.copied(task)
    outside = [block for block in task.drawing.blocks if block["type"] != "rich_text"]
    assert "channel>" not in str(outside) + task.text
    assert NASTY not in str(outside) + task.text


def test_a_long_text_is_handed_over_whole_in_messages_that_slack_takes(team: Bot) -> None:
    handing.write(team)
    words = " ".join(f"word{number}" for number in range(6000))
    with team.store.transaction(timedelta(seconds=5)) as unit:
        standing = unit.meetings.external(team.record().id)
        unit.meetings.put_external(team.record().id, replace(standing, text=Parts("Sorry.", words, "More.")))
    handing.held(team)
    handing.review_again(team)
    team.work()
    posts = handing.tasks(team)
    assert len(posts) > 2
    said = " ".join(handing.copied(post) for post in posts).split()
    assert [word for word in said if word.startswith("word")] == words.split()
    assert all(post.thread_ts == posts[0].ts for post in posts[1:])
    for post in posts:
        assert len(str(post.drawing.blocks)) < 13_000
    team.press(ids.MOVE_IN_REVIEW, f"{team.record().id}:Reviewed", OWNER)
    handing.send(team, team.screens.form(), OWNER, reason="wrong")
    team.work()
    assert all(handing.copied(post) == "" for post in handing.tasks(team))


def test_no_number_of_pieces_makes_blocks_that_are_too_long() -> None:
    for texts in support_task.messages(Parts("a" * 9000, "b" * 9000, "c" * 9000)):
        assert sum(map(len, texts)) <= support_task.ROOM + support_task.COPIED


def test_support_is_reminded_in_working_hours_at_most_five_times_and_the_owner_is_not(team: Bot) -> None:
    handing.reviewed(team)
    (task,) = handing.tasks(team)
    before = len(team.chat.told(OWNER))
    times = []
    for _ in range(24 * 12):
        team.later(timedelta(hours=1))
        found = [post for post in team.chat.posts if post.mark.startswith("support_nudge:")]
        if len(found) > len(times):
            times.append(team.clock.now())
    assert len(times) == 5
    assert all(9 <= at.hour <= 17 and at.weekday() < 5 for at in times)
    nudges = [post for post in team.chat.posts if post.mark.startswith("support_nudge:")]
    assert {(post.channel, post.thread_ts) for post in nudges} == {(CHANNEL, task.ts)}
    assert "last reminder" in str(nudges[-1].drawing.blocks)
    assert not [post for post in team.chat.told(OWNER)[before:] if "message to customers" in post.text]


def test_no_reminder_once_it_is_posted_or_taken_back(team: Bot) -> None:
    handing.reviewed(team)
    post_it(team, handing.value(handing.tasks(team)[0]))
    for _ in range(80):
        team.later(timedelta(hours=1))
    assert not [post for post in team.chat.posts if post.mark.startswith("support_nudge:")]


def test_a_lost_answer_does_not_hand_it_over_twice(team: Bot) -> None:
    handing.write(team)
    handing.held(team)
    handing.review_again(team)
    for _ in range(2):
        team.chat.fail("post", IntegrationError("lost", name="timeout", retryable=True), after=True, times=1)
    team.work(timedelta(minutes=5))
    assert len(handing.tasks(team)) == 1


def test_the_liaison_is_named_or_asked_for_of_a_sev_1_alone(team: Bot) -> None:
    handing.put(team, severity=1, roles=Roles(ic=IC))
    handing.reviewed(team)
    assert "name one of you" in str(handing.tasks(team)[0].drawing.blocks)


def test_a_reopened_one_is_handed_over_again_and_not_taken_as_posted(team: Bot) -> None:
    handing.reviewed(team)
    post_it(team, handing.value(handing.tasks(team)[0]))
    team.press(ids.MOVE_IN_REVIEW, f"{team.record().id}:Closed", OWNER)
    handing.send(team, team.screens.form(), OWNER, reason="a number was wrong")
    team.clock.advance(timedelta(minutes=1))
    handing.held(team)
    handing.review_again(team)
    team.work()
    assert handing.decision(team).posted is None
    team.press(ids.MOVE_CLOSED, f"{team.record().id}:Reviewed", SUPPORT)
    assert "not marked as posted" in team.screens.sentence()
    assert len(handing.tasks(team)) == 2
