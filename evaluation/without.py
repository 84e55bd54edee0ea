"""What a single rule is worth: the figures with all rules beside those without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from bot.domain.harvest import analyse, legend
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.rules import RULES
from evaluation import lines, score
from evaluation.channel import Channel
from evaluation.score import Score

EVENTS = Path(__file__).parent / "training" / "spoken-events.tsv"
IN_LIST = frozenset(rule.id for rule in RULES)
# All that a finding may carry: some stand in no list of rules, since they read the channel as a whole, or weigh.
EVERY = tuple(legend.TITLES)
_RESULT = "H-21"


def one(of: Channel, rule_id: str) -> Score:
    """A channel read without a rule."""
    if rule_id not in IN_LIST:
        return score.compare(of, dropped(_whole(of), rule_id))
    rules = [each for each in RULES if each.id != rule_id]
    return score.compare(of, analyse.analyse(of.messages, of.people, replace(score.options(of), rules=rules)))


def _whole(of: Channel) -> Findings:
    """With all rules; each channel is read so only once."""
    if of.name not in _READ or _READ[of.name][0] is not of:
        _READ[of.name] = of, analyse.analyse(of.messages, of.people, score.options(of))
    return _READ[of.name][1]


_READ: dict[str, tuple[Channel, Findings]] = {}


def dropped(found: Findings, rule_id: str) -> Findings:
    """Without the findings that carry the id of a rule that stands in no list."""
    if rule_id == _RESULT:
        return replace(found, queries=tuple(replace(each, result="", result_ts=None) for each in found.queries))
    lists = {each.name: getattr(found, each.name) for each in fields(found)}
    kept: dict[str, Any] = {
        name: tuple(each for each in many if getattr(each, "rule", None) != rule_id)
        for name, many in lists.items()
        if isinstance(many, tuple)
    }
    return replace(found, **kept)


def changes(channels: Iterable[tuple[Channel, Score]], rule_id: str) -> str | None:
    """The first channel (with its figures) in which one is another without the rule, and which; None where there is none."""
    for each, with_it in channels:
        without = one(each, rule_id)
        changed = [what for what, tally in with_it.tallies.items() if without.tallies.get(what) != tally]
        if changed:
            return f"{each.name}: {', '.join(what.strip() for what in changed)}"
    rules = [each for each in RULES if each.id != rule_id]
    if rule_id in IN_LIST and lines.kinds(EVENTS).tallies != lines.kinds(EVENTS, rules).tallies:
        return "single events"
    return None
