"""The owner is told of earlier incidents like this one as soon as title and services are known, and never of one that this
person may not see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.place import Channel
from bot.domain.postmortem import DocumentFile as File
from bot.domain.postmortem import FileState, Posted, Roles
from bot.domain.status import Status
from tests import factories
from tests.fakes.bot import Bot
from tests.fakes.payloads import TEAM

PATIENCE = timedelta(seconds=5)


def earlier(bot: Bot, number: int, **values: Any) -> None:
    """An earlier one of the same service."""
    with bot.store.transaction(PATIENCE) as unit:
        given = {
            "id": f"e{number}", "number": number, "team_id": TEAM, "channel_id": "COLD", "current": False, "owner": "U9",
            "created_by": "U9", "roles": Roles(ic="U9"), "title": f"Earlier {number}", "services": ("payments",),
            "created_at": bot.clock.now() - timedelta(days=30), "status": Status.CLOSED,
        }  # fmt: skip
        unit.records.add(factories.postmortem(**(given | values)))


def dm(bot: Bot) -> str:
    """The owner's message as it stands."""
    (post,) = [post for post in bot.chat.posts if post.mark.startswith("owner_dm:")]
    return str(post.drawing.blocks)


def fill_in(bot: Bot, services: str) -> None:
    form = bot.details_form()
    assert not bot.submit(form, "U1", f"V{services}", title="Cards declined", severity="2", services=services).errors
    bot.work()


def test_the_owner_and_whoever_asks_are_told_what_each_may_see(bot: Bot) -> None:
    now = bot.clock.now()
    with bot.store.transaction(PATIENCE) as unit:
        unit.channels.put(Channel(TEAM, "COLD", "old", False, False, now))
        unit.channels.put(Channel(TEAM, "CPRIVATE", "secret", True, False, now, frozenset({"U3"})))
    earlier(bot, 1)
    earlier(bot, 2, channel_id="CPRIVATE", title="Of a private channel")
    earlier(bot, 3, restricted=True, title="Restricted")
    with bot.store.transaction(PATIENCE) as unit:
        unit.posts.put_file(File("e1", "F1", "d", FileState.SHARED, "https://acme.slack.com/files/F1", now))
        unit.posts.put(Posted("e2", "card", "CPRIVATE", "1764000000.000100"))
    bot.assigned()
    assert "Looks like" not in dm(bot), "nothing is known yet"
    fill_in(bot, "Payments")
    assert "<https://acme.slack.com/files/F1|PM-1 Earlier 1>" in dm(bot)
    assert "same service: Payments" in dm(bot)
    assert "private" not in dm(bot).lower()
    assert "Restricted" not in dm(bot)
    member = bot.command("status", "U3").text
    assert "https://acme.slack.com/archives/CPRIVATE/p1764000000000100|PM-2" in member
    assert "PM-2" not in bot.command("status", "U4").text
    fill_in(bot, "mail")
    assert "Looks like" not in dm(bot), "and drawn anew when that changes"
