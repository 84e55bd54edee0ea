"""CALDAV_URL names another calendar after a restart: what is to come goes there by itself, and administrators hear of what stays behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.integrations.caldav_calendar import CaldavCalendar
from bot.integrations.caldav_client import CaldavAccess, CaldavClient
from tests.caldav import local_caldav
from tests.caldav.local_caldav import Fault, LocalCaldav
from tests.fakes.bot import Bot
from tests.jobs.test_shared_calendar import POLICY, THURSDAY, TITLE, begun, book, kept, put

OTHER, ADMIN = "/bot/other/", "U5"


@pytest.fixture
def caldav(tmp_path: Path) -> Iterator[LocalCaldav]:
    with local_caldav.running(tmp_path / "radicale") as caldav:
        yield caldav


def restarted(before: Bot, engine: Engine, access: CaldavAccess) -> Bot:
    """The same bot with another setting."""
    calendar = CaldavCalendar(CaldavClient(access, timeout=(2, 1)), before.clock)
    bot = Bot(
        engine, clock=before.clock, chat=before.chat, policy=replace(POLICY, admins=frozenset({ADMIN})), shared=calendar
    )
    bot.service.runner.housekeeping()
    bot.clock.advance(timedelta(minutes=31))
    bot.work()
    return bot


def told(bot: Bot) -> list[Any]:
    return [post for post in bot.chat.in_room(f"D{ADMIN}") if "CALDAV_URL" in post.drawing.text]


def test_a_meeting_to_come_goes_to_the_calendar_that_is_configured_now(engine: Engine, caldav: LocalCaldav) -> None:
    first = begun(engine, caldav)
    book(first)
    bot = restarted(first, engine, caldav.another(OTHER))
    assert (caldav.hrefs(), len(caldav.hrefs(OTHER))) == ([], 1)
    assert kept(bot).href.endswith(caldav.hrefs(OTHER)[0].rpartition("/")[2])
    assert told(bot) == []
    asked = len(caldav.seen)
    bot.service.runner.housekeeping()
    bot.work()
    assert caldav.seen[asked:].count("PUT") == 0, "once"


@pytest.mark.parametrize("restricted", [False, True])
def test_what_stays_behind_is_told_to_administrators_once_and_without_what_is_not_theirs(
    engine: Engine, caldav: LocalCaldav, tmp_path: Path, *, restricted: bool
) -> None:
    first = begun(engine, caldav)
    book(first)
    old = kept(first).href
    with local_caldav.running(tmp_path / "elsewhere") as elsewhere:
        put(first, restricted=restricted)
        bot = restarted(first, engine, elsewhere.access)
        book(bot, THURSDAY - timedelta(hours=1))
        assert len(elsewhere.hrefs()) == (0 if restricted else 1)
    (note,) = told(bot)
    assert old in note.drawing.text
    assert TITLE.split(";")[0] not in str(note.drawing)


def test_what_may_not_be_deleted_there_is_told_too(engine: Engine, caldav: LocalCaldav) -> None:
    first = begun(engine, caldav)
    book(first)
    new = caldav.another(OTHER)
    caldav.fail("MOVE", Fault(403))
    caldav.fail("DELETE", Fault(403))
    bot = restarted(first, engine, new)
    assert len(caldav.hrefs(OTHER)) == 1
    assert len(told(bot)) == 1
