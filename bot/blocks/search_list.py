"""What was found, for one person alone: eight a page, each with where the words stand and a button that opens it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks import ids, lines, parts, text
from bot.blocks.parts import Block
from bot.domain import phrases, search, typed
from bot.domain.content import Section
from bot.domain.found import Hit, Results
from bot.domain.search import Passage, Query, State
from bot.ports.chat import Drawing

LIST, SEARCH = "list", "search"
_PLACES: Mapping[str, str] = {
    Section.OVERVIEW: "What happened",
    Section.FACTORS: "Contributing factors",
    Section.RESOLUTION: "Resolution",
    Section.IMPACT: "Impact",
    Section.CAUGHT: "Could it be caught?",
    Section.RETROSPECT: "How did we do?",
    Section.RECORDING: "Call recording",
    Section.RESPONDERS: "Responders",
    search.TIMELINE: "Timeline",
    search.QUERIES: "Queries",
    search.ACTIONS: "Action items",
    search.MESSAGE: "Message to customers",
}
_STATES = {State.OPEN: "Open post-mortems", State.CLOSED: "Closed post-mortems", State.ALL: "Post-mortems"}
_EXCERPT = 300


def drawing(query: Query, found: Results, carried: str) -> Drawing:
    """One page; `carried` is the command as it was typed, for turning the page."""
    head = _head(query)
    if not found.total:
        return parts.drawing(f"{head}: nothing found", [parts.section(f"*{head}*\nNothing found. {_advice(query)}")])
    rows = [block for hit in found.hits for block in _row(hit)]
    count = phrases.count(found.total, "post-mortem")
    page = f" · page {found.number + 1} of {found.of}" if found.of > 1 else ""
    said = f"{count} that you may see, the newest first{page}"
    blocks = [parts.section(f"*{head}*"), *rows, parts.context(said), *_turn(found, carried)]
    return parts.drawing(f"{head}: {count}", blocks)


def read(value: str) -> tuple[str, int, str]:
    """The command, the page and what was typed, from a button's value; the first page of a list for anything odd."""
    command, _, rest = value.partition(":")
    said, _, typed_text = rest.partition(":")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    return (command, number, typed_text) if command in (LIST, SEARCH) else (LIST, 0, "")


def _head(query: Query) -> str:
    words = ", ".join(f"“{text.escape(word)}”" for word in query.words)
    filters = [
        f"owner {text.mention(query.owner)}" if query.owner else "",
        f"service {text.escape(query.service)}" if query.service else "",
        f"SEV-{query.severity}" if query.severity else "",
        f"since {phrases.day(query.since)}" if query.since else "",
        f"until {phrases.day(query.until)}" if query.until else "",
    ]
    first = _STATES[query.state] + (f" with {words}" if words else "")
    return " · ".join([first, *(each for each in filters if each)])


def _advice(query: Query) -> str:
    if len(query.words) > 1:
        return "Every word has to be there: try fewer of them, or only the beginning of one."
    if query.words:
        return "Try only the beginning of the word, or another one that was used in the channel."
    if query.filtered:
        return "Try without one of the filters."
    other = "all" if query.state is not State.ALL else "open"
    return (
        f"Try {text.code(f'/postmortem list {other}')}, or look for words: {text.code('/postmortem search timeout')}."
    )


def _row(hit: Hit) -> list[Block]:
    record = hit.record
    facts = [
        lines.severity(record) if record.severity else "severity not set",
        lines.status(record),
        phrases.day(hit.day),
        text.mention(record.owner, "no owner"),
    ]
    if record.merged is not None:
        facts.append(f":twisted_rightwards_arrows: merged into {record.merged.name}")
    if record.services and not record.restricted:
        facts.append(text.escape(typed.clip(", ".join(record.services), 100)))
    name = lines.name(record) if record.subject.strip() else f"*{record.name}* {lines.title(record)}"
    said = "\n".join([name, " · ".join(facts), *(_passage(*each) for each in hit.passages)])
    return [{**parts.section(said), "accessory": parts.button("Open", ids.HOME_RECORD, record.id)}]


def _passage(word: str, passage: Passage) -> str:
    place = _PLACES.get(passage.place, "Text")
    said = search.excerpt(passage.text, word) or " ".join(passage.text.split())
    return f"_{place}:_ {text.escape(typed.clip(said, _EXCERPT))}"


def _turn(found: Results, carried: str) -> list[Block]:
    command, _, said = carried.partition(" ")
    turns = (("← Newer", ids.SEARCH_NEWER, found.number - 1), ("Older →", ids.SEARCH_OLDER, found.number + 1))
    buttons = [
        parts.button(label, action_id, f"{command}:{number}:{said}")
        for label, action_id, number in turns
        if 0 <= number < found.of
    ]
    return [parts.actions(*buttons)] if buttons else []
