"""The follow-ups that no convention settles: what a rule guesses and what no rule knows are weighed alike, and stand where they weigh
enough in their channel. What is known by its weight alone is H-42."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from bot.domain.harvest import (
    entries,
    features,
    followup,
    headings,
    lone,
    role_offers,
    second_look,
    senses,
    sign_lifts,
    sound,
    text,
    usual,
)
from bot.domain.harvest.fate import Fate, Outcome
from bot.domain.harvest.finding import Confidence, TimelineFinding, TodoFinding
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.heaviest import LIGHTEST, Heaviest, Unweighed, settles, sureness
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.second_look import SecondLook
from bot.domain.harvest.trees import Forest
from bot.domain.harvest.weights import ROUNDING, Scale, shipped

_Lines = list[tuple[text.Line, Heaviest]]
WISH = "H-42"
_CERTAIN = 9.0
_NOTICED, _UNNOTICED, _LISTED = -0.15, 0.95, 0.7
"""So much more is asked of a message that a rule noticed, of one that none did, and of a list that none did: most of what is found without
being one is of these. What only says another over again goes later (same_work), so a little less is asked than on the channels left out."""
_LONG = 300
_REPORTS = ("H-05", "H-07", "H-08", "H-14")  # what a decision or a report says is to be done is done at once


class Wishes:
    """The follow-ups of a conversation. What is enough is known at its end: it depends on what its talk is about."""

    def __init__(self, ctx: Context, screen: Screen | None, look: SecondLook) -> None:
        """With a `screen`, what it shows to be too light is not weighed; the same stands."""
        self._ctx, self._look = ctx, look
        self._screen = screen or Screen(ctx)
        self._in_full = screen is None or ctx.alone
        self._settled: list[TodoFinding] = []
        self._open: list[tuple[Note, Sequence[TodoFinding]]] = []
        self._events_by_convention: set[str] = set()
        self._certain = self._events = 0

    def take(self, note: Note, found: Sequence[TodoFinding], told: Sequence[TimelineFinding], *, happens: bool) -> None:
        """A message, with what the rules found in it for the follow-ups and for the timeline, and whether it is an event."""
        self._events += happens
        if unweighed(note, self._ctx, found, told) in (None, Unweighed.no_words):
            self._open.append((note, found))
            self._events_by_convention.update([note.message.ts] if any(map(settles, told)) else ())
            return
        self._settled += found
        self._certain += bool(found) and note.human

    def standing(self) -> tuple[list[TodoFinding], list[Fate], float, float, Forest | None]:
        """Those that stand, the guesses that are too light, what is enough by its words, by how much that is less than usual, and what they
        are looked at with a second time."""
        scale = table(self._ctx)
        shift = 0.0 if self._ctx.alone else self._shift()
        least = scale.alone if self._ctx.alone else scale.least - shift
        twice = second_look.forest(self._ctx, "follow_ups") if usual.is_incident(shift) else None
        found, gone = list(self._settled), list[Fate]()
        gate = min(twice.gate, least) if twice else least
        every = [self._weighed(note, guesses, least, gate) for note, guesses in self._open]
        self._look.know(_heaviest_of_each(self._open, every))
        for (note, guesses), weighed in zip(self._open, every, strict=True):
            # Trees hold it against a wish that its message is an event; where people marked it as one, that says nothing.
            forest = twice.of_words(least) if twice and note.message.ts in self._events_by_convention else twice
            heavy = self._again(note, weighed, least, len(guesses), forest) if forest else _heavy(weighed, least)
            for line, best in heavy:
                mine = [each for each in guesses if each.line == line.number]
                sure = sureness(best.weight, forest.sure if forest else scale.sure)
                found += self._enough(note, line, best, mine, sure)
            there = {line.number for line, _ in heavy}
            gone += [Fate(each, Outcome.too_light) for each in guesses if each.line not in there]
        return found, gone, least, shift, twice

    def _weighed(self, note: Note, guesses: Sequence[TodoFinding], least: float, gate: float) -> _Lines:
        """The lines of a message, where it may weigh so much."""
        if self._in_full or self._most(note, guesses) >= gate:
            return lines(note, self._ctx, guesses, least, hope=gate)
        return []

    def _again(self, note: Note, weighed: _Lines, least: float, noticed: int, forest: Forest) -> _Lines:
        """What stands of a message at a second look."""
        look = self._look.follow_up(note, each_of(weighed), noticed, forest)
        stand = entries.standing(weighed, least)
        if look is None or look.weight < asked(forest, noticed, len(stand)):
            return []
        return [(line, replace(best, weight=look.weight)) for line, best in stand]

    def _enough(
        self, note: Note, line: text.Line, best: Heaviest, guesses: Sequence[TodoFinding], sure: Confidence
    ) -> Sequence[TodoFinding]:
        whole = followup.todo(note, line, best.heavy or best.said, self._ctx, WISH, confidence=sure)
        return [_guessed(each, whole) for each in guesses] or [whole]

    def _shift(self) -> float:
        """What the channel's talk is about is known at a glance."""
        counted = Counter(round(self._glance(*each), 4) for each in self._open)
        counted[_CERTAIN] += self._certain
        return usual.shift(counted, self._events, incident=self._ctx.declared or self._is_heard())

    def _is_heard(self) -> bool:
        enough = sound.enough_happens(len(self._ctx.notes), self._events)
        return sound.loudest(self._ctx.notes) >= (sound.ear().least if enough else sound.CLEAR)

    def _glance(self, note: Note, guesses: Iterable[TodoFinding]) -> float:
        weights = table(self._ctx).weights
        return self._screen.at(note).follow_up + sum(max(0.0, weights.get(each, 0.0)) for each in _rules(guesses))

    def _most(self, note: Note, guesses: Iterable[TodoFinding]) -> float:
        return _with_signs(self._glance(note, guesses), note)


