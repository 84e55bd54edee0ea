"""The story is cut in two at an instant: what stood in the channel then, and what people did from then on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demo import live
from demo.live import Step
from demo.story import Story


@pytest.fixture
def steps(story: Story) -> list[Step]:
    return live.split(story, story.message(live.FIRST_LIVE).at)[1]


def test_no_message_is_lost_and_none_is_there_twice(story: Story, steps: list[Step]) -> None:
    past, _ = live.split(story, story.message(live.FIRST_LIVE).at)
    later = [step.message.id for step in steps if step.does not in ("change", "delete")]
    assert [message.id for message in past.messages] + later == [message.id for message in story.messages]


def test_most_of_the_story_is_history(story: Story, steps: list[Step]) -> None:
    past, _ = live.split(story, story.message(live.FIRST_LIVE).at)
    assert len(past.messages) > 4 * len(steps)


def test_the_steps_are_in_order_of_time(steps: list[Step]) -> None:
    assert [step.at for step in steps] == sorted(step.at for step in steps)


@pytest.mark.parametrize("does", ["write", "change", "delete", "join", "topic"])
def test_every_kind_of_step_is_in_the_live_part(steps: list[Step], does: str) -> None:
    assert [step for step in steps if step.does == does]


@pytest.mark.parametrize("message", ["call-ends", "recording", "ravi-late-todo"])
def test_the_end_of_the_call_the_recording_and_a_reply_are_live(steps: list[Step], message: str) -> None:
    assert message in [step.message.id for step in steps]


def test_the_topic_is_the_one_of_that_instant(story: Story) -> None:
    past, _ = live.split(story, story.message(live.FIRST_LIVE).at)
    assert past.channel.topic == story.message("topic-sev1").text


def test_what_is_changed_later_stands_there_unchanged(story: Story) -> None:
    message = story.message("call-sev2")
    assert message.edit
    past, steps = live.split(story, message.edit.at - timedelta(seconds=1))
    assert past.message("call-sev2").edit is None
    assert ("change", "call-sev2") in [(step.does, step.message.id) for step in steps[:2]]


def test_what_is_deleted_later_stands_there_still(story: Story) -> None:
    message = story.message("kofi-groceries")
    past, steps = live.split(story, message.at + timedelta(seconds=1))
    assert past.message("kofi-groceries").deleted_at is None
    assert (steps[0].does, steps[0].message.id) == ("delete", "kofi-groceries")


def test_who_joins_later_is_no_member_yet(story: Story) -> None:
    past, _ = live.split(story, story.message(live.FIRST_LIVE).at)
    assert story.user("elin").name not in past.as_workspace()["channels"][0]["members"]
