"""The trees that tell whether a follow-up says another one over again, made from channels whose labels say so: `python -m
evaluation.same_work`, a part of `make learn` (five minutes). What is compared there weighs less than what stands, so that there is more
to learn from."""

from __future__ import annotations

import json
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from bot.domain.harvest import analyse, own_work, same_work, weights
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.likeness import NAMES, Likeness
from evaluation import examples, reading, score, second, shipped
from evaluation.channel import Channel, FollowUp
from evaluation.cutting import cuts, right_often
from evaluation.examples import FOLDS, fold_of

LIGHTER = 2.5
"""So much less is asked of a follow-up here."""
BESIDE, BESIDE_COUNTS = 3, 0.5
"""Of the channels whose labels say nothing of what is said again one in so many is compared, and counts so much: what is labelled
twice there is two, mostly."""
RIGHT, RIGHT_OF_LISTED = 0.8, 0.9
"""How often what is folded is right, on channels that were left out; of what stands below a heading."""
TREES, LEAVES, RATE, LEAST_IN_LEAF, STRICT, SHARE = 150, 12, 0.06, 15, 3.0, 0.5
SPEAKS = {"common": 1, "with_answers": 1, "likest": 1, "same_owner": 1, "same_thread": 1, "new": -1}
"""What can only speak for the same work (1), or only against it (-1)."""
_FOLDED = (Outcome.said_again, Outcome.taken_on, Outcome.same_wording)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two follow-ups of a channel: the place of the later one, what is seen of them, whether they are the same work, and how much that
    counts."""

    channel: str
    later: int
    values: Sequence[float]
    same: bool
    counts: float = 1.0


def of_channel(channel: Channel) -> Iterator[Pair]:
    """The pairs of which the labels say whether they are the same; of two that no label knows they say nothing."""
    analysis = analyse.whole(channel.messages, channel.people, score.options(channel))
    found = [*analysis.findings.todos]
    found += [
        each.finding for each in analysis.fates if isinstance(each.finding, TodoFinding) and each.outcome in _FOLDED
    ]
    every = sorted(
        {(each.ts, each.line): each for each in reversed(found)}.values(), key=lambda each: (each.ts, each.line)
    )
    said, likeness = _Said(channel, every), Likeness(analysis.ctx, every)
    told = any(each.again for each in channel.labels.follow_ups)
    for later, each in enumerate(every):
        earlier = [place for place in range(later) if every[place].ts != each.ts]
        for place, values in zip(earlier, likeness.with_earlier(later, earlier), strict=True):
            one, other = said.by(place), said.by(later)
            if one is not None and other is not None and (one and other if not told else one or other):
                yield Pair(channel.name, later, values, bool(one & other), 1.0 if told else BESIDE_COUNTS)


class _Said:
    """Which labelled follow-ups some findings say, by their places in the labels."""

    def __init__(self, channel: Channel, every: Sequence[TodoFinding]) -> None:
        self._labels, self._every = channel.labels.follow_ups, every
        self._text = {each.ts: each.text for each in channel.messages}
        self._known = [self._of(each) for each in every]

    def by(self, place: int) -> frozenset[int] | None:
        """None where it cannot be told: a list says several, and no label tells which of its lines does."""
        return self._known[place]

    def _of(self, each: TodoFinding) -> frozenset[int] | None:
        lines = {number: dict(label.lines) for number, label in enumerate(self._labels)}
        here = {number for number, label in enumerate(self._labels) if each.ts in (label.ts, *label.again)}
        exactly = {number for number in here if lines[number].get(each.ts) == each.line}
        here = {number for number in here if each.ts not in lines[number]}
        if exactly or not here:
            return frozenset(exactly)
        alone = "\n" not in self._text[each.ts] and sum(other.ts == each.ts for other in self._every) == 1
        return frozenset(here) if alone or (len(here) == 1 and not lines) else self._likest(each, here)

    def _likest(self, each: TodoFinding, of: set[int]) -> frozenset[int] | None:
        own = own_work.things(each.whole())
        shares = sorted(((len(own & self._things(self._labels[at], each.ts)), at) for at in of), reverse=True)
        told = shares[0][0] > 0 and (len(shares) == 1 or shares[0][0] > shares[1][0])
        return frozenset({shares[0][1]}) if told else None

    def _things(self, label: FollowUp, beside: str) -> frozenset[str]:
        return frozenset[str]().union(
            *(own_work.things(self._text[ts]) for ts in (label.ts, *label.again) if ts != beside)
        )


def learnt(every: Sequence[Pair]) -> dict[str, Any]:
    """The table."""
    guessed = cuts(_decided(every))
    for asked in (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9):
        at = right_often(guessed, asked)
        _, precision, recall, _ = next(row for row in guessed if row[0] == at)
        print(f"same work: {precision:.3f} right, {recall:.3f} found at {at:.2f}")
    model = _fit(every)
    return {
        "start": round(float(model._baseline_prediction[0][0]), 4),
        "gate": 0.0,
        "least": round(right_often(guessed, RIGHT), 2),
        "sure": round(right_often(guessed, RIGHT_OF_LISTED), 2),
        "trees": [[second.step(node) for node in tree[0].nodes] for tree in model._predictors],
    }


def _decided(every: Sequence[Pair]) -> list[tuple[float, bool]]:
    """Of each follow-up, how much it weighs with the earlier one that is likest by trees that do not know its channel, and whether
    it is the same as any."""
    best: dict[tuple[str, int], tuple[float, bool]] = {}
    for part in range(FOLDS):  # only where labels say what is said again
        model = _fit([each for each in every if fold_of(each.channel) != part])
        out = [each for each in every if fold_of(each.channel) == part and each.counts == 1.0]
        for each, weight in zip(out, model.decision_function([each.values for each in out]), strict=True):
            most, same = best.get((each.channel, each.later), (-99.0, False))
            best[each.channel, each.later] = max(most, float(weight)), same or each.same
    return list(best.values())


def _fit(every: Sequence[Pair]) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        learning_rate=RATE, max_iter=TREES, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST_IN_LEAF, l2_regularization=STRICT,
        max_features=SHARE, early_stopping=False, random_state=5, monotonic_cst=[SPEAKS.get(name, 0) for name in NAMES],
    )  # fmt: skip
    values, same, counts = ([getattr(each, name) for each in every] for name in ("values", "same", "counts"))
    return model.fit(values, same, sample_weight=counts)


def lighter(shipped: Mapping[str, Any]) -> dict[str, Any]:
    """The trees of the second look, with less asked of a follow-up."""
    least = shipped["follow_ups"]["least"] - LIGHTER
    return {**shipped, "follow_ups": {**shipped["follow_ups"], "least": least}}


def _read(path: Path) -> list[Pair]:
    return list(of_channel(reading.read(path)))


def main(_argv: Sequence[str]) -> int:
    """Writes bot/domain/harvest/tables/same_work.json."""
    paths = [path for half in ("training", "tuned") for path in sorted((examples.HERE / half).glob("*.txt"))]
    labelled = [path for path in paths if "~ again " in path.read_text("utf-8")]
    beside = [path for path in paths if path not in labelled and zlib.crc32(path.stem.encode()) % BESIDE == 0]
    with tempfile.TemporaryDirectory() as folder:
        for path in (*shipped.TABLES.glob("*.json"), *shipped.TABLES.glob("*.npz")):
            (Path(folder) / path.name).write_bytes(path.read_bytes())
        (Path(folder) / "second.json").write_text(json.dumps(lighter(weights.read("second"))), "utf-8")
        (Path(folder) / f"{same_work.TABLE}.json").write_text("{}", "utf-8")
        weights.use(Path(folder))
        with Pool() as pool:
            every = [pair for found in pool.imap(_read, labelled + beside, chunksize=4) for pair in found]
    print(f"{len(every)} pairs of {len(labelled)} channels, {sum(each.same for each in every)} the same")
    shipped.write(same_work.TABLE, {same_work.TABLE: learnt(every)})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
