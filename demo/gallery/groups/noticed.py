"""Incidents without a post-mortem: the question at the end of their call, its answers, the form, and the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.blocks import digest_post, modals, start_offer
from bot.domain import noticed as rules
from bot.domain.digest import Digest
from bot.domain.noticed import Gone, Noticed, NoticedState, Why
from demo.gallery import samples, worst
from demo.gallery.entry import Entry, Group, message, modal, whisper
from demo.gallery.people import ANA, CHANNEL
from demo.gallery.texts import NOW

_TITLE = "The call is over"


def sample(severity: int | None = 1, **values: object) -> Noticed:
    """One that ended six days ago."""
    ended = NOW - timedelta(days=6, hours=2)
    first = Noticed("n1", "T1", CHANNEL, 1, severity, ended - timedelta(hours=1), ended, ended, "1764000000.000100")
    return first.changed(**values)


def draw() -> Iterator[Entry]:
    yield message(_TITLE, "a severity was named", start_offer.question(sample()))
    yield message(_TITLE, "none was named", start_offer.question(sample(None)))
    yield message(_TITLE, "a small one", start_offer.question(sample(3)))
    yield message(_TITLE, "in a room with an earlier one", start_offer.question(sample(2), "PM-7"))
    recorded = sample(state=NoticedState.RECORDED, settled_at=NOW, settled_by=ANA)
    yield message(_TITLE, "it was started", start_offer.answered(recorded, "PM-8"))
    for why in Why:
        note = "see <!channel> & OPS-12" if why in (Why.ELSEWHERE, Why.OTHER) else ""
        declined = sample(state=NoticedState.DECLINED, settled_at=NOW, settled_by=ANA, why=why.value, note=note)
        yield message(_TITLE, f"not needed: {why.value}", start_offer.answered(declined))
    yield modal("No post-mortem needed", "why", start_offer.not_needed(sample()))
    yield modal(
        "Incident details",
        "begun at the end of the call",
        modals.details(samples.overview(samples.fresh()), "{}", sample(2)),
    )
    yield whisper("Incidents without one", "some", start_offer.listing(several(range(3)), NOW))
    yield whisper("Incidents without one", "more than fit", start_offer.listing(several(range(15)), NOW))
    yield whisper("Incidents without one", "none", start_offer.listing((), NOW))
    yield message("The week", "incidents without one", digest_post.drawing(Digest(unrecorded=several(range(14))), NOW))


def longest() -> Iterator[Entry]:
    note = worst.worst(500)
    declined = sample(state=NoticedState.DECLINED, settled_at=NOW, settled_by=ANA, why=Why.ELSEWHERE.value, note=note)
    yield message(_TITLE, "not needed, at length", start_offer.answered(declined))
    yield modal("No post-mortem needed", "longest", start_offer.not_needed(sample(channel_id="C" * 30, id="n" * 64)))
    yield whisper("Incidents without one", "longest", start_offer.listing(several(range(worst.MANY)), NOW))
    yield message("The week", "longest", digest_post.drawing(Digest(unrecorded=several(range(worst.MANY))), NOW))


def several(places: Sequence[int]) -> tuple[Noticed, ...]:
    """Ended, gone quiet, archived and renamed in turn."""
    gone = (Gone.NOTHING, Gone.NOTHING, Gone.ARCHIVED, Gone.RENAMED)
    listed = (
        sample(
            1 + place % 2, id=f"n{place}", gone=gone[place % 4],
            ended_at=None if place % 4 == 1 else NOW - timedelta(days=place, hours=30),
        )
        for place in places
    )  # fmt: skip
    return tuple(each for each in listed if rules.unrecorded(each, NOW))


GROUP = Group(
    "noticed", "Incidents without one", "Asked once at the end of a call, and listed until somebody answers.", draw
)
LONGEST = Group(
    "noticed_longest", "Incidents without one, at their longest", "The same with hundreds of them.", longest
)
