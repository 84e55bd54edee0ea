"""The post-mortem document with the headings of the template: what the harvest knows is filled in as a proposal, what
the owner must write is marked as such. One value, rendered by bot.documents; `now` never shows in it, so that the same
record gives the same document."""

from __future__ import annotations

from bot.domain import draft_facts, draft_findings, draft_responders, page, typed
from bot.domain.overview import Overview
from bot.domain.page import (
    Block,
    Bullets,
    Code,
    Document,
    Inline,
    Line,
    Link,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
)

__all__ = [
    "Block", "Bullets", "Code", "Document", "Inline", "Line", "Link", "Note", "Paragraph", "Section", "Table", "Text",
    "build",
]  # fmt: skip

_ASK = "To be written"
_METRICS = (
    "Notifications delivered out of SLA",
    "Events dropped / not accepted",
    "Accounts affected",
    "Users affected",
    "Support requests raised",
)


def build(overview: Overview) -> Document:
    """The whole document of one record (R-20 to R-30, R-64)."""
    record = overview.postmortem
    return Document(
        title=f"{record.name}: {typed.one_line(record.title) or 'post-mortem without a title yet'}",
        facts=draft_facts.facts(overview),
        notes=draft_facts.notes(overview),
        sections=(
            _ask(
                "Overview", "one or two sentences: what contributed to it, how it went, whom it touched and how much."
            ),
            _ask("What Happened", "a short account in order, told by systems and roles; no names."),
            _ask(
                "Contributing Factors",
                "the conditions that made it possible, and what made it worse. There is rarely only one.",
            ),
            _ask("Resolution", "what ended it, whether that holds for good, and what the lasting fix is."),
            _impact(overview),
            draft_responders.responders(overview),
            draft_findings.timeline(overview),
            draft_findings.queries(overview),
            _how_did_we_do(),
            draft_findings.action_items(overview),
            _messaging(),
        ),
    )


def _ask(heading: str, sentence: str) -> Section:
    return Section(heading, (page.prompt(sentence),))


def _impact(overview: Overview) -> Section:
    times = draft_findings.impact_times(overview)
    rows = [(f"Time in SEV-{number}", times.get(number, _ASK)) for number in (1, 2)]
    rows += [(label, _ASK) for label in _METRICS]
    table = Table(("Measure", "Value"), tuple((page.line(label), page.line(value)) for label, value in rows))
    return Section(
        "Impact", (table, page.prompt("exact numbers; where none can be had, an estimate and how it was made."))
    )


def _how_did_we_do() -> Section:
    caught = tuple(
        page.line(Text(f"{what}:", strong=True), f" {_ASK.lower()}") for what in ("Canary", "Tests", "Load test")
    )
    return Section(
        "How'd We Do?",
        sections=(
            _ask("What Went Well", "what helped, and is worth keeping. It may stay empty."),
            _ask(
                "What Didn't Go So Well",
                "what got in the way, the response itself included; each point gets a follow-up.",
            ),
            Section("Could It Have Been Caught", (Bullets(caught),)),
        ),
    )


def _messaging() -> Section:
    return Section(
        "Messaging",
        sections=(
            _ask(
                "Internal Email",
                "a short paragraph for colleagues with the link to this document, right after the meeting.",
            ),
            Section(
                "External Message",
                (page.prompt("decide whether customers get a message; if so, with an honest apology."),),
                (
                    _ask("Summary", "two or three sentences: how long, and what customers noticed."),
                    _ask("What Happened?", "what went wrong, in words that customers know."),
                    _ask("What Are We Doing About This?", "what is done so that it does not come back."),
                ),
            ),
        ),
    )
