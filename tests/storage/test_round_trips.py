"""Whatever people type, and whatever Slack sends, comes back as it was put in; NUL characters and lone surrogates come
back as a visible replacement, since neither database nor wire takes both."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from enum import Enum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.harvest import finding as f
from bot.domain.harvest.message import FileRef, Message
from bot.domain.harvest.person import Person
from bot.domain.line_checks import CheckState, LineCheck
from bot.domain.merged import Facts, MergedInto, TookIn
from bot.domain.outgoing import Kind, Lane, Outgoing, lane_of
from bot.domain.postmortem import Audit, OwnerState, Postmortem, Roles, Times
from bot.domain.questions import Question, QuestionState, UsedAs
from bot.domain.status import Status
from bot.domain.watching import Watcher
from storage import types

EASY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
TEXT = st.text(alphabet=st.characters(codec=None) | st.sampled_from("\x00\ud800\udfff'\"\\<>&%:\u202e"), max_size=30)
WORD = st.text(alphabet=st.characters(codec=None), max_size=12)
MAYBE = st.none() | WORD
MOMENT = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.timezones())
TS = st.builds("{}.{:06}".format, st.integers(1, 10**11 - 1), st.integers(0, 999_999))


def enum(kind):
    return st.sampled_from(list(kind))


def some(strategy, most=4):
    return st.lists(strategy, max_size=most).map(tuple)


TIMES = st.builds(Times, st.none() | MOMENT, st.none() | MOMENT, st.none() | MOMENT)
ROLES = st.builds(Roles, MAYBE, MAYBE, MAYBE, MAYBE, st.booleans())
MERGED_FACTS = st.builds(Facts, st.none() | st.integers(1, 5), *([st.none() | MOMENT] * 4))
TAKEN = st.builds(
    TookIn, WORD, st.integers(1, 2**31 - 1), WORD, MOMENT, MERGED_FACTS, MERGED_FACTS, st.none() | MOMENT, st.booleans()
)
INTO = st.builds(MergedInto, WORD.filter(bool), st.integers(1, 2**31 - 1), WORD, MOMENT, WORD)
POSTMORTEMS = st.builds(
    Postmortem,
    id=WORD.filter(lambda word: word != ""),
    team_id=WORD,
    channel_id=WORD,
    number=st.integers(1, 2**31 - 1),
    created_at=MOMENT,
    created_by=WORD,
    business_tz=WORD,
    weekend=st.frozensets(st.integers(0, 6)),
    version=st.integers(1, 2**31 - 1),
    status=enum(Status),
    title=TEXT,
    severity=st.none() | st.integers(1, 5),
    times=TIMES,
    roles=ROLES,
    owner=MAYBE,
    owner_state=enum(OwnerState),
    owner_since=st.none() | MOMENT,
    services=some(TEXT),
    recording=MAYBE,
    window_from=st.none() | MOMENT,
    window_until=st.none() | MOMENT,
    current=st.booleans(),
    end_of_call_at=st.none() | MOMENT,
    merged=st.none() | INTO,
    took_in=some(TAKEN, 2),
)
MESSAGES = st.builds(
    Message,
    channel_id=st.just("C1"),
    ts=TS,
    user_id=MAYBE,
    text=TEXT,
    subtype=MAYBE,
    thread_ts=st.none() | TS,
    bot_id=MAYBE,
    bot_name=MAYBE,
    edited_ts=st.none() | TS,
    reply_count=st.integers(0, 10**40),
    latest_reply=st.none() | TS,
    files=some(st.builds(FileRef, TEXT, TEXT, TEXT, TEXT), 2),
    links=some(TEXT),
    reactions=some(WORD),
    pinned=st.booleans(),
)
PEOPLE = st.builds(Person, WORD, TEXT, TEXT, MAYBE, st.booleans(), st.booleans(), st.booleans(), st.booleans(), TEXT)
LINE, SURE = st.integers(0, 3), enum(f.Confidence)
CLAIMS = st.builds(f.RoleClaim, enum(f.Role), MAYBE, MAYBE, MOMENT, TS | WORD, WORD, SURE)
ITEMS = st.builds(
    f.TimelineFinding, WORD, MAYBE, LINE, MOMENT, MAYBE, enum(f.TimelineKind), TEXT, some(TEXT), WORD, SURE
)
FINDINGS = st.builds(
    f.Findings,
    responders=some(st.builds(f.Responder, WORD, TEXT, st.integers(0, 10**6), some(enum(f.Role)), TEXT, st.booleans())),
    role_claims=some(CLAIMS),
    ic=st.none() | CLAIMS,
    scribe=st.none() | CLAIMS,
    timeline=some(ITEMS),
    todos=some(st.builds(f.TodoFinding, WORD, MAYBE, LINE, MAYBE, TEXT, TEXT, MAYBE, WORD, SURE, TEXT)),
    recordings=some(st.builds(f.RecordingFinding, WORD, TEXT, WORD, SURE)),
    queries=some(st.builds(f.QueryFinding, WORD, MAYBE, LINE, MAYBE, TEXT, WORD, SURE)),
    end_of_call=st.none() | st.builds(f.EndOfCall, TS, MOMENT, WORD, SURE),
    severities=some(st.tuples(TS, st.integers(1, 5))),
    references=some(st.builds(f.Reference, WORD, TEXT, TEXT, TS, WORD, SURE)),
    customers=some(st.builds(f.CustomerCount, WORD, WORD, TEXT, TS, WORD, SURE)),
    public_texts=some(st.builds(f.PublicText, TEXT, TS, WORD, SURE)),
    presence=st.builds(f.Presence, some(WORD), some(st.tuples(WORD, TS)), some(TEXT)),
    title=TEXT,
)

QUESTIONS = st.builds(
    Question, id=WORD, postmortem_id=st.just(""), asked_by=WORD, asked_of=WORD, text=TEXT, at=MOMENT,
    state=enum(QuestionState), answer=TEXT, answered_by=MAYBE, answered_at=st.none() | MOMENT, used_as=enum(UsedAs),
    version=st.integers(1, 2**31 - 1),
)  # fmt: skip
CHECKS = st.builds(LineCheck, st.just(""), WORD, WORD, MOMENT, enum(CheckState), TEXT, st.none() | MOMENT)


class Enough(Exception):
    """Rolls an example back, so that the next one finds nothing."""


@pytest.fixture
def rolled_back(write):
    def rolled_back(act):
        try:
            with write() as unit:
                result = act(unit)
                raise Enough
        except Enough:
            return result

    return rolled_back


def cleaned(value):
    """The value as it must come back."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return types.clean(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)  # an hour that a zone has twice equals nothing in another zone
    if dataclasses.is_dataclass(value):
        return type(value)(**{field.name: cleaned(getattr(value, field.name)) for field in dataclasses.fields(value)})
    return tuple(cleaned(each) for each in value) if isinstance(value, tuple) else value


