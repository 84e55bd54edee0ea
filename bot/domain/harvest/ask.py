"""Asking the rules about each message, those only that a word of it wakes. Rules that guess at the timeline take most of the time, and
in ordinary talk what they notice is too light in the end: where a glance shows that, they are not asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.domain.harvest import weighing
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule, Wake


def all_of(
    ctx: Context, wake: Wake, screen: Screen | None = None, settled: Collection[str] = ()
) -> list[tuple[Rule, Finding]]:
    """What the rules of one pass find, message by message, in the order of the rules. `settled` are messages (ts) that are lines of the
    timeline by a convention: what else is noticed there tells of which kind."""
    if screen is None:
        return [(rule, each) for note in ctx.notes for rule in wake.rules(note) for each in rule.find(note, ctx)]
    found: list[tuple[Rule, Finding]] = []
    known = set(settled)
    for note in ctx.notes:
        woken = wake.rules(note)
        said = {rule: list(rule.find(note, ctx)) for rule in woken if not rule.weighed}
        known.update(each.ts for several in said.values() for each in several if weighing.settles(each))
        guessing = [rule for rule in woken if rule.weighed]
        if note.message.ts in known:
            said |= {rule: list(rule.find(note, ctx)) for rule in guessing}
        else:
            said |= _guessed(note, ctx, guessing, screen.at(note).timeline)
        found += [(rule, each) for rule in woken for each in said.get(rule, ())]
    return found


def _guessed(note: Note, ctx: Context, rules: Sequence[Rule], weight: float) -> dict[Rule, list[Finding]]:
    """What they notice of a message that weighs so much without them; nothing as soon as it is too light for all that are left."""
    said: dict[Rule, list[Finding]] = {}
    left = sorted(rules, key=lambda rule: -weighing.adds(rule.id))
    while left:
        if weighing.too_light((each.id for each in (*left, *said)), weight, ctx):
            return {}
        rule = left.pop(0)
        if found := list(rule.find(note, ctx)):
            said[rule] = found
    return said
