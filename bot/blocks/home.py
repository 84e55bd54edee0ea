"""The Home tab: what waits for the reader first, then everything open, the most urgent on top."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks import checklist, ids, lines, parts, text
from bot.blocks.parts import Block
from bot.domain import home as rules
from bot.domain import phrases, typed
from bot.domain.home import Home, Line, Shown
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status

_FILTERS: Mapping[Shown, str] = {
    Shown.OPEN: "All that are open",
    Shown.OVERDUE: "Overdue",
    Shown.IN_REVIEW: "In review",
    Shown.SEV1: "SEV-1",
    Shown.CLOSED: "Closed lately",
}


def view(home: Home, workspace_url: str, looks: Mapping[str, Overview] | None = None) -> dict[str, Any]:
    """The whole tab. `looks` are the reader's own post-mortems as a whole, by id: they show how far the checklist is (R-10)."""
    looks = looks or {}
    groups = (
        ("You are the owner", home.owned),
        ("You are the incident commander", home.commanded),
        ("Waiting for your review", home.to_review),
        ("Waiting for support to post the message", home.to_publish),
    )
    blocks = [block for title, found in groups for block in _group(title, found, home, workspace_url, looks)]
    if not blocks:
        blocks = [parts.section("*Nothing waits for you.* :sunny:")]
    metadata = json.dumps({"shown": home.shown.value, "page": home.page})
    return {"type": "home", "private_metadata": metadata, "blocks": [*blocks, *_all(home, workspace_url)]}


def _group(
    title: str, found: Sequence[Line], home: Home, workspace_url: str, looks: Mapping[str, Overview]
) -> list[Block]:
    if not found:
        return []
    rest = len(found) - rules.MOST_MINE
    more = [parts.context(f"and {rest} more, in the list below")] if rest > 0 else []
    shown = found[: rules.MOST_MINE]
    rows = [block for line in shown for block in _mine(line, home, workspace_url, looks.get(line.record.id))]
    return [parts.header(title), *rows, *more, parts.divider()]


def _all(home: Home, workspace_url: str) -> list[Block]:
    rows = [_row(line, home, workspace_url) for line in home.listed]
    above = "Those above are not listed again." if rows else "All that are open stand above."
    remark = above if home.above else "" if rows else "None."
    empty = [parts.context(remark)] if remark else []
    return [parts.header("All post-mortems"), parts.actions(_filter(home)), *rows, *empty, *_pages(home)]


def _mine(line: Line, home: Home, workspace_url: str, look: Overview | None) -> list[Block]:
    """One of the reader's own: with the next step, its button, and how far the checklist is."""
    row = _row(line, home, workspace_url)
    if look is None:
        return [row]
    said = f"{row['text']['text']}\n{checklist.next_line(look)}\n{checklist.how_far(look)}"
    onward = checklist.next_button(look)
    return [parts.section(said), parts.actions(*([onward] if onward else []), row["accessory"])]


def _row(line: Line, home: Home, workspace_url: str) -> Block:
    record = line.record
    said = f"{lines.name(record)}\n{_state(line, home)}"
    if workspace_url:
        said += f" · {text.link(f'{workspace_url}archives/{record.channel_id}', 'open the channel')}"
    open_it = parts.button("Open", ids.HOME_RECORD, record.id)
    return {**parts.section(said), "accessory": open_it}


def _state(line: Line, home: Home) -> str:
    record = line.record
    facts = [lines.status(record), lines.severity(record), text.mention(record.owner, "no owner")]
    if record.merged is not None:
        facts.append(f":twisted_rightwards_arrows: merged into {record.merged.name}")
    elif record.waiver is not None:
        facts.append(":zzz: waived")
    elif record.open_again is not None:
        facts.append(":arrows_counterclockwise: the incident is open again")
    elif rules.overdue(line, home.now):
        facts.append(f":red_circle: *overdue by {phrases.span(home.now - line.deadline.due)}*")
    elif line.booking and not line.booking.cancelled:
        facts.append(f"meeting {text.when(line.booking.start)}")
    elif record.status in (Status.DRAFT, Status.IN_REVIEW):
        facts.append(_due(record, line))
    return " · ".join(facts)


def _due(record: Postmortem, line: Line) -> str:
    return f"meeting due {phrases.day(line.deadline.last_day)} ({record.business_tz})"


def _filter(home: Home) -> Block:
    options = [{"text": parts.plain(label, 75), "value": shown.value} for shown, label in _FILTERS.items()]
    chosen = next(option for option in options if option["value"] == home.shown.value)
    return {"type": "static_select", "action_id": ids.HOME_FILTER, "options": options, "initial_option": chosen}


def _pages(home: Home) -> list[Block]:
    if home.pages == 1:
        return []
    buttons = []
    if home.page:
        buttons.append(parts.button("Earlier", ids.HOME_EARLIER, f"{home.shown.value}:{home.page - 1}"))
    if home.page + 1 < home.pages:
        buttons.append(parts.button("Later", ids.HOME_LATER, f"{home.shown.value}:{home.page + 1}"))
    return [parts.context(f"Page {home.page + 1} of {home.pages}, {home.total} in all"), parts.actions(*buttons)]


def read(value: str) -> tuple[Shown, int]:
    """Filter and page from a button's or the filter's value; the first page of all for anything odd."""
    shown, _, page = value.partition(":")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 0
    return (Shown(shown) if shown in set(Shown) else Shown.OPEN), number


def read_metadata(metadata: str) -> tuple[Shown, int]:
    """What a drawn tab says that it shows."""
    try:
        kept = json.loads(typed.clean(metadata) or "{}")
    except ValueError:
        kept = {}
    kept = kept if isinstance(kept, dict) else {}
    return read(f"{kept.get('shown')}:{kept.get('page')}")
