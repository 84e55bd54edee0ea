"""Tickets in a tracker outside: what is asked for, what stands there, and how far the making of one has got (R-31)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import errors, typed
from bot.domain.actions import ActionItem, Decision

LONGEST_SUMMARY = 255
# The tracker's search may know a new ticket only minutes after it was made: for so long it is asked before another is made.
LOOKED_FOR = timedelta(minutes=6)
MOST_TRIES = 2
# What may be left out, as people are told of it.
DUE, PRIORITY = "due date", "priority"
UNWANTED = "No ticket was made: something else had been decided by then."
# One that is worth a ticket all the same, with a justification.
LOWER = "LOWER"
PRIORITIES = {"P0": "Highest", "P1": "High", LOWER: "Medium"}
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TicketRules:
    """How tickets are made where there is a tracker: the project of services that name none, the kind, and the tracker's names of our
    priorities. `url` is the tracker's own address, without a slash at its end, by which addresses of tickets are known. Those that are
    not done are read back every `read_every`, until `followed` after their post-mortem was closed."""

    project: str
    issue_type: str = "Task"
    priorities: Mapping[str, str] = field(default_factory=lambda: dict(PRIORITIES))
    url: str = ""
    read_every: timedelta = timedelta(hours=1)
    followed: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """A ticket to be made. `description` is wiki markup, `assignee` an e-mail address, `extra` the further fields by their ids."""

    project: str
    issue_type: str
    summary: str
    description: str
    labels: tuple[str, ...]
    priority: str = ""
    assignee: str = ""
    due: date | None = None
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ticket:
    """As it stands in the tracker. `left_out` names what its form has no place for, or the tracker does not know."""

    key: str
    url: str
    status: str = ""
    done: bool = False
    labels: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class FieldKind(StrEnum):
    """How a field is filled in; OTHER is one that cannot be asked for in a form of ours."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    WORDS = "words"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldNeed:
    """A field of the tracker's form; `options` are (id, name) of what may be chosen."""

    id: str
    name: str
    kind: FieldKind
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()

    @property
    def can_be_asked(self) -> bool:
        """Whether a person can fill it in here; to choose there must be something to choose from."""
        chosen = self.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
        return self.kind is not FieldKind.OTHER and (bool(self.options) or not chosen)


@dataclass(frozen=True, slots=True)
class TicketForm:
    """What the tracker's form for one kind of ticket has."""

    project: str
    issue_type: str
    fields: tuple[FieldNeed, ...] = ()

    def field(self, field_id: str) -> FieldNeed | None:
        """One field by its id."""
        return next((each for each in self.fields if each.id == field_id), None)

    @property
    def priorities(self) -> tuple[str, ...]:
        """The names that may be chosen; none where the tracker does not tell."""
        found = self.field("priority")
        return tuple(name for _, name in found.options) if found else ()

    def priority(self, said: str) -> str:
        """One of them, in whatever case it was written; as it was written where it is none."""
        return next((each for each in self.priorities if each.casefold() == said.casefold()), said)

    def missing(self, filled: Sequence[str]) -> tuple[FieldNeed, ...]:
        """What must be asked of a person: required, and not among what is filled in."""
        return tuple(each for each in self.fields if each.required and each.id not in filled)


