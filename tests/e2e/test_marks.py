"""Reactions on the wire, each event doubled and shuffled: the very message of a thread, an alert of another bot, a pin, an edit
and a deletion, with the bot's own mark on what it has."""

from __future__ import annotations

import json
from typing import Any

from tests.e2e.conftest import World


def lines(world: World) -> dict[str, str]:
    """What stands in the timeline, by the message that it comes from."""
    found = world.rows("SELECT ts, text FROM timeline_entry WHERE removed = 0 AND ts IS NOT NULL")
    assert len(found) == len(dict(found))
    return dict(found)


def deleted(world: World, ts: str) -> bool:
    """Whether the bot knows that the message is gone from Slack."""
    ((heard,),) = world.rows(f"SELECT heard FROM capture WHERE ts = '{ts}'")
    return json.loads(heard)["deleted_at"] is not None


def marked_by_us(world: World, ts: str, thread: str | None = None) -> bool:
    messages: list[dict[str, Any]] = world.slack.see.messages(world.channel, thread=thread)
    found = next((each for each in messages if each["ts"] == ts), {})
    return any(row["name"] == "white_check_mark" for row in found.get("reactions", []))


def test_what_people_mark_is_in_the_timeline(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    world.assign()
    slack.wait_until(lambda: slack.see.modals(world.caller))
    slack.act.close(world.caller)
    world.done()
    slack.modes(duplicate=True, shuffle=True)
    act, here, who = slack.act, world.channel, world.owner
    parent = act.post(world.caller, here, "looking at the pool")
    reply = act.post(who, here, "the pool is exhausted & <!channel>", thread=parent)
    other = act.post(who, here, "never mind")
    act.react(world.caller, here, reply, "memo")
    slack.wait_until(lambda: lines(world).get(reply) == "the pool is exhausted & <!channel>")
    slack.wait_until(lambda: marked_by_us(world, reply, parent))
    act.react(who, here, parent, "stopwatch")
    act.edit(world.caller, here, parent, "looking at the pool of pay")
    slack.wait_until(lambda: lines(world).get(parent) == "looking at the pool of pay")
    act.react(who, here, other, "memo")
    slack.wait_until(lambda: other in lines(world))
    act.unreact(who, here, other, "memo")
    slack.wait_until(lambda: other not in lines(world))
    act.delete(who, here, reply)
    slack.wait_until(lambda: deleted(world, reply))
    assert set(lines(world)) == {parent, reply}
    slack.wait_until(lambda: "Marked by people: " in str(world.card()))
    world.clean()
