"""One line of the timeline as the pages show it, and the small menu beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.blocks import ids, marks_line, parts, text
from bot.blocks.parts import Block
from bot.domain import evidence, phrases, timeline, timeline_order
from bot.domain.harvest.finding import TimelineKind
from bot.domain.overview import Overview
from bot.domain.timeline import Item

EDIT, UP, DOWN, MERGE, OUT = "edit", "up", "down", "merge", "out"
_SHOWN, _WHY, _LINK = 1200, 300, 60


def day(of: date, before: date | None) -> list[Block]:
    """The day, above its first line: so that each line has its time alone."""
    return [parts.context(f"*{phrases.day(of)}*, times in UTC")] if of != before else []


def said(overview: Overview, item: Item, *, under_day: bool = False) -> str:
    """When, of which kind, what, and the message that it comes from; the time alone where its day stands above it."""
    when = timeline.clock(item) if under_day else f"{timeline.moment(item)} UTC"
    source = overview.link(item.ts, item.thread_ts, item.channel_id) if item.ts else None
    shown = f" ({text.link(source, 'message')})" if source else ""
    return f"*{when}*{kind(item.kind)} {text.escape(text.clip(item.text, _SHOWN))}{shown}"


def whole(overview: Overview, item: Item, *, under_day: bool = False) -> str:
    """The same with what shows it."""
    line = said(overview, item, under_day=under_day)
    since = marks_line.joined(marks_line.beside(overview, item))
    return f"{line}\n{_shown_by(item)}{since}"


def _shown_by(item: Item) -> str:
    if item.evidence:
        return f":bar_chart: {links(item.evidence)}"
    if item.waiver.strip():
        return f":heavy_minus_sign: no data exists: {text.escape(text.clip(item.waiver, _WHY))}"
    return ":warning: no evidence yet"


def short(item: Item) -> str:
    """A line in a few words, for a sentence about it."""
    return f"*{timeline.moment(item)} UTC* {text.escape(text.clip(' '.join(item.text.split()), 120))}"


def links(urls: Sequence[str]) -> str:
    """Where each leads, the first few of them."""
    shown = [text.link(url, text.clip(evidence.place(url, _LINK), _LINK)) for url in urls[:5]]
    more = len(urls) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def kind(of: TimelineKind) -> str:
    """`_Page_:`, nothing for what is of no kind."""
    return "" if of is TimelineKind.other else f" _{timeline.kind_label(of)}_:"


def value(item: Item, *more: object) -> str:
    """What a button about a line hands back."""
    return ":".join(str(each) for each in (item.postmortem_id, item.id, *more))


def with_menu(overview: Overview, item: Item, before: Item | None, after: Item | None) -> list[Block]:
    """The line under its day, with what can be done with it; `before` and `after` are its neighbours. Most times are exact, and there a
    move would only be refused."""
    options = [("Edit, or add evidence" if item.bare else "Edit", value(item, EDIT, item.version))]
    if before and timeline_order.passable(item, before):
        options.append(("Move up", value(item, UP, item.version)))
    if after and timeline_order.passable(item, after):
        options.append(("Move down", value(item, DOWN, item.version)))
    if before:
        options.append(("Merge into the one before", value(item, MERGE, item.version, before.id, before.version)))
    options.append(("Take out", value(item, OUT, item.version)))
    drawn = {
        **parts.section(whole(overview, item, under_day=True)),
        "accessory": parts.overflow(ids.ITEM_MENU, options),
    }
    if item.id not in overview.life.merged:
        return [drawn]
    return [drawn, parts.actions(parts.button("Split again", ids.ITEM_SPLIT, value(item)))]
