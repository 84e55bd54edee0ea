"""Where a proposal comes from, beside it: the message, how sure it is, and the rule that found it with what that looks for."""

from __future__ import annotations

from bot.blocks import text
from bot.domain.harvest import legend
from bot.domain.harvest.finding import BY_HAND, Confidence
from bot.domain.overview import Overview


def whence(overview: Overview, ts: str, thread_ts: str | None, rule: str, confidence: Confidence) -> str:
    """In brackets, ready to be put behind what was found."""
    source = overview.link(ts, thread_ts)
    message = f"{text.link(source, 'message')}, " if source else ""
    return f" ({message}{_found_by(rule, confidence)})"


def _found_by(rule: str, confidence: Confidence) -> str:
    if rule in BY_HAND:
        return "pointed out by somebody"
    word = "suggested" if confidence is Confidence.C else "found"
    title = legend.title(rule)
    return f"{word} by {rule}: {title[:1].lower()}{title[1:]}" if title != rule else f"{word} by {rule}"
