"""The sections of the document that people write: their words where there are some, and where there are none what is asked
for, clearly marked (section 4 of the process)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain import draft_findings, measures, page, response_times, severity_time
from bot.domain.content import Section as Part
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import instant
from bot.domain.outgoing import Json
from bot.domain.overview import Overview
from bot.domain.page import Block, Bullets, Line, Link, Paragraph, Section, Table, Text
from bot.domain.response_times import ResponseTime
from bot.domain.severity_time import Stretch
from bot.domain.status import Status

# How a number came about that nobody entered: for whoever writes and reviews the document.
COMPUTED = " (computed from the severity's history)"
ASK = "To be written"


def overview_section(overview: Overview) -> Section:
    """One or two sentences."""
    sentence = "one or two sentences: what contributed to it, how it went, whom it touched and how much."
    return _told("Overview", overview.life.content.text(Part.OVERVIEW, "overview"), sentence)


def what_happened(overview: Overview) -> Section:
    """The account."""
    sentence = "a short account in order, told by systems and roles; no names."
    return _told("What Happened", overview.life.content.text(Part.OVERVIEW, "what_happened"), sentence)


def factors(overview: Overview) -> Section:
    """R-27: what set it off, and the conditions that made it possible."""
    content = overview.life.content
    trigger, listed = content.text(Part.FACTORS, "trigger"), content.texts(Part.FACTORS, "factors")
    blocks: list[Block] = [*_labelled("Trigger", trigger), *_bullets(listed)]
    if not listed:
        sentence = "the conditions that made it possible, and what made it worse. There is rarely only one."
        blocks.append(page.prompt(sentence))
    return Section("Contributing Factors", tuple(blocks))


def resolution(overview: Overview) -> Section:
    """What ended it, whether that holds, and what will."""
    content = overview.life.content
    said = content.text(Part.RESOLUTION, "resolution")
    if not said.strip():
        sentence = "what ended it, whether that holds for good, and what the lasting fix is."
        return Section("Resolution", (page.prompt(sentence),))
    blocks: list[Block] = list(paragraphs(said))
    if content.flag(Part.RESOLUTION, "temporary"):
        blocks.append(Paragraph((Text("This is a temporary fix.", strong=True),)))
    blocks += _labelled("Long-term solution", content.text(Part.RESOLUTION, "long_term"))
    return Section("Resolution", tuple(blocks))


def impact(overview: Overview) -> Section:
    """R-24, R-26: exact numbers, the percentages computed, and why where there is none."""
    value = overview.life.content.entry(Part.IMPACT).value
    kept = value.get("metrics")
    metrics = kept if isinstance(kept, dict) else {}
    rows = [(f"Time in SEV-{each}", _minutes(overview, value.get(f"time_in_sev{each}"), each)) for each in (1, 2)]
    rows += [(name, measures.shown(metrics.get(name))) for name in dict.fromkeys((*overview.dimensions, *metrics))]
    rows += [(f"{name.capitalize()} affected", measures.shown(value.get(name))) for name in ("accounts", "users")]
    lines = [(page.line(label), page.line(said or ASK)) for label, said in rows]
    lines.append((page.line("Support requests raised"), _support(value.get("support"))))
    lines += [(page.line(f"Time {each.name}"), page.line(each.said)) for each in times_of(overview)]
    blocks: list[Block] = [Table(("Measure", "Value"), tuple(lines))]
    if any(said == (Text(ASK),) for _, said in lines):
        blocks.append(page.prompt("exact numbers; where none can be had, an estimate and how it was made."))
    return Section("Impact", tuple(blocks))


def times_of(overview: Overview) -> tuple[ResponseTime, ...]:
    """X-4: to detect, acknowledge, mitigate and resolve."""
    return response_times.response_times(overview.life.items, overview.postmortem.times)


def how_did_we_do(overview: Overview) -> Section:
    """The response itself, and how it could have been caught."""
    content = overview.life.content
    well, badly, lucky = (content.texts(Part.RETROSPECT, name) for name in ("well", "badly", "lucky"))
    nothing, saved = content.flag(Part.RETROSPECT, "nothing_to_note"), content.entry(Part.RETROSPECT).version > 0
    kept = "what helped, and is worth keeping. It may stay empty."
    follow_up = "what got in the way, the response itself included; each point gets a follow-up."
    sections = [
        _points("What Went Well", well, kept, empty="–" if saved else ""),
        _points("What Didn't Go So Well", badly, follow_up, empty="Nothing to note." if nothing else ""),
        *([_points("Where We Were Lucky", lucky, "")] if lucky else []),
    ]
    return Section("How'd We Do?", sections=(*sections, _caught(overview)))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A paragraph a line: what people wrote keeps its lines."""
    return tuple(Paragraph(page.words(line.strip())) for line in text.splitlines() if line.strip())


