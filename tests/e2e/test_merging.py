"""Two post-mortems of one incident on the wire: both are seen in a form, one becomes a part of the other, and comes out again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.blocks import ids
from tests.e2e.conftest import World

# The channel of the story is shared with another organisation, so that nothing is merged with it.
FIRST, SECOND = "inc-2292-orders", "inc-2293-payments"


def card(world: World, channel: str) -> str:
    return str(world.marked("card", world.slack.see.messages(channel)))


def test_a_second_channel_becomes_a_part_and_comes_out_again(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    began = datetime.now(UTC) - timedelta(hours=5)
    owner = slack.see.user(world.owner)["name"]
    for channel, severity, hours in ((FIRST, "2", 1), (SECOND, "1", 3)):
        slack.act("create_channel", user=world.caller, name=channel)
        slack.act("join", user=world.bot_name, channel=channel, inviter=world.caller)
        slack.act.command(world.caller, channel, f"/postmortem assign @{owner}")
        slack.wait_until(lambda: slack.see.modals(world.caller))
        end = began + timedelta(hours=hours)
        times = {"started_at": int(began.timestamp()), "resolved_at": int(end.timestamp())}
        given: dict[str, Any] = {"title": channel, "severity": severity, "ic": world.caller, **times}
        assert not slack.act.submit(world.caller, given).get("errors")
    slack.wait_until(lambda: card(world, SECOND) and "SEV-2" in card(world, FIRST))
    slack.wait_until(lambda: len(world.rows("SELECT 1 FROM channel")) == 2)
    slack.act.command(world.caller, FIRST, "/postmortem merge")
    slack.wait_until(lambda: slack.see.modals(world.caller))
    assert SECOND in str(slack.see.modals(world.caller)[-1])
    slack.act.close(world.caller)
    slack.act.command(world.caller, FIRST, f"/postmortem merge #{SECOND}")
    slack.wait_until(lambda: slack.see.modals(world.caller))
    assert "SEV-1, ended" in str(slack.see.modals(world.caller)[-1])
    assert not slack.act.submit(world.caller, {ids.REASON: "one queue <!channel>"}).get("errors")
    slack.wait_until(lambda: "Merged into" in card(world, SECOND) and "SEV-1" in card(world, FIRST))
    assert world.rows("SELECT severity FROM postmortem ORDER BY number") == [(1,), (1,)]
    answer = slack.act.command(world.caller, SECOND, "/postmortem meeting")
    assert "go on there" in str(answer["message"])
    (second,) = world.marked("card", slack.see.messages(SECOND))
    slack.act.press(world.caller, ids.MERGE_UNDO, channel=SECOND, ts=second["ts"])
    slack.wait_until(lambda: "Merged into" not in card(world, SECOND) and "SEV-2" in card(world, FIRST))
    assert world.rows("SELECT severity, merged_into FROM postmortem ORDER BY number") == [(2, None), (1, None)]
    world.clean()
