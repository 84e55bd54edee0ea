"""The review on the wire: the meeting is booked for tomorrow, readers are asked at once, answer in the thread and by buttons,
and the owner goes through what they noted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.blocks import ids
from tests.e2e.conftest import World


def test_readers_are_asked_and_answer(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    world.assign()
    slack.wait_until(lambda: slack.see.modals(world.caller))
    slack.act.close(world.caller)
    world.done()
    slack.act.command(world.owner, world.channel, "/postmortem page https://wiki.example/pm-1")
    slack.act.command(world.owner, world.channel, "/postmortem meeting")
    slack.wait_until(lambda: slack.see.modals(world.owner))
    soon = int((datetime.now(UTC) + timedelta(hours=3)).timestamp())
    answer = slack.act.submit(
        world.owner, {ids.MEETING_AT: soon, ids.DURATION: "45", ids.LINK: "https://call.example/1"}
    )
    assert not answer.get("errors"), answer
    assert "15 to 30 are enough" in str(slack.see.modals(world.owner)[-1])
    slack.act.close(world.owner)
    slack.wait_until(lambda: world.marked("review_post"))
    (post,) = world.marked("review_post")
    assert "https://wiki.example/pm-1" in str(post)
    assert "less than 24 hours" in str(post)
    slack.act.post(world.caller, world.channel, "no canary? <!channel>", thread=post["ts"])
    slack.act.press(world.caller, ids.REVIEW_APPROVE, channel=world.channel, ts=post["ts"])
    slack.act.press(world.caller, ids.REVIEW_COMMENT, channel=world.channel, ts=post["ts"])
    slack.wait_until(lambda: slack.see.modals(world.caller))
    assert not slack.act.submit(world.caller, {ids.REASON: "the impact lacks numbers"}).get("errors")
    slack.wait_until(lambda: "2 notes, 2 open" in str(world.marked("review_post")))
    assert f"Approved by <@{world.caller}>" in str(world.marked("review_post"))
    slack.act.command(world.owner, world.channel, "/postmortem notes")
    slack.wait_until(lambda: slack.see.modals(world.owner))
    ((note,),) = world.rows("SELECT id FROM review_note WHERE ts IS NOT NULL")
    slack.act.press(world.owner, ids.NOTE_DONE, value=note)
    slack.wait_until(lambda: "2 notes, 1 open" in str(slack.see.modals(world.owner)[-1]))
    slack.wait_until(lambda: "2 notes, 1 open" in str(world.marked("review_post")))
    assert len(world.marked("review_post")) == 1
    world.clean()
