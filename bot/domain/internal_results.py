"""When the results of a post-mortem are told to colleagues (R-54): from Reviewed on, and not where nothing of it is to be known."""

from __future__ import annotations

from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

REVIEWED = (Status.REVIEWED, Status.CLOSED)


def stand(record: Postmortem) -> bool:
    """Whether they are what people agreed on, and anybody's to read: not of a restricted one (R-63), of one that was waived or is a
    part of another one, nor while the incident goes on again."""
    told = not record.restricted and not record.set_aside and record.open_again is None
    return told and record.status in REVIEWED
