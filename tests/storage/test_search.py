"""Words are found wherever people wrote them, in any script and case, and what LIKE or JSON would add is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain import search
from bot.domain.actions import ActionItem, Decision
from bot.domain.content import Entry, Section
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.harvest.finding import TimelineKind
from bot.domain.search import Passage
from bot.domain.timeline import Item
from storage.store import SqlStore
from tests import factories
from tests.factories import NOW

PATIENCE = timedelta(seconds=5)
Find = Callable[[str], list[str]]


def line(number: int, text: str, **values: object) -> Item:
    return Item(f"i{number}", "one", NOW, text, TimelineKind.action, "U1", NOW, **values)  # type: ignore[arg-type]


@pytest.fixture
def find(store: SqlStore) -> Find:
    """One record with words everywhere, one of the same workspace without, and one of another workspace with all of them."""
    with store.transaction(PATIENCE) as unit:
        for name, number, team in (("one", 1, "T1"), ("two", 2, "T1"), ("far", 1, "T2")):
            title = "ÜBERLAUF von Straßen" if name != "two" else "Checkout is slow"
            services = ("card-payments", 'say "so"') if name != "two" else ()
            unit.records.add(
                factories.postmortem(
                    id=name, number=number, team_id=team, channel_id=f"C{name}", title=title, services=services
                )
            )
        written = {
            "overview": 'The "pool" was\nempty at 100%',
            "factors": ["ОПЛАТА упала", "שרת נפל"],
            "temporary": True,
        }
        unit.contents.save("one", Entry(Section.OVERVIEW, written, 1, "U1", NOW))
        unit.items.put_item(line(1, "Restarted a_b with C:\\temp 🔥"))
        unit.items.put_item(line(3, "over a line\nend"))
        unit.items.put_item(line(2, "Taken out again", removed=True))
        unit.items.put_action(
            ActionItem("a1", "one", "Add a canary", Decision.WONT_DO, "U1", NOW, reason="too expensive")
        )
        said = ExternalDecision(ExternalMessage.PRESENT, Parts("We are sorry.", "Orders failed.", ""), "U1", NOW)
        unit.meetings.put_external("one", said)

    def found(word: str) -> list[str]:
        with store.reading() as unit:
            return sorted(unit.search.with_word("T1", word))

    return found


WRITTEN = (
    "überlauf", "ÜBER", "card-pay", 'say "so"', '"pool"', "was empty", "100%", "оплата", "УПАЛА", "נפל", "a_b", "c:\\TEMP",
    "\\", "🔥", "canary", "EXPENSIVE", "sorry", "failed", "straßen", "line end",
)  # fmt: skip
NOT_WRITTEN = (
    "Taken out", "axb", "a%b", "100_", "nonsense", "temporary", "overview", "factors", "summary", "true", "npool", "[",
    "wont_do", "line  end", "pool empty",
)  # fmt: skip


def test_a_word_is_found_wherever_it_was_written_and_nowhere_else(find: Find) -> None:
    assert {word: find(word) for word in WRITTEN} == {word: ["one"] for word in WRITTEN}
    assert {word: find(word) for word in NOT_WRITTEN} == {word: [] for word in NOT_WRITTEN}


def test_where_it_stands_is_told_and_the_newest_come_first(find: Find, store: SqlStore) -> None:
    with store.reading() as unit:
        assert [each.id for each in unit.search.records("T1")] == ["two", "one"]
        assert [each.id for each in unit.search.records("T1", limit=1)] == ["two"]
        told = unit.search.passages(["one", "two"], "a")
        assert set(told) == {"one"}
        assert {each.place for each in told["one"]} == {
            Section.OVERVIEW, search.TIMELINE, search.ACTIONS, search.MESSAGE
        }  # fmt: skip
        assert unit.search.passages(["one"], "CANARY") == {"one": [Passage(search.ACTIONS, "Add a canary")]}
        assert unit.search.passages(["two"], "canary") == {}
