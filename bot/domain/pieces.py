"""A text that is longer than one field of a form is shown in several, so that no form ever cuts what somebody wrote."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.domain import typed

FIELD = 3000
# From here on an empty field follows, for what does not fit any more.
ROOM = 2000
# Slack takes 250,000 bytes a form, and counts them as JSON: what is typed and what somebody else saved meanwhile have to fit.
HEAVIEST = 90_000


def split(text: str, most: int = FIELD) -> tuple[str, ...]:
    """Parts of at most `most` UTF-16 units whose concatenation is the text; cut after a line end, else after a space."""
    parts, rest = [], text
    while typed.width(rest) > most:
        at = _fits(rest, most)
        cut = rest.rfind("\n", at // 2, at)
        cut = cut if cut > 0 else max(rest.rfind("\n", 1, at), rest.rfind(" ", at // 2, at))
        at = cut + 1 if cut > 0 else at
        parts.append(rest[:at])
        rest = rest[at:]
    return (*parts, rest)


def exact(text: str, most: int = FIELD) -> tuple[str, ...]:
    """The same for a text that must come back to the letter by `"".join`: no part but the first begins with white space, and
    none but the last ends with it, as far as the text allows it, so that nothing is lost where a field is trimmed; and no
    word is cut where that can be helped."""
    parts, rest = [], text
    while typed.width(rest) > most:
        at = _fits(rest, most)
        inside = [
            here for here in range(max(1, at // 2), at + 1) if not (rest[here - 1].isspace() or _blank(rest, here))
        ]
        good = [here for here in inside if not (rest[here - 1].isalnum() and rest[here : here + 1].isalnum())]
        at = (good or inside or [at])[-1]
        parts.append(rest[:at])
        rest = rest[at:]
    return (*parts, rest)


def weight(text: str) -> int:
    """How many bytes the text is in a form on its way to Slack, at the most."""
    return len(json.dumps(text)) - 2


def join(parts: Sequence[str], drawn: int) -> str:
    """The text of several fields, of which the first `drawn` held one text; what was typed into a further one is a new line."""
    whole, further = "".join(parts[:drawn]), [part for part in parts[drawn:] if part.strip()]
    return "\n".join([whole, *further]) if whole.strip() else "\n".join(further)


def nearly_full(text: str) -> bool:
    """Whether another field should follow, for what does not fit any more."""
    return typed.width(text) > ROOM


def _blank(text: str, at: int) -> bool:
    return at < len(text) and text[at].isspace()


def _fits(text: str, most: int) -> int:
    """How many characters of the text have at most that many units."""
    at = min(len(text), most)
    while typed.width(text[:at]) > most:
        at -= max(1, (typed.width(text[:at]) - most) // 2)
    return at
