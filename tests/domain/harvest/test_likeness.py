"""What is seen of two follow-ups that may be the same work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse
from bot.domain.harvest.finding import Confidence, TodoFinding
from bot.domain.harvest.likeness import NAMES, Likeness
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Say = Callable[..., Message]
ALERT = ("we should alert on the lag of the importer", "UANA")


@pytest.fixture
def seen(say: Say, people: dict[str, Person]) -> Callable[..., dict[str, float]]:
    def values(*said: tuple[str, str] | Message, owners: tuple[str | None, ...] = (None, None)) -> dict[str, float]:
        messages = [each if isinstance(each, Message) else say(*each, n) for n, each in enumerate(said)]
        ctx, _ = analyse.prepared(messages, people)
        both = [
            TodoFinding(each.ts, None, 0, each.user_id, each.text, "", owner, "H-42", Confidence.C)
            for each, owner in zip((messages[0], messages[-1]), owners, strict=True)
        ]
        (row,) = Likeness(ctx, both).with_earlier(1, [0])
        return dict(zip(NAMES, row, strict=True))

    return values


def test_what_two_have_in_common_counts_by_how_rare_it_is(seen: Callable[..., dict[str, float]]) -> None:
    usual = [("the importer is slow", "UBO")] * 3
    rare = seen(ALERT, *usual, ("put a lag chart on the board", "UBO"))
    often = seen(ALERT, *usual, ("put an importer chart on the board", "UBO"))
    assert 0 < often["common"] < rare["common"] < 1


def test_all_of_a_repetition_is_in_what_it_repeats(seen: Callable[..., dict[str, float]]) -> None:
    values = seen(ALERT, ("alert on importer lag", "UBO"))
    assert (values["common"], values["things"], values["likest"], values["new"]) == (1.0, 3.0, 1.0, 0.0)
    assert values["near"] == 1.0


def test_what_was_answered_meanwhile_is_of_it_as_well(seen: Callable[..., dict[str, float]]) -> None:
    values = seen(ALERT, ("ten lines of prometheus", "UBO"), ("will write the prometheus rule", "UBO"))
    assert values["common"] == 0.0 < values["with_answers"]


def test_who_says_it_and_whose_it_is(seen: Callable[..., dict[str, float]]) -> None:
    names = ("same_author", "same_owner", "owned", "asked")

    def whose(said: tuple[str, str], *owners: str | None) -> tuple[float, ...]:
        values = seen(ALERT, said, owners=owners)
        return tuple(values[each] for each in names)

    assert whose(("I'll do the alert", "UANA"), None, "UANA") == (1.0, 0.0, 0.0, 1.0)
    assert whose(("I'll do the alert", "UBO"), "UBO", "UBO") == (0.0, 1.0, 1.0, 1.0)
    assert whose(("Cy does the alert", "UBO"), "UANA", "UCY") == (0.0, 0.0, 1.0, 0.0)


def test_what_stands_for_it_and_asks(seen: Callable[..., dict[str, float]]) -> None:
    values = seen(ALERT, ("shall I take that one?", "UBO"))
    assert (values["stands_for"], values["asks"]) == (1.0, 1.0)
    plain = seen(ALERT, ("will alert", "UBO"))
    assert (plain["stands_for"], plain["asks"]) == (0.0, 0.0)


def test_where_they_stand(seen: Callable[..., dict[str, float]], say: Say) -> None:
    first = say(*ALERT, 0)
    values = seen(first, say("will alert", "UBO", 2, thread_ts=first.ts))
    assert (values["same_thread"], round(values["time"], 1), values["between"]) == (1.0, 4.8, 0.0)
    assert (values["lines"], values["lines_earlier"]) == (1.0, 1.0)
