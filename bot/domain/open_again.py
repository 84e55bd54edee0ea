"""An incident that goes on after its post-mortem was begun: a field beside the status, which is that of the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OpenAgain:
    """Since when (UTC) the incident is open again, who said so, and why."""

    at: datetime
    by: str
    reason: str
