"""People's words and points in time in Slack's mark-up. Nothing that somebody typed may ping or break a message."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain import due_line as due_words
from bot.domain import phrases, typed
from bot.domain.deadlines import Deadline

_USER_ID = re.compile(r"[UW][A-Z0-9]+\Z")
_TORN = re.compile(r"(?:<[^<>]*|&[a-z]{0,4})\Z")
# Inside a word such as JIRA_TOKEN none of them is a style.
_STYLE = re.compile(r"(?<!\w)[*_~]|[*_~](?!\w)")
_SECTION = 3000
NOBODY = "nobody yet"

clip = typed.clip


def escape(text: str) -> str:
    """Text that somebody typed, for mrkdwn: `& < >` as entities, no pings, no open code block, directions fenced in."""
    safe = typed.inert(typed.clean(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return typed.isolate(safe.replace("```", typed.WORD_JOINER.join("```")))


def foreign(text: str) -> str:
    """Words of another service, that are not to be read as mark-up: nothing becomes bold, slanted or struck."""
    return _STYLE.sub(typed.WORD_JOINER + r"\g<0>" + typed.WORD_JOINER, escape(text))


def plain(text: str) -> str:
    """The same for plain text places (headers, buttons, notifications), where entities would be shown as they are."""
    line = typed.inert(typed.one_line(text))
    return typed.isolate(re.sub(r"<(?=[!@#])", "<" + typed.WORD_JOINER, line))


def code(text: str) -> str:
    """A few words to be typed as they stand, in code style on one line."""
    line = typed.one_line(text).replace("`", "'")
    return f"`{escape(typed.clip(line, 80))}`"


def quote(text: str, limit: int = 500) -> str:
    """Somebody's words as a quotation of at most `limit` characters, line by line."""
    lines = [line.strip() for line in typed.clip(typed.clean(text), limit).splitlines()]
    return "\n".join(f"&gt; {escape(line)}" for line in lines if line)


def mention(user_id: str | None, nobody: str = NOBODY) -> str:
    """`<@U1>`, which Slack shows as the name; the word for nobody when there is none."""
    if not user_id:
        return nobody
    return f"<@{user_id}>" if _USER_ID.match(user_id) else escape(user_id)


def link(url: str, label: str) -> str:
    """A link with our own label; only http and https become one."""
    if not re.match(r"https?://[^\s<>|]+\Z", url):
        return escape(label)
    return f"<{url.replace('&', '&amp;')}|{escape(label)}>"


def fit(text: str, limit: int = _SECTION) -> str:
    """Finished mark-up within a limit, never cut inside a mention, a link or an entity."""
    if typed.width(text) <= limit:
        return text
    body = typed.clip(text, limit)[: -len(typed.ELLIPSIS)]
    return _TORN.sub("", body) + typed.ELLIPSIS


def zone(tz_name: str | None) -> str | None:
    """The name when it is one of a time zone that this machine knows, else None."""
    try:
        return ZoneInfo(tz_name).key if tz_name else None
    except (KeyError, ValueError, OSError):
        return None


def when(instant: datetime, tz_name: str | None = None) -> str:
    """A point in time, shown in each reader's own zone; the fallback names the zone. `instant` is aware."""
    if instant.tzinfo is None:
        raise ValueError("A naive time cannot be shown.")
    fallback = when_plain(instant, tz_name)
    return f"<!date^{int(instant.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def when_plain(instant: datetime, tz_name: str | None = None) -> str:
    """`Thu 26 Nov 2026 16:30 (America/New_York)`; UTC when the zone is not known."""
    return phrases.moment(instant, zone(tz_name) or "UTC")


def utc(instant: datetime) -> str:
    """`2026-11-23 14:02:05 UTC`: as the timeline of the document says it."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def due_line(deadline: Deadline, tz: str, waits_for: str = due_words.THE_END) -> str:
    """`due Thu 26 Nov, end of day, America/New_York`, and what it waits for while it is provisional."""
    return escape(due_words.text(deadline, tz, waits_for))


def is_person(value: str) -> bool:
    """Whether this is the id of a person."""
    return bool(_USER_ID.match(value)) and len(value) > 1 and any(letter.isdigit() for letter in value)
