"""R-37: the word "outage", where it is a warning, where a suggestion, where nothing, and what is offered instead."""

from __future__ import annotations

import pytest

from bot.domain.wording import checks
from bot.domain.wording.finding import Finding, Level, Rule
from bot.domain.wording.sections import EXTERNAL, Section


def outages(text: str, section: Section = Section.OVERVIEW, *, full_outage: bool = False) -> list[Finding]:
    return [each for each in checks.check(text, section, full_outage=full_outage) if each.rule is Rule.OUTAGE]


@pytest.mark.parametrize("section", [Section.OVERVIEW, *sorted(EXTERNAL)])
def test_it_is_a_warning_with_both_replacements_for_customers_and_in_the_overview(section: Section) -> None:
    (found,) = outages("We had an outage today.", section)
    assert found.level is Level.WARN
    assert found.replacements == ("an incident", "a service degradation")


@pytest.mark.parametrize("section", list(Section))
def test_it_is_nothing_anywhere_when_everything_was_down(section: Section) -> None:
    assert outages("We had an outage today.", section, full_outage=True) == []


@pytest.mark.parametrize("section", [each for each in Section if each not in {Section.OVERVIEW, *EXTERNAL}])
def test_it_is_a_suggestion_inside(section: Section) -> None:
    assert [each.level for each in outages("The outage began.", section)] == [Level.SUGGEST]


@pytest.mark.parametrize(
    "text",
    [
        "See https://status.example.com/outage-report for more.",
        "See status.example.com/outage for more.",
        "Run `outage --list` first.",
        "```\noutage = True\n```",
        "> we saw an outage, said the customer",
        "&gt; we saw an outage, said the customer",
        ">>> quoted\nan outage",
        'A customer wrote: "we have an outage since noon".',
        "A customer wrote: “we have an outage\nsince noon”.",
        "A customer wrote: ‘we can’t work, total outage’.",
        "Read more on <https://example.com/outage|the page>.",
        "The log is /var/log/outage.log, and outage.yaml names it.",
        "In <#C123|outage> we talked.",
        "In #outage-2024-11 we talked.",
        "Write to outage@example.com.",
        ":outage: is an emoji, my_outage_flag a name, outages_total a metric.",
    ],
)
def test_it_is_not_looked_for_in_addresses_code_and_quotations(text: str) -> None:
    assert outages(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Outage of the API", "Incident of the API"),
        ("OUTAGE of the API", "INCIDENT of the API"),
        ("An Outage was seen", "An incident was seen"),
        ("a outage", "an incident"),
        ("two outages", "two incidents"),
        ("Outages happen", "Incidents happen"),
        ("#outage today", "#incident today"),
        ("#Outage today", "#Incident today"),
        ("the outage's end", "the incident's end"),
        ("a major outage", "a major incident"),
        ("an *outage* today", "an *incident* today"),
        ("a #outage", "a #incident"),
        ("_outage_", "_incident_"),
        ("*an outage*", "*an incident*"),
        ("<https://example.com/x|the outage page>", "<https://example.com/x|the incident page>"),
        ("an\u00a0outage", "an incident"),
        ("a power outage in the building", "a power failure in the building"),
    ],
)
def test_the_first_replacement_fits(text: str, wanted: str) -> None:
    (found,) = outages(text)
    assert checks.apply(text, found, found.replacements[0]) == wanted


def test_the_second_replacement_has_its_own_article_and_plural() -> None:
    (one,) = outages("An outage began.")
    (many,) = outages("Outages began.")
    assert one.replacements[1] == "A service degradation"
    assert many.replacements[1] == "Service degradations"
