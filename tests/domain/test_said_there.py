"""What the channel tells about the fields of a form, beside their values."""

from __future__ import annotations

import pytest

from bot.domain import said_there, section_suggestions
from bot.domain.content import Content, Entry, Section
from bot.domain.harvest.finding import CustomerCount, Findings, Presence, TimelineKind
from bot.domain.postmortem import Roles
from tests import factories


def count(text: str, what: str, ts: str = "1.0") -> CustomerCount:
    return CustomerCount("42", what, text, ts)


@pytest.mark.parametrize(
    ("found", "field"),
    [
        (count("42 clinics are affected", "clinics"), "accounts"),
        (count("42 customers are affected", "customers"), "accounts"),
        (count("about 42 users saw an error", "users"), "users"),
        (count("42 patients without a reminder", "patients"), "users"),
        (count("42 customers called so far", "customers"), "support"),
        (count("42 users wrote to us", "users"), "support"),
        (count("340 chats now", "chats"), "support"),
    ],
    ids=lambda each: each.text if isinstance(each, CustomerCount) else each,
)
def test_a_number_stands_at_the_field_that_asks_for_it(found: CustomerCount, field: str) -> None:
    told = said_there.about_impact(Findings(customers=(found,)), {})
    assert list(told) == [field]
    assert [(each.words, each.ts) for each in told[field][0].sayings] == [(found.text, "1.0")]
    assert told[field][0].rule == "H-40"


def test_the_last_three_are_told_and_none_where_somebody_filled_in_the_field() -> None:
    found = Findings(
        customers=tuple(count(f"{number} users are affected", "users", f"{number}.0") for number in range(5))
    )
    (said,) = said_there.about_impact(found, {})["users"]
    assert [each.ts for each in said.sayings] == ["2.0", "3.0", "4.0"]
    assert said_there.about_impact(found, {"users": "1204"}) == {}


def test_that_customers_have_been_in_touch_is_told_once_a_message() -> None:
    touched = factories.event("we've had 12 calls", kind=TimelineKind.other, rule="H-12", ts="7.0", thread_ts="6.0")
    found = Findings(
        timeline=(touched, factories.event(rule="H-06")), customers=(count("3 customers called", "customers"),)
    )
    told = said_there.about_impact(found, {})["support"]
    assert [(each.rule, [one.ts for one in each.sayings]) for each in told] == [("H-40", ["1.0"]), ("H-12", ["7.0"])]
    assert told[1].sayings[0].thread_ts == "6.0"
    twice = Findings(timeline=(touched,), customers=(count("12 customers called", "customers", "7.0"),))
    assert [each.rule for each in said_there.about_impact(twice, {})["support"]] == ["H-40"]


def test_who_was_called_and_silent_is_named_with_the_call() -> None:
    found = Findings(presence=Presence(silent=(("U6", "1.0"), ("U7", "2.0"))))
    people = {"U6": factories.person("U6", "Finn\nO'Neil")}
    (said,) = said_there.silent(found, people, ())
    assert [(each.words, each.ts) for each in said.sayings] == [("Finn O'Neil", "1.0"), ("U7", "2.0")]
    assert [each.words for each in said_there.silent(found, people, {"U7"})[0].sayings] == ["Finn O'Neil"]
    assert said_there.silent(found, people, {"U6", "U7"}) == ()


def test_somebody_with_a_role_or_named_as_a_responder_is_not_called_silent() -> None:
    found = Findings(presence=Presence(silent=(("U6", "1.0"), ("U7", "2.0"), ("U8", "3.0"))))
    record = factories.postmortem(roles=Roles(ic="U6"))
    entry = Entry(Section.RESPONDERS, {"people": ["U7"]}, 1, "U2", factories.NOW)
    suggested = section_suggestions.suggest(Section.RESPONDERS, record, Content({Section.RESPONDERS: entry}), found, {})
    assert [each.words for each in suggested.said["people"][0].sayings] == ["U8"]


def test_the_people_called_are_looked_up() -> None:
    found = Findings(presence=Presence(silent=(("U6", "1.0"),)))
    assert "U6" in section_suggestions.concerned(factories.postmortem(), Content(), found)


def test_a_line_with_two_numbers_is_told_once() -> None:
    line = "150 users are affected (40%)"
    both = tuple(CustomerCount(number, "users", line, "1.0") for number in ("150", "40%"))
    (said,) = said_there.about_impact(Findings(customers=both), {})["users"]
    assert [each.words for each in said.sayings] == [line]
