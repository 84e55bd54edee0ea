"""Column types hand back what was put in, or refuse it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import types

SLOWLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ODD_ZONE = timezone(timedelta(hours=-9, minutes=-30))
MOMENTS = st.datetimes(
    min_value=datetime(2, 1, 1),
    max_value=datetime(9998, 1, 1),
    timezones=st.timezones() | st.just(ODD_ZONE),
)


@pytest.fixture
def table(engine):
    metadata = sa.MetaData()
    table = sa.Table(
        "kept",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", types.UTCDateTime),
        sa.Column("text", types.CleanText),
        sa.Column("json", types.JsonText),
    )
    metadata.create_all(engine)
    return table


def kept(engine, table, column, value):
    with engine.begin() as conn:
        conn.execute(table.delete())
        conn.execute(table.insert().values({"id": 1, column: value}))
        return conn.scalar(sa.select(table.c[column]))


@SLOWLY
@given(moment=MOMENTS)
def test_an_instant_comes_back_as_the_same_instant_in_utc(engine, table, moment):
    back = kept(engine, table, "at", moment)
    assert back == moment.astimezone(UTC)
    assert back.utcoffset() == timedelta(0)


@SLOWLY
@given(moments=st.lists(MOMENTS, min_size=2, max_size=6))
def test_instants_sort_in_the_database_as_they_do_in_time(engine, table, moments):
    with engine.begin() as conn:
        conn.execute(table.delete())
        conn.execute(table.insert(), [{"id": number, "at": moment} for number, moment in enumerate(moments)])
        back = list(conn.scalars(sa.select(table.c.at).order_by(table.c.at)))
    assert back == sorted(moment.astimezone(UTC) for moment in moments)


def test_a_naive_instant_is_refused(engine, table):
    with pytest.raises(sa.exc.StatementError, match="naive"):
        kept(engine, table, "at", datetime(2026, 1, 1))


def test_nothing_comes_back_as_nothing(engine, table):
    assert [kept(engine, table, column, None) for column in ("at", "text", "json")] == [None, None, None]


@SLOWLY
@given(text=st.text(alphabet=st.characters(codec=None) | st.sampled_from("\x00\ud800\udfff")))
def test_any_text_can_be_stored_and_what_cannot_is_replaced_visibly(engine, table, text):
    back = kept(engine, table, "text", text)
    assert back == "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@SLOWLY
@given(value=JSON.filter(lambda value: value is not None))
def test_any_json_can_be_stored(engine, table, value):
    assert kept(engine, table, "json", value) == types.clean_json(value)


@pytest.mark.parametrize(
    ("value", "back"),
    [
        pytest.param({"a": "\x00\ud83d"}, {"a": "\ufffd\ufffd"}, id="in a value"),
        pytest.param({"\ud83d": 1}, {"\ufffd": 1}, id="in a key"),
        pytest.param([["\x00"]], [["\ufffd"]], id="deep inside"),
        pytest.param({"a": "\\u0000"}, {"a": "\\u0000"}, id="six characters that only look like it"),
    ],
)
def test_json_is_cleaned_where_it_must_be(engine, table, value, back):
    assert kept(engine, table, "json", value) == back


def test_json_with_no_meaning_elsewhere_is_refused(engine, table):
    with pytest.raises(sa.exc.StatementError, match="JSON"):
        kept(engine, table, "json", {"a": float("nan")})


def test_equal_json_is_stored_as_equal_bytes(engine, table):
    def written(value):
        kept(engine, table, "json", value)
        with engine.begin() as conn:
            return conn.exec_driver_sql("SELECT json FROM kept").scalar()

    assert written({"b": 1, "a": [1, 2]}) == written({"a": [1, 2], "b": 1}) == '{"a":[1,2],"b":1}'
