"""`make learn`: the tables of weights, made from labelled channels and lines by logistic regression. Of a labelled message the sentence
that weighs most is taken to be the one that is meant. The unseen half is never read here."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from evaluation import examples, reading, second, shipped, sounds
from evaluation.cutting import SETTLED, cuts, even, right_often
from evaluation.examples import FOLDS, Example, fold_of

LEAST_SEEN = 2
# How much each is believed, by family of names; lines that stand alone count less than messages of a channel.
STRENGTH = {"follow_ups": 0.35, "single_lines": 0.35, "timeline": 0.2, "kind": 0.3}
SIGNS = 2.0
# Of what is proposed so much should be right: who is offered nonsense stops reading.
PRECISION = {"follow_ups": 0.68, "timeline": 0.66}
# Where the rules, which count as the heaviest, are wrong too often to tell: from this weight on nine of ten of the rest are right.
SURE = {"follow_ups": 3.5, "single_lines": 3.0, "timeline": 3.0}


class Table:
    """Names as columns, sentences as rows."""

    def __init__(self, what: str, every: Sequence[Example]) -> None:
        self.what, self.examples = what, every
        self.left_out: list[dict[str, Any]] = []
        seen = Counter(name for each in every for name in {name for names in each.sentences for name in names})
        self.columns = sorted(name for name, count in seen.items() if count >= LEAST_SEEN)
        self.scale = numpy.array([SIGNS if name.startswith("~sign") else 1.0 for name in self.columns])
        self.owner = numpy.array([index for index, each in enumerate(every) for _ in each.sentences])
        self.rows = self._rows()
        self.there = numpy.array([each.there for each in every])
        self.weight = numpy.array([each.weight for each in every])

    def _rows(self) -> Any:
        place = {name: column for column, name in enumerate(self.columns)}
        index: list[int] = []
        ends = [0]
        for each in self.examples:
            for names in each.sentences:
                index += sorted({place[name] for name in names if name in place})
                ends.append(len(index))
        matrix = sparse.csr_matrix((self.scale[index], index, ends), shape=(len(ends) - 1, len(self.columns)))
        matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
        return matrix

    def fit(self, of: Iterable[int]) -> LogisticRegression:
        """A model of these examples: first of all their sentences, then of the heaviest of each."""
        chosen = set(of)
        rows = numpy.array([row for row, owner in enumerate(self.owner) if owner in chosen])
        many = Counter(self.owner[rows])
        share = numpy.array([1 / many[owner] for owner in self.owner[rows]])
        model = self._model(rows, share)
        weights = model.decision_function(self.rows[rows])
        best: dict[int, int] = {}
        for place, owner in enumerate(self.owner[rows]):
            if owner not in best or weights[place] > weights[best[owner]]:
                best[owner] = place
        picked = rows[sorted(best.values())]
        return self._model(picked, numpy.ones(len(picked)))

    def _model(self, rows: Any, share: Any) -> LogisticRegression:
        strength = STRENGTH[self.what.partition(":")[0]]
        model = LogisticRegression(C=strength, max_iter=400, tol=1e-3, solver="liblinear", intercept_scaling=10)
        owner = self.owner[rows]
        return model.fit(self.rows[rows], self.there[owner], sample_weight=self.weight[owner] * share)

    def weigh(self, model: LogisticRegression, of: Iterable[int]) -> dict[int, float]:
        """What each of these examples weighs by a model."""
        chosen = set(of)
        rows = numpy.array([row for row, owner in enumerate(self.owner) if owner in chosen])
        found: dict[int, float] = {}
        for owner, weight in zip(self.owner[rows], model.decision_function(self.rows[rows]), strict=True):
            found[owner] = max(found.get(owner, -30.0), float(weight))
        return found

    def across(self) -> dict[int, float]:
        """What each example weighs by a model that has not seen its channel; those models stay in `left_out`."""
        found: dict[int, float] = {}
        for fold in range(FOLDS):
            out = [index for index, each in enumerate(self.examples) if fold_of(each.group) == fold]
            rest = [index for index, each in enumerate(self.examples) if fold_of(each.group) != fold]
            model = self.fit(rest)
            self.left_out.append(self.written(model))
            found |= self.weigh(model, out) if out else {}
        return found

    def written(
        self, model: LogisticRegression, least: float = 0.0, sure: float = 0.0, alone: float = 0.0
    ) -> dict[str, Any]:
        """As it stands in the file."""
        weights = {
            name: round(float(weight * scale), 2)
            for name, weight, scale in zip(self.columns, model.coef_[0], self.scale, strict=True)
            if abs(weight * scale) >= 0.03
        }
        cuts = {"least": round(least, 2), "sure": round(sure, 2), "alone": round(alone, 2)}
        return {"start": round(float(model.intercept_[0]), 2), **cuts, "weights": weights}


def learn(what: str, every: Sequence[Example]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One table, with those made without each fold of the channels, and a line that says how well it does, the rules with it, on channels
    that were left out."""
    table = Table(what, [each for each in every if not each.settled])
    weighed = [(weight, table.examples[index]) for index, weight in table.across().items()]
    weighed += [(SETTLED, each) for each in every if each.settled]
    rows = cuts((weight, each.there) for weight, each in weighed if each.weight == 1.0 and not each.alone)
    lonely = cuts((weight, each.there) for weight, each in weighed if each.alone)
    if what not in PRECISION:  # of what is said in a meeting as much is proposed as is there
        rows = lonely = cuts((weight, each.there) for weight, each in weighed if each.weight == examples.MEETING)
    least = right_often(rows, PRECISION[what]) if what in PRECISION else even(rows)
    sure = min((row[0] for row in rows if row[1] >= 0.9 and row[0] < SETTLED), default=SURE[what])
    alone = ("single lines", lonely, even(lonely))
    for name, found, at in (("channels", rows, least), alone) if rows is not lonely else (alone,):
        cut, precision, recall, score = next(row for row in found if row[0] == at)
        print(f"{what}, {name}: precision {precision:.3f}, recall {recall:.3f}, F1 {score:.3f} at {cut:.2f}")
    whole = table.written(table.fit(range(len(table.examples))), least, max(sure, least), even(lonely))
    return whole, table.left_out


def kinds(every: Sequence[Example]) -> dict[str, Any]:
    """What speaks for each kind among the entries of a timeline."""
    known = [each for each in every if each.kind and not each.settled]
    names, starts = sorted({each.kind for each in known}), []
    weights: dict[str, list[float]] = {}
    for place, kind in enumerate(names):
        table = Table("kind", [each.asked(kind) for each in known])
        found = table.written(table.fit(range(len(known))))
        starts.append(found["start"])
        for name, weight in found["weights"].items():
            weights.setdefault(name, []).extend((place, weight))
    return {"kinds": names, "starts": starts, "weights": weights}


def main(argv: Sequence[str]) -> int:
    """Writes bot/domain/harvest/tables unless `--try` is given."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.learn", description=__doc__)
    parser.add_argument("--try", action="store_true", dest="only", help="write nothing")
    options = parser.parse_args(argv)
    every = examples.everything()
    learnt = {name: learn(name, found) for name, found in every.items()}
    tables = {name: table for name, (table, _) in learnt.items()} | {"kinds": kinds(every["timeline"])}
    tables["sound"] = sounds.learn(
        [each for half in ("training", "tuned") for each in reading.folder(examples.HERE / half)]
    )
    tables["second"] = second.learn({name: folds for name, (_, folds) in learnt.items()})
    if not options.only:
        for name, table in tables.items():
            shipped.write(name, table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
