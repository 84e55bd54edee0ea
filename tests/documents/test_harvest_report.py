from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import harvest_markdown, harvest_report
from bot.domain.harvest.finding import (
    Confidence,
    CustomerCount,
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

AT = datetime(2026, 1, 5, 14, 2, 0, 100, tzinfo=UTC)
TS = "1767621720.000100"
EVIL = "<script>alert(1)</script> | <!channel> @here\n# head `x` [a](javascript:x) *b* https://a.example/x_y?a=1|2"


def findings(text: str = "restarted lb-03", name: str = "ana") -> Findings:
    claim = RoleClaim(Role.ic, "U1", None, AT, TS, "H-03", Confidence.B)
    return Findings(
        responders=(
            Responder("U1", name, 3, (Role.ic,), "named as ic", True),
            Responder("U2", "watcher", 1, (), "", False),
        ),
        role_claims=(claim,),
        ic=claim,
        timeline=(
            TimelineFinding(
                TS, None, 0, AT, "U1", TimelineKind.action, text, ("https://g.example/1",), "H-26", Confidence.C
            ),
        ),
        todos=(TodoFinding(TS, None, 0, "U1", text, "", "U1", "H-01", Confidence.A),),
        recordings=(RecordingFinding(TS, "https://acme.zoom.us/rec/1"),),
        queries=(QueryFinding(TS, None, 0, "U1", text),),
    )


def as_json(found: Findings) -> dict[str, Any]:
    return harvest_report.as_json("ops", found, messages_read=5, threads_read=1, partial=False)


def test_the_public_shape_is_exact() -> None:
    assert as_json(findings()) == {
        "channel": "ops",
        "messages_read": 5,
        "threads_read": 1,
        "passed_over": 0,
        "partial": False,
        "responders": [{"user_id": "U1", "name": "ana", "messages": 3, "roles": ["ic"], "why": "named as ic"}],
        "ic": {"user_id": "U1", "evidence_ts": TS},
        "scribe": None,
        "timeline": [
            {
                "ts": TS,
                "at": "2026-01-05T14:02:00.000100Z",
                "user_id": "U1",
                "kind": "action",
                "text": "restarted lb-03",
                "evidence": ["https://g.example/1"],
                "rule": "H-26",
                "confidence": "C",
            }
        ],
        "todos": [
            {
                "ts": TS,
                "user_id": "U1",
                "text": "restarted lb-03",
                "assignee": "U1",
                "rule": "H-01",
                "confidence": "A",
                "due": None,
            }
        ],
        "recordings": ["https://acme.zoom.us/rec/1"],
        "recording_findings": [
            {"ts": TS, "url": "https://acme.zoom.us/rec/1", "rule": "H-18", "confidence": "C"},
        ],
        "queries": [
            {"ts": TS, "text": "restarted lb-03", "result": "", "result_ts": None, "rule": "H-20", "confidence": "C"}
        ],
        "title": "",
        "references": [],
        "customers": [],
        "public_texts": [],
        "observers": [{"user_id": "U2", "name": "watcher", "messages": 1}],
        "silent": [],
        "joined": [],
        "apps": [],
        "role_claims": [
            {
                "role": "ic",
                "user_id": "U1",
                "at": "2026-01-05T14:02:00.000100Z",
                "ts": TS,
                "rule": "H-03",
                "confidence": "B",
            }
        ],
    }


def beside(text: str = "2,300 accounts are hit") -> dict[str, Any]:
    """What stands beside responders, timeline and follow-ups."""
    return {
        "references": (
            Reference("ticket", text, "", TS, "H-38"),
            Reference("pull", "#7", "https://g.example/pull/7", TS, "H-39"),
        ),
        "customers": (CustomerCount("2,300", "accounts", text, TS),),
        "public_texts": (PublicText(text, TS),),
        "presence": Presence(("U7",), (("U8", TS),), (text,)),
        "title": text,
    }


def test_what_stands_beside_it_has_keys_of_its_own() -> None:
    shown = as_json(replace(findings(), **beside()))
    assert shown["title"] == "2,300 accounts are hit"
    assert shown["references"] == [
        {"kind": "ticket", "text": "2,300 accounts are hit", "url": "", "ts": TS, "rule": "H-38", "confidence": "C"},
        {"kind": "pull", "text": "#7", "url": "https://g.example/pull/7", "ts": TS, "rule": "H-39", "confidence": "C"},
    ]
    assert shown["customers"] == [
        {
            "number": "2,300",
            "what": "accounts",
            "text": "2,300 accounts are hit",
            "ts": TS,
            "rule": "H-40",
            "confidence": "C",
        }
    ]
    assert shown["public_texts"] == [{"text": "2,300 accounts are hit", "ts": TS, "rule": "H-41", "confidence": "C"}]
    assert (shown["silent"], shown["joined"]) == ([{"user_id": "U8", "ts": TS}], ["U7"])
    assert shown["apps"] == ["2,300 accounts are hit"]


def test_until_when_is_told_where_somebody_said_it() -> None:
    found = findings()
    todos = (replace(found.todos[0], due="by friday"),)
    assert as_json(replace(found, todos=todos))["todos"][0]["due"] == "by friday"
    page = harvest_report.as_markdown("ops", replace(found, todos=todos), messages_read=1, threads_read=0)
    assert "| by friday |" in page


def test_every_key_is_described() -> None:
    described = (Path(__file__).parents[2] / "docs" / "harvest-json.md").read_text("utf-8")
    shown = as_json(replace(findings(), **beside(), queries=()))
    names = set(shown) | {
        f"{key}[].{name}"
        for key, rows in shown.items()
        if isinstance(rows, list)
        for row in rows
        if isinstance(row, dict)
        for name in row
    }
    assert sorted(name for name in names if f"`{name}`" not in described) == []


def test_markdown_says_why_somebody_is_a_responder_who_had_which_role_since_when_and_how_sure_that_is() -> None:
    page = harvest_report.as_markdown("ops", findings(), messages_read=1, threads_read=0)
    assert "| ana | ic | 3 | named as ic |" in page
    assert "| 2026-01-05 14:02:00 | ic | ana | H-03 | sure |" in page
    assert "| H-26 | suggested |" in page
    assert "| H-01 | convention |" in page


def test_markdown_names_who_took_no_part_and_what_else_was_found() -> None:
    page = harvest_report.as_markdown(
        "ops", replace(findings(), **beside()), messages_read=5, threads_read=1, names={"U7": "gus", "U8": "hal"}
    )
    for part in (
        "Proposed title: 2,300 accounts are hit",
        "- Observed: watcher",
        "- Called by name, and silent: hal",
        "- Only joined: gus",
        "- Apps: 2,300 accounts are hit",
        "- 2,300 accounts are hit (H-40)",
        "- \\#7 [g.example](https://g.example/pull/7) (H-39)",
        "## Texts for customers",
    ):
        assert part in page


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_beside_it_breaks_the_page(text: str) -> None:
    found = replace(findings(), **beside(text))
    page = harvest_report.as_markdown("ops", found, messages_read=1, threads_read=0, names={"U7": text})
    heads = [line for line in page.split("## Texts for customers")[0].split("\n") if line.startswith("#")]
    assert [head for head in heads if head.startswith("# ")] == heads[:1]
    json.dumps(as_json(found))


def test_nothing_found_keeps_every_key() -> None:
    empty = as_json(Findings())
    assert list(empty) == [
        "channel",
        "messages_read",
        "threads_read",
        "passed_over",
        "partial",
        "responders",
        "ic",
        "scribe",
        "timeline",
        "todos",
        "recordings",
        "recording_findings",
        "queries",
        "title",
        "references",
        "customers",
        "public_texts",
        "observers",
        "silent",
        "joined",
        "apps",
        "role_claims",
    ]
    assert (empty["ic"], empty["scribe"], empty["timeline"]) == (None, None, [])


def test_a_role_of_somebody_unknown_is_named_as_written() -> None:
    claim = RoleClaim(Role.ic, None, "Bob B", AT, TS, "H-02", Confidence.A)
    assert as_json(Findings(ic=claim))["ic"] == {"user_id": "Bob B", "evidence_ts": TS}


def test_markdown_has_a_part_for_each() -> None:
    page = harvest_report.as_markdown("ops", findings(), messages_read=5, threads_read=1, skipped=["a.json: broken"])
    for part in (
        "# Harvest of #ops",
        "## Responders",
        "Incident commander: ana.",
        "Scribe: nobody named.",
        "## Timeline",
        "2026-01-05 14:02:00",
        "## Follow-ups",
        "## Recordings",
        "## Queries",
        "a.json: broken",
    ):
        assert part in page
    assert "watcher" not in page.split("## Timeline")[0], "who only observed is no responder"


def test_markdown_says_when_nothing_was_found() -> None:
    page = harvest_report.as_markdown("ops", Findings(), messages_read=0, threads_read=0)
    assert page.count("Nothing found.") == 2


def table_rows(page: str) -> list[str]:
    outside = page.split("## Queries")[0]
    return [line for line in outside.split("\n") if line.startswith("|")]


def bars(row: str) -> int:
    return row.replace("\\|", "").count("|")


def test_hostile_text_stays_text_in_markdown() -> None:
    page = harvest_report.as_markdown("ops", findings(EVIL, name=EVIL), messages_read=1, threads_read=0).split(
        "## Queries"
    )[0]
    assert "<script" not in page
    assert "<!channel" not in page
    assert "@here" not in page
    assert "\\](javascript" in page
    assert page.count("](javascript") == page.count("\\](javascript")
    assert "\n# head" not in page
    assert {bars(row) for row in table_rows(page)} == {5, 6, 8, 7}


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=30))
def test_no_text_breaks_a_table(text: str, name: str) -> None:
    page = harvest_report.as_markdown("ops", findings(text, name), messages_read=1, threads_read=0)
    assert [bars(row) for row in table_rows(page)] == [5, 5, 5, 6, 6, 6, 8, 8, 8, 7, 7, 7]
    json.dumps(as_json(findings(text, name)))