def asked(forest: Forest, noticed: int, lines: int) -> float:
    """The weight that is asked of a message at a second look: `noticed` are the guesses of the rules in it, `lines` what stands of it."""
    return forest.least + (_NOTICED if noticed else _LISTED if lines > 1 else _UNNOTICED)


def table(ctx: Context) -> Scale:
    """The table for the follow-ups of a conversation, or for a line that stands alone, which is said more fully."""
    return shipped("single_lines" if ctx.alone else "follow_ups")


def settled(note: Note, ctx: Context, found: Iterable[TodoFinding]) -> bool:
    """Whether what rules found in a message stands as it is; else it is a guess, and weighed."""
    return any(not note.human or ctx.alone or each.confidence is not Confidence.C for each in found)


def unweighed(
    note: Note, ctx: Context, found: Sequence[TodoFinding], told: Iterable[TimelineFinding] = ()
) -> Unweighed | None:
    """Why nothing is weighed of a message for the follow-ups: what was found of it stands as it is."""
    if not note.human:
        return Unweighed.an_app
    if settled(note, ctx, found):
        return Unweighed.found_by_rule
    if any(each.rule in _REPORTS for each in told):
        return Unweighed.settled
    return None if note.talk else Unweighed.no_words


def _heaviest_of_each(of: Iterable[tuple[Note, object]], every: Iterable[_Lines]) -> Mapping[str, float]:
    """What the heaviest sentence of each message (ts) weighs."""
    weighed = ((note, each_of(mine)) for (note, _), mine in zip(of, every, strict=True))
    return {note.message.ts: max(each) for note, each in weighed if each}


def each_of(weighed: _Lines) -> list[float]:
    """What each sentence of some lines weighs."""
    return [each for _, best in weighed for each in best.each]


def _heavy(weighed: _Lines, least: float) -> _Lines:
    return [(line, best) for line, best in weighed if best.weight >= least]


