"""The weights of the network that reads widely, made from labelled channels: `python -m evaluation.wide` (half an hour on two processors),
after evaluation.network, from which it goes on. It learns of what may be a follow-up whether it is said there for the first time, with much
of what was said before. The part of the channels that is left out there is left out here."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from bot.domain.harvest import analyse, wide_reading
from bot.domain.harvest.network import Network
from bot.domain.harvest.wide_reading import WideReading
from evaluation import examples, network, reading, second, shipped, stored
from evaluation.channel import Channel
from evaluation.network import Example

RATE, PLACES = 5e-5, 256
TWICE = 2.0
"""What a channel counts whose labels say where a follow-up is said again: its scribes were asked where it is said first."""


def of_channel(channel: Channel, by: Network) -> Iterator[Example]:
    """What is learnt from a channel: of each message that may be a follow-up, whether it is labelled as one."""
    ctx, found = analyse.prepared(channel.messages, channel.people)
    weights, wanted = second.first_weights(ctx, found), examples.answers(channel, "todo")
    widely = WideReading(ctx, by, weights)
    counts = TWICE if any(each.again for each in channel.labels.follow_ups) else 1.0
    for note in ctx.notes:
        if weights.get(note.message.ts, second.GATES["follow_ups"]) >= wide_reading.LEAST and not note.topic:
            there, one = wanted(note.message.ts)
            count = min(one * counts, network.MOST)
            yield Example(widely.row(note), (float(there), 0.0), (count, 0.0), -1)


def main(_argv: Sequence[str]) -> int:
    """Writes bot/domain/harvest/tables/wide.npz."""
    from evaluation import encoder

    model, by = encoder.going_on(PLACES)
    channels = [each for half in ("training", "tuned") for each in reading.folder(examples.HERE / half)]
    shown = [each for each in channels if examples.fold_of(each.name) != examples.LEFT_OUT]
    every = [each for channel in shown for each in of_channel(channel, by)]
    print(f"{len(every)} messages of {len(shown)} channels")
    network.train(every, model, RATE)
    path = shipped.TABLES / "wide.npz"
    path.write_bytes(stored.widely({name: each.detach().float().numpy() for name, each in model.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
