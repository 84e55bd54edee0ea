"""How an incident app says that somebody noted a follow-up: "Bo added a follow-up: alert on lag", "Action item created: ... (assigned
to Cy)", "New follow-up: ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.harvest.late import late

_THING = r"(?:follow[- ]?up(?: (?:item|action|task))?|action[- ]items?|action[- ]points?|to-?do)s?"
_DONE = r"(?:add(?:ed|s)|assign(?:ed|s)|creat(?:ed|es)|log(?:ged|s)|captur(?:ed|es)|not(?:ed|es)|open(?:ed|s)|record(?:ed|s)|rais(?:ed|es))"
_PERSON = r"@?[^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,2}?"
_ADDED = late(
    rf"^[^\w@:]*(?::[\w+-]+:\s*)?(?:"
    rf"(?P<given>{_PERSON}) (?:was|has been) assigned (?:an? |the )?(?:new )?(?:{_THING}|tasks?)|"
    rf"(?P<who>@?{_PERSON}) (?:has |just )?{_DONE} (?:an? |the )?(?:new )?(?:{_THING}|tasks?)(?: to (?P<to>{_PERSON}))?|"
    rf"(?:a )?new {_THING}(?: (?:was |has been )?{_DONE})?(?: by (?P<by>{_PERSON})| (?:assigned )?to (?P<to2>{_PERSON}))?|"
    rf"{_THING} (?:was |has been )?{_DONE}(?: by (?P<by2>{_PERSON})| to (?P<to3>{_PERSON}))?)"
    r"(?:\s*(?::|[-–—]\s)\s*|\s+(?=[\"“«]))(?P<rest>\S.*)$",
    re.I,
)
_FOR = late(
    rf"[\s,;.]*[(\[–—-]?\s*(?:assigned to|assignee:?|owner:?|owned by)\s*:?\s*(?P<who>{_PERSON})\s*[)\]]?\s*\.?$", re.I
)
_GAVE = late(
    rf"^[^\w@:]*(?::[\w+-]+:\s*)?{_PERSON} (?:has |just )?assigned (?:an? |the )?(?:new )?(?:{_THING}|tasks?) (?P<said>\S.{{4,300}}?) "
    rf"to (?P<who>{_PERSON})\W*$",
    re.I,
)
_QUOTED = late(r"^[\"“«](?P<said>[^\"”»]+)[\"”»](?P<behind>.*)$")
_AND_FOR = late(rf"^\W*(?:and )?(?:was )?assigned (?:it )?to (?P<who>{_PERSON})", re.I)
_NOBODY = late(r"^(?:no ?one|nobody|none|unassigned|n/?a|not set)$", re.I)
_PEOPLE = ("to", "to2", "to3", "given", "who", "by", "by2")
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
        gave = _GAVE.match(said[:_SIGHT])
        return Added(gave["said"].strip(" \"“”«»'"), gave["who"]) if gave else None
    quoted = _QUOTED.match(found["rest"])
    named = _AND_FOR.match(quoted["behind"]) if quoted else _FOR.search(found["rest"])
    who = named["who"] if named else next((found[name] for name in _PEOPLE if found[name]), None)
    rest = quoted["said"] if quoted else found["rest"][: named.start()] if named else found["rest"]
    return Added(rest.strip(), None if who and _NOBODY.match(who) else who)
