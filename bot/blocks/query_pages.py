"""The commands and queries in modals (R-25): what is kept, what the channel proposes with a box each, and what was taken out.
Each stands there as it is typed, in preformatted rich text; of a long one the beginning, and how much more there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks import ids, inputs, modals, pages, parts, query_form, rich, text
from bot.blocks.inputs import Answers, Block
from bot.blocks.pages import QUERIES, QUERIES_PROPOSED, QUERIES_REMOVED, Page
from bot.domain import phrases, typed, writing
from bot.domain.overview import Overview
from bot.domain.proposals import Key
from bot.domain.queries import Candidate, Query

_SHOWN, _RESULT, _TOOL = 1000, 600, 200
_KEEP, _CLEAR = "keep", "clear"


def kept(overview: Overview, page: Page) -> dict[str, Any]:
    """The queries that stand, eight a page."""
    record = overview.postmortem
    page, shown, of = pages.cut(overview.life.queries, page)
    blocks: list[Block] = [parts.section(_head(overview)), _buttons(overview)]
    for each in shown:
        edit = parts.button("Edit", ids.QUERY_EDIT, _value(each))
        take_out = parts.button("Take out", ids.QUERY_REMOVE, _value(each))
        blocks += [*_query(overview, each), *([] if writing.frozen(record) else [parts.actions(edit, take_out)])]
    blocks += pages.turn(record.id, page, of)
    blocks.append(parts.actions(pages.go("What was taken out", record.id, Page(QUERIES_REMOVED))))
    return pages.plain_view("Queries", blocks, pages.metadata(record.id, page))


def removed(overview: Overview, queries: Sequence[Query], page: Page) -> dict[str, Any]:
    """What was dropped or taken out: nothing is lost."""
    record = overview.postmortem
    page, shown, of = pages.cut(queries, page)
    blocks: list[Block] = [parts.actions(pages.go("Back to the queries", record.id, Page(QUERIES)))]
    for each in shown:
        back = parts.button("Put back", ids.QUERY_PUT_BACK, _value(each))
        blocks += [*_query(overview, each), *([] if writing.frozen(record) else [parts.actions(back)])]
    if not queries:
        blocks.append(parts.section("Nothing was taken out."))
    return pages.plain_view("Taken out", [*blocks, *pages.turn(record.id, page, of)], pages.metadata(record.id, page))


def proposed(overview: Overview, candidates: Sequence[Candidate], page: Page) -> dict[str, Any]:
    """What people posted as code, with a box each; what looks like a secret has a second one, and is not ticked."""
    record = overview.postmortem
    page, shown, of = pages.cut(candidates, page)
    blocks: list[Block] = [
        parts.section(
            f"*{phrases.count(len(candidates), 'command or query', 'commands and queries')} of the channel.* Keep those that "
            "the numbers come from. Ticked ones are kept, the others are dropped; what was dropped can be put back later."
        ),
        parts.actions(pages.go("See what is kept", record.id, Page(QUERIES))),
    ]
    for each in shown:
        blocks += _candidate(overview, each)
    blocks += pages.turn(record.id, page, of, back="Back", on="Leave these for later")
    submit = "Save, and go on" if of > 1 else "Save"
    return modals.view(ids.QUERIES, "Into the queries?", submit, blocks, pages.metadata(record.id, page))


def read_proposed(candidates: Sequence[Candidate], values: object) -> tuple[dict[Key, bool], set[Key]]:
    """Key -> keep it or not, of those that the form asked about; and those of which somebody says that they hold no secret."""
    answers = Answers(values)
    asked = {each.key for each in candidates if answers.has(box(each.key))}
    return {key: answers.ticked(box(key)) for key in asked}, {key for key in asked if answers.ticked(box(key, _CLEAR))}


def box(key: Key, what: str = _KEEP) -> str:
    """The block id of a proposal's box."""
    return f"{what}:{key[0]}:{key[1]}"


def _head(overview: Overview) -> str:
    queries = overview.life.queries
    if not queries:
        return "*Queries*\nNone yet. Enter each command and query that a number in here comes from, so that others can check it."
    return f"*{phrases.count(len(queries), 'command or query', 'commands and queries')}*, kept to the letter."


def _buttons(overview: Overview) -> Block:
    """What waits comes first; what was agreed on in the meeting is only read."""
    record, waiting = overview.postmortem, set(overview.life.waiting_queries)
    if writing.frozen(record):
        return parts.context(f":lock: {record.name} is {record.status}: its queries do not change any more.")
    add = parts.button("Add a query", ids.QUERY_ADD, record.id, None if waiting else "primary")
    if not waiting:
        return parts.actions(add)
    label = f"Look at {phrases.count(len(waiting), 'proposal')}"
    return parts.actions(pages.go(label, record.id, Page(QUERIES_PROPOSED), "primary"), add)


def _query(overview: Overview, each: Query) -> list[Block]:
    source = overview.link(each.ts, each.thread_ts) if each.ts else None
    said = [
        f"*{text.escape(text.clip(each.tool, _TOOL))}*" if each.tool else "",
        f"run by {text.mention(each.ran_by)}" if each.ran_by else "",
        text.link(each.link, "link") if each.link else "",
        text.link(source, "message") if source else "",
    ]
    head = " · ".join(filter(None, said)) or "_Nobody said where it was run._"
    return [parts.section(head), *_code(each.text), *_result(each.result)]


def _result(said: str) -> list[Block]:
    """What it has shown; nothing where nobody says."""
    return [parts.section(text.quote(said, _RESULT))] if said else []


def _candidate(overview: Overview, candidate: Candidate) -> list[Block]:
    blocks: list[Block] = []
    for each in candidate.findings[:2]:
        source = overview.link(each.ts, each.thread_ts)
        where = f" ({text.link(source, 'message')})" if source else ""
        blocks += [
            parts.section(f"{text.mention(each.user_id, 'somebody')}{where}"),
            *_code(each.text),
            *_result(each.result),
        ]
    suspects = candidate.suspects
    blocks.append(inputs.tick("Among the queries", box(candidate.key), "Keep it", on=not suspects))
    if suspects:
        said = text.escape(query_form.said(suspects))
        blocks += [
            parts.section(f":warning: *This looks as if there was a secret in it.*\n{said}"),
            inputs.tick("Where that is wrong", box(candidate.key, _CLEAR), query_form.NONE, on=False),
        ]
    return blocks


def _code(query: str) -> list[Block]:
    """The query; of a long one the beginning, and how long it is."""
    whole = typed.verbatim(query)
    if typed.width(whole) <= _SHOWN:
        return rich.preformatted(whole)
    more = f"The beginning of {len(whole):,} characters: all of it is in its form and in the document."
    return [*rich.preformatted(typed.clip(whole, _SHOWN)), parts.context(more)]


def _value(query: Query) -> str:
    return f"{query.postmortem_id}:{query.id}"
