"""Wordings that are made ready when they are first asked about. There are some two hundred of them, which takes half a second, and most
of what is read wakes only a few."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    def __init__(self, wording: str, flags: re.RegexFlag | int) -> None:
        self._wording, self._flags = wording, flags

    def __getattr__(self, name: str) -> Any:
        """`match`, `search` and what else a pattern can do; kept, so that it is looked up once."""
        found = getattr(re.compile(self._wording, self._flags), name)
        setattr(self, name, found)
        return found


def late(wording: str, flags: re.RegexFlag | int = 0) -> re.Pattern[str]:
    """As `re.compile`, when it is first used."""
    return cast("re.Pattern[str]", _Late(wording, flags))
