"""What a ticket says about where it comes from: the words, the message, the evidence and the post-mortem (R-31), in wiki markup."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import typed, wiki_markup

LONGEST_WORDS = 8000
MOST_EVIDENCE = 20


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an action item comes from; addresses are "" where there are none. `restricted` keeps the title back (R-63)."""

    name: str
    title: str
    severity: str
    words: str
    permalink: str = ""
    page: str = ""
    reason: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    restricted: bool = False
    roi: str = ""
    kind: str = ""


def description(origin: Origin) -> str:
    """The whole text. What people wrote is quoted and never markup."""
    return "\n\n".join(part for part in (_words(origin), _links(origin), _evidence(origin.evidence)) if part)


def _words(origin: Origin) -> str:
    said = wiki_markup.quoted(typed.clip(origin.words, LONGEST_WORDS))
    why = f"*Why:* {wiki_markup.inline(typed.clip(origin.reason, LONGEST_WORDS))}" if origin.reason.strip() else ""
    roi = f"*ROI:* {wiki_markup.inline(typed.clip(origin.roi, LONGEST_WORDS))}" if origin.roi.strip() else ""
    kind = f"*Type:* {wiki_markup.inline(origin.kind)}" if origin.kind else ""
    return "\n\n".join(part for part in (said, kind, why, roi) if part)


def _links(origin: Origin) -> str:
    title = "" if origin.restricted else wiki_markup.inline(origin.title)
    what = f"{wiki_markup.inline(origin.name)}{f' ({title})' if title else ''}, {wiki_markup.inline(origin.severity)}"
    page = f": {wiki_markup.link(origin.page, 'read it')}" if origin.page else ""
    message = f"\n*Message:* {wiki_markup.link(origin.permalink, 'in Slack')}" if origin.permalink else ""
    return f"*Post-mortem:* {what}{page}{message}"


def _evidence(evidence: tuple[tuple[str, str], ...]) -> str:
    lines = [f"* {wiki_markup.link(address, name or address)}" for name, address in evidence[:MOST_EVIDENCE]]
    more = len(evidence) - len(lines)
    return (
        "\n".join(["*Evidence:*", *lines, *([f"* and {more} more in the post-mortem"] if more else [])])
        if lines
        else ""
    )
