"""Why the harvest made of one message what it made, for a program. The shape is public: docs/harvest-json.md describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.documents import finding_words as words
from bot.documents.harvest_report import iso
from bot.domain.harvest import text
from bot.domain.harvest.explanation import Asked, Beside, Explanation, OnScale, Read, Said, Scaled, Verdict
from bot.domain.harvest.finding import TimelineFinding
from bot.domain.harvest.rule import Finding


def as_json(
    channel: str,
    explained: Explanation,
    names: Mapping[str, str],
    *,
    messages_read: int,
    partial: bool,
    passed_over: bool = False,
) -> dict[str, Any]:
    """These keys and types and no others."""
    return {
        "channel": channel,
        "messages_read": messages_read,
        "passed_over": passed_over,
        "partial": partial,
        "message": _message(explained.read),
        "rules": [_asked(each, names) for each in explained.asked],
        "weighed": [_on_scale(each) for each in explained.weighed],
        "outcomes": [_verdict(each, names) for each in explained.verdicts],
        "beside": [_found(each, each.rule, names) for each in explained.beside],
    }


def _message(read: Read) -> dict[str, Any]:
    return {
        **_said(read.message),
        "thread_ts": read.thread_ts,
        "subtype": read.subtype,
        "talk": read.talk,
        "human": read.human,
        "in_follow_ups": read.in_follow_ups,
        "in_response": read.in_response,
        "evidence_of": read.lent_to,
        "bare_times_in": read.bare_times,
    }


def _said(of: Said) -> dict[str, Any]:
    return {"ts": of.ts, "at": iso(of.at), "user_id": of.user_id, "name": of.name, "text": of.text}


def _asked(asked: Asked, names: Mapping[str, str]) -> dict[str, Any]:
    found = [_found(each, asked.rule, names) for each in asked.found]
    return {"rule": asked.rule, "title": asked.title, "cues": list(asked.cues), "found": found}


def _found(finding: Finding | Beside, rule: str, names: Mapping[str, str]) -> dict[str, Any]:
    confidence = getattr(finding, "confidence", None)
    return {
        "what": words.sort(finding),
        "rule": rule,
        "line": _line(getattr(finding, "line", None)),
        "text": words.text(finding, names),
        "confidence": confidence.value if confidence else None,
        **words.more(finding),
    }


def _line(number: int | None) -> int | None:
    """The line of the message, where several things stand in one."""
    return None if number is None else number % text.APART


def _on_scale(of: OnScale) -> dict[str, Any]:
    return {
        "what": of.what,
        "not_weighed": of.unweighed.value if of.unweighed else None,
        "least": round(of.least, 2),
        "sure": of.sure,
        "shift": round(of.shift, 2),
        "noticed": of.noticed,
        "gate": of.gate,
        "likely": of.likely.value if of.likely else None,
        "sentences": [_scaled(each) for each in of.scaled],
    }


def _scaled(of: Scaled) -> dict[str, Any]:
    return {
        "line": of.line,
        "text": of.said,
        "weight": round(of.weight, 2),
        "start": of.start,
        "enough": of.enough,
        "parts": [{"name": each.name, "label": each.label, "weight": each.weight} for each in of.parts],
    }


def _verdict(of: Verdict, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        **_found(of.finding, of.rule, names),
        "title": of.title,
        "confidence": of.confidence.value if of.confidence else None,
        "outcome": of.outcome.value,
        "by": _said(of.by) if of.by else None,
        "because": of.because,
        "entry": _entry(of.entry) if of.entry else None,
        "now": of.now,
    }


def _entry(of: TimelineFinding) -> dict[str, Any]:
    return {
        "ts": of.ts,
        "at": iso(of.at),
        "kind": of.kind.value,
        "text": of.text,
        "rule": of.rule,
        "confidence": of.confidence.value,
    }
