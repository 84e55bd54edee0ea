"""What weighs most of a message, why nothing is weighed of it, and how sure a weight is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.harvest.finding import Confidence, TimelineFinding

LIGHTEST = -9.0  # of a message without words


@dataclass(frozen=True, slots=True)
class Heaviest:
    """The sentence of a message, or of a line, that weighs most, with what was seen in it. `said` is empty where only what stands
    around it was weighed; `heavy` are all sentences of the line that weigh enough, with what stands between them. `each`: what the
    sentences weigh; `beside`: how much of `weight` comes of the talk around, None where it was not looked at a second time; `read`: how
    much comes of the close reading, None where it was not read closely."""

    weight: float
    said: str
    names: tuple[str, ...] = ()
    heavy: str = ""
    each: tuple[float, ...] = ()
    beside: float | None = None
    read: float | None = None


class Unweighed(StrEnum):
    """Why a message is not weighed."""

    settled = "settled"
    topic = "topic"
    no_words = "no_words"
    alone = "alone"
    claimed = "claimed"
    says_nothing = "says_nothing"
    command = "command"
    not_approved = "not_approved"
    no_customer = "no_customer"
    elsewhere = "elsewhere"
    an_app = "an_app"
    found_by_rule = "found_by_rule"


def sureness(weight: float, sure: float) -> Confidence:
    """How sure what weighs enough is."""
    return Confidence.B if weight >= sure else Confidence.C


BY_HAND = ("H-16", "H-17")
"""By these people say themselves that a line belongs into the timeline."""
PART = "H-43"
"""Finds a part of a line, whose other part is a follow-up."""


def settles(found: object) -> bool:
    """Whether it is a line of the timeline by a convention."""
    return isinstance(found, TimelineFinding) and (found.confidence is not Confidence.C or found.rule in BY_HAND)
