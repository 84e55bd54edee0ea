"""The document as a file in the card's thread: one version to be seen, written anew only when its content is (R-29)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outgoing import Lane
from bot.domain.postmortem import FileState
from bot.domain.topics import Topic
from tests.fakes import errors
from tests.fakes.bot import Bot
from tests.fakes.chat import File


def only(bot: Bot) -> File:
    """The one file that people can see."""
    (file,) = bot.chat.visible_files().values()
    return file


def retitle(bot: Bot, title: str, view_id: str = "V1") -> None:
    assert bot.submit(bot.details_form(), "U1", view_id, title=title).text == ""


def states(bot: Bot) -> list[str]:
    return [file.state.value for file in bot.look(lambda unit: unit.posts.files(bot.record().id))]


def test_it_is_shared_in_the_thread_of_the_card_and_linked_from_it(bot: Bot) -> None:
    bot.assigned()
    assert only(bot).shared == ("C1", bot.card.ts)
    assert only(bot).name == "pm-1.md"
    assert bot.look(lambda unit: unit.posts.files(bot.record().id))[0].permalink in str(bot.card.drawing.blocks)


def test_unchanged_content_is_not_uploaded_again(bot: Bot) -> None:
    bot.assigned()
    for _ in range(3):
        bot.clock.advance(timedelta(hours=7))
        bot.command("harvest")
        bot.work()
    assert bot.chat.count("reserve") == 1


def test_changed_content_is_a_new_file_and_the_old_one_goes(bot: Bot) -> None:
    bot.assigned()
    (old,) = bot.chat.visible_files()
    retitle(bot, "Checkout is down")
    bot.work()
    (new,) = bot.chat.visible_files()
    assert new != old
    assert "Checkout is down" in only(bot).content.decode()
    assert f"/{new}" in str(bot.card.drawing.blocks)
    assert f"/{old}" not in str(bot.card.drawing.blocks)
    assert states(bot) == ["removed", "shared"]


def test_the_link_is_moved_before_the_old_file_is_removed_for_long(bot: Bot) -> None:
    bot.assigned()
    bot.chat.fail("remove", errors.server_error(), times=3)
    retitle(bot, "Checkout is down")
    bot.work(timedelta(minutes=1))
    assert len(bot.chat.visible_files()) == 1


def test_one_that_somebody_deleted_comes_back_when_the_channel_is_read_again_and_is_linked(bot: Bot) -> None:
    bot.assigned()
    (old,) = bot.chat.visible_files()
    bot.chat.remove(old)
    bot.command("harvest")
    bot.work()
    (new,) = bot.chat.visible_files()
    assert new != old
    assert f"/{new}" in str(bot.card.drawing.blocks)
    assert f"/{old}" not in str(bot.card.drawing.blocks)
    assert states(bot) == ["removed", "shared"]


@pytest.mark.parametrize("method", ["reserve", "fill", "share"])
@pytest.mark.parametrize("after", [False, True], ids=["before the act", "after the act"])
def test_whatever_answer_is_lost_people_see_exactly_one_file(bot: Bot, method: str, after: bool) -> None:
    bot.chat.fail(method, errors.lost(), after=after)
    bot.chat.fail(method, errors.lost(), after=after)
    bot.assigned()
    bot.work(timedelta(minutes=2))
    assert len(bot.chat.visible_files()) == 1
    assert "Open the document" in str(bot.card.drawing.blocks)
    assert states(bot).count("shared") == 1
    assert "reserved" not in states(bot)


def test_an_upload_that_was_shared_is_found_again_and_not_made_twice(bot: Bot) -> None:
    bot.chat.fail("share", errors.lost(), after=True)
    bot.assigned()
    assert bot.chat.count("share") == 1
    assert bot.chat.count("shared_link") == 1


def test_the_id_is_stored_before_the_file_is_shared(bot: Bot) -> None:
    seen: list[list[str]] = []
    bot.chat.fail("share", None, meanwhile=lambda: seen.append(states(bot)))
    bot.assigned()
    assert seen == [["reserved"]]


@pytest.mark.parametrize("method", ["reserve", "fill", "share", "shared_link"])
@pytest.mark.parametrize("after", [False, True], ids=["before the act", "after the act"])
def test_a_process_that_ends_in_the_middle_leaves_one_file_in_the_end(bot: Bot, method: str, after: bool) -> None:
    if method == "shared_link":
        bot.chat.fail("share", errors.lost(), after=True)
    bot.chat.fail(method, errors.Crash(), after=after)
    bot.command("assign <@U2|b>")
    with pytest.raises(errors.Crash):
        bot.work()
    again = Bot(bot.engine, clock=bot.clock, chat=bot.chat)
    again.work(timedelta(minutes=3))
    assert len(bot.chat.visible_files()) == 1
    assert "Open the document" in str(bot.card.drawing.blocks)


def test_a_change_while_it_is_being_written_is_written_too(bot: Bot) -> None:
    bot.chat.fail("fill", None, meanwhile=lambda: retitle(bot, "Changed meanwhile"))
    bot.assigned()
    bot.work()
    assert "Changed meanwhile" in only(bot).content.decode()
    assert len(bot.chat.visible_files()) == 1


def test_refused_uploads_are_said(bot: Bot) -> None:
    bot.chat.fail("reserve", errors.refused("missing_scope"), times=9)
    bot.assigned()
    assert [post for post in bot.chat.told("U1") if f":{Topic.TROUBLE}:" in post.mark]
    assert "Not everything worked" in str(bot.card.drawing.blocks)
    bot.chat.faults.clear()
    bot.command("harvest")
    bot.work()
    assert len(bot.chat.visible_files()) == 1, "asking for another reading tries again what was given up"
    assert "Not everything worked" not in str(bot.card.drawing.blocks)


def test_it_waits_for_the_first_reading(bot: Bot) -> None:
    bot.chat.fail("history", errors.wait(3600))
    bot.assigned()
    assert not bot.chat.files
    bot.work(timedelta(hours=2))
    assert len(bot.chat.visible_files()) == 1


def test_a_file_that_somebody_deleted_is_replaced_when_the_content_changes(bot: Bot) -> None:
    bot.assigned()
    bot.chat.files.clear()
    retitle(bot, "Checkout is down")
    bot.work()
    assert len(bot.chat.visible_files()) == 1
    assert not bot.look(lambda unit: unit.outbox.dead(bot.record().id))


def test_a_reserved_file_is_never_linked(bot: Bot) -> None:
    bot.command("assign <@U2|b>")
    bot.chat.fail("share", errors.lost(), times=99)
    bot.work(timedelta(minutes=1))
    assert "Open the document" not in str(bot.card.drawing.blocks)
    assert FileState.SHARED.value not in states(bot)
    assert bot.step(Lane.FILES) in (0, 1)


def test_the_owners_message_links_to_the_newest_document_too(bot: Bot) -> None:
    bot.assigned()
    assert bot.submit(bot.details_form(), "U1", "V1", title="Another title").text == ""
    bot.work()
    newest = [
        file for file in bot.look(lambda unit: unit.posts.files(bot.record().id)) if file.state.value == "shared"
    ][-1]
    (told,) = [post for post in bot.chat.posts if "has designated you" in post.drawing.text]
    assert newest.permalink in str(told.drawing.blocks)
