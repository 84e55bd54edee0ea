"""Lists at the end that say once more what was proposed before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import Confidence, Findings
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
ALERT = "we should add an alert on restarts of the scheduler"
CREDIT = ("we should add a dashboard for the importer queue", "UBO")
RECAP = "ok so what I have:\n- restart alert, Cy\n- importer queue dashboard, <@UDEE>, friday\n- {new}"
NEW = "write a runbook for the mail gateway"


def found(harvest: Harvest, *lines: str | tuple[str, str]) -> list[tuple[str, str | None, str]]:
    return [(each.text, each.assignee, each.due) for each in harvest("checkout is down", *lines).todos]


@pytest.mark.parametrize("recap", [RECAP, RECAP.replace("- ", "1. ")])
def test_entries_that_say_a_proposal_over_again_are_that_proposal(harvest: Harvest, recap: str) -> None:
    assert found(harvest, ALERT, CREDIT, "all quiet", (recap.format(new=NEW), "UBO")) == [
        (ALERT, "UCY", ""),
        (CREDIT[0], "UDEE", "friday"),
        (NEW, None, ""),
    ]


def test_what_a_proposal_says_itself_of_whose_it_is_stays(harvest: Harvest) -> None:
    own = "I'll add an alert on restarts of the scheduler tomorrow"
    assert found(harvest, own, CREDIT, (RECAP.format(new=NEW), "UBO"))[0] == (own, "UANA", "tomorrow")


def test_a_list_of_other_things_is_a_list_of_its_own(harvest: Harvest) -> None:
    other = "for later:\n- write a runbook for the mail gateway\n- raise the limit of the pool\n- test the failover"
    assert len(found(harvest, ALERT, CREDIT, (other, "UBO"))) == 5


def test_entries_below_a_heading_that_say_a_proposal_over_again_make_it_sure(harvest: Harvest) -> None:
    marked = "Action items:\n- alert on restarts of the scheduler\n- dashboard for the importer queue"
    todos = harvest("checkout is down", ALERT, CREDIT, (marked, "UBO")).todos
    assert [(each.text, each.confidence) for each in todos] == [(ALERT, Confidence.A), (CREDIT[0], Confidence.A)]


def test_marked_lines_stay_as_they_are_marked(harvest: Harvest) -> None:
    marked = "TODO: alert on restarts of the scheduler\n[ ] dashboard for the importer queue"
    texts = [text for text, _, _ in found(harvest, ALERT, CREDIT, (marked, "UBO"))]
    assert texts == [ALERT, CREDIT[0], "alert on restarts of the scheduler", "dashboard for the importer queue"]


def test_an_entry_below_a_heading_goes_where_much_of_it_was_said_by_whose_it_is(harvest: Harvest) -> None:
    said = "I'll make the registry of addresses refuse a range while the change that frees it is open, next week"
    marked = "Action items:\n- registry refuses ranges of open changes ({who})\n- runbook for the mail gateway"
    texts = [text for text, _, _ in found(harvest, said, (marked.format(who="Ana"), "UBO"))]
    assert texts == [said, "runbook for the mail gateway"]
    assert len(found(harvest, said, (marked.format(who="Cy"), "UBO"))) == 3


def test_a_list_says_each_once(harvest: Harvest) -> None:
    listed = RECAP.format(new="write an alert on restarts of the scheduler for the staging site")
    assert [text for text, _, _ in found(harvest, ALERT, CREDIT, "all quiet", (listed, "UBO"))][2:] == [
        "write an alert on restarts of the scheduler for the staging site"
    ]


def test_entries_below_a_heading_about_something_else_stay(harvest: Harvest) -> None:
    marked = "Action items:\n- alert on restarts of the importer\n- runbook for the scheduler"
    assert len(found(harvest, ALERT, CREDIT, (marked, "UBO"))) == 4


def test_shares_of_one_line_that_come_back_to_a_proposal_are_that_proposal(harvest: Harvest) -> None:
    shares = "Cy takes the failover drill, Dee the importer queue dashboard. I take the template"
    todos = found(harvest, ALERT, CREDIT, (shares, "UBO"))
    assert [(who, text) for text, who, _ in todos][:2] == [(None, ALERT), ("UDEE", CREDIT[0])]
    assert len(todos) == 4


def test_a_single_line_that_comes_back_to_it_is_no_list(harvest: Harvest) -> None:
    again = "the alert on restarts should go to the on-call of the scheduler and we should document who that is"
    assert len(found(harvest, ALERT, CREDIT, (again, "UBO"))) == 3


def test_the_entry_is_explained_by_the_proposal(say: Say) -> None:
    messages = [
        say(ALERT),
        say("all quiet", minute=1),
        say("thanks", minute=2),
        say("ok", minute=3),
        say(RECAP.format(new=NEW), "UBO", 4),
    ]
    people = {each: Person(each, each[1:].lower()) for each in ("UANA", "UBO", "UCY", "UDEE")}
    whole = analyse.whole(messages, people)
    (fate,) = [each for each in whole.fates if each.outcome is Outcome.said_again]
    assert fate.by == messages[0].ts


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        ("good point!! i do it next week", "next week"),
        ("+1, before the next rotation", "before the next rotation"),
        ("me, but after my holiday, so june", ""),
        ("tomorrow first thing, not from the couch", "tomorrow"),
        ("i'll do it tmrw morning, it's a csv", "tmrw morning"),
        ("Agreed, Tuesday after the freeze.", ""),
        ("I can do this, probably tomorrow", "tomorrow"),
    ],
)
def test_an_answer_that_adds_a_little_is_the_proposal(harvest: Harvest, answer: str, due: str) -> None:
    todos = found(harvest, ALERT, (answer, "UCY"), "thanks", "all quiet")
    assert [text for text, _, _ in todos] == [ALERT]
    assert due in todos[0][2]


@pytest.mark.parametrize(
    "answer",
    [
        "yes, and I'll write a runbook for the mail gateway tomorrow",
        "ok. someone should also raise the limit of the pool",
        "I'll fix that flaky test of the importer next week",
        "Tuesday I'll write the report for the authority, with the numbers of the support desk",
    ],
)
def test_an_answer_with_work_of_its_own_is_one_more(harvest: Harvest, answer: str) -> None:
    assert len(found(harvest, ALERT, (answer, "UCY"), "thanks", "all quiet")) == 2


def test_who_goes_on_themselves_answers_nobody(harvest: Harvest) -> None:
    assert (
        len(found(harvest, ALERT, "and i do it for the importer next week as well, write a test for that", "ok")) == 2
    )


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        ("sure. after the summer peak", ""),
        ("Yes but not before the spring release", ""),
        ("doable, same format. I do that after easter", ""),
        ("yep, me. next week", "next week"),
    ],
)
def test_a_proposal_of_nobody_is_whose_answer_says_so(harvest: Harvest, answer: str, due: str) -> None:
    assert found(harvest, ALERT, (answer, "UCY"), "thanks", "all quiet")[0] == (ALERT, "UCY", due)


@pytest.mark.parametrize(
    "answer",
    ["agree 100%", "fine by me if it's not my week", "next week, dee?"],
)
def test_who_only_agrees_has_not_taken_it(harvest: Harvest, answer: str) -> None:
    assert found(harvest, ALERT, (answer, "UCY"), "thanks", "all quiet")[0][1] in (None, "UDEE")
