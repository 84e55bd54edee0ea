"""The commands and queries that the numbers of a post-mortem come from (R-25): kept to the letter, since somebody will run
them again. What the harvest found is a proposal until somebody keeps or drops it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import details, errors, pieces, secrets, typed
from bot.domain.errors import BadInput, Reason
from bot.domain.harvest.finding import Findings, QueryFinding
from bot.domain.harvest.message import instant
from bot.domain.proposals import Key
from bot.domain.secrets import Secret

TEXT, TOOL, LINK, RESULT = "text", "tool", "link", "result"
TOOL_MOST = 200
LONGEST = 30_000
TOO_LONG = (
    "This query is longer than a form can show: {most:,} characters at most, fewer of letters that are not Latin, and it has "
    "{has:,}. Attach it to a message in the channel as a file, enter here what it does, and the file's address as the link."
)
_PLACES = {TEXT: "the query", TOOL: "the tool", LINK: "the link", RESULT: "the result"}


@dataclass(frozen=True, slots=True)
class Query:
    """One command or query. `text` is to the letter; `result` sums up what it showed. `ran_by` is who ran it, `by` who saved
    it here; `ts`, `line` and `thread_ts` name the message it comes from, when it comes from one."""

    id: str
    postmortem_id: str
    text: str
    by: str
    saved_at: datetime
    tool: str = ""
    link: str = ""
    result: str = ""
    ran_by: str | None = None
    ts: str | None = None
    line: int | None = None
    thread_ts: str | None = None
    removed: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class Written:
    """A query as it was typed."""

    text: str = ""
    tool: str = ""
    link: str = ""
    result: str = ""
    ran_by: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the harvest found in one place of one message; most often one query."""

    key: Key
    findings: tuple[QueryFinding, ...]

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """Everything in it that looks like a secret."""
        return tuple(suspect for each in self.findings for suspect in suspects(proposed(each)))


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something that looks like a secret, and the field it stands in."""

    field: str
    secret: Secret

    @property
    def said(self) -> str:
        """`an access key of AWS in the query, line 3: AKIA…`, as plain text."""
        line = f", line {self.secret.line}" if self.field == TEXT else ""
        return f"{self.secret.kind} in {_PLACES[self.field]}{line}: {self.secret.masked}"


def of(query: Query) -> Written:
    """A stored query as somebody would type it."""
    return Written(query.text, query.tool, query.link, query.result, query.ran_by)


def cleaned(written: Written) -> Written:
    """What is kept of what was typed: the query to the letter, white space around everything else left out."""
    return Written(
        typed.verbatim(written.text), written.tool.strip(), written.link.strip(), written.result.strip(), written.ran_by
    )


def check(written: Written) -> None:
    """Raises BadInput with a reason at each field that cannot be kept as it is."""
    reasons = []
    if not written.text.strip():
        reasons.append(Reason(TEXT, "Enter the command or the query."))
    elif too_long(written.text):
        reasons.append(Reason(TEXT, TOO_LONG.format(most=LONGEST, has=len(written.text))))
    if len(written.tool) > TOOL_MOST:
        reasons.append(Reason(TOOL, f"Keep the tool to {TOOL_MOST} characters: this has {len(written.tool)}."))
    if written.link and not details.is_web_address(written.link):
        reasons.append(Reason(LINK, "Enter one web address that begins with https:// or http://."))
    if reasons:
        raise BadInput("Some fields need another look.", reasons=tuple(reasons))


def too_long(text: str) -> bool:
    """Whether a form could not show it whole, and a second one beside it."""
    return typed.width(text) > LONGEST or pieces.weight(text) > pieces.HEAVIEST


def refuse_too_long(text: str) -> errors.Refused:
    """The refusal of a text that no form shows."""
    return errors.refused("too_long", TOO_LONG.format(most=LONGEST, has=len(text)))


def suspects(written: Written) -> tuple[Suspect, ...]:
    """Everything in it that looks like a secret."""
    return tuple(Suspect(field, each) for field, text in _fields(written) for each in secrets.found(text))


def stamp(written: Written) -> str:
    """What stands for those secrets; "" for none."""
    return secrets.stamp(*(text for _, text in _fields(written)))


def in_order(queries: Iterable[Query]) -> tuple[Query, ...]:
    """Those that are not removed, by when they were posted, else saved."""
    kept = (each for each in queries if not each.removed)
    return tuple(sorted(kept, key=lambda each: (_at(each), each.line or 0, each.id)))


def candidates(findings: Findings | None, waiting: Sequence[Key]) -> tuple[Candidate, ...]:
    """The proposals that nobody has decided on, in the order of the analysis."""
    groups: dict[Key, list[QueryFinding]] = {key: [] for key in waiting}
    for each in findings.queries if findings else ():
        if (each.ts, each.line) in groups:
            groups[each.ts, each.line].append(each)
    return tuple(Candidate(key, tuple(group)) for key, group in groups.items() if group)


def proposed(each: QueryFinding) -> Written:
    """A proposal as it would be kept, with what it has shown: whoever posted it is taken to have run it."""
    return Written(typed.verbatim(each.text), result=each.result.strip(), ran_by=each.user_id)


def made(
    candidate: Candidate, record_id: str, *, keep: bool, by: str, now: datetime, new_id: Callable[[], str]
) -> tuple[Query, ...]:
    """What a decision makes of a proposal: a dropped one is kept as removed, so that it can be put back."""
    return tuple(
        Query(
            new_id(), record_id, proposed(each).text, by, now, result=proposed(each).result, ran_by=each.user_id, ts=each.ts,
            line=each.line, thread_ts=each.thread_ts, removed=not keep,
        )
        for each in candidate.findings
    )  # fmt: skip


def _fields(written: Written) -> tuple[tuple[str, str], ...]:
    return (TEXT, written.text), (TOOL, written.tool), (LINK, written.link), (RESULT, written.result)


def _at(query: Query) -> datetime:
    return instant(query.ts) if query.ts else query.saved_at
