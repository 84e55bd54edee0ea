"""The forms of the content: whatever was written or found, and however much, Slack takes them and nobody is pinged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.blocks import (
    content_menu,
    ids,
    modals,
    pages,
    query_form,
    query_pages,
    question_forms,
    section_form,
    timeline_form,
    timeline_line,
    timeline_pages,
    todo_form,
    todo_pages,
    walk_form,
)
from bot.blocks.done import Done
from bot.blocks.pages import Page
from bot.domain import pieces, proposals, section_forms, section_values
from bot.domain import queries as domain_queries
from bot.domain import typed as typing
from bot.domain.actions import ActionItem, Choice, Decision
from bot.domain.content import Content, Entry, Section
from bot.domain.errors import BadInput
from bot.domain.harvest.finding import Confidence, QueryFinding, TimelineKind
from bot.domain.life import Life
from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.domain.queries import Query, Written
from bot.domain.questions import Question
from bot.domain.section_forms import Field, Shape
from bot.domain.timeline import Item
from tests import factories
from tests.fakes import payloads

NASTY = [
    "x" * 3001, "<!channel> <!here|x> <!everyone>", "@channel @Here", "<@U123> <https://evil.example|good>", "\U0001f525" * 4000,
    "``` open `code` *bold", "&" * 3000, "<" * 2999, "مرحبا \u202e evil \u2066", "\ud800 \x00 \x1b", "word " * 3000, "\n\n", "",
]  # fmt: skip
typed = st.sampled_from(NASTY) | st.text(max_size=200)
URLS = (
    "https://x.example/" + "a" * 1900,
    "https://acme.slack.com/archives/C1/p1",
    "javascript:x",
    "http://ü.example/|>",
)
DIMENSIONS = Policy().impact_dimensions
FORMS = section_forms.forms(DIMENSIONS)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Judge = Callable[[Any], None]


def item(number: int, text: str, **values: Any) -> Item:
    given: dict[str, Any] = {"by": "U2", "saved_at": factories.NOW, "ts": "1.000001", "thread_ts": "1.000000"}
    kinds = list(TimelineKind)
    return Item(f"i{number}", "record-7", factories.NOW, text, kinds[number % len(kinds)], **(given | values))


def lived(text: str, many: int) -> Overview:
    """Much of everything, all of it with this text."""
    items = tuple(
        item(number, text or "x", evidence=URLS[:1] * (number % 3), waiver=text if number % 2 else "")
        for number in range(many)
    )
    actions = tuple(
        ActionItem(
            f"a{n}", "record-7", text, list(Decision)[n % 4], "U2", factories.NOW, text, URLS[0], text, "1.000001", 0
        )
        for n in range(many)
    )
    entries = {section: Entry(section, {}, 1, "U2", factories.NOW) for section in Section}
    life = Life(Content(entries), items=items, actions=actions, waiting_items=(("1", 0),), waiting_todos=(("1", 0),))
    return factories.overview(life=life, record=factories.postmortem(title=text))


@quick
@given(typed, st.sampled_from([0, 1, 8, 9, 300]), st.integers(0, 50))
def test_every_page_is_taken(accepts_view: Judge, text: str, many: int, number: int) -> None:
    seen = lived(text, many)
    accepts_view(content_menu.draw(seen, DIMENSIONS))
    accepts_view(timeline_pages.kept(seen, Page(pages.TIMELINE, number)))
    accepts_view(timeline_pages.removed(seen, seen.life.items, Page(pages.REMOVED, number)))
    accepts_view(timeline_pages.ask_why_no_data(seen, Page(pages.TIMELINE)))
    accepts_view(timeline_pages.ask_what_to_merge(seen, Page(pages.TIMELINE, number)))
    done = Done(f"Taken out: {timeline_line.short(item(0, text or 'x'))}", "record-7:removed:i1")
    accepts_view(timeline_pages.kept(seen, Page(pages.TIMELINE, number), done))
    offered = tuple(f"https://x.example/{text[:2000]}/{n}" for n in range(min(many, 20)))
    step = walk_form.Step(1, max(1, many), Page(pages.TIMELINE, number))
    accepts_view(walk_form.draw(seen, item(1, text or "x", evidence=()), step, offered, warning="w"))
    accepts_view(todo_pages.listed(seen, Page(pages.ACTIONS, number)))


@quick
@given(typed, st.sampled_from([1, 8, 9, 300]), st.integers(0, 50))
def test_every_page_of_proposals_is_taken(accepts_view: Judge, text: str, many: int, number: int) -> None:
    seen = lived(text, 1)
    events = [
        factories.event(text, ts=f"{each}.000001", evidence=URLS, confidence=list(Confidence)[each % 3])
        for each in range(many)
    ]
    findings = factories.findings(timeline=(*events, *events[:3]))
    waiting = proposals.candidates(findings, [(each.ts, each.line) for each in events])
    assert len(waiting) == many
    accepts_view(timeline_pages.proposed(seen, waiting, Page(pages.PROPOSALS, number)))
    todos = [factories.todo(text, ts=f"{each}.000001", detail=text, assignee=text or None) for each in range(many)]
    accepts_view(todo_pages.waiting(seen, todos, Page(pages.TODOS, number)))


@quick
@given(st.sampled_from(list(Section)), st.data())
def test_every_form_is_taken_and_a_text_comes_back_whole(
    accepts_view: Judge, section: Section, data: st.DataObject
) -> None:
    form = FORMS[section]
    shown = {field.name: data.draw(st.booleans() if field.shape is Shape.TICK else typed) for field in form.fields}
    theirs = dict.fromkeys(shown, "<!channel> ```") | {f.name: True for f in form.fields if f.shape is Shape.TICK}
    for other, warning in ((None, ""), (theirs, "<@U1> was faster")):
        accepts_view(section_form.draw(form, shown, "{}", theirs=other, warning=warning))


@quick
@given(typed)
def test_the_forms_of_one_line_are_taken(accepts_view: Judge, text: str) -> None:
    shown = timeline_form.Typed(text[:100], text, TimelineKind.page, text[:3000], text[:1000])
    offered = tuple(f"https://x.example/{text[:2000]}/{n}" for n in range(20))
    accepts_view(timeline_form.draw(shown, "{}", new=False, source="x", warning="w", theirs=text, offered=offered))
    choice = Choice(Decision.DISCUSS, reason=text, assignee="U123")
    accepts_view(todo_form.form(text, choice, "{}", warning="w", theirs=text))


def test_any_of_many_pages_is_one_choice_away(accepts_view: Judge) -> None:
    for many, options in ((300, 38), (1000, 63)):
        view = timeline_pages.kept(lived("x", many), Page(pages.TIMELINE, 2))
        accepts_view(view)
        (jump,) = (
            each
            for block in view["blocks"]
            if block["type"] == "actions"
            for each in block["elements"]
            if each["action_id"] == ids.CONTENT_GO
        )
        assert len(jump["options"]) == options
        assert jump["options"][1]["text"]["text"].startswith("Page 2: from" if many == 300 else "Page 3: from")
        assert len(view["private_metadata"]) < 300


def test_three_hundred_lines_have_a_box_each_and_all_are_ticked(accepts_view: Judge) -> None:
    seen = factories.overview(life=Life(items=tuple(item(n, "مرحبا <!channel> `" * 9) for n in range(300))))
    view = timeline_pages.ask_why_no_data(seen, Page(pages.TIMELINE))
    accepts_view(view)
    boxes = [each["element"] for each in view["blocks"] if each.get("element", {}).get("type") == "checkboxes"]
    assert [len(each["options"]) for each in boxes] == [10] * 30
    assert all(each["options"] == each["initial_options"] for each in boxes)


LONGEST = ["x" * 3000, "\U0001f525" * 1500, "مرحبا " * 500, "<!channel> ```" * 214, '\\ "\n' * 750, "&" * 3000]


@pytest.mark.parametrize("section", list(Section))
@pytest.mark.parametrize("text", LONGEST, ids=["letters", "fire", "right to left", "pings", "escaped", "and"])
def test_the_longest_text_in_every_field_is_taken_beside_that_of_somebody_else(
    accepts_view: Judge, section: Section, text: str
) -> None:
    form = FORMS[section]
    kept = {field.name: field.shape is Shape.TICK or longest(field, text) for field in form.fields}
    theirs = {field.name: field.shape is not Shape.TICK and f"{str(kept[field.name])[:-1]}z" for field in form.fields}
    view = section_form.draw(form, kept, "{}", theirs=theirs, warning="<@U1> was faster")
    accepts_view(view)
    assert modals.fits(view)
    said = [field for field in form.fields if field.shape not in (Shape.TICK, Shape.PERSON, Shape.PEOPLE)]
    assert quoted(view) == "".join(str(theirs[field.name]) for field in said), "all of the other text is there"


def longest(field: Field, text: str) -> str:
    """As much of the text as the field takes."""
    return pieces.exact(text, field.most or section_forms.MOST.get(field.shape.value, 3000))[0]


@pytest.mark.parametrize("letter", ["x", "ع", "\U0001f525"])
def test_the_longest_section_that_is_saved_opens_again_and_beside_another(accepts_view: Judge, letter: str) -> None:
    form = FORMS[Section.RETROSPECT]
    most = pieces.HEAVIEST // pieces.weight(letter)
    answers = {field.name: "" for field in form.fields}
    assert section_values.read(form, answers | {"lucky": letter * most})
    with pytest.raises(BadInput) as refused:
        section_values.read(form, answers | {"lucky": letter * (most - 10), "well": letter * 11})
    assert [each.code for each in refused.value.reasons] == ["lucky"]
    assert "longer than one form can show" in refused.value.reasons[0].text
    view = section_form.draw(
        form, answers | {"lucky": letter * most}, "{}", theirs=answers | {"lucky": "z" + letter * most}
    )
    accepts_view(view)
    assert modals.fits(view)
    assert quoted(view) == "z" + letter * most


def quoted(view: dict[str, Any]) -> str:
    rich = [part for block in view["blocks"] if block["type"] == "rich_text" for part in block["elements"]]
    return "".join(part["elements"][0]["text"] for part in rich if part["type"] != "rich_text_section")


def query(number: int, text: str) -> Query:
    return Query(
        f"q{number}", "record-7", text or "x", "U2", factories.NOW, text, URLS[0], text, "U3", "1.000001", 0, "1.000000"
    )


@quick
@given(typed, st.sampled_from([0, 1, 8, 9, 300]), st.integers(0, 50))
def test_every_page_of_queries_is_taken(accepts_view: Judge, text: str, many: int, number: int) -> None:
    queries = tuple(query(each, text) for each in range(many))
    seen = factories.overview(life=Life(queries=queries, waiting_queries=(("1.0", 0),)))
    views = [
        query_pages.kept(seen, Page(pages.QUERIES, number)),
        query_pages.removed(seen, queries, Page(pages.QUERIES_REMOVED, number)),
    ]
    found = [QueryFinding(f"{each}.000001", None, 0, "U3", f"{text or 'x'} token=abcd1234") for each in range(many)]
    waiting = domain_queries.candidates(
        factories.findings(queries=(*found, *found[:3])), [(each.ts, 0) for each in found]
    )
    views += [query_pages.proposed(seen, waiting, Page(pages.QUERIES_PROPOSED, number))] if many else []
    for view in views:
        accepts_view(view)
        assert modals.fits(view)


@pytest.mark.parametrize(
    "text", [*NASTY, *LONGEST, "y" * 30_000, "\n" * 30_000, "مرحبا " * 2500, "password=hunter2\n" * 1700]
)
def test_the_form_of_a_query_is_taken_and_both_texts_are_whole(accepts_view: Judge, text: str) -> None:
    mine = Written(text, text[:200], text[:2000], text[:3000], "U123")
    theirs = Written(f"{text[:-1]}z", "psql", "", "", None)
    suspects = domain_queries.suspects(mine)
    if domain_queries.too_long(text):
        return
    for view in (
        query_form.draw(mine, "{}", new=False, source="x", warning="w", theirs=theirs),
        query_form.draw(mine, "{}", new=True, suspects=suspects),
    ):
        accepts_view(view)
        assert modals.fits(view)
        fields = [block for block in view["blocks"] if str(block.get("block_id")).split("__")[0] == "text"]
        initial = [block["element"].get("initial_value", "") for block in fields]
        assert "".join(initial) == typing.verbatim(text)
    assert typing.verbatim(theirs.text) in quoted(query_form.draw(mine, "{}", new=False, theirs=theirs))


def test_a_long_line_of_the_timeline_shows_all_that_somebody_else_wrote(accepts_view: Judge) -> None:
    theirs = "their line\n\n  with <!channel> " * 400
    for view in (
        timeline_form.draw(timeline_form.Typed("14:02", "mine"), "{}", new=False, warning="w", theirs=theirs),
        todo_form.form("mine", Choice(Decision.DISCUSS), "{}", warning="w", theirs=theirs),
    ):
        accepts_view(view)
        assert quoted(view) == theirs


@pytest.mark.parametrize("name", ["", "nonsense", "timeline.-1", "timeline.x", "timeline.99999999", "menu.0.0"])
def test_an_odd_name_is_some_page(name: str) -> None:
    assert pages.read(name).number == 0


def test_a_section_that_is_there_already_is_edited_and_not_written() -> None:
    """Whatever filled it in: what the gate does not miss stands there."""
    facts = factories.facts(missing_content=("Overview",))
    view = content_menu.draw(factories.overview(facts=facts), DIMENSIONS)
    labels = {
        block["accessory"]["value"].partition(":")[2]: block["accessory"]["text"]["text"]
        for block in view["blocks"]
        if block.get("accessory", {}).get("action_id") == ids.SECTION_EDIT
    }
    assert labels[Section.OVERVIEW] == "Write"
    assert labels[Section.RESPONDERS] == labels[Section.RECORDING] == "Edit"
    assert labels[Section.CAUGHT] == "Write", "it may stay empty, and is"


def test_twenty_long_addresses_come_back_as_they_were(accepts_view: Judge) -> None:
    shown = tuple(f"https://x.example/{number}/{'a' * 1900}" for number in range(20))
    line = timeline_form.Typed("14:02", "mine", evidence="\n".join(shown))
    form = timeline_form.draw(line, "{}", new=False)
    accepts_view(form)
    assert tuple(timeline_form.read(payloads.filled(form, {}), 1).evidence.split()) == shown
    question = Question("record-7:q", "record-7", "U1", "U2", "why", factories.NOW, answer="x")
    asked = question_forms.evidence(question, [item(0, "x")], shown, "{}")
    accepts_view(asked)
    assert tuple(question_forms.read_evidence(payloads.filled(asked, {}))[1].split()) == shown
