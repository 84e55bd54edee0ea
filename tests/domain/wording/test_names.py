"""R-64: responders in the parts that everybody reads are offered as their roles."""

from __future__ import annotations

import pytest

from bot.domain.actors import Role
from bot.domain.wording import checks, people
from bot.domain.wording.finding import Finding, Level, Rule
from bot.domain.wording.people import Person
from bot.domain.wording.sections import EXTERNAL, Section

AINO = Person("U0AINO", "Aino Virtanen", "on-call database engineer")
RAVI = Person("U0RAVI", "ravi.k", "incident commander")
WILL = Person("U0WILL", "Will Stone", "scribe")
SAM1, SAM2 = Person("U1", "Sam Lee", "scribe"), Person("U2", "Sam Poe", "incident commander")


def named(
    text: str, section: Section = Section.OVERVIEW, names: tuple[Person, ...] = (AINO, RAVI, WILL)
) -> list[Finding]:
    return [each for each in checks.check(text, section, names=names) if each.rule is Rule.NAME]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<@U0AINO> saw it.", "The on-call database engineer saw it."),
        ("Then <@U0AINO|aino> saw it.", "Then the on-call database engineer saw it."),
        ("@aino saw it.", "The on-call database engineer saw it."),
        ("Later Aino saw it.", "Later the on-call database engineer saw it."),
        ("Aino Virtanen's shift", "The on-call database engineer's shift"),
        ("Asked by @ravi.k.", "Asked by the incident commander."),
        ("ravi.k asked.", "The incident commander asked."),
        ("Will Stone wrote.", "The scribe wrote."),
        ("@will wrote.", "The scribe wrote."),
        ("Asked <@U0STRANGER>.", "Asked a responder."),
    ],
)
def test_a_name_becomes_the_role(text: str, wanted: str) -> None:
    (found,) = named(text)
    assert found.level is Level.WARN
    assert checks.apply(text, found, found.replacements[0]) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Will it hold? It will.",
        "aino-db-1 was slow.",
        "aino.example.com was slow.",
        "Mail aino@example.com.",
        "@channel, @here",
    ],
)
def test_a_word_a_host_and_a_broadcast_are_no_names(text: str) -> None:
    assert named(text) == []


def test_an_unknown_handle_may_be_a_company_and_is_a_suggestion() -> None:
    assert [each.level for each in named("Follow @acmestatus for news.")] == [Level.SUGGEST]


def test_what_two_people_share_names_neither_role() -> None:
    assert named("Sam saw it.", names=(SAM1, SAM2))[0].replacements == ("A responder",)
    assert named("Sam Poe saw it.", names=(SAM1, SAM2))[0].replacements == ("The incident commander",)


@pytest.mark.parametrize(
    "section", [Section.TIMELINE, Section.ACTION_ITEM, Section.INTERNAL_EMAIL, Section.WENT_WELL, Section.LUCKY]
)
def test_names_stay_where_they_belong(section: Section) -> None:
    assert named("<@U0AINO> and Aino saw it.", section) == []


@pytest.mark.parametrize(
    "section", [Section.OVERVIEW, Section.WHAT_HAPPENED, Section.CONTRIBUTING_FACTORS, *sorted(EXTERNAL)]
)
def test_names_are_a_warning_in_what_everybody_reads(section: Section) -> None:
    assert [each.level for each in named("Aino saw it.", section)] == [Level.WARN]


def test_a_name_in_the_place_of_a_cause_is_replaced_with_it() -> None:
    text = "It was caused by Aino."
    (found,) = checks.check(text, Section.OVERVIEW, names=(AINO,))
    assert found.rule is Rule.PERSON_AS_CAUSE
    assert checks.apply(text, found, found.replacements[0]) == (
        "It came after an action by the on-call database engineer."
    )


def test_roles_have_words_and_no_role_is_a_responder() -> None:
    assert Person(role=people.role_words(Role.IC)).called == "the incident commander"
    assert Person(role=people.role_words(Role.RESPONDER)).called == "a responder"
    assert Person(role="an SRE").called == "an SRE"
