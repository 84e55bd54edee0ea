"""Offers to take a role should it be needed: "if we need an IC I could do it". That is neither a role nor a follow-up."""

from __future__ import annotations

import re

from bot.domain.harvest import roles
from bot.domain.harvest.late import late

_ROLE = rf"(?:{'|'.join(roles.WORDINGS.values())}|scribing|note-?taking)"
_CAN = r"i(?:'d| would|'ll| will| can| could|'m| am)?(?: (?:also|always|happy to|be happy to|glad to|free to|able to|volunteer to))*"
_DO = (
    r"(?:do|be|take|have|help|cover|step in|jump in|volunteer|happy to)"
    r"(?: (?:it|that|this|one|with (?:it|that)|out|then|again|tomorrow|today|later))*"
)
_IF = r"(?:if|in case|when|whenever|should|unless|as soon as)\b"
_OFFER = late(
    rf"^(?:\w+[,:]? )?{_IF} [^.!?]{{0,40}}\b{_ROLE}\b[^.!?,]{{0,25}},? (?:then )?{_CAN} {_DO}[.! ]*$"
    rf"|^(?:\w+,? )?{_CAN} (?:do|be|take|cover)(?: over)?(?: as)? (?:the |an? |your )?{_ROLE}\b[^.!?]{{0,20}} {_IF}[^.!?]*[.! ]*$",
    re.I,
)


def is_one(said: str) -> bool:
    """Whether a line holds such an offer, and nothing else."""
    return len(said) < 160 and bool(_OFFER.match(said))
