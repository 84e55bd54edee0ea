"""A ticket is made once (R-31): before each request it is written down that it leaves, an answer that was lost is looked for by the
ticket's own label for minutes, and after that a person is asked rather than a second one made on a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import relabelling, ticket_draft, ticket_labels
from bot.domain.actions import Decision
from bot.domain.errors import DomainError
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.tickets import MOST_TRIES, KeptTicket, Ticket, TicketDraft, TicketState
from bot.jobs.handlers import ticket_links
from bot.jobs.outcome import Done, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.ports.tracker import FieldsNeeded, Tracker
from bot.usecases import create_ticket

DELETED = "Jira has no ticket {} any more: unlink it, then link another one, or have one made."
LOOKING = "Jira did not say whether the ticket was made: it is looked for."
# After an answer that was lost the tracker's search is given a moment.
SOON = timedelta(seconds=2)
UNWANTED = Obsolete("it is not wanted any more")


@dataclass(frozen=True, slots=True)
class MakeTicket:
    """One step for each claim of the row."""

    scene: Scene
    tracker: Tracker

    def __call__(self, row: Row) -> Outcome:
        action_id = str(row.payload["action"])
        with self.scene.store.reading() as unit:
            kept = unit.tickets.get(action_id)
        overview = self.scene.overview(row)
        if kept is None or overview is None:
            return Obsolete("the action item is gone")
        if kept.linking:
            named = ticket_links.look(self.scene, self.tracker, row, kept)
            return Done({"not linked": kept.linking}) if named is None else self._linked(named, overview)
        if kept.state is TicketState.NONE:
            return Obsolete("none is asked for")
        try:
            return self._step(kept, overview)
        except IntegrationError as error:
            self._note(action_id, error)
            raise

    def _note(self, action_id: str, error: IntegrationError) -> None:
        """Why it waits, and what it lacks: people see it while it is tried again, and fill it in."""
        wants = [need.id for need in error.needs] if isinstance(error, FieldsNeeded) else []
        with self.scene.store.transaction(PATIENCE) as unit:
            create_ticket.waits(unit, action_id, str(error), wants)

    def _step(self, kept: KeptTicket, overview: Overview) -> Outcome:
        if kept.state is not TicketState.MADE:
            if kept.state is TicketState.WAITING and not _wanted(kept, overview):
                return self._unwanted(kept)
            found = self._looked_for(kept, overview)
            if isinstance(found, NotYet):
                return found
            kept = found
        if kept.state is not TicketState.MADE:
            made = self._make(kept, overview)
            if not isinstance(made, KeptTicket):
                return made
            kept = made
        return self._linked(kept, overview)

    def _unwanted(self, kept: KeptTicket) -> Obsolete:
        with self.scene.store.transaction(PATIENCE) as unit:
            create_ticket.unwanted(unit, kept, self.scene.clock.now())
        return UNWANTED

    def _looked_for(self, kept: KeptTicket, overview: Overview) -> KeptTicket | NotYet:
        """It where it is found; as it is when it may be asked for, once more where it was. Raises when only a person can tell.

        Also before the first request: the memory may come from a backup that is older than the ticket."""
        found = self._found(kept)
        now = self.scene.clock.now()
        if found:
            with self.scene.store.transaction(PATIENCE) as unit:
                return create_ticket.made(unit, kept, found[0], now, _lacks(kept, overview))
        if kept.state in (TicketState.WAITING, TicketState.REFUSED):
            return kept
        wait = kept.look_again_in(now)
        if kept.state is TicketState.SENDING and wait is not None:
            return NotYet(wait, LOOKING)
        if kept.state is TicketState.HELD or kept.tries >= MOST_TRIES:
            raise IntegrationError(kept.held().trouble, name="ticket_held", retryable=False)
        return kept

    def _found(self, kept: KeptTicket) -> list[Ticket]:
        """Those with its label, but for what was unlinked: that may have the label still."""
        found = self.tracker.find(kept.label)
        if not found:
            return []
        with self.scene.store.reading() as unit:
            history = unit.ledger.history(kept.postmortem_id)
        left = {each.old for each in history if each.field == "ticket"}
        return [each for each in found if each.key not in left]

    def _make(self, kept: KeptTicket, overview: Overview) -> KeptTicket | NotYet | Obsolete:
        """Ask for it, once, unless it was decided otherwise. NotYet when nobody knows whether it was made."""
        draft = self._draft(kept, overview)
        # What can be refused is refused before it is written down that a request leaves.
        self.tracker.form(draft.project, draft.issue_type)
        now = self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            leaving = create_ticket.sending(unit, kept, draft.due, now)
        if leaving is None:
            return UNWANTED
        try:
            ticket = self.tracker.create(draft)
        except IntegrationError as error:
            if error.unknown:
                return NotYet(SOON, LOOKING)
            with self.scene.store.transaction(PATIENCE) as unit:
                create_ticket.not_made(unit, leaving)
            raise
        with self.scene.store.transaction(PATIENCE) as unit:
            return create_ticket.made(unit, leaving, ticket, self.scene.clock.now(), _lacks(kept, overview))

    def _draft(self, kept: KeptTicket, overview: Overview) -> TicketDraft:
        action = next((each for each in overview.life.actions if each.id == kept.action_id), None)
        rules = self.scene.policy.tickets
        if action is None or rules is None:
            why = "The action item is gone." if action is None else "No tracker is set up any more."
            raise IntegrationError(why, name="not_wanted", retryable=False)
        try:
            return ticket_draft.draft(overview, action, kept, rules)
        except DomainError as error:
            raise IntegrationError(error.message, name="not_ready", retryable=False) from error

    def _linked(self, kept: KeptTicket, overview: Overview) -> Outcome:
        """The ticket leads back to the post-mortem, and has our labels as they are now: both may be done again."""
        if kept.linked_back:
            return Done({"key": kept.key})
        standing = self.tracker.read(kept.key)
        if standing is None:
            raise IntegrationError(DELETED.format(kept.key), name="http_404", retryable=False)
        tags = _tags(kept, overview)
        with self.scene.store.reading() as unit:
            others = relabelling.theirs(unit.tickets.of_key(kept.key), kept)
        before = [each for each in kept.tags if each not in others]
        self.tracker.relabel(kept.key, ticket_labels.change(standing.labels, before, (*tags, kept.label)))
        ticket_links.lead_back(self.tracker, overview, kept.key)
        with self.scene.store.transaction(PATIENCE) as unit:
            create_ticket.linked_back(unit, kept, standing, tags, self.scene.clock.now())
        return Done({"key": kept.key})


def _wanted(kept: KeptTicket, overview: Overview) -> bool:
    """Whether it is still decided so; the words of one that was taken out are missed later, with a reason."""
    return all(each.decision is Decision.TICKET for each in overview.life.actions if each.id == kept.action_id)


def _lacks(kept: KeptTicket, overview: Overview) -> str:
    return ticket_draft.unassigned(overview, kept.action_id)


def _tags(kept: KeptTicket, overview: Overview) -> tuple[str, ...]:
    """Those of the incident now; while they cannot be told, those that it has."""
    record = overview.postmortem
    try:
        return ticket_labels.tags(record.severity, record.times.started_at)
    except DomainError:
        return kept.tags
