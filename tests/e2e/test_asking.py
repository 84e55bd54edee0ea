"""A question on the wire: somebody from elsewhere is asked, comes into the channel, answers in a form, and the card lets go of it."""

from __future__ import annotations

from bot.blocks import ids
from tests.e2e.conftest import World


def test_somebody_is_pulled_in_and_answers(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    world.assign()
    slack.wait_until(lambda: slack.see.modals(world.caller))
    slack.act.close(world.caller)
    world.done()
    asked = slack.see.user("elin.strand")
    slack.act.command(
        world.caller, world.channel, f"/postmortem ask @{asked['name']} what did <!channel> visitors see?"
    )
    slack.wait_until(lambda: "Open questions" in str(world.card()))
    slack.wait_until(lambda: world.marked("question_dm", slack.see.dms(asked["id"])))
    slack.wait_until(lambda: world.rows("SELECT ts FROM posted WHERE name LIKE 'question_dm%'"))
    ((room, ts),) = world.rows("SELECT channel_id, ts FROM posted WHERE name LIKE 'question_dm%'")
    slack.act.press(asked["id"], ids.QUESTION_ANSWER, channel=room, ts=ts)
    slack.wait_until(lambda: slack.see.modals(asked["id"]))
    assert not slack.act.submit(asked["id"], {"answer": "An error page. " * 150}).get("errors")
    slack.wait_until(lambda: "Open questions" not in str(world.card()))
    slack.wait_until(lambda: "You answered" in str(slack.see.dms(asked["id"])))
    slack.wait_until(lambda: world.marked("person_dm", slack.see.dms(world.caller)))
    slack.wait_until(lambda: "Questions And Answers" in world.documents()[-1])
    slack.act.command(world.owner, world.channel, "/postmortem watch")
    slack.act.command(world.caller, world.channel, "/postmortem ask what <!here|here> next?")
    world.clean()
