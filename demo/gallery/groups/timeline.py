"""The timeline in modals: what is proposed, what is kept, what was taken out, one line, and why there is no data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import pages, text, timeline_form, timeline_pages
from bot.blocks.pages import PROPOSALS, REMOVED, TIMELINE, Page
from bot.domain import proposals
from bot.domain.overview import Overview
from bot.domain.status import Status
from demo.gallery import found, samples, texts
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.people import CHIOMA
from demo.gallery.samples import ID
from demo.gallery.texts import NOW


def draw() -> Iterator[Entry]:
    yield from _proposed()
    yield from _kept()
    yield from _one_line()


def _proposed() -> Iterator[Entry]:
    for state, number, page in (("three", 3, 0), ("eleven", 11, 0), ("60, the third page", 60, 2)):
        candidates = proposals.candidates(*_waiting(number))
        view = timeline_pages.proposed(samples.overview(**found.done()), candidates, Page(PROPOSALS, page))
        yield modal("Into the timeline?", state, view)


def _waiting(number: int) -> tuple[Any, tuple[tuple[str, int], ...]]:
    heard = found.findings(timeline=found.timeline(number))
    return heard, samples.keys(heard.timeline)


def _kept() -> Iterator[Entry]:
    yield modal("Timeline", "nothing in it", timeline_pages.kept(samples.overview(), Page(TIMELINE)))
    yield modal("Timeline", "two lines without evidence", timeline_pages.kept(_overview(11, bare=2), Page(TIMELINE)))
    yield modal("Timeline", "the second page", timeline_pages.kept(_overview(11), Page(TIMELINE, 1)))
    yield modal("Timeline", "60 lines, the third page", timeline_pages.kept(_overview(60), Page(TIMELINE, 2)))
    proposed = _overview(3, waiting_items=samples.keys(found.timeline()))
    yield modal("Timeline", "with proposals to look at", timeline_pages.kept(proposed, Page(TIMELINE)))
    agreed = _overview(11)
    agreed = replace(agreed, postmortem=replace(agreed.postmortem, status=Status.REVIEWED))
    yield modal("Timeline", "Reviewed: it is only read", timeline_pages.kept(agreed, Page(TIMELINE)))
    gone = [replace(item, removed=True) for item in samples.items(2)]
    yield modal("Taken out", "two lines", timeline_pages.removed(_overview(9), gone, Page(REMOVED)))
    yield modal("Taken out", "nothing", timeline_pages.removed(_overview(9), [], Page(REMOVED)))
    yield modal("No data exists", "three lines", timeline_pages.ask_why_no_data(_overview(11, bare=3), Page(TIMELINE)))


def _overview(number: int, bare: int = 0, **values: Any) -> Overview:
    return samples.overview(lived=samples.life(items=samples.items(number, bare=bare), **values))


def _one_line() -> Iterator[Entry]:
    carried = pages.metadata(ID, Page(TIMELINE), parts=1)
    yield modal("A line", "a new one", timeline_form.draw(timeline_form.Typed(), carried, new=True))
    item = samples.items(1)[0]
    typed, source = timeline_form.of(item), samples.overview().link(item.ts or "") or ""
    shown = text.link(source, "The message that it comes from")
    yield modal("A line", "from the channel", timeline_form.draw(typed, carried, new=False, source=shown))
    theirs = "\n".join([texts.NOW.strftime("%H:%M UTC"), "Orders take 24 seconds", texts.GRAPH])
    when = text.when(NOW - timedelta(minutes=2))
    warning = (
        f"{text.mention(CHIOMA)} saved this, {when}, while you had the form open. Yours is still in the fields: save again, "
        "and it counts."
    )
    view = timeline_form.draw(typed, carried, new=False, warning=warning, theirs=theirs)
    yield modal("A line", "saved by somebody else meanwhile", view)


GROUP = Group("timeline", "The timeline", "What the channel proposes, and what people stand behind.", draw)
