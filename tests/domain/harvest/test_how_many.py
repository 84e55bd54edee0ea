"""How many customers were affected or have been in touch, with and without a word that says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]


def told(found: Findings) -> list[tuple[str, str]]:
    return [(each.number, each.what) for each in found.customers]


@pytest.mark.parametrize(
    ("line", "number", "what"),
    [
        ("all EU logins, about 3k users", "3k", "users"),
        ("~40 % of EU tenants", "40%", "tenants"),
        ("so about 40% of our merchants", "40%", "merchants"),
        ("11 clinics", "11", "clinics"),
        ("in 140 clinics", "140", "clinics"),
        ("now 61 customers", "61", "customers"),
        ("we're at 61 customers now", "61", "customers"),
        ("impact: 412 merchants", "412", "merchants"),
        ("database is full again (about 3k users)", "3k", "users"),
        ("query gives 187 results, 171 patients", "171", "patients"),
        ("212 customers, 48,900 mails bounced", "212", "customers"),
        ("1 in 5 checkouts", "1 in 5", "checkouts"),
        ("1 in 5 users can't log in", "1 in 5", "users"),
        ("3 of our 12 tenants are affected", "3 of 12", "tenants"),
        ("52 tickets so far", "52", "tickets"),
        ("support has 14 tickets now", "14", "tickets"),
        ("340 tickets. most are funny, some not", "340", "tickets"),
        ("I've got 40 mails in the queue", "40", "mails"),
        ("12 calls since 7", "12", "calls"),
        ("40 mails in the queue", "40", "mails"),
        ("60 mails in the support queue", "60", "mails"),
        ("22 ppl paid and got nothing", "22", "ppl"),
        ("4,300 cardholders affected", "4,300", "cardholders"),
        ("calls to 96 municipalities fail", "96", "municipalities"),
        ("we have 12 customers who see it", "12", "customers"),
        ("we have 12 customers so far", "12", "customers"),
        ("accounts with at least one double mail: 6 214", "6 214", "accounts"),
        ("```\naccounts with a double mail: 6,214\nworst: 9 copies\n```", "6,214", "accounts"),
        ("users locked since 9: 300", "300", "users"),
        ("412 clinics of 1,130", "412", "clinics"),
        ("the letters went to 214 customers", "214", "customers"),
        ("three customers in 15 min: Pollenly, RadioNine and a bank", "three", "customers"),
        ("four Arizona practices say patients came an hour early", "four", "practices"),
        ("A dozen users can't log in", "A dozen", "users"),
        ("840 calls waiting", "840", "calls"),
    ],
)
def test_a_number_of_those_who_are_affected_is_told(harvest: Harvest, line: str, number: str, what: str) -> None:
    assert told(harvest(line)) == [(number, what)]


@pytest.mark.parametrize(
    "line",
    [
        "we have 3k users in total",
        "405 clinics back, the rest is still down",
        "logins unlocked for 597 tenants, three failed",
        "0 mismatches out of 48,112 accounts so far",
        "users active today: 9,000",
        "accounts in total: 9,000",
        "they have 90 members",
        "it's in the page 2 users guide",
        "3 users online in grafana",
        "see page 2, users guide",
        "Brightfen is a top 20 customer, they can't work",
        "rollout at 20% of users",
        "the flag is on, 5% of users",
        "canary, about 5% of users",
        "only 12 test accounts, about",
        "37 customers restored",
        "closed 52 tickets",
        "no tickets since 6",
        "0 tickets.",
        "3 tickets, both closed",
        "I have 3 mails, will read later",
        "merge 3 reports, please",
        "52 tickets in the backlog",
        "the license is for 500 users",
        "moved it to 3 sites and tried again",
        "20 users?",
        "6 people, 2 teams",
        "40 users, all internal",
        "300 customers on that cluster",
        "we should tell about 3k users",
        "the plan (42 clinics, Bremhorst) has no calendar",
        "retry went. 5 users / 5 min now",
        "start with three friendly tenants",
        "the two customers said they can wait",
        "I have two clients open",
        "two practices asked to stop the sunday mails",
        "we need calls waiting on the board",
    ],
)
def test_any_other_number_is_not(harvest: Harvest, line: str) -> None:
    assert told(harvest(line)) == []


def test_an_answer_about_something_else_is_none(harvest: Harvest) -> None:
    assert told(harvest("how far is the rollout?", ("20% of users", "UBO"))) == []
    assert told(harvest("how bad is it?", ("20% of users", "UBO"))) == [("20%", "users")]


def test_the_last_number_stands_last_and_none_stands_twice_in_a_row(harvest: Harvest) -> None:
    found = harvest(
        "37 customers affected", ("37 customers called", "UBO"), "now 61 customers", "37 customers affected"
    )
    assert [each.number for each in found.customers] == ["37", "61", "37"]


@pytest.mark.parametrize(
    ("answer", "number"), [("1 384", "1 384"), ("about 583", "583"), ("430 of them", "430"), ("ok so 1916", "1916")]
)
def test_a_bare_number_answers_how_many_they_are(harvest: Harvest, answer: str, number: str) -> None:
    found = harvest(("how many users are hit?", "UBO"), ("one minute", "UCY"), (answer, "UCY")).customers
    assert [(each.number, each.what) for each in found] == [(number, "users")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [("how many pods are left?", "12"), ("how many users are hit?", "12%"), ("how many users are hit?", "at 14:30")],
)
def test_another_number_answers_something_else(harvest: Harvest, question: str, answer: str) -> None:
    assert harvest((question, "UBO"), (answer, "UCY")).customers == ()


def test_a_number_may_be_written_with_spaces(harvest: Harvest) -> None:
    assert [each.number for each in harvest("12 914 users can't log in").customers] == ["12 914"]
