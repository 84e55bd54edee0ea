"""The whole main job on the wire: one command, and there are a record, a told owner, a read channel and a document."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import World

NASTY = "<!channel> <@U0> `x` *b* &lt; \u202eabc <http://evil.example|bank> '; drop table postmortem; --"


def test_from_the_command_to_the_document(world: World) -> None:
    slack = world.slack
    slack.modes(duplicate=True, shuffle=True)
    answer = world.assign()
    assert "is open" in answer["message"]["text"]
    slack.wait_until(lambda: slack.see.modals(world.caller))
    modal = world.story.command.modal
    given = {
        "title": modal.title,
        "severity": str(modal.severity),
        "started_at": int(modal.started.timestamp()),
        "detected_at": int(modal.detected.timestamp()),
        "resolved_at": int(modal.resolved.timestamp()),
        "ic": world.story.user(modal.ic).id,
        "services": ", ".join(modal.services),
        "recording": modal.recording,
    }
    refused = slack.act.submit(world.caller, {**given, "recording": "no address"})
    assert "https://" in refused["errors"]["recording"]
    assert not slack.act.submit(world.caller, given)["stack"]
    world.done()

    ((number, title, severity, owner, state),) = world.rows(
        "SELECT number, title, severity, owner, owner_state FROM postmortem"
    )
    assert (number, title, severity, owner, state) == (1, modal.title, modal.severity, world.owner, "told")
    (dm,) = world.owner_dms()
    assert "has designated you" in dm["text"]
    slack.act.press(world.owner, "owner_accept", channel=f"@{world.bot_name}")
    slack.wait_until(lambda: "You accepted" in str(world.owner_dms()[0]["blocks"]))

    assert "The channel was read" in str(world.card())
    (document,) = world.documents()
    assert modal.title in document
    ((todos,),) = world.rows("SELECT count(*) FROM todo_finding") if has(world, "todo_finding") else [(1,)]
    assert todos > 0
    assert len(world.marked("role_steps")) == 1
    world.clean()


def markup(message: Any) -> str:
    """Everything in a message that Slack reads as mark-up."""
    if isinstance(message, dict):
        if message.get("type") == "plain_text":
            return ""
        return "\n".join(markup(value) for value in message.values())
    if isinstance(message, list):
        return "\n".join(map(markup, message))
    return str(message)


def has(world: World, table: str) -> bool:
    return bool(world.rows(f"SELECT 1 FROM sqlite_master WHERE name = '{table}'"))


def test_what_people_type_pings_nobody_anywhere(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    world.assign()
    slack.wait_until(lambda: slack.see.modals(world.caller))
    slack.act.submit(world.caller, {"title": NASTY, "services": "<!here>, `rm -rf`, &amp;"})
    slack.act.post(world.caller, world.channel, f"TODO: {NASTY}", raw=True)
    slack.act.command(world.caller, world.channel, "/postmortem harvest")
    world.done()
    ((title,),) = world.rows("SELECT title FROM postmortem")
    assert title.startswith("<!channel> <@U0>"), "kept as it was typed"
    shown = [world.card(), *world.owner_dms(), *world.marked("role_steps")]
    (document,) = world.documents()
    assert "drop table postmortem" in document, "what was said while the channel was read is in it"
    # A link that somebody posted is evidence in the document, with its host in plain sight.
    linked = document.replace("](http://evil.example)", "]")
    assert linked != document
    for text in [*(markup(each) for each in shown), linked]:
        for ping in ("<!channel", "<!here", "<@U0>", "<http://evil"):
            assert ping not in text
    slack.act.press(world.owner, "owner_decline", channel=f"@{world.bot_name}")
    slack.wait_until(lambda: slack.see.modals(world.owner))
    slack.act.submit(world.owner, {"reason": f"{NASTY}\n" + "x" * 900})
    slack.wait_until(lambda: world.marked("person_dm", slack.see.dms(world.caller)))
    assert "<!channel" not in str(world.marked("person_dm", slack.see.dms(world.caller)))
    assert "<!channel" not in str([world.card(), *world.owner_dms()]), "in plain text neither"
    world.clean()


@pytest.mark.parametrize("how", ["warning", "cut"])
def test_a_socket_that_ends_in_the_middle_loses_and_doubles_nothing(by_socket: World, how: str) -> None:
    world, slack = by_socket, by_socket.slack
    slack.rules(short_pages=True)
    world.assign()
    slack.disconnect(kill=True) if how == "cut" else slack.disconnect(close=True)
    slack.wait_for_sockets(1, 30)
    assert "PM-1" in slack.act.command(world.caller, world.channel, "/postmortem status")["message"]["text"]
    world.done()
    assert len(world.owner_dms()) == len(world.documents()) == len(world.marked("role_steps")) == 1
    assert world.rows("SELECT count(*) FROM postmortem") == [(1,)]
    world.clean()


def test_answers_that_are_lost_on_the_wire_double_nothing(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    for method in ("chat.postMessage", "files.completeUploadExternal", "chat.update"):
        slack.fault(method, "reset_after_effect", call=1)
        slack.fault(method, "500", call=2)
    world.assign()
    world.done(60)
    assert len(world.marked("card")) == len(world.owner_dms()) == len(world.documents()) == 1
    assert len(world.marked("role_steps")) == 1
    world.clean()
