"""Tickets that exist already: one that somebody named is looked at and linked, one that was unlinked loses our labels, and whoever
asked for other labels is told what came of it (R-31, R-32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import relabelling, ticket_draft, ticket_labels
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.tickets import KeptTicket
from bot.domain.topics import Topic
from bot.jobs.outcome import Done, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError, RateLimited
from bot.ports.tracker import Tracker
from bot.usecases import link_ticket, rows

# Somebody waits for the answer: after so many attempts they hear that Jira cannot be asked, and try again themselves.
MOST_ATTEMPTS = 3
NONE = "Jira has no such ticket, or the bot's account may not see it. Look at the key, and link it again."
AGAIN = "{} Nothing was changed: link it again later."
IN_HAND = "Labels are still being changed."
_LONGEST_WAIT, _FIRST_WAIT = timedelta(minutes=1), timedelta(seconds=3)


def look(scene: Scene, tracker: Tracker, row: Row, kept: KeptTicket) -> KeptTicket | None:
    """The ticket that somebody named as ours; None, and they are told, where it cannot be linked. Nothing in the tracker changes."""
    try:
        found, why = tracker.read(kept.linking), NONE
    except RateLimited:
        raise
    except IntegrationError as error:
        if error.retryable and row.attempts < MOST_ATTEMPTS:
            raise
        found, why = None, AGAIN.format(error)
    with scene.store.transaction(PATIENCE) as unit:
        if found is not None:
            return link_ticket.linked(unit, kept, found, scene.clock.now())
        link_ticket.not_linked(unit, kept, why, scene.clock.now())
    return None


def lead_back(tracker: Tracker, overview: Overview, key: str) -> None:
    """One remote link for each post-mortem, to where that is read now; none where nothing is known of that."""
    record, address = overview.postmortem, ticket_draft.page(overview)
    if address:
        tracker.link_back(key, address, f"{record.name} {record.subject}".strip(), f"postmortem-{record.id}")


@dataclass(frozen=True, slots=True)
class LeadBack:
    """The post-mortem is read elsewhere now: a ticket that was made before leads there. Its labels wait for a person to confirm."""

    scene: Scene
    tracker: Tracker

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return Obsolete("the post-mortem is gone")
        kept = overview.tickets.get(str(row.payload["action"]))
        if kept is None or not kept.key:
            return Obsolete("it has no ticket any more")
        lead_back(self.tracker, overview, kept.key)
        return Done({"key": kept.key})


@dataclass(frozen=True, slots=True)
class TakeOff:
    """A ticket that was unlinked loses what we put onto it; what another action item needs on it stays."""

    scene: Scene
    tracker: Tracker

    def __call__(self, row: Row) -> Outcome:
        overview, key = self.scene.overview(row), str(row.payload["key"])
        if overview is None:
            return Obsolete("the post-mortem is gone")
        record, labels = overview.postmortem, row.payload["labels"]
        with self.scene.store.reading() as unit:
            others = unit.tickets.of_key(key)
        standing = self.tracker.read(key)
        if standing is None:
            return Obsolete(f"Jira has no ticket {key} any more")
        now = ticket_labels.known(record.severity, record.times.started_at)
        needed = {label for each in others for label in (*(each.tags or now), each.label)}
        ours = [str(each) for each in labels if each not in needed] if isinstance(labels, list) else []
        self.tracker.relabel(key, ticket_labels.change(standing.labels, ours, ()))
        if not any(each.postmortem_id == record.id for each in others):
            self.tracker.unlink(key, f"postmortem-{record.id}")
        return Done({"key": key})


@dataclass(frozen=True, slots=True)
class SayRelabelled:
    """Whoever asked hears once what came of it: how many have the new labels, and which have not, each with its reason."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        record_id, asked = str(row.postmortem_id), datetime.fromisoformat(str(row.payload["asked"]))
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(record_id, lock=True)
            if record is None:
                return Obsolete("the post-mortem is gone")
            named = row.payload["actions"]
            theirs = [
                each
                for each in unit.tickets.of_record(record_id)
                if isinstance(named, list) and each.action_id in named
            ]
            now = self.scene.clock.now()
            if any(map(relabelling.in_hand, theirs)):
                return NotYet(min(_LONGEST_WAIT, max(_FIRST_WAIT, (now - asked) / 2)), IN_HAND)
            by, values = str(row.payload["by"]), {"actions": named}
            unit.outbox.put(
                rows.person_dm(record, by, Topic.TICKETS_RELABELLED, asked.isoformat(), now, **values),
                rows.card(record, now, soon=True),
            )
        return Done()
