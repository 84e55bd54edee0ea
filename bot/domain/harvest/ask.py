"""Asking the rules about each message, those only that a word of it wakes. Rules that guess at the timeline take most of the time, and
in ordinary talk what they notice is too light in the end: where a glance shows that, they are not asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.harvest import weighing
from bot.domain.harvest.finding import RoleClaim
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.heaviest import settles
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule, Wake


def all_of(
    ctx: Context, wake: Wake, screen: Screen | None = None, before: Sequence[tuple[Rule, Finding]] = ()
) -> list[tuple[Rule, Finding]]:
    """What the rules of one pass find, message by message, in the order of the rules. `before` is what those of the pass before found:
    it counts for what these would say, and what is a line of the timeline by a convention is asked about in full, since what else is
    noticed there tells of which kind."""
    if screen is None:
        return _in_full(ctx, wake)
    found: list[tuple[Rule, Finding]] = []
    known, noticed = {each.ts for _, each in before if settles(each)}, _noticed(before)
    for note in ctx.notes:
        woken = wake.rules(note)
        plan = _plan(woken)
        said = {rule: several for rule in plan.firm if (several := list(rule.find(note, ctx)))}
        for several in said.values():
            known.update(each.ts for each in several if settles(each))
        if note.message.ts in known:
            said |= {rule: list(rule.find(note, ctx)) for rule in plan.guessing}
        else:
            others = {*noticed.get(note.message.ts, ()), *(rule.id for rule in said)}
            weight = screen.at(note).timeline + sum(map(weighing.adds, others))
            said |= _guessed(note, ctx, plan, weight)
        if said:
            found += [(rule, each) for rule in woken for each in said.get(rule, ())]
    return found


def _in_full(ctx: Context, wake: Wake) -> list[tuple[Rule, Finding]]:
    found: list[tuple[Rule, Finding]] = []
    for note in ctx.notes:
        for rule in wake.rules(note):
            for each in rule.find(note, ctx):
                if isinstance(each, RoleClaim):
                    if ctx.directory.is_app(each.user_id):
                        continue
                    ctx.hear(each)  # who commands so far tells what "over to you" means
                found.append((rule, each))
    return found


def _noticed(before: Sequence[tuple[Rule, Finding]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule, each in before:
        found.setdefault(each.ts, set()).add(rule.id)
    return found


@dataclass(frozen=True, slots=True)
class _Plan:
    """Of the rules that a message wakes those that are asked at any rate, and those that guess, the quickest first: a rule
    that listens to many words has many wordings to look for."""

    firm: tuple[Rule, ...]
    guessing: tuple[Rule, ...]
    adds: float


@lru_cache(maxsize=4096)
def _plan(woken: tuple[Rule, ...]) -> _Plan:
    guessing = sorted((rule for rule in woken if rule.weighed), key=lambda rule: len(rule.cues or ()))
    adds = sum(weighing.adds(rule.id) for rule in guessing)
    return _Plan(tuple(rule for rule in woken if not rule.weighed), tuple(guessing), adds)


def _guessed(note: Note, ctx: Context, plan: _Plan, weight: float) -> dict[Rule, list[Finding]]:
    """What they notice of a message that weighs so much without them; nothing as soon as it is too light for all that are left."""
    said: dict[Rule, list[Finding]] = {}
    adds = plan.adds
    for rule in plan.guessing:
        if weighing.too_light(adds, weight, ctx):
            return {}
        if found := list(rule.find(note, ctx)):
            said[rule] = found
        else:
            adds -= weighing.adds(rule.id)
    return {} if weighing.too_light(adds, weight, ctx) else said
