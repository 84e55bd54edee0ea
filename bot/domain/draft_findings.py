"""The sections of the document that the harvest can fill: who was there, what happened when, what was to be done. Every
line says that it is proposed, by which rule, and links to the message it comes from."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import details, page, typed
from bot.domain.draft_facts import host, name, utc
from bot.domain.harvest.finding import Confidence, Findings, RoleClaim, TimelineFinding, TimelineKind, TodoFinding
from bot.domain.harvest.message import instant
from bot.domain.overview import Overview
from bot.domain.page import Block, Bullets, Code, Line, Link, Paragraph, Section, Table

_LONGEST = 3000
_MUST_HAVES = {
    "when it began": {TimelineKind.impact_start},
    "when somebody was paged": {TimelineKind.page},
    "when the status page was updated": {TimelineKind.public},
    "when it ended": {TimelineKind.resolved},
}


def timeline(overview: Overview) -> Section:
    """R-20: a row an event, in order of the time of the event; evidence beside it (R-21)."""
    found = _found(overview).timeline
    blocks: list[Block] = []
    if found:
        rows = tuple(_event(overview, each) for each in sorted(found, key=lambda each: each.at))
        blocks.append(Table(("Time (UTC)", "Event", "Data Link"), rows))
    kinds = {each.kind for each in found}
    missing = [what for what, any_of in _MUST_HAVES.items() if not kinds & any_of]
    if missing:
        blocks.append(page.prompt(f"what is not in the list yet: {', '.join(missing)}."))
    blocks.append(page.prompt("a metric or a page beside each event that shows how its time is known."))
    return Section("Timeline", tuple(blocks))


def action_items(overview: Overview) -> Section:
    """R-30: what was noted in the channel as to be done, as candidates for tickets."""
    rows = tuple(_todo(overview, each) for each in _found(overview).todos)
    prompts = (
        page.prompt(
            "a ticket for each that is worth one: fixes, being better prepared, the remaining steps of this post-mortem, "
            "and changes to how you respond."
        ),
    )
    if not rows:
        return Section("Action Items", prompts)
    return Section("Action Items", (Table(("Proposed Action", "Written By", "For", "Source"), rows), *prompts))


def queries(overview: Overview) -> Section:
    """R-25: commands and queries to the letter."""
    blocks: list[Block] = []
    for each in _found(overview).queries:
        who = f"{name(overview, each.user_id)}, {utc(instant(each.ts))} UTC "
        blocks.append(Paragraph(page.line(who, _source(overview, each.ts, each.thread_ts, each.rule, each.confidence))))
        blocks.append(Code(each.text))
    blocks.append(page.prompt("the commands and queries that the numbers in here come from."))
    return Section("Queries", tuple(blocks))


def impact_times(overview: Overview) -> dict[int, str]:
    """How long it was SEV-1 and SEV-2, as far as the channel said so: severity -> text."""
    found = _found(overview)
    said = [(instant(ts), severity) for ts, severity in found.severities]
    end = overview.postmortem.times.resolved_at or (found.end_of_call.at if found.end_of_call else None)
    if not said or end is None:
        return {}
    times = {1: timedelta(), 2: timedelta()}
    for (start, severity), (until, _) in zip(said, [*said[1:], (end, 0)], strict=True):
        if severity in times and until > start:
            times[severity] += min(until, end) - min(start, end)
    return {each: f"{round(length / timedelta(minutes=1))} minutes (proposed, H-07)" for each, length in times.items()}


def role_claims(overview: Overview, claims: tuple[RoleClaim, ...], nobody: str) -> Line:
    """Everybody who had a role, with the time from which they had it (R-22); said again by the same holder is no change."""
    parts: list[Line] = []
    changes = [
        claim for number, claim in enumerate(claims) if not number or _holder(claim) != _holder(claims[number - 1])
    ]
    for claim in changes:
        who = name(overview, claim.user_id, claim.name)
        source = _source(overview, claim.ts, None, claim.rule, claim.confidence)
        parts.append(page.line(f"{who} from {utc(claim.at)} ", source, "; " if claim is not changes[-1] else ""))
    return page.line(*parts) if parts else page.line(nobody)


def _holder(claim: RoleClaim) -> str | None:
    return claim.user_id or claim.name


def bullets(*rows: tuple[str, Line]) -> Bullets:
    """Label and value, the label set in bold."""
    return Bullets(tuple(page.line(page.Text(f"{label}:", strong=True), " ", value) for label, value in rows))


def _found(overview: Overview) -> Findings:
    return overview.findings or Findings()


def _event(overview: Overview, each: TimelineFinding) -> tuple[Line, ...]:
    label = each.kind.value.replace("_", " ").capitalize()
    kind = () if each.kind is TimelineKind.other else (page.Text(f"{label}:", strong=True), page.Text(" "))
    who = f" – {name(overview, each.user_id)} " if each.user_id else " "
    source = _source(overview, each.ts, each.thread_ts, each.rule, each.confidence)
    said = page.words(typed.clip(typed.one_line(each.text), _LONGEST))
    return (page.line(utc(each.at)), page.line(kind, said, who, source), _evidence(each.evidence))


def _evidence(urls: tuple[str, ...]) -> Line:
    if not urls:
        return page.line("to be added")
    links = [Link(url, host(url) if details.is_web_address(url) else url) for url in dict.fromkeys(urls)]
    return page.line(links[0], *(page.line(", ", link) for link in links[1:]))


def _todo(overview: Overview, each: TodoFinding) -> tuple[Line, ...]:
    whole = f"{each.text} – {each.detail}" if each.detail.strip() else each.text
    return (
        page.words(typed.clip(typed.one_line(whole), _LONGEST)),
        page.line(name(overview, each.user_id)),
        page.line(name(overview, each.assignee) if each.assignee else "nobody yet"),
        _source(overview, each.ts, each.thread_ts, each.rule, each.confidence),
    )


def _source(overview: Overview, ts: str, thread_ts: str | None, rule: str, confidence: Confidence) -> Line:
    word = "suggested" if confidence is Confidence.C else "proposed"
    url = overview.link(ts, thread_ts)
    message = page.line(Link(url, "message"), ", ") if url else ()
    return page.line("(", message, f"{word}, {rule})")
