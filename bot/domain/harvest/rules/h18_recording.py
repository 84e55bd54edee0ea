"""H-18: the recording of the call. A link that says so is one at any time; a video-call link counts only after the
end, because before it it is the way into the call. The address of a room is still the way into the next call, where anything is said of
one; it counts after the end where hardly anything is said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import text
from bot.domain.harvest.finding import RecordingFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_PLAIN = late(
    r"https?://(?:[\w.-]+\.)?(?:zoom\.(?:us|com)/(?:rec|recording)/|loom\.com/share/|"
    r"[\w.-]*webex\.com/.{0,80}(?:recording|ldr\.php|lsr\.php)|"
    r"gong\.io/call|[\w.-]*stream\.(?:microsoft|office)\.com|vidyard\.com/watch|grain\.(?:com|co)/)",
    re.I,
)
_CALL = late(
    r"https?://(?:[\w.-]+\.)?(?:zoom\.(?:us|com)|zoomgov\.com|meet\.google\.com|teams\.(?:microsoft|live)\.com|"
    r"webex\.com|bluejeans\.com|"
    r"whereby\.com|chime\.aws|gotomeet(?:ing)?\.(?:me|com)|around\.co|loom\.com|stream\.(?:microsoft|"
    r"office)\.com)(?:[/?#]|$)",
    re.I,
)
_NAMED = late(
    r"^(?:here(?:'s| is)(?: the)? )?(?:the |our )?(?:\w+ ){0,2}?recordings?(?! (?:rules?|sessions?|studio|of "
    r"metrics))\b[^.!?\n]{0,80}?"
    r"[\s:–-](?P<url>https?://\S+)",
    re.I | re.M,
)
_SAYS = late(r"\brecord(?:ing|ings|ed)\b", re.I)
_NOT = late(
    r"\bnot (?:being )?record|n't (?:being )?record|no recording|join\b|retro|post-?mortem (?:meeting|call|is at|at)",
    re.I,
)
_TO_COME = late(
    r"\b(?:re-?)?join(?:ing)?\b|\bdial(?:ing)?[- ]in\b|\bde-?brief|\binvit(?:e|ation)|\btomorrow\b|\bnext (?:week|call|meeting)\b|"
    r"\b(?:mon|tues|wednes|thurs|fri)day\b|\bhop (?:on|in)\b|\bmeet(?:ing)? (?:at|in|link)\b|\b(?:at|@) ?\d{1,2}(?::\d\d|am\b|pm\b)",
    re.I,
)
# The way into a call, which has the same address whether it is going on or not.
_ROOM = late(
    r"https?://(?:[\w.-]+\.)?(?:(?:zoom\.(?:us|com)|zoomgov\.com)/(?:j|my|s|w|wc)/|meet\.google\.com/|"
    r"teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/|webex\.com/(?:meet|join|\w+/j\.php)|whereby\.com/|chime\.aws/|bluejeans\.com/\d|gotomeet(?:ing)?\.(?:me|com)/)",
    re.I,
)
_FEW = 3
_NO_RECORDING = late(
    r"https?://(?:[\w.-]+\.)?(?:zoom\.(?:us|com)/j/|meet\.google\.com/|[\w-]+\.slack\.com/archives|grafana\.|"
    r"prometheus\.|github\.com/)",
    re.I,
)
_CUES = words("http https recording recorded zoom meet teams webex loom")


def find(note: Note, ctx: Context) -> Iterable[Finding]:
    if "://" not in note.message.text and not note.message.links:
        return
    over = ctx.ended_at is not None and note.at >= ctx.ended_at
    said = note.plain[:4000]
    refused, says = bool(_NOT.search(said)), bool(_SAYS.search(said))
    named = {url for found in _NAMED.finditer(said) for url in text.urls(found["url"])} if says else set()
    for url in (*text.urls(said), *note.message.links):
        if (
            _PLAIN.match(url)
            or (url in named and not refused and not _NO_RECORDING.match(url))
            or (not refused and ((says and _offers(url)) or (over and _CALL.match(url) and not _way_in(url, said))))
        ):
            yield RecordingFinding(note.message.ts, url)


def _way_in(url: str, said: str) -> bool:
    """Whether the address of a room is that of a call to come: something is said, and not of a recording."""
    if not _ROOM.match(url):
        return False
    told = re.sub(r"https?://\S+", " ", said)
    return bool(_TO_COME.search(told)) or (len(re.findall(r"[^\W\d_]+", told)) > _FEW and not _SAYS.search(told))


def _offers(url: str) -> bool:
    """Whether a link, called a recording, can be one: not a room to join, not a metric rule, not a chat message."""
    if _NO_RECORDING.match(url):
        return False
    return bool(
        _CALL.match(url)
        or re.match(
            r"https?://(?:drive|docs)\.google\.com/|https?://[\w.-]*(?:dropbox|box|sharepoint|youtube|youtu|"
            r"vimeo|s3)\b",
            url,
        )
        or re.search(r"record|/rec/|\.(?:mp4|webm|m4a|mov|mp3)(?:$|\?)", url)
    )


RULE = Rule("H-18", "A recording of the call", _CUES, find, bots=True)
