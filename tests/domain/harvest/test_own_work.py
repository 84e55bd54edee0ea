"""An answer takes a proposal on, or is about a work of its own; and a reason why something is not needed answers what was just said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
WISH = "we should add an alert on queue depth"


def assignees(of: Findings) -> dict[str, str | None]:
    return {each.text: each.assignee for each in of.todos}


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        (WISH, "I'll write a test for the importer tomorrow"),
        ("someone needs to update the runbook", "I'll document the failover"),
        ("someone needs to update the runbook", "I can take the session bug"),
        ("someone needs to update the runbook", "I'll write a test that covers the importer"),
        ("someone needs to update the runbook", "I'll write some tests for the importer"),
        ("TODO: rotate the signing key", "taking the session bug"),
    ],
)
def test_a_work_of_its_own_takes_no_proposal_on(harvest: Harvest, wish: str, answer: str) -> None:
    assert assignees(harvest(wish, (answer, "UBO")))[wish.removeprefix("TODO: ")] is None


def test_the_work_of_its_own_is_its_authors(harvest: Harvest) -> None:
    own = "I'll write a test for the importer tomorrow"
    assert assignees(harvest(WISH, (own, "UBO"))) == {WISH: None, own: "UBO"}


@pytest.mark.parametrize(
    "answer",
    [
        "I'll do it",
        "mine",
        "on it",
        "I can take that",
        "mine, I'll do the dashboards too",
        "that's on me, I'll call the vendor",
        "I'll write something up",
        "I'll do that one tomorrow",
        "+1 I'll pick this up",
        "I'll take both",
        "I'll write the alerts tomorrow",
        "I'll file a ticket for next week",
        "agreed, I'll ask the vendor",
        "I'll do it once the importer is tested",
    ],
)
def test_a_bare_answer_or_one_about_the_same_takes_it_on(harvest: Harvest, answer: str) -> None:
    assert assignees(harvest(WISH, (answer, "UBO")))[WISH] == "UBO"


def test_a_yes_to_the_proposal_before_takes_that_one_only(harvest: Harvest) -> None:
    other = "TODO: lower the cache of the scanners"
    found = assignees(harvest(WISH, other, ("good idea, I'll add an alert on queue depth by friday", "UBO")))
    assert (found[WISH], found[other.removeprefix("TODO: ")]) == ("UBO", None)


def test_a_yes_in_other_words_takes_the_proposal_that_it_answers(harvest: Harvest) -> None:
    other = "TODO: lower the cache of the scanners"
    found = assignees(harvest(WISH, other, ("good idea, I'll shorten it by friday", "UBO")))
    assert found[other.removeprefix("TODO: ")] == "UBO"


def test_who_takes_it_behind_a_work_of_its_own_has_it(harvest: Harvest) -> None:
    found = harvest(WISH, ("I'll document the failover", "UCY"), ("I can take that alert, consider it mine", "UBO"))
    assert assignees(found)[WISH] == "UBO"


@pytest.mark.parametrize("answer", ["I'll take the session bug", "I'll take it"])
@pytest.mark.parametrize(
    ("wish", "who"),
    [
        ("let's have dee look at the config next week", "UDEE"),
        ("let's have zoe look at the config next week", "zoe"),
        ("I think dee should look at the config next week", "UDEE"),
        ("maybe dee needs to write a runbook for the config", "UDEE"),
    ],
)
def test_who_is_named_in_it_stays_its_assignee(harvest: Harvest, wish: str, who: str, answer: str) -> None:
    assert assignees(harvest(wish, (answer, "UBO")))[wish] == who


@pytest.mark.parametrize(
    "wish", ["let's have someone look at the config next week", "let's have a look at the config next week"]
)
def test_nobody_is_named_by_other_words_there(harvest: Harvest, wish: str) -> None:
    assert assignees(harvest(wish, ("I'll take it", "UBO"))).get(wish, "UBO") == "UBO"


OWN = "I'll write a test for the importer tomorrow"


@pytest.mark.parametrize("answer", ["not needed, it's 90 days already", "no need - we keep it 90 days"])
def test_a_reason_why_it_is_not_needed_answers_who_spoke_last(harvest: Harvest, answer: str) -> None:
    wish = "we should keep the logs for longer"
    found = harvest((OWN, "UBO"), "ok", ("thanks", "UCY"), wish, (answer, "UBO"))
    assert assignees(found) == {OWN: "UBO"}
    assert wish in assignees(harvest(wish))


@pytest.mark.parametrize("answer", ["not needed, there is one", "not needed"])
def test_what_its_author_says_behind_it_takes_it_back(harvest: Harvest, answer: str) -> None:
    assert harvest((OWN, "UBO"), (answer, "UBO")).todos == ()
