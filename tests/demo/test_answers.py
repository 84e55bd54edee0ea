"""The answer key agrees with the story and says of each hard line what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from demo import answers as keys
from demo.answers import Answers
from demo.story import Story
from demo.story_fields import StoryError


@pytest.fixture
def key(story: Story) -> Answers:
    return keys.load(story)


def test_the_last_commander_gives_the_command(story: Story, key: Answers) -> None:
    assert key.final_ic == story.command.who == story.command.modal.ic
    assert key.scribe == story.command.modal.scribe
    assert [user for user, _ in key.earlier_ics] == ["mira"]


def test_every_participant_is_judged_once(story: Story, key: Answers) -> None:
    groups = [set(key.responders), set(key.responders_either), set(key.responders_not)]
    assert sum(map(len, groups)) == len(set.union(*groups))
    assert set.union(*groups) == {message.by for message in story.messages}


def test_no_line_is_a_todo_and_none_at_once(key: Answers) -> None:
    wanted = {todo.message for todo in key.todos}
    assert not wanted & (set(key.todos_not) | set(key.todos_either))
    assert len({(todo.message, todo.says) for todo in key.todos}) == len(key.todos)


def test_todos_are_marked_and_unmarked_with_and_without_an_assignee(key: Answers) -> None:
    assert sum(todo.marked for todo in key.todos) == 9
    assert sum(not todo.marked for todo in key.todos) == 5
    assert {todo.assignee for todo in key.todos} == {None, "luca", "sam_oakes", "sam_okonkwo"}


def test_every_line_with_the_word_todo_is_judged(story: Story, key: Answers) -> None:
    judged = {todo.message for todo in key.todos} | {same for todo in key.todos for same in todo.same}
    judged |= set(key.todos_not) | set(key.todos_either)
    assert {m.id for m in story.messages if "todo" in m.text.lower()} <= judged


def test_the_timeline_tells_the_whole_incident(story: Story, key: Answers) -> None:
    kinds = {event.kinds[0] for event in key.timeline}
    assert keys.KINDS - kinds <= {"status_change"}
    modal = story.command.modal
    assert [e.at for e in key.timeline if e.kinds[0] == "impact_start"] == [modal.started]
    assert [e.at for e in key.timeline if e.kinds[0] == "resolved"] == [modal.resolved]
    assert modal.detected in [e.at for e in key.timeline if e.kinds[0] == "detection"]


def test_severities_queries_recording_and_end_are_named(story: Story, key: Answers) -> None:
    assert [severity for _, severity in key.severities] == [2, 1, 2]
    assert all("```" in story.message(query).text for query in key.queries)
    assert key.recordings == (("recording", story.command.modal.recording),)
    assert key.end_of_call == "call-ends"


FAULTS = {
    "unknown message": ({"end_of_call": "nowhere"}, "no message of the story has the id `nowhere`"),
    "deleted message": ({"end_of_call": "kofi-groceries"}, "is deleted in the story"),
    "unknown user": ({"scribe": {"user": "me"}}, "`user` names `me`, who is not a user"),
    "unknown role": ({"responders": {"people": {"mira": ["boss"]}}}, "`mira` has the unknown role `boss`"),
    "unknown kind": ({"timeline": {"items": [{"message": "resolved", "kinds": ["x"]}]}}, "`x` is no kind"),
    "wrong words": ({"todos": {"items": [{"message": "resolved", "says": "x y"}]}}, "`resolved` does not say 'x y'"),
    "unknown key": ({"todo": {}}, "The answer key has an unknown key `todo`"),
}


@pytest.mark.parametrize(("change", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_key_is_told_in_one_plain_sentence(
    story: Story, tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    path = tmp_path / "answers.yml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(keys.ANSWERS_FILE.read_text()), **change}))
    with pytest.raises(StoryError) as caught:
        keys.load(story, path)
    assert sentence in str(caught.value)
