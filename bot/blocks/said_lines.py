"""What the channel says about a field, under that field: the words, the message they are from, and the rule that found them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.blocks import parts, text
from bot.blocks.inputs import Block
from bot.domain.said_there import Said, Saying

# The address of a message, from its ts and that of its thread; None where it is not known.
LinkOf = Callable[[str, str | None], str | None]


def draw(said: Iterable[Said], link: LinkOf) -> list[Block]:
    """A line for each; none where nothing was said."""
    return [parts.context(_line(each, link)) for each in said if each.sayings]


def source(url: str | None, rule: str) -> str:
    """`(message, suggested, H-40)`: where a suggestion comes from."""
    told = ", ".join(filter(None, (text.link(url, "message") if url else "", "suggested", rule)))
    return f"({told})"


def _line(said: Said, link: LinkOf) -> str:
    told = "; ".join(_saying(each, link) for each in said.sayings)
    how = f"suggested, {said.rule}" if said.rule else "please check"
    return f":speech_balloon: _{said.label}:_ {told} – {how}"


def _saying(each: Saying, link: LinkOf) -> str:
    url = link(each.ts, each.thread_ts)
    where = f" ({text.link(url, 'message')})" if url else ""
    return f"{text.escape(text.plain(each.words))}{where}"
