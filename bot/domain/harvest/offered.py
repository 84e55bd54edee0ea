"""Work that has nobody yet: how it is said, offered to somebody, or to all who are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest.late import late

NAME = r"(?P<name>@?[^\W\d_][\w.'-]{0,40})"
_IT = r"(?:it|that|this|them)(?: one)?"
_TAKE = rf"(?:take|do|own|have|want|grab|handle|pick up|pick|look (?:at|into)|write|add|make|build|file)(?: {_IT}| up| one)?"
_OFFERED = tuple(
    late(each, re.I)
    for each in (
        rf"^(?:(?:do|would|could|can|will) )?you (?:(?:like|want) to )?{_TAKE}(?: (?:on|up|over))?(?: please)?,? {NAME}\W*\?$",
        rf"^{NAME}[,:]? (?:(?:do|would|could|can|will) you )?(?:(?:like|want) to )?{_TAKE}(?: (?:on|up|over))?(?: please)?\W*\?$",
        rf"^(?:can|could|would|will|does) {NAME} (?:want to )?{_TAKE}(?: (?:on|up|over))?\W*\?$",
        rf"^{_IT} (?:yours|one for you),? {NAME}\W*\?$",
    )
)
_SEEKS = late(
    r"\bwho(?:'s| is|'ll| will| can| could| wants(?: to)?| would like to|se)?"
    r"(?: (?:taking|takes?|doing|does|owns?|owning|has|up for|got|do))?"
    r"(?: (?:it|that|this))?(?: one)?(?: then| please)?\s*\?$|\b(?:any (?:takers?|volunteers?)|takers?|volunteers?)\s*\?$|"
    r"\b(?:any(?:one|body)|some(?:one|body)) (?:wants?|up for|can take|could take|willing to take|for)(?: to)?(?: take)? "
    r"(?:it|that|this)(?: one)?\s*\?$|^(?:(?:so|ok),? )?(?:you or me|me or you|mine or yours|yours or mine)\s*\?$",
    re.I,
)
_NO_OWNER = late(
    r"(?<!by )(?<!per )"
    r"\b(?:owner|assignee|assigned(?: to)?|dri)\s*(?:is |[:=-])?\s*(?:tbd|tba|\?+|none|nobody|no ?one|unassigned|unknown|open|missing|n/?a|"
    r"to be (?:decided|found|determined|named))(?=\W*$|[\s,;.)\]])|[(\[](?:tbd|tba|unassigned|unowned|who\??|owner\?|nobody yet|"
    r"no owner(?: yet)?)[)\]]|\bno owner yet\b",
    re.I,
)


def open_owner(said: str) -> bool:
    """Whether it says that nobody has it yet: "(owner tbd)"."""
    return bool(_NO_OWNER.search(said))


def to_whom(said: str) -> Iterator[str]:
    """To whom a question offers it: "you want to take that, ann?"."""
    for pattern in _OFFERED:
        yield from (each["name"] for each in pattern.finditer(said))


def seeks(said: str) -> bool:
    """Whether a question asks all who are there: "who takes it?"."""
    return bool(_SEEKS.search(said))
