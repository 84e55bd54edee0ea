"""A refusal as a person sees it: one plain sentence, or a list of what stands in the way, each with the button that leads
to where it is mended."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.blocks import ids, parts, text
from bot.blocks.parts import Block
from bot.domain.errors import DomainError, Reason
from bot.ports.chat import Drawing

_MENTION = re.compile(r"&lt;(@[UW][A-Z0-9]+|#[CG][A-Z0-9]+)&gt;")
_MOST = 20
_DETAILS = ("Fill in the details", ids.DETAILS_OPEN)
LEADS: Mapping[str, tuple[str, str]] = {
    "missing_content": ("Write it", ids.CONTENT_OPEN),
    "missing_evidence": ("Go through the timeline", ids.TIMELINE_OPEN),
    "meeting_not_booked": ("Book the meeting", ids.MEETING_OPEN),
    "meeting_cancelled": ("Book a new one", ids.MEETING_OPEN),
    "meeting_not_over": ("Change the meeting", ids.MEETING_OPEN),
    "meeting_not_confirmed": ("Was it held?", ids.HELD_OPEN),
    "agreement_outdated": ("Confirm the new text", ids.HELD_OPEN),
    "findings_unseen": ("Look at the wording", ids.WORDING_OPEN),
    "external_undecided": ("Decide on the message", ids.EXTERNAL_OPEN),
    "external_present": ("See the message", ids.EXTERNAL_OPEN),
    "todos_open": ("Decide on the TODOs", ids.TODOS_OPEN),
    "actions_undecided": ("Decide on the topics", ids.TODOS_OPEN),
    "no_severity": _DETAILS,
    "no_start": _DETAILS,
    "no_severity_no_start": _DETAILS,
    "message_not_posted": ("Posted", ids.EXTERNAL_POSTED),
}


def refusal(error: DomainError) -> Drawing:
    """One sentence; with buttons where the refusal is about a record and its reasons are known to lead somewhere."""
    if not error.about or not any(reason.code in LEADS for reason in error.reasons):
        return sentence(error.message)
    blocks = [_reason(reason, error.about) for reason in _merged(error.reasons)[:_MOST]]
    return parts.drawing(_inert(error.message), [parts.section("This is still to be done first:"), *blocks])


def sentence(said: str) -> Drawing:
    """A plain sentence; people and channels in it stay mentions, everything else is inert."""
    inert = _inert(said)
    return parts.drawing(inert, [parts.section(inert)])


def _merged(reasons: tuple[Reason, ...]) -> list[Reason]:
    """What is mended at one place is one entry with one button."""
    texts: dict[str, list[str]] = {}
    for reason in reasons:
        texts.setdefault(reason.code, []).append(reason.text)
    return [Reason(code, "\n".join(f"• {each}" for each in listed)) for code, listed in texts.items()]


def _reason(reason: Reason, about: str) -> Block:
    section, leads = parts.whole(_inert(reason.text)), LEADS.get(reason.code)
    return {**section, "accessory": parts.button(*leads, about)} if leads else section


def _inert(said: str) -> str:
    return _MENTION.sub(r"<\1>", text.escape(said))
