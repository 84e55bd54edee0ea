"""Questions, watchers and lines to confirm, as rules: no Slack, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.documents import markdown
from bot.domain import document, line_checks, mentions, questions, watching
from bot.domain.errors import BadInput, Refused, Stale
from bot.domain.harvest.finding import TimelineKind
from bot.domain.life import Life
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.postmortem import Audit
from bot.domain.questions import Question, QuestionState, UsedAs
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.domain.watching import Watcher
from tests import factories

NOW = factories.NOW
LATER = NOW + timedelta(hours=1)


def question(**values: object) -> Question:
    given = {
        "id": "record-7:q",
        "postmortem_id": "record-7",
        "asked_by": "U4",
        "asked_of": "U3",
        "text": "Why?",
        "at": NOW,
    }
    return Question(**(given | values))  # type: ignore[arg-type]


def answered(said: str = "Because.", **values: object) -> Question:
    return replace(question(**values), state=QuestionState.ANSWERED, answer=said, answered_by="U3", answered_at=LATER)


@pytest.mark.parametrize("typed", ["", " \n", "x" * 3001, "\U0001f525" * 1501])
def test_a_question_that_is_none_or_could_not_be_shown_whole_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        questions.words(typed)


def test_a_question_is_settled_once() -> None:
    settled = question().settled(QuestionState.DECLINED, "ask Ben", "U3", LATER)
    assert (settled.version, settled.open, settled.to_be_used) == (2, False, False)
    for state in QuestionState:
        if state is not QuestionState.OPEN:
            with pytest.raises(Stale):
                questions.check_open(replace(question(), state=state))


@pytest.mark.parametrize(("who", "may"), [("U4", True), ("U2", True), ("U1", True), ("U3", False), ("U9", False)])
def test_who_asked_the_owner_and_the_ic_withdraw(who: str, may: bool) -> None:
    assert questions.may_withdraw(question(), factories.postmortem(), who) is may
    if not may:
        with pytest.raises(Refused, match="<@U4> or <@U2>"):
            questions.check_withdraw(question(), factories.postmortem(), who)


def test_open_ones_come_first_and_withdrawn_ones_are_gone() -> None:
    first, second = answered(id="a"), replace(answered(id="b"), answered_at=LATER + timedelta(hours=1))
    gone, waiting = replace(question(id="c"), state=QuestionState.WITHDRAWN), question(id="d")
    assert [each.id for each in questions.listed((first, second, gone, waiting))] == ["d", "b", "a"]


def test_only_addresses_of_data_in_an_answer_are_proposed() -> None:
    said = "see (https://grafana.example/d/1), <https://acme.slack.com/archives/C1/p1>\nand ftp://x or https://logs.example/a?b=c."
    found = questions.addresses(answered(said), "https://acme.slack.com/")
    assert found == ("https://grafana.example/d/1", "https://logs.example/a?b=c")


@pytest.mark.parametrize(
    ("typed", "user", "left"),
    [
        ("<@U5|eve> why\nand how", "U5", "why\nand how"),
        ("please <@U5> tell", "U5", "please  tell"),
        ("@eve why", None, "why"),
        ("why", None, "why"),
    ],
)
def test_the_question_is_what_is_typed_beside_the_person(typed: str, user: str | None, left: str) -> None:
    assert mentions.without(typed, user) == left


def test_the_document_tells_of_open_questions_and_of_answers_that_became_nothing_else() -> None:
    odd = "<script> | `x` ]( مرحبا"
    life = Life(
        questions=(
            question(text=f"Open {odd}"), answered("Seen at https://x.example\nand later", id="a", text="Unused?"),
            answered("Elsewhere", id="b", text="Used?").used(UsedAs.TIMELINE),
            replace(question(id="c", text="Withdrawn?"), state=QuestionState.WITHDRAWN),
        )
    )  # fmt: skip
    text = markdown.render(document.build(factories.overview(life=life)))
    assert "Open questions:" in text
    assert "<script>" not in text
    assert text.index("Questions And Answers") > text.index("External Message")
    assert "Ana asked" not in text
    assert "and later" in text
    assert "Used?" not in text.replace("Unused?", "")
    assert "Withdrawn?" not in text
    closed = factories.overview(factories.postmortem(status=Status.CLOSED), life=life)
    assert "Open questions:" not in markdown.render(document.build(closed))
    assert "Questions And Answers" not in markdown.render(document.build(factories.overview()))


def audit(field: str, actor: str = "U1", new: str | None = "new", minutes: int = 1) -> Audit:
    return Audit("record-7", NOW + timedelta(minutes=minutes), actor, field, "old", new, "form")


def test_a_watcher_hears_of_what_others_changed_since() -> None:
    heard = audit("owner", minutes=3)
    history = [
        audit("status", minutes=0), audit("status", "U4"), audit("timeline"), audit("severity", new="old"), heard,
    ]  # fmt: skip
    assert watching.untold(Watcher("record-7", "U4", NOW), history) == (history[2], heard)


def line(number: int, user: str | None, saved: int = 0, **values: object) -> Item:
    at = NOW + timedelta(minutes=saved)
    given = {"user_id": user, "ts": f"{number}.0"} | values
    return Item(f"i{number}", "record-7", NOW, "x", TimelineKind.other, "U2", at, **given)  # type: ignore[arg-type]


def test_lines_belong_to_who_wrote_the_message() -> None:
    items = [
        line(1, "U1"),
        line(2, "U3"),
        line(3, "U3"),
        line(4, None),
        line(5, "U4", ts=None),
        line(6, "U4", removed=True),
    ]
    assert {user: len(theirs) for user, theirs in line_checks.lines_of(items).items()} == {"U1": 1, "U3": 2}


@pytest.mark.parametrize(
    ("state", "saved", "asked"),
    [
        (None, 0, True), (CheckState.ASKED, 0, True), (CheckState.RIGHT, 0, False), (CheckState.OFF, 0, False),
        (CheckState.RIGHT, 61, True),
    ],
)  # fmt: skip
def test_who_confirmed_is_asked_again_only_when_a_line_changed(
    state: CheckState | None, saved: int, asked: bool
) -> None:
    lines = line_checks.lines_of([line(1, "U3", saved), line(2, "U1"), line(3, "UBOT"), line(4, "UNOBODY")])
    people = {**factories.people(), "UBOT": factories.person("UBOT", is_bot=True)}
    checks = [LineCheck("record-7", "U3", "U2", LATER, state)] if state else []
    found = line_checks.to_ask(lines, checks, people, "U1")
    assert found == (("U3",) if asked else ())
