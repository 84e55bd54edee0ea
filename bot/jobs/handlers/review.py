"""Asking for the review (R-40): at its instant, once a place, and from then on edited in place, whatever happens to the
meeting. Nothing is posted without a link that people can open (R-29)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import review_post
from bot.domain import leading
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.postmortem import Audit
from bot.domain.topics import Topic
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.usecases import meeting_rows, picture_rows, rows

NOT_WANTED = Obsolete("the meeting was moved or cancelled, or the review is not wanted any more")


def in_incident(row: Row) -> bool:
    """Whether the row's post stands in the incident's channel."""
    return row.payload["place"] == meeting_rows.INCIDENT


@dataclass(frozen=True, slots=True)
class OnReviewDue:
    """The review instant has come: post it where it does not stand yet."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        now = self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            found = meeting_rows.still(unit, row)
            if found is None or now >= found[1].end:
                return NOT_WANTED
            meeting_rows.post_review(unit, found[0], self.scene.policy, now)
        return Done()


@dataclass(frozen=True, slots=True)
class PostReview:
    """One place's review post."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, place = self.scene.overview(row), str(row.payload["place"])
        if overview is None:
            return GONE
        record, name = overview.postmortem, meeting_rows.review_name(place)
        with self.scene.store.reading() as unit:
            posted = unit.posts.get(record.id, name)
            here = place in meeting_rows.places(unit, record, self.scene.policy)
        channel = posted.channel_id if posted else self._channel(overview, place) if here else None
        if channel is None:
            return Obsolete("there is no such place to post it any more")
        drawing = review_post.drawing(overview) if here else review_post.withdrawn(overview)
        try:
            if posted is None and (waits := self._waits(row, overview, channel)):
                return waits
            ts, _ = self.scene.posting.in_place(row, name, channel, drawing)
        except IntegrationError as error:
            if error.retryable or place == meeting_rows.INCIDENT:
                raise
            return self._not_there(overview, channel, error)
        self._remember(overview)
        with self.scene.store.transaction(PATIENCE) as unit:
            picture_rows.follow(unit, overview, self.scene.policy, self.scene.clock.now())
        return Done({"channel": channel, "ts": ts})

    def _channel(self, overview: Overview, place: str) -> str | None:
        incident = place == meeting_rows.INCIDENT
        return overview.postmortem.channel_id if incident else self.scene.policy.review_channel

    def _waits(self, row: Row, overview: Overview, channel: str) -> Outcome | None:
        """Why it is not to be posted now; None when it is. What an attempt before this one posted is kept up."""
        if self.scene.posting.earlier(row, channel):
            return None
        record, booking, now = overview.postmortem, overview.life.booking, overview.now
        if booking is None or not booking.stands or now >= booking.end or not leading.meeting_matters(record):
            return NOT_WANTED
        if now < meeting_rows.review_at(record, booking, self.scene.policy):
            return NOT_WANTED
        if review_post.address(overview) is None:
            # Whoever writes the document, or enters the page, asks for this again.
            return Done({"waits for": "a link"})
        return None

    def _not_there(self, overview: Overview, channel: str, error: IntegrationError) -> Outcome:
        """The channel for reviews cannot be posted to: the incident's channel has the review, and is told so once."""
        record, now = overview.postmortem, self.scene.clock.now()
        values = {"channel": channel, "error": error.name}
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.outbox.put(rows.channel_note(record, Topic.REVIEW_CHANNEL, f"{channel}:{error.name}", now, **values))
        return Obsolete(f"the review channel cannot be posted to: {error.name}")

    def _remember(self, overview: Overview) -> None:
        if overview.postmortem.review_posted_at is not None:
            return
        now = self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(overview.postmortem.id, lock=True)
            if record is None or record.review_posted_at is not None:
                return
            unit.records.save(record.changed(review_posted_at=now))
            unit.ledger.note(Audit(record.id, now, "bot", "review", None, "posted", "clock"))
            unit.outbox.put(rows.card(record, now))
