from __future__ import annotations

import pytest

from bot.documents import html, markdown
from bot.domain import document, headings
from bot.domain.errors import DomainError
from bot.domain.headings import USUAL, Part
from tests import factories


def test_the_usual_headings_are_those_of_the_template() -> None:
    built = document.build(factories.overview())
    assert [each.heading for each in built.sections] == [heading for _, heading in USUAL]
    assert {part for part, _ in USUAL} == set(Part)


def test_sections_are_called_and_ordered_as_the_settings_say_and_none_is_lost() -> None:
    chosen = headings.read(["impact=What Customers Saw", "timeline", "How did we do=Review"])
    assert chosen[:3] == (
        (Part.IMPACT, "What Customers Saw"),
        (Part.TIMELINE, "Timeline"),
        (Part.HOW_DID_WE_DO, "Review"),
    )
    assert [part for part, _ in chosen[3:]] == [part for part, _ in USUAL if part not in dict(chosen[:3])]
    built = document.build(factories.overview(headings=chosen))
    assert [each.heading for each in built.sections] == [heading for _, heading in chosen]
    usual = {each.heading: each for each in document.build(factories.overview()).sections}
    assert built.sections[0].blocks == usual["Impact"].blocks


def test_every_renderer_follows() -> None:
    built = document.build(factories.overview(headings=headings.read(["messaging=To <Others>"])))
    assert markdown.render(built).index("## To &lt;Others&gt;") < markdown.render(built).index("## Overview")
    assert '<h2 id="s1" dir="auto">To &lt;Others&gt;</h2>' in html.render(built)


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        (["summary"], "There is no section 'summary' in the document: choose among overview, what_happened, "),
        (["impact", "Impact=x"], "The section impact is named twice: name it once."),
        (["impact=" + "x" * 81], "Keep the heading of impact to 80 characters."),
        (
            ["timeline=overview"],
            "The sections timeline and overview are both called “Overview”: give one another heading.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(entries: list[str], sentence: str) -> None:
    with pytest.raises(DomainError) as refused:
        headings.read(entries)
    assert refused.value.message.startswith(sentence)