@EASY
@given(postmortem=POSTMORTEMS)
def test_a_record(rolled_back, postmortem):
    def act(unit):
        unit.records.add(postmortem)
        return unit.records.get(postmortem.id)

    assert rolled_back(act) == cleaned(postmortem)


@EASY
@given(messages=st.lists(MESSAGES, max_size=5, unique_by=lambda message: message.ts))
def test_messages(rolled_back, reading_of, messages):
    def act(unit):
        unit.harvests.add_messages(reading_of, messages)
        return list(unit.harvests.messages(reading_of))

    assert rolled_back(act) == sorted(map(cleaned, messages), key=lambda message: message.at)


@EASY
@given(findings=FINDINGS)
def test_findings(rolled_back, record, findings):
    def act(unit):
        unit.proposals.replace(record.id, findings)
        return unit.proposals.load(record.id)

    assert rolled_back(act) == cleaned(findings)


@EASY
@given(people=st.lists(PEOPLE, max_size=5, unique_by=lambda person: types.clean(person.user_id)))
def test_people(rolled_back, people):
    def act(unit):
        unit.people.put("T1", people)
        return unit.people.all("T1")

    assert rolled_back(act) == {types.clean(person.user_id): cleaned(person) for person in people}


PLAIN = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
ROWS = st.builds(
    Outgoing,
    kind=enum(Kind),
    key=WORD,
    team_id=WORD,
    due_at=MOMENT,
    postmortem_id=MAYBE,
    payload=st.dictionaries(WORD, JSON, max_size=3),
)


@EASY
@given(row=ROWS)
def test_rows_of_the_outbox(rolled_back, engine, shift, row):
    shift[0] = datetime(2101, 1, 1) - datetime(2026, 1, 1)

    def act(unit):
        unit.outbox.put(row)
        return [each for lane in Lane for each in unit.outbox.claim(lane, by="w", limit=9, lease=shift[0])]

    (back,) = rolled_back(act)
    names = ("kind", "key", "team_id", "due_at", "postmortem_id")
    assert [getattr(back, name) for name in names] == [cleaned(getattr(row, name)) for name in names]
    assert back.payload == types.clean_json(dict(row.payload))
    assert lane_of(back.kind) is lane_of(row.kind)


@EASY
@given(old=MAYBE | TEXT, new=MAYBE | TEXT, at=MOMENT, severity=st.integers(1, 5))
def test_the_audit_trail(rolled_back, record, old, new, at, severity):
    entry = Audit(record.id, at, "U1", "title", old, new, "form")

    def act(unit):
        unit.ledger.note(entry)
        return unit.ledger.history(record.id)

    assert rolled_back(act) == [cleaned(entry)]


@EASY
@given(question=QUESTIONS, at=MOMENT, check=CHECKS)
def test_questions_watchers_and_confirmed_lines(rolled_back, record, question, at, check):
    asked, watcher = dataclasses.replace(question, postmortem_id=record.id), Watcher(record.id, "U1", at)
    looked = dataclasses.replace(check, postmortem_id=record.id)

    def act(unit):
        unit.questions.put(dataclasses.replace(asked, text="before"))
        unit.questions.put(asked)
        unit.watchers.put(watcher)
        unit.line_checks.put(looked)
        found = (unit.questions.get(asked.id), *unit.questions.all(record.id), *unit.line_checks.all(record.id))
        return found, unit.watchers.all(record.id), [unit.watchers.remove(record.id, "U1") for _ in range(2)]

    found, watchers, removed = rolled_back(act)
    assert found == (cleaned(asked), cleaned(asked), cleaned(looked))
    assert watchers == [cleaned(watcher)]
    assert removed == [True, False]
