"""The harvest as one function: messages in, findings out. It puts the messages in order (they may come in any), asks
the rules about roles and the end first and about all else then, and has the answers settled; the same messages give
the same findings however they arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from bot.domain.harvest import (
    ask,
    beside,
    claims,
    due_words,
    fate,
    glance,
    halves,
    how_many,
    note,
    pointed_at,
    public_texts,
    responders,
    results,
    settled,
    several,
    taking_part,
    timeline,
    title,
    weighing,
)
from bot.domain.harvest.dialect import Dialect
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import (
    Confidence,
    EndOfCall,
    Findings,
    QueryFinding,
    RecordingFinding,
    Role,
    RoleClaim,
    SeverityFinding,
    TimelineFinding,
    TimelineKind,
    TodoFinding,
)
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.message import Message, ts_key
from bot.domain.harvest.person import Directory, Person
from bot.domain.harvest.rule import Finding, Rule, Wake
from bot.domain.harvest.rules import RULES
from bot.domain.harvest.second_look import SecondLook

_LEAD = timedelta(minutes=15)
_TAIL = timedelta(minutes=30)
_NAMED_BEFORE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the channel that belongs to the incident; None leaves a side open. Follow-ups are taken from
    15 minutes before the start to `until`; timeline and responders from the start to 30 minutes after the end."""

    started_at: datetime | None = None
    resolved_at: datetime | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        for each in (self.started_at, self.resolved_at, self.until):
            if each is not None and each.tzinfo is None:
                raise ValueError("A window needs aware times.")

    def holds_follow_up(self, at: datetime) -> bool:
        return (self.started_at is None or at >= self.started_at - _LEAD) and (self.until is None or at <= self.until)

    def holds_response(self, at: datetime, call_ended: datetime | None) -> bool:
        ends = [each for each in (self.resolved_at, call_ended) if each is not None]
        last = max(ends) + _TAIL if ends else None
        return (
            (self.started_at is None or at >= self.started_at)
            and (last is None or at <= last)
            and (self.until is None or at <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Analysis:
    """The findings and how they came about: the conversation, what each rule said, what was weighed, and for each thing that was
    noticed or weighed what became of it. `follow_up` and `response` are the messages (ts) in whose time follow-ups, and all else,
    are looked for."""

    findings: Findings
    ctx: note.Context
    noticed: tuple[tuple[Rule, Finding], ...]
    weighed: weighing.Weighed
    told: timeline.Settled
    fates: tuple[Fate, ...]
    follow_up: frozenset[str]
    response: frozenset[str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How a channel is read. Without a `window` nothing is cut off. What `own_bot_user` wrote is left out; `marks` are the reactions
    that put a message into the timeline, `rules` what is asked, `dialect` are words of the team's own. Where nothing is to `weigh`, all
    that the rules notice stands, and nothing else. `talk` are the messages (ts) of the incident itself, where more is read: who only wrote
    elsewhere took no part, and no line of the timeline is guessed there. `declared`: somebody says that it is an incident, as by a command
    in its channel, so that it is no mere chat however little it sounds of one."""

    window: Window | None = None
    own_bot_user: str | None = None
    marks: Collection[str] = note.MARKS
    rules: Sequence[Rule] = RULES
    dialect: Dialect = note.PLAIN
    weigh: bool = True
    talk: Collection[str] | None = None
    declared: bool = False


USUAL = Options()


def analyse(messages: Iterable[Message], people: Mapping[str, Person], options: Options = USUAL) -> Findings:
    """Everything the rules find. `messages`: parents and replies together, in any order, repeats allowed (the last
    edit counts). Of what a glance shows to be too light the rules that guess are not asked; the findings are those of `whole`."""
    return _analysis(messages, people, options, Screen if options.weigh else None).findings


def whole(messages: Iterable[Message], people: Mapping[str, Person], options: Options = USUAL) -> Analysis:
    """The same as `analyse`, with how it came about: every message is looked at in full."""
    return _analysis(messages, people, options, None)


def happens(messages: Iterable[Message], people: Mapping[str, Person], options: Options = USUAL) -> bool:
    """Whether so much happens in messages of which nobody says that they are an incident's, at a glance: no rule is asked."""
    ctx = _context(messages, people, options)
    return glance.enough_happens(ctx, Screen(ctx))


def _analysis(
    messages: Iterable[Message], people: Mapping[str, Person], options: Options, screening: type[Screen] | None
) -> Analysis:
    every, window = list(messages), options.window
    ctx = _context(every, people, options)
    noticed, screen = _noticed(ctx, options, screening)
    weighed = _weighed(ctx, [each for _, each in noticed], options, screen)
    found = [
        part for each in weighed.found for part in (_todos(each, ctx) if isinstance(each, TodoFinding) else (each,))
    ]
    end = _end(found, window)
    follow_up = frozenset(each.message.ts for each in ctx.notes if window is None or window.holds_follow_up(each.at))
    response = _response(ctx, window, end)
    said = tuple(each for each in ctx.claims if each.ts in response or _shortly_before(each, window))
    inside, gone = _inside(found, follow_up, response, frozenset(each.ts for each in said), end)
    roles, again = claims.settled(said)
    marked = [each for each in found if isinstance(each, TodoFinding)]
    told = timeline.settle([each for each in inside if isinstance(each, TimelineFinding)], marked, ctx)
    todos, dropped = settled.todos([each for each in inside if isinstance(each, TodoFinding)], ctx)
    recordings, twice = _once([each for each in inside if isinstance(each, RecordingFinding)])
    deeds = _deeds([*told.entries, *(each for each in inside if isinstance(each, QueryFinding))], todos)
    topics = (each.plain for each in ctx.notes if each.topic and each.message.ts in response)
    findings = Findings(
        responders=responders.present(ctx, roles, response, deeds),
        role_claims=roles,
        ic=_last(roles, Role.ic),
        scribe=_last(roles, Role.scribe),
        timeline=told.entries,
        todos=todos,
        recordings=recordings,
        queries=results.beside((each for each in inside if isinstance(each, QueryFinding)), ctx),
        end_of_call=end,
        severities=tuple((each.ts, each.severity) for each in inside if isinstance(each, SeverityFinding)),
        references=pointed_at.references(ctx),
        customers=how_many.customers(ctx),
        public_texts=public_texts.public_texts(ctx),
        presence=beside.presence(ctx, every),
        title=title.propose(told.entries, topics, people),
    )
    gone += [*told.gone, *dropped, *twice, *again]
    fates = (*weighed.gone, *fate.of_each(found, gone))
    return Analysis(findings, ctx, tuple(noticed), weighed, told, fates, follow_up, response, tuple(options.rules))


def _todos(each: TodoFinding, ctx: note.Context) -> list[TodoFinding]:
    """A follow-up with what it says about its time; one for each person whom it gives work to, and for each wish of its line."""
    return [due_words.put(wish) for part in several.each_of(each, ctx) for wish in halves.each_of(part, ctx)]


def _weighed(ctx: note.Context, noticed: list[Finding], options: Options, screen: Screen | None) -> weighing.Weighed:
    return (
        weighing.weighed(ctx, noticed, screen)
        if options.weigh
        else weighing.Weighed(noticed, [], 0.0, 0.0, SecondLook(ctx))
    )


def _inside(
    found: Iterable[Finding],
    follow_up: Collection[str],
    response: Collection[str],
    named: Collection[str],
    end: EndOfCall | None,
) -> tuple[list[Finding], list[Fate]]:
    """What belongs to the incident by its time and is told in one place only, and what became of the rest. Of several ends of the
    call the last in its time counts."""
    recorded = {each.ts for each in found if isinstance(each, RecordingFinding)}
    inside: list[Finding] = []
    gone: list[Fate] = []
    for each in found:
        late = isinstance(each, (TodoFinding, RecordingFinding))
        if isinstance(each, EndOfCall):
            if each is not end:
                gone.append(Fate(each, Outcome.other_end if end else Outcome.outside, end.ts if end else None))
        elif each.ts not in (follow_up if late else named if isinstance(each, RoleClaim) else response):
            gone.append(Fate(each, Outcome.outside))
        elif isinstance(each, TimelineFinding) and each.ts in recorded and not _stands_beside_a_recording(each):
            gone.append(Fate(each, Outcome.a_recording, rule="H-18"))
        else:
            inside.append(each)
    return inside, gone


def _stands_beside_a_recording(each: TimelineFinding) -> bool:
    """Whether somebody marked it, or it is over: "Resolved. Recording: ..."."""
    return each.rule == "H-17" or each.kind is TimelineKind.resolved


def prepared(
    messages: Iterable[Message], people: Mapping[str, Person], options: Options = USUAL
) -> tuple[note.Context, list[Finding]]:
    """The conversation with its roles and its end known, and what the rules say about each message."""
    ctx = _context(messages, people, options)
    noticed, _ = _noticed(ctx, options, None)
    return ctx, [each for _, each in noticed]


_Noticed = list[tuple[Rule, Finding]]


def _noticed(ctx: note.Context, options: Options, screening: type[Screen] | None) -> tuple[_Noticed, Screen | None]:
    """What the rules say, in two passes: what is said in the first (roles, the end) stands around every message in the second."""
    noticed = ask.all_of(ctx, waking(options.rules, first=True))
    found = [each for _, each in noticed]
    ctx.know(each for each in found if isinstance(each, RoleClaim))
    end = _end(found, options.window)
    ctx.ended_at = end.at if end else _over(found, options.window)
    screen = screening(ctx) if screening and not ctx.alone else None  # alone, what a rule noticed stands
    return noticed + ask.all_of(ctx, waking(options.rules, first=False), screen, noticed), screen


def _context(messages: Iterable[Message], people: Mapping[str, Person], options: Options) -> note.Context:
    own = options.own_bot_user
    latest: dict[str, Message] = {}
    for message in messages:
        before = latest.get(message.ts)
        latest[message.ts] = newer(before, message) if before else message
    kept = [each for each in latest.values() if note.is_talk(each) and not (own and each.user_id == own)]
    ordered = sorted(((ts_key(each.ts), each) for each in kept), key=lambda pair: (pair[0], pair[1].ts))
    directory = Directory(people, {each.user_id for _, each in ordered if each.user_id})
    notes = [note.prepare(each, key, people, directory.name, options.dialect) for key, each in ordered]
    ctx = note.Context(notes, directory, options.marks)
    ctx.talk, ctx.declared = options.talk, options.declared
    return ctx


def newer(one: Message, other: Message) -> Message:
    """Which of two copies of a message to keep (the later edit), the same whichever comes first."""
    return max(one, other, key=_weight)


def _weight(message: Message) -> tuple[tuple[int, int], int, int, str]:
    edited = ts_key(message.edited_ts) if message.edited_ts else (0, 0)
    return edited, message.reply_count, len(message.text), repr(message)


def waking(rules: Iterable[Rule], *, first: bool) -> Wake:
    """The rules of one pass."""
    return _waking(tuple(rule for rule in rules if rule.first is first))


_waking = lru_cache(maxsize=8)(Wake)


def _end(found: list[Finding], window: Window | None) -> EndOfCall | None:
    ends = [each for each in found if isinstance(each, EndOfCall)]
    if window and window.started_at:
        ends = [each for each in ends if each.at >= window.started_at]
    if window and window.until:
        ends = [each for each in ends if each.at <= window.until]
    return ends[-1] if ends else None


def _over(found: list[Finding], window: Window | None) -> datetime | None:
    if window and window.resolved_at:
        return window.resolved_at
    over = [each.at for each in found if isinstance(each, TimelineFinding) and each.kind is TimelineKind.resolved]
    return over[-1] if over else None


def _response(ctx: note.Context, window: Window | None, end: EndOfCall | None) -> frozenset[str]:
    ended = end.at if end else None
    return frozenset(each.message.ts for each in ctx.notes if window is None or window.holds_response(each.at, ended))


def _shortly_before(claim: RoleClaim, window: Window | None) -> bool:
    """Who was named in the hour before the start has the role when it starts."""
    return bool(window and window.started_at and window.started_at - _NAMED_BEFORE <= claim.at < window.started_at)


def _last(roles: tuple[RoleClaim, ...], role: Role) -> RoleClaim | None:
    return next((each for each in reversed(roles) if each.role is role), None)


def _once(recordings: list[RecordingFinding]) -> tuple[tuple[RecordingFinding, ...], list[Fate]]:
    first = {each.url: each for each in reversed(recordings)}
    again = [Fate(each, Outcome.same_address, first[each.url].ts) for each in recordings if first[each.url] is not each]
    return tuple(first.values())[::-1], again


def _deeds(found: Sequence[TimelineFinding | QueryFinding], todos: Iterable[TodoFinding]) -> taking_part.Deeds:
    broken = (each for each in found if isinstance(each, TimelineFinding) and each.kind is TimelineKind.detection)
    lines, told, wishes = (Counter(each.user_id for each in part) for part in (found, broken, todos))
    sure = {each.user_id for each in found if each.confidence in (Confidence.A, Confidence.B)}
    return taking_part.Deeds(lines, told, wishes, sure)
