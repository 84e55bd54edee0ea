"""The weighing of what no rule settles: each sentence gets the sum of what speaks for it and against it, by the table of
weights. H-36 are lines of the timeline that are known by this alone; for the follow-ups see wishes."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from types import MappingProxyType

from bot.domain.harvest import features, kinds, phrase, second_look, short, weights
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TimelineFinding, TimelineKind, TodoFinding
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.heaviest import BY_HAND, PART, Heaviest, Unweighed, settles, sureness
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding
from bot.domain.harvest.rules import h11_customer_message, h13_chatops
from bot.domain.harvest.second_look import SecondLook
from bot.domain.harvest.trees import Forest
from bot.domain.harvest.weights import ROUNDING, shipped
from bot.domain.harvest.wishes import Wishes

LINE = "H-36"
# So much less is asked of what a rule noticed, too.
_NOTICED = 1.0
# So much less is asked at a second look than on the channels that were left out, of which most have one scribe: where two read a channel
# more of it belongs into the timeline.
_LESS = 0.2
# What the close reading counts for a kind, beside the words.
_READ = 0.6
_ELSEWHERE = late(
    r"^\W*deploy(?:ed|ing) .{0,80}\b(?:to|on) (?:the )?(?:staging|stage|dev|development|preview|test|qa|sandbox)\b",
    re.I,
)
_WORD, _EMOJI = late(r"[^\W_]"), late(r":[\w+-]+:")
_BY_WORDS = (*BY_HAND, "H-06", PART)


@dataclass(frozen=True, slots=True)
class Weighed:
    """`found` is what stands, `gone` what rules noticed and is too light. In this channel a follow-up needs `least`; `shift` is by how
    much that is less than usual, since more (below zero: less) of its talk is about later. `look` is the second look at it, `twice` what
    follow-ups are looked at with a second time."""

    found: list[Finding]
    gone: list[Fate]
    least: float
    shift: float
    look: SecondLook
    twice: Forest | None = None


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
    look = SecondLook(ctx, screen)
    wishes, gate = Wishes(ctx, screen, look), timeline_gate(ctx, noticed=False)
    for note in ctx.notes:
        noticed, found_here = told.get(note.message.ts, []), wanted.get(note.message.ts, [])
        if noticed or screen is None or screen.at(note).timeline >= gate:
            standing, dropped = _timeline(note, ctx, noticed, look)
            gone += dropped
            rest += standing
            wishes.take(note, found_here, noticed, happens=bool(standing))
        else:
            wishes.take(note, found_here, (), happens=False)
    standing_wishes, dropped, least, shift, twice = wishes.standing()
    return Weighed([*rest, *standing_wishes], [*gone, *dropped], least, shift, look, twice)


def settled(found: Iterable[TimelineFinding]) -> bool:
    """Whether a convention says that it is one, whatever it weighs."""
    return any(map(settles, found))


def timeline_unweighed(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> Unweighed | None:
    """Why nothing is weighed of a message for the timeline: what was found of it stands as it is."""
    if settled(found):
        return Unweighed.settled
    if note.topic:
        return Unweighed.topic
    if not note.lines:
        return Unweighed.no_words
    if not ctx.is_of_incident(note.message.ts):
        return Unweighed.elsewhere
    if found:
        return Unweighed.alone if ctx.alone else None
    if note.message.ts in ctx.claimed:
        return Unweighed.claimed
    return _not_said(note)


def timeline_heaviest(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> Heaviest:
    """What weighs most of a message, for the timeline."""
    scale, said = shipped("timeline"), features.said(note)
    every = zip(said or [""], _in_timeline(said, note, ctx, found), strict=True)
    weighed = [(scale.weigh(names), each, names) for each, names in every]
    return Heaviest(*max(weighed, key=itemgetter(0)), each=tuple(weight for weight, _, _ in weighed))


def timeline_forest(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> Forest | None:
    """The trees for a second look at a message; none for a few plain words that a rule noticed."""
    return None if found and short.kind(note) else second_look.forest(ctx, "timeline")


def timeline_least(ctx: Context, forest: Forest | None, *, noticed: bool) -> float:
    """What a message has to weigh to be a line of the timeline, at a second look if there is one; else less where a rule `noticed` it."""
    return forest.least - _LESS if forest else _first_least(ctx, noticed=noticed)


def timeline_gate(ctx: Context, *, noticed: bool) -> float:
    """What a message has to weigh by its words to be looked at."""
    forest, first = second_look.forest(ctx, "timeline"), _first_least(ctx, noticed=noticed)
    return min(forest.gate, first) if forest else first


def timeline_sure(forest: Forest | None) -> float:
    """From what weight on a line is sure."""
    return forest.sure if forest else shipped("timeline").sure


def _first_least(ctx: Context, *, noticed: bool) -> float:
    scale = shipped("timeline")
    return (scale.alone if ctx.alone else scale.least) - (_NOTICED if noticed else 0.0)


def _timeline(
    note: Note, ctx: Context, found: Sequence[TimelineFinding], look: SecondLook
) -> tuple[Sequence[TimelineFinding], list[Fate]]:
    """What stands of a message, and what became of the rest."""
    unweighed = timeline_unweighed(note, ctx, found)
    if unweighed is Unweighed.elsewhere:
        return [], [Fate(each, Outcome.outside) for each in found]
    if unweighed is not None:
        return [_of_its_kind(each, found, note, ctx) for each in found], []
    forest = timeline_forest(note, ctx, found)
    best = look.timeline(note, timeline_heaviest(note, ctx, found), len(found), forest)
    light = best.weight < timeline_least(ctx, forest, noticed=bool(found))
    if light or (forest and best.beside is None):
        return [], [Fate(each, Outcome.too_light) for each in found]
    confidence, likely = sureness(best.weight, timeline_sure(forest)), likeliest(note, best.names, look, ctx)
    if found:
        fits = [each for each in found if each.kind is likely]
        gone = [Fate(each, Outcome.other_kind, rule=fits[0].rule) for each in found if fits and each.kind is not likely]
        return [_surer(each, confidence) for each in fits or [_as(likely, each, note, ctx) for each in found]], gone
    line = next(iter(note.talk or note.lines))
    return [phrase.found_at(note, line, ctx, likely, LINE, confidence, told=True)], []


def _of_its_kind(each: TimelineFinding, found: Sequence[TimelineFinding], note: Note, ctx: Context) -> TimelineFinding:
    """A convention says that a line belongs here; what it is, a few plain words say, or the rules that noticed it, or else what its
    words weigh."""
    if each.rule not in _BY_WORDS or each.kind is not TimelineKind.other or ctx.alone:
        return each
    plain = short.noted(each.text)
    if plain:
        return replace(each, kind=plain)
    here = [other for other in found if other.line == each.line]
    if each.rule != PART and any(other.kind is not TimelineKind.other for other in here):
        return each
    rules = sorted({other.rule for other in here}) if each.rule == PART else [each.rule]
    names = (*features.of_sentence(each.text[:1500])[1], *features.around(note, ctx), *rules)
    likely = kind(names, kinds.never(each.text))
    return replace(each, kind=kinds.of_command(likely, each.text, note, ctx))


def _as(kind: TimelineKind, found: TimelineFinding, note: Note, ctx: Context) -> TimelineFinding:
    """What a rule found, as of another kind. Only of what began is the time the one from which on it was so."""
    line = next((each for each in note.talk if each.number == found.line), None)
    if (found.kind is TimelineKind.impact_start) == (kind is TimelineKind.impact_start) or line is None:
        return replace(found, kind=kind)
    return replace(found, kind=kind, at=phrase.event_time(note, line, ctx, kind))


def _not_said(note: Note) -> Unweighed | None:
    """A command to an app, words for customers that nobody has approved, what an app put where no customer is, or no word or a
    single one."""
    said = next(iter(note.talk or note.lines)).said
    if h13_chatops.is_command(said):
        return Unweighed.command
    if h11_customer_message.is_draft(note):
        return Unweighed.not_approved
    if not note.human and _ELSEWHERE.search(said):
        return Unweighed.no_customer
    return Unweighed.says_nothing if _few(note.plain[:200]) else None


def _few(said: str) -> bool:
    """No word, or a single one."""
    return not _WORD.search(_EMOJI.sub("", said)) or len([1 for each in features.tokens(said) if each not in "?!…"]) < 2


def _surer(found: TimelineFinding, confidence: Confidence) -> TimelineFinding:
    return replace(found, confidence=min(found.confidence, confidence))


def likeliest(note: Note, names: Sequence[str], look: SecondLook, ctx: Context) -> TimelineKind:
    """The kind of a message: by its words where they are few and plain, else by what weighs most of it and by its close reading."""
    found = kind(names, kinds.never(note.plain), look.kinds(note))
    return short.kind(note) or kinds.sober(found, note.plain, note, ctx)


@cache
def adds(rule: str) -> float:
    """What it adds at most that a rule noticed a message."""
    return max(0.0, shipped("timeline").weights.get(rule, 0.0))


def too_light(adds: float, weight: float, ctx: Context) -> bool:
    """Whether a message that weighs so much without them could be no line of the timeline if rules that add so much noticed it."""
    return weight + adds < timeline_gate(ctx, noticed=True) - ROUNDING


def in_timeline(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> list[tuple[str, ...]]:
    """What is weighed of a message for the timeline, for each of its sentences."""
    return _in_timeline(features.said(note), note, ctx, found)


def _in_timeline(
    said: Sequence[str], note: Note, ctx: Context, found: Sequence[TimelineFinding]
) -> list[tuple[str, ...]]:
    around = (*features.around(note, ctx), *sorted({each.rule for each in found}))
    names = (features.of_sentence(each) for each in said)
    return [(*own, *features.also(words, note, ctx), *around) for words, own in names] or [around]


def kind(
    names: Sequence[str],
    never: Collection[TimelineKind] = (),
    read: Mapping[TimelineKind, float] = MappingProxyType({}),
) -> TimelineKind:
    """The likeliest kind that is none of some, by what was seen and by what the close reading `read`, where there is one."""
    known = weights.kinds()
    summed = [[start] for start in known.starts]
    for name in set(names):
        of_name = known.weights.get(name, ())
        for place, weight in zip(of_name[::2], of_name[1::2], strict=True):
            summed[int(place)].append(weight)
    for place, name in enumerate(known.names):
        summed[place].append(_READ * read.get(TimelineKind(name), 0.0))
    every = zip(map(math.fsum, summed), known.names, strict=True)
    return max((weight, found) for weight, name in every if (found := TimelineKind(name)) not in never)[1]
