"""What weighs most of a message, why nothing is weighed of it, and how sure a weight is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.harvest.finding import Confidence
from bot.domain.harvest.weights import Scale

LIGHTEST = -9.0  # of a message without words


@dataclass(frozen=True, slots=True)
class Heaviest:
    """The sentence of a message, or of a line, that weighs most, with what was seen in it. `said` is empty where only what stands
    around it was weighed; `heavy` are all sentences of the line that weigh enough, with what stands between them."""

    weight: float
    said: str
    names: tuple[str, ...] = ()
    heavy: str = ""


class Unweighed(StrEnum):
    """Why a message is not weighed."""

    settled = "settled"
    topic = "topic"
    no_words = "no_words"
    alone = "alone"
    claimed = "claimed"
    says_nothing = "says_nothing"
    elsewhere = "elsewhere"
    an_app = "an_app"
    found_by_rule = "found_by_rule"


def sureness(weight: float, scale: Scale) -> Confidence:
    """How sure what weighs enough is."""
    return Confidence.B if weight >= scale.sure else Confidence.C
