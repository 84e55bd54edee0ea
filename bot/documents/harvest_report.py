"""What a harvest found, for a program (JSON, the public shape that docs/harvest-json.md describes) and for a person
(Markdown). In Markdown nothing that somebody wrote can ping, become HTML or break a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.documents import harvest_beside
from bot.documents import harvest_markdown as md
from bot.domain.harvest.finding import (
    Confidence,
    CustomerCount,
    Findings,
    PublicText,
    QueryFinding,
    RecordingFinding,
    Reference,
    Responder,
    RoleClaim,
    TimelineFinding,
    TodoFinding,
)

_SURE = {Confidence.A: "convention", Confidence.B: "sure", Confidence.C: "suggested"}


def as_json(
    channel: str, findings: Findings, *, messages_read: int, threads_read: int, partial: bool, passed_over: int = 0
) -> dict[str, Any]:
    """The public shape: these keys and types and no others."""
    return {
        "channel": channel,
        "messages_read": messages_read,
        "threads_read": threads_read,
        "passed_over": passed_over,
        "partial": partial,
        "responders": [
            _person(each) | {"roles": [role.value for role in each.roles], "why": each.why}
            for each in findings.responders
            if each.suggested
        ],
        "ic": _role(findings.ic),
        "scribe": _role(findings.scribe),
        "timeline": [_entry(each) for each in findings.timeline],
        "todos": [_todo(each) for each in findings.todos],
        "recordings": [each.url for each in findings.recordings],
        "recording_findings": [_flat(each) for each in findings.recordings],
        "queries": [
            {"ts": each.ts, "text": each.text, "result": each.result, "result_ts": each.result_ts, **_by(each)}
            for each in findings.queries
        ],
        "title": findings.title,
        **_beside(findings),
    }


def _person(each: Responder) -> dict[str, Any]:
    return {"user_id": each.user_id, "name": each.name, "messages": each.messages}


def _entry(each: TimelineFinding) -> dict[str, Any]:
    return {
        "ts": each.ts,
        "at": iso(each.at),
        "user_id": each.user_id,
        "kind": each.kind.value,
        "text": each.text,
        "evidence": list(each.evidence),
        **_by(each),
    }


def _todo(each: TodoFinding) -> dict[str, Any]:
    said = {"ts": each.ts, "user_id": each.user_id, "text": each.text, "assignee": each.assignee}
    return {**said, **_by(each), "due": each.due or None}


def _by(each: RoleClaim | TimelineFinding | TodoFinding | QueryFinding) -> dict[str, str]:
    """The rule that found it, and how sure that is."""
    return {"rule": each.rule, "confidence": each.confidence.value}


def _beside(findings: Findings) -> dict[str, Any]:
    """What stands beside responders, timeline and follow-ups."""
    there = findings.presence
    return {
        "references": [_flat(each) for each in findings.references],
        "customers": [_flat(each) for each in findings.customers],
        "public_texts": [_flat(each) for each in findings.public_texts],
        "observers": [_person(each) for each in findings.responders if not each.suggested],
        "silent": [{"user_id": user_id, "ts": ts} for user_id, ts in there.silent],
        "joined": list(there.joined),
        "apps": list(there.apps),
        "role_claims": [_claim(each) for each in findings.role_claims],
    }


def _flat(found: Reference | CustomerCount | PublicText | RecordingFinding) -> dict[str, str]:
    return {**asdict(found), "confidence": found.confidence.value}


def iso(at: datetime) -> str:
    """A UTC instant as ISO 8601 with Z."""
    return at.isoformat().replace("+00:00", "Z")


def _role(claim: RoleClaim | None) -> dict[str, str] | None:
    if claim is None:
        return None
    return {"user_id": claim.user_id or claim.name or "", "evidence_ts": claim.ts}


def _claim(claim: RoleClaim) -> dict[str, str]:
    user_id = claim.user_id or claim.name or ""
    return {"role": claim.role.value, "user_id": user_id, "at": iso(claim.at), "ts": claim.ts, **_by(claim)}


def _passed_over(passed_over: int, read: int) -> list[str]:
    if not passed_over:
        return []
    where = "Nothing in them sounds" if passed_over == read else f"In {_count(passed_over, 'message')} nothing sounds"
    return [
        f"{where} of an incident: there only marked lines (`TODO: ...`) were taken. `--whole` weighs every message."
    ]


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def as_markdown(
    channel: str,
    findings: Findings,
    *,
    messages_read: int,
    threads_read: int,
    passed_over: int = 0,
    skipped: Iterable[str] = (),
    names: Mapping[str, str] | None = None,
) -> str:
    """A page for people. `passed_over`: messages of which nothing sounds of an incident; `skipped`: what was left out, one plain sentence
    each; `names` of those who wrote nothing, by id."""
    names = {**(names or {}), **{each.user_id: each.name for each in findings.responders}}
    left_out = list(skipped)
    parts = [
        f"# Harvest of #{md.inline(channel)}",
        f"Proposed title: {md.inline(findings.title)}" if findings.title else "",
        f"{_count(messages_read, 'message')} and {_count(threads_read, 'thread')} read. Everything below is a proposal.",
        *_passed_over(passed_over, messages_read),
    ]
    if left_out:
        parts.append(
            "**This is not everything.** Left out:\n\n" + "\n".join(f"- {md.inline(each)}" for each in left_out)
        )
    parts += [_responders(findings), _timeline(findings, names), _todos(findings, names)]
    parts += [harvest_beside.draw(findings, names), _rest(findings)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _who(user_id: str | None, names: Mapping[str, str]) -> str:
    return md.inline(names.get(user_id or "", user_id or "")) if user_id else "–"


def _named(claim: RoleClaim | None, names: Mapping[str, str]) -> str:
    return _who(claim.user_id or claim.name, names) if claim else "nobody named"


def _responders(findings: Findings) -> str:
    names = {each.user_id: each.name for each in findings.responders}
    rows = [
        (
            md.inline(each.name),
            ", ".join(role.value.replace("_", " ") for role in each.roles),
            str(each.messages),
            md.inline(each.why),
        )
        for each in findings.responders
        if each.suggested
    ]
    head = f"Incident commander: {_named(findings.ic, names)}. Scribe: {_named(findings.scribe, names)}."
    claims = [
        (each.at.strftime("%Y-%m-%d %H:%M:%S"), each.role.value.replace("_", " "), _named(each, names), *_found(each))
        for each in findings.role_claims
    ]
    parts = ["## Responders", head, md.table(("Who", "Roles", "Messages", "Why"), rows) if rows else ""]
    parts.append(md.table(("From (UTC)", "Role", "Who", "Rule", "Sure"), claims) if claims else "")
    return "\n\n".join(part for part in parts if part)


def _found(each: RoleClaim | TimelineFinding | TodoFinding) -> tuple[str, str]:
    """By which rule, and how sure that is."""
    return each.rule, _SURE[each.confidence]


def _timeline(findings: Findings, names: Mapping[str, str]) -> str:
    rows = [
        (
            each.at.strftime("%Y-%m-%d %H:%M:%S"),
            each.kind.value.replace("_", " "),
            md.parts(each.text),
            _who(each.user_id, names),
            " ".join(md.link(url) for url in each.evidence),
            *_found(each),
        )
        for each in findings.timeline
    ]
    head = ("Time (UTC)", "Kind", "Event", "Who", "Evidence", "Rule", "Sure")
    return "## Timeline\n\n" + (md.table(head, rows) if rows else "Nothing found.")


def _todos(findings: Findings, names: Mapping[str, str]) -> str:
    rows = [
        (
            md.inline(each.text),
            _who(each.assignee, names),
            md.inline(each.due),
            _who(each.user_id, names),
            *_found(each),
        )
        for each in findings.todos
    ]
    return "## Follow-ups\n\n" + (
        md.table(("What", "For", "Until", "From", "Rule", "Sure"), rows) if rows else "Nothing found."
    )


def _rest(findings: Findings) -> str:
    parts = []
    if findings.recordings:
        parts.append("## Recordings\n\n" + "\n".join(f"- {md.link(each.url)}" for each in findings.recordings))
    if findings.queries:
        parts.append("## Queries\n\n" + "\n\n".join(map(_query, findings.queries)))
    return "\n\n".join(parts)


def _query(each: QueryFinding) -> str:
    """The query, and below it what it has shown."""
    return f"{md.code(each.text)}\n\nIt showed:\n\n{md.code(each.result)}" if each.result else md.code(each.text)
