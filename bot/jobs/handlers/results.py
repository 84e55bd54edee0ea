"""Telling the results (R-54): once a place, with a link that people can open (R-29), and from then on edited in place. What Slack
shows already is not sent once more."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

from bot.blocks import results_post, review_post
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.postmortem import Posted
from bot.domain.topics import Topic
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.chat import Drawing
from bot.ports.errors import IntegrationError
from bot.usecases import picture_rows, results_rows, rows

NOT_WANTED = Obsolete("the results are not told here, or not any more")
NO_LINK = timedelta(minutes=10)


def in_incident(row: Row) -> bool:
    """Whether the row's message stands in the incident's channel."""
    return row.payload["place"] == results_rows.INCIDENT


@dataclass(frozen=True, slots=True)
class TellResults:
    """One place's message."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, place = self.scene.overview(row), str(row.payload["place"])
        if overview is None:
            return GONE
        with self.scene.store.reading() as unit:
            posted = unit.posts.get(overview.postmortem.id, results_rows.name(place))
            wanted = place in results_rows.places(unit, overview.postmortem, self.scene.policy)
        channel = posted.channel_id if posted else self._channel(overview, place)
        if channel is None:
            return NOT_WANTED
        drawing = results_post.drawing(overview) if wanted else results_post.withdrawn(overview)
        drawn = _digest(drawing)
        # An attempt whose answer was lost may have drawn anything.
        if posted and row.attempts < 2 and row.result.get("drawn") == drawn:
            return Done({"channel": channel, "ts": posted.ts, "drawn": drawn})
        try:
            return self._told(row, overview, posted, channel, drawing, wanted=wanted)
        except IntegrationError as error:
            if error.retryable or place == results_rows.INCIDENT or posted is not None:
                raise
            return self._not_there(overview, channel, error)

    def _told(
        self, row: Row, overview: Overview, posted: Posted | None, channel: str, drawing: Drawing, *, wanted: bool
    ) -> Outcome:
        posting, name = self.scene.posting, results_rows.name(str(row.payload["place"]))
        if not wanted and posted is not None:
            # Where somebody deleted it there is nothing to take back.
            posting.redraw(posted, drawing)
            self._picture(overview)
            return Done({"channel": channel, "ts": posted.ts, "drawn": _digest(drawing)})
        if posted is None and posting.earlier(row, channel) is None:
            if not wanted:
                return NOT_WANTED
            if review_post.address(overview) is None:
                return NotYet(NO_LINK, "there is no link to the post-mortem yet")
        ts, _ = posting.in_place(row, name, channel, drawing)
        self._picture(overview)
        return Done({"channel": channel, "ts": ts, "drawn": _digest(drawing)})

    def _picture(self, overview: Overview) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            picture_rows.follow(unit, overview, self.scene.policy, self.scene.clock.now())

    def _channel(self, overview: Overview, place: str) -> str | None:
        incident = place == results_rows.INCIDENT
        return overview.postmortem.channel_id if incident else self.scene.policy.learnings_channel

    def _not_there(self, overview: Overview, channel: str, error: IntegrationError) -> Outcome:
        """The channel of the settings cannot be posted to: the incident's channel is told so, once."""
        record, now = overview.postmortem, self.scene.clock.now()
        values = {"channel": channel, "error": error.name}
        once = f"{channel}:{error.name}"
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.outbox.put(rows.channel_note(record, Topic.LEARNINGS_CHANNEL, once, now, **values))
        return Obsolete(f"the channel for results cannot be posted to: {error.name}")


def _digest(drawing: Drawing) -> str:
    """What tells one drawing from another."""
    drawn = json.dumps([drawing.text, [dict(block) for block in drawing.blocks]], sort_keys=True)
    return hashlib.sha256(drawn.encode("utf-8", "replace")).hexdigest()[:32]
