"""The trees of the second look, made from channels that were left out when their first weights were made: each part of the channels is
weighed by tables that do not know it, in a process of its own (`python -m evaluation.second FOLDER PART FILE`)."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from bot.domain.harvest import analyse, close_reading, weighing, weights, wide_reading, wishes
from bot.domain.harvest.among import Among
from bot.domain.harvest.finding import TimelineFinding, TodoFinding
from bot.domain.harvest.glance import Screen
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding
from evaluation import examples, reading, shipped
from evaluation.channel import Channel
from evaluation.cutting import SETTLED, cuts, right_often
from evaluation.examples import FOLDS, LEFT_OUT, fold_of

GATES = {"follow_ups": -5.0, "timeline": -2.5}
PRECISION = {"follow_ups": 0.752, "timeline": 0.72}
SURE = 0.9
KEEPS = {"follow_ups": 0.4, "timeline": 0.0}
"""What share the first weight has: real talk puts its wishes in other places than most labelled channels do."""
READS = {"follow_ups": 0.5, "timeline": 0.5}
"""What share the close reading has of the rest."""
TREES, LEAVES, RATE, LEAST_IN_LEAF, STRICT, SHARE = 120, 15, 0.07, 80, 10.0, 0.5
_LIGHT = -30.0
_ALL = 1e9  # above every value: such a step asks only whether the value is known


@dataclass(frozen=True, slots=True)
class Row:
    """A message: whether it is one, how much it counts, and its values; none where rules settle it or it is too light. `read`: what the
    network reads in it, where that was not learnt from it."""

    what: str
    part: int
    there: bool
    weight: float
    settled: bool
    values: Sequence[float] | None
    read: float | None = None


def of_channel(channel: Channel) -> Iterator[Row]:
    """All messages of a channel, for the follow-ups and for the timeline, by the tables that are in use."""
    ctx, found = analyse.prepared(channel.messages, channel.people)
    among, part, more = Among(ctx, Screen(ctx)), fold_of(channel.name), examples.going_on(channel)
    reader = _Reader(ctx, found) if part == LEFT_OUT else None
    wanted, told_of = examples.answers(channel, "todo"), examples.answers(channel, "timeline")
    for note, mine in examples.by_note(ctx, found):
        told = [each for each in mine if isinstance(each, TimelineFinding)]
        guesses = [each for each in mine if isinstance(each, TodoFinding)]
        wish = _follow_up(note, ctx, guesses, told, among) if note.human else None
        line = _timeline(note, ctx, told, among) if note.message.ts not in more else None
        if note.human:
            says = reader.wish(note) if reader and wish else None
            yield Row("follow_ups", part, *wanted(note.message.ts), wishes.settled(note, ctx, guesses), wish, says)
        if note.message.ts not in more:
            says = reader.line(note) if reader and line else None
            yield Row("timeline", part, *told_of(note.message.ts), weighing.settled(told), line, says)


class _Reader:
    """What is read in the messages of a channel, as at the second look; None where nothing is shipped to read with."""

    def __init__(self, ctx: Context, found: Iterable[Finding]) -> None:
        self._weights = first_weights(ctx, found)
        self._closely, self._widely = close_reading.of(ctx), wide_reading.of(ctx, self._weights)

    def wish(self, note: Note) -> float | None:
        if self._widely and self._weights[note.message.ts] >= wide_reading.LEAST:
            return self._widely.each([note])[0]
        return self._closely.of(note).follow_ups if self._closely else None

    def line(self, note: Note) -> float | None:
        return self._closely.of(note).timeline if self._closely else None


def first_weights(ctx: Context, found: Iterable[Finding]) -> Mapping[str, float]:
    """What each message (ts) that may be a follow-up weighs by its words."""
    weights = dict[str, float]()
    for note, mine in examples.by_note(ctx, found):
        guesses = [each for each in mine if isinstance(each, TodoFinding)]
        told = [each for each in mine if isinstance(each, TimelineFinding)]
        own = _sentences(note, ctx, guesses, told) if note.human else []
        weights |= {note.message.ts: max(own)} if own else {}
    return weights


def _sentences(
    note: Note, ctx: Context, guesses: Sequence[TodoFinding], told: Sequence[TimelineFinding]
) -> Sequence[float]:
    """What each sentence weighs as a follow-up; none where rules settle it."""
    if wishes.unweighed(note, ctx, guesses, told) is not None:
        return []
    return wishes.each_of(wishes.lines(note, ctx, guesses, hope=GATES["follow_ups"]))


def _follow_up(
    note: Note, ctx: Context, guesses: Sequence[TodoFinding], told: Sequence[TimelineFinding], among: Among
) -> Sequence[float] | None:
    own = _sentences(note, ctx, guesses, told)
    heavy = own and max(own) >= GATES["follow_ups"]
    return tuple(among.follow_up(note, own, len(guesses))) if heavy else None


def _timeline(note: Note, ctx: Context, told: Sequence[TimelineFinding], among: Among) -> Sequence[float] | None:
    if weighing.timeline_unweighed(note, ctx, told) is not None:
        return None
    best = weighing.timeline_heaviest(note, ctx, told)
    return tuple(among.timeline(note, best.each, len(told))) if best.weight >= GATES["timeline"] else None


def learn(left_out: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """The table. `left_out`: by name, the tables that were made without each part of the channels."""
    rows = [row for part in range(FOLDS) for row in _weighed({name: left_out[name][part] for name in GATES}, part)]
    return {what: _forest(what, [row for row in rows if row.what == what]) for what in GATES}


def _weighed(tables: Mapping[str, Any], part: int) -> list[Row]:
    """The channels of a part, weighed by tables that do not know them, in a process that has read no others."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (*shipped.TABLES.glob("*.json"), *shipped.TABLES.glob("*.npz")):
            (Path(folder) / path.name).write_bytes(path.read_bytes())
        for name, table in {**tables, "second": {}, "same_work": {}}.items():
            (Path(folder) / f"{name}.json").write_text(json.dumps(table), "utf-8")
        out = Path(folder) / "rows"
        subprocess.run([sys.executable, "-m", "evaluation.second", folder, str(part), str(out)], check=True)  # noqa: S603
        return [Row(*each) for each in json.loads(out.read_text("utf-8"))]


