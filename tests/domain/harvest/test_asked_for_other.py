"""A question about something of its own makes no earlier proposal anybody's, whoever says yes to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
WISH = "we should add an alert on queue depth"
WISHES = (WISH, "TODO: alert on queue depth")


def first(found: Findings) -> str | None:
    return found.todos[0].assignee


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("<@UBO> can you write the postmortem?", "sure, I'll do it"),
        ("bo can you write the postmortem", "sure, I'll do it"),
        ("bo can you look at double charges too?", "yes"),
        ("bo, could you also take the invoice export?", "ok, tomorrow"),
        ("can you send me the invoice list, <@UBO>?", "yes"),
        ("could you please open the bridge, bo?", "will do"),
        ("please send me the invoice list, bo", "I'll do it"),
        ("bo please write the postmortem", "I'll do that tonight"),
        ("did the rollback work, bo?", "yes"),
        ("is there one already, bo?", "yes"),
        ("have the customers been told, bo?", "yes, I did that"),
        ("does that sound right, bo?", "yes"),
    ],
)
def test_a_question_about_something_else_gives_it_to_nobody(
    harvest: Harvest, wish: str, question: str, answer: str
) -> None:
    assert first(harvest(wish, (question, "UCY"), (answer, "UBO"))) is None


@pytest.mark.parametrize("question", ["can you look into the invoice export?", "would you send the bank a mail?"])
def test_who_wished_it_and_is_asked_for_something_else_does_not_get_it(harvest: Harvest, question: str) -> None:
    assert first(harvest(WISH, (question, "UCY"), "yes")) is None


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize(
    "question",
    [
        "<@UBO> can you do it?",
        "bo can you write the alert?",
        "bo, can you add that one?",
        "bo could you open a ticket?",
        "could you look at this today, <@UBO>?",
        "could you take a look this week, bo?",
        "would you do it after the freeze, bo?",
        "is that yours, bo?",
        "do you want it, bo?",
        "bo?",
    ],
)
def test_a_question_about_it_gives_it_to_who_says_yes(harvest: Harvest, wish: str, question: str) -> None:
    assert first(harvest(wish, (question, "UCY"), ("sure", "UBO"))) == "UBO"


@pytest.mark.parametrize("answer", ["I'll do it", "mine", "on it"])
def test_of_several_that_are_marked_it_is_the_last(harvest: Harvest, answer: str) -> None:
    found = harvest(WISHES[1], ("TODO: write a runbook for the importer", "UCY"), (answer, "UBO"))
    assert [each.assignee for each in found.todos][:2] == [None, "UBO"]


@pytest.mark.parametrize("answer", ["I'll do both", "I'll take these", "I can take the alert, consider it mine"])
def test_of_several_that_are_marked_it_is_also_one_that_is_named(harvest: Harvest, answer: str) -> None:
    found = harvest(WISHES[1], ("TODO: write a runbook for the importer", "UCY"), (answer, "UBO"))
    assert found.todos[0].assignee == "UBO"
