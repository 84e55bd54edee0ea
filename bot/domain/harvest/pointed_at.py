"""H-38, H-39: related tickets and pull requests that people point at, by address or by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.harvest import named_work, text
from bot.domain.harvest.finding import Reference
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_PULL = late(
    r"https?://[^\s/]+/\S*?(?:/pull/|/pulls/|/merge_requests/|/merge/|/pull-requests/|/pullrequest/|/\+/)(\d+)", re.I
)
_TICKET = late(
    r"https?://[^\s/]+/(?:\S*?(?:/issues/|/browse/|/issue/|/ticket/|/tickets/|/stories/|/story/|/cases/|/_workitems/edit/|"
    r"show_bug\.cgi\?id=)|(?:browse|issue|tickets?|issues|case|chg|change)/|(?=T\d+\b))([A-Za-z][A-Za-z0-9]+-\d+|T?\d+)",
    re.I,
)
# Without one of these nothing of the kind can be in a text as Slack has it; names and a team's own words are put in later.
_MAY_POINT = late(
    r"://|[A-Za-z0-9][-#!]\d|[#!]\d|<|[A-Z]\d{6}|\b(?:PR|MR|ticket|case|tac|zd|zendesk)s?\b.{0,20}\d", re.I
)


def references(ctx: Context) -> tuple[Reference, ...]:
    """Each once, at its first mention; where that has no address, with the one that is shown later."""
    found: list[Reference] = []
    places: dict[tuple[str, str], list[int]] = {}
    for note in ctx.notes:
        for each in _of(note) if note.message.links or _MAY_POINT.search(note.message.text) else ():
            of_name = places.setdefault((each.kind, each.text.casefold()), [])
            again = next((place for place in of_name if _same(found[place], each)), None)
            if again is None:
                of_name.append(len(found))
                found.append(each)
            elif each.url and not found[again].url:
                found[again] = replace(found[again], url=each.url)
    return tuple(found)


def _same(one: Reference, other: Reference) -> bool:
    """Whether two of one name are the same; a number is another one in another place."""
    elsewhere = one.url and other.url and one.url.casefold() != other.url.casefold()
    return not (elsewhere and one.text.lstrip("#").isdigit())


def _of(note: Note) -> Iterator[Reference]:
    said, ts = note.plain[:4000], note.message.ts
    addresses = (*text.urls(said), *note.message.links) if "://" in said or note.message.links else ()
    shown = set()
    for url in addresses:
        pull, ticket = _PULL.match(url), _TICKET.match(url)
        if pull:
            shown.add(f"#{pull[1]}")
            yield Reference("pull", f"#{pull[1]}", url, ts, "H-39")
        elif ticket:
            shown |= {ticket[1].upper(), f"#{ticket[1]}"}
            yield Reference("ticket", ticket[1].upper(), url, ts, "H-38")
    for kind, name in named_work.named(said):
        if name.upper() not in shown and not any(name.lstrip("#!") in url for url in addresses):
            yield Reference(kind, name, "", ts, "H-39" if kind == "pull" else "H-38")
