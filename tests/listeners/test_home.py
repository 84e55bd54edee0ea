"""The Home tab: what concerns the reader, what is open, and nothing of a private channel to those who are not in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.blocks import ids
from bot.domain.harvest.person import Person
from bot.domain.status import Status
from bot.ports.screens import OpenView, PublishHome
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import Room

OWNER, IC, SOMEBODY = "U2", "U1", "U5"


def opens(bot: Bot, user: str, tab: str = "home", **view: Any) -> dict[str, Any] | None:
    """What the person sees after opening the tab; None when nothing was drawn."""
    before = len(bot.screens.shown)
    given = {"view": view} if view else {}
    reply = bot.send(payloads.event({"type": "app_home_opened", "user": user, "tab": tab, "channel": "D1", **given}))
    assert reply.status == 200
    drawn = bot.screens.shown[before:]
    assert all(isinstance(screen, PublishHome) and screen.user_id == user for screen in drawn)
    return dict(drawn[-1].view) if drawn else None


def change(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def test_the_owner_and_the_ic_see_what_is_theirs(bot: Bot) -> None:
    bot.assigned()
    bot.work()
    assert "You are the owner" in str(opens(bot, OWNER))
    assert "You are the incident commander" in str(opens(bot, IC))
    others = str(opens(bot, SOMEBODY))
    assert "Nothing waits for you" in others
    assert "PM-1" in others, "an open post-mortem of a public channel is everybody's to see"


def test_ones_own_show_the_checklist_and_the_next_step_as_a_button(bot: Bot) -> None:
    bot.assigned()
    bot.work()
    mine = str(opens(bot, OWNER))
    assert "*Checklist:*" in mine
    assert f"*Next:* <@{OWNER}> books the meeting" in mine
    assert ids.MEETING_OPEN in mine
    assert "*Next:*" not in str(opens(bot, SOMEBODY)), "others see the list"


def test_the_tab_with_the_messages_is_not_ours_to_draw(bot: Bot) -> None:
    assert opens(bot, OWNER, tab="messages") is None


def test_a_private_channel_shows_nothing_to_those_who_are_not_in_it(bot: Bot) -> None:
    bot.chat.rooms["C1"].private = True
    bot.chat.rooms["C1"].members |= {IC, "U3"}
    bot.assigned()
    bot.work()
    assert "PM-1" in str(opens(bot, "U3")), "a member"
    assert "PM-1" not in str(opens(bot, SOMEBODY))
    bot.press(ids.HOME_RECORD, bot.record().id, user=SOMEBODY)
    assert "private channel" in str(bot.screens.shown[-1])
    bot.send(payloads.event({"type": "member_joined_channel", "user": SOMEBODY, "channel": "C1"}))
    assert "PM-1" in str(opens(bot, SOMEBODY))
    bot.send(payloads.event({"type": "member_left_channel", "user": SOMEBODY, "channel": "C1"}))
    assert "PM-1" not in str(opens(bot, SOMEBODY))


def test_a_channel_that_was_not_read_yet_shows_nothing_but_to_people_with_a_role(bot: Bot) -> None:
    bot.command("assign <@U2|ben>")
    assert "PM-1" in str(opens(bot, OWNER))
    assert "PM-1" not in str(opens(bot, SOMEBODY))


def test_guests_see_what_they_have_a_role_in_and_nothing_else(bot: Bot) -> None:
    bot.assigned()
    bot.work()
    bot.know(Person("UGUEST", "Guest", is_restricted=True))
    assert "PM-1" not in str(opens(bot, "UGUEST"))


def test_a_restricted_one_is_for_the_people_concerned(bot: Bot) -> None:
    bot.assigned()
    bot.work()
    change(bot, restricted=True)
    assert "PM-1" in str(opens(bot, OWNER))
    assert "PM-1" not in str(opens(bot, SOMEBODY))


@pytest.mark.parametrize(
    ("shown", "there"),
    [("open", True), ("overdue", False), ("in_review", True), ("sev1", False), ("closed", False), ("nonsense", True)],
)
def test_the_list_shows_what_was_asked_for(bot: Bot, shown: str, there: bool) -> None:
    bot.assigned()
    bot.work()
    change(bot, status=Status.IN_REVIEW)
    bot.press(ids.HOME_FILTER, shown, user=SOMEBODY)
    drawn = bot.screens.shown[-1]
    assert isinstance(drawn, PublishHome)
    assert ("PM-1" in str(drawn.view)) is there


def test_what_is_overdue_comes_first_and_says_so(bot: Bot) -> None:
    for number in range(1, 4):
        bot.chat.rooms[f"C{number}"] = Room({"UBOT", "U1"})
        bot.command("assign <@U2|ben>", channel=f"C{number}")
        bot.work()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        late = unit.records.current("T1", "C3", lock=True)
        assert late
        ended = bot.clock.now() - timedelta(days=30)
        unit.records.save(late.changed(times=type(late.times)(ended, ended, ended), severity=1))
    view = str(opens(bot, SOMEBODY))
    assert view.index("PM-3") < view.index("PM-1")
    assert "overdue by" in view


def test_a_long_list_has_pages_and_the_tab_remembers_its_page(bot: Bot) -> None:
    for number in range(1, 13):
        bot.chat.rooms[f"C{number}"] = Room({"UBOT", "U1"})
        bot.command("assign <@U2|ben>", channel=f"C{number}")
    bot.work()
    first = str(opens(bot, SOMEBODY))
    assert "Page 1 of 2, 12 in all" in first
    bot.press(ids.HOME_LATER, "open:1", user=SOMEBODY)
    second = bot.screens.shown[-1].view
    assert "Page 2 of 2" in str(second)
    again = opens(bot, SOMEBODY, private_metadata=second["private_metadata"])
    assert "Page 2 of 2" in str(again)


def test_one_post_mortem_opens_with_everything_there_is_to_do(bot: Bot) -> None:
    bot.assigned()
    bot.work()
    bot.press(ids.HOME_RECORD, bot.record().id, user=SOMEBODY)
    shown = bot.screens.shown[-1]
    assert isinstance(shown, OpenView)
    assert ids.MEETING_OPEN in str(shown.view)


def test_each_further_open_one_costs_one_look_up_of_its_channel(bot: Bot) -> None:
    counted: list[str] = []

    def count(conn: object, cursor: object, statement: str, *rest: object) -> None:
        counted.append(statement)

    bot.assigned()
    bot.work()
    sa.event.listen(bot.engine, "before_cursor_execute", count)
    bot.look(lambda unit: None)
    costs = []
    for more in (0, 20):
        for number in range(more):
            channel = f"CX{number}"
            bot.chat.rooms[channel] = Room({"UBOT", "U1"})
            bot.command("assign <@U2|ben>", channel=channel)
        counted.clear()
        opens(bot, SOMEBODY)
        costs.append(len(counted))
    sa.event.remove(bot.engine, "before_cursor_execute", count)
    assert costs[1] <= costs[0] + 20, "at most one look-up of its channel for each"


def test_what_stands_in_a_group_is_not_listed_again_until_the_list_is_filtered(bot: Bot) -> None:
    bot.assigned()
    bot.work()
    number = bot.record().name
    assert str(opens(bot, SOMEBODY)).count(f"*{number}*") == 1
    assert "All that are open stand above" in str(opens(bot, OWNER))
    assert str(opens(bot, SOMEBODY)).count(f"*{number}*") == 1
    change(bot, severity=1)
    bot.press(ids.HOME_FILTER, "sev1", user=OWNER)
    drawn = bot.screens.shown[-1]
    assert isinstance(drawn, PublishHome)
    assert str(drawn.view).count(f"*{number}*") == 2
