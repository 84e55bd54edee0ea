"""The weights of the network that reads closely, made from labelled channels: `python -m evaluation.network` (half an hour on two
processors). It begins with the first layers of all-MiniLM-L6-v2 (Apache License 2.0), which has read much English, and learns at once
what a follow-up is, what belongs into a timeline, and of which kind it is. One part of the channels is left out, by which it is told
how much the rest believes it (see second)."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.harvest import analyse, close_reading
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.pieces import Pieces, Row
from evaluation import examples, reading, shipped, stored
from evaluation.channel import Channel

EPOCHS, BATCH, RATE, WARM, SILENT, MOST, KIND = 2, 32, 6e-5, 200, 0.5, 2.5, 0.3
"""How often each message is shown, how many at once, how fast is learnt, after how many steps that fast, what share of the messages that
are nothing is shown, what a channel counts at most, and what a kind counts."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message as it is read; for the follow-ups and the timeline, whether it is one and how much that counts; its kind, or -1."""

    row: Row
    there: tuple[float, float]
    counts: tuple[float, float]
    kind: int


def of_channel(channel: Channel, pieces: Pieces) -> Iterator[Example]:
    """What is learnt from a channel; of what is neither, only a part."""
    ctx, _ = analyse.prepared(channel.messages, channel.people)
    drawn, labels = random.Random(channel.name), _Labels(channel)
    for note in ctx.notes:
        if close_reading.said(note) and not note.topic:
            found = labels.example(note, ctx, pieces)
            if any(found.there) or drawn.random() < SILENT:
                yield found


class _Labels:
    def __init__(self, channel: Channel) -> None:
        self._wanted, self._told = examples.answers(channel, "todo"), examples.answers(channel, "timeline")
        self._kinds = {entry.ts[0]: close_reading.KINDS.index(entry.kind) for entry in channel.labels.timeline}
        self._more = examples.going_on(channel)

    def example(self, note: Note, ctx: Context, pieces: Pieces) -> Example:
        ts = note.message.ts
        (wanted, one), (told, other) = self._wanted(ts), self._told(ts)
        counts = (min(one, MOST) * note.human, 0.0 if ts in self._more else min(other, MOST))
        return Example(
            close_reading.row(note, ctx, pieces), (float(wanted), float(told)), counts, self._kinds.get(ts, -1)
        )


def train(every: Sequence[Example], model: dict[str, Any], rate: float = RATE) -> None:
    """Goes over the examples in batches of like length, and changes the weights of the model that may change. Prints how it comes along."""
    import torch

    torch.manual_seed(3)
    drawn, steps = random.Random(3), len(every) * EPOCHS // BATCH
    changing = [each for each in model.values() if each.requires_grad]
    optimiser, begun, lost = _optimiser(changing, rate), time.monotonic(), 0.0
    for step, batch in zip(range(steps), _batches(every, drawn), strict=False):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, step / WARM + 0.01) * max(0.02, 1 - step / steps)
        loss = _loss(model, batch)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(changing, 1.0)
        optimiser.step()
        lost += float(loss.detach())
        if step % 200 == 199:
            print(f"step {step + 1} of {steps}: loss {lost / 200:.4f}, {time.monotonic() - begun:.0f} s", flush=True)
            lost = 0.0


def _optimiser(changing: Sequence[Any], rate: float) -> Any:
    import torch

    wide = [each for each in changing if each.dim() > 1]
    rest = [each for each in changing if each.dim() < 2]
    return torch.optim.AdamW([{"params": wide, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}], lr=rate)


def _batches(every: Sequence[Example], drawn: random.Random) -> Iterator[list[Example]]:
    while True:
        order = drawn.sample(every, len(every))
        found: list[list[Example]] = []
        for start in range(0, len(order), BATCH * 50):
            alike = sorted(order[start : start + BATCH * 50], key=lambda each: len(each.row))
            found += [alike[place : place + BATCH] for place in range(0, len(alike), BATCH)]
        yield from drawn.sample(found, len(found))


def _loss(model: dict[str, Any], batch: Sequence[Example]) -> Any:
    import torch
    from torch.nn import functional

    from evaluation import encoder

    # Where a processor does not reckon in short numbers itself, they take twenty times as long.
    with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
        read = encoder.read(model, [each.row for each in batch], drops=0.1).float()
    there, counts = (torch.tensor([getattr(each, name) for each in batch]) for name in ("there", "counts"))
    kinds = torch.tensor([each.kind for each in batch])
    loss = (functional.binary_cross_entropy_with_logits(read[:, :2], there, reduction="none") * counts).sum()
    if bool((kinds >= 0).any()):
        loss = loss + KIND * functional.cross_entropy(read[:, 2:], kinds, ignore_index=-1, reduction="sum")
    return loss / len(batch)


def main(_argv: Sequence[str]) -> int:
    """Writes bot/domain/harvest/tables/network.npz."""
    channels = [each for half in ("training", "tuned") for each in reading.folder(examples.HERE / half)]
    shown = [each for each in channels if examples.fold_of(each.name) != examples.LEFT_OUT]
    from evaluation import encoder

    model, pieces = encoder.begun(outputs=len(close_reading.OUTPUTS))
    every = [each for channel in shown for each in of_channel(channel, pieces)]
    print(f"{len(every)} messages of {len(shown)} channels")
    train(every, model)
    used = {number for each in every for number in (*each.row.own, *each.row.around)}
    arrays = {name: each.detach().float().numpy() for name, each in model.items()}
    path = shipped.TABLES / "network.npz"
    path.write_bytes(stored.written(arrays, pieces, used))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
