"""The end of a call on the wire: the channel is asked once, the button opens the record and its form, and the question says so."""

from __future__ import annotations

from bot.blocks import ids
from tests.e2e.conftest import World


def test_the_end_of_a_call_leads_to_a_record(by_socket: World) -> None:
    world, slack, channel = by_socket, by_socket.slack, by_socket.channel
    slack.act("join", user=world.bot_name, channel=channel, inviter=world.caller)
    slack.modes(duplicate=True)
    slack.act.post(world.owner, channel, "is the call over?")
    slack.act.post(world.owner, channel, "We are in SEV-2, checkout is slow, next check-in in 10 minutes")
    slack.act.post(world.caller, channel, "Call is over, thanks everyone. Follow up in Slack.")
    slack.act.post(world.owner, channel, "OK, the call is over")
    slack.wait_until(lambda: world.rows("SELECT 1 FROM noticed_incident WHERE state = 'offered'"))
    (post,) = world.marked("start_offer")
    assert post["text"] == "The call is over. SEV-2? Start the post-mortem"
    slack.act.press(world.caller, ids.NOTICED_START, channel=channel, ts=post["ts"])
    slack.wait_until(lambda: slack.see.modals(world.caller))
    assert not slack.act.submit(world.caller, {ids.TITLE: "Checkout is slow"}).get("errors")
    ((severity, resolved, ended, title),) = world.rows(
        "SELECT severity, resolved_at, end_of_call_at, title FROM postmortem"
    )
    assert (severity, title) == (2, "Checkout is slow")
    assert resolved[:16] == ended[:16], "both are the end of the call"
    slack.wait_until(lambda: "was started for it" in str(world.marked("start_offer")))
    slack.act.post(world.owner, channel, "Call is over, thanks everyone.")
    world.done()
    assert len(world.marked("start_offer")) == 1
    assert world.rows("SELECT count(*) FROM noticed_incident") == [(1,)]
    world.clean()
