"""The sections of the document: how they are called, and in which order they stand. The usual ones are those of PagerDuty's template;
an organisation may call them otherwise and put them in another order, and none of them gets lost by that."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from bot.domain import errors, typed

_LONGEST = 80


class Part(StrEnum):
    """The names by which settings speak of the sections."""

    OVERVIEW = "overview"
    WHAT_HAPPENED = "what_happened"
    FACTORS = "factors"
    RESOLUTION = "resolution"
    IMPACT = "impact"
    RESPONDERS = "responders"
    TIMELINE = "timeline"
    QUERIES = "queries"
    HOW_DID_WE_DO = "how_did_we_do"
    ACTION_ITEMS = "action_items"
    MESSAGING = "messaging"


Headings = tuple[tuple[Part, str], ...]
USUAL: Headings = (
    (Part.OVERVIEW, "Overview"),
    (Part.WHAT_HAPPENED, "What Happened"),
    (Part.FACTORS, "Contributing Factors"),
    (Part.RESOLUTION, "Resolution"),
    (Part.IMPACT, "Impact"),
    (Part.RESPONDERS, "Responders"),
    (Part.TIMELINE, "Timeline"),
    (Part.QUERIES, "Queries"),
    (Part.HOW_DID_WE_DO, "How'd We Do?"),
    (Part.ACTION_ITEMS, "Action Items"),
    (Part.MESSAGING, "Messaging"),
)


def read(entries: Iterable[str]) -> Headings:
    """`impact=What Customers Saw`, or `impact` alone for its usual heading, in the order of the document; those that are not named
    follow in their usual order. Raises BadInput."""
    usual, named = dict(USUAL), dict[Part, str]()
    for entry in entries:
        key, _, heading = (each.strip() for each in entry.partition("="))
        part = _part(key)
        if part in named:
            raise errors.bad_input("bad_section", f"The section {part} is named twice: name it once.")
        if typed.width(heading) > _LONGEST:
            raise errors.bad_input("bad_section", f"Keep the heading of {part} to {_LONGEST} characters.")
        named[part] = typed.one_line(heading) or usual[part]
    found = (*named.items(), *((part, heading) for part, heading in USUAL if part not in named))
    _differ(found)
    return found


def _differ(found: Headings) -> None:
    """Two of one heading cannot be told apart, in a table of contents or by who reads a page again."""
    seen = dict[str, Part]()
    for part, heading in found:
        other = seen.setdefault(heading.casefold(), part)
        if other is not part:
            raise errors.bad_input(
                "bad_section", f"The sections {other} and {part} are both called “{heading}”: give one another heading."
            )


def _part(key: str) -> Part:
    try:
        return Part(key.lower().replace(" ", "_").replace("-", "_"))
    except ValueError:
        known = ", ".join(Part)
        raise errors.bad_input(
            "bad_section", f"There is no section {key[:40]!r} in the document: choose among {known}."
        ) from None
