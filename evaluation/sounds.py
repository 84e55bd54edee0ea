"""`make learn`: the table by which talk sounds of an incident (bot/domain/harvest/tables/sound.json). It is made from stretches of talk: of
incident channels those in which several things happen, of ordinary ones all. The unseen half is never read here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bot.domain.harvest import sound
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.sound import Ear
from evaluation import examples
from evaluation.channel import Channel

FOLDS = 6
STRETCH, STEP = 20, 5
"""Messages that are learnt from together, and from where to where the next ones begin."""
STRENGTH = 1.0
HAPPENS = 4
"""So many lines of the timeline begin in a stretch that is an incident's."""
CHANNELS = 4
"""In so many channels a word has to occur."""
DRIFT, LEAST = 0.03, 2.3
"""So much more than as likely as not, a message; and the sum that no ordinary channel reaches and incident channels do, left out both."""
_BELOW = 0.01


class Talk:
    """A channel's words, message by message, and where its timeline has a line."""

    def __init__(self, channel: Channel) -> None:
        messages = sorted(channel.messages, key=lambda each: ts_key(each.ts))
        self.name, self.ordinary = channel.name, channel.name.startswith("ordinary")
        self.texts = [each.text for each in messages]
        self.seconds = [float(each.ts) for each in messages]
        self.words = [[word.decode() for word in sound.words(each)] for each in self.texts]
        told = {each.ts[0] for each in channel.labels.timeline}
        self._happens = [each.ts in told for each in messages]

    def stretches(self) -> Iterator[Counter[str]]:
        """How often each word is said in each stretch from which there is something to learn."""
        for first in range(0, max(1, len(self.texts) - STRETCH + 1), STEP):
            if self.ordinary or sum(self._happens[first : first + STRETCH]) >= HAPPENS:
                yield Counter(word for said in self.words[first : first + STRETCH] for word in said)


def fit(every: Sequence[Talk]) -> Ear:
    """A table from these channels."""
    seen = Counter(word for talk in every for word in set().union(*talk.words))
    place = {word: column for column, word in enumerate(sorted(word for word in seen if seen[word] >= CHANNELS))}
    rows, answers, weights = [], [], []
    ordinary = sum(talk.ordinary for talk in every)
    for talk in every:
        stretches = list(talk.stretches())
        rows += stretches
        answers += [not talk.ordinary] * len(stretches)
        share = (len(every) - ordinary) / (2 * max(1, ordinary)) if talk.ordinary else 1.0  # both kinds count much
        weights += [share / max(1, len(stretches))] * len(stretches)
    known = [{place[word]: count for word, count in row.items() if word in place} for row in rows]
    ends = numpy.cumsum([0, *(len(row) for row in known)])
    scale = STRETCH**0.5
    counts = [count / scale for row in known for count in row.values()]
    matrix = sparse.csr_matrix((counts, [column for row in known for column in row], ends), (len(known), len(place)))
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300).fit(matrix, answers, sample_weight=weights)
    table = {word.encode(): float(model.coef_[0][column]) / scale for word, column in place.items()}
    return Ear(DRIFT - float(model.intercept_[0]) / STRETCH, LEAST, table)


def heaviest(ear: Ear, talk: Talk) -> float:
    """What the heaviest run of a channel weighs."""
    runs = replace(ear, least=0.0).runs(ear.hear(talk.texts), talk.seconds)
    return max((each.weight for each in runs), default=0.0)


def learn(channels: Sequence[Channel]) -> dict[str, Any]:
    """The table as it stands in the file; prints how well one tells channels that were left out. Of outages told as people chat nothing
    is learnt: they sound like any other talk, and with them half of that would sound of incidents."""
    every = [Talk(each) for each in channels if not examples.is_plain(each)]
    found = []
    for fold in range(FOLDS):
        ear = fit([each for number, each in enumerate(every) if number % FOLDS != fold])
        found += [(heaviest(ear, each), each) for number, each in enumerate(every) if number % FOLDS == fold]
    light = sorted((weight, each.name) for weight, each in found if not each.ordinary)
    loud = sorted(((weight, each.name) for weight, each in found if each.ordinary), reverse=True)
    print(f"sound: {sum(weight >= LEAST for weight, _ in light)} of {len(light)} incidents are heard", end=", ")
    print(f"and {sum(weight >= LEAST for weight, _ in loud)} of {len(loud)} channels of ordinary talk")
    print("the lightest:", *(f"{name} {weight:.2f}" for weight, name in light[:6]))
    print("the loudest:", *(f"{name} {weight:.2f}" for weight, name in loud[:6]))
    ear = fit(every)
    weights = {word.decode(): round(weight, 3) for word, weight in ear.weights.items() if abs(weight) >= _BELOW}
    return {"drift": round(ear.drift, 4), "least": ear.least, "weights": weights}
