"""Labelled messages as the weighing sees them: the names seen in each sentence, and whether it is one. What the rules settle by
themselves is left out, since nothing is weighed there."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.domain.harvest import analyse, features, weighing, wishes
from bot.domain.harvest.finding import TimelineFinding, TodoFinding
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding
from evaluation import lines, reading
from evaluation.channel import Channel

HERE = Path(__file__).parent
# What careful people would label one way or the other counts as one, but less: an entry of the timeline, a follow-up.
DOUBTFUL, DOUBTFUL_WISH = 0.4, 0.25
# A line with nothing around it says more by its words than one of a channel, so for channels it counts less.
LINE_FOR_CHANNELS = 0.2
# And the other way round: what is minuted in a meeting is said otherwise than what is wished for in an incident.
CHANNEL_FOR_LINES = 0.02
# Lines written closely after how such meetings go, with what nobody minutes in them, count more than pairs that differ in a word.
MEETING = 2.0
_FOLDS = 8
FOLDS = 6
LEFT_OUT = 0
"""The part of the channels that the network never sees."""


@dataclass(frozen=True, slots=True)
class Example:
    """`group` is its channel; `alone` a line with nothing around it; `kind` that of an entry of the timeline; `settled` says that
    a rule finds it, so that nothing is weighed."""

    group: str
    sentences: tuple[tuple[str, ...], ...]
    there: bool
    weight: float = 1.0
    kind: str = ""
    alone: bool = False
    settled: bool = False

    def asked(self, kind: str) -> Example:
        """The same with the question whether it is of this kind."""
        return replace(self, there=self.kind == kind, weight=1.0)


def everything(halves: Sequence[str] = ("training", "tuned")) -> dict[str, list[Example]]:
    """All there is to learn from, by what it is for."""
    channels = [each for half in halves for each in reading.folder(HERE / half)]
    files = [
        *(HERE / "training" / f"{name}.tsv" for name in ("lines", "follow-ups", "spoken")),
        HERE / "lines" / "tuned.txt",
    ]
    wished_for = [each for channel in channels for each in follow_ups(channel)]
    wished_for += [each for path in files for each in of_lines(lines.read(path), path.stem)]
    further = of_lines(lines.read(HERE / "training" / "single-lines.tsv"), "single-lines")
    further += [
        replace(each, weight=MEETING) for each in of_lines(lines.read(HERE / "training" / "meetings.tsv"), "meetings")
    ]
    wished_for += of_lines(
        [(False, said) for kind, said in _events() if kind != "-" and not said.startswith("[bot] ")], "events"
    )
    entries = [each for channel in channels for each in timeline(channel)]
    entries += of_events()
    found = {**wished(wished_for, further), "timeline": entries}
    return {what: [each for each in every if each.sentences] for what, every in found.items()}


def wished(of: Sequence[Example], further: Sequence[Example]) -> dict[str, list[Example]]:
    """What is learnt for channels, where lines count less, and for lines, where doubtful messages count for nothing."""
    return {
        "follow_ups": [replace(each, weight=LINE_FOR_CHANNELS) if each.alone else each for each in of],
        "single_lines": [*(_for_lines(each) for each in of if each.weight == 1.0), *further],
    }


def _for_lines(each: Example) -> Example:
    return each if each.alone else replace(each, weight=CHANNEL_FOR_LINES)


def follow_ups(channel: Channel) -> list[Example]:
    """Of each message by a person, its sentences, and whether it holds a follow-up."""
    ctx, found = analyse.prepared(channel.messages, channel.people)
    answer, examples = answers(channel, "todo"), []
    for note, mine in _notes(ctx, found, TodoFinding):
        if note.human:
            there, weight = answer(note.message.ts)
            names, done = tuple(_wishes(note, ctx, mine)), wishes.settled(note, ctx, mine)
            examples.append(Example(channel.name, names, there, weight, settled=done))
    return examples


def timeline(channel: Channel) -> list[Example]:
    """Of each message that does not go on with the one before, its sentences, and whether it belongs into the timeline."""
    ctx, found = analyse.prepared(channel.messages, channel.people)
    kinds = {entry.ts[0]: entry.kind for entry in channel.labels.timeline}
    more, answer, examples = going_on(channel), answers(channel, "timeline"), []
    for note, mine in _notes(ctx, found, TimelineFinding):
        ts = note.message.ts
        if ts not in more:
            there, weight = answer(ts)
            names, done = tuple(weighing.in_timeline(note, ctx, mine)), weighing.settled(mine)
            examples.append(Example(channel.name, names, there, weight, kinds.get(ts, ""), settled=done))
    return examples


def answers(channel: Channel, what: str) -> Callable[[str], tuple[bool, float]]:
    """Of a message (ts): whether it is labelled as a "todo", or as the first of an entry of the "timeline", and how much it counts; perhaps
    counts as one, but less."""
    labels = channel.labels
    there = {each.ts for each in labels.follow_ups} if what == "todo" else {entry.ts[0] for entry in labels.timeline}
    doubtful = {ts for label, ts in labels.doubtful if label == what} - there
    less, whole = DOUBTFUL_WISH if what == "todo" else DOUBTFUL, counts(channel)
    return lambda ts: (ts in there or ts in doubtful, (less if ts in doubtful else 1.0) * whole)


def going_on(channel: Channel) -> frozenset[str]:
    """The messages that go on with the entry of the one before."""
    return frozenset(ts for entry in channel.labels.timeline for ts in entry.ts[1:])


def counts(channel: Channel) -> float:
    """How much a channel counts: one that was written to be hard, thicker with jokes or acceptances than people talk, less than one; one
    that was written closely after how people talk, more. Neither counts for where to cut."""
    return float(channel.head.get("counts", 1.0))


def is_plain(channel: Channel) -> bool:
    """Whether its people tell of an outage in the words of other days."""
    return counts(channel) > 1


def fold_of(group: str) -> int:
    """To which of the parts a channel belongs that are left out in turns."""
    return zlib.crc32(group.encode()) % FOLDS


def of_lines(said: Sequence[tuple[bool, str]], name: str) -> list[Example]:
    """Single lines, each with whether it is a follow-up."""
    found = []
    for number, (there, line) in enumerate(said):
        ctx, noticed = analyse.prepared(*lines.alone(line))
        for note, mine in _notes(ctx, noticed, TodoFinding):
            names, done = tuple(_wishes(note, ctx, mine)), wishes.settled(note, ctx, mine)
            found.append(Example(f"{name}{number % _FOLDS}", names, there, alone=True, settled=done))
    return found


def of_events() -> list[Example]:
    """Single messages of incidents, each with its kind or none."""
    found = []
    for number, (kind, said) in enumerate(_events()):
        ctx, noticed = analyse.prepared(*lines.alone(said.removeprefix("[bot] "), app=said.startswith("[bot] ")))
        for note, mine in _notes(ctx, noticed, TimelineFinding):
            names = tuple(weighing.in_timeline(note, ctx, mine))
            known = "" if kind == "-" else kind
            found.append(Example(f"events{number % _FOLDS}", names, bool(known), kind=known, alone=True))
    return found


def _events() -> list[tuple[str, str]]:
    """(kind or "-", what was said)."""
    paths = [HERE / "training" / f"{name}.tsv" for name in ("events", "spoken-events")]
    pairs = [each.split("\t", 1) for path in paths for each in path.read_text("utf-8").splitlines()]
    return [(kind, said) for kind, said in pairs]


def by_note(ctx: Context, found: Iterable[Finding]) -> Iterator[tuple[Note, list[Finding]]]:
    """Each message with what rules found in it."""
    mine: dict[str, list[Finding]] = {}
    for each in found:
        mine.setdefault(each.ts, []).append(each)
    return ((note, mine.get(note.message.ts, [])) for note in ctx.notes)


def _notes(ctx: Context, found: Sequence[Finding], kind: type) -> Iterator[tuple[Note, list[Any]]]:
    for note, mine in by_note(ctx, found):
        if note.lines and not note.topic:
            yield note, [each for each in mine if isinstance(each, kind)]


def _wishes(note: Note, ctx: Context, guesses: Sequence[TodoFinding] = ()) -> Iterator[tuple[str, ...]]:
    for line in note.talk[: features.LINES]:
        here = [each for each in guesses if each.line == line.number]
        for said in features.sentences(line.said[:1500], note):
            yield wishes.names(said, note, ctx, here)