@pytest.mark.parametrize("text", ["a ``` b", "````\nx", "plain", "`"])
def test_a_query_cannot_close_its_block(text: str) -> None:
    block = harvest_markdown.code(text).split("\n")
    assert block[0] == block[-1]
    assert block[0] not in "\n".join(block[1:-1])


@settings(deadline=None)
@given(st.text(max_size=200))
def test_one_line_stays_one_line(text: str) -> None:
    shown = harvest_markdown.inline(text)
    assert len(shown.splitlines()) <= 1
    assert "<" not in shown


def test_what_a_query_has_shown_stands_below_it() -> None:
    found = Findings(queries=(QueryFinding(TS, None, 0, "U1", "select 1", result="(1 row)", result_ts=TS),))
    page = harvest_report.as_markdown("ops", found, messages_read=1, threads_read=0, skipped=[], names={})
    assert page.index("select 1") < page.index("It showed:") < page.index("(1 row)")
    assert as_json(found)["queries"] == [
        {"ts": TS, "text": "select 1", "result": "(1 row)", "result_ts": TS, "rule": "H-20", "confidence": "C"}
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0.2% failing", "0.2% failing"),
        ("1. restart it", "1\\. restart it"),
        ("12) restart it", "12\\) restart it"),
        ("- restart it", "\\- restart it"),
        ("3 nodes", "3 nodes"),
    ],
)
def test_only_what_would_begin_a_list_is_escaped(text: str, shown: str) -> None:
    assert harvest_markdown.inline(text) == shown


def test_lines_of_one_thought_are_told_apart() -> None:
    assert (
        harvest_markdown.parts("rolled back to 1.2\nerrors down.\n\nall green")
        == "rolled back to 1.2; errors down. all green"
    )
    assert harvest_markdown.parts("") == ""
