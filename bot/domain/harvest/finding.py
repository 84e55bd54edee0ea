"""What the harvester proposes. Every finding names the message it comes from and the rule that found it, so that
a person can agree or disagree with a reason in hand; nothing here is a fact before somebody confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    ic = "ic"
    deputy = "deputy"
    scribe = "scribe"
    customer_liaison = "customer_liaison"
    internal_liaison = "internal_liaison"


class Confidence(StrEnum):
    """A: a literal convention of the guides. B: a phrase taught in training. C: a heuristic, a suggestion."""

    A = "A"
    B = "B"
    C = "C"


class TimelineKind(StrEnum):
    impact_start = "impact_start"
    detection = "detection"
    page = "page"
    severity_change = "severity_change"
    status_change = "status_change"
    public = "public"
    action = "action"
    decision = "decision"
    mitigation = "mitigation"
    resolved = "resolved"
    other = "other"


# The rules of what a person pointed out in the channel, beside those of the harvest.
REACTION, SHORTCUT = "reaction", "shortcut"
BY_HAND = frozenset({REACTION, SHORTCUT})


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """Somebody has a role from `at` (UTC) on. `name` is as written when no single person fits it."""

    role: Role
    user_id: str | None
    name: str | None
    at: datetime
    ts: str
    rule: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Responder:
    """`suggested` is False for observers: present, but no message of substance and no role."""

    user_id: str
    name: str
    messages: int
    roles: tuple[Role, ...]
    why: str
    suggested: bool


@dataclass(frozen=True, slots=True)
class TimelineFinding:
    """`at` is the time of the event in UTC, which a written time may set apart from the time of the message."""

    ts: str
    thread_ts: str | None
    line: int
    at: datetime
    user_id: str | None
    kind: TimelineKind
    text: str
    evidence: tuple[str, ...]
    rule: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class TodoFinding:
    """`assignee` is a user id when one person is meant, a name as written otherwise; `due` are the words that say until when, as
    they were written."""

    ts: str
    thread_ts: str | None
    line: int
    user_id: str | None
    text: str
    detail: str
    assignee: str | None
    rule: str
    confidence: Confidence
    due: str = ""

    def whole(self, between: str = "\n") -> str:
        """The words with what belongs to them; where that repeats them, as the sentence around them does, it alone."""
        if not self.detail.strip():
            return self.text
        return self.detail if self.text in self.detail else f"{self.text}{between}{self.detail}"


@dataclass(frozen=True, slots=True)
class QueryFinding:
    """`text` is verbatim: decoded, nothing else touched. `result` is what it has shown, as the message `result_ts` says; both are
    empty where none does."""

    ts: str
    thread_ts: str | None
    line: int
    user_id: str | None
    text: str
    rule: str = "H-20"
    confidence: Confidence = Confidence.C
    result: str = ""
    result_ts: str | None = None


@dataclass(frozen=True, slots=True)
class RecordingFinding:
    ts: str
    url: str
    rule: str = "H-18"
    confidence: Confidence = Confidence.C


@dataclass(frozen=True, slots=True)
class EndOfCall:
    ts: str
    at: datetime
    rule: str = "H-09"
    confidence: Confidence = Confidence.A


@dataclass(frozen=True, slots=True)
class Reference:
    """A related `ticket` or `pull` request; `url` is empty where only its key was written."""

    kind: str
    text: str
    url: str
    ts: str
    rule: str
    confidence: Confidence = Confidence.C


@dataclass(frozen=True, slots=True)
class CustomerCount:
    """How many of whom, as written ("2,300", "40%"), and the line that says so."""

    number: str
    what: str
    text: str
    ts: str
    rule: str = "H-40"
    confidence: Confidence = Confidence.C


@dataclass(frozen=True, slots=True)
class PublicText:
    """A text for customers, as it was written in the channel."""

    text: str
    ts: str
    rule: str = "H-41"
    confidence: Confidence = Confidence.C


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was there and took no part: `joined` wrote nothing, `silent` were called by name (user id, ts) and wrote nothing; `apps` by
    name."""

    joined: tuple[str, ...] = ()
    silent: tuple[tuple[str, str], ...] = ()
    apps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeverityFinding:
    """A message that states the severity (1 is the worst)."""

    ts: str
    severity: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found, each list in order of time. `ic` and `scribe` are the last claims; None: nobody named."""

    responders: tuple[Responder, ...] = ()
    role_claims: tuple[RoleClaim, ...] = ()
    ic: RoleClaim | None = None
    scribe: RoleClaim | None = None
    timeline: tuple[TimelineFinding, ...] = ()
    todos: tuple[TodoFinding, ...] = ()
    recordings: tuple[RecordingFinding, ...] = ()
    queries: tuple[QueryFinding, ...] = ()
    end_of_call: EndOfCall | None = None
    severities: tuple[tuple[str, int], ...] = ()
    references: tuple[Reference, ...] = ()
    customers: tuple[CustomerCount, ...] = ()
    public_texts: tuple[PublicText, ...] = ()
    presence: Presence = Presence()
    title: str = ""
