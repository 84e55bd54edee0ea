"""Messages on the wire while the bot listens, and while it does not: in the end each is there once."""

from __future__ import annotations

from pathlib import Path

from demo import story
from sandbox.client import Sandbox
from tests.e2e.conftest import World, serving


def test_what_is_said_is_kept_once_whether_the_bot_listened_or_not(slack: Sandbox, tmp_path: Path) -> None:
    told, database = story.load(), tmp_path / "bot.db"
    with serving(slack, database, http=False) as process:
        world = World(slack, told, database, process)
        world.assign()
        world.done()
        say, someone = slack.act.post, told.user("mira").id
        heard = say(someone, world.channel, "TODO: heard")
        say(someone, world.channel, "TODO: heard in a thread", thread=heard)
        slack.wait_until(lambda: _said(world) == ["heard", "heard in a thread"])
    say(someone, world.channel, "TODO: missed")
    say(someone, world.channel, "TODO: missed in a thread", thread=heard)
    threads = len(slack.calls("conversations.replies"))
    with serving(slack, database, http=False):
        slack.wait_until(lambda: "missed in a thread" in _proposed(world), 30)
        read = {call["args"]["ts"] for call in slack.calls("conversations.replies")[threads:]}
        assert read <= {heard, world.card()["ts"]}, "the thread that moved, and ours, where the document lies"
        say(someone, world.channel, "TODO: heard again")
        slack.wait_until(lambda: len(_said(world)) == 5)
    assert _said(world) == ["heard", "heard in a thread", "missed", "missed in a thread", "heard again"]
    assert len(world.marked("card")) == 1
    world.clean()


def _said(world: World) -> list[str]:
    """What is stored of this test's messages, in order of time."""
    found = world.rows(
        "SELECT json_extract(body, '$.text') FROM harvest_message WHERE body LIKE '%TODO: heard%' "
        "OR body LIKE '%TODO: missed%' ORDER BY micros"
    )
    return [str(text).removeprefix("TODO: ") for (text,) in found]


def _proposed(world: World) -> set[str]:
    return {str(text) for (text,) in world.rows("SELECT text FROM todo")}
