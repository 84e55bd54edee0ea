"""The weighing of what no rule settles: each sentence gets the sum of what speaks for it and against it, by the table of
weights. H-42 are follow-ups, H-36 are lines of the timeline that are known by this alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from operator import itemgetter

from bot.domain.harvest import features, followup, phrase, senses, sign_lifts, text, usual
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind, TodoFinding
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding
from bot.domain.harvest.rules import h13_chatops
from bot.domain.harvest.weights import Scale, scales

WISH, LINE = "H-42", "H-36"
_CERTAIN = 9.0
_ROUNDING = 1e-6  # sums of many numbers are right to far less than this
# So much less is asked of what a rule noticed, too.
_NOTICED = 1.0
_SURE = (Confidence.A, Confidence.B)
_BY_HAND = ("H-16", "H-17")
_REPORTS = ("H-05", "H-07", "H-08", "H-14")  # what a decision or a report says is to be done is done at once


@dataclass(frozen=True, slots=True)
class Weighed:
    """`found` is what stands, `gone` what rules noticed and is too light. In this channel a follow-up needs `least`; `shift` is by how
    much that is less than usual, since more (below zero: less) of its talk is about later."""

    found: list[Finding]
    gone: list[Fate]
    least: float
    shift: float


@dataclass(frozen=True, slots=True)
class Heaviest:
    """The sentence of a message, or of a line, that weighs most, with what was seen in it. `said` is empty where only what stands
    around it was weighed."""

    weight: float
    said: str
    names: tuple[str, ...] = ()


def weighed(ctx: Context, found: Iterable[Finding], screen: Screen | None = None) -> Weighed:
    """What stands: conventions as they are, guesses that weigh enough, and what is found by its weight alone. With a `screen`, what
    it shows to be too light is not weighed; the same stands."""
    told: dict[str, list[TimelineFinding]] = {}
    wanted: dict[str, list[TodoFinding]] = {}
    rest: list[Finding] = []
    gone: list[Fate] = []
    for each in found:
        if isinstance(each, TimelineFinding):
            told.setdefault(each.ts, []).append(each)
        elif isinstance(each, TodoFinding):
            wanted.setdefault(each.ts, []).append(each)
        else:
            rest.append(each)
    wishes = _Wishes(ctx, screen)
    for note in ctx.notes:
        noticed = told.get(note.message.ts, [])
        if not noticed and screen is not None and screen.at(note).timeline < timeline_least(ctx, noticed=False):
            wishes.take(note, wanted.get(note.message.ts, ()), happens=False)
            continue
        standing, dropped = _timeline(note, ctx, noticed)
        gone += dropped
        rest += standing
        wishes.take(note, wanted.get(note.message.ts, ()), happens=bool(standing), reports=reports(noticed))
    standing_wishes, least, shift = wishes.standing()
    return Weighed([*rest, *standing_wishes], gone, least, shift)


def settled(found: Iterable[TimelineFinding]) -> bool:
    """Whether a convention says that it is one, whatever it weighs."""
    return any(map(settles, found))


def settles(found: object) -> bool:
    """Whether it is a line of the timeline by a convention."""
    return isinstance(found, TimelineFinding) and (found.confidence in _SURE or found.rule in _BY_HAND)


class Unweighed(StrEnum):
    """Why a message is not weighed."""

    settled = "settled"
    topic = "topic"
    no_words = "no_words"
    alone = "alone"
    claimed = "claimed"
    says_nothing = "says_nothing"
    an_app = "an_app"
    found_by_rule = "found_by_rule"


def timeline_unweighed(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> Unweighed | None:
    """Why nothing is weighed of a message for the timeline: what was found of it stands as it is."""
    if settled(found):
        return Unweighed.settled
    if note.topic:
        return Unweighed.topic
    if not note.lines:
        return Unweighed.no_words
    if found:
        return Unweighed.alone if is_alone(ctx) else None
    if note.message.ts in ctx.claimed:
        return Unweighed.claimed
    return Unweighed.says_nothing if _says_nothing(note) else None


def timeline_heaviest(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> Heaviest:
    """What weighs most of a message, for the timeline."""
    scale, said = scales()["timeline"], features.said(note)
    every = zip(said or [""], _in_timeline(said, note, ctx, found), strict=True)
    return Heaviest(*max(((scale.weigh(names), each, names) for each, names in every), key=itemgetter(0)))


def timeline_least(ctx: Context, *, noticed: bool) -> float:
    """What a message has to weigh to be a line of the timeline; less where a rule `noticed` it."""
    scale = scales()["timeline"]
    return (scale.alone if is_alone(ctx) else scale.least) - (_NOTICED if noticed else 0.0)


def _timeline(
    note: Note, ctx: Context, found: Sequence[TimelineFinding]
) -> tuple[Sequence[TimelineFinding], list[Fate]]:
    """What stands of a message, and what became of the rest."""
    if timeline_unweighed(note, ctx, found) is not None:
        return found, []
    best = timeline_heaviest(note, ctx, found)
    if best.weight < timeline_least(ctx, noticed=bool(found)):
        return [], [Fate(each, Outcome.too_light) for each in found]
    confidence, likely = sureness(best.weight, scales()["timeline"]), kind(best.names)
    if found:
        fits = [each for each in found if each.kind is likely]
        gone = [Fate(each, Outcome.other_kind, rule=fits[0].rule) for each in found if fits and each.kind is not likely]
        return [_surer(each, confidence) for each in fits or [_as(likely, each, note, ctx) for each in found]], gone
    line = next(iter(note.talk or note.lines))
    return [phrase.found_at(note, line, ctx, likely, LINE, confidence, told=True)], []


def _as(kind: TimelineKind, found: TimelineFinding, note: Note, ctx: Context) -> TimelineFinding:
    """What a rule found, as of another kind. Only of what began is the time the one from which on it was so."""
    line = next((each for each in note.talk if each.number == found.line), None)
    if found.kind is not TimelineKind.impact_start or line is None:
        return replace(found, kind=kind)
    return replace(found, kind=kind, at=phrase.event_time(note, line, ctx, kind))


def sureness(weight: float, scale: Scale) -> Confidence:
    """How sure what weighs enough is."""
    return Confidence.B if weight >= scale.sure else Confidence.C


def _says_nothing(note: Note) -> bool:
    """A single word, or a command to an app."""
    said = next(iter(note.talk or note.lines)).said
    return (
        h13_chatops.is_command(said)
        or len([each for each in features.tokens(note.plain[:200]) if each not in "?!…"]) < 2
    )


def _surer(found: TimelineFinding, confidence: Confidence) -> TimelineFinding:
    return replace(found, confidence=min(found.confidence, confidence))


class _Wishes:
    """The follow-ups that a rule found, and of the other lines those that weigh enough in this channel, which is known at its end."""

    def __init__(self, ctx: Context, screen: Screen | None) -> None:
        self._ctx = ctx
        self._screen = screen or Screen(ctx)
        self._in_full = screen is None
        self._found: list[TodoFinding] = []
        self._open: list[Note] = []  # what people wrote and no rule found
        self._certain = 0
        self._events = 0

    def take(self, note: Note, found: Sequence[TodoFinding], *, happens: bool, reports: bool = False) -> None:
        """A message, with what the rules found in it, and whether it is an event, and a report."""
        self._events += happens
        self._found += found
        if found and note.human:
            self._certain += 1
        elif note.human and not reports:
            self._open.append(note)

    def standing(self) -> tuple[list[TodoFinding], float, float]:
        """All of them, what is enough, and by how much that is less than usual."""
        scale = follow_up_scale(self._ctx)
        if is_alone(self._ctx):
            return [*self._found, *self._heavy(self._open, scale.alone)], scale.alone, 0.0
        shift = self._shift()
        least = scale.least - shift
        return [*self._found, *self._heavy(self._open, least)], least, shift

    def _shift(self) -> float:
        """What the channel's talk is about is known at a glance."""
        counted = Counter(round(self._screen.at(note).follow_up, 4) for note in self._open)
        counted[_CERTAIN] += self._certain
        return usual.shift(counted, self._events)

    def _heavy(self, notes: Iterable[Note], least: float) -> Iterator[TodoFinding]:
        """Of each line that weighs enough its follow-up; what a glance shows to be too light is not weighed."""
        scale = follow_up_scale(self._ctx)
        for note in notes:
            if self._in_full or is_alone(self._ctx) or _with_signs(self._screen.at(note).follow_up, note) >= least:
                for line, best in follow_up_lines(note, self._ctx, least):
                    if best.weight >= least:
                        sure = sureness(best.weight, scale)
                        yield followup.todo(note, line, best.said, self._ctx, WISH, confidence=sure)


