"""The menu of a message: the forms that it opens, what stands in their place where there is nothing to fill in, and the answers
that only the one who used it sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import ids, modals, pointed_forms, pointed_notes, query_form, timeline_form
from bot.blocks import text as words
from bot.domain.harvest.finding import TimelineKind
from bot.domain.pointed import Source
from bot.domain.queries import Written
from bot.domain.status import Status
from bot.ports.chat import Drawing
from demo.gallery import asked, found, samples, texts
from demo.gallery.entry import Entry, Group, modal, whisper
from demo.gallery.people import BEN, CHIOMA
from demo.gallery.samples import ID
from demo.gallery.texts import NOW, STARTED

POSTED = STARTED + timedelta(minutes=18)
MESSAGE = Source(texts.ts(POSTED), None, CHIOMA)
SAID = "Restarted the checkout pods, orders go through again."
UNDERSTOOD = (
    "“23:58” was read in your time zone, Europe/Berlin, as 23:58:00 on Monday 23 November, the last such time that is near the "
    "incident."
)


def draw() -> Iterator[Entry]:
    yield from _forms()
    yield from _instead()
    yield from _answers()


def _forms() -> Iterator[Entry]:
    record, carried = samples.record(), modals.carry(record=ID)
    came_from = pointed_forms.source(MESSAGE, samples.overview().link(MESSAGE.ts))
    yield modal("No post-mortem here", "none yet", pointed_forms.start("Add to timeline", None, carried))
    closed = replace(record, status=Status.CLOSED)
    yield modal("No post-mortem here", "a closed one", pointed_forms.start("Add as TODO", closed, carried))
    sentence = "*PM-7* is open, and the channel is being read. Fill in what you know, or close this; then choose *Add to timeline* again."
    yield modal(
        "Incident details",
        "started from a message",
        modals.details(samples.overview(samples.fresh()), carried, sentence=sentence),
    )
    typed = timeline_form.Typed(words.utc(POSTED - timedelta(minutes=3)), SAID, TimelineKind.mitigation, texts.GRAPH)
    view = timeline_form.draw(typed, carried, new=True, source=came_from, callback=ids.POINTED_LINE)
    yield modal("Add to timeline", "with a time that is written in it", view)
    yield modal("Add as TODO", "from the message", pointed_forms.todo("TODO: an alert on the pool", came_from, carried))
    written = Written(asked.COUNT, ran_by=CHIOMA)
    view = query_form.draw(written, carried, new=True, source=came_from, callback=ids.POINTED_QUERY)
    yield modal("Add as query", "from a block of code", view)
    for state, number in (("eleven lines", 11), ("of 120 lines", 120)):
        items = samples.items(number)
        view = pointed_forms.evidence(items, items, [texts.GRAPH, texts.LOGS], [], came_from, carried)
        yield modal("Attach as evidence", state, view)


def _instead() -> Iterator[Entry]:
    record, item = samples.record(), samples.items(1)[0]
    who = f"{record.name} is written by the owner <@{BEN}>: tell one of them what you know."
    yield _over("Add to timeline", "it is there", pointed_notes.in_timeline(record, item, who))
    yield _over("Add as TODO", "it waits", pointed_notes.todo_there(record, found.todos()[0]))
    yield _over("Add as TODO", "it was decided on", pointed_notes.todo_there(record, samples.actions()[0]))
    yield _over("Add as query", "it is kept", pointed_notes.query_there(record, asked.kept(1)[0]))
    yield _over("Attach as evidence", "nothing to show", pointed_notes.nothing_to_show())
    yield _over("Attach as evidence", "no line yet", pointed_notes.no_line(record))


def _answers() -> Iterator[Entry]:
    record, item = samples.record(), samples.items(1)[0]
    yield whisper("A line", "added", pointed_notes.added(record, item))
    yield whisper(
        "A line", "typed with its time", pointed_notes.added(record, replace(item, approximate=True), UNDERSTOOD)
    )
    yield whisper("A line", "changed", pointed_notes.added(record, item, changed=True))
    yield whisper("A line", "taken back", pointed_notes.taken_back(record, item))
    link = samples.overview().link(MESSAGE.ts)
    yield whisper("A TODO", "added", pointed_notes.todo_added(record, "An alert on the pool", link))
    yield whisper("A query", "kept", pointed_notes.query_added(record, asked.kept(1)[0]))
    yield whisper("Evidence", "attached", pointed_notes.attached(record, item, (texts.GRAPH, texts.LOGS)))
    yield whisper(
        "The menu",
        "a sentence",
        pointed_notes.said(f"*{record.name}* is open in this channel by now, {words.when(NOW)}."),
    )


def _over(name: str, state: str, drawing: Drawing) -> Entry:
    return modal(name, state, modals.notice(drawing, name))


GROUP = Group("pointed", "The menu of a message", "What anybody adds who points at a message, or types a line.", draw)
