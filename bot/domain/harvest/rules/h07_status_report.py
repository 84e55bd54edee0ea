"""H-07, H-08, H-14: reports. The IC's status ("We are in SEV-1, service A is ..., next checkin in 3 minutes"), the
update for executives that opens with @here, and the CAN report (Condition, Actions, Needs)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.harvest.finding import Confidence, TimelineKind
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.phrase import phrase_rule
from bot.domain.harvest.rule import Finding
from bot.domain.harvest.rules import h11_customer_message
from bot.domain.harvest.vocabulary import words

_IN = (
    r"^(?!@(?:here|channel|everyone)\b).{0,200}?\bwe(?:'re| are)(?: now| still| currently| all)*(?: in| at)"
    r"(?: an?| the)? (?:sev|severity|p|priority)[ -]?[0-5]\b"
)

_STATUS = phrase_rule(
    "H-07",
    "A status report",
    TimelineKind.status_change,
    words("checkin check sev sev1 sev2 sev3 severity p1 p2 priority status update next"),
    _IN,
    r"\bnext (?:check[ -]?in|update) (?:is )?(?:in|at)\b",
    r"^(?:current )?(?:status|state|status update|update)(?: is| for [\w ]{1,40}| from [\w ]{1,40})?\s*[:–—-]+\s*\S",
    unless=r"^@(?:here|channel|everyone)\b",
    told=False,
    confidence=Confidence.A,
)


def _reported(note: Note, ctx: Context) -> Iterable[Finding]:
    return () if h11_customer_message.is_draft(note) else _STATUS.find(note, ctx)


STATUS = replace(_STATUS, find=_reported)

EXECUTIVES = phrase_rule(
    "H-08",
    "An update for executives",
    TimelineKind.status_change,
    words("here channel everyone"),
    r"^@(?:here|channel|everyone)\b\W*(?:.{0,80}\bsev[- ]?[0-5]\b|.{0,200}\bcurrent (?:actions?|status|impact)\b|"
    r"(?:status )?update\b|we(?:'re| are) (?:seeing|having|experiencing|investigating|aware))",
    told=False,
    confidence=Confidence.B,
)

CAN = phrase_rule(
    "H-14",
    "A report of condition, actions and needs",
    TimelineKind.status_change,
    words("condition conditions"),
    r"^conditions?\s*[:–—-]\s*\S",
    r"\bconditions?:.{1,600}\bactions?:",
    told=False,
    confidence=Confidence.B,
)

RULES = (STATUS, EXECUTIVES, CAN)
