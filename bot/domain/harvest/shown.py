"""The web addresses that a message shows: in its words, in what is attached to it, and the files that hang at it."""

from __future__ import annotations

from bot.domain.harvest import note, text
from bot.domain.harvest.message import Message


def by(message: Message) -> tuple[str, ...]:
    """Each once, in order; no message of Slack's, and no joke."""
    found = [*text.urls(text.decode(message.text)), *(text.decode(url) for url in message.links)]
    found += [file.permalink for file in message.files]
    return tuple(dict.fromkeys(url for url in found if note.is_evidence(url)))
