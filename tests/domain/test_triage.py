"""Action items as a whole: what a ticket must say, when it is due, which hints its words get, and what a reviewer would ask."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.blocks import hub
from bot.documents import actions_csv
from bot.domain import actionable, actions, triage
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority, Terms
from bot.domain.errors import BadInput
from bot.domain.life import Life
from bot.domain.status import Status
from tests import factories

STARTED = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)


def item(number: int = 1, decision: Decision = Decision.TICKET, **values: Any) -> ActionItem:
    given: dict[str, Any] = {"kind": ActionKind.PREVENT, "priority": Priority.P1}
    text = f"Alert at {number} %"
    return ActionItem(f"a{number}", "record-7", text, decision, "U2", factories.NOW, **(given | values))


def csv_rows(life: Life) -> list[list[str]]:
    """The file as a spreadsheet reads it."""
    record = factories.postmortem(severity=1)
    record = replace(record, times=replace(record.times, started_at=STARTED))
    return list(csv.reader(io.StringIO(actions_csv.render(factories.overview(record=record, life=life)))))


def codes(decision: Decision, said: str = "", **values: Any) -> tuple[str, ...]:
    """What is missing from a choice."""
    try:
        actions.choose(decision, said, **values)
    except BadInput as error:
        return error.codes
    return ()


@pytest.mark.parametrize(
    ("terms", "missing"),
    [
        (Terms(ActionKind.DETECT), ()),
        (Terms(ActionKind.DETECT, Priority.P0), ()),
        (Terms(None, Priority.P0), (actions.NO_KIND,)),
        (Terms(ActionKind.DETECT, Priority.LOWER), (actions.NO_WHY,)),
        (Terms(ActionKind.DETECT, Priority.LOWER, "  "), (actions.NO_WHY,)),
        (Terms(ActionKind.DETECT, Priority.LOWER, "An hour's work, and it is asked for weekly"), ()),
    ],
    ids=["P1", "P0", "no type", "lower", "lower for white space", "lower with a reason"],
)
def test_a_ticket_has_a_type_and_a_low_priority_needs_a_justification(terms: Terms, missing: tuple[str, ...]) -> None:
    assert codes(Decision.TICKET, terms=terms) == missing
    assert codes(Decision.DISCUSS, terms=terms) == ()


def test_a_low_priority_is_refused_with_the_other_ways_named() -> None:
    with pytest.raises(BadInput, match=r"Topic for discussion.*Won't do"):
        actions.choose(Decision.TICKET, "", terms=Terms(ActionKind.DETECT, Priority.LOWER))


def test_what_is_merged_names_another_one() -> None:
    assert codes(Decision.MERGED) == (actions.NO_TARGET,)
    assert codes(Decision.MERGED, into="a2") == ()


@pytest.mark.parametrize(
    ("severity", "last"), [(1, date(2026, 12, 8)), (2, date(2026, 12, 23)), (3, date(2026, 12, 23))]
)
def test_a_ticket_is_due_by_the_severity_unless_somebody_chose_a_day(severity: int, last: date) -> None:
    record = factories.postmortem(severity=severity)
    record = replace(record, times=replace(record.times, resolved_at=datetime(2026, 11, 23, 14, tzinfo=UTC)))
    assert triage.due_day(item(), record) == last
    assert triage.due_day(item(due=date(2026, 12, 1)), record) == date(2026, 12, 1)
    assert triage.due_day(item(decision=Decision.DISCUSS), record) is None
    assert f"{(last - date(2026, 11, 23)).days} calendar days after Mon 23 Nov 2026" in triage.working(record)


MANY = tuple(item(number) for number in range(9))
LOW = tuple(replace(each, priority=Priority.LOWER) for each in MANY[:2])
SEEN = tuple(replace(each, kind=ActionKind.INVESTIGATE) for each in MANY[:2])


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), ()),
        (MANY[:8], ()),
        (MANY, ("9 tickets",)),
        ((*MANY[:8], item(9, Decision.DISCUSS)), ()),
        (LOW, ("No ticket is P0 or P1",)),
        (SEEN, ("None prevents",)),
        ((*SEEN, item(3, kind=ActionKind.MITIGATE)), ()),
        ((*SEEN, item(3, Decision.DONE)), ()),
        ((*LOW, *SEEN[:0], item(4, Decision.WONT_DO)), ("No ticket is P0 or P1",)),
    ],
    ids=[
        "none",
        "eight",
        "nine",
        "a topic is no ticket",
        "low",
        "only looked into",
        "one mitigates",
        "done",
        "not done",
    ],
)
def test_a_reviewer_is_told_what_is_odd_about_the_set(items: tuple[ActionItem, ...], said: tuple[str, ...]) -> None:
    found = triage.warnings(items)
    assert [each.startswith(begin) for each, begin in zip(found, said, strict=True)] == [True] * len(said)


def test_a_review_without_any_ticket_is_worth_a_word() -> None:
    assert triage.warnings([item(1, Decision.DISCUSS)]) == ()
    assert "no ticket yet" in triage.warnings([item(1, Decision.DISCUSS)], reviewing=True)[0]


def test_only_what_stands_by_itself_takes_others_in() -> None:
    one, two, three = item(1), item(2, Decision.MERGED, merged_into="a1"), item(3)
    assert triage.targets([one, two, three], three) == (one,)
    assert triage.targets([one, two, three], one) == (), "it has taken another one in"
    with pytest.raises(BadInput, match="undo that first"):
        triage.target([one, two, three], one, "a3")
    with pytest.raises(BadInput, match="choose another one"):
        triage.target([one, two, three], three, "a2")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("Improve the dashboards", "“improve”: say from which value to which"),
        ("We should look into the retries", "“look into”: say which question"),
        ("Be more careful with deploys", "“be more careful”: say what makes the right way"),
        ("Train everyone on the runbook", "“train”"),
        ("Make the queue more robust", "“make the queue more robust”"),
        ("better  alerting for pay", "“better alerting”"),
        ("Alert on checkout's 99th percentile above 2 s", ""),
        ("Raise the training job's limit to 8 GB", ""),
    ],
)
def test_vague_verbs_get_a_hint_and_plain_work_none(words: str, hint: str) -> None:
    found = actionable.hints(words)
    assert bool(found) is bool(hint)
    assert "".join(found).startswith(hint)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", " ="])
def test_no_cell_of_the_file_is_a_formula(begin: str) -> None:
    words = f'{begin}HYPERLINK("https://x.example";"a, b")'
    life = Life(actions=(replace(item(1), text=words), item(2, ticket="https://jira.example/2")))
    header, row, *rest = csv_rows(life)
    assert header == list(actions_csv.COLUMNS)
    assert rest == [], "a ticket that is there already is not made again"
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)
    assert words.strip() in row[0]
    assert row[2:5] == ["prevent", "P1", "sev1 sev1_20261123"]


def test_the_description_in_the_file_is_no_markup_for_jira() -> None:
    words = "{code}x\n# one [a|http://evil.example] (x)"
    life = Life(actions=(replace(item(1), text=words, justification="*b*", roi="_c_"),))
    _, row = csv_rows(life)
    assert row[1].splitlines()[:4] == [
        r"bq. \{code\}x", r"bq. # one \[a\|http://evil.example\] &#40;x)", r"Why: \*b\*", r"ROI: \_c\_",
    ]  # fmt: skip


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.REVIEWED])
def test_the_whole_of_it_says_in_review_what_is_odd(status: Status) -> None:
    seen = factories.overview(record=factories.postmortem(status=status), life=Life(actions=LOW))
    assert ("No ticket is P0 or P1" in str(hub.hub(seen).blocks)) is (status is Status.IN_REVIEW)
