"""A proposal and the words that take it on and say it over again are one follow-up, with whose it is and until when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
WISH = "we should add an alert on full pools"


def follow_ups(of: Findings) -> list[tuple[str, str | None, str]]:
    return [(each.text, each.assignee, each.due) for each in of.todos]


@pytest.mark.parametrize(
    "answer", ["good idea, I'll add an alert on full pools next week", "I'll add that alert for the pools next week"]
)
def test_who_says_a_proposal_over_again_takes_it_on(harvest: Harvest, answer: str) -> None:
    assert follow_ups(harvest(WISH, (answer, "UBO"))) == [(WISH, "UBO", "next week")]


def test_what_names_other_work_stands_beside_it(harvest: Harvest) -> None:
    own = "I'll write a test for the importer next week"
    assert [each for each, *_ in follow_ups(harvest(WISH, (own, "UBO")))] == [WISH, own]


def test_the_same_person_may_say_it_twice(harvest: Harvest) -> None:
    again = "I'll add an alert on full pools for the batch hosts next week"
    assert len(follow_ups(harvest(WISH, again))) == 2


def test_a_mark_stands_for_itself(harvest: Harvest) -> None:
    found = follow_ups(harvest(WISH, ("TODO: I'll add an alert on full pools", "UBO")))
    assert len(found) == 2


def test_far_behind_it_is_another(harvest: Harvest) -> None:
    between = [(f"graph {number} is flat", "UBO") for number in range(6)]
    found = follow_ups(harvest(WISH, *between, ("I'll add an alert on full pools next week", "UBO")))
    assert len(found) == 2


@pytest.mark.parametrize(
    "answer", ["I'll do that one next week", "I can do that next week", "mine, next week", "yes, next week"]
)
def test_an_answer_without_work_of_its_own_only_says_whose_it_is_and_until_when(harvest: Harvest, answer: str) -> None:
    wish = "someone should write a runbook for the failover"
    assert follow_ups(harvest(wish, (answer, "UBO"))) == [(wish, "UBO", "next week")]
    assert follow_ups(harvest("TODO: write the runbook", (answer, "UBO"))) == [
        ("write the runbook", "UBO", "next week")
    ]


def test_of_two_marked_ones_the_answer_means_the_last(harvest: Harvest) -> None:
    found = follow_ups(
        harvest("TODO: lower the cache", "TODO: write the runbook", ("I'll do that one tomorrow", "UBO"))
    )
    assert found == [("lower the cache", None, ""), ("write the runbook", "UBO", "tomorrow")]


def test_the_time_that_it_says_itself_stays(harvest: Harvest) -> None:
    found = follow_ups(harvest("TODO: write the runbook by friday", ("I'll do that next week", "UBO")))
    assert found == [("write the runbook by friday", "UBO", "by friday")]


@pytest.mark.parametrize("answer", ["me, next sprint", "I will do that one next sprint"])
def test_what_is_only_taken_on_stands_in_the_words_of_what_it_answers(harvest: Harvest, answer: str) -> None:
    found = follow_ups(harvest("db is back", "we need to split the deploy job", (answer, "UBO")))
    assert found == [("we need to split the deploy job", "UBO", "next sprint")]


def test_an_answer_belongs_to_what_it_comes_right_behind(harvest: Harvest) -> None:
    talk = ("TODO: write the docs for rollback", "we need to split the deploy job", ("me, next sprint", "UCY"))
    assert ("write the docs for rollback", "UCY", "next sprint") not in follow_ups(harvest(*talk))


def test_who_names_one_of_several_takes_that_one(harvest: Harvest) -> None:
    talk = (
        "TODO: macro for support",
        "TODO: alert on the pool",
        ("macro is mine, by friday", "UDEE"),
        ("alert is mine, tomorrow", "UBO"),
    )
    assert follow_ups(harvest(*talk)) == [
        ("macro for support", "UDEE", "by friday"),
        ("alert on the pool", "UBO", "tomorrow"),
    ]


def test_who_only_cannot_takes_nothing_on(harvest: Harvest) -> None:
    talk = "db is back", "lessons?", ("fewer retries in the sdk", "UBO"), ("cannot before friday", "UDEE"), "thanks all"
    assert "cannot before friday" not in [each for each, *_ in follow_ups(harvest(*talk))]


def test_who_can_takes_it_from_whom_it_was_meant_for_and_who_cannot(harvest: Harvest) -> None:
    talk = (
        "TODO: <@UDEE> macro for support by wed",
        ("cannot before friday", "UDEE"),
        ("I can do it on thursday", "UBO"),
    )
    assert [(who, due) for _, who, due in follow_ups(harvest(*talk))] == [("UBO", "on thursday")]


DOCS, ALERT, KEYS = (
    "we should add docs for the pool settings",
    "we also need an alert on full pools",
    "somebody has to rotate the keys next week",
)


def whose(of: Findings) -> list[str | None]:
    return [each.assignee for each in of.todos]


@pytest.mark.parametrize(
    ("answers", "who"),
    [
        ([("I take the first one, <@UDEE> the second", "UCY")], ["UCY", "UDEE"]),
        ([("first one's mine", "UCY"), ("the second is for <@UDEE>", "UBO")], ["UCY", "UDEE"]),
        ([("both mine", "UCY")], ["UCY", "UCY"]),
        ([("I'll take both", "UCY")], ["UCY", "UCY"]),
        ([("cy takes the docs, dee the alert", "UANA")], ["UCY", "UDEE"]),
        ([("I take the docs, dee the alert", "UCY")], ["UCY", "UDEE"]),
        ([("the first thing that I saw was the queue, the second was the pool", "UCY")], [None, None]),
        ([("take both", "UCY")], [None, None]),
        ([("dee first", "UANA")], [None, None]),
    ],
)
def test_who_says_by_number_or_by_a_word_which_they_take_has_it(
    harvest: Harvest, answers: list[tuple[str, str]], who: list[str | None]
) -> None:
    assert whose(harvest(DOCS, (ALERT, "UBO"), *answers)) == who


def test_the_first_and_the_last_of_three(harvest: Harvest) -> None:
    found = harvest(DOCS, (ALERT, "UBO"), KEYS, ("I'll take the first and dee the last", "UCY"))
    assert whose(found) == ["UCY", None, "UDEE"]


@pytest.mark.parametrize(
    "out", ["actually no, I'm on vacation", "oh wait, I can't do it before june", "sorry, I have to pass"]
)
def test_who_backs_out_does_not_have_it(harvest: Harvest, out: str) -> None:
    assert whose(harvest(ALERT, ("I'll take that", "UCY"), (out, "UCY"))) == [None]


def test_who_backs_out_may_ask_somebody_else(harvest: Harvest) -> None:
    asks = ("actually no, I'm on vacation. <@UDEE>?", "UCY")
    assert whose(harvest(ALERT, ("I'll take that", "UCY"), asks, ("sure", "UDEE"))) == ["UDEE"]
    assert whose(harvest(ALERT, ("I'll take that", "UCY"), ("no, the graph is fine", "UCY"))) == ["UCY"]


@pytest.mark.parametrize(
    "answer",
    [
        "also: remove the retry loop in the auth client, I'll do that tomorrow",
        "we should remove the retry loop in the client. I'll do that tomorrow",
        "someone must drop the old pool as well, I can do that tomorrow",
    ],
)
def test_who_takes_what_they_say_themselves_takes_nothing_else(harvest: Harvest, answer: str) -> None:
    marked = "Follow-ups:\n- write a runbook for killing sessions\n- canary auth deploys"
    found = harvest(marked, (answer, "UBO")).todos
    assert [each.assignee for each in found[:2]] == [None, None]
    assert [each.assignee for each in found[2:]] == ["UBO"]


@pytest.mark.parametrize(
    "answer",
    [
        "yes we should really do that one, I'll do it tomorrow",
        "we should write that runbook for killing sessions. I'll do that tomorrow",
        "good point, I'll do that tomorrow",
    ],
)
def test_who_says_it_over_again_first_takes_it(harvest: Harvest, answer: str) -> None:
    found = harvest("TODO: write a runbook for killing sessions", (answer, "UBO")).todos
    assert found[0].assignee == "UBO"


def test_a_brief_promise_keeps_its_own_words_where_it_has_some(harvest: Harvest) -> None:
    rebuild = "A is still off, I'll rebuild it as a replica tomorrow with fresh eyes"
    found = harvest(("lol ok then nothing for me", "UBO"), rebuild).todos
    assert [(each.text, each.assignee) for each in found] == [(rebuild, "UANA")]


def test_a_promise_behind_a_wish_of_the_same_line_is_said_with_it(harvest: Harvest) -> None:
    line = "it would help us if the dashboard had the queue length on top. I can do that today"
    found = harvest("dashboards were useless today", (line, "UBO")).todos
    assert [(each.text, each.assignee, each.due) for each in found] == [(line, "UBO", "today")]


def test_an_entry_of_a_list_is_taken_by_its_name(harvest: Harvest) -> None:
    listed = "action items\n- alert on nonce gaps of the signer\n- store raw transactions"
    found = harvest(listed, ("alert: I do it today together with node-b", "UBO")).todos
    assert [(each.text, each.assignee) for each in found] == [
        ("alert on nonce gaps of the signer", "UBO"),
        ("store raw transactions", None),
    ]


@pytest.mark.parametrize("answer", ["monday. sleep now", "tomorrow"])
def test_an_answer_that_only_says_when_is_no_work_of_its_own(harvest: Harvest, answer: str) -> None:
    wish = "we should look for other checks that only ask one node"
    found = harvest(wish, (answer, "UBO")).todos
    assert [each.text for each in found] == [wish]


def test_who_promises_a_thing_of_their_own_takes_no_entry_of_a_list(harvest: Harvest) -> None:
    listed = "TODOs\n- keep bundles for 7d\n- synthetic check → Cy, 2 weeks\n- runbook for the failover"
    found = harvest(listed, ("I'll fix that flaky test too", "UBO")).todos
    assert [each.assignee for each in found][:3] == [None, "UCY", None]
