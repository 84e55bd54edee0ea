"""What an analysis found beside timeline and follow-ups, and the title that it proposes, as one JSON value. Nobody decides on
these one by one, so they are kept, and replaced, as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.harvest import finding as f

_LISTS: Mapping[str, type[Any]] = {
    "references": f.Reference,
    "customers": f.CustomerCount,
    "public_texts": f.PublicText,
}


def written(findings: f.Findings) -> dict[str, Any] | None:
    """The JSON value; None where there is nothing."""
    kept: dict[str, Any] = {name: [asdict(each) for each in getattr(findings, name)] for name in _LISTS}
    kept |= {"presence": asdict(findings.presence), "title": findings.title}
    return kept if any(kept[name] for name in (*_LISTS, "title")) or findings.presence != f.Presence() else None


def read(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """The fields of `Findings` that are in it; none for an analysis that kept nothing."""
    if kept is None:
        return {}
    lists = {name: tuple(_made(make, each) for each in kept[name]) for name, make in _LISTS.items()}
    return {**lists, "presence": _presence(kept["presence"]), "title": kept["title"]}


def _made(make: type[Any], row: Mapping[str, Any]) -> Any:
    return make(**{**row, "confidence": f.Confidence(row["confidence"])})


def _presence(kept: Mapping[str, Any]) -> f.Presence:
    silent = tuple((user_id, ts) for user_id, ts in kept["silent"])
    return f.Presence(tuple(kept["joined"]), silent, tuple(kept["apps"]))
