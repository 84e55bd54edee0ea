"""Several lines that tell of one event, as one line. The old ones are kept beside it, so that they can be split again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain import errors, evidence, pieces, timeline, typed
from bot.domain.harvest.finding import TimelineKind
from bot.domain.timeline import Item

LONGEST, _WHY = 30_000, 1000
# What a reader looks for and what the response times are computed from: a merge must not take it out of the timeline.
_TELLING = frozenset.union(*timeline.MUST_HAVES.values()) | {TimelineKind.detection, TimelineKind.mitigation}


def merged(items: Iterable[Item], new_id: str, by: str, now: datetime) -> Item:
    """The earliest time and its message, all words in their order, all evidence. Raises BadInput for fewer than two, and
    for more than one line can hold."""
    taken = timeline.in_order(items)
    if len(taken) < 2:
        raise errors.bad_input("too_few", "Tick at least two lines: they become one.")
    words = "\n".join(item.text.strip() for item in taken)
    # As much as one form shows, a second text beside it: what is merged has to be edited again.
    if typed.width(words) > LONGEST or pieces.weight(words) > pieces.HEAVIEST:
        why = f"Together they are longer than {LONGEST} characters, fewer of letters that are not Latin: merge fewer of them."
        raise errors.bad_input("too_long", why)
    shown = tuple(dict.fromkeys(url for item in taken for url in item.evidence))
    if len(shown) > evidence.MOST:
        why = f"Together they have {len(shown)} addresses, and a line has at most {evidence.MOST}: merge fewer of them."
        raise errors.bad_input("too_many", why)
    return replace(
        taken[0],
        id=new_id,
        text=words,
        kind=_kind([item.kind for item in taken]),
        evidence=shown,
        waiver="" if shown else _reasons(taken),
        by=by,
        saved_at=now,
        version=1,
    )


def parts(items: Iterable[Item], item_id: str) -> tuple[Item, ...]:
    """The lines that this one took in."""
    return tuple(sorted((item for item in items if item.merged_into == item_id), key=timeline.place))


def _kind(kinds: list[TimelineKind]) -> TimelineKind:
    """The first that is asked for, else the first that is any."""
    telling = (kind for kind in kinds if kind in _TELLING)
    return next(telling, next((kind for kind in kinds if kind is not TimelineKind.other), TimelineKind.other))


def _reasons(items: Iterable[Item]) -> str:
    """Why there is no data, each reason once, as many as its field holds."""
    said = ""
    for reason in dict.fromkeys(item.waiver.strip() for item in items):
        together = f"{said}\n{reason}".strip()
        said = together if len(together) <= _WHY else said
    return said
