"""How an incident app says that somebody noted a follow-up: "Bo added a follow-up: alert on lag", "Action item created: ... (assigned
to Cy)", "New follow-up: ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.harvest.late import late

_THING = r"(?:follow[- ]?up(?: (?:item|action|task))?|action[- ]items?|action[- ]points?|to-?do)s?"
_DONE = r"(?:add(?:ed|s)|creat(?:ed|es)|log(?:ged|s)|captur(?:ed|es)|not(?:ed|es)|open(?:ed|s)|record(?:ed|s)|rais(?:ed|es))"
_PERSON = r"@?[^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,2}?"
_ADDED = late(
    rf"^[^\w@:]*(?::[\w+-]+:\s*)?(?:(?P<who>@?{_PERSON}) (?:has |just )?{_DONE} (?:an? |the )?(?:new )?{_THING}|"
    rf"(?:a )?new {_THING}(?: (?:was |has been )?{_DONE})?(?: by (?P<by>{_PERSON}))?|"
    rf"{_THING} (?:was |has been )?{_DONE}(?: by (?P<by2>{_PERSON}))?)(?:\s*(?::|[-–—]\s)\s*|\s+(?=[\"“«]))(?P<rest>\S.*)$",
    re.I,
)
_FOR = late(
    rf"[\s,;.]*[(\[–—-]?\s*(?:assigned to|assignee:?|owner:?|owned by)\s*:?\s*(?P<who>{_PERSON})\s*[)\]]?\s*\.?$", re.I
)
_QUOTED = late(r"^[\"“«](?P<said>[^\"”»]+)[\"”»](?P<behind>.*)$")
_AND_FOR = late(rf"^\W*(?:and )?(?:was )?assigned (?:it )?to (?P<who>{_PERSON})", re.I)
_NOBODY = late(r"^(?:no ?one|nobody|none|unassigned|n/?a|not set)$", re.I)
_SIGHT = 1000


@dataclass(frozen=True, slots=True)
class Added:
    """`said`: what is to be done. `who`: whom it is for as written, who noted it where nobody is named, None for nobody."""

    said: str
    who: str | None


def read(said: str) -> Added | None:
    """What a line of an app says was noted."""
    found = _ADDED.match(said[:_SIGHT])
    if found is None:
        return None
    quoted = _QUOTED.match(found["rest"])
    named = _AND_FOR.match(quoted["behind"]) if quoted else _FOR.search(found["rest"])
    who = named["who"] if named else found["who"] or found["by"] or found["by2"]
    rest = quoted["said"] if quoted else found["rest"][: named.start()] if named else found["rest"]
    return Added(rest.strip(), None if who and _NOBODY.match(who) else who)
