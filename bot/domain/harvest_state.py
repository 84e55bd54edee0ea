"""How far the reading of a channel has got: the checkpoint that makes a harvest resumable after a crash at any call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """Channel history first, then one thread after another, then the analysis; done, or stopped with a reason."""

    HISTORY = "history"
    THREADS = "threads"
    ANALYSE = "analyse"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class HarvestState:
    """The state of one channel's harvest for one post-mortem.

    `oldest` and `newest` are Slack timestamps: where this reading begins (exclusive, "0" for the beginning) and the newest message
    seen by any reading. `cursor` is where the next history page begins, None at the first.
    `waiting_until` is set while Slack asked us to wait.
    `trouble` is a plain sentence when the reading stopped; a part is never presented as the whole.
    `again_at` is set when somebody asked for another reading while this one ran: it follows right after.
    `live_from` is since when every message is heard as it is said; None while that is not known, and while there is a gap
    that a whole reading has to fill. `heard_at` is set when one came that no analysis has seen.
    `reached` is the oldest message that this reading has seen. `calls` were answered from `calls_from` to `called_at`, for the
    pace; of a thread only the last one counts.
    """

    postmortem_id: str
    channel_id: str
    phase: Phase
    oldest: str = "0"
    newest: str = "0"
    cursor: str | None = None
    pages: int = 0
    resumed: int = 0
    requested_at: datetime | None = None
    finished_at: datetime | None = None
    waiting_until: datetime | None = None
    trouble: str | None = None
    again_at: datetime | None = None
    live_from: datetime | None = None
    heard_at: datetime | None = None
    reached: str | None = None
    calls: int = 0
    calls_from: datetime | None = None
    called_at: datetime | None = None

    @property
    def first(self) -> bool:
        """True before the first page of this reading."""
        return self.phase is Phase.HISTORY and self.cursor is None

    @property
    def complete(self) -> bool:
        """True when everything asked for was read and analysed."""
        return self.phase is Phase.DONE


@dataclass(frozen=True, slots=True)
class HarvestCounts:
    """What is stored of a channel: messages (replies included), threads known and threads still to be read."""

    messages: int
    threads: int
    threads_pending: int


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """A thread to read: `ts` of its parent, and the cursor of its next page.

    `touches` counts the replies announced so far: one that comes while the thread is being read leaves it to be read again.
    """

    ts: str
    reply_count: int
    latest_reply: str | None
    cursor: str | None
    touches: int = 0
