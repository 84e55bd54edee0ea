"""What came out of a post-mortem, for colleagues who were not there (R-54): how bad, how much, what was learnt, what follows, and where
all of it is read. Edited in place; it pings nobody."""

from __future__ import annotations

from bot.blocks import lines, parts, review_post, text
from bot.blocks.parts import Block
from bot.domain import internal_results, results
from bot.domain.overview import Overview
from bot.domain.results import Part
from bot.ports.chat import Drawing

_PARAGRAPH, _PART = 1500, 2500
_LINK = "Read the post-mortem"


def drawing(overview: Overview) -> Drawing:
    """The message as it should look now; in the place of one that does not count any more, that."""
    if not internal_results.stand(overview.postmortem):
        return withdrawn(overview)
    said = f":white_check_mark: The post-mortem {lines.name(overview.postmortem)} was reviewed. Its results:"
    blocks = [parts.section(said), *_head(overview)]
    blocks += [parts.whole(_part(each)) for each in results.results(overview)]
    return parts.drawing(said, [*blocks, parts.section(_link(overview))])


def withdrawn(overview: Overview) -> Drawing:
    """In the place of results that were taken back: of what they were it says nothing, of a restricted one but the number (R-63)."""
    record = overview.postmortem
    said = f"The results of {record.name} were taken back: {_why(overview)}."
    return parts.drawing(said, [parts.section(said)])


def _why(overview: Overview) -> str:
    record = overview.postmortem
    if record.restricted or internal_results.stand(record):
        return "they are not told here any more"
    if record.merged is not None:
        return f"it is a part of {record.merged.name} now"
    if record.waiver is not None:
        return "it was waived"
    if record.open_again is not None:
        return "the incident goes on"
    return f"it is {record.status} again, and they may change. They are told here once it is reviewed"


def _head(overview: Overview) -> list[Block]:
    head = results.headline(overview)
    return [parts.context(text.escape(head))] if head else []


def _part(part: Part) -> str:
    said = text.escape(text.clip(part.said, _PARAGRAPH))
    heading = f"*{text.escape(part.heading)}*" if part.heading else ""
    points = [f"• {text.escape(text.clip(point, _PARAGRAPH))}" for point in part.points]
    return text.fit("\n".join(each for each in (heading, said, *points) if each), _PART)


def _link(overview: Overview) -> str:
    url = review_post.address(overview)
    return f":page_facing_up: {text.link(url, _LINK)}" if url else ":page_facing_up: The page was taken away."
