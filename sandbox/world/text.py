"""What the Slack client makes of a typed line: escaping, mentions, links, and the rich_text block beside the plain text."""

from __future__ import annotations

import re
from collections.abc import Callable

from sandbox.spec.types import Json

_SPECIAL = {"here", "channel", "everyone"}
_TOKEN = re.compile(
    r"<(?P<token>[@#!][^<>\s|]+(?:\|[^<>]*)?)>"
    r"|(?P<url>https?://[^\s<>]+[^\s<>.,;:!?)\]}'\"])"
    r"|(?<![\w@])@(?P<at>[\w][\w.\-]*[\w]|\w)"
    r"|(?<![\w#&])#(?P<hash>[\w\-]+)"
    r"|:(?P<emoji>[a-z0-9_+\-]+):"
)
_PERHAPS = re.compile(r"[@#:<]")
"""What a line must have for the pattern above to find anything; most lines have none of it, and this is quicker."""

Lookup = Callable[[str], str | None]


def escape(text: str) -> str:
    """The three characters Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The inverse of `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class Typist:
    """Turns typed text into message text and a rich_text block. The lookups give an id for a name, or None.

    `labelled` writes <@U1|name>, the form that slash commands get."""

    def __init__(self, user: Lookup, channel: Lookup, group: Lookup, *, labelled: bool = False) -> None:
        self._user, self._channel, self._group = user, channel, group
        self._labelled = labelled

    def write(self, typed: str) -> tuple[str, Json]:
        """(text with tokens and escapes, rich_text block)."""
        parts: list[str] = []
        elements: list[Json] = []
        last = 0
        for match in _TOKEN.finditer(typed) if _PERHAPS.search(typed) else ():
            token = self._token(match)
            if token is None:
                continue
            self._plain(typed[last : match.start()], parts, elements)
            parts.append(token[0])
            elements.append(token[1])
            last = match.end()
        self._plain(typed[last:], parts, elements)
        return "".join(parts), {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": elements}],
        }

    def _plain(self, text: str, parts: list[str], elements: list[Json]) -> None:
        if text:
            parts.append(escape(text))
            elements.append({"type": "text", "text": text})

    def _token(self, match: re.Match[str]) -> tuple[str, Json] | None:
        if match["url"]:
            return f"<{escape(match['url'])}>", {"type": "link", "url": match["url"]}
        if match["emoji"]:
            return match[0], {"type": "emoji", "name": match["emoji"]}
        if match["hash"]:
            return self._named_channel(match["hash"])
        if match["token"]:
            return self._ready(match["token"])
        return self._mention(match["at"])

    def _named_channel(self, name: str) -> tuple[str, Json] | None:
        found = self._channel(name)
        return (f"<#{found}|{name}>", {"type": "channel", "channel_id": found}) if found else None

    def _mention(self, name: str) -> tuple[str, Json] | None:
        if name in _SPECIAL:
            return f"<!{name}>", {"type": "broadcast", "range": name}
        if found := self._user(name):
            return self._person(found, name)
        if found := self._group(name):
            return f"<!subteam^{found}|@{name}>", {"type": "usergroup", "usergroup_id": found}
        return None

    def _person(self, found: str, name: str) -> tuple[str, Json]:
        text = f"<@{found}|{name}>" if self._labelled else f"<@{found}>"
        return text, {"type": "user", "user_id": found}

    def _ready(self, token: str) -> tuple[str, Json] | None:
        body = token[1:].partition("|")[0]
        if token[0] == "@" and (found := self._user(body)):
            return self._person(found, token[1:].partition("|")[2] or body)
        if token[0] == "#" and (found := self._channel(body)):
            return f"<#{found}|{body}>", {"type": "channel", "channel_id": found}
        return None
