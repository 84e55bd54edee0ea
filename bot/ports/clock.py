"""Time as a port: the only way the doors and the jobs learn what time it is."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """A source of the present."""

    def now(self) -> datetime:
        """The present as an aware UTC datetime."""
        ...
