"""H-15: a follow-up that nobody marked: a proposal in passing ("we should alert on this", "would be nice to have a
runbook"), or a question about the monitoring that went unanswered ("why didn't we get paged?"). Each sign weighs
something for or against, and the sum decides; a heuristic, so only ever a suggestion."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.harvest import followup, proposal_signs
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_CUES = words(
    "should ought better need needs must want wanna have could can might gotta nice good great useful helpful worth "
    "cool ideal",
    "missing outdated stale get lack lacking lacks don't why ideally eventually later tomorrow postmortem mortem "
    "retro rca follow "
    "followup backlog",
    "let's lets remember forget suggest recommend propose proposal suggestion ticket issue jira note fix would "
    "someone somebody",
    "make sure wrong incomplete misleading out find figure understand work",
)


_ASKS = frozenset(
    (
        "why did we not notice",
        "asked of a person, and lasting",
        "a check or an alert is asked for",
        "a machine should do it",
    )
)


_TABLE = followup.table(proposal_signs.SIGNS)


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    return followup.find(note, ctx, RULE.id, _TABLE, asks=_ASKS)


RULE = Rule("H-15", "A proposal in passing", _CUES, find)
