"""What was found looks as Slack takes it, whatever people wrote, and shows the word where it stands."""

from __future__ import annotations

from datetime import date

import pytest

from bot.blocks import search_list
from bot.domain.content import Section
from bot.domain.found import Hit, Results
from bot.domain.search import Passage, Query, State
from tests import factories

DAY = date(2026, 11, 23)
HOSTILE = "<!channel> @here ```code``` & <@U1> שרת נפל 🔥🔥 \u202eabc " * 400


def test_the_longest_and_the_oddest_of_it_is_a_message(accepts) -> None:
    record = factories.postmortem(title=HOSTILE, services=(HOSTILE,))
    query = Query(tuple(f"{n}{HOSTILE}"[:100] for n in range(8)), "U2", HOSTILE[:400], 5, DAY, DAY, State.ALL)
    passages = tuple((query.words[0], Passage(place, HOSTILE)) for place in (Section.IMPACT, "unheard of"))
    carried = "search " + "&" * 500
    found = Results([Hit(record, DAY, passages)] * 8, 1, 9, 70)
    accepts(search_list.drawing(query, found, carried))
    accepts(search_list.drawing(query, Results([], 0, 1, 0), carried))


def test_each_is_one_row_with_the_word_and_a_button() -> None:
    passage = Passage("timeline", "x " * 100 + "the pool was empty" + " y" * 100)
    found = Results([Hit(factories.postmortem(services=("mail",)), DAY, (("POOL", passage),))], 0, 1, 1)
    drawn = search_list.drawing(Query(("POOL",)), found, "search POOL")
    row = drawn.blocks[1]
    said = row["text"]["text"]
    assert said.startswith("*PM-7* Checkout is slow\nSEV-1 · Draft · Mon 23 Nov 2026 · <@U2> · mail\n_Timeline:_ …")
    assert "the pool was empty" in said
    assert row["accessory"]["value"] == "record-7"
    assert "1 post-mortem that you may see, the newest first" in str(drawn.blocks[-1])


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        (Query(("a", "b")), "fewer of them"),
        (Query(("a",)), "beginning of the word"),
        (Query(severity=1, state=State.OPEN), "without one of the filters"),
        (Query(state=State.OPEN), "list all"),
    ],
)
def test_nothing_found_says_what_to_try(query: Query, advice: str) -> None:
    (block,) = search_list.drawing(query, Results([], 0, 1, 0), "list ").blocks
    assert "Nothing found." in block["text"]["text"]
    assert advice in block["text"]["text"]


@pytest.mark.parametrize("value", ["", "x", "rm:1:a", "search", "list:-1:", "search:999999999:x"])
def test_an_odd_value_of_a_button_is_a_page(value: str) -> None:
    command, number, _ = search_list.read(value)
    assert command in ("list", "search")
    assert number == 0


def test_a_page_is_carried_whatever_was_typed() -> None:
    found = Results([Hit(factories.postmortem(), DAY)], 1, 3, 20)
    buttons = search_list.drawing(Query(("a:b",)), found, "search a:b since 2026-11-01").blocks[-1]["elements"]
    assert [search_list.read(each["value"]) for each in buttons] == [
        ("search", 0, "a:b since 2026-11-01"), ("search", 2, "a:b since 2026-11-01")
    ]  # fmt: skip
