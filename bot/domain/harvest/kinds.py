"""What a line cannot be whatever its words weigh: what merely happens is no decision, what goes out began nothing by itself, errors that
are back are no better, who takes command mitigates nothing, and nothing is a change of severity without a word for how bad it is."""

from __future__ import annotations

import re

from bot.domain.harvest.finding import Role, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import DONE_VERBS, either

_HOW_BAD = late(
    r"\bsev|severity|\b[ps]-?[0-5]\b|priorit|\bprio\b|major|critical|level|escalat|downgrad|upgrad|declar|emergency|crisis|outage|alarm|"
    r"categor|\b(?:red|orange|yellow|amber)\b",
    re.I,
)
_WHO = r"(?:i|we|you|they|he|she|who)"
# "the ship left two minutes ago", "file received": somebody else did it, or nobody.
_HAPPENED = late(
    rf"^\W*(?:(?:and|so|ok|okay|well|oh|the|our|a|an|my|their|its|that|this|yes|no|hm+)[, ]+)*(?!(?:{_WHO}|everyone|let's|please|if|when|"
    rf"once|until|before|after|not?)\b)[\w'/.-]+(?: (?!(?:{_WHO}|and|so|but|if|once|when|until)\b)[\w'/.-]+){{0,3}}? "
    r"(?:(?:has|have|had|is|are|was|were|just|already|also|all|now) )*(?:left|arrived|fell|fallen|went|came|died|crashed|broke|landed|"
    r"sailed|departed|ran out|expired|received|rebooted|happened|sank|rang|failed|passed|blew|tripped|froze|appeared|disappeared|vanished|"
    r"edited|woke)\b|\b(?:(?:second|minute|min|hour|day|week)s? ago|by itself|by themselves|on its own)\b",
    re.I,
)
_DECIDES = late(
    r"\b(?:decid\w*|decision|agreed?|let's|lets|we'll|i'll|will|shall|going to|instead|(?:we|i|you) (?:do|go|keep|stop|wait|take|stay|roll|"
    r"send|pay)|leave|hold|keep|wait|don't|do not|no more|must|should|please|nobody|approved?|plan|call|until|till|only|first)\b",
    re.I,
)
_NO_DECISION = frozenset({TimelineKind.decision})
_GETS_BETTER = frozenset({TimelineKind.mitigation, TimelineKind.resolved})
_BACK = late(
    r"\b(?:errors?|failures?|timeouts?|5xx|[45]\d\dx?s?|outage|problems?|issues?|alerts?)"
    r"(?: is| are| were|'s|'re| came| come)*(?: all)? back\b"
    r"(?! (?:to |at |in |on )?(?:normal|usual|baseline|zero|0|green|under|down|below|track))",
    re.I,
)
_SHIPPED = late(
    r"^\W{0,4}(?:\d{1,2}[:.]\d\d\S{0,12}\W{1,4})?(?:(?:the|our|a|an|and|ok|so) )*"
    r"(?:[\w./#-]+ ){0,2}(?:deploy(?:ment)?|release|build|rollout|migration|"
    r"config change|v?\d+\.\d+[\w.]*)\b(?: [\w./#-]+){0,3} (?:went (?:out|live)|shipped|landed|rolled out|(?:was|got) (?:merged|pushed|"
    r"deployed))\b(?!.*\b(?:since|errors?|fail\w*|broke|down|start\w*|began|when|then)\b)",
    re.I,
)
# "14:02 restarted the api", "restarted the api at 14:02": a step with its time.
_DONE = rf"(?:(?:i|we) )?(?!started|stopped)(?:{either(DONE_VERBS)})\b"
_STEP = late(
    rf"^\W{{0,4}}(?:\d{{1,2}}[:.]\d\d\S{{0,12}}\W{{1,4}}{_DONE}|{_DONE}[^.;!?]{{0,60}} (?:at|around) \d{{1,2}}[:.]\d\d\b)",
    re.I,
)
_NO_ONSET = frozenset(
    {TimelineKind.impact_start, TimelineKind.detection, TimelineKind.mitigation, TimelineKind.decision}
)
_OUTSIDE = late(
    r"stat(?:us|ement)|customer|client|user|rider|guest|merchant|partner|vendor|shop|member|patient|passenger|public|post|tweet|toot|"
    r"publish|announc|noti[cf](?:e\b|es\b|i|y)|banner|mail|comms|communicat|inform|told|tell|message|press|page|site|social|update|sms|"
    r"newsletter|twitter|mastodon|facebook|blog|letter|sent|went out|live|call|"
    r"pinned|closed|wrote",
    re.I,
)
_SOME = 7  # words that say what customers are told, if they are
_DECLARED = late(r"^\W*(?::[\w+-]+:\s*)*(?:(?:an?|the|major|new) )*incident (?:is |was |has been )?declared\b", re.I)
_NOT_PUBLIC = frozenset({TimelineKind.public})
_NOT_COMMAND = frozenset(
    {
        TimelineKind.mitigation,
        TimelineKind.action,
        TimelineKind.decision,
        TimelineKind.detection,
        TimelineKind.impact_start,
    }
)
_FEW = 14  # words of a line that says nothing but who has command


def never(said: str) -> frozenset[TimelineKind]:
    """The kinds that some words cannot be."""
    kinds = _NO_DECISION if _HAPPENED.search(said) and not _DECIDES.search(said) else frozenset()
    if _BACK.search(said):
        kinds |= _GETS_BETTER
    if _SHIPPED.match(said) or _STEP.match(said):
        kinds |= _NO_ONSET
    if _DECLARED.match(said) or (len(said.split()) >= _SOME and not _OUTSIDE.search(said)):
        kinds |= _NOT_PUBLIC
    return kinds


def sober(kind: TimelineKind, said: str, note: Note, ctx: Context) -> TimelineKind:
    """What some words of a message are, if by their weights they are of a kind."""
    if kind is TimelineKind.severity_change and not _HOW_BAD.search(said):
        return TimelineKind.other
    return of_command(kind, said, note, ctx)


def of_command(kind: TimelineKind, said: str, note: Note, ctx: Context) -> TimelineKind:
    """The same without how bad it is: a line that only says who has command is none of what is done or seen."""
    return TimelineKind.other if kind in _NOT_COMMAND and _only_commands(said, note, ctx) else kind


def _only_commands(said: str, note: Note, ctx: Context) -> bool:
    if note.message.ts not in ctx.claimed or len(said.split()) > _FEW:
        return False
    return any(claim.ts == note.message.ts and claim.role is Role.ic for claim in ctx.claims)
