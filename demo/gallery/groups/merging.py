"""Two post-mortems about one incident: which one is meant, and both side by side before anything is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.blocks import merge_form
from bot.domain import countdown, merge_said, merging
from bot.domain.open_again import OpenAgain
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem, Times
from bot.usecases import merge_records, standing
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.people import ANA, BEN, TEAM
from demo.gallery.texts import NOW, STARTED

WORST = "<!channel> @here *b _i ~s `tick` ```fence``` & <@U0ANA1> <https://evil.example|good> مرحبا \u202e 🔥👩‍💻\n> quote\n"


def draw() -> Iterator[Entry]:
    older = stages.second(
        id="pm-3", number=3, title="", severity=None, times=Times(), created_at=NOW - timedelta(days=9)
    )
    rooms = [(stages.second(), Channel(TEAM, "C0INC9", "inc-orders", False, False, NOW)), (older, None)]
    yield modal("Merge, which one", "nothing was typed", merge_form.pick(samples.record(), rooms))
    yield modal("Merge, which one", "not found", merge_form.pick(samples.record(), rooms, merge_records.NOT_SEEN))
    yield _both("SEV-2 into SEV-1", samples.record(), stages.second())
    yield _both("SEV-1 into SEV-2, with a meeting", stages.second(), samples.record())
    yield _both("the end is not known", samples.record(), stages.second(times=Times(STARTED), severity=None))
    again = OpenAgain(NOW, BEN, "It is slow again.")
    yield _both("open again", samples.record(), stages.second(open_again=again, owner=None))


def _both(state: str, primary: Postmortem, other: Postmortem) -> Entry:
    return modal("Merge, both", state, _form(primary, other))


def _form(primary: Postmortem, other: Postmortem, *more: str) -> dict[str, Any]:
    after = merging.take_in(primary, other, by=ANA, now=NOW)
    counts = [standing.count(each, samples.POLICY) for each in (primary, other)]
    booking = samples.booking()
    change = countdown.merged(counts[0], counts[1:], now=NOW, meeting_start=booking.start)
    said = merge_said.remarks(primary, other, after, change, booking, booking)
    left = merge_said.left(samples.items(6), samples.actions(), 3, other.name)
    return merge_form.confirm(primary, other, after, change, counts[1], (*said, left, *more), "stamp", 6)


GROUP = Group(
    "merging", "Merging", "Two post-mortems become one; nothing is done before both were seen side by side.", draw
)


def longest() -> Iterator[Entry]:
    """A hundred to choose from, and names that break things."""
    others = [stages.second(id=f"pm-{number}", number=number, title=WORST * 3) for number in range(100, 200)]
    room = Channel(TEAM, "C0INC9", WORST * 2, False, False, NOW)
    yield modal(
        "Merge, which one",
        "longest",
        merge_form.pick(samples.record(title=WORST * 3), [(each, room) for each in others], WORST),
    )
    yield modal(
        "Merge, both",
        "longest",
        _form(samples.record(title=WORST * 9), stages.second(title=WORST * 9), *[WORST * 4] * 9),
    )


LONGEST = Group("merging_longest", "Merging, at its longest", "The same with a hundred of them.", longest)
