"""What the harvest proposes for the timeline, as it is put to people: each place in the channel once, with what is
recommended, and what becomes of it when somebody has said yes or no (section 5.2, rule 7)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import evidence
from bot.domain.harvest.finding import Confidence, Findings, TimelineFinding, TodoFinding
from bot.domain.timeline import Item

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of one message; `findings` are what was found in it, most often one thing."""

    key: Key
    findings: tuple[TimelineFinding, ...]

    @property
    def recommended(self) -> bool:
        """Whether its box is ticked from the start: a mere guess is, only when there is something that shows it."""
        return any(each.confidence is not Confidence.C or each.evidence for each in self.findings)


def candidates(findings: Findings | None, waiting: Sequence[Key]) -> tuple[Candidate, ...]:
    """What nobody has decided on yet, by the time of the event."""
    groups: dict[Key, list[TimelineFinding]] = {key: [] for key in waiting}
    for each in findings.timeline if findings else ():
        if (each.ts, each.line) in groups:
            groups[each.ts, each.line].append(each)
    found = [Candidate(key, tuple(group)) for key, group in groups.items() if group]
    return tuple(sorted(found, key=lambda each: (each.findings[0].at, each.key)))


def todos(findings: Findings | None, waiting: Sequence[Key]) -> tuple[TodoFinding, ...]:
    """The TODOs that nobody has decided on, in the order of the analysis; each place once."""
    there = {(each.ts, each.line): each for each in reversed(findings.todos if findings else ())}
    return tuple(there[key] for key in dict.fromkeys(waiting) if key in there)


def items(
    candidate: Candidate, record_id: str, *, keep: bool, by: str, now: datetime, new_id: Callable[[], str],
    workspace_url: str = "",
) -> tuple[Item, ...]:  # fmt: skip
    """The lines that a decision makes: a dropped one is kept as removed, so that it can be put back."""
    return tuple(
        Item(
            new_id(), record_id, each.at, each.text, each.kind, by, now, each.ts, each.line, each.thread_ts, each.user_id,
            evidence.proposed(each.evidence, workspace_url), removed=not keep,
        )
        for each in candidate.findings
    )  # fmt: skip


def chosen(
    all_of_them: Iterable[Candidate], asked: Collection[Key], kept: Collection[Key], rest: str
) -> dict[Key, bool]:
    """Key -> keep it or not: those that were asked about by their box, all others by `rest` (keep, drop, recommended; anything else
    leaves them for later)."""
    decided = {}
    for each in all_of_them:
        if each.key in asked:
            decided[each.key] = each.key in kept
        elif rest in ("keep", "drop"):
            decided[each.key] = rest == "keep"
        elif rest == "recommended" and each.recommended:
            decided[each.key] = True
    return decided
