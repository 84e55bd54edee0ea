"""Where each text of a post-mortem stands that the wording rules look at, so that better words can be put exactly there. A
reason why there is no evidence is not looked at: it is addressed to nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from bot.domain.content import Content
from bot.domain.content import Section as Kept
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.life import Life
from bot.domain.outgoing import Json
from bot.domain.wording.checks import Quote
from bot.domain.wording.sections import Section


class Store(StrEnum):
    """What a text is a piece of."""

    CONTENT = "content"
    ITEM = "item"
    ACTION = "action"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Place:
    """One text. `owner` is the section, the id of the item, or the part of the message that it stands in; `path` leads to it
    within a section. `quoted`: it came from the chat."""

    text: str
    store: Store
    owner: str
    path: tuple[str | int, ...] = ()
    quoted: bool = False

    @property
    def field(self) -> str | Quote:
        """The text as the rules take it."""
        return Quote(self.text) if self.quoted else self.text


_TEXTS: tuple[tuple[Section, Kept, tuple[str, ...]], ...] = (
    (Section.OVERVIEW, Kept.OVERVIEW, ("overview",)),
    (Section.WHAT_HAPPENED, Kept.OVERVIEW, ("what_happened",)),
    (Section.CONTRIBUTING_FACTORS, Kept.FACTORS, ("trigger", "factors")),
    (Section.RESOLUTION, Kept.RESOLUTION, ("resolution", "long_term")),
    (Section.IMPACT, Kept.IMPACT, ("metrics", "accounts", "users", "support")),
    (Section.WENT_WELL, Kept.RETROSPECT, ("well",)),
    (Section.WENT_BADLY, Kept.RETROSPECT, ("badly",)),
    (Section.LUCKY, Kept.RETROSPECT, ("lucky",)),
    (Section.COULD_HAVE_BEEN_CAUGHT, Kept.CAUGHT, ("canary", "tests", "load_test")),
)
_EXTERNAL = {
    "summary": Section.EXTERNAL_SUMMARY,
    "happened": Section.EXTERNAL_HAPPENED,
    "doing": Section.EXTERNAL_DOING,
}


def places(life: Life) -> Mapping[Section, tuple[Place, ...]]:
    """Every text, by the part of the post-mortem that it stands in, in the order of the template; empty parts are left out."""
    found = {section: tuple(_of_content(life.content, kept, names)) for section, kept, names in _TEXTS}
    items = (Place(item.text, Store.ITEM, item.id, quoted=item.ts is not None) for item in life.items)
    actions = (Place(each.text, Store.ACTION, each.id, quoted=each.ts is not None) for each in life.actions)
    found |= {Section.TIMELINE: tuple(items), Section.ACTION_ITEM: tuple(actions), **_external(life.external)}
    return {section: listed for section, listed in found.items() if listed}


def put(value: Mapping[str, Json], path: tuple[str | int, ...], text: str) -> dict[str, Json]:
    """A section's value with other words at this place."""
    return cast(dict[str, Json], _put(cast(Json, dict(value)), path, text))


def put_external(decision: ExternalDecision, owner: str, text: str) -> Parts:
    """The message with other words in one part."""
    return replace(decision.text, **{owner: text})


def digest(text: str) -> str:
    """What tells the text that somebody saw from another one."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def _of_content(content: Content, kept: Kept, names: tuple[str, ...]) -> Iterator[Place]:
    value = content.entry(kept).value
    for name in names:
        for path, text in _walk(value.get(name), (name,)):
            yield Place(text, Store.CONTENT, kept.value, path)


def _walk(value: Json, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The words in a value: a text, the lines of a list, and the reasons why a number is not known."""
    if isinstance(value, str):
        if value.strip():
            yield path, value
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _walk(each, (*path, number))
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name == "unknown" or isinstance(each, Mapping):
                yield from _walk(each, (*path, name))


def _external(decision: ExternalDecision) -> dict[Section, tuple[Place, ...]]:
    if decision.value is not ExternalMessage.PRESENT:
        return {}
    parts = decision.text
    said = (("summary", parts.summary), ("happened", parts.happened), ("doing", parts.doing))
    return {_EXTERNAL[name]: (Place(words, Store.EXTERNAL, name),) for name, words in said if words.strip()}


def _put(value: Json, path: tuple[str | int, ...], text: str) -> Json:
    if not path:
        return text
    first, rest = path[0], path[1:]
    if isinstance(value, list) and isinstance(first, int):
        return [_put(each, rest, text) if number == first else each for number, each in enumerate(value)]
    if isinstance(value, Mapping):
        return {name: _put(each, rest, text) if name == first else each for name, each in value.items()}
    return value