def _told(heading: str, said: str, sentence: str) -> Section:
    return Section(heading, paragraphs(said) or (page.prompt(sentence),))


def _labelled(label: str, said: str) -> list[Block]:
    """The label in bold, and the words after it."""
    lines = paragraphs(said)
    if not lines:
        return []
    first = Paragraph(page.line(Text(f"{label}:", strong=True), " ", lines[0].line))
    return [first, *lines[1:]]


def _bullets(points: Iterable[str]) -> list[Block]:
    lines: tuple[Line, ...] = tuple(page.words(point) for point in points)
    return [Bullets(lines)] if lines else []


def _points(heading: str, points: tuple[str, ...], sentence: str, *, empty: str = "") -> Section:
    listed = _bullets(points)
    if not listed:
        listed = [Paragraph(page.line(empty)) if empty else page.prompt(sentence)]
    return Section(heading, tuple(listed))


def _caught(overview: Overview) -> Section:
    content = overview.life.content
    blocks: list[Block] = []
    left = []
    for label, name in (("Canary", "canary"), ("Tests", "tests"), ("Load test", "load_test")):
        said = content.text(Part.CAUGHT, name)
        blocks += _labelled(label, said)
        if not said.strip():
            said = "not written" if overview.postmortem.status is Status.CLOSED else ASK.lower()
            left.append(page.line(Text(f"{label}:", strong=True), f" {said}"))
    return Section("Could It Have Been Caught", (*blocks, *([Bullets(tuple(left))] if left else [])))


def _minutes(overview: Overview, kept: Json, severity: int) -> str:
    """What was entered; else what the channel said, as long as nobody recorded changes; else what the history says."""
    if isinstance(kept, int):
        return f"{kept} minutes"
    times = overview.postmortem.times
    span = (times.started_at, times.resolved_at)
    entered = [(change.at, change.severity) for change in overview.severities]
    proposed = draft_findings.impact_times(overview)
    confirmed = overview.life.content.entry(Part.IMPACT).version > 0
    if severity in proposed and not confirmed and not severity_time.stretches(entered, (), None, *span):
        return proposed[severity]
    parts = severities(overview)
    return f"{severity_time.minutes(parts, severity)} minutes{COMPUTED}" if parts else ""


def severities(overview: Overview) -> tuple[Stretch, ...]:
    """R-62: how bad it was from when to when."""
    record, found = overview.postmortem, overview.findings or Findings()
    entered = [(change.at, change.severity) for change in overview.severities]
    said = [(instant(ts), each) for ts, each in found.severities]
    return severity_time.stretches(entered, said, record.severity, record.times.started_at, record.times.resolved_at)


def _support(kept: Json) -> Line:
    links = kept.get("links") if isinstance(kept, dict) else None
    urls = [url for url in links if isinstance(url, str)] if isinstance(links, list) else []
    parts: list[str | Link] = [measures.shown(kept) or ASK]
    for number, url in enumerate(urls):
        parts += [": " if number == 0 else ", ", Link(url, url)]
    return page.line(*parts)
