"""The findings about wording as a list, and the form that asks why one is ignored."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import wording_list
from bot.domain.wording.checks import Located
from bot.usecases import wording
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, modal


def draw() -> Iterator[Entry]:
    record, found = samples.record(), located()
    yield modal("Wording", "nothing is left", wording_list.listing(record, [], 4))
    yield modal("Wording", "some", wording_list.listing(record, found, 2))
    yield modal("Wording", "three pages, the second", wording_list.listing(record, found * 3, 0, 1))
    value = wording_list.value(record, found[0])
    yield modal("Ignore it", "empty", wording_list.ignore_form(record, found[0], value))


def located() -> tuple[Located, ...]:
    """What the rules find in words that blame."""
    lived, responders = stages.blaming().life, samples.named(samples.record())
    return wording.unseen(wording.findings(lived, full_outage=False, responders=responders), ())


GROUP = Group("wording", "Wording", "Offers of better words: each is taken, left or ignored at one click.", draw)
