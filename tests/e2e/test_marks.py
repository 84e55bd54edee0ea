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


def waiting(world: World, table: str) -> set[str]:
    """The messages of what waits for a decision, by the table of its list."""
    return {str(ts) for (ts,) in world.rows(f"SELECT ts FROM {table} WHERE state = 'proposed' AND rule = 'reaction'")}


def said_by_us(world: World) -> int:
    """How many messages of the bot stand in the channel."""
    bot = world.slack.see("apps")["apps"][0]["bot_user_id"]
    return sum(each.get("user") == bot for each in world.slack.see.messages(world.channel))


def test_the_cases_of_the_table_all_at_once(by_http: World) -> None:
    """Nobody waits for the bot: everything happens within a second, and every event comes twice and out of order."""
    world, slack = by_http, by_http.slack
    world.assign()
    slack.wait_until(lambda: slack.see.modals(world.caller))
    slack.act.close(world.caller)
    world.done()
    ours = said_by_us(world)
    slack.modes(duplicate=True, shuffle=True)
    act, here, one, two = slack.act, world.channel, world.caller, world.owner
    parent = act.post(one, here, "checkout is slow")
    expected = {parent: "checkout is slow"}
    act.react(one, here, parent, "memo")
    act.react(two, here, parent, "stopwatch")
    alert = act.post_as_bot("pager", here, "Triggered: latency")
    act.react(one, here, alert, "memo")
    expected[alert] = "Triggered: latency"
    file = act.post(one, here, file={"name": "latency.txt", "content": "9 s"})
    act("pin", user=two, channel=here, ts=file)
    expected[file] = "latency.txt"
    shown = act.post(two, here, "rolled back", thread=parent, broadcast=True)
    act.react(one, here, shown, "memo")
    expected[shown] = "rolled back"
    seen = act.post(two, here, "see https://grafana.example/d/1")
    act.react(one, here, seen, "memo")
    act("unfurl", channel=here, ts=seen, attachments=[{"from_url": "https://grafana.example/d/1", "title": "p"}])
    expected[seen] = "see https://grafana.example/d/1"
    pinned = act.post(one, here, "pinned by mistake")
    act("pin", user=two, channel=here, ts=pinned)
    act("unpin", user=two, channel=here, ts=pinned)
    gone = act.post(one, here, "deleted soon")
    act.react(two, here, gone, "memo")
    act.delete(one, here, gone)
    expected[gone] = "deleted soon"
    twice = act.post(one, here, "on and off")
    for _ in range(2):
        act.react(one, here, twice, "memo")
        act.unreact(one, here, twice, "memo")
    todo, query = act.post(one, here, "the dashboard lies"), act.post(one, here, "```select 1```")
    act.react(two, here, todo, "clipboard")
    act.react(two, here, query, "mag")
    act.react(two, here, act.post(one, here, "well done"), "tada")
    edited = act.post(one, here, "restarting pay")
    act.react(two, here, edited, "memo")
    act.edit(one, here, edited, "restarting pay-3")
    expected[edited] = "restarting pay-3"
    slack.wait_until(lambda: lines(world) == expected, 20)
    slack.wait_until(lambda: waiting(world, "todo") == {todo} and waiting(world, "query") == {query})
    slack.wait_until(lambda: deleted(world, gone))
    assert said_by_us(world) == ours, "the card is drawn anew, and nothing is posted"
    world.clean()
