"""The commands and queries that the numbers come from: kept, proposed by the channel, taken out, and the form of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.blocks import pages, query_form, query_pages
from bot.blocks.pages import QUERIES, QUERIES_PROPOSED, QUERIES_REMOVED, Page
from bot.domain import queries
from bot.domain.overview import Overview
from bot.domain.queries import Written
from bot.domain.status import Status
from demo.gallery import asked, samples
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.people import CHIOMA
from demo.gallery.samples import ID

CARRIED = pages.metadata(ID, Page(QUERIES))
MEANWHILE = (
    f"<@{CHIOMA}> saved this while you had the form open. Yours is still in the fields: save again, and it counts."
)


def draw() -> Iterator[Entry]:
    yield from _kept()
    yield from _proposed()
    yield from _form()


def _overview(number: int = 0, **values: Any) -> Overview:
    return samples.overview(lived=samples.life(queries=asked.kept(number), **values))


def _kept() -> Iterator[Entry]:
    yield modal("Queries", "none yet", query_pages.kept(_overview(), Page(QUERIES)))
    waiting = [each.key for each in asked.proposed()]
    yield modal("Queries", "proposals wait", query_pages.kept(_overview(waiting_queries=tuple(waiting)), Page(QUERIES)))
    yield modal("Queries", "two", query_pages.kept(_overview(2), Page(QUERIES)))
    yield modal("Queries", "20, the second page", query_pages.kept(_overview(20), Page(QUERIES, 1)))
    agreed = _overview(1)
    agreed = replace(agreed, postmortem=replace(agreed.postmortem, status=Status.REVIEWED))
    yield modal("Queries", "Reviewed: they are only read", query_pages.kept(agreed, Page(QUERIES)))
    gone = [replace(each, removed=True) for each in asked.kept(1)]
    yield modal("Queries taken out", "one", query_pages.removed(_overview(1), gone, Page(QUERIES_REMOVED)))
    yield modal("Queries taken out", "nothing", query_pages.removed(_overview(1), [], Page(QUERIES_REMOVED)))


def _proposed() -> Iterator[Entry]:
    for state, number, page in (
        ("one", 1, 0),
        ("three, one looks like a secret", 3, 0),
        ("20, the second page", 20, 1),
    ):
        view = query_pages.proposed(_overview(), asked.proposed(number), Page(QUERIES_PROPOSED, page))
        yield modal("Into the queries?", state, view)


def _form() -> Iterator[Entry]:
    yield modal("A query", "a new one", query_form.draw(Written(), CARRIED, new=True))
    written = queries.of(asked.kept(1)[0])
    yield modal("A query", "filled in", query_form.draw(written, CARRIED, new=False))
    doubtful = replace(written, text=asked.RISKY)
    view = query_form.draw(doubtful, CARRIED, new=False, suspects=asked.suspects())
    yield modal("A query", "it looks like a secret", view)
    theirs = replace(written, text=f"-- since the release\n{written.text}", tool="psql, orders-db", result="")
    view = query_form.draw(written, CARRIED, new=False, warning=MEANWHILE, theirs=theirs)
    yield modal("A query", "saved by somebody else meanwhile", view)


GROUP = Group("queries", "Queries", "What the numbers come from, kept to the letter.", draw)
