"""What a rule is: a name that people can look up, the words that wake it, and a function from one message in its
conversation to findings. Rules know nothing of each other; what they find together is settled afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.domain.harvest.finding import (
    EndOfCall,
    QueryFinding,
    RecordingFinding,
    RoleClaim,
    SeverityFinding,
    TimelineFinding,
    TodoFinding,
)
from bot.domain.harvest.note import Context, Note

Finding = TimelineFinding | TodoFinding | RoleClaim | EndOfCall | RecordingFinding | QueryFinding | SeverityFinding
Find = Callable[[Note, Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """`cues`: at least one of these words must occur (None: ask about every message). `first`: runs in the pass that
    settles roles and the end of the call. `bots`: also reads what apps write, and channel topics. `weighed`: what it finds are
    guesses about the timeline and nothing else, so that it need not be asked where the message is too light for them."""

    id: str
    title: str
    cues: frozenset[str] | None
    find: Find
    first: bool = False
    bots: bool = False
    weighed: bool = False

    def cues_in(self, note: Note) -> frozenset[str]:
        """The words of a message that wake it; none for a rule that is asked about every message."""
        return (self.cues or frozenset()) & note.words


class Wake:
    """Finds the rules that a message wakes, by its words."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._always = tuple(index for index, rule in enumerate(self._rules) if rule.cues is None)
        self._index: dict[str, tuple[int, ...]] = {}
        self._known: dict[tuple[frozenset[str], bool], tuple[Rule, ...]] = {}
        for index, rule in enumerate(self._rules):
            for cue in rule.cues or ():
                self._index[cue] = (*self._index.get(cue, ()), index)

    def rules(self, note: Note) -> tuple[Rule, ...]:
        """In the order of the table."""
        heard = frozenset(self._index.keys() & note.words)
        found = self._known.get((heard, note.human))
        if found is None:
            found = self._known[heard, note.human] = self._woken(heard, human=note.human)
        return found

    def _woken(self, heard: frozenset[str], *, human: bool) -> tuple[Rule, ...]:
        hits = {*self._always, *(index for word in heard for index in self._index[word])}
        woken = (self._rules[index] for index in sorted(hits))
        return tuple(rule for rule in woken if human or rule.bots)
