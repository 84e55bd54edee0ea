"""The timeline in modals (R-20, R-21): what the channel proposes, with a box a line; what is kept, with its evidence; what was
taken out and can be put back. Eight lines a page, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

from bot.blocks import (
    found_by,
    ids,
    inputs,
    line_boxes,
    modals,
    pages,
    parts,
    question_pages,
    still_coming,
    text,
    timeline_line,
)
from bot.blocks.done import Done
from bot.blocks.done import draw as draw_done
from bot.blocks.inputs import Answers
from bot.blocks.pages import PROPOSALS, REMOVED, TIMELINE, Page
from bot.blocks.parts import Block
from bot.domain import evidence, line_checks, phrases, response_times, timeline, writing
from bot.domain.harvest.finding import TimelineFinding
from bot.domain.overview import Overview
from bot.domain.proposals import Candidate, Key
from bot.domain.timeline import Item

_SHOWN = 1200
_ADD = (ids.ITEM_ADD_BEGAN, ids.ITEM_ADD_PAGED, ids.ITEM_ADD_PUBLIC, ids.ITEM_ADD_ENDED)
_REST, ASK = "rest", "ask"
_REST_OPTIONS = (
    ("Show them on the next page", ASK),
    ("Keep those that are clear, show me the rest", "recommended"),
    ("Keep all of them", "keep"),
    ("Drop all of them", "drop"),
)


def kept(overview: Overview, page: Page, done: Done | None = None) -> dict[str, Any]:
    """The lines that stand, eight a page; `done` is what was just done to them."""
    record, items = overview.postmortem, overview.life.items
    page, shown, of = pages.cut(items, page)
    frozen = writing.frozen(record)
    blocks: list[Block] = [*draw_done(done), _head(overview), *still_coming.line(overview)]
    blocks += [*_buttons(overview), *_asked_for(overview)]
    took = response_times.line(response_times.response_times(items, record.times))
    if items and took:
        blocks.append(parts.context(f":stopwatch: {took}."))
    if items:
        blocks.append(parts.divider())
    for number, item in enumerate(shown, start=page.number * pages.SIZE):
        before = items[number - 1] if number else None
        after = items[number + 1] if number + 1 < len(items) else None
        blocks += timeline_line.day(item.at.date(), before.at.date() if before and item is not shown[0] else None)
        if frozen:
            blocks.append(parts.section(timeline_line.whole(overview, item, under_day=True)))
        else:
            blocks += timeline_line.with_menu(overview, item, before, after)
    if not items:
        blocks.append(parts.section("Nothing in the timeline yet. Begin with when it started, and what showed it."))
    blocks += pages.turn(record.id, page, of, begins=pages.begins(items, _begins))
    blocks.append(parts.actions(*_seldom(overview), pages.go("What was taken out", record.id, Page(REMOVED))))
    return pages.plain_view("Timeline", blocks, pages.metadata(record.id, page))


def removed(overview: Overview, items: Sequence[Item], page: Page, done: Done | None = None) -> dict[str, Any]:
    """What was dropped, taken out or merged: nothing is lost."""
    record = overview.postmortem
    page, shown, of = pages.cut(items, page)
    blocks: list[Block] = [
        *draw_done(done),
        parts.actions(pages.go("Back to the timeline", record.id, Page(TIMELINE))),
    ]
    for item in shown:
        label = "Split again" if item.merged_into else "Put back"
        button = {"accessory": parts.button(label, ids.ITEM_PUT_BACK, timeline_line.value(item))}
        merged = "\n_Merged into another line._" if item.merged_into else ""
        line = parts.section(timeline_line.whole(overview, item) + merged)
        blocks.append({**line, **({} if writing.frozen(record) else button)})
    if not items:
        blocks.append(parts.section("Nothing was taken out."))
    blocks += pages.turn(record.id, page, of, begins=pages.begins(items, _begins))
    return pages.plain_view("Taken out", blocks, pages.metadata(record.id, page))


def proposed(
    overview: Overview, candidates: Sequence[Candidate], page: Page, done: Done | None = None
) -> dict[str, Any]:
    """What the channel says, with a box a line; what is ticked is kept, what is not is dropped."""
    record = overview.postmortem
    page, shown, of = pages.cut(candidates, page)
    others = len(candidates) - len(shown)
    found = phrases.count(len(candidates), "line") + " of the channel may belong into the timeline"
    blocks = [
        *draw_done(done),
        parts.section(
            f"*{found}.* Ticked ones are kept, the others are dropped; what was dropped can be put back later."
        ),
        *still_coming.line(overview),
        parts.actions(pages.go("See what is kept", record.id, Page(TIMELINE))),
    ]
    before = None
    for each in shown:
        blocks += [*timeline_line.day(_day(each), before), parts.section(_finding(overview, each)), _box(each)]
        before = _day(each)
    if others:
        label = f"And the other {phrases.count(others, 'line')}?"
        blocks.append(inputs.select(label, f"{_REST}:{_id(shown[0].key)}", _REST_OPTIONS, ASK))
        begins = pages.begins(candidates, lambda each: f"{each.findings[0].at:%Y-%m-%d %H:%M}")
        blocks += pages.turn(record.id, page, of, back="Back", on="Leave these for later", begins=begins)
    submit = "Save, and go on" if others else "Save"
    return modals.view(
        ids.PROPOSALS, "Into the timeline?", submit, blocks, pages.metadata(record.id, page, others=others)
    )


def read_proposed(candidates: Sequence[Candidate], values: object) -> tuple[set[Key], set[Key], str]:
    """Keys that were asked about, keys that were ticked, and what is to become of all the others."""
    answers = Answers(values)
    asked = {each.key for each in candidates if answers.has(_id(each.key))}
    ticked = {key for key in asked if answers.ticked(_id(key))}
    rest = next((answers.choice(name) for name in answers.names() if name.startswith(f"{_REST}:")), None)
    return asked, ticked, rest or ASK


def ask_why_no_data(overview: Overview, page: Page) -> dict[str, Any]:
    """One reason for those lines without evidence that stay ticked (R-21); a line needs neither an exact time nor a link."""
    record = overview.postmortem
    bare = [item for item in overview.life.items if item.bare]
    left = len(bare) - line_boxes.MOST
    said = f"*{phrases.count(len(bare), 'line')} without evidence.* The reason stands beside each that is ticked."
    more = f" The first {line_boxes.MOST} are here: open this again for the others." if left > 0 else ""
    blocks = [
        parts.section(said + more),
        inputs.line(
            "Why is there no data?", ids.REASON, "", most=1000, multiline=True,
            hint="Such as: the dashboards keep a week, and nobody took a picture.",
        ),
        *line_boxes.draw(bare, ticked=True, value=lambda item: item.id),
    ]  # fmt: skip
    return modals.view(ids.WAIVE, "No data exists", "Save", blocks, pages.metadata(record.id, page))


def ask_what_to_merge(overview: Overview, page: Page) -> dict[str, Any]:
    """The lines of a page and its neighbours with a box each: those that are ticked become one."""
    record, items = overview.postmortem, overview.life.items
    first = max(0, pages.cut(items, page)[0].number * pages.SIZE - 1)
    near = items[first : first + pages.SIZE + 2]
    said = (
        "*Which of these tell of one event?* The new line has the earliest time, all words and all evidence. It can be "
        "split again at any time."
    )
    boxes = line_boxes.draw(near, ticked=False, value=lambda item: f"{item.id}:{item.version}")
    blocks = [parts.section(said), *boxes]
    return modals.view(ids.MERGE, "Merge lines", "Merge", blocks, pages.metadata(record.id, page))


def read_merged(values: object) -> list[tuple[str, int]]:
    """The ticked lines, with the versions that were shown."""
    pairs = (value.partition(":") for value in line_boxes.read(values) or [])
    return [(item, int(version)) for item, _, version in pairs if version.isascii() and version.isdigit()]


def _head(overview: Overview) -> Block:
    life = overview.life
    if not life.items:
        return parts.section("*Timeline*")
    said = f"*{phrases.count(len(life.items), 'line')}*: {life.evidence_said}."
    if any(item.bare for item in life.items):
        said += " :warning: Evidence is the metric, log or page that shows it."
    return parts.section(said)


def _buttons(overview: Overview) -> list[Block]:
    """What is done most, the next thing first; what was agreed on in the meeting is only read."""
    record, life = overview.postmortem, overview.life
    if writing.frozen(record):
        return [parts.context(f":lock: {record.name} is {record.status}: its timeline does not change any more.")]
    buttons = []
    if life.waiting_items:
        label = f"Look at {phrases.count(len(life.waiting_items), 'proposal')}"
        buttons.append(pages.go(label, record.id, Page(PROPOSALS), "primary"))
    if any(item.bare for item in life.items):
        style = None if buttons else "primary"
        buttons.append(parts.button("Go through those without evidence", ids.WALK_OPEN, record.id, style))
    buttons.append(parts.button("Add a line", ids.ITEM_ADD, record.id, None if buttons else "primary"))
    return [parts.actions(*buttons)]


def _seldom(overview: Overview) -> list[Block]:
    """What is done once or twice, below the lines."""
    record, items = overview.postmortem, overview.life.items
    if writing.frozen(record):
        return []
    buttons = [parts.button("Merge lines", ids.MERGE_OPEN, record.id)] if len(items) > 1 else []
    if any(item.bare for item in items):
        buttons.append(parts.button("No data exists for several", ids.WAIVE_OPEN, record.id))
    return [*buttons, question_pages.ask_button(record)] if line_checks.lines_of(items) else buttons


def _asked_for(overview: Overview) -> list[Block]:
    """R-20: the must-haves that are not there yet, each with the button that adds it."""
    missing = timeline.still_asked_for(item.kind for item in overview.life.items)
    record_id = overview.postmortem.id
    if writing.frozen(overview.postmortem):
        return []
    buttons = [
        parts.button(f"Add {what}", action_id, f"{record_id}:{kind}")
        for (what, kinds), action_id in zip(timeline.MUST_HAVES.items(), _ADD, strict=True)
        for kind in kinds
        if what in missing
    ]
    if not buttons:
        return []
    return [parts.context("What a reader will look for and not find yet:"), parts.actions(*buttons)]


def _begins(item: Item) -> str:
    return f"{item.at:%Y-%m-%d %H:%M}"


def _day(candidate: Candidate) -> date:
    return candidate.findings[0].at.astimezone(UTC).date()


def _finding(overview: Overview, candidate: Candidate) -> str:
    return "\n".join(_found(overview, each) for each in candidate.findings[:2])


def _found(overview: Overview, each: TimelineFinding) -> str:
    where = found_by.whence(overview, each.ts, each.thread_ts, each.rule, each.confidence)
    who = f" {text.mention(each.user_id)}:" if each.user_id else ""
    said = (
        f"*{each.at:%H:%M:%S}*{timeline_line.kind(each.kind)}{who} {text.escape(text.clip(each.text, _SHOWN))}{where}"
    )
    good = evidence.proposed(each.evidence, overview.workspace_url)
    return f"{said}\n:bar_chart: {timeline_line.links(good)}" if good else said


def _box(candidate: Candidate) -> Block:
    return inputs.tick("In the timeline", _id(candidate.key), "Keep this line", candidate.recommended)


def _id(key: Key) -> str:
    return f"keep:{key[0]}:{key[1]}"
