"""What was agreed on is read: nothing offers what would be refused. And what a form says of what the review asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.blocks import (
    card,
    content_menu,
    ids,
    lines_dm,
    nudges,
    query_pages,
    question_pages,
    section_form,
    timeline_pages,
    todo_pages,
)
from bot.blocks.pages import ACTIONS, QUERIES, QUERIES_REMOVED, QUESTIONS, REMOVED, TIMELINE, Page
from bot.domain import content_gate, section_forms
from bot.domain.actions import ActionItem, Decision
from bot.domain.actors import Actor, Role
from bot.domain.harvest.finding import TimelineKind
from bot.domain.life import Life
from bot.domain.line_checks import LineCheck
from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.domain.queries import Query
from bot.domain.questions import Question, QuestionState
from bot.domain.reminders import Nudge
from bot.domain.section_forms import PEOPLE
from bot.domain.status import Status
from bot.domain.timeline import Item
from tests import factories

NOW = factories.NOW
FORMS = section_forms.forms(Policy().impact_dimensions)
LINK = "https://wiki.example/" + "x" * 1900


def lived(status: Status) -> Overview:
    items = tuple(
        Item(f"i{number}", "record-7", NOW, "Said", TimelineKind.other, "U2", NOW, "1.000001", 0, user_id="U3")
        for number in range(3)
    )
    life = Life(
        items=items, queries=(Query("q1", "record-7", "SELECT 1", "U2", NOW),), waiting_items=(("1", 0),),
        questions=(Question("record-7:1", "record-7", "U2", "U3", "?", NOW, QuestionState.ANSWERED, "yes"),),
    )  # fmt: skip
    return factories.overview(life=life, record=factories.postmortem(status=status))


def buttons(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if value.get("type") in ("button", "overflow"):
            yield value["action_id"]
        for each in value.values():
            yield from buttons(each)
    elif isinstance(value, list):
        for each in value:
            yield from buttons(each)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEWED, Status.CLOSED])
def test_a_text_that_was_agreed_on_is_only_read_and_says_what_is_pressed_first(status: Status) -> None:
    seen, owner = lived(status), Actor("U2", frozenset({Role.OWNER}))
    menu = content_menu.draw(seen, Policy().impact_dimensions)
    offered = {
        *buttons(menu), *buttons(timeline_pages.kept(seen, Page(TIMELINE))), *buttons(query_pages.kept(seen, Page(QUERIES))),
        *buttons(question_pages.listed(seen, Page(QUESTIONS), owner)),
        *buttons(timeline_pages.removed(seen, seen.life.items, Page(REMOVED))),
        *buttons(query_pages.removed(seen, seen.life.queries, Page(QUERIES_REMOVED))),
    }  # fmt: skip
    writes = {
        ids.SECTION_EDIT, ids.ITEM_ADD, ids.ITEM_MENU, ids.ITEM_ADD_BEGAN, ids.MERGE_OPEN, ids.WALK_OPEN, ids.WAIVE_OPEN,
        ids.ITEM_PUT_BACK, ids.QUERY_PUT_BACK, ids.QUERY_ADD, ids.QUERY_EDIT, ids.QUERY_REMOVE,
        ids.QUESTION_TO_TIMELINE, ids.QUESTION_TO_EVIDENCE,
    }  # fmt: skip
    back = {Status.REVIEWED: "Back to review", Status.CLOSED: "Open again"}.get(status)
    assert offered & writes == (writes if back is None else set())
    assert (back is None) != (f"is {status}: the text was agreed on" in str(menu))
    assert back is None or back in str(menu)


@pytest.mark.parametrize("status", Status)
def test_what_was_decided_changes_until_it_is_closed(status: Status) -> None:
    made = ActionItem("a1", "record-7", "Mend it", Decision.DONE, "U2", NOW)
    seen = replace(lived(status), life=Life(actions=(made,), waiting_todos=(("1", 0),)))
    offered = {*buttons(todo_pages.listed(seen, Page(ACTIONS)))}
    wanted = {ids.ACTION_ADD, ids.ACTION_EDIT, ids.CONTENT_PAGE}
    assert offered == (set() if status is Status.CLOSED else wanted)


def test_a_form_says_of_each_field_that_the_review_asks_for_it() -> None:
    gate = {each.key for each in content_gate.GATE}
    for form in FORMS.values():
        asked = [each.name for each in form.fields if each.asked]
        assert bool(asked) == bool(form.gate)
        assert set(form.gate) <= gate
        blocks = section_form.draw(form, {}, "{}")["blocks"]
        needed = [
            block["block_id"] for block in blocks if "hint" in block and "Needed for the review" in str(block["hint"])
        ]
        assert needed == asked
        assert ("Save it half done" in str(blocks[0])) == bool(form.gate)


def test_everybody_whom_somebody_else_chose_meanwhile_is_named(accepts_view) -> None:  # type: ignore[no-untyped-def]
    form = FORMS[section_forms.Section.RESPONDERS]
    people = [f"U0PERSON{number:03}" for number in range(300)]
    view = section_form.draw(form, {}, "{}", theirs={PEOPLE: "\n".join(people)})
    accepts_view(view)
    assert [each for each in people if f"<@{each}>" not in str(view)] == []


def test_two_long_links_on_the_card_are_both_whole() -> None:
    record = factories.postmortem(page_url=LINK)
    drawn = card.card(factories.overview(record=record, document=f"{LINK}y"))
    assert [text in str(drawn.blocks) for text in (f"<{LINK}|Open the page>", f"<{LINK}y|Open the document>")] == [
        True
    ] * 2


def test_whose_lines_were_all_taken_out_is_asked_nothing() -> None:
    drawn = lines_dm.draw(factories.overview(), LineCheck("record-7", "U9", "U2", NOW), "U9", NOW.isoformat())
    assert "nothing to confirm" in drawn.text
    assert list(buttons(list(drawn.blocks))) == []


def test_a_reminder_says_its_name_and_its_reason_each_in_bold() -> None:
    drawn = nudges.to_person(factories.overview(), [Nudge.UNBOOKED])
    assert ": *please book the meeting*\n" in str(drawn.blocks[0]["text"]).replace("\\n", "\n")
    assert "**" not in str(drawn.blocks)