def _forest(what: str, rows: Sequence[Row]) -> dict[str, Any]:
    known = [row for row in rows if row.values is not None and not row.settled]
    is_read = any(row.read is not None for row in known)
    least, sure = _cut(what, rows, known, [LEFT_OUT] if is_read else range(FOLDS))
    model = _fit(known)
    return {
        "start": round(float(model._baseline_prediction[0][0]), 4),
        "gate": GATES[what],
        "least": round(least, 2),
        "sure": round(max(sure, least), 2),
        "keeps": KEEPS[what],
        "reads": READS[what] if is_read else 0.0,
        "trees": [[step(node) for node in tree[0].nodes] for tree in model._predictors],
    }


def _cut(what: str, rows: Sequence[Row], known: Sequence[Row], parts: Sequence[int]) -> tuple[float, float]:
    """From what weight on it is enough, and sure, by what trees that do not know them make of some parts of the channels."""
    guesses = [pair for part in parts for pair in _guesses(what, known, part)]
    counted = [row for row in rows if row.part in parts and row.weight == 1.0]
    weighed = [(SETTLED, row.there) for row in counted if row.settled]
    weighed += [(_LIGHT, row.there) for row in counted if row.values is None and not row.settled]
    found = cuts(weighed + guesses)
    sure = right_often(cuts(guesses), SURE)
    print(
        f"{what}, a second look: sure from {sure:.2f} on, as {sum(guess >= sure for guess, _ in guesses)} of {len(guesses)}"
    )
    for asked in (0.66, 0.68, 0.7, 0.72, 0.74, 0.76, 0.78, 0.8):
        at = right_often(found, asked)
        _, precision, recall, score = next(row for row in found if row[0] == at)
        print(f"{what}, a second look: precision {precision:.3f}, recall {recall:.3f}, F1 {score:.3f} at {at:.2f}")
    return right_often(found, PRECISION[what]), sure


def _guesses(what: str, known: Sequence[Row], part: int) -> list[tuple[float, bool]]:
    from numpy import array

    model, out = _fit([row for row in known if row.part != part]), [row for row in known if row.part == part]
    trees = model.decision_function(array([row.values for row in out]))
    return [
        (_mixed(what, float(guess), row), row.there) for guess, row in zip(trees, out, strict=True) if row.weight == 1.0
    ]


def _fit(known: Sequence[Row]) -> Any:
    from numpy import array

    values, there, weight = (array([getattr(row, name) for row in known]) for name in ("values", "there", "weight"))
    return _model().fit(values, there, sample_weight=weight)


def _mixed(what: str, guessed: float, row: Row) -> float:
    """What the trees say, with the shares of the first weight and of the close reading."""
    total = guessed + KEEPS[what] * ((row.values or [guessed])[0] - guessed)
    return total if row.read is None else total + READS[what] * (row.read - total)


def _model() -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        learning_rate=RATE, max_iter=TREES, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST_IN_LEAF, l2_regularization=STRICT,
        max_features=SHARE, early_stopping=False, random_state=5,
    )  # fmt: skip


def step(node: Any) -> list[float]:
    """A step of a tree as it stands in a table."""
    if node["is_leaf"]:
        return [-1, round(float(node["value"]), 4), 0, 0, 0]
    bound = round(min(float(node["num_threshold"]), _ALL), 4)
    return [int(node["feature_idx"]), bound, int(node["missing_go_to_left"]), int(node["left"]), int(node["right"])]


def main(argv: Sequence[str]) -> int:
    """Weigh the channels of one part by the tables of a folder, and write the rows to a file."""
    folder, part, out = argv
    weights.use(Path(folder))
    paths = [path for half in ("training", "tuned") for path in sorted((examples.HERE / half).glob("*.txt"))]
    channels = (reading.read(path) for path in paths if fold_of(path.stem) == int(part))
    rows = [astuple(row) for channel in channels for row in of_channel(channel)]
    Path(out).write_text(json.dumps(rows), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
