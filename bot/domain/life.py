"""Everything beside the record that its life depends on, as one value: what was written, booked, decided and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.actions import ActionItem
from bot.domain.booking import Booking
from bot.domain.capture import Capture
from bot.domain.content import Content
from bot.domain.external_message import ExternalDecision
from bot.domain.kept_mail import KeptMail
from bot.domain.line_checks import LineCheck
from bot.domain.looked_at import LookedAt
from bot.domain.mail_draft import Letter, MailDraft
from bot.domain.queries import Query
from bot.domain.questions import Question
from bot.domain.review import Approval, Note, NoteState
from bot.domain.timeline import Item


@dataclass(frozen=True, slots=True)
class Life:
    """One record's life. `items` and `queries` are in order of time, removed ones left out; `waiting_todos`, `waiting_items`
    and `waiting_queries` name (ts, line) of the proposals that nobody has decided on; `merged` are the ids of lines that took
    others in; `unseen_findings` counts wording findings nobody looked at. `captures` is what was heard of marked, edited and
    deleted messages, by channel and `ts`."""

    content: Content = field(default_factory=Content)
    booking: Booking | None = None
    external: ExternalDecision = field(default_factory=ExternalDecision)
    items: tuple[Item, ...] = ()
    merged: frozenset[str] = frozenset()
    actions: tuple[ActionItem, ...] = ()
    waiting_todos: tuple[tuple[str, int], ...] = ()
    waiting_items: tuple[tuple[str, int], ...] = ()
    queries: tuple[Query, ...] = ()
    waiting_queries: tuple[tuple[str, int], ...] = ()
    notes: tuple[Note, ...] = ()
    approvals: tuple[Approval, ...] = ()
    looked_at: tuple[LookedAt, ...] = ()
    questions: tuple[Question, ...] = ()
    checks: tuple[LineCheck, ...] = ()
    captures: Mapping[tuple[str, str], Capture] = field(default_factory=dict)
    mail_drafts: tuple[MailDraft, ...] = ()
    mails: tuple[KeptMail, ...] = ()
    unseen_findings: int = 0

    def mail_draft(self, postmortem_id: str, purpose: Letter) -> MailDraft:
        """What was written for a mail; empty when nobody wrote any."""
        found = (each for each in self.mail_drafts if each.purpose is purpose)
        return next(found, MailDraft(postmortem_id, purpose))

    @property
    def undecided_actions(self) -> int:
        """R-35: topics that are still to be discussed."""
        return sum(action.undecided for action in self.actions)

    @property
    def open_notes(self) -> int:
        """R-41: what readers said and nobody has ticked off."""
        return sum(note.state is NoteState.OPEN for note in self.notes)

    @property
    def with_evidence(self) -> int:
        """R-21: items that have evidence; those with a reason why there is none are not among them."""
        return sum(bool(item.evidence) for item in self.items)

    @property
    def evidence_said(self) -> str:
        """`11 with evidence, 25 without data, 2 still without evidence`; "" while there are no items."""
        bare = sum(item.bare for item in self.items)
        waived = len(self.items) - self.with_evidence - bare
        said = [f"{self.with_evidence} with evidence"] if self.items else []
        said += [f"{waived} without data"] if waived else []
        return ", ".join([*said, f"{bare} still without evidence"] if bare else said)
