"""A proposal is for who takes it in a few words, or says yes when asked for it, and for nobody where it is only approved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import agreed
from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
WISH = "we should add an alert for this"


def owner(found: Findings) -> str | None:
    return next(each.assignee for each in found.todos if each.text == WISH)


@pytest.mark.parametrize(
    "answer",
    [
        "fine fine. tonight",
        "ok, 2 weeks",
        "sure. next sprint",
        "ok ok. after the summer",
        "can do after the freeze",
        "adding",
        "ok, adding it now",
        "4 lines of python. mine",
        "easy one. ok mine",
        "this is on me",
        "me",
        "that's me",
        "put me down",
        "put it on me",
        "having that one",
        "fine, I'll be somebody",
        "I can flip it on wednesday",
        "ok, I'll word it",
        "Then I open a ticket",
        "so then I'll write one tomorrow",
        "so I'll draft something",
        "agreed. Then I ask for one",
    ],
)
def test_a_few_words_take_it(harvest: Harvest, answer: str) -> None:
    assert owner(harvest(WISH, (answer, "UBO"))) == "UBO"


@pytest.mark.parametrize(
    "answer",
    [
        "ok",
        "yes please",
        "fair, 100%",
        "adding to what bo said, it was the third time",
        "tonight?",
        "the gateway is down again, that is what they told me",
        "that's on us",
        "I can see it",
        "I can confirm that",
        "Then I think we are done",
        "so I look at it and all is red",
        "then I restart the pool",
    ],
)
def test_other_words_leave_it_open(harvest: Harvest, answer: str) -> None:
    assert owner(harvest(WISH, (answer, "UBO"))) is None


@pytest.mark.parametrize("answer", ["mine", "put me down for it", "this is on me", "I can flip it tomorrow"])
def test_its_own_author_takes_it_behind_a_remark(harvest: Harvest, answer: str) -> None:
    assert owner(harvest(WISH, ("good one", "UBO"), (answer, "UANA"))) == "UANA"


@pytest.mark.parametrize(
    ("question", "answer", "who"),
    [
        ("would you?", ("yes, I have lunch with them", "UANA"), "UANA"),
        ("can you do that?", ("can, easy", "UANA"), "UANA"),
        ("could you look into that", ("sure", "UANA"), "UANA"),
        ("good one. you?", ("ok ok", "UANA"), "UANA"),
        ("bo would you do it", ("yes, after the freeze", "UBO"), "UBO"),
        ("can you do that bo", ("yes", "UBO"), "UBO"),
        ("bo?", ("me ok. from monday", "UBO"), "UBO"),
        ("bo, please make the ticket please", ("ok", "UBO"), "UBO"),
        ("would you?", ("no, sorry", "UANA"), None),
        ("would you?", ("yes", "UDEE"), None),
        ("bo?", ("not me", "UBO"), None),
    ],
)
def test_who_is_asked_for_it_and_says_yes(
    harvest: Harvest, question: str, answer: tuple[str, str], who: str | None
) -> None:
    assert owner(harvest(WISH, (question, "UCY"), answer)) == who


@pytest.mark.parametrize(
    "wish", ["can someone add an alert for this?", "the alert is stale. Can you please fix it this week?"]
)
@pytest.mark.parametrize(
    ("answer", "who"),
    [
        ("sure", "UBO"),
        ("Yes!", "UBO"),
        ("ok, will do", "UBO"),
        ("yep. tomorrow", "UBO"),
        ("yes please", None),
        ("sure, cy can", None),
        ("good idea", None),
        ("no", None),
    ],
)
def test_where_anybody_is_asked_a_yes_takes_it(harvest: Harvest, wish: str, answer: str, who: str | None) -> None:
    assert harvest(f"TODO: {wish}", (answer, "UBO")).todos[0].assignee == who


def test_where_nobody_is_asked_a_yes_only_approves(harvest: Harvest) -> None:
    assert harvest("TODO: can we add an alert for this?", ("sure", "UBO")).todos[0].assignee is None
    assert harvest("TODO: can someone add an alert?", ("cool", "UCY"), ("yes", "UBO")).todos[0].assignee is None


def test_who_cannot_hands_the_question_on(harvest: Harvest) -> None:
    found = harvest(WISH, ("bo?", "UDEE"), ("I would but I'm away. cy?", "UBO"), ("ok, me. from monday", "UCY"))
    assert owner(found) == "UCY"


@pytest.mark.parametrize("answer", ["then it's yours", "you just volunteered", "putting your name on it"])
def test_it_is_left_to_who_proposed_it(harvest: Harvest, answer: str) -> None:
    assert owner(harvest(WISH, (answer, "UCY"))) == "UANA"


def test_please_do_leaves_it_to_who_offers_it_and_not_to_who_only_wishes() -> None:
    assert agreed.hands_over("please do", "I would write it down")
    assert not agreed.hands_over("please do", WISH)


def test_all_are_asked_and_one_answers_in_a_word(harvest: Harvest) -> None:
    assert owner(harvest(WISH, ("any takers?", "UCY"), ("easy. mine", "UBO"))) == "UBO"
