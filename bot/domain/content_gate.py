"""What a post-mortem must contain before it is sent to review: the gate column of the template as one table, so that
the checklist, the refusal and the documentation name the same headings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GateField:
    """A field that is asked for: its key, its heading in the template, and what counts as filled in."""

    key: str
    heading: str
    filled_by: str


GATE: tuple[GateField, ...] = (
    GateField("owner", "Postmortem Owner", "name one person"),
    GateField("recording", "Call Recording", "give the link, or say why there is none"),
    GateField("overview", "Overview", "write a sentence or two"),
    GateField("what_happened", "What Happened", "describe it shortly"),
    GateField("contributing_factors", "Contributing Factors", "list at least one"),
    GateField("resolution", "Resolution", "say what solved it, and whether that is the long-term solution"),
    GateField("time_in_sev1", "Time in SEV-1", "give the minutes; 0 is allowed"),
    GateField("time_in_sev2", "Time in SEV-2", "give the minutes; 0 is allowed"),
    GateField("impact_metrics", "Impact metrics", "give each value, or say why it is unknown"),
    GateField("accounts_affected", "Accounts affected", "give the number, or say why it is unknown"),
    GateField("users_affected", "Users affected", "give the number, or say why it is unknown"),
    GateField("support_requests", "Support requests raised", "give the number, or say why it is unknown"),
    GateField("responders_ic", "Responders: IC", "name the Incident Commander"),
    GateField("responders_scribe", "Responders: Scribe", "name the scribe, or choose none"),
    GateField("timeline", "Timeline", "add at least one item"),
    GateField(
        "process_review", "What Didn't Go So Well", "list at least one point about the response, or 'nothing to note'"
    ),
)
_HINTS = {field.heading: field.filled_by for field in GATE}
_KEYS = frozenset(field.key for field in GATE)


def missing(filled: Collection[str]) -> tuple[str, ...]:
    """The headings that are not filled in yet, in the template's order. `filled` holds keys of GATE; an unknown key is
    a bug: ValueError."""
    unknown = set(filled) - _KEYS
    if unknown:
        raise ValueError(f"not a field of the gate: {', '.join(sorted(unknown))}")
    return tuple(field.heading for field in GATE if field.key not in filled)


def hint(heading: str) -> str:
    """What to do about a missing heading; a general hint for a heading that is not in the table."""
    return _HINTS.get(heading, "fill it in")
