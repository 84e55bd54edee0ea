"""Turns the text of the story file into what goes into a Slack client, and into what Slack keeps of it: `&`, `<` and
`>` as entities, mentions and links as tokens. A typed `<!channel>` therefore stays harmless, as in a real workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from demo import story_fields
from demo.story_fields import StoryError

_TOKEN = re.compile(
    r"(?P<code>```.*?```|`[^`\n]+`)"
    r"|\{@(?P<who>\w+)\}"
    r"|\{(?P<here>here)\}"
    r"|\{utc (?P<utc>[^}]*)\}"
    r"|\{link (?P<url>\S+?)\|(?P<label>[^}]+)\}"
    r"|(?P<bare>https?://[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?P<entity>[&<>])",
    re.DOTALL,
)


def wire(source: str, mentions: Mapping[str, str], start: datetime) -> str:
    """The text as Slack stores it.

    `mentions` maps the keys that may be mentioned to user ids, `start` is the story's first instant (aware).
    Raises StoryError for a mention of nobody and for a time that is none. In code nothing is a placeholder.
    """

    def replace(found: re.Match[str]) -> str:
        if found["here"]:
            return "<!here>"
        if found["url"]:
            return f"<{escape(found['url'])}|{escape(found['label'])}>"
        if found["bare"]:
            return f"<{escape(found['bare'])}>"
        return escape(found[0]) if found["code"] or found["entity"] else _common(found, mentions, start)

    return _TOKEN.sub(replace, source)


def typed(source: str, mentions: Mapping[str, str], start: datetime) -> str:
    """The text as a person enters it: mentions as `<@id>`, links bare. Same arguments and errors as `wire`."""

    def replace(found: re.Match[str]) -> str:
        if found["here"]:
            return "@here"
        plain = found["url"] or found["code"] or found["bare"] or found["entity"]
        return plain or _common(found, mentions, start)

    return _TOKEN.sub(replace, source)


def escape(text: str) -> str:
    """Slack's three entities, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _common(found: re.Match[str], mentions: Mapping[str, str], start: datetime) -> str:
    if found["utc"] is not None:
        return f"{start + story_fields.clock_offset(found['utc']):%H:%M}"
    who = found["who"]
    if who not in mentions:
        raise StoryError(f"The text mentions {{@{who}}}, who is neither a user nor a bot that can be mentioned.")
    return f"<@{mentions[who]}>"
