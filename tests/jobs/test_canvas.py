"""The document as a canvas in the incident's channel: one, read by everybody there, written anew as a whole (R-29)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.kept_canvas import CanvasState, KeptCanvas
from bot.domain.outgoing import Kind
from bot.domain.policy import Policy
from bot.usecases.forget import Forget
from tests.fakes import errors
from tests.fakes.bot import Bot
from tests.fakes.chat import Canvas, Post

ON = Policy(canvas=True, admins=frozenset({"U1"}))
METHODS = ("make_canvas", "let_read", "fill_canvas", "canvas_link")


@pytest.fixture
def bot(engine: Engine) -> Bot:
    return Bot(engine, policy=ON)


def only(bot: Bot) -> Canvas:
    """The one canvas that there is."""
    (canvas,) = bot.chat.canvases.values()
    return canvas


def kept(bot: Bot) -> KeptCanvas:
    found = bot.look(lambda unit: unit.canvases.get(bot.record().id))
    assert isinstance(found, KeptCanvas)
    return found


def retitle(bot: Bot, title: str, view_id: str = "V1") -> None:
    assert bot.submit(bot.details_form(), "U1", view_id, title=title).text == ""
    bot.work()


def troubles(bot: Bot, user: str = "U2") -> list[Post]:
    return [post for post in bot.chat.told(user) if "not shown as a canvas" in post.text]


def linked(bot: Bot) -> bool:
    return "as a canvas" in str(bot.card.drawing.blocks)


def test_it_is_empty_until_people_can_only_read_it(bot: Bot) -> None:
    bot.assigned()
    asked = [name for name, _ in bot.chat.calls if name in METHODS]
    assert asked == list(METHODS)
    assert only(bot).title == "PM-1 post-mortem"
    assert only(bot).access == {"C1": "read"}
    assert len(only(bot).versions) == 1
    assert only(bot).versions[0].startswith("# PM-1: ")


def test_it_is_linked_beside_the_file_once_it_is_there(bot: Bot) -> None:
    bot.chat.fail("fill_canvas", errors.server_error(), times=2)
    bot.command("assign <@U2|b>")
    bot.work(timedelta(seconds=1))
    assert not linked(bot)
    bot.work(timedelta(minutes=2))
    (key,) = bot.chat.canvases
    (told,) = [post for post in bot.chat.told("U2") if post.mark.startswith("owner_dm:")]
    for post in (bot.card, told):
        assert f"<https://acme.slack.com/docs/T1/{key}|as a canvas>" in str(post.drawing.blocks)


def test_new_content_is_one_replacement_and_the_same_content_none(bot: Bot) -> None:
    bot.assigned()
    before = len(bot.chat.calls)
    retitle(bot, "Checkout is down")
    assert "Checkout is down" in only(bot).versions[-1]
    assert [name for name, _ in bot.chat.calls[before:] if "canvas" in name or name == "let_read"] == ["fill_canvas"]
    bot.later(timedelta(hours=7))
    bot.command("harvest")
    bot.work()
    assert len(only(bot).versions) == 2


def test_without_the_setting_there_is_none_and_nothing_is_asked_of_slack(engine: Engine) -> None:
    bot = Bot(engine)
    bot.assigned()
    assert not bot.chat.canvases
    assert not bot.rows("canvas")
    assert not linked(bot)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("after", [False, True], ids=["before the act", "after the act"])
@pytest.mark.parametrize("error", [errors.lost(), errors.Crash()], ids=["lost", "ended"])
def test_whatever_is_lost_there_is_one_canvas_in_the_end(
    bot: Bot, method: str, after: bool, error: BaseException
) -> None:
    bot.chat.fail(method, error, after=after)
    bot.command("assign <@U2|b>")
    if isinstance(error, errors.Crash):
        with pytest.raises(errors.Crash):
            bot.work()
        bot = Bot(bot.engine, clock=bot.clock, chat=bot.chat, policy=ON)
    bot.work(timedelta(minutes=12))
    assert only(bot).access == {"C1": "read"}
    assert only(bot).versions[-1].startswith("# PM-1: ")
    assert kept(bot).state is CanvasState.STANDING
    assert kept(bot).doubted is None
    assert linked(bot)
    assert not troubles(bot)


def test_a_request_that_takes_effect_late_leaves_no_second_canvas(bot: Bot) -> None:
    bot.chat.fail("make_canvas", errors.lost())
    bot.chat.fail(
        "let_read",
        None,
        meanwhile=lambda: bot.chat.canvases.update(FLATE=Canvas("PM-1 post-mortem", "C1", bot.clock.now().timestamp())),
    )
    bot.assigned()
    assert len(bot.chat.canvases) == 2
    assert [bool(each.versions) for each in bot.chat.canvases.values()] == [True, False]
    bot.work(timedelta(minutes=6))
    assert only(bot).versions


def test_one_that_somebody_deleted_is_made_anew_once(bot: Bot) -> None:
    bot.assigned()
    bot.chat.canvases.clear()
    retitle(bot, "Checkout is down")
    (second,) = bot.chat.canvases
    assert "Checkout is down" in only(bot).versions[-1]
    assert f"/{second}|as a canvas" in str(bot.card.drawing.blocks)
    assert not troubles(bot)
    bot.chat.canvases.clear()
    retitle(bot, "Checkout is slow", "V2")
    bot.later(timedelta(days=2))
    retitle(bot, "Checkout is fine", "V3")
    assert not bot.chat.canvases
    assert not linked(bot)
    (told,) = troubles(bot)
    assert "deleted it twice" in told.text


@pytest.mark.parametrize("method", ["make_canvas", "let_read", "fill_canvas", "canvas_link"])
def test_a_refusal_for_good_is_told_once_and_the_file_stands(bot: Bot, method: str) -> None:
    bot.chat.fail(method, errors.refused("canvas_disabled_user_team"), times=99)
    bot.assigned()
    for number in range(3):
        retitle(bot, f"Title {number}", f"V{number}")
        bot.later(timedelta(days=1, hours=1))
    assert len(troubles(bot)) == 1
    assert "the file in the thread of the card has all of it: Slack refused" in troubles(bot)[0].text
    assert not [each for each in bot.chat.canvases.values() if each.versions], "a canvas that is not true stays nowhere"
    assert not linked(bot)
    assert len(bot.chat.visible_files()) == 1
    assert "Not everything worked" not in str(bot.card.drawing.blocks)
    assert bot.chat.count(method) <= 4, "once a day at most"


def test_what_was_mended_is_found_out_the_day_after(bot: Bot) -> None:
    bot.chat.fail("make_canvas", errors.refused("missing_scope"))
    bot.assigned()
    retitle(bot, "Checkout is down")
    assert not bot.chat.canvases
    bot.later(timedelta(days=1, hours=1))
    retitle(bot, "Checkout is slow", "V2")
    assert "Checkout is slow" in only(bot).versions[-1]
    assert linked(bot)


def test_a_canvas_that_cannot_be_written_any_more_is_not_left_as_it_was(bot: Bot) -> None:
    bot.assigned()
    bot.chat.fail("fill_canvas", errors.refused("canvas_editing_failed"))
    retitle(bot, "Checkout is down")
    assert not bot.chat.canvases
    assert not linked(bot)
    assert len(troubles(bot)) == 1


def test_one_that_becomes_restricted_is_deleted_with_all_that_stood_in_it(bot: Bot) -> None:
    bot.chat.rooms["C1"].private = True
    bot.assigned()
    bot.command("restrict a customer's data", "U1")
    bot.work()
    assert bot.record().restricted
    assert not bot.chat.canvases
    assert not linked(bot)
    retitle(bot, "Checkout is down")
    assert bot.chat.count("make_canvas") == 1
    bot.command("unrestrict it is public", "U1")
    bot.work()
    assert len(only(bot).versions) == 1
    assert linked(bot)


def test_a_restricted_one_never_has_any(bot: Bot) -> None:
    bot.chat.rooms["C1"].private = True
    bot.chat.fail("make_canvas", errors.wait(3600))
    bot.assigned()
    bot.command("restrict a customer's data", "U1")
    bot.work(timedelta(hours=3))
    assert not bot.chat.canvases
    assert bot.chat.count("make_canvas") == 1


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "with the answer to its making lost"])
def test_what_slack_will_not_delete_is_emptied_and_told(bot: Bot, lost: bool) -> None:
    bot.chat.rooms["C1"].private = True
    if lost:
        bot.chat.fail("make_canvas", errors.lost(), after=True)
    bot.assigned()
    bot.chat.fail("delete_canvas", errors.refused("canvas_deleting_disabled"), times=9)
    bot.command("restrict a customer's data", "U1")
    bot.work()
    assert only(bot).versions[-1] == "This document is not shown as a canvas any more.\n"
    assert not linked(bot)
    (told,) = troubles(bot)
    assert "delete it by hand" in told.text


def test_it_goes_while_the_channel_is_archived_too(bot: Bot) -> None:
    bot.chat.say("C1", "Dev rolled it back to v41", "U4")
    bot.assigned()
    bot.chat.rooms["C1"].archived = True
    forget(bot)
    assert not bot.chat.canvases
    assert kept(bot).state is CanvasState.NONE


def test_when_somebody_is_forgotten_earlier_versions_go_with_the_canvas(bot: Bot) -> None:
    bot.chat.say("C1", "Dev rolled it back to v41", "U4")
    bot.assigned()
    (before,) = bot.chat.canvases
    forget(bot)
    (after,) = bot.chat.canvases
    assert after != before
    assert len(only(bot).versions) == 1
    assert kept(bot).deleted is False


def test_what_is_to_be_forgotten_while_it_is_written_goes_all_the_same(bot: Bot) -> None:
    bot.chat.say("C1", "Dev rolled it back to v41", "U4")
    bot.assigned()
    (before,) = bot.chat.canvases
    bot.chat.fail("fill_canvas", None, meanwhile=lambda: forget(bot, work=False))
    retitle(bot, "Checkout is down")
    assert before not in bot.chat.canvases
    assert len(only(bot).versions) == 1


def test_when_canvases_are_switched_off_it_goes_with_the_next_change(engine: Engine) -> None:
    bot = Bot(engine, policy=ON)
    bot.assigned()
    off = Bot(engine, clock=bot.clock, chat=bot.chat, policy=replace(ON, canvas=False))
    retitle(off, "Checkout is down")
    assert not bot.chat.canvases
    retitle(off, "Checkout is slow", "V2")
    assert bot.chat.count("delete_canvas") == 1
    assert [row["state"] for row in bot.rows(Kind.CANVAS)] == ["done"]


def forget(bot: Bot, *, work: bool = True) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        Forget()(unit, bot.record().team_id, "U4", "U1", bot.clock.now())
    if work:
        bot.work()
