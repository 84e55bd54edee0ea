"""A tracker with a memory, whose calls fail as the test says: before their effect or after it, refused, or by the end of the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.ticket_labels import Change
from bot.domain.tickets import FieldNeed, Ticket, TicketDraft, TicketForm
from bot.ports.errors import IntegrationError
from bot.ports.tracker import FieldsNeeded
from tests.fakes import errors

NEEDS = ("summary", "description", "labels", "priority", "duedate", "assignee")


@dataclass
class FakeTracker:
    """`behind` is how many searches do not know a new ticket, `indexed` what the search still takes a ticket for, `leads` where the old
    keys of moved ones lead. `before` and `after` hold the errors of the next calls, by number from 1: raised before a call has its
    effect, or after it."""

    behind: int = 0
    drafts: list[TicketDraft] = field(default_factory=list)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    unseen: dict[str, int] = field(default_factory=dict)
    indexed: dict[str, Ticket] = field(default_factory=dict)
    leads: dict[str, Ticket] = field(default_factory=dict)
    links: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    wanted: tuple[FieldNeed, ...] = ()
    calls: list[str] = field(default_factory=list)
    before: dict[int, BaseException] = field(default_factory=dict)
    after: dict[int, BaseException] = field(default_factory=dict)

    @property
    def configured(self) -> bool:
        return True

    def fail_next(self, error: BaseException, *, after: bool = False) -> None:
        (self.after if after else self.before)[len(self.calls) + 1] = error

    def create(self, draft: TicketDraft) -> Ticket:
        number = self._begins("create")
        needs = [each for each in self.wanted if each.id not in draft.extra]
        if needs:
            raise FieldsNeeded(f"Jira wants {needs[0].name}.", needs)
        self.drafts.append(draft)
        key = f"{draft.project}-{len(self.drafts)}"
        made = Ticket(key, f"https://jira.example/browse/{key}", "To Do", False, draft.labels)
        self.tickets[key], self.unseen[key] = made, self.behind
        self._ends(number)
        return made

    def find(self, label: str) -> Sequence[Ticket]:
        number = self._begins("find")
        found = []
        for key, ticket in self.tickets.items():
            self.unseen[key] = self.unseen.get(key, 0) - 1
            if label in ticket.labels and self.unseen[key] < 0:
                found.append(ticket)
        self._ends(number)
        return found

    def read(self, key: str) -> Ticket | None:
        self._ends(self._begins("read"))
        return self.tickets.get(key, self.leads.get(key))

    def standing(self, keys: Sequence[str]) -> Mapping[str, Ticket]:
        number = self._begins("standing")
        found = {key: self.indexed.get(key, self.tickets[key]) for key in keys if key in self.tickets}
        self._ends(number)
        return found

    def relabel(self, key: str, change: Change) -> None:
        number = self._begins("relabel")
        standing = self.tickets[key]
        labels = tuple(each for each in standing.labels if each not in change.remove)
        new = tuple(each for each in change.add if each not in labels)
        self.tickets[key] = Ticket(key, standing.url, standing.status, standing.done, labels + new)
        self._ends(number)

    def link_back(self, key: str, address: str, title: str, identity: str) -> None:
        number = self._begins("link")
        self.links[key, identity] = (address, title)
        self._ends(number)

    def unlink(self, key: str, identity: str) -> None:
        number = self._begins("unlink")
        self.links.pop((key, identity), None)
        self._ends(number)

    def form(self, project: str, issue_type: str, *, anew: bool = False) -> TicketForm:
        self._ends(self._begins("form"))
        return TicketForm(project, issue_type, self.wanted)

    def needs(self, draft: TicketDraft) -> Sequence[FieldNeed]:
        self._ends(self._begins("needs"))
        return [each for each in self.wanted if each.id not in draft.extra]

    def _begins(self, name: str) -> int:
        self.calls.append(name)
        error = self.before.pop(len(self.calls), None)
        if error:
            raise error
        return len(self.calls)

    def _ends(self, number: int) -> None:
        error = self.after.pop(number, None)
        if error:
            raise error


def refused() -> IntegrationError:
    """Jira said no, with a reason."""
    return IntegrationError("Jira refused: summary: no.", name="http_400", retryable=False)


lost, server_error, wait, Crash = errors.lost, errors.server_error, errors.wait, errors.Crash
