"""The story in the local Slack: what a reader of the channel's history finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from demo import story_workspace
from demo.story import Story
from sandbox.world import load
from sandbox.world.channels import Channel
from sandbox.world.workspace import Rules, World


@pytest.fixture(scope="module")
def world(story: Story, tmp_path_factory: pytest.TempPathFactory) -> World:
    return load.read(story.write_workspace(tmp_path_factory.mktemp("workspace")), Rules())


@pytest.fixture(scope="module")
def channel(story: Story, world: World) -> Channel:
    found = world.channel(story.channel.name)
    assert found is not None
    return found


def ts(story: Story, message_id: str) -> str:
    return story_workspace.stamp(story.message(message_id).at)


def test_the_channel_holds_every_message_but_the_deleted_ones(story: Story, channel: Channel) -> None:
    gone = [m.id for m in story.messages if story_workspace.stamp(m.at) not in channel.messages.by_ts]
    assert gone == ["kofi-groceries", "kofi-shop"]


def test_every_text_is_the_one_that_slack_keeps_after_the_last_edit(story: Story, channel: Channel) -> None:
    for message in story.messages:
        stored = channel.messages.by_ts.get(story_workspace.stamp(message.at))
        if stored and not message.subtype and not message.deleted_at:
            assert stored["text"] == (message.edit or message).text
            assert ("edited" in stored) == (message.edit is not None)


def test_a_deleted_parent_stays_as_a_tombstone_with_its_replies(story: Story, channel: Channel) -> None:
    shown = channel.messages.show(ts(story, "rollback-idea"))
    assert shown["subtype"] == "tombstone"
    assert shown["reply_count"] == 2


def test_replies_stand_in_their_thread_and_a_broadcast_in_the_channel_too(story: Story, channel: Channel) -> None:
    replies = channel.messages.threads[ts(story, "alert-locks")]
    assert ts(story, "diag-cause") in replies
    assert ts(story, "diag-cause") not in channel.messages.timeline
    assert ts(story, "diag-short") in channel.messages.timeline


def test_a_webhook_has_no_user_and_an_app_has_both(story: Story, channel: Channel) -> None:
    webhook, alert = (channel.messages.by_ts[ts(story, name)] for name in ("nimbus-disks", "alert-p99"))
    assert "user" not in webhook
    assert webhook["subtype"] == "bot_message"
    assert {"user", "bot_id", "attachments"} <= set(alert)


def test_files_reactions_and_pins_are_there(story: Story, world: World, channel: Channel) -> None:
    contents = {file["name"]: world.contents[key] for key, file in world.files.items()}
    expected = {m.file.name: m.file.content for m in story.messages if m.file}
    assert contents == expected
    assert len(channel.pins) == sum(message.pin is not None for message in story.messages)
    reacted = channel.messages.by_ts[ts(story, "poll-result")]["reactions"]
    assert [(row["name"], row["count"]) for row in reacted] == [("stopwatch", 2)]


def test_ids_and_flags_of_people_are_kept(story: Story, world: World) -> None:
    for user in story.users:
        kept = world.users[user.id]
        assert (kept.name, kept.tz, kept.deleted) == (user.name, user.tz, user.deleted)
        assert (kept.is_restricted, kept.is_stranger) == (user.is_restricted, user.is_stranger)


def test_without_history_the_channel_waits_for_its_first_message(story: Story, tmp_path: Path) -> None:
    world = load.read(story.write_workspace(tmp_path, history=False), Rules())
    channel = world.channel(story.channel.name)
    assert channel is not None
    assert not channel.messages.by_ts
    joiners = {story.user(m.by).id for m in story.messages if m.subtype == "join"}
    assert not joiners & set(channel.members)
    assert not any(user.deleted for user in world.users.values())


def test_the_workspace_is_plain_data_and_the_same_each_time(story: Story) -> None:
    given = story.as_workspace(story.start)
    assert yaml.safe_load(yaml.safe_dump(given)) == given == story.as_workspace()
