"""What people wrote takes the place of what was asked for; what nobody decided on stays marked as proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.documents import markdown
from bot.domain import document
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.content import Content, Entry, Section
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.harvest.finding import QueryFinding, TimelineKind
from bot.domain.life import Life
from bot.domain.overview import Overview
from bot.domain.postmortem import SeverityChange
from bot.domain.queries import Query
from bot.domain.status import Status
from bot.domain.timeline import Item
from tests import factories

VALUES: dict[Section, dict[str, Any]] = {
    Section.OVERVIEW: {"overview": "Slow for 45 minutes.", "what_happened": "First.\n\nThen <!channel> | # x."},
    Section.FACTORS: {"trigger": "A deploy", "factors": ["No canary", "Old alert"]},
    Section.RESOLUTION: {"resolution": "Rolled back", "temporary": True, "long_term": "A limit"},
    Section.IMPACT: {
        "time_in_sev1": 45,
        "metrics": {"Requests failed": {"value": 24, "of": 100000}, "Old metric": {"unknown": "it is gone"}},
        "accounts": {"value": 1204},
        "users": {"unknown": "no logs"},
        "support": {"value": 2, "links": ["https://help.example/1"]},
    },
    Section.CAUGHT: {"canary": "Within minutes", "tests": "", "load_test": ""},
    Section.RETROSPECT: {"well": [], "badly": [], "nothing_to_note": True, "lucky": ["It was night"]},
    Section.RECORDING: {"none_because": "no call"},
    Section.RESPONDERS: {"no_scribe": True, "others": ["the database team"]},
}
CONTENT = Content({section: Entry(section, value, 1, "U2", factories.NOW) for section, value in VALUES.items()})


def item(text: str = "Pods restarted", **values: Any) -> Item:
    given = {
        "at": factories.STARTED,
        "kind": TimelineKind.action,
        "by": "U2",
        "saved_at": factories.NOW,
        "ts": "1.000001",
    }
    return Item("i", "record-7", text=text, **(given | values))


def action(decision: Decision, **values: Any) -> ActionItem:
    return ActionItem("a", "record-7", "Add an alert", decision, "U2", factories.NOW, **values)


def test_kept_queries_come_first_and_what_looks_like_a_secret_is_masked_in_the_others() -> None:
    key = "AKIA" + "IOSFODNN7EXAMPLE"
    query = Query(
        "q", "record-7", f"```` {key}\n", "U2", factories.NOW, "psql | x", "https://x.example/?a=1", "12 rows\n<!here>", "U3",
        "1.000001", 0,
    )  # fmt: skip
    left, decided = (
        QueryFinding("2.000001", None, 0, "U1", f"export K={key}"),
        QueryFinding("3.0", None, 0, "U1", "gone"),
    )
    given = {"queries": (query,), "waiting_queries": (("2.000001", 0),)}
    text = written(life=given, findings=factories.findings(queries=(left, decided)))
    part = text.split("## Queries\n")[1].split("\n## ")[0]
    assert part.startswith(
        "\n**psql \\| x**, run by Chioma, [https\\://x.example/?a=1](https://x.example/?a=1), "
        "[message](https://acme.slack.com/archives/C1/p1000001)\n\n"
        f"`````\n```` {key}\n\n`````\n\n**Result:** 12 rows\n\n&lt;!here&gt;\n"
    )
    assert "```\nexport K=AKIA…\n```" in part.split("not looked at yet")[1]
    assert "is masked until somebody has looked at it" in part
    assert "gone" not in part
    assert "To be written" not in written(life={"queries": (query,)}).split("## Queries\n")[1].split("\n## ")[0]


def written(**values: Any) -> str:
    life = Life(**({"content": CONTENT} | values.pop("life", {})))
    given = {
        "findings": factories.findings(),
        "harvest": factories.harvest(),
        "dimensions": ("Requests failed", "Late"),
    }
    overview: Overview = factories.overview(**(given | values), life=life)
    return markdown.render(document.build(overview))


def test_the_words_stand_where_they_were_asked_for() -> None:
    text = written()
    for part in (
        "## Overview\n\nSlow for 45 minutes.",
        "## What Happened\n\nFirst.\n\nThen &lt;!channel&gt; \\| \\# x.",
        "**Trigger:** A deploy\n\n- No canary\n- Old alert",
        "Rolled back\n\n**This is a temporary fix.**\n\n**Long-term solution:** A limit",
        "### What Didn't Go So Well\n\nNothing to note.",
        "### Where We Were Lucky\n\n- It was night",
        "**Canary:** Within minutes",
        "- **Call Recording:** there is none: no call",
        "**Scribe:** there was none",
        "- the database team",
    ):
        assert part in text


def test_the_impact_is_a_table_with_computed_shares_and_reasons() -> None:
    text = written()
    for row in (
        "| Time in SEV-1 | 45 minutes |",
        "| Requests failed | 0.024 % (24 of 100,000) |",
        "| Late | To be written |",
        "| Old metric | unknown, because it is gone |",
        "| Accounts affected | 1,204 |",
        "| Users affected | unknown, because no logs |",
        "| Support requests raised | 2: [https\\://help.example/1](https://help.example/1) |",
    ):
        assert row in text


def test_minutes_that_nobody_entered_come_from_the_history() -> None:
    changes = (SeverityChange("record-7", factories.STARTED + timedelta(minutes=30), 2, "U1"),)
    text = written(severities=changes, life={"content": Content()}, findings=None)
    assert "| Time in SEV-2 | 120 minutes (computed from the severity's history) |" in text


def test_kept_lines_have_their_evidence_and_proposals_stay_marked() -> None:
    waiting = factories.findings().timeline[0]
    items = (item(evidence=("https://grafana.example/d/1",)), item("Reboot", waiver="no logs"), item("Bare"))
    text = written(life={"items": items, "waiting_items": ((waiting.ts, waiting.line),)})
    assert (
        "| **Action:** Pods restarted ([message](https://acme.slack.com/archives/C1/p1000001)) | [grafana.example]"
        in text
    )
    assert "| no data exists: no logs |" in text
    assert "Bare" in text
    kept, proposed = text.split("**Proposed from the channel, and not looked at yet:**")
    assert "Error rate went up" not in kept
    assert "Error rate went up – Chioma" in proposed
    assert "Restarted the checkout pods" not in text, "what was dropped or kept is no proposal"


def test_decided_actions_have_their_ticket_or_reason() -> None:
    decided = (
        action(Decision.TICKET, ticket="https://jira.example/P-1"),
        action(Decision.WONT_DO, reason="too | dear"),
    )
    text = written(life={"actions": decided})
    assert "| Ticket |  |  | nobody yet | 2026-12-08 | [https\\://jira.example/P-1](https://jira.example/P-1) |" in text
    assert "| Won't do |  |  | nobody yet |  | too \\| dear |" in text
    assert "Proposed Action" not in text


def test_the_external_message_is_its_parts_or_the_decision() -> None:
    none = ExternalDecision(ExternalMessage.NONE, reason="nobody noticed")
    assert "It was decided that there is none. nobody noticed" in written(life={"external": none})


def test_a_reviewed_document_is_called_a_draft_no_more() -> None:
    text = written(record=factories.postmortem(status=Status.REVIEWED))
    assert "This is a draft" not in text


def test_a_closed_document_asks_for_nothing_any_more() -> None:
    closed = markdown.render(document.build(factories.overview(factories.postmortem(status=Status.CLOSED))))
    assert "To be written" in markdown.render(document.build(factories.overview()))
    assert "To be written:" not in closed.split("## Overview")[1]
    assert "to be written" not in closed
    assert "Internal Email\n\nNot written." in closed


def test_what_was_saved_in_forms_is_no_proposal_any_more() -> None:
    impact = {k: v for k, v in VALUES[Section.IMPACT].items() if k != "time_in_sev1"}
    saved = Content({**CONTENT.entries, Section.IMPACT: Entry(Section.IMPACT, impact, 1, "U2", factories.NOW)})
    said = written(life={"content": saved})
    assert "minutes (computed" in said
    assert "minutes (proposed" not in said
    responders = said.split("## Responders")[1].split("## Timeline")[0]
    assert "Responder (proposed)" not in responders


def test_tickets_show_their_terms_and_those_in_no_tracker_are_a_list_to_tick_off() -> None:
    terms: dict[str, Any] = {"kind": ActionKind.DETECT, "priority": Priority.LOWER, "justification": "cheap"}
    low = replace(action(Decision.TICKET, assignee="U3", due=date(2026, 12, 1), **terms), ts="1.000001")
    part = replace(action(Decision.MERGED, merged_into="a"), id="b", text="Alert too", ts="2.000001")
    text = written(life={"actions": (low, part)}).split("## Action Items\n")[1].split("\n## ")[0]
    assert "| Ticket | detect | lower | Chioma | 2026-12-01 | cheap |" in text
    assert text.count("p2000001") == 2, "what was merged is linked at what does it as well"
    assert "| Merged into another |  |  | nobody yet |  | into: Add an alert |" in text
    assert "- ☐ Add an alert (lower, detect, Chioma, due 2026-12-01)" in text
    assert "☐ Alert too" not in text


def test_what_an_action_item_is_worth_stands_beside_its_ticket_and_its_reason() -> None:
    dear = replace(action(Decision.WONT_DO), reason="too dear", roi="two weeks | for an hour a year")
    cheap = replace(action(Decision.TICKET, kind=ActionKind.PREVENT), id="b", roi="an hour")
    text = written(life={"actions": (dear, cheap)}).split("## Action Items\n")[1].split("\n## ")[0]
    assert "| too dear; ROI: two weeks" in text
    assert "| ROI: an hour |" in text
