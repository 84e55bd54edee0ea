"""A finding in a few words: what sort it is, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.harvest.explanation import Beside
from bot.domain.harvest.finding import (
    CustomerCount,
    EndOfCall,
    PublicText,
    QueryFinding,
    RecordingFinding,
    Reference,
    RoleClaim,
    SeverityFinding,
    TimelineFinding,
    TodoFinding,
)
from bot.domain.harvest.rule import Finding

SORTS: Mapping[type, str] = {
    TodoFinding: "todo",
    TimelineFinding: "timeline",
    RoleClaim: "role",
    EndOfCall: "end_of_call",
    RecordingFinding: "recording",
    QueryFinding: "query",
    SeverityFinding: "severity",
    Reference: "reference",
    CustomerCount: "customers",
    PublicText: "public_text",
}
_NAMES = {
    "todo": "a follow-up",
    "timeline": "a line of the timeline",
    "role": "a role",
    "end_of_call": "the end of the call",
    "recording": "a recording",
    "query": "a command or query",
    "severity": "a severity",
    "reference": "a ticket or pull request",
    "customers": "a number of customers",
    "public_text": "a text for customers",
}


def sort(finding: Finding | Beside) -> str:
    """The word for it in JSON."""
    return SORTS[type(finding)]


def name(finding: Finding | Beside) -> str:
    """The words for it on a page."""
    return _NAMES[sort(finding)]


def text(finding: Finding | Beside, names: Mapping[str, str]) -> str:
    """What it says."""
    if isinstance(finding, RoleClaim):
        who = names.get(finding.user_id or "", finding.user_id) or finding.name or "nobody"
        return f"{finding.role.value.replace('_', ' ')}: {who}"
    if isinstance(finding, SeverityFinding):
        return f"SEV-{finding.severity}"
    if isinstance(finding, EndOfCall):
        return f"{finding.at:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(finding, RecordingFinding):
        return finding.url
    if isinstance(finding, CustomerCount):
        return f"{finding.number} {finding.what}".strip()
    return finding.text


def more(finding: Finding | Beside) -> dict[str, Any]:
    """What only some sorts have: the kind and time of a line, for whom a follow-up is, who has a role."""
    if isinstance(finding, TimelineFinding):
        return {"kind": finding.kind.value, "at": finding.at.isoformat().replace("+00:00", "Z")}
    if isinstance(finding, TodoFinding):
        return {"assignee": finding.assignee}
    if isinstance(finding, RoleClaim):
        return {"role": finding.role.value, "user_id": finding.user_id}
    return {"severity": finding.severity} if isinstance(finding, SeverityFinding) else {}