def is_alone(ctx: Context) -> bool:
    """Whether a message is all there is."""
    return len(ctx.notes) == 1


def follow_up_scale(ctx: Context) -> Scale:
    """The table for the follow-ups of a conversation, or for a line that stands alone, which is said more fully."""
    return scales()["single_lines" if is_alone(ctx) else "follow_ups"]


def reports(found: Iterable[TimelineFinding]) -> bool:
    """Whether a convention says that a message decides something or reports on it, so that no follow-up is guessed there."""
    return any(each.rule in _REPORTS for each in found)


def follow_up_unweighed(
    note: Note, found: Sequence[TodoFinding], told: Iterable[TimelineFinding] = ()
) -> Unweighed | None:
    """Why nothing is weighed of a message for the follow-ups."""
    if not note.human:
        return Unweighed.an_app
    if found:
        return Unweighed.found_by_rule
    if reports(told):
        return Unweighed.settled
    return None if note.talk else Unweighed.no_words


def follow_up_lines(note: Note, ctx: Context, least: float | None = None) -> list[tuple[text.Line, Heaviest]]:
    """Each line of a message with what weighs most of it, for the follow-ups. Where no signs could bring a sentence up to `least`, of
    any channel if it is not said, they are not looked for."""
    enough = follow_up_scale(ctx).least - usual.MOST if least is None else least
    return [
        (line, _heaviest(line, note, ctx, enough))
        for line in note.talk[: features.LINES]
        if not followup.done_here(line.said)
    ]


