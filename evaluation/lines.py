"""Single lines of meetings, each with whether it is a follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.domain.harvest import analyse
from bot.domain.harvest.analyse import Options
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.domain.harvest.rule import Rule
from bot.domain.harvest.rules import RULES
from evaluation.score import Score, Tally

_AUTHOR = "U00"


def is_follow_up(line: str) -> bool:
    """Whether the harvest takes a line, said by somebody and by itself, for a follow-up."""
    return bool(analyse.analyse(*alone(line)).todos)


def alone(line: str, *, app: bool = False) -> tuple[list[Message], dict[str, Person]]:
    """A channel that holds this line and no more; `app`: an app wrote it."""
    said = Message("C0LINES", "1700000000.000000", _AUTHOR, line, bot_id="B0" if app else None)
    return [said], {_AUTHOR: Person(_AUTHOR, "Somebody"), "U1": Person("U1", "Alex")}


def kinds(path: Path, rules: Sequence[Rule] = RULES) -> Score:
    """Single messages, each with its kind of event or `-`: what the harvest makes of each by itself."""
    right = wrong = missed = 0
    for line in path.read_text("utf-8").splitlines():
        kind, _, said = line.partition("\t")
        messages, people = alone(said)
        found = {str(each.kind) for each in analyse.analyse(messages, people, Options(rules=rules)).timeline}
        right += kind in found
        wrong += bool(found) and kind not in found
        missed += kind != "-" and kind not in found
    return Score({"single events": Tally(right, wrong, missed)})


def read(path: Path) -> list[tuple[bool, str]]:
    """(is one, the line) for each line of a file: `1` or `0`, a tab, the line."""
    pairs = [each.split("\t", 1) for each in path.read_text("utf-8").splitlines() if each.strip()]
    return [(flag == "1", said) for flag, said in pairs]


def score(path: Path) -> Score:
    """All lines of a file."""
    pairs = [(there, is_follow_up(said)) for there, said in read(path)] if path.exists() else []
    right, wrong = sum(t and f for t, f in pairs), sum(f and not t for t, f in pairs)
    return Score({"single lines": Tally(right, wrong, sum(t and not f for t, f in pairs))})
