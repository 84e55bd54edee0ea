"""How much of a channel's talk is about later. In a meeting where every other line hands out work, less is asked of a line than in a
room where people only chat; how much is found in the channel itself, step by step, from what its messages weigh."""

from __future__ import annotations

import math
from collections.abc import Mapping

from bot.domain.harvest.weights import likely

# The share of messages that are follow-ups in the channels that the weights come from, and how many messages that counts like.
_USUAL, _COUNTS = 0.06, 20
_LEAST, MOST = -1.0, 1.5
# From this share on it is a meeting rather than an incident or a chat.
_MUCH = 0.22
# In an incident every third or fourth message is an event; of a meeting few are.
_INCIDENT = 0.17
# Fewer messages do not tell whether people only chat.
_FEW, CHAT = 40, -4.5
_ROUNDS = 50


def shift(weights: Mapping[float, int], events: int, *, incident: bool) -> float:
    """What is to be added to each message's weight in this channel, between -4.5 and 1.5. `weights` are those of its messages, with how
    many weigh so much; `events` is how many lines of a timeline they make. Where nothing sounds of an `incident`, and little is handed
    out, people only chat. Heavier messages never make it less."""
    count = sum(weights.values())
    share = _USUAL
    for _ in range(_ROUNDS):
        more = _odds(share) - _odds(_USUAL)
        total = sum(many * likely(weight + more) for weight, many in weights.items())
        after = min(0.9, (total + _USUAL * _COUNTS) / (count + _COUNTS))
        if abs(after - share) < 1e-4:
            break
        share = after
    if share < _MUCH and count >= _FEW and not incident:
        return CHAT
    meeting = share >= _MUCH and events < _INCIDENT * count
    return min(MOST if meeting else 0.0, max(_LEAST, _odds(share) - _odds(_USUAL)))


def _odds(share: float) -> float:
    return math.log(share / (1 - share))


def is_incident(shift: float) -> bool:
    """Whether a channel is neither one where people only chat nor a meeting."""
    return _LEAST <= shift <= 0.0