def _heaviest(line: text.Line, note: Note, ctx: Context, least: float) -> Heaviest:
    scale, alone = follow_up_scale(ctx), is_alone(ctx)
    weighed = []
    for said in features.sentences(line.said[:1500], note):
        names = _without_signs(said, note, ctx)
        weight = scale.weigh(names)
        if alone or not _hopeless(weight, said, note, least):
            names = (*names, *followup.signs(said, note, sign_lifts.SIGNS))
            weight = scale.weigh(names)
        weighed.append((weight, said, names))
    return Heaviest(*max(weighed, key=itemgetter(0, 1))) if weighed else Heaviest(-_CERTAIN, "")


@cache
def adds(rule: str) -> float:
    """What it adds at most that a rule noticed a message."""
    return max(0.0, scales()["timeline"].weights.get(rule, 0.0))


def too_light(adds: float, weight: float, ctx: Context) -> bool:
    """Whether a message that weighs so much without them could be no line of the timeline if rules that add so much noticed it."""
    return weight + adds < timeline_least(ctx, noticed=True) - _ROUNDING


def in_timeline(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> list[tuple[str, ...]]:
    """What is weighed of a message for the timeline, for each of its sentences."""
    return _in_timeline(features.said(note), note, ctx, found)


def _in_timeline(
    said: Sequence[str], note: Note, ctx: Context, found: Sequence[TimelineFinding]
) -> list[tuple[str, ...]]:
    around = (*features.around(note, ctx), *sorted({each.rule for each in found}))
    names = (features.of_sentence(each) for each in said)
    return [(*own, *features.also(words, note, ctx), *around) for words, own in names] or [around]


def in_follow_ups(said: str, note: Note, ctx: Context) -> tuple[str, ...]:
    """What is weighed of a sentence for the follow-ups."""
    return (*_without_signs(said, note, ctx), *followup.signs(said, note, sign_lifts.SIGNS))


def _without_signs(said: str, note: Note, ctx: Context) -> tuple[str, ...]:
    words, names = features.of_sentence(said)
    return (
        *names,
        *features.given(words),
        *senses.names(words),
        *features.also(words, note, ctx),
        *features.around(note, ctx),
    )


def _with_signs(weight: float, note: Note) -> float:
    """The most that a sentence of a message can weigh with its signs, which take most of the time to look for."""
    return weight + sign_lifts.anywhere(note.words)


def _hopeless(weight: float, said: str, note: Note, least: float) -> bool:
    """Whether no signs could make a sentence heavy enough."""
    return _with_signs(weight + sign_lifts.in_front(features.of_sentence(said)[0]), note) < least - _ROUNDING


def kind(names: Sequence[str]) -> TimelineKind:
    """The likeliest kind."""
    kinds, starts, weights = _kinds()
    summed: list[list[float]] = [[start] for start in starts]
    for name in set(names):
        for place, weight in weights.get(name, ()):
            summed[place].append(weight)
    _, best = max(zip(map(math.fsum, summed), kinds, strict=True), default=(0.0, TimelineKind.other.value))
    return TimelineKind(best)


@cache
def _kinds() -> tuple[tuple[str, ...], tuple[float, ...], Mapping[str, Sequence[tuple[int, float]]]]:
    """The kinds, what each weighs with nothing seen, and for each name what it adds to which of them."""
    tables = {name.removeprefix("kind:"): scale for name, scale in scales().items() if name.startswith("kind:")}
    weights: dict[str, list[tuple[int, float]]] = {}
    for place, scale in enumerate(tables.values()):
        for name, weight in scale.weights.items():
            weights.setdefault(name, []).append((place, weight))
    return tuple(tables), tuple(scale.start for scale in tables.values()), weights