class TicketState(StrEnum):
    """`sending`: it may have been made, no answer is known. `held`: a person must look. `refused`: none was made. `none`: none was
    asked for, since one is to be linked or was unlinked, the asking was cancelled, or it is not wanted any more."""

    WAITING = "waiting"
    SENDING = "sending"
    MADE = "made"
    HELD = "held"
    REFUSED = "refused"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KeptTicket:
    """What is remembered of an action item's ticket. `label` finds it again, `tags` are those that the bot put onto it. `tries` counts
    the requests to make it, `tried_at` is when the last one left. `due` is the day that somebody chose,
    and of one that was made the day that it was made with; `priority` likewise. `trouble` is a plain sentence; for one that is held, a
    question. `linking` is the key that somebody gave, until it was looked at in the tracker.
    `status` and `done` are what the tracker said at `read_at`; `gone` says that it had no such ticket then. `extra` is what people
    filled in, by field, and `wants` are the ids of the fields for lack of which it was refused.
    """

    action_id: str
    postmortem_id: str
    label: str
    project: str
    issue_type: str
    asked_by: str
    asked_at: datetime
    state: TicketState = TicketState.WAITING
    priority: str = ""
    due: date | None = None
    extra: Mapping[str, Value] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    tries: int = 0
    tried_at: datetime | None = None
    key: str = ""
    url: str = ""
    status: str = ""
    done: bool = False
    linked_back: bool = False
    trouble: str = ""
    read_at: datetime | None = None
    linking: str = ""
    gone: bool = False
    wants: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """All that the bot puts onto it."""
        return (*self.tags, self.label)

    @property
    def form(self) -> tuple[str, str]:
        """The project and the issue type: those that share them share what is filled in."""
        return self.project, self.issue_type

    @property
    def settled(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.state not in (TicketState.WAITING, TicketState.SENDING)

    @property
    def stuck(self) -> bool:
        """Whether it waits because of trouble, and is tried again by itself."""
        return not self.settled and bool(self.trouble)

    @property
    def unsent(self) -> bool:
        """Whether it waits, and no request for it can have left: then nothing can have been made."""
        return self.state is TicketState.WAITING and not self.tries

    def cancelled(self) -> KeptTicket:
        """None is asked for any more."""
        return replace(self, state=TicketState.NONE, trouble="", wants=())

    def sending(self, now: datetime, due: date | None = None) -> KeptTicket:
        """A request is about to leave, for a ticket that is due on that day."""
        due = due or self.due
        return replace(self, state=TicketState.SENDING, tries=self.tries + 1, tried_at=now, trouble="", due=due)

    def made(self, ticket: Ticket, now: datetime, more: str = "") -> KeptTicket:
        """It stands in the tracker; `more` is a sentence about what it lacks."""
        said = " ".join(filter(None, (f"Left out: {', '.join(ticket.left_out)}." if ticket.left_out else "", more)))
        due = None if DUE in ticket.left_out else self.due
        priority = "" if PRIORITY in ticket.left_out else self.priority
        return replace(
            self, due=due, priority=priority, state=TicketState.MADE, key=ticket.key, url=ticket.url, status=ticket.status or self.status,
            done=ticket.done, trouble=said, read_at=now, gone=False, wants=(),
        )  # fmt: skip

    def not_made(self) -> KeptTicket:
        """The tracker answered that it made none: that request does not count."""
        return replace(self, state=TicketState.WAITING, tries=max(0, self.tries - 1), tried_at=None)

    def unwanted(self) -> KeptTicket:
        """None was made, and by now something else was decided of the action item."""
        return replace(self, state=TicketState.NONE, trouble=UNWANTED, tries=0, tried_at=None, wants=())

    def refused(self, why: str) -> KeptTicket:
        """None was made, and another try by itself would not help."""
        return replace(self, state=TicketState.REFUSED, trouble=why, tries=0, tried_at=None)

    def held(self) -> KeptTicket:
        """Nobody knows whether it was made: a person looks."""
        said = (
            f"Was a ticket made in {self.project}? Jira never answered, and no ticket with the label {self.label} was found. "
            "Look there, then link it, or have it made anew."
        )
        return replace(self, state=TicketState.HELD, trouble=said)

    def look_again_in(self, now: datetime) -> timedelta | None:
        """How long until the tracker is asked again for what may have been made; None when it was looked for long enough."""
        gone = now - self.tried_at if self.tried_at else LOOKED_FOR
        if gone >= LOOKED_FOR:
            return None
        return max(timedelta(seconds=2), min(timedelta(seconds=60), gone / 2, LOOKED_FOR - gone))


def summary(words: str) -> str:
    """One line that the tracker takes."""
    said = typed.clip(typed.one_line(words), LONGEST_SUMMARY)
    if not said:
        raise errors.bad_input("no_summary", "Say in a few words what is to be done: a ticket needs a summary.")
    return said


def priority(chosen: str, names: Mapping[str, str]) -> str:
    """The tracker's name of one of ours; "" leaves it to the tracker."""
    return names.get(chosen.upper(), "")


def to_ask(actions: Iterable[ActionItem], kept: Mapping[str, KeptTicket]) -> tuple[ActionItem, ...]:
    """The action items that are to have a ticket, have none, and of which none is being made, looked at or held."""
    over = (TicketState.REFUSED, TicketState.NONE)
    return tuple(
        each
        for each in actions
        if each.decision is Decision.TICKET
        and not each.ticket
        and (each.id not in kept or (kept[each.id].state in over and not kept[each.id].linking))
    )
