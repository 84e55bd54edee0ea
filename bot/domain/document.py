"""The post-mortem document with the headings of the template: what the harvest knows is filled in as a proposal, what
the owner must write is marked as such. One value, rendered by bot.documents; `now` never shows in it, so that the same
record gives the same document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain import (
    draft_facts,
    draft_findings,
    draft_questions,
    draft_responders,
    draft_timeline,
    draft_written,
    mailing,
    page,
    typed,
)
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.headings import Part
from bot.domain.mail_draft import Letter
from bot.domain.overview import Overview
from bot.domain.page import (
    Block,
    Bullets,
    Code,
    Document,
    Figure,
    Inline,
    Line,
    Link,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
)
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

__all__ = [
    "Block", "Bullets", "Code", "Document", "Figure", "Inline", "Line", "Link", "Note", "Paragraph", "Section", "Table", "Text",
    "build",
]  # fmt: skip


def build(overview: Overview) -> Document:
    """The whole document of one record (R-20 to R-30, R-64)."""
    record = overview.postmortem
    sections = _sections(overview)
    return Document(
        title=f"{record.name}: {typed.one_line(record.subject) or _untitled(record)}",
        facts=draft_facts.facts(overview),
        notes=(*draft_facts.notes(overview), *draft_questions.open_note(overview)),
        sections=tuple(map(page.unwritten, sections)) if record.status is Status.CLOSED else sections,
    )


_SECTIONS: Mapping[Part, Callable[[Overview], Section]] = {
    Part.OVERVIEW: draft_written.overview_section,
    Part.WHAT_HAPPENED: draft_written.what_happened,
    Part.FACTORS: draft_written.factors,
    Part.RESOLUTION: draft_written.resolution,
    Part.IMPACT: draft_written.impact,
    Part.RESPONDERS: draft_responders.responders,
    Part.TIMELINE: draft_timeline.timeline_section,
    Part.QUERIES: draft_findings.queries,
    Part.HOW_DID_WE_DO: draft_written.how_did_we_do,
    Part.ACTION_ITEMS: draft_timeline.action_items,
    Part.MESSAGING: lambda overview: _messaging(overview),
}


def _sections(overview: Overview) -> tuple[Section, ...]:
    """In the order and with the headings that the settings give them."""
    ordered = (replace(_SECTIONS[part](overview), heading=heading) for part, heading in overview.headings)
    return (*ordered, *draft_questions.appendix(overview))


def _untitled(record: Postmortem) -> str:
    return "restricted post-mortem" if record.restricted else "post-mortem without a title yet"


def _ask(heading: str, sentence: str) -> Section:
    return Section(heading, (page.prompt(sentence),))


def _messaging(overview: Overview) -> Section:
    return Section("Messaging", sections=(_internal(overview), _external(overview.life.external)))


def _internal(overview: Overview) -> Section:
    """R-53: the text as it was written or sent, and when it was."""
    heading, draft = "Internal Email", mailing.draft(overview, Letter.SUMMARY)
    said = draft_written.paragraphs(draft.body)
    if not said:
        sentence = "a short paragraph for colleagues with the link to this document, right after the meeting."
        return _ask(heading, sentence)
    marks = [
        Note(page.line(f"Sent on {draft_facts.utc(each.at)} UTC by {draft_facts.name(overview, each.by)}."))
        for each in mailing.sent(overview)
    ]
    return Section(heading, (*marks, *said))


def _external(decision: ExternalDecision) -> Section:
    """R-36: its three parts, or the decision that there is none."""
    heading = "External Message"
    if decision.value is ExternalMessage.NONE:
        why = f" {typed.one_line(decision.reason)}" if decision.reason.strip() else ""
        return Section(heading, (Paragraph(page.line(f"It was decided that there is none.{why}")),))
    text = decision.frozen or decision.text
    parts = (
        ("Summary", text.summary, "two or three sentences: how long, and what customers noticed."),
        ("What Happened?", text.happened, "what went wrong, in words that customers know."),
        ("What Are We Doing About This?", text.doing, "what is done so that it does not come back."),
    )
    asked = page.prompt("decide whether customers get a message; if so, with an honest apology.")
    sections = tuple(
        Section(name, draft_written.paragraphs(said) or (page.prompt(sentence),)) for name, said, sentence in parts
    )
    return Section(heading, () if decision.value is ExternalMessage.PRESENT else (asked,), sections)
