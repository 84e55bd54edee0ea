"""How a message is named on the command line: by its ts, as the harvest prints it, or by its link, as Slack copies it."""

from __future__ import annotations

import re

from bot.usecases.explain_export import Pointed

_TS = re.compile(r"\d{1,11}(?:\.\d{1,6})?\Z")
_LINK = re.compile(
    r"(?:https?://[^\s/]+/archives/(?P<channel>\w+)/)?p(?P<seconds>\d{1,11})(?P<micros>\d{6})(?:[?#]\S*)?\Z"
)


class NoMessageName(ValueError):
    """What was written names no message; the text says how one is named."""


def read(written: str) -> Pointed:
    """Raises NoMessageName with a sentence."""
    said = written.strip().strip("<>")
    link = _LINK.match(said)
    if link:
        return Pointed(f"{link['seconds']}.{link['micros']}", link["channel"])
    if _TS.match(said):
        return Pointed(said)
    example = "1767621600.000100 or https://example.slack.com/archives/C1/p1767621600000100"
    raise NoMessageName(f"--explain takes the ts or the link of a message, like {example}, not {written[:80]!r}.")
