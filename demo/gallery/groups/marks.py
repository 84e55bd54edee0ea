"""What people mark in the channel: what the card says of it, what stands beside a line whose message was edited or deleted, and
the question when nobody marks it any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import card, pages, timeline_form, timeline_pages, withdrawn_dm
from bot.blocks import marks_line as words
from bot.blocks.pages import TIMELINE, Page
from bot.domain.capture import PIN, Capture, Heard, Mark, Question, Text
from bot.domain.harvest.message import Message
from bot.domain.overview import Overview
from bot.domain.timeline import Item
from demo.gallery import samples
from demo.gallery.entry import Entry, Group, message, modal
from demo.gallery.people import ANA, CHANNEL, CHIOMA
from demo.gallery.samples import ID
from demo.gallery.texts import NOW

EDITED = f"{(NOW - timedelta(minutes=20)).timestamp():.6f}"
MARKS = (Mark("memo", ANA, 1, True), Mark(PIN, CHIOMA, 2, True))


def draw() -> Iterator[Entry]:
    yield message("The card", "with what people marked", card.card(overview()))
    yield modal("Timeline", "edited, deleted, marked by nobody", timeline_pages.kept(overview(), Page(TIMELINE)))
    yield modal("Timeline", "one line, and who marked its message", _form())
    first, *_ = samples.items(3)
    for state, question, item in (
        ("asked", Question.ASKED, first),
        ("it stays", Question.KEPT, first),
        ("marked again", Question.NONE, first),
        ("taken out", Question.NONE, replace(first, removed=True)),
    ):
        seen = heard(first, question=question)
        yield message("Nobody marks it any more", state, withdrawn_dm.draw(overview(), seen, item))


def heard(item: Item, **values: Any) -> Capture:
    """What was heard of the message of a line."""
    body = Message(CHANNEL, item.ts or "", user_id=item.user_id, text=item.text, edited_ts=EDITED)
    given: dict[str, Any] = {"heard": Heard(MARKS), "body": body, "item_id": item.id, "item_version": item.version}
    return Capture(ID, CHANNEL, item.ts or "", **(given | values))


def overview() -> Overview:
    """Three lines with something to say about their messages, and one message that could not be read."""
    first, second, third = samples.items(3)
    edited = Heard(MARKS, (Text("", "Traffic drops to *half*, <!channel>"), Text(EDITED, first.text)))
    captures = (
        heard(first, heard=edited),
        heard(second, heard=Heard(MARKS, deleted_at=NOW)),
        heard(third, heard=Heard(), item_version=0, question=Question.ASKED),
        Capture(ID, CHANNEL, "1.000100", Heard(MARKS), trouble="It was deleted before it could be read."),
    )
    by_place = {(each.channel_id, each.ts): each for each in captures}
    return samples.overview(lived=samples.life(items=samples.items(3), captures=by_place))


def _form() -> dict[str, Any]:
    seen, item = overview(), samples.items(1)[0]
    source = words.source(seen, item) + words.joined(words.beside(seen, item))
    typed = timeline_form.of(item)
    carried = pages.metadata(ID, Page(TIMELINE), item=item.id, version=1, parts=timeline_form.drawn(typed))
    return timeline_form.draw(typed, carried, new=False, source=source)


GROUP = Group("marks", "Marked in the channel", "One reaction, the right message, and what became of it since.", draw)
