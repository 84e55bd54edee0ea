"""Three hundred lines and three hundred proposals: every page is taken by Slack, none is lost, and opening one asks the database
no more than a small one does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from bot.blocks import ids
from bot.domain.harvest.message import Message
from tests.blocks.conftest import check_view
from tests.fakes.bot import Bot
from tests.listeners.test_timeline import OWNER, begun, found, items, opened, propose, rest
from tests.listeners.test_walk import REPLY, ROOT, begin, talk, written

__all__ = ["begun"]
MANY = 300


@contextmanager
def counted(bot: Bot) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    sa.event.listen(bot.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(bot.engine, "before_cursor_execute", note)


def opening(bot: Bot, act: str, value: str, **places: Any) -> tuple[dict[str, Any], int]:
    """The form that a button opens, and how many statements that took."""
    with counted(bot) as sent:
        bot.press(act, value, OWNER, **places)
    view = bot.screens.form()
    check_view(view)
    assert len(view["private_metadata"]) < 3000
    return view, len(sent)


def test_every_page_of_a_big_timeline_is_taken_and_asks_no_more_than_a_small_one(begun: Bot) -> None:
    record = begun.record().id
    talk(begun)
    written(begun, *(Message("C1", f"17640{n:05}.000100", "U1", "chat " * 40) for n in range(3000)))
    acts = (ids.TIMELINE_OPEN, ids.WAIVE_OPEN, ids.MERGE_OPEN, ids.WALK_OPEN)
    propose(begun, found(1), found(2, ts=REPLY, thread_ts=ROOT))
    begun.submit(opened(begun), OWNER)
    propose(begun, found(3))
    few = [opening(begun, act, record)[1] for act in acts]
    propose(begun, *(found(number) for number in range(10, 10 + MANY)))
    view = opened(begun)
    begun.submit(view, OWNER, "V2", **{rest(view): "keep"})
    assert len(items(begun)) == MANY + 2
    propose(begun, *(found(number) for number in range(1000, 1000 + MANY)))
    began = time.perf_counter()
    many = [opening(begun, act, record)[1] for act in acts]
    took = (time.perf_counter() - began) / len(acts)
    assert many == few
    assert max(many) < 56
    assert took < 1.5, "far below the three seconds that Slack waits, on a busy machine too"
    view, seen = begun.screens.form(), set[str]()
    for number in range(-(-(MANY + 2) // 8)):
        begun.press_in(view, ids.CONTENT_GO, f"{record}:timeline.{number}", OWNER)
        page = begun.screens.redrawn[-1].view
        check_view(page)
        seen |= {each["text"]["text"] for each in page["blocks"] if each.get("accessory", {}).get("type") == "overflow"}
    assert len(seen) == MANY + 2
    for number in (0, 17, 37):
        begun.press_in(view, ids.CONTENT_GO, f"{record}:proposals.{number}", OWNER)
        check_view(begun.screens.redrawn[-1].view)
    assert begin(begun)["private_metadata"].count("item") == 1
