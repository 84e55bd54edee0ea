"""The menu of a message on the wire, where the bot is no member too: it opens over any message, and what is sent is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.blocks import ids
from tests.e2e.conftest import World

GRAPH = "https://grafana.example/d/1"


def opened(world: World, user: str, name: str, channel: str, ts: str) -> dict[str, Any]:
    """The form that an entry of the menu opens."""
    slack = world.slack
    slack.act.shortcut(user, name, channel=channel, ts=ts)
    slack.wait_until(lambda: slack.see.modals(user))
    return slack.see.modals(user)[-1]


def sent(world: World, user: str, **values: Any) -> None:
    assert not world.slack.act.submit(user, values).get("errors")
    world.slack.wait_until(lambda: not world.slack.see.modals(user))


def test_whatever_is_pointed_at_is_kept(by_socket: World) -> None:
    world, slack, channel = by_socket, by_socket.slack, by_socket.channel
    responder = slack.see.user("elin.strand")["id"]
    ana = world.caller
    said = slack.act.post(ana, channel, "It is slow for <!channel>", raw=True)
    lately = datetime.now(UTC) - timedelta(minutes=20)
    reply = slack.act.post(ana, channel, f"{lately:%H:%M} UTC - disabled the flag", thread=said)
    # Where the bot is not, and where there is no post-mortem yet.
    offered = opened(world, ana, ids.ADD_TO_TIMELINE, channel, said)
    assert offered["callback_id"] == ids.START_HERE
    slack.act.submit(ana, {})
    slack.wait_until(lambda: slack.see.modals(ana)[-1]["callback_id"] == ids.DETAILS)
    slack.act.close(ana)
    assert world.rows("SELECT count(*) FROM timeline_entry") == [(0,)]

    opened(world, ana, ids.ADD_TO_TIMELINE, channel, reply)
    sent(world, ana)
    assert world.rows("SELECT text, ts, thread_ts FROM timeline_entry") == [("disabled the flag", reply, said)]
    slack.wait_until(lambda: "Added in the timeline" in str(slack.see.messages(channel, user=ana)))

    alert = slack.act.post_as_bot("Pager", channel, attachments=[{"title": "5xx", "title_link": GRAPH}])
    opened(world, ana, ids.ATTACH_AS_EVIDENCE, channel, alert)
    ((line,),) = world.rows("SELECT id FROM timeline_entry")
    sent(world, ana, line=line)
    assert GRAPH in str(world.rows("SELECT evidence FROM timeline_entry"))
    opened(world, ana, ids.ADD_TO_TIMELINE, channel, alert)
    sent(world, ana)

    file = slack.act.post(ana, channel, file={"name": "graph.txt", "content": "1 2 3"})
    opened(world, ana, ids.ADD_TO_TIMELINE, channel, file)
    sent(world, ana)
    assert world.rows(f"SELECT text FROM timeline_entry WHERE ts = '{file}'") == [("graph.txt",)]

    opened(world, ana, ids.ADD_AS_TODO, channel, said)
    sent(world, ana)
    assert world.rows(f"SELECT text, rule FROM todo WHERE ts = '{said}'") == [("It is slow for @channel", "shortcut")]

    code = slack.act.post(ana, channel, "```SELECT 1\n  FROM &lt;t&gt;;```", raw=True)
    opened(world, ana, ids.ADD_AS_QUERY, channel, code)
    sent(world, ana)
    assert world.rows("SELECT text FROM query_entry") == [("SELECT 1\n  FROM <t>;",)]

    slack.act.shortcut(responder, ids.ADD_AS_TODO, channel=channel, ts=code)
    slack.wait_until(lambda: slack.see.modals(responder))
    sent(world, responder, todo="Alert on it")
    assert ("Alert on it",) in world.rows("SELECT text FROM todo")
    world.clean()