def lines(
    note: Note,
    ctx: Context,
    guesses: Iterable[TodoFinding] = (),
    least: float | None = None,
    hope: float | None = None,
) -> _Lines:
    """Each line of a message with what weighs most of it. Where no signs could bring a sentence up to `hope`, or else to `least`, of any
    channel if it is not said, they are not looked for."""
    enough = table(ctx).least - usual.MOST if least is None else least
    hope = enough if hope is None else hope
    done = headings.of_done(note.talk)
    guessed: dict[int, list[TodoFinding]] = {}
    for each in guesses:
        guessed.setdefault(each.line, []).append(each)
    return [
        (line, _heaviest(line, note, ctx, enough, hope, guessed.get(line.number, ())))
        for place, line in enumerate(note.talk)
        if line.number in guessed
        or (place < features.LINES and not (line.ticked or line.number in done or _is_no_wish(line.said)))
        if len(note.talk) == 1 or not headings.tells(line.said)
    ]


def _is_no_wish(said: str) -> bool:
    """Whether a line tells of what is done already, offers to take a role, or only stands above a list."""
    return followup.done_here(said) or role_offers.is_one(said) or headings.is_one(said)


def _heaviest(
    line: text.Line, note: Note, ctx: Context, least: float, hope: float, guesses: Iterable[TodoFinding]
) -> Heaviest:
    scale, rules = table(ctx), _rules(guesses)
    weighed = []
    for said in features.sentences(line.said[:1500], note):
        names = (*_without_signs(said, note, ctx), *rules)
        weight = scale.weigh(names)
        if ctx.alone or not _hopeless(weight, said, note, hope):
            names = (*names, *followup.signs(said, note, sign_lifts.SIGNS))
            weight = scale.weigh(names)
        weighed.append((weight, said, names))
    if not weighed:
        return Heaviest(LIGHTEST, "")
    heavy = [each for weight, each, _ in weighed if weight >= least]
    every = tuple(weight for weight, _, _ in weighed)
    return Heaviest(*max(weighed, key=itemgetter(0, 1)), _together(heavy, line.said), every)


def _together(sentences: Sequence[str], line: str) -> str:
    """From the first of some sentences of a line to the last; nothing where that is long."""
    if not sentences:
        return ""
    start = line.find(sentences[0])
    end = line.find(sentences[-1], start) + len(sentences[-1])
    return line[start:end] if 0 <= start < end <= start + _LONG else ""


def _guessed(guess: TodoFinding, whole: TodoFinding) -> TodoFinding:
    """A guess as it stands: with all of its line that is heavy."""
    longer = guess.text in whole.text
    return replace(
        guess,
        confidence=min(guess.confidence, whole.confidence),
        text=whole.text if longer else guess.text,
        detail=whole.detail if longer else guess.detail,
        assignee=guess.assignee or (whole.assignee if longer else None),
    )


def _rules(guesses: Iterable[TodoFinding]) -> tuple[str, ...]:
    return tuple(sorted({each.rule for each in guesses}))


def names(said: str, note: Note, ctx: Context, guesses: Iterable[TodoFinding] = ()) -> tuple[str, ...]:
    """What is weighed of a sentence; `guesses` are those of the rules in its line."""
    return (*_without_signs(said, note, ctx), *_rules(guesses), *followup.signs(said, note, sign_lifts.SIGNS))


def _without_signs(said: str, note: Note, ctx: Context) -> tuple[str, ...]:
    words, named = features.of_sentence(said)
    return (
        *named,
        *features.given(words),
        *senses.names(words),
        *features.also(words, note, ctx),
        *features.around(note, ctx),
        *(lone.names(said, words) if ctx.alone else ()),
    )


def _with_signs(weight: float, note: Note) -> float:
    """The most that a sentence of a message can weigh with its signs, which take most of the time to look for."""
    return weight + sign_lifts.anywhere(note.words)


def _hopeless(weight: float, said: str, note: Note, least: float) -> bool:
    """Whether no signs could make a sentence heavy enough."""
    return _with_signs(weight + sign_lifts.in_front(features.of_sentence(said)[0]), note) < least - ROUNDING
