"""Reads typed values out of the story's YAML. Whoever edits the story sees, for every slip, one sentence that names the
place and what is expected there, instead of a KeyError three calls deep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)\Z")
_STEP = re.compile(r"\+(\d{1,3}):([0-5]\d)\Z")


class StoryError(ValueError):
    """The story (or its answer key) cannot be used; the message is one plain sentence for the person who edits it."""


@dataclass(frozen=True, slots=True)
class Fields:
    """One mapping of the file, with the words that say where it stands ("Message alert-p99")."""

    where: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, value: object, where: str, allowed: str) -> Fields:
        """`allowed` lists the keys that may occur, separated by spaces. Raises StoryError for any other key."""
        if not isinstance(value, Mapping):
            raise StoryError(f"{where} must be a mapping of keys to values.")
        for key in value:
            if key not in allowed.split():
                raise StoryError(f"{where} has an unknown key `{key}`; known are: {', '.join(allowed.split())}.")
        return cls(where, value)

    def has(self, key: str) -> bool:
        return self.values.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if value is None:
            raise StoryError(f"{self.where} needs `{key}`.")
        if not isinstance(value, str) or not value.strip():
            raise StoryError(f"{self.where}: `{key}` must be text; put quotes around it.")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise StoryError(f"{self.where}: `{key}` must be true or false.")
        return value

    def number(self, key: str) -> int:
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise StoryError(f"{self.where}: `{key}` must be a whole number.")
        return value

    def sub(self, key: str, allowed: str) -> Fields:
        return Fields.of(self.values.get(key), f"{self.where}, `{key}`,", allowed)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of words, or one word alone."""
        value = self.values.get(key)
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
            raise StoryError(f"{self.where}: `{key}` must be a name or a list of names.")
        return tuple(found)

    def rows(self, key: str, allowed: str) -> Iterator[Fields]:
        """Each mapping of a list; an absent list is an empty one."""
        value = self.values.get(key) or []
        if not isinstance(value, list):
            raise StoryError(f"{self.where}: `{key}` must be a list.")
        for number, row in enumerate(value, start=1):
            name = row.get("id") if isinstance(row, Mapping) else None
            inside = f"Message {name}" if name else f"{self.where}, entry {number} of `{key}`,"
            yield Fields.of(row, inside, allowed)

    def offset(self, key: str, after: timedelta | None = None) -> timedelta:
        """Time since the story's start. "+MM:SS" counts from `after`, where there is one."""
        value = self.values.get(key)
        if value is None:
            raise StoryError(f"{self.where} needs `{key}`.")
        if isinstance(value, str):
            if (step := _STEP.match(value)) and after is not None:
                return after + timedelta(minutes=int(step[1]), seconds=int(step[2]))
            if _CLOCK.match(value):
                return clock_offset(value)
        forms = '"HH:MM:SS"' if after is None else '"HH:MM:SS" or "+MM:SS"'
        raise StoryError(f"{self.where}: `{key}` is {value!r}, but must be {forms}, in quotes.")


def clock_offset(text: str) -> timedelta:
    """ "01:02:03" as a duration. Raises StoryError for any other form."""
    found = _CLOCK.match(text)
    if not found:
        raise StoryError(f'"{text}" is not a time of the form HH:MM:SS.')
    return timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3]))
