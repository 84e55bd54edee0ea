"""A file read at a glance is the file as it is read with care; where it may not be, it is not read so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.integrations.slack_export import at_a_glance

TS = st.sampled_from(["1700000000.000100", "1700000001.5", "1700000002", "", "soon", 1700000003.1, None])
TEXT = st.sampled_from(["hello", "*bold* \u2014 \u00fc", "", None, 7, "\ud800", "<@U1> TODO: x"])
PART = st.sampled_from(["text", "files", "user", "ts"])
NESTED = st.lists(st.dictionaries(PART, st.just("x"), max_size=3), max_size=2)
ROW = st.fixed_dictionaries(
    {"ts": TS},
    optional={
        "text": TEXT,
        "thread_ts": st.sampled_from(["1700000000.000100", None, 5]),
        "replies": NESTED,
        "thread_replies": NESTED,
        "blocks": st.just([{"type": "section", "text": {"type": "mrkdwn", "text": "from a block"}}]),
        "subtype": st.just("channel_join"),
        "reply_users": st.just(["U1"]),
    },
)


def row(**more: Any) -> dict[str, Any]:
    return {"ts": "1700000000.000100", "text": "hello", **more}


def quick(*rows: Any) -> Any:
    return at_a_glance.quick("day.json", json.dumps(rows).encode())


@settings(deadline=None, max_examples=300)
@given(st.lists(ROW, max_size=4))
def test_what_is_read_at_a_glance_is_what_is_read_with_care(rows: list[dict[str, Any]]) -> None:
    found = quick(*rows)
    if found is not None:
        assert (found, 0) == at_a_glance.day("day.json", rows)


def test_a_usual_file_is_read_at_a_glance() -> None:
    found = quick(row(), row(ts="1700000001.000200", thread_ts="1700000000.000100", text="\u00fcber", blocks=[]))
    assert found.ts == ["1700000000.000100", "1700000001.000200"]
    assert found.threads == [None, "1700000000.000100"]
    assert found.texts == ["hello", "\u00fcber"]


def test_replies_that_are_only_pointed_at_are_no_matter() -> None:
    assert quick(row(replies=[{"user": "U1", "ts": "1700000001.000200"}])) is not None


@pytest.mark.parametrize(
    "rows",
    [
        [row(text="")],
        [row(text=None)],
        [row(ts="soon")],
        [row(ts=1700000000.0001)],
        [{"text": "no time"}],
        [row(replies=[{"ts": "1700000001.000200", "text": "said in it"}])],
        [row(slackdump_thread_replies=[{"ts": "1700000001.000200", "files": []}])],
        ["no message"],
        [None],
    ],
)
def test_what_is_odd_is_left_for_care(rows: list[Any]) -> None:
    assert quick(*rows) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{}",
        b'[{"ts": "1700000000.000100", "text": "x"}',
        b'[{"ts": "1700000000.000100", "text": "x", "more": "\xff"}]',
    ],
)
def test_a_broken_file_is_left_for_care(content: bytes) -> None:
    assert at_a_glance.quick("day.json", content) is None


def test_a_file_nested_too_deeply_is_left_for_care() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    assert at_a_glance.quick("day.json", b'[{"ts": "1700000000.000100", "text": "x", "more": ' + deep + b"}]") is None
