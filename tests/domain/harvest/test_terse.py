"""Who does what in two words gives what was proposed just before about the same thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
WISHES = ("we should add an alert on queue depth", "TODO: alert on queue depth")


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize(
    "answer",
    [
        "alert = me",
        "alert: me",
        "alert: bo",
        "alert=me",
        "alert (bo)",
        "I'll do it - bo",
        "alert -&gt; bo",
        "alert → <@UBO>",
        "queue depth alert - bo",
        "alerts: Bo.",
        "bo: alert",
        "bo -&gt; queue alert",
        "docs: cy, alert: bo",
        "runbook = cy; queue depth = me",
    ],
)
def test_it_is_given_in_two_words(harvest: Harvest, wish: str, answer: str) -> None:
    assert harvest(wish, (answer, "UBO")).todos[0].assignee == "UBO"


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize(
    "answer",
    [
        "runbook: bo",
        "docs = me",
        "docs: mine",
        "IC: bo",
        "scribe -&gt; <@UBO>",
        "alert: on",
        "cy says the graph shows an alert (bo)",
        "alert: zoe",
        "bo: the queue is fine, alert or not",
        "note: bo has left",
    ],
)
def test_what_is_about_something_else_leaves_it_open(harvest: Harvest, wish: str, answer: str) -> None:
    assert harvest(wish, (answer, "UBO")).todos[0].assignee is None


def test_what_gives_another_one_is_passed_over(harvest: Harvest) -> None:
    talk = (("we should write a runbook for the importer", "UCY"), ("runbook: cy", "UCY"), ("alert = me", "UBO"))
    found = {each.text: each.assignee for each in harvest(WISHES[0], *talk).todos}
    assert (found[WISHES[0]], found[talk[0][0]]) == ("UBO", "UCY")


@pytest.mark.parametrize(
    "answer", ["alert yes, I have the query anyway", "alert, mine, see above", "the alert is mine", "alert: mine"]
)
def test_who_names_a_thing_and_takes_it_takes_only_that(harvest: Harvest, answer: str) -> None:
    talk = (
        "we should add an alert on stale rows",
        ("we should write a runbook for the importer", "UCY"),
        (answer, "UBO"),
    )
    assert [each.assignee for each in harvest(*talk).todos] == ["UBO", None]
