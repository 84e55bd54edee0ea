"""What the harvest fills in the document: roles that were said, times in each severity, queries, those that people keep
before the others. Every other line says that it is proposed, by which rule, and links to the message it comes from."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import details, page, secrets, typed
from bot.domain.draft_facts import name, utc
from bot.domain.harvest.finding import Confidence, Findings, QueryFinding, Reference, RoleClaim
from bot.domain.harvest.message import instant
from bot.domain.overview import Overview
from bot.domain.page import Block, Bullets, Code, Line, Link, Paragraph, Section, Text
from bot.domain.queries import Query

_REFERENCES = 30


def queries(overview: Overview) -> Section:
    """R-25: commands and queries to the letter; first those that people keep, then what nobody decided on yet, where what
    looks like a secret is masked until somebody says that it is none."""
    kept, waiting = overview.life.queries, set(overview.life.waiting_queries)
    proposed = [each for each in found_in(overview).queries if (each.ts, each.line) in waiting]
    blocks: list[Block] = []
    for query in kept:
        blocks += _kept(overview, query)
    if kept and proposed:
        blocks.append(Paragraph((Text("Proposed from the channel, and not looked at yet:", strong=True),)))
    for each in proposed:
        blocks += _proposed(overview, each)
    if proposed or not kept:
        blocks.append(page.prompt("the commands and queries that the numbers in here come from."))
    return Section("Queries", tuple(blocks))


def _kept(overview: Overview, query: Query) -> list[Block]:
    source = overview.link(query.ts, query.thread_ts) if query.ts else None
    said: list[Line] = [
        page.line(Text(typed.one_line(query.tool), strong=True)) if query.tool else (),
        page.line(f"run by {name(overview, query.ran_by)}") if query.ran_by else (),
        page.line(Link(query.link, query.link)) if query.link else (),
        page.line(Link(source, "message")) if source else (),
    ]
    head = [part for part in said if part]
    line = page.line(*(piece for number, part in enumerate(head) for piece in ((", ", part) if number else (part,))))
    blocks: list[Block] = [Paragraph(line)] if head else []
    blocks.append(Code(query.text))
    results = [each.strip() for each in query.result.splitlines() if each.strip()]
    if results:
        first = page.line(Text("Result:", strong=True), " ", page.words(results[0]))
        blocks += [Paragraph(first), *(Paragraph(page.words(each)) for each in results[1:])]
    return blocks


def _proposed(overview: Overview, each: QueryFinding) -> list[Block]:
    who = f"{name(overview, each.user_id)}, {utc(instant(each.ts))} UTC "
    shown = secrets.masked(each.text)
    masked = " What looks like a secret in it is masked until somebody has looked at it." if shown != each.text else ""
    where = source(overview, each.ts, each.thread_ts, each.rule, each.confidence)
    return [Paragraph(page.line(who, where, masked)), Code(shown)]


def impact_times(overview: Overview) -> dict[int, str]:
    """How long it was SEV-1 and SEV-2, as far as the channel said so: severity -> text."""
    found = found_in(overview)
    said = [(instant(ts), severity) for ts, severity in found.severities]
    end = overview.postmortem.times.resolved_at or (found.end_of_call.at if found.end_of_call else None)
    if not said or end is None:
        return {}
    times = {1: timedelta(), 2: timedelta()}
    for (start, severity), (until, _) in zip(said, [*said[1:], (end, 0)], strict=True):
        if severity in times and until > start:
            times[severity] += min(until, end) - min(start, end)
    return {each: f"{round(length / timedelta(minutes=1))} minutes (proposed, H-07)" for each, length in times.items()}


def role_claims(overview: Overview, claims: tuple[RoleClaim, ...], nobody: str, *, settled: bool = False) -> Line:
    """Everybody who had a role, with the time from which they had it (R-22); said again by the same holder is no change.
    Once the role is `settled` it is no proposal any more, and the message alone says where it comes from."""
    parts: list[Line] = []
    changes = [
        claim for number, claim in enumerate(claims) if not number or _holder(claim) != _holder(claims[number - 1])
    ]
    for claim in changes:
        who = name(overview, claim.user_id, claim.name)
        url = overview.link(claim.ts, None) if settled else None
        where = source(overview, claim.ts, None, claim.rule, claim.confidence)
        where = page.line("(", Link(url, "message"), ")") if url else () if settled else where
        parts.append(page.line(f"{who} from {utc(claim.at)} ", where, "; " if claim is not changes[-1] else ""))
    return page.line(*parts) if parts else page.line(nobody)


def _holder(claim: RoleClaim) -> str | None:
    return claim.user_id or claim.name


def references(overview: Overview) -> tuple[Block, ...]:
    """The tickets and pull requests that people pointed at in the channel, each with its message; nobody has confirmed them."""
    found = found_in(overview).references
    if not found:
        return ()
    left = len(found) - _REFERENCES
    more = [page.line(f"and {left} more in the channel")] if left > 0 else []
    head = Text("Related tickets and pull requests, as far as the channel shows (proposed):", strong=True)
    return Paragraph((head,)), Bullets((*(_reference(overview, each) for each in found[:_REFERENCES]), *more))


def _reference(overview: Overview, each: Reference) -> Line:
    shown = Link(each.url, each.text) if details.is_web_address(each.url) else Text(typed.one_line(each.text))
    what = "pull request " if each.kind == "pull" else "ticket "
    return page.line(what, shown, " ", source(overview, each.ts, None, each.rule, each.confidence))


def bullets(*rows: tuple[str, Line]) -> Bullets:
    """Label and value, the label set in bold."""
    return Bullets(tuple(page.line(Text(f"{label}:", strong=True), " ", value) for label, value in rows))


def found_in(overview: Overview) -> Findings:
    """What the harvest proposes; nothing before the first one."""
    return overview.findings or Findings()


def source(overview: Overview, ts: str, thread_ts: str | None, rule: str, confidence: Confidence) -> Line:
    """Where a proposal comes from: the message, how sure it is, and the rule."""
    word = "suggested" if confidence is Confidence.C else "proposed"
    url = overview.link(ts, thread_ts)
    message = page.line(Link(url, "message"), ", ") if url else ()
    return page.line("(", message, f"{word}, {rule})")
