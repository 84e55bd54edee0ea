"""Messages in the incident channel: the card, the steps by role, short notes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import card, direct, role_steps
from bot.domain.outgoing import Kind, Outgoing, Row
from bot.domain.overview import Overview
from bot.domain.topics import Topic
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.usecases import meeting_rows, remind, results_rows, rows, watch

GONE = Obsolete("the record is gone")
CARD = "card"


@dataclass(frozen=True, slots=True)
class FollowChange:
    """Whatever changes a record draws its card anew, so this is where its reminders and its invitation are looked at again, and
    where those who watch it hear of it (R-02, R-08, R-13): also while there is no channel to draw the card in."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        self.follow(overview)
        return Done({"drawn": "nowhere"})

    def follow(self, overview: Overview) -> None:
        """Look at all that again."""
        record, now = overview.postmortem, self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.outbox.put(remind.look(record, now))
            results_rows.follow(unit, record, now)
            if overview.life.booking is not None:
                # What was given up waits for a change of the meeting: it says so on the card, which is drawn because of it.
                if not meeting_rows.off_files(unit, record):
                    unit.outbox.put(rows.calendar(record, now))
                if self.scene.policy.shared_calendar and not meeting_rows.off_calendar(unit, record):
                    unit.outbox.put(rows.calendar_event(record, now))
                if self.scene.policy.mail and self.scene.policy.mail.invitations:
                    unit.outbox.put(rows.calendar_mail(record, now))
            # Most records are watched by nobody.
            if unit.watchers.all(record.id):
                watch.follow(unit, record, now)


@dataclass(frozen=True, slots=True)
class DrawCard:
    """The one card of a record: posted once, pinned, edited in place ever after (R-05)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        channel = overview.postmortem.channel_id
        FollowChange(self.scene).follow(overview)
        ts, new = self.scene.posting.in_place(row, CARD, channel, card.card(overview))
        if new:
            pin = Outgoing(
                Kind.PIN_CARD,
                f"{Kind.PIN_CARD}:{row.postmortem_id}:{ts}",
                row.team_id,
                self.scene.clock.now(),
                row.postmortem_id,
                {"channel": channel, "ts": ts},
            )
            with self.scene.store.transaction(PATIENCE) as unit:
                # The document goes into the card's thread, so it may have waited for the card.
                unit.outbox.put(pin, rows.document(overview.postmortem, self.scene.clock.now()))
        return Done({"channel": channel, "ts": ts})


@dataclass(frozen=True, slots=True)
class PinCard:
    """Pin the card, so that it is found again; pinning twice is harmless."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.reading() as unit:
            record = unit.records.get(row.postmortem_id or "")
        if record is None:
            return GONE
        # The channel may have another id by now.
        self.scene.chat.pin(record.channel_id, str(row.payload["ts"]))
        return Done()


@dataclass(frozen=True, slots=True)
class PostRoleSteps:
    """What each role does after the incident, in the card's channel."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        channel = overview.postmortem.channel_id
        return Done({"channel": channel, "ts": self.scene.posting.once(row, channel, role_steps.role_steps(overview))})


@dataclass(frozen=True, slots=True)
class PostNote:
    """A short note that people in the channel should not miss."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        channel = overview.postmortem.channel_id
        drawing = direct.channel_note(Topic(str(row.payload["topic"])), overview, row.payload)
        return Done({"channel": channel, "ts": self.scene.posting.once(row, channel, drawing)})
