"""Which fields of the gate are filled in (section 4 of the process): read off the record and its content, never ticked by
hand, so that the checklist and the refusal cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.content import Content, Section
from bot.domain.outgoing import Json
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item


@dataclass(frozen=True, slots=True)
class Written:
    """Everything that the gate looks at. `dimensions` are the configured impact metrics (R-26); `durations_known` says that
    the minutes in SEV-1 and SEV-2 follow from the history of the severity."""

    record: Postmortem
    content: Content
    items: Sequence[Item]
    dimensions: Sequence[str] = ()
    durations_known: bool = False


def keys(written: Written) -> frozenset[str]:
    """The keys of content_gate.GATE that are filled in."""
    return frozenset(key for key, there in _checks(written).items() if there)


def _checks(written: Written) -> dict[str, bool]:
    record, content = written.record, written.content
    impact = content.entry(Section.IMPACT).value
    return {
        "owner": record.owner is not None,
        "recording": bool(record.recording or content.text(Section.RECORDING, "none_because").strip()),
        "overview": bool(content.text(Section.OVERVIEW, "overview").strip()),
        "what_happened": bool(content.text(Section.OVERVIEW, "what_happened").strip()),
        "contributing_factors": bool(content.texts(Section.FACTORS, "factors")),
        "resolution": bool(content.text(Section.RESOLUTION, "resolution").strip()),
        "time_in_sev1": written.durations_known or isinstance(impact.get("time_in_sev1"), int),
        "time_in_sev2": written.durations_known or isinstance(impact.get("time_in_sev2"), int),
        "impact_metrics": _metrics(impact.get("metrics"), written.dimensions),
        "accounts_affected": answered(impact.get("accounts")),
        "users_affected": answered(impact.get("users")),
        "support_requests": answered(impact.get("support")),
        "responders_ic": record.roles.ic is not None,
        "responders_scribe": bool(record.roles.scribe or content.flag(Section.RESPONDERS, "no_scribe")),
        "timeline": any(not item.removed for item in written.items),
        "process_review": bool(
            content.texts(Section.RETROSPECT, "badly") or content.flag(Section.RETROSPECT, "nothing_to_note")
        ),
    }


def answered(value: Json) -> bool:
    """R-24: a number, or "unknown" with the reason."""
    if not isinstance(value, Mapping):
        return False
    why = value.get("unknown")
    return isinstance(value.get("value"), int) or (isinstance(why, str) and bool(why.strip()))


def _metrics(value: Json, dimensions: Sequence[str]) -> bool:
    metrics = value if isinstance(value, Mapping) else {}
    return all(answered(metrics.get(name)) for name in dimensions)
