"""The weighing of what no rule settles: each sentence gets the sum of what speaks for it and against it, by the table of
weights. H-42 are follow-ups, H-36 are lines of the timeline that are known by this alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from operator import itemgetter

from bot.domain.harvest import features, followup, phrase, proposal_signs, text, usual
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind, TodoFinding
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding
from bot.domain.harvest.rules import h13_chatops, h22_commitment
from bot.domain.harvest.weights import Scale, scales

WISH, LINE = "H-42", "H-36"
_SIGNS = (*proposal_signs.SIGNS, *h22_commitment.SIGNS)
LINES, _SENTENCES = 12, 20
_CERTAIN = 9.0
# So much less is asked of what a rule noticed, too.
_NOTICED = 1.0
_SURE = (Confidence.A, Confidence.B)
_BY_HAND = ("H-16", "H-17")


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


def weighed(ctx: Context, found: Iterable[Finding]) -> Weighed:
    """What stands: conventions as they are, guesses that weigh enough, and what is found by its weight alone."""
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
    wishes = _Wishes(ctx)
    for note in ctx.notes:
        standing, dropped = _timeline(note, ctx, told.get(note.message.ts, []))
        gone += dropped
        rest += standing
        wishes.take(note, wanted.get(note.message.ts, ()), happens=bool(standing))
    standing_wishes, least, shift = wishes.standing()
    return Weighed([*rest, *standing_wishes], gone, least, shift)


def settled(found: Iterable[TimelineFinding]) -> bool:
    """Whether a convention says that it is one, whatever it weighs."""
    return any(each.confidence in _SURE or each.rule in _BY_HAND for each in found)


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
        return Unweighed.alone if len(ctx.notes) == 1 else None
    if note.message.ts in ctx.claimed:
        return Unweighed.claimed
    return Unweighed.says_nothing if _says_nothing(note) else None


def timeline_heaviest(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> Heaviest:
    """What weighs most of a message, for the timeline."""
    scale, said = scales()["timeline"], _said(note)
    every = zip(said or [""], _in_timeline(said, note, ctx, found), strict=True)
    return Heaviest(*max(((scale.weigh(names), each, names) for each, names in every), key=itemgetter(0)))


def timeline_least(ctx: Context, found: Sequence[TimelineFinding]) -> float:
    """What a message has to weigh to be a line of the timeline."""
    scale = scales()["timeline"]
    return (scale.alone if len(ctx.notes) == 1 else scale.least) - (_NOTICED if found else 0.0)


def _timeline(
    note: Note, ctx: Context, found: Sequence[TimelineFinding]
) -> tuple[Sequence[TimelineFinding], list[Fate]]:
    """What stands of a message, and what became of the rest."""
    if timeline_unweighed(note, ctx, found) is not None:
        return found, []
    best = timeline_heaviest(note, ctx, found)
    if best.weight < timeline_least(ctx, found):
        return [], [Fate(each, Outcome.too_light) for each in found]
    confidence, likely = sureness(best.weight, scales()["timeline"]), kind(best.names)
    if found:
        fits = [each for each in found if each.kind is likely]
        gone = [Fate(each, Outcome.other_kind, rule=fits[0].rule) for each in found if fits and each.kind is not likely]
        return [_surer(each, confidence) for each in fits or [replace(each, kind=likely) for each in found]], gone
    line = next(iter(note.talk or note.lines))
    return [phrase.found_at(note, line, ctx, likely, LINE, confidence, told=True)], []


def sureness(weight: float, scale: Scale) -> Confidence:
    """How sure what weighs enough is."""
    return Confidence.B if weight >= scale.sure else Confidence.C


def _says_nothing(note: Note) -> bool:
    """A single word, or a command to an app."""
    said = next(iter(note.talk or note.lines)).said
    return h13_chatops.is_command(said) or len(features.tokens(note.plain[:200])) < 2


def _surer(found: TimelineFinding, confidence: Confidence) -> TimelineFinding:
    return replace(found, confidence=min(found.confidence, confidence))


class _Wishes:
    """The follow-ups that a rule found, and of the other lines those that weigh enough in this channel, which is known at its end."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._found: list[TodoFinding] = []
        self._lines: list[tuple[float, str, Note, text.Line]] = []  # and nothing more: a channel has many
        self._messages: list[float] = []
        self._events = 0

    def take(self, note: Note, found: Sequence[TodoFinding], *, happens: bool) -> None:
        """A message, with what the rules found in it, and whether it is an event."""
        self._events += happens
        self._found += found
        if not note.human:
            return
        weighed = [] if found else follow_up_lines(note, self._ctx)
        self._lines += [(best.weight, best.said, note, line) for line, best in weighed]
        self._messages.append(_CERTAIN if found else max((best.weight for _, best in weighed), default=-_CERTAIN))

    def standing(self) -> tuple[list[TodoFinding], float, float]:
        """All of them, what is enough, and by how much that is less than usual."""
        scale, alone = scales()["follow_ups"], len(self._ctx.notes) == 1
        shift = 0.0 if alone else usual.shift(self._messages, self._events)
        least = scale.alone if alone else scale.least - shift
        heavy = [each for each in self._lines if each[0] >= least]
        wishes = [
            followup.todo(note, line, said, self._ctx, WISH, confidence=sureness(weight, scale))
            for weight, said, note, line in heavy
        ]
        return [*self._found, *wishes], least, shift


