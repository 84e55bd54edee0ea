"""Whatever people ask and answer: Slack takes every message and form about it, all of it is shown, and nobody is pinged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.blocks import (
    card,
    content_menu,
    hub,
    lines_dm,
    question_dm,
    question_forms,
    question_notes,
    question_pages,
    timeline_pages,
    watch_dm,
)
from bot.blocks.pages import QUESTIONS, TIMELINE, Page
from bot.domain.actors import Actor, Role
from bot.domain.harvest.finding import TimelineKind
from bot.domain.life import Life
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.postmortem import Audit
from bot.domain.questions import Question, QuestionState, UsedAs
from bot.domain.timeline import Item
from tests import factories

NOW = factories.NOW
NASTY = [
    "x" * 3000, "<!channel> <!here|x> <@U1>", "@channel", "``` open `code`", "&" * 3000, "<\n" * 1500, "\U0001f525" * 1500,
    "مرحبا\n" * 500, "\ud800 \x00", " ", "word " * 600,
]  # fmt: skip
typed = st.sampled_from(NASTY) | st.text(max_size=300)
some = st.builds(
    Question, id=st.just("record-7:q"), postmortem_id=st.just("record-7"), asked_by=st.just("U4"), asked_of=st.just("U3"),
    text=typed, at=st.just(NOW), state=st.sampled_from(QuestionState), answer=st.just("") | st.builds(lambda x: (x + "\n") * 3, typed),
    used_as=st.sampled_from(UsedAs),
)  # fmt: skip
OWNER, ANYBODY = Actor("U2", frozenset({Role.OWNER})), Actor("U9")


def item(number: int, words: str) -> Item:
    at = NOW + timedelta(minutes=number)
    return Item(f"{number:032}", "record-7", at, words, TimelineKind.action, "U2", at, ts=f"{number}.0", user_id="U3")


def overview(question: Question, many: int = 1, words: str = "x") -> Any:
    asked = tuple(replace(question, id=f"record-7:{number}") for number in range(many))
    checks = tuple(
        LineCheck("record-7", f"U{number}", "U2", NOW, state, words)
        for number, state in enumerate(list(CheckState) * 30)
    )
    items = tuple(item(number, words) for number in range(many))
    return factories.overview(life=Life(questions=asked, checks=checks, items=items), document="https://x.example/d")


@given(question=some, sees=st.booleans(), many=st.integers(1, 30))
@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_slack_takes_every_message_and_form_about_questions(
    question: Question, sees: bool, many: int, accepts: Any, accepts_view: Any
) -> None:
    seen = overview(question, many, question.text)
    for drawing in (question_dm.ask(seen, question, sees=sees), question_dm.nudge(seen, question, sees=sees)):
        accepts(drawing)
    accepts(card.card(seen))
    accepts(hub.hub(seen))
    for note in question_notes.TO_PERSON.values():
        accepts(note(seen, {"question": "record-7:0", "by": "U3", "reason": question.text}))
        accepts(note(seen, {}))
    for reader in (OWNER, ANYBODY):
        accepts_view(question_pages.listed(seen, Page(QUESTIONS, many), reader))
    accepts_view(content_menu.draw(seen, ("Requests failed",)))
    accepts_view(timeline_pages.kept(seen, Page(TIMELINE)))
    accepts_view(
        question_forms.ask(factories.postmortem(), "{}", person="U123", words=question.text, sentence=question.text)
    )
    accepts_view(question_forms.answer(question, "{}"))
    accepts_view(question_forms.decline(question, "{}"))
    accepts_view(question_forms.evidence(question, seen.life.items, ["https://x.example"], "{}"))
    accepts(
        watch_dm.draw(seen, [Audit("record-7", NOW, "U1", "question answered", None, question.answer, "form")] * many)
    )
    for check in seen.life.checks[:3]:
        accepts(lines_dm.draw(seen, check, "U3", NOW.isoformat()))
    accepts_view(lines_dm.object_form(factories.postmortem()))


def test_three_hundred_lines_and_people_fit(accepts_view: Any) -> None:
    waiting = Question("record-7:q", "record-7", "U4", "U3", "Why?", NOW)
    items = [item(number, "<!channel> " + "z" * 3000) for number in range(300)]
    accepts_view(question_forms.evidence(waiting, items, [], "{}"))
    accepts_view(lines_dm.ask_form([f"U{number}" for number in range(300)], 300, "{}"))


@pytest.mark.parametrize(
    ("field", "old", "new", "said"),
    [
        ("status", "Draft", "In Review", "moved it from Draft to *In Review*"),
        ("owner", "U2", None, "<@U2> does not own it any more"),
        ("severity", None, "2", "set the severity: *SEV-2*, it was not set"),
        ("meeting", None, "2026-11-26T16:30:00+00:00, 30 min", "booked the meeting for <!date^"),
        ("meeting", "a", "2026-11-26T16:30:00+00:00, 30 min", "moved the meeting to <!date^"),
        ("meeting", "a", None, "cancelled the meeting"),
        ("meeting", None, "<!channel>", "booked the meeting for &lt;!channel&gt;"),
        ("meeting held", None, "held", "said what came of the meeting: held"),
        ("waived", None, "too small", "waived it: too small"),
        ("waived", "too small", None, "took the waiver back"),
        ("restricted", "no", "yes", "restricted it"),
        ("something new", None, "x", "changed something new"),
    ],
)
def test_a_change_is_told_in_words(field: str, old: str | None, new: str | None, said: str) -> None:
    assert f"<@U1> {said}".replace("<@U1> <@U2>", "<@U2>") in watch_dm.line(Audit("r", NOW, "U1", field, old, new, "x"))


def test_the_card_names_three_open_questions_and_counts_the_rest() -> None:
    waiting = Question("record-7:q", "record-7", "U4", "U3", "Why <!here>?", NOW)
    shown = str(card.card(overview(waiting, 5)))
    assert shown.count("Why") == 3
    assert "and 2 more" in shown
    assert "Open questions" not in str(card.card(overview(replace(waiting, state=QuestionState.ANSWERED), 5)))


def test_a_line_that_is_about_right_is_confirmed_as_such(accepts: Any) -> None:
    about = replace(item(0, "Called SEV-2"), approximate=True)
    seen = factories.overview(life=Life(items=(about, item(1, "Paged"))))
    asked = LineCheck("record-7", "U3", "U2", NOW)
    said = str(lines_dm.draw(seen, asked, "U3", NOW.isoformat()).blocks)
    assert f"*about {about.at:%Y-%m-%d %H:%M} UTC*" in said, "nobody confirms a second that nobody named"
    assert f"*{item(1, '').at:%Y-%m-%d %H:%M:%S} UTC*" in said


def test_who_is_asked_reads_where_it_happened_in_one_sentence() -> None:
    asked = Question("record-7:q", "record-7", "U4", "U3", "Why?", NOW)
    linked = str(question_dm.ask(factories.overview(workspace_url="https://x.slack.com/"), asked, sees=True).blocks)
    assert "It is about <https://x.slack.com/archives/C1|the incident>. Your answer" in linked
    assert "It is about the incident of <#C1>. Your" in str(
        question_dm.ask(factories.overview(workspace_url=""), asked, sees=True).blocks
    )
