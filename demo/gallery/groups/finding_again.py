"""Post-mortems are found again: lists, searches, and earlier incidents that look like a new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import direct, hub, search_list
from bot.domain.content import Section
from bot.domain.earlier import Earlier
from bot.domain.found import Hit, Results
from bot.domain.postmortem import OwnerState, Postmortem
from bot.domain.search import TIMELINE, Passage, Query, State
from bot.domain.similar import Match
from bot.domain.status import Status
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, message, whisper
from demo.gallery.people import BEN, CHIOMA, PEOPLE
from demo.gallery.texts import NOW, PAGE

TITLES = ("Search returns nothing", "Invoices twice", "Log-in with Google", "", "Checkout pool ran dry")
WORDS = Query(words=("pool", "connections"))
SAID = (
    ("pool", Passage(Section.OVERVIEW, "Release 4.12 opened two connections an order, and the pool of the database ran dry.")),
    ("connections", Passage(TIMELINE, "max_connections is 200, we are at 198")),
)  # fmt: skip


def draw() -> Iterator[Entry]:
    yield from _lists()
    yield from _searches()
    yield from _earlier()


def _lists() -> Iterator[Entry]:
    still = Query(state=State.OPEN)
    yield _found("List", "open ones", still, _results(_hits(3)))
    yield _found("List", "of one owner", replace(still, owner=BEN), _results(_hits(1)))
    narrow = Query(service="checkout", severity=1, since=NOW.date() - timedelta(days=90), until=NOW.date())
    yield _found("List", "with every filter", narrow, _results(_hits(2)))
    yield _found("List", "20, the second of three pages", Query(), Results(_hits(8), 1, 3, 20))
    for state in State:
        yield _found("List", f"nothing, {state.value}", Query(state=state), _results(()))
    yield _found("List", "nothing with these filters", narrow, _results(()))


def _searches() -> Iterator[Entry]:
    yield _found("Search", "words in the text", WORDS, _results(_hits(2, said=True)))
    yield _found("Search", "one word, nothing", Query(words=("zookeeper",)), _results(()))
    yield _found("Search", "two words, nothing", WORDS, _results(()))


def _earlier() -> Iterator[Entry]:
    one, three = earlier()[:1], earlier()
    yield whisper("All steps", "one earlier incident is alike", hub.hub(stages.read(), similar=one))
    yield whisper("All steps", "three earlier incidents are alike", hub.hub(stages.read(), similar=three))
    told = samples.overview(samples.record(owner_state=OwnerState.TOLD), document=samples.DOCUMENT)
    drawing = direct.owner_dm(told, PEOPLE[BEN], similar=three)
    yield message("You are the owner", "earlier incidents are alike", drawing)


def earlier() -> tuple[Earlier, ...]:
    """Alike in different ways, with and without a place where they can be read."""
    day, of = NOW.date(), _hits(5)
    return (
        Earlier(Match(of[4].record, ("checkout", "orders-db"), ("Checkout", "pool"), True), day - timedelta(days=61), PAGE),
        Earlier(Match(of[1].record, ("orders-db",)), day - timedelta(days=140)),
        Earlier(Match(of[3].record, (), ("customer",)), day - timedelta(days=370), PAGE),
    )  # fmt: skip


def _results(hits: tuple[Hit, ...]) -> Results:
    return Results(hits, 0, 1, len(hits))


def _hits(number: int, *, said: bool = False) -> tuple[Hit, ...]:
    return tuple(
        Hit(_record(place), NOW.date() - timedelta(days=9 * place), SAID[: 2 - place % 2] if said else ())
        for place in range(number)
    )


def _record(place: int) -> Postmortem:
    """Of every kind: without a title, without an owner, restricted."""
    number = 20 - place
    return samples.record(
        id=f"pm-{number}", number=number, title=TITLES[place % len(TITLES)], severity=(1, 2, None)[place % 3],
        status=(Status.DRAFT, Status.IN_REVIEW, Status.REVIEWED, Status.CLOSED)[place % 4], owner=(BEN, CHIOMA, None)[place % 3],
        services=("checkout", "orders-db")[: place % 3], restricted=place == 7,
    )  # fmt: skip


def _found(name: str, state: str, query: Query, found: Results) -> Entry:
    command = search_list.SEARCH if query.words else search_list.LIST
    return whisper(name, state, search_list.drawing(query, found, f"{command} {' '.join(query.words)}".strip()))


GROUP = Group(
    "found", "Finding again", "Lists, searches, and what looks like an earlier one: seen by one person.", draw
)
