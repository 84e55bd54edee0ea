"""The timeline in modals (R-20, R-21): what the channel proposes, with a box a line; what is kept, with its evidence; what was
taken out and can be put back. Eight lines a page, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks import ids, inputs, modals, pages, parts, question_pages, text
from bot.blocks.inputs import Answers
from bot.blocks.pages import PROPOSALS, REMOVED, TIMELINE, Page
from bot.blocks.parts import Block
from bot.domain import draft_facts, evidence, line_checks, phrases, response_times, timeline
from bot.domain.harvest.finding import TimelineFinding, TimelineKind
from bot.domain.overview import Overview
from bot.domain.proposals import Candidate, Key
from bot.domain.timeline import Item

_SHOWN, _WHY, _LINK = 1200, 300, 60
_REST = "rest"
_REST_OPTIONS = (
    ("Show them on the next page", "ask"),
    ("Keep those that are clear, show me the rest", "recommended"),
    ("Keep all of them", "keep"),
    ("Drop all of them", "drop"),
)


def kept(overview: Overview, page: Page) -> dict[str, Any]:
    """The lines that stand, eight a page."""
    record, life = overview.postmortem, overview.life
    page, shown, of = pages.cut(life.items, page)
    blocks: list[Block] = [_head(overview), _buttons(overview)]
    asked = timeline.still_asked_for(item.kind for item in life.items)
    if life.items and asked:
        blocks.append(parts.context(f"What a reader will look for and not find yet: {', '.join(asked)}."))
    took = response_times.line(response_times.response_times(life.items, record.times))
    if life.items and took:
        blocks.append(parts.context(f":stopwatch: {took}."))
    for item in shown:
        blocks += [parts.section(_line(overview, item)), _item_buttons(item)]
    if not life.items:
        blocks.append(parts.section("Nothing in the timeline yet. Begin with when it started, and what showed it."))
    blocks += pages.turn(record.id, page, of)
    blocks.append(parts.actions(pages.go("What was taken out", record.id, Page(REMOVED))))
    return pages.plain_view("Timeline", blocks, pages.metadata(record.id, page))


def removed(overview: Overview, items: Sequence[Item], page: Page) -> dict[str, Any]:
    """What was dropped or taken out: nothing is lost."""
    record = overview.postmortem
    page, shown, of = pages.cut(items, page)
    blocks: list[Block] = [parts.actions(pages.go("Back to the timeline", record.id, Page(TIMELINE)))]
    for item in shown:
        button = parts.button("Put back", ids.ITEM_PUT_BACK, _value(item))
        blocks.append({**parts.section(_line(overview, item)), "accessory": button})
    if not items:
        blocks.append(parts.section("Nothing was taken out."))
    return pages.plain_view("Taken out", [*blocks, *pages.turn(record.id, page, of)], pages.metadata(record.id, page))


def proposed(overview: Overview, candidates: Sequence[Candidate], page: Page) -> dict[str, Any]:
    """What the channel says, with a box a line; what is ticked is kept, what is not is dropped."""
    record = overview.postmortem
    page, shown, of = pages.cut(candidates, page)
    others = len(candidates) - len(shown)
    found = phrases.count(len(candidates), "line") + " of the channel may belong into the timeline"
    blocks = [
        parts.section(
            f"*{found}.* Ticked ones are kept, the others are dropped; what was dropped can be put back later."
        ),
        parts.actions(pages.go("See what is kept", record.id, Page(TIMELINE))),
    ]
    for each in shown:
        blocks += [parts.section(_finding(overview, each)), _box(each)]
    if others:
        label = f"And the other {phrases.count(others, 'line')}?"
        blocks.append(inputs.select(label, f"{_REST}:{_id(shown[0].key)}", _REST_OPTIONS, "ask"))
        blocks += pages.turn(record.id, page, of, back="Back", on="Leave these for later")
    submit = "Save, and go on" if others else "Save"
    return modals.view(ids.PROPOSALS, "Into the timeline?", submit, blocks, pages.metadata(record.id, page))


def read_proposed(candidates: Sequence[Candidate], values: object) -> tuple[set[Key], set[Key], str]:
    """Keys that were asked about, keys that were ticked, and what is to become of all the others."""
    answers = Answers(values)
    asked = {each.key for each in candidates if answers.has(_id(each.key))}
    ticked = {key for key in asked if answers.ticked(_id(key))}
    rest = next((answers.choice(name) for name in answers.names() if name.startswith(f"{_REST}:")), None)
    return asked, ticked, rest or "ask"


def ask_why_no_data(overview: Overview, page: Page) -> dict[str, Any]:
    """One reason for every line that has neither evidence nor a reason (R-21)."""
    record = overview.postmortem
    bare = [item for item in overview.life.items if item.bare]
    named = "\n".join(f"• {text.utc(item.at)} {text.escape(text.clip(item.text, 80))}" for item in bare[:20])
    more = f"\n… and {len(bare) - 20} more" if len(bare) > 20 else ""
    blocks = [
        parts.section(f"*{phrases.count(len(bare), 'line')} without evidence*\n{named}{more}"),
        inputs.line(
            "Why is there no data?", ids.REASON, "", most=1000, multiline=True,
            hint="Such as: the dashboards keep a week, and nobody took a picture. It stands beside each of these lines.",
        ),
    ]  # fmt: skip
    return modals.view(ids.WAIVE, "No data exists", "Save", blocks, pages.metadata(record.id, page))


def _head(overview: Overview) -> Block:
    life = overview.life
    if not life.items:
        return parts.section("*Timeline*")
    said = f"*{phrases.count(len(life.items), 'line')}*: {life.evidence_said}."
    if any(item.bare for item in life.items):
        said += " :warning: Evidence is the metric, log or page that shows it."
    return parts.section(said)


def _buttons(overview: Overview) -> Block:
    record, life = overview.postmortem, overview.life
    buttons = [parts.button("Add a line", ids.ITEM_ADD, record.id, "primary")]
    if life.waiting_items:
        buttons.append(
            pages.go(f"Look at {phrases.count(len(life.waiting_items), 'proposal')}", record.id, Page(PROPOSALS))
        )
    if any(item.bare for item in life.items):
        buttons.append(parts.button("No data exists for the rest", ids.WAIVE_OPEN, record.id))
    if line_checks.lines_of(life.items):
        buttons.append(question_pages.ask_button(record))
    return parts.actions(*buttons)


def _item_buttons(item: Item) -> Block:
    edit = parts.button("Add evidence" if item.bare else "Edit", ids.ITEM_EDIT, _value(item))
    return parts.actions(edit, parts.button("Take out", ids.ITEM_REMOVE, _value(item)))


def _line(overview: Overview, item: Item) -> str:
    source = overview.link(item.ts, item.thread_ts) if item.ts else None
    shown = f" ({text.link(source, 'message')})" if source else ""
    said = f"*{text.utc(item.at)}*{_kind(item.kind)} {text.escape(text.clip(item.text, _SHOWN))}{shown}"
    if item.evidence:
        return f"{said}\n:bar_chart: {_links(item.evidence)}"
    if item.waiver.strip():
        return f"{said}\n:heavy_minus_sign: no data exists: {text.escape(text.clip(item.waiver, _WHY))}"
    return f"{said}\n:warning: no evidence yet"


def _finding(overview: Overview, candidate: Candidate) -> str:
    return "\n".join(_found(overview, each) for each in candidate.findings[:2])


def _found(overview: Overview, each: TimelineFinding) -> str:
    source = overview.link(each.ts, each.thread_ts)
    where = f" ({text.link(source, 'message')})" if source else ""
    who = f" {text.mention(each.user_id)}:" if each.user_id else ""
    said = f"*{text.utc(each.at)}*{_kind(each.kind)}{who} {text.escape(text.clip(each.text, _SHOWN))}{where}"
    good = evidence.proposed(each.evidence, overview.workspace_url)
    return f"{said}\n:bar_chart: {_links(good)}" if good else said


def _links(urls: Sequence[str]) -> str:
    shown = [text.link(url, text.clip(draft_facts.host(url), _LINK)) for url in urls[:5]]
    more = len(urls) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _kind(kind: TimelineKind) -> str:
    return "" if kind is TimelineKind.other else f" _{timeline.kind_label(kind)}_:"


def _box(candidate: Candidate) -> Block:
    return inputs.tick("Keep it?", _id(candidate.key), "In the timeline", candidate.recommended)


def _id(key: Key) -> str:
    return f"keep:{key[0]}:{key[1]}"


def _value(item: Item) -> str:
    return f"{item.postmortem_id}:{item.id}"
