"""What a person typed after a command, read as mentions: people, groups, everybody, or a plain name that cannot be resolved safely."""

from __future__ import annotations

import re
from dataclasses import dataclass

_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
_BROADCAST = re.compile(r"<!(channel|here|everyone)(?:\|[^>]*)?>|(?<!\S)@(channel|here|everyone)\b")


@dataclass(frozen=True, slots=True)
class Mentions:
    """The people, user groups, broadcasts and the remaining words of a command's text, each in order and once."""

    users: tuple[str, ...]
    groups: tuple[str, ...]
    broadcasts: tuple[str, ...]
    rest: str


def read(text: str) -> Mentions:
    """Split the text of a command. Escaped mentions (`<@U1|name>`) are people; everything else stays words (R-05)."""
    users = tuple(dict.fromkeys(_USER.findall(text)))
    groups = tuple(dict.fromkeys(_GROUP.findall(text)))
    broadcasts = tuple(dict.fromkeys(a or b for a, b in _BROADCAST.findall(text)))
    rest = _BROADCAST.sub(" ", _GROUP.sub(" ", _USER.sub(" ", text)))
    return Mentions(users, groups, broadcasts, " ".join(rest.split()))


def channels(text: str) -> tuple[str, ...]:
    """The channels that were named in the text of a command (`<#C1|name>`), each once."""
    return tuple(dict.fromkeys(_CHANNEL.findall(text)))


def without(text: str, user_id: str | None) -> str:
    """The text of a command without the first mention of this person, or without the plain name that it begins with; its
    lines stay as they are."""
    if user_id:
        return re.sub(rf"<@{re.escape(user_id)}(?:\|[^>]*)?>", "", text, count=1).strip()
    return re.sub(r"\A\s*@\S+", "", text, count=1).strip()


def words(text: str) -> str:
    """A reason as the person typed it: in a command Slack writes `& < >` as entities and people, channels and links as tokens,
    which in a sentence are names and addresses again."""
    named = re.sub(r"<[@#!](?:subteam\^)?[^<>|]*\|[@#]?([^<>]*)>", lambda found: f"@{found[1]}", text)
    linked = re.sub(r"<((?:https?|mailto):[^<>|]*)(?:\|[^<>]*)?>", r"\1", named)
    return linked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
