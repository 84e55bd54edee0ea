"""What can be said of one message: what was read, asked, weighed, and what became of it. Values only; see explain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import Confidence, CustomerCount, PublicText, Reference, TimelineFinding, TimelineKind
from bot.domain.harvest.heaviest import Unweighed
from bot.domain.harvest.rule import Finding

Beside = Reference | CustomerCount | PublicText


@dataclass(frozen=True, slots=True)
class Said:
    """A message (`ts`) as it is named beside another one: when (UTC), by whom, the words as plain text."""

    ts: str
    at: datetime
    user_id: str | None
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """`talk`: it is read at all; `subtype` is Slack's word for what it is instead. `human`: a person wrote it. The last two say in
    whose time it is: that of the follow-ups, that of all else. `lent_to`: whose entry (ts) it belongs to. `bare_times`: the
    zone in which its times without one are read, where that makes a difference."""

    message: Said
    thread_ts: str | None
    subtype: str | None
    talk: bool
    human: bool
    in_follow_ups: bool
    in_response: bool
    lent_to: str | None
    bare_times: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that was asked about the message. `cues` are the words that woke it; none where it is asked about every message."""

    rule: str
    title: str
    cues: tuple[str, ...]
    found: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Something that was seen, by its name in the table, and what it weighs; below zero it speaks against."""

    name: str
    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class Scaled:
    """The sentence that weighs most, of the whole message or of a `line`; `start` and all `parts` add up to `weight`."""

    line: int | None
    said: str
    weight: float
    start: float
    parts: tuple[Part, ...]
    enough: bool


@dataclass(frozen=True, slots=True)
class OnScale:
    """What was weighed for the follow-ups or the timeline, or why nothing was. `least` is what is asked for, `sure` what makes it sure;
    `shift` is by how much less is asked than in other channels (more, below zero); `noticed` that less is asked since a rule noticed
    it; `likely` the kind of line that it most likely is, where it is one by its weight. `gate`: what its words must weigh for a second look
    at it among what else was said, on which `least` is asked; None where nothing is looked at twice."""

    what: str
    unweighed: Unweighed | None
    scaled: tuple[Scaled, ...]
    least: float
    sure: float
    shift: float = 0.0
    noticed: bool = False
    likely: TimelineKind | None = None
    gate: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding and what became of it. `by` is the message because of which, `because` the rule; `entry` the line of the timeline in
    which it stands now, its own or another's; `now`: of a role, whether this is who has it at the end."""

    finding: Finding
    rule: str
    title: str
    outcome: Outcome
    confidence: Confidence | None
    by: Said | None = None
    because: str | None = None
    entry: TimelineFinding | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one message."""

    read: Read
    asked: tuple[Asked, ...]
    weighed: tuple[OnScale, ...]
    verdicts: tuple[Verdict, ...]
    beside: tuple[Beside, ...] = ()
