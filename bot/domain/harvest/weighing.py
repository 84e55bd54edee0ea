"""The weighing of what no rule settles: each sentence gets the sum of what speaks for it and against it, by the table of
weights. H-42 are follow-ups, H-36 are lines of the timeline that are known by this alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.harvest import features, followup, phrase, proposal_signs, text, usual
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


def weighed(ctx: Context, found: Iterable[Finding]) -> list[Finding]:
    """What stands: conventions as they are, guesses that weigh enough, and what is found by its weight alone."""
    told: dict[str, list[TimelineFinding]] = {}
    wanted: dict[str, list[TodoFinding]] = {}
    rest: list[Finding] = []
    for each in found:
        if isinstance(each, TimelineFinding):
            told.setdefault(each.ts, []).append(each)
        elif isinstance(each, TodoFinding):
            wanted.setdefault(each.ts, []).append(each)
        else:
            rest.append(each)
    for note in ctx.notes:
        rest += _timeline(note, ctx, told.get(note.message.ts, []))
    return [*rest, *_follow_ups(ctx, wanted)]


def settled(found: Iterable[TimelineFinding]) -> bool:
    """Whether a convention says that it is one, whatever it weighs."""
    return any(each.confidence in _SURE or each.rule in _BY_HAND for each in found)


def _timeline(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> Sequence[TimelineFinding]:
    if settled(found) or note.topic or not note.lines or (found and len(ctx.notes) == 1):
        return found
    if not found and (note.message.ts in ctx.claimed or _says_nothing(note)):
        return []
    scale = scales()["timeline"]
    best = max(in_timeline(note, ctx, found), key=scale.weigh)
    weight = scale.weigh(best)
    if weight < _least(scale, ctx) - (_NOTICED if found else 0.0):
        return []
    confidence = Confidence.B if weight >= scale.sure else Confidence.C
    if found:
        likely = kind(best)
        fits = [each for each in found if each.kind is likely] or [replace(each, kind=likely) for each in found]
        return [_surer(each, confidence) for each in fits]
    line = next(iter(note.talk or note.lines))
    return [phrase.found_at(note, line, ctx, kind(best), LINE, confidence, told=True)]


def _says_nothing(note: Note) -> bool:
    """A single word, or a command to an app."""
    said = next(iter(note.talk or note.lines)).said
    return h13_chatops.is_command(said) or len(features.tokens(note.plain[:200])) < 2


def _surer(found: TimelineFinding, confidence: Confidence) -> TimelineFinding:
    return replace(found, confidence=min(found.confidence, confidence))


def _follow_ups(ctx: Context, found: Mapping[str, Sequence[TodoFinding]]) -> Iterator[TodoFinding]:
    """Those that a rule found, and of the other lines those that weigh enough in this channel."""
    scale = scales()["follow_ups"]
    lines: list[tuple[float, Note, text.Line, str]] = []
    messages: list[float] = []
    for note in ctx.notes:
        mine = found.get(note.message.ts, ())
        yield from mine
        if note.human:
            weighed = [] if mine else [_heaviest(line, note, ctx, scale) for line in note.talk[:LINES]]
            lines += weighed
            messages.append(_CERTAIN if mine else max((each[0] for each in weighed), default=-_CERTAIN))
    least = scale.alone if len(ctx.notes) == 1 else scale.least - usual.shift(messages)
    for weight, note, line, said in lines:
        if weight >= least:
            sure = Confidence.B if weight >= scale.sure else Confidence.C
            yield followup.todo(note, line, said, ctx, WISH, confidence=sure)


def _heaviest(line: text.Line, note: Note, ctx: Context, scale: Scale) -> tuple[float, Note, text.Line, str]:
    weighed = [
        (scale.weigh(in_follow_ups(said, note, ctx)), said) for said in features.sentences(line.said[:1500], note)
    ]
    weight, said = max(weighed, default=(-_CERTAIN, ""))
    return weight, note, line, said


def _least(scale: Scale, ctx: Context) -> float:
    return scale.alone if len(ctx.notes) == 1 else scale.least


def in_timeline(note: Note, ctx: Context, found: Sequence[TimelineFinding]) -> list[tuple[str, ...]]:
    """What is weighed of a message for the timeline, for each of its sentences."""
    around = (*features.around(note, ctx), *sorted({each.rule for each in found}))
    lines = (note.talk if note.human else note.lines)[:LINES]
    said = [each for line in lines for each in features.sentences(line.said[:1500], note)][:_SENTENCES]
    return [(*features.of_words(features.tokens(each)), *around) for each in said] or [around]


def in_follow_ups(said: str, note: Note, ctx: Context) -> tuple[str, ...]:
    """What is weighed of a sentence for the follow-ups."""
    words = features.tokens(said)
    signs = followup.signs(said, note, _SIGNS)
    return (*features.of_words(words), *features.given(words), *features.around(note, ctx), *signs)


def kind(names: Sequence[str]) -> TimelineKind:
    """The likeliest kind."""
    found = {
        name.removeprefix("kind:"): scale.weigh(names) for name, scale in scales().items() if name.startswith("kind:")
    }
    return TimelineKind(max(found, key=lambda name: (found[name], name))) if found else TimelineKind.other
