"""What the harvest finds in the story, held to the answer key that was labelled by reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

import pytest

from bot.domain.harvest import analyse, message, person
from bot.domain.harvest.finding import Confidence, Findings, Role, TimelineFinding, TodoFinding
from demo import answers as keys
from demo import story_workspace
from demo.answers import Answers, Event, Todo
from demo.story import Story
from sandbox.world import load, users
from sandbox.world.workspace import Rules

MINUTE = timedelta(minutes=1)  # the scribe of the story writes times to the minute
FEW, MORE = 2, 10  # of those that are ticked, and of all


@pytest.fixture(scope="module")
def key(story: Story) -> Answers:
    return keys.load(story)


@pytest.fixture(scope="module")
def found(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Findings:
    world = load.read(story.write_workspace(tmp_path_factory.mktemp("workspace")), Rules())
    channel = world.channel(story.channel.name)
    assert channel is not None
    stored = channel.messages
    messages = [message.from_slack(stored.show(ts), channel.id) for ts in stored.by_ts]
    people = {each.id: person.from_slack(users.shape(each, 0.0, with_email=False)) for each in world.users.values()}
    return analyse.analyse(messages, people)


@pytest.fixture(scope="module")
def ids(story: Story) -> dict[str, str]:
    """The id of a message by its ts, the key of a user by the id."""
    return {story_workspace.stamp(each.at): each.id for each in story.messages} | {
        user.id: user.key for user in story.users
    }


def of_todo(todo: Todo, found: Findings, ids: dict[str, str]) -> list[TodoFinding]:
    return [
        each
        for each in found.todos
        if ids[each.ts] in (todo.message, *todo.same) and todo.says in f"{each.text}\n{each.detail}"
    ]


def of_event(event: Event, found: Findings, ids: dict[str, str]) -> list[TimelineFinding]:
    return [
        each
        for each in found.timeline
        if ids[each.ts] in event.same or (ids[each.ts] == event.message and event.says in each.text)
    ]


def test_every_todo_is_found_once_and_has_the_right_assignee(
    key: Answers, found: Findings, ids: dict[str, str]
) -> None:
    for todo in key.todos:
        assignees = [ids.get(each.assignee or "", each.assignee) for each in of_todo(todo, found, ids)]
        assert assignees == [todo.assignee], todo


def test_nothing_else_is_a_todo(key: Answers, found: Findings, ids: dict[str, str]) -> None:
    wanted = {each.message for each in key.todos} | {same for each in key.todos for same in each.same}
    proposed = {ids[each.ts] for each in found.todos}
    assert not proposed & set(key.todos_not)
    assert proposed <= wanted | set(key.todos_either)


def test_command_passes_from_one_to_the_other_and_there_is_one_scribe(
    key: Answers, found: Findings, ids: dict[str, str]
) -> None:
    assert found.ic is not None
    assert found.scribe is not None
    commanders = [ids[each.user_id or ""] for each in found.role_claims if each.role is Role.ic]
    assert [name for name, _ in groupby(commanders)] == [*(name for name, _ in key.earlier_ics), key.final_ic]
    assert {ids[each.ts] for each in found.role_claims if each.role is Role.ic} <= {
        *key.ic_evidence,
        *(ts for _, evidence in key.earlier_ics for ts in evidence),
    }
    assert (ids[found.scribe.user_id or ""], ids[found.scribe.ts] in key.scribe_evidence) == (key.scribe, True)


def test_responders_and_their_roles_are_those_of_the_key(key: Answers, found: Findings, ids: dict[str, str]) -> None:
    suggested = {ids[each.user_id]: {*map(str, each.roles)} for each in found.responders if each.suggested}
    judged = {name: roles for name, roles in suggested.items() if name not in key.responders_either}
    assert judged == {name: set(roles) for name, roles in key.responders.items()}


def test_the_severity_goes_up_and_down_and_not_up_again_at_the_end(
    key: Answers, found: Findings, ids: dict[str, str]
) -> None:
    levels = [level for level, _ in groupby(level for _, level in found.severities)]
    assert levels == [severity for _, severity in key.severities]
    assert {(ids[ts], level) for ts, level in found.severities} >= set(key.severities)


def test_the_recording_the_queries_and_the_end_of_the_call(key: Answers, found: Findings, ids: dict[str, str]) -> None:
    assert tuple((ids[each.ts], each.url) for each in found.recordings) == key.recordings
    queries = {ids[each.ts] for each in found.queries}
    assert set(key.queries) <= queries <= {*key.queries, *key.queries_either}
    assert found.end_of_call is not None
    assert ids[found.end_of_call.ts] == key.end_of_call


def missed(key: Answers, found: Findings, ids: dict[str, str]) -> Iterable[str]:
    for event in key.timeline:
        told = of_event(event, found, ids)
        if not any(each.kind in event.kinds for each in told):
            yield f"{event.message}: {event.kinds}, found {[(each.rule, str(each.kind)) for each in told]}"


def test_every_event_is_told_with_a_kind_that_the_key_allows(
    key: Answers, found: Findings, ids: dict[str, str]
) -> None:
    assert list(missed(key, found, ids)) == []


def test_an_event_told_by_the_scribe_has_the_time_that_was_written(
    key: Answers, found: Findings, ids: dict[str, str]
) -> None:
    for event in key.timeline:
        told = [each for each in of_event(event, found, ids) if ids[each.ts] == event.message]
        assert all(abs(each.at - event.at) < MINUTE for each in told), event


def test_few_lines_of_the_timeline_are_no_event(key: Answers, found: Findings, ids: dict[str, str]) -> None:
    wanted = {each.message for each in key.timeline} | {same for each in key.timeline for same in each.same}
    extra = [each for each in found.timeline if ids[each.ts] not in wanted | set(key.timeline_either)]
    sure = [ids[each.ts] for each in extra if each.confidence is not Confidence.C]
    assert len(sure) <= FEW, sure
    assert len(extra) <= MORE, [ids[each.ts] for each in extra]


def test_no_event_is_proposed_twice_in_the_same_words(found: Findings) -> None:
    texts = [each.text for each in found.timeline]
    assert len(texts) == len(set(texts))
