"""Tickets that are asked for at once: what Jira wants for them is asked of the person first, and how far they are is shown in their
modal; who closed it is told once, when all are settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.blocks import pages, ticket_fields_form, ticket_progress
from bot.blocks.pages import ACTIONS, Page
from bot.domain import ticket_bulk, ticket_draft
from bot.domain.errors import DomainError
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.ticket_fields import Asked, Form
from bot.domain.tickets import FieldNeed
from bot.domain.topics import Topic
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, NotYet, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.ports.tracker import FieldsNeeded, Tracker
from bot.usecases import rows
from bot.usecases.ask_for_tickets import AskForTickets, Planned

# A modal that is to be drawn anew may still be on its way to the person.
OPENING = timedelta(seconds=8)
SOON, SELDOM = timedelta(seconds=2), timedelta(seconds=30)
NOT_THERE = "the modal is not open yet"
GOING_ON = "the tickets are being made"


@dataclass(frozen=True, slots=True)
class AskWhatIsWanted:
    """After "Create tickets": ask Jira, and then the person; where nothing is wanted the tickets are asked for at once."""

    scene: Scene
    tracker: Tracker
    ask: AskForTickets

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        try:
            asked = self._asked(overview, row)
            if not asked:
                return self._ask_for_them(row)
        except (IntegrationError, DomainError) as error:
            # A person waits in front of it: they are told at once, and try again by the button.
            return self._stopped(overview, row, str(error))
        carried = _carried(overview, row, asked)
        view = {**ticket_fields_form.form(asked, carried), "external_id": str(row.payload["view"])}
        return self._shown(overview, row, view, _wanted(asked))

    def _asked(self, overview: Overview, row: Row) -> tuple[Asked, ...]:
        """What has to be filled in, for each project and issue type."""
        which = ticket_bulk.which(str(row.payload["which"]))
        now = self.scene.clock.now()
        with self.scene.store.reading() as unit:
            planned = self.ask.planned(unit, overview.postmortem, which, str(row.payload["to"]), now)
        for form in dict.fromkeys(each.ticket.form for each in planned):
            # Somebody may have mended the form in Jira, and pressed again.
            self.tracker.form(*form, anew=True)
        needs: dict[Form, dict[str, FieldNeed]] = {}
        for each in _one_of_each(planned):
            found = self._needs(overview, each)
            needs.setdefault(each.ticket.form, {}).update({need.id: need for need in found})
        given = {each.ticket.form: each.given for each in planned}
        return tuple(Asked(form, tuple(found.values()), given[form]) for form, found in needs.items() if found)

    def _needs(self, overview: Overview, planned: Planned) -> Sequence[FieldNeed]:
        rules = self.scene.policy.tickets
        if rules is None:
            return ()
        draft = ticket_draft.draft(overview, planned.action, planned.ticket, rules)
        try:
            found = list(self.tracker.needs(draft))
        except FieldsNeeded as error:
            found = list(error.needs)
        # What Jira's form does not call required, and still was wanted when it came to making one.
        form = self.tracker.form(draft.project, draft.issue_type)
        wants = [name for name in (planned.before.wants if planned.before else ()) if name not in {n.id for n in found}]
        return [*found, *(need for name in wants if (need := form.field(name)) and need.can_be_asked)]

    def _ask_for_them(self, row: Row) -> Outcome:
        to, name = str(row.payload["to"]), str(row.payload["view"])
        which, now = ticket_bulk.which(str(row.payload["which"])), self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(row.postmortem_id or "", lock=True)
            if record is None:
                return GONE
            since = self.ask(unit, record, which, to, now)
            unit.outbox.put(rows.tickets_watch(record, to, name, since, now))
        return Done({"asked for": ticket_bulk.stamp(since)})

    def _stopped(self, overview: Overview, row: Row, why: str) -> Outcome:
        record, name, which = overview.postmortem, str(row.payload["view"]), str(row.payload["which"])
        return self._shown(overview, row, ticket_progress.stopped(record, name, why, which), why)

    def _shown(self, overview: Overview, row: Row, view: dict[str, Any], why: str) -> Outcome:
        """In the modal; who has closed it has one message with the same button."""
        if self.scene.chat.redraw(str(row.payload["view"]), view):
            return Done()
        now = self.scene.clock.now()
        if now - _asked_at(row, now) < OPENING:
            return NotYet(SOON, NOT_THERE)
        said = {"why": why, "which": str(row.payload["which"])}
        _tell(self.scene, overview, row, Topic.TICKETS_STOPPED, said)
        return Done({"told": "in a message"})


@dataclass(frozen=True, slots=True)
class ShowProgress:
    """The modal is drawn anew until every ticket is settled."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        bulk = ticket_progress.bulk_of(overview, str(row.payload["since"])) if overview else None
        if overview is None or bulk is None:
            return GONE
        name, now = str(row.payload["view"]), self.scene.clock.now()
        shown = self.scene.chat.redraw(name, ticket_progress.view(overview, bulk, name))
        age = now - _asked_at(row, now)
        if not bulk.settled:
            return NotYet(min(SELDOM, max(SOON, age / 5)), GOING_ON)
        if not shown and age < OPENING:
            return NotYet(SOON, NOT_THERE)
        if not shown:
            _tell(self.scene, overview, row, Topic.TICKETS_SETTLED, {"since": str(row.payload["since"])})
        return Done({"shown": shown})


def _tell(scene: Scene, overview: Overview, row: Row, topic: Topic, said: dict[str, str]) -> None:
    """One message; the key keeps it one."""
    to, once = str(row.payload["to"]), str(row.payload.get("since") or row.key)
    with scene.store.transaction(PATIENCE) as unit:
        unit.outbox.put(rows.person_dm(overview.postmortem, to, topic, once, scene.clock.now(), **said))


def _one_of_each(planned: Sequence[Planned]) -> list[Planned]:
    """Those that differ in what Jira's form may make a difference of: the others want the same."""
    found = {}
    for each in planned:
        kept = each.ticket
        wants = each.before.wants if each.before else ()
        found[kept.form, kept.priority, each.action.assignee, tuple(kept.extra), wants] = each
    return list(found.values())


def _carried(overview: Overview, row: Row, asked: Sequence[Asked]) -> str:
    forms = [list(each.form) for each in ticket_fields_form.can_be_filled(asked)]
    without = [list(each.form) for each in asked if each.odd]
    name, which = str(row.payload["view"]), str(row.payload["which"])
    return pages.metadata(overview.postmortem.id, Page(ACTIONS), view=name, which=which, forms=forms, without=without)


def _wanted(asked: Sequence[Asked]) -> str:
    """What is wanted, in a sentence."""
    return " ".join(
        f"Jira wants {', '.join(need.name for need in each.needs)} for a {each.form[1]} in {each.form[0]}."
        for each in asked
    )


def _asked_at(row: Row, now: datetime) -> datetime:
    try:
        return datetime.fromisoformat(str(row.payload["asked"]))
    except ValueError:
        return now
