"""What happens to an incident's channel and to the installation, on the wire: archived and back, the bot taken out and back, a new
id, a revoked token; and events that nobody listens to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from demo import story
from sandbox.client import Sandbox
from tests.e2e.conftest import ROOT, World, serving


def told(world: World, user: str, words: str) -> bool:
    """Whether a direct message to them says so."""
    return any(words in str(message) for message in world.slack.see.dms(user))


def failed(world: World) -> list[object]:
    return world.rows("SELECT kind, last_error FROM outbox WHERE state = 'dead'")  # type: ignore[return-value]


def settled(world: World) -> bool:
    return world.rows(
        "SELECT count(*) FROM outbox WHERE state = 'open' AND kind IN ('card', 'person_dm', 'harvest')"
    ) == [(0,)]


def test_archived_and_brought_back(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    world.assign()
    world.done()
    slack.act("archive", user=world.caller, channel=world.channel)
    for user in (world.owner, world.caller):
        slack.wait_until(lambda user=user: told(world, user, "archived the channel"))
    slack.act.press(world.owner, "owner_accept", channel=f"@{world.bot_name}")
    slack.wait_until(lambda: "You accepted" in str(world.owner_dms()[0]["blocks"]))
    slack.wait_until(lambda: settled(world))
    assert "accepted" not in str(world.card())
    slack.act("unarchive", user=world.caller, channel=world.channel)
    slack.wait_until(lambda: "accepted" in str(world.card()))
    assert "is_archived" not in str(slack.calls()), "nothing was tried in vain"
    assert failed(world) == []
    world.clean()


def test_taken_out_and_invited_again(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    world.assign()
    world.done()
    slack.act("leave", user=world.bot_name, channel=world.channel, actor=world.caller)
    slack.wait_until(lambda: told(world, world.owner, "took me out of the channel"))
    slack.act.post(world.caller, world.channel, "TODO: @ben buys a bigger disk")
    slack.act("join", user=world.bot_name, channel=world.channel, inviter=world.caller)
    slack.wait_until(lambda: world.rows("SELECT count(*) FROM todo WHERE text LIKE '%bigger disk%'") == [(1,)])
    assert failed(world) == []
    world.clean()


def test_a_channel_that_gets_another_id_keeps_its_post_mortem(by_socket: World) -> None:
    world, slack = by_socket, by_socket.slack
    world.assign()
    world.done()
    card = world.card()["ts"]
    new = slack.act("share_channel", user=world.caller, channel=world.channel)["channel"]
    slack.wait_until(lambda: world.rows("SELECT channel_id FROM postmortem") == [(new,)])
    slack.wait_until(lambda: settled(world))
    assert world.card()["ts"] == card
    assert "PM-1" in str(slack.act.command(world.caller, world.channel, "/postmortem status")["message"])
    assert failed(world) == []
    world.clean()


@pytest.mark.parametrize("lever", ["revoke", "uninstall"])
def test_after_a_revoked_token_all_goes_on_with_a_good_one(slack: Sandbox, tmp_path: Path, lever: str) -> None:
    database = tmp_path / "bot.db"
    with serving(slack, database, http=False) as process:
        world = World(slack, story.load(), database, process)
        slack.fault("chat.postMessage", "429", every=True, retry_after=2)
        world.assign()
        slack.wait_until(lambda: slack.calls("chat.postMessage"))
        slack.lever(lever)
        slack.wait_until(lambda: "refuses the bot's token" in database.with_suffix(".log").read_text())
    assert world.rows("SELECT count(*) FROM outbox WHERE state = 'dead'") == [(0,)]
    slack.clear_faults()
    good = str(slack.lever("reinstall")["bot_token"])
    with serving(slack, database, http=False, SLACK_BOT_TOKEN=good) as process:
        world = World(slack, story.load(), database, process)
        world.done()
        assert (len(world.marked("card")), len(world.owner_dms()), len(world.marked("role_steps"))) == (1, 1, 1)


@pytest.fixture
def nosy(tmp_path: Path) -> Iterator[Sandbox]:
    """A Slack that sends an event which the bot never heard of."""
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    manifest["settings"]["event_subscriptions"]["bot_events"].append("file_shared")
    path = tmp_path / "manifest.yml"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    workspace = story.load().write_workspace(tmp_path)
    with Sandbox.start(in_process=True, workspace=workspace, manifest=path) as slack:
        yield slack


@pytest.mark.parametrize("way", ["socket", "http"])
def test_what_nobody_listens_to_is_acknowledged_once(nosy: Sandbox, tmp_path: Path, way: str) -> None:
    database = tmp_path / "bot.db"
    with serving(nosy, database, http=way == "http") as process:
        world = World(nosy, story.load(), database, process)
        nosy.act("join", user=world.bot_name, channel=world.channel, inviter=world.caller)
        nosy.act.post(world.caller, world.channel, "a graph", file={"name": "graph.txt", "content": "x"})
        nosy.wait_until(lambda: nosy.deliveries(type="file_shared"))
        nosy.advance(400)
        nosy.wait_quiet(0.3)
        assert len(nosy.deliveries(type="file_shared")) == 1, "it does not come again"