def follow_up_unweighed(note: Note, found: Sequence[TodoFinding]) -> Unweighed | None:
    """Why nothing is weighed of a message for the follow-ups."""
    if not note.human:
        return Unweighed.an_app
    if found:
        return Unweighed.found_by_rule
    return None if note.talk else Unweighed.no_words


def follow_up_lines(note: Note, ctx: Context) -> list[tuple[text.Line, Heaviest]]:
    """Each line of a message with what weighs most of it, for the follow-ups."""
    return [(line, _heaviest(line, note, ctx)) for line in note.talk[:LINES] if not followup.done_here(line.said)]


def _heaviest(line: text.Line, note: Note, ctx: Context) -> Heaviest:
    scale = scales()["follow_ups"]
    weighed = []
    for said in features.sentences(line.said[:1500], note):
        names = _without_signs(said, note, ctx)
        weight = scale.weigh(names)
        if not _hopeless(weight, note, scale):
            names = (*names, *followup.signs(said, note, _SIGNS))
            weight = scale.weigh(names)
        weighed.append((weight, said, names))
    return Heaviest(*max(weighed, key=itemgetter(0, 1))) if weighed else Heaviest(-_CERTAIN, "")


def in_timeline(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> list[tuple[str, ...]]:
    """What is weighed of a message for the timeline, for each of its sentences."""
    return _in_timeline(_said(note), note, ctx, found)


def _in_timeline(
    said: Sequence[str], note: Note, ctx: Context, found: Sequence[TimelineFinding]
) -> list[tuple[str, ...]]:
    around = (*features.around(note, ctx), *sorted({each.rule for each in found}))
    return [(*features.of_sentence(each)[1], *around) for each in said] or [around]


def _said(note: Note) -> list[str]:
    lines = (note.talk if note.human else note.lines)[:LINES]
    return [each for line in lines for each in features.sentences(line.said[:1500], note)][:_SENTENCES]


def in_follow_ups(said: str, note: Note, ctx: Context) -> tuple[str, ...]:
    """What is weighed of a sentence for the follow-ups."""
    return (*_without_signs(said, note, ctx), *followup.signs(said, note, _SIGNS))


def _without_signs(said: str, note: Note, ctx: Context) -> tuple[str, ...]:
    words, names = features.of_sentence(said)
    return (*names, *features.given(words), *features.around(note, ctx))


@cache
def _lifts() -> tuple[tuple[frozenset[str], float], ...]:
    """The signs that speak for a follow-up: the words without which they cannot be there, and their weights."""
    weights = scales()["follow_ups"].weights
    found = ((each.cues, weights.get(f"~sign: {each.name}", 0.0)) for each in _SIGNS)
    return tuple(each for each in found if each[1] > 0)


def _hopeless(weight: float, note: Note, scale: Scale) -> bool:
    """Whether no signs, which take most of the time to look for, could make a sentence heavy enough."""
    lift = sum(more for cues, more in _lifts() if not cues or not cues.isdisjoint(note.words))
    return weight + lift < scale.least - usual.MOST


def kind(names: Sequence[str]) -> TimelineKind:
    """The likeliest kind."""
    found = {
        name.removeprefix("kind:"): scale.weigh(names) for name, scale in scales().items() if name.startswith("kind:")
    }
    return TimelineKind(max(found, key=lambda name: (found[name], name))) if found else TimelineKind.other
