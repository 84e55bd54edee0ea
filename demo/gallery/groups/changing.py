"""What is done to the lines of the timeline: what the page says afterwards, merging, and the walk through those without
evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.blocks import pages, text, timeline_form, timeline_pages, walk_form
from bot.blocks.pages import PROPOSALS, REMOVED, TIMELINE, Page
from bot.blocks.walk_form import Step
from bot.domain import errors, proposals
from bot.domain.overview import Overview
from bot.domain.timeline import Item
from bot.domain.timeline_order import Moved
from bot.listeners import doing
from bot.usecases.keep_timeline import Decided
from demo.gallery import found, samples, texts
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.samples import ID
from demo.gallery.texts import NOW

HERE = Page(TIMELINE)


def draw() -> Iterator[Entry]:
    yield from _done()
    yield from _merged()
    yield from _walk()
    yield from _line()


def overview(items: tuple[Item, ...], merged: str = "") -> Overview:
    """These lines; one of them took others in."""
    return samples.overview(lived=samples.life(items=items, merged=frozenset({merged} if merged else ())))


def _done() -> Iterator[Entry]:
    every, record = samples.items(), samples.record()
    went = Moved(every[1], every[0], (every[1], every[0]))
    followed = replace(every[1], at=every[0].at)
    reason = "Somebody changed this line meanwhile: it is shown as it is now. Nothing was done."
    cases = {
        "proposals were kept and dropped": doing.decided(record, Decided(7, 4), NOW),
        "a line was taken out": doing.taken_out(every[3]),
        "two lines became one": doing.merged(every[5], 2),
        "a line was moved": doing.moved(went, up=True),
        "a line was moved, its time with it": doing.moved(replace(went, changed=(followed,)), up=True),
        "a line is back after an Undo": doing.back(every[3:4]),
        "merged lines are back after an Undo": doing.back(every[3:5]),
        "dropped proposals after an Undo": doing.asked_again(4),
        "nothing was done": doing.refused(errors.refused("stale", reason)),
    }
    for state, said in cases.items():
        yield modal("Timeline", state, timeline_pages.kept(overview(every[:3]), HERE, said))
    heard = found.findings()
    candidates = proposals.candidates(heard, samples.keys(heard.timeline[:3]))
    seen, kept = samples.overview(**found.done()), doing.decided(record, Decided(8, 0), NOW)
    view = timeline_pages.proposed(seen, candidates, Page(PROPOSALS), kept)
    yield modal("Into the timeline?", "the page before was saved", view)
    gone = [replace(every[0], removed=True), replace(every[1], removed=True, merged_into=every[2].id)]
    view = timeline_pages.removed(overview(every[2:]), gone, Page(REMOVED), doing.back(every[4:5]))
    yield modal("Taken out", "one taken out, one merged, one put back", view)


def _merged() -> Iterator[Entry]:
    every = samples.items(4)
    one = replace(every[1], text=f"{every[1].text}\n{every[2].text}", evidence=every[2].evidence)
    view = timeline_pages.kept(overview((every[0], one, every[3]), one.id), HERE)
    yield modal("Timeline", "one line took another in", view)
    about = replace(every[1], approximate=True)
    yield modal(
        "Timeline", "the time of one is only about right", timeline_pages.kept(overview((every[0], about)), HERE)
    )
    for state, number in (("three lines", 3), ("60 lines", 60)):
        page = HERE.at(number // 20)
        yield modal("Merge lines", state, timeline_pages.ask_what_to_merge(overview(samples.items(number)), page))


def _walk() -> Iterator[Entry]:
    every = samples.items(3, bare=3)
    seen, two = overview(every), (texts.GRAPH, texts.LOGS)
    twelve = tuple(f"https://grafana.acme.example/d/checkout?panelId={number}" for number in range(12))
    yield modal("What shows it?", "nothing was found", walk_form.draw(seen, every[0], Step(1, 3, HERE), ()))
    yield modal("What shows it?", "two addresses were found", walk_form.draw(seen, every[1], Step(2, 3, HERE), two))
    yield modal("What shows it?", "the last, with twelve", walk_form.draw(seen, every[2], Step(3, 3, HERE), twelve))
    warned = walk_form.draw(seen, every[1], Step(2, 3, HERE), two, warning=walk_form.EMPTY)
    yield modal("What shows it?", "nothing was entered", warned)
    yield modal("What shows it?", "at the end, all done", walk_form.ended(ID, HERE, 0))
    yield modal("What shows it?", "at the end, two skipped", walk_form.ended(ID, HERE, 2))


def _line() -> Iterator[Entry]:
    item = replace(samples.items(6)[5], approximate=True)
    carried = pages.metadata(ID, HERE, parts=1)
    source = text.link(samples.overview().link(item.ts or "") or "", "The message that it comes from")
    view = timeline_form.draw(
        timeline_form.of(item), carried, new=False, source=source, offered=(texts.GRAPH, texts.LOGS)
    )
    yield modal("A line", "about right, with addresses from around its message", view)


GROUP = Group(
    "changing", "Changing the timeline", "What was just done, merging, and going through what lacks evidence.", draw
)
