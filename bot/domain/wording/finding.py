"""What a wording rule says: where, how serious, why, and what could stand there instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """WARN is shown first and counted; SUGGEST is shown; OFF is not looked for. None of them stops anybody."""

    WARN = "warn"
    SUGGEST = "suggest"
    OFF = "off"


class Rule(StrEnum):
    """The groups of rules, in the order in which they win where two would mark the same words."""

    PERSON_AS_CAUSE = "person-as-cause"
    HUMAN_ERROR = "human-error"
    COUNTERFACTUAL = "counterfactual"
    NORMATIVE = "normative"
    ADJECTIVE = "adjective"
    PEOPLE_FIX = "people-fix"
    OUTAGE = "outage"
    NAME = "name"
    WHO_WHY = "who-why"
    SINGLE_CAUSE = "single-cause"
    WEAK_NORM = "weak-norm"
    HINDSIGHT = "hindsight"
    ANIMATED = "animated"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a rule marks, before the section has its say. `most` caps the level where the words alone are no
    proof."""

    rule: Rule
    start: int
    end: int
    replacements: tuple[str, ...] = ()
    most: Level = Level.WARN


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text. `words` is text[start:end] to the letter; each of the 0 to 2 `replacements` takes its place
    exactly. `key` names the finding within its field, whatever is changed elsewhere in the text."""

    rule: Rule
    level: Level
    start: int
    end: int
    words: str
    reason: str
    replacements: tuple[str, ...]
    key: str
