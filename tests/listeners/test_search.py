"""`/postmortem list` and `search`: everywhere, a page at a time, and nothing of what the reader may not see, not even in a number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.place import Channel
from bot.domain.postmortem import Roles
from bot.domain.status import Status
from tests import factories
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.payloads import TEAM

PATIENCE = timedelta(seconds=5)


@pytest.fixture
def workspace(engine: Engine) -> Bot:
    """Twelve in a public channel, one in a private one with U3 in it, a restricted one of U4, one of a channel nobody read."""
    bot = Bot(engine)
    now = bot.clock.now()
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel(TEAM, "CPUBLIC", "incident", False, False, now))
        unit.channels.put(Channel(TEAM, "CPRIVATE", "secret", True, False, now, frozenset({"U3"})))

        def add(number: int, **values: Any) -> None:
            given = {
                "id": f"p{number}", "number": number, "team_id": TEAM, "channel_id": "CPUBLIC", "current": False,
                "created_by": "U9", "owner": "U9", "roles": Roles(ic="U9"), "title": f"Pool number {number}",
            }  # fmt: skip
            unit.records.add(factories.postmortem(**(given | values)))

        for number in range(1, 13):
            add(number, severity=1 + number % 2, status=Status.CLOSED if number > 10 else Status.DRAFT)
        add(13, channel_id="CPRIVATE", title="Pool of secrets", owner="U2")
        add(14, restricted=True, title="Pool that leaked", owner="U4")
        add(15, channel_id="CNEVER", title="Pool of nobody")
    return bot


def shown(bot: Bot, text: str, user: str = "U1", channel: str = "C1") -> str:
    reply = bot.command(text, user, channel)
    return str(reply.json["blocks"])


def test_who_may_not_see_it_learns_nothing_of_it(workspace: Bot) -> None:
    outsider = shown(workspace, "search pool")
    assert "12 post-mortems that you may see, the newest first · page 1 of 2" in outsider
    assert not any(word in outsider for word in ("secrets", "leaked", "nobody", "PM-13", "PM-14", "PM-15"))
    member = shown(workspace, "search pool", "U3")
    assert "13 post-mortems" in member
    assert "Pool of secrets" in member
    concerned = shown(workspace, "search leaked", "U4")
    assert "*PM-14* restricted post-mortem" in concerned
    assert "that leaked" not in concerned, "a restricted one is named by its number alone"
    assert "Pool of secrets" in shown(workspace, "search secrets", "U2", "D1"), "its owner, in a direct conversation"
    assert "Nothing found" in shown(workspace, "search pool", "UGUEST")
    assert "Nothing found" in shown(workspace, "search PM-14")


def test_pages_turn_in_place_and_filters_combine(workspace: Bot) -> None:
    bot = workspace
    assert "PM-12" in shown(bot, "search pool")
    bot.press(ids.SEARCH_OLDER, "search:1:pool")
    last = bot.screens.said[-1]
    assert last.replace
    assert "PM-1*" in str(last.drawing.blocks)
    assert "page 2 of 2" in str(last.drawing.blocks)
    bot.press(ids.SEARCH_NEWER, "list:99:closed")
    assert "2 post-mortems" in str(bot.screens.said[-1].drawing.blocks)
    assert "10 post-mortems" in shown(bot, "list", "U1", "D1")
    assert "12 post-mortems" in shown(bot, "list all")
    both = shown(bot, "list all sev1 owner <@U9|nine> since 2026-11-01 until 2026-11-30")
    assert "6 post-mortems" in both
    assert "Nothing found" in shown(bot, "list all sev1 owner me")
    first = shown(bot, "search 3")
    assert first.index("PM-3*") < first.index("number 3"), "the one whose number was typed"


def test_a_hit_opens_in_a_window_for_those_who_may_see_it(workspace: Bot) -> None:
    bot = workspace
    bot.press(ids.HOME_RECORD, "p12")
    assert "Pool number 12" in str(bot.screens.form())
    before = len(bot.screens.shown)
    bot.press(ids.HOME_RECORD, "p13")
    assert "private channel" in str(bot.screens.shown[before:])
    assert "secrets" not in str(bot.screens.shown[before:])


def test_what_is_not_understood_is_answered_with_an_example(workspace: Bot) -> None:
    before = workspace.contents()
    for text in ("search", "search since soon", "search owner <@U1|a> owner <@U2|b>", "list blabla", 'search "open'):
        said = workspace.command(text).sentence
        assert "For example: `/postmortem " in said, text
    assert workspace.contents() == before
    workspace.press(ids.SEARCH_OLDER, "search:1:since soon")
    assert "year-month-day" in workspace.screens.sentence()
    reply = workspace.send(payloads.command("search <!channel> &amp; `x`"))
    assert "<!channel>" not in reply.text
