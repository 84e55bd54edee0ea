"""What is to be done about an incident: each TODO of the chat is decided on once, by a person (R-30, R-34, R-35). A ticket
has a kind (R-33) and a priority; a low one needs a justification, since few tickets that are done help more than many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain import details, errors, ticket_address
from bot.domain.errors import BadInput


class Decision(StrEnum):
    """What becomes of a TODO. A topic for discussion is not decided yet: it blocks Close (R-35)."""

    TICKET = "ticket"
    DISCUSS = "discuss"
    DONE = "done"
    WONT_DO = "wont_do"
    MERGED = "merged"


class ActionKind(StrEnum):
    """What a ticket is for (R-33)."""

    PREVENT = "prevent"
    MITIGATE = "mitigate"
    DETECT = "detect"
    REPAIR = "repair"
    INVESTIGATE = "investigate"
    PROCESS = "process"


class Priority(StrEnum):
    """How urgent a ticket is (R-34)."""

    P0 = "P0"
    P1 = "P1"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One TODO that somebody decided on, or an action item added by hand. `ticket` is the address of the ticket, "" while it
    has none; `reason` says why it will not be done. `by` decided last; `at` is when it was made, which is its place among the
    others. `ts`, `line` name the message it comes from, when it comes from one.

    `justification` says why a ticket of a lower priority is worth it. `due` is the day that a person chose; None follows the
    rule (X-1). `merged_into` is the item that does it as well, and `was` what had been decided before that, None for nothing.
    `roi` notes what it costs and what it is worth: not every trade-off pays (R-33).
    """

    id: str
    postmortem_id: str
    text: str
    decision: Decision
    by: str
    at: datetime
    reason: str = ""
    ticket: str = ""
    assignee: str | None = None
    ts: str | None = None
    line: int | None = None
    version: int = 1
    kind: ActionKind | None = None
    priority: Priority | None = None
    justification: str = ""
    due: date | None = None
    merged_into: str | None = None
    was: Decision | None = None
    roi: str = ""

    @property
    def undecided(self) -> bool:
        """R-35: what is still to be discussed stands in the way of Closed."""
        return self.decision is Decision.DISCUSS


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of a ticket beside its words; `due` is None while it follows the rule. `roi` is said of every action item."""

    kind: ActionKind | None = None
    priority: Priority | None = Priority.P1
    justification: str = ""
    due: date | None = None
    roi: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for one TODO: `ticket` is an address, `reason` a sentence, `assignee` a user id or a name, `into`
    the id of the item that it is merged into, `link` the key of a ticket that is to be linked."""

    decision: Decision
    ticket: str = ""
    reason: str = ""
    assignee: str | None = None
    terms: Terms = Terms()
    into: str | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of tickets where one is typed: the `tracker`'s address, None without one, and the address that `stands`."""

    tracker: str | None = None
    stands: str = ""


NOTHING_KNOWN = Known()
NO_TICKET = ticket_address.NO_TICKET
NO_REASON, NO_KIND, NO_WHY, NO_TARGET = "no_reason", "no_kind", "no_why", "no_target"


def choose(
    decision: Decision, said: str, assignee: str | None = None, terms: Terms | None = None, into: str | None = None,
    known: Known = NOTHING_KNOWN,
) -> Choice:  # fmt: skip
    """The choice with what was typed beside it: for a ticket its address or, where there is a tracker, its key when it has one
    already, else a reason. Raises BadInput with a reason for each thing that is missing: the kind of a ticket, why a lower
    priority is worth one, why something will not be done, and what it is merged into."""
    words, terms = said.strip(), terms or Terms()
    link, bad = _link(words, known) if decision is Decision.TICKET else ("", "")
    asked = {NO_TICKET: (bool(bad), bad), **_asked(decision, words, terms, into)}
    wrong = {code: sentence for code, (fails, sentence) in asked.items() if fails}
    if wrong:
        reasons = tuple(errors.Reason(code, sentence) for code, sentence in wrong.items())
        raise BadInput(" ".join(wrong.values()), reasons=reasons)
    if decision is Decision.TICKET:
        return Choice(decision, ticket=known.stands if link else words, assignee=assignee, terms=terms, link=link)
    if decision is Decision.MERGED:
        return Choice(decision, assignee=assignee, terms=terms, into=into)
    return Choice(decision, reason=words, assignee=assignee, terms=terms)


def _link(words: str, known: Known) -> tuple[str, str]:
    """The key of the ticket to be linked, "" for none, and what is wrong with what was typed."""
    if not words or words == known.stands:
        return "", ""
    if known.tracker is None:
        return "", "" if details.is_web_address(words) else _NO_ADDRESS
    try:
        return ticket_address.key(words, known.tracker), ""
    except BadInput as error:
        return "", error.message


def _asked(decision: Decision, words: str, terms: Terms, into: str | None) -> Mapping[str, tuple[bool, str]]:
    ticket, lower = decision is Decision.TICKET, terms.priority is Priority.LOWER
    return {
        NO_KIND: (ticket and terms.kind is None, "Choose what the ticket is for: its type."),
        NO_WHY: (ticket and lower and not terms.justification.strip(), _LOWER),
        NO_REASON: (
            decision is Decision.WONT_DO and not words,
            "Say why it will not be done: the reason is worth as much as a ticket.",
        ),
        NO_TARGET: (decision is Decision.MERGED and not into, "Choose the action item that it is merged into."),
    }  # fmt: skip


_NO_ADDRESS = "The address of a ticket that is there already begins with https:// or http://."
_LOWER = (
    "Only P0 and P1 become tickets by themselves. Say here why this is worth one all the same, or choose “Topic for "
    "discussion” or “Won't do” above."
)
LABELS = {
    Decision.TICKET: "Ticket",
    Decision.DISCUSS: "Topic for discussion",
    Decision.DONE: "Already done",
    Decision.WONT_DO: "Won't do",
    Decision.MERGED: "Merged into another",
}
KINDS = {
    ActionKind.PREVENT: "Prevent: it does not happen again",
    ActionKind.MITIGATE: "Mitigate: it is shorter or smaller next time",
    ActionKind.DETECT: "Detect: we notice it sooner",
    ActionKind.REPAIR: "Repair: what this incident broke",
    ActionKind.INVESTIGATE: "Investigate: find out what nobody knows yet",
    ActionKind.PROCESS: "Process: how we respond",
}
PRIORITIES = {Priority.P0: "P0", Priority.P1: "P1", Priority.LOWER: "Lower, with a justification"}
