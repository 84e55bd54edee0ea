"""What a single rule is worth: the figures with all rules beside those without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.domain.harvest import analyse
from bot.domain.harvest.rules import RULES
from evaluation import lines, score
from evaluation.channel import Channel
from evaluation.score import Score

EVENTS = Path(__file__).parent / "training" / "spoken-events.tsv"


def one(of: Channel, rule_id: str) -> Score:
    """A channel read without a rule."""
    rules = [each for each in RULES if each.id != rule_id]
    found = analyse.analyse(of.messages, of.people, replace(score.options(of), rules=rules))
    return score.compare(of, found)


def changes(channels: Iterable[tuple[Channel, Score]], rule_id: str) -> str | None:
    """The first channel (with its figures) in which one is another without the rule, and which; None where there is none."""
    for each, with_it in channels:
        without = one(each, rule_id)
        changed = [what for what, tally in with_it.tallies.items() if without.tallies.get(what) != tally]
        if changed:
            return f"{each.name}: {', '.join(what.strip() for what in changed)}"
    rules = [each for each in RULES if each.id != rule_id]
    if lines.kinds(EVENTS).tallies != lines.kinds(EVENTS, rules).tallies:
        return "single events"
    return None
