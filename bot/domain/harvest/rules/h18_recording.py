"""H-18: the recording of the call. A link that says so is one at any time; a video-call link counts only after the
end, because before it it is the way into the call."""

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
            or (not refused and ((says and _offers(url)) or (over and _CALL.match(url))))
        ):
            yield RecordingFinding(note.message.ts, url)


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
