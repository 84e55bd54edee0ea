"""Replacements that fit where they are put: capitals kept, articles right, a word taken out without a trace."""

from __future__ import annotations

from bot.domain.wording import reading
from bot.domain.wording.source import Source


def like(original: str, new: str) -> str:
    """The new words with the capitals of the old ones: `Outage` gives `Incident`, `OUTAGE` gives `INCIDENT`."""
    letters = [each for each in original if each.isalpha()]
    if len(letters) > 2 and all(each.isupper() for each in letters):
        return new.upper()
    return capital(new) if letters and letters[0].isupper() else new


def capital(words: str) -> str:
    """With a capital first."""
    return words[:1].upper() + words[1:]


def placed(source: Source, start: int, new: str) -> str:
    """The new words, with a capital where a sentence begins."""
    return capital(new) if reading.starts_sentence(source.read, start) else new


def without(source: Source, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Taking out a word: the end of what is replaced, and by what; by nothing when the sentence would not stand.

    In the middle of a sentence the blank goes with the word; at its beginning the next word gets the capital.
    """
    read = source.read
    after = end + (read[end : end + 1] == ",")
    if read[after : after + 1] != " " or not read[after + 1 : after + 2].isalpha():
        return end, ()
    after += 1
    if not reading.starts_sentence(read, start):
        return after, ("",)
    following = after
    while following < len(read) and read[following].isalpha():
        following += 1
    return following, (capital(source.text[after:following]),)
