"""Pieces of long texts, minutes in each severity, evidence, choices: the small rules behind the forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import (
    actions,
    content_gate,
    evidence,
    pieces,
    section_forms,
    section_values,
    severity_time,
    typed,
    writing,
)
from bot.domain.actions import ActionKind, Decision, Terms
from bot.domain.actors import Actor, Role
from bot.domain.content import Content, Entry, Section
from bot.domain.errors import BadInput, Refused
from bot.domain.policy import Policy
from bot.domain.status import Status
from tests import factories

START, END = factories.STARTED, factories.RESOLVED
FORMS = section_forms.forms(Policy().impact_dimensions)
texts = st.text(max_size=400) | st.text("\U0001f525 \nab", max_size=400)


@given(texts, st.integers(2, 50))
def test_pieces_are_short_enough_and_make_the_whole_again(text: str, most: int) -> None:
    parts = pieces.split(text, most)
    assert "".join(parts) == text
    assert all(typed.width(part) <= most for part in parts)
    assert pieces.join(parts, len(parts)) == text or not text.strip()


@given(texts | st.text(" \n\t,;ab\U0001f525\u202e", max_size=400), st.integers(2, 50))
def test_pieces_of_a_query_make_it_again_to_the_letter(text: str, most: int) -> None:
    parts = pieces.exact(text, most)
    assert "".join(parts) == text
    assert all(typed.width(part) <= most for part in parts)


def test_no_piece_of_a_query_begins_or_ends_where_a_field_may_be_trimmed() -> None:
    text = "\n  select a, b\n\n\tfrom t  where x = 1;\n" * 300
    parts = pieces.exact(text)
    assert len(parts) > 3
    assert [part.lstrip() for part in parts[1:]] == list(parts[1:])
    assert [part.rstrip() for part in parts[:-1]] == list(parts[:-1])
    assert {part[-1] for part in parts[:-1]} <= set("ab1"), "before a mark rather than inside a word"
    assert "".join(pieces.exact(" " * 9000)) == " " * 9000


def test_a_piece_ends_at_the_end_of_a_line_where_there_is_one_in_its_second_half() -> None:
    assert pieces.split("one two\nthree four five", 12) == ("one two\n", "three four ", "five")
    assert pieces.split("a\nthree four five", 12) == ("a\nthree ", "four five")


def test_what_is_typed_into_a_further_field_is_a_new_line() -> None:
    assert pieces.join(["one", " ", "two"], 1) == "one\ntwo"
    assert pieces.join(["", "two"], 1) == "two"


@pytest.mark.parametrize(
    ("entered", "said", "final", "expected"),
    [
        ([], [], 1, (120, 0)),
        ([], [], None, (0, 0)),
        ([], [(0, 1), (45, 2)], 2, (45, 75)),
        ([(30, 2)], [(0, 1)], 2, (0, 120)),
        ([(-5, 1), (30, 2), (60, 3)], [], 3, (30, 30)),
        ([(500, 2)], [(500, 1)], 2, (0, 120)),
    ],
    ids=["final", "unknown", "said", "entered goes before said", "several", "set after it was over"],
)
def test_minutes_at_each_severity(
    entered: list[tuple[int, int]], said: list[tuple[int, int]], final: int | None, expected: tuple[int, int]
) -> None:
    changes = [[(START + timedelta(minutes=at), severity) for at, severity in listed] for listed in (entered, said)]
    parts = severity_time.stretches(changes[0], changes[1], final, START, END)
    assert tuple(severity_time.minutes(parts, each) for each in (1, 2)) == expected


def test_a_severity_that_was_said_again_is_one_stretch() -> None:
    again = [(START + timedelta(minutes=at), severity) for at, severity in ((0, 1), (10, 1), (10, 2), (10, 2), (30, 2))]
    parts = severity_time.stretches([], again, 2, START, END)
    cut = START + timedelta(minutes=10)
    assert [(part.start, part.end, part.severity) for part in parts] == [(START, cut, 1), (cut, END, 2)]


@pytest.mark.parametrize(("start", "end"), [(None, END), (START, None), (END, START), (START, START)])
def test_without_both_times_nothing_is_computed(start: object, end: object) -> None:
    assert severity_time.stretches([], [], 1, start, end) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://acme.slack.com/archives/C1/p1", True),
        ("https://acme.enterprise.slack.com/archives/C1/p1", True),
        ("https://app.slack.com/client/T1/C1", True),
        ("https://chat.example/archives/C1/p1", True),
        ("https://acme.slack.com/files/U1/F1/graph.png", False),
        ("https://slack.com.evil.example/archives/C1", False),
        ("https://grafana.example/?next=https://acme.slack.com/archives/C1", False),
    ],
)
def test_a_message_is_where_it_comes_from_and_no_evidence(url: str, message: bool) -> None:
    assert evidence.is_message(url, "https://chat.example/") is message


def test_twenty_addresses_are_enough() -> None:
    with pytest.raises(BadInput, match="at most 20"):
        evidence.addresses("\n".join(f"https://x.example/{number}" for number in range(21)))


@pytest.mark.parametrize(
    ("decision", "said", "good"),
    [
        (Decision.TICKET, "https://jira.example/P-1", True),
        (Decision.TICKET, "P-1", False),
        (Decision.TICKET, "", True),
        (Decision.WONT_DO, " ", False),
        (Decision.WONT_DO, "too dear", True),
        (Decision.DONE, "", True),
        (Decision.DISCUSS, "", True),
    ],
)
def test_a_ticket_has_an_address_and_what_is_not_done_a_reason(decision: Decision, said: str, good: bool) -> None:
    if good:
        choice = actions.choose(decision, said, terms=Terms(ActionKind.PREVENT))
        assert (choice.ticket or choice.reason) == said.strip()
    else:
        with pytest.raises(BadInput):
            actions.choose(decision, said, terms=Terms(ActionKind.PREVENT))


def test_every_heading_of_the_gate_has_a_place_where_it_is_filled_in() -> None:
    elsewhere = {"owner", "responders_ic", "timeline"}
    assert {key for form in FORMS.values() for key in form.gate} == {
        field.key for field in content_gate.GATE
    } - elsewhere


def test_the_forms_fit_into_slack() -> None:
    for form in FORMS.values():
        assert len(form.title) <= 24
        assert len({field.name for field in form.fields}) == len(form.fields)


@given(st.sampled_from(list(Section)), st.data())
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(section: Section, data: st.DataObject) -> None:
    form = FORMS[section]
    answers = {
        field.name: data.draw(st.booleans() if field.shape is section_forms.Shape.TICK else texts)
        for field in form.fields
    }
    try:
        filled = section_values.read(form, answers)
    except BadInput as error:
        codes = {reason.code for reason in error.reasons}
    else:
        codes = set()
    assert codes <= set(answers)
    if codes:
        return
    record = factories.postmortem()
    shown = section_values.typed(form, record, Content({section: Entry(section, filled.value, 1)}))
    again = section_values.read(form, shown)
    assert again.value == filled.value


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("status", list(Status))
def test_who_writes_and_until_when(role: Role, status: Status) -> None:
    record, actor = factories.postmortem(status=status), Actor("U9", frozenset({role}))
    writes = role in (Role.OWNER, Role.IC, Role.DEPUTY, Role.SCRIBE)
    for check, frozen in ((writing.check_text, ("Reviewed", "Closed")), (writing.check_actions, ("Closed",))):
        if writes and status.value not in frozen:
            check(record, actor)
        else:
            with pytest.raises(Refused) as refused:
                check(record, actor)
            assert refused.value.codes == (("frozen",) if writes else ("wrong_role",))
