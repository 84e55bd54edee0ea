"""Findings of the harvest: replaced by a newer analysis, unless a person has decided on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.harvest.finding import (
    Confidence,
    CustomerCount,
    EndOfCall,
    Findings,
    Presence,
    PublicText,
    QueryFinding,
    RecordingFinding,
    Reference,
    Responder,
    Role,
    RoleClaim,
    TimelineFinding,
    TimelineKind,
    TodoFinding,
)
from storage import harvest_tables as tables

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLAIM = RoleClaim(Role.ic, "U1", None, AT, "1.0", "H-01", Confidence.A)
ITEM = TimelineFinding(
    "2.0", None, 0, AT, "U1", TimelineKind.action, "restarted pay", ("https://x", "https://y"), "H-10", Confidence.B
)
TODO = TodoFinding("3.0", "2.0", 1, None, "fix it", "", "Ann", "H-12", Confidence.C)
WHOLE = Findings(
    responders=(
        Responder("U1", "Ann", 12, (Role.ic, Role.scribe), "IC", True),
        Responder("U0", "Bob", 0, (), "present", False),
    ),
    role_claims=(CLAIM, replace(CLAIM, role=Role.scribe), replace(CLAIM, ts="0.5", user_id=None, name="Zed")),
    ic=CLAIM,
    scribe=replace(CLAIM, role=Role.scribe),
    timeline=(
        ITEM,
        replace(ITEM, line=1),
        replace(ITEM, kind=TimelineKind.resolved, text="same line"),
        replace(ITEM, ts="1.0"),
    ),
    todos=(TODO, replace(TODO, ts="9.0", due="by friday")),
    recordings=(RecordingFinding("4.0", "https://zoom/rec"), RecordingFinding("4.0", "https://zoom/" + "r" * 9000)),
    queries=(QueryFinding("5.0", None, 2, "U2", "select 1; -- \x1b", result="(1 row)", result_ts="6.0"),),
    end_of_call=EndOfCall("6.0", AT + timedelta(hours=1)),
    severities=(("1.0", 2), ("2.0", 1)),
    references=(
        Reference("ticket", "OPS-7", "", "1.0", "H-38"),
        Reference("pull", "#12", "https://git.example/a/pull/12", "2.0", "H-39", Confidence.B),
    ),
    customers=(CustomerCount("2,300", "accounts", "about 2,300 accounts are hit", "3.0"),),
    public_texts=(PublicText("We are looking into it.\nNext update at 15:00.", "4.0"),),
    presence=Presence(("U7", "U8"), (("U9", "5.0"),), ("an app \u2028", "Pager")),
    title="Reminder e-mails delayed",
)


@pytest.fixture
def decide(engine):
    def decide(table, state, **key):
        with engine.begin() as conn:
            chosen = sa.and_(*(table.c[name] == value for name, value in key.items()))
            assert conn.execute(table.update().where(chosen).values(state=state)).rowcount == 1

    return decide


@pytest.fixture
def analysed(write, record):
    def analysed(findings):
        with write() as unit:
            unit.proposals.replace(record.id, findings)
        with write() as unit:
            return unit.proposals.load(record.id)

    return analysed


def test_there_is_nothing_before_the_first_analysis(store, record):
    with store.reading() as unit:
        assert unit.proposals.load(record.id) is None
        assert unit.proposals.ic(record.id) is None


def test_who_was_there_and_who_was_named_is_known_without_all_else(store, analysed, record):
    with store.reading() as unit:
        assert unit.proposals.people(record.id) == Findings()
    analysed(WHOLE)
    with store.reading() as unit:
        assert unit.proposals.people(record.id) == Findings(responders=WHOLE.responders, role_claims=WHOLE.role_claims)


@pytest.mark.parametrize("ic", [CLAIM, None], ids=["named", "not named"])
def test_whom_the_channel_names_as_the_ic_is_known_without_all_else(store, analysed, record, ic):
    analysed(replace(WHOLE, ic=ic))
    with store.reading() as unit:
        assert unit.proposals.ic(record.id) == ic


@pytest.mark.parametrize("findings", [WHOLE, Findings()], ids=["many", "none"])
def test_findings_come_back_as_they_were_in_their_order(analysed, findings):
    assert analysed(findings) == findings
    assert analysed(findings) == findings


@pytest.mark.parametrize(
    "alone",
    [
        Findings(title="Checkout returns 502"),
        Findings(presence=Presence(silent=(("U9", "5.0"),))),
        Findings(references=WHOLE.references),
    ],
    ids=["a title", "somebody silent", "tickets"],
)
def test_what_stands_beside_the_lists_is_kept_without_any_list(analysed, alone):
    assert analysed(alone) == alone


def test_an_analysis_from_before_there_was_a_place_for_it_has_nothing_beside_the_lists(analysed, engine, store, record):
    analysed(WHOLE)
    with engine.begin() as conn:
        conn.execute(tables.analysis.update().values(beside=None))
        conn.execute(tables.todo.update().values(due=None))
    with store.reading() as unit:
        found = unit.proposals.load(record.id)
    assert (found.references, found.presence, found.title) == ((), Presence(), "")
    assert [each.due for each in found.todos] == ["", ""]


def test_a_newer_analysis_takes_the_place_of_the_older(analysed):
    analysed(WHOLE)
    newer = Findings(timeline=(replace(ITEM, text="restarted search"),), ic=replace(CLAIM, user_id="U9"))
    assert analysed(newer) == newer


def test_a_confirmed_finding_outlives_what_a_newer_analysis_says_of_its_place(analysed, decide):
    analysed(WHOLE)
    decide(tables.timeline_item, "confirmed", ts="2.0", line=0, nth=0)
    newer = analysed(Findings(timeline=(replace(ITEM, text="something else"), replace(ITEM, ts="7.0"))))
    assert newer.timeline == (ITEM, replace(ITEM, ts="7.0"))


def test_a_rejected_finding_never_comes_back(analysed, decide):
    analysed(WHOLE)
    decide(tables.todo, "rejected", ts="3.0")
    assert analysed(WHOLE).todos == WHOLE.todos[1:]
    assert analysed(replace(WHOLE, todos=())).todos == ()
    assert analysed(WHOLE).todos == WHOLE.todos[1:]


def test_a_confirmed_finding_stays_when_the_analysis_finds_it_no_more(analysed, decide):
    analysed(WHOLE)
    decide(tables.query, "confirmed", ts="5.0")
    assert analysed(Findings()) == Findings(queries=WHOLE.queries)


def test_the_rows_of_an_analysis_are_the_same_whatever_was_analysed_before(analysed, engine):
    def rows():
        found = (tables.role_claim, tables.responder, tables.timeline_item, tables.todo, tables.recording, tables.query)
        with engine.begin() as conn:
            return [
                conn.execute(sa.select(table).order_by(*table.primary_key)).all() for table in (*found, tables.analysis)
            ]

    analysed(WHOLE)
    undisturbed = rows()
    analysed(Findings(timeline=(ITEM,)))
    analysed(WHOLE)
    assert rows() == undisturbed


def test_records_do_not_share_findings(write, record, a_record):
    with write() as unit:
        unit.records.add(a_record(2))
        unit.proposals.replace(record.id, WHOLE)
        unit.proposals.replace("pm2", Findings(todos=(TODO,)))
        unit.proposals.replace("pm2", Findings())
        assert unit.proposals.load(record.id) == WHOLE
        assert unit.proposals.load("pm2") == Findings()


BY_HAND = TodoFinding("7.0", None, 0, "U2", "the dashboard lies", "", None, "reaction", Confidence.A)


def todos(store, record):
    with store.reading() as unit:
        found = unit.proposals.load(record.id)
        return [(each.ts, each.rule) for each in found.todos] if found else []


def test_what_somebody_points_out_is_proposed_before_and_after_an_analysis(store, write, record, analysed):
    with write() as unit:
        unit.proposals.point_out(record.id, todos=[BY_HAND], queries=[replace(WHOLE.queries[0], rule="reaction")])
    assert todos(store, record) == [("7.0", "reaction")]
    found = analysed(replace(WHOLE, queries=()))
    assert [each.ts for each in found.todos] == ["7.0", "3.0", "9.0"]
    assert [each.text for each in found.queries] == ["select 1; -- \x1b"]


def test_pointing_out_what_the_analysis_found_adds_nothing(store, write, record, analysed):
    analysed(WHOLE)
    with write() as unit:
        unit.proposals.point_out(record.id, todos=[replace(BY_HAND, ts="3.0")])
    assert todos(store, record) == [("3.0", "H-12"), ("9.0", "H-12")]


def test_an_analysis_that_finds_it_too_takes_the_place_of_what_was_pointed_out(store, write, record, analysed):
    with write() as unit:
        unit.proposals.point_out(record.id, todos=[replace(BY_HAND, ts="3.0")])
    assert [(each.ts, each.line) for each in analysed(WHOLE).todos] == [("3.0", 1), ("9.0", 1)]


def test_what_nobody_points_out_any_more_is_gone_unless_it_was_decided(store, write, record, decide):
    with write() as unit:
        unit.proposals.point_out(record.id, todos=[BY_HAND, replace(BY_HAND, ts="8.0")])
    decide(tables.todo, tables.CONFIRMED, ts="8.0")
    with write() as unit:
        unit.proposals.take_back(record.id, "todos", "7.0")
        unit.proposals.take_back(record.id, "todos", "8.0")
    assert todos(store, record) == [("8.0", "reaction")]


def test_what_was_turned_down_is_proposed_again_when_somebody_points_it_out(store, write, record, analysed, decide):
    analysed(WHOLE)
    decide(tables.todo, tables.REJECTED, ts="3.0")
    with write() as unit:
        unit.proposals.point_out(record.id, todos=[replace(BY_HAND, ts="3.0")])
    assert todos(store, record) == [("3.0", "reaction"), ("9.0", "H-12")]
