"""A text that is longer than one field of a form is shown in several, so that no form ever cuts what somebody wrote."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import typed

FIELD = 3000
# From here on an empty field follows, for what does not fit any more.
ROOM = 2000


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


def join(parts: Sequence[str], drawn: int) -> str:
    """The text of several fields, of which the first `drawn` held one text; what was typed into a further one is a new line."""
    whole, further = "".join(parts[:drawn]), [part for part in parts[drawn:] if part.strip()]
    return "\n".join([whole, *further]) if whole.strip() else "\n".join(further)


def nearly_full(text: str) -> bool:
    """Whether another field should follow, for what does not fit any more."""
    return typed.width(text) > ROOM


def _fits(text: str, most: int) -> int:
    """How many characters of the text have at most that many units."""
    at = min(len(text), most)
    while typed.width(text[:at]) > most:
        at -= max(1, (typed.width(text[:at]) - most) // 2)
    return at
