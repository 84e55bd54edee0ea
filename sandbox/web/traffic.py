"""The log of every call: in memory for whoever asks, and as JSON lines in a file; never with a token in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from sandbox.spec.types import Json

KEPT_ANSWERS = 500
LONGEST_ANSWER, SHOWN_OF_LONG = 200_000, 20_000
"""Characters: a page of a long history would be most of what the inspector loads."""
_SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|xwfp-[\w-]+")


class Traffic:
    """Calls in order. `file` gets one line a call, flushed at once."""

    def __init__(self, path: Path | None = None) -> None:
        self.calls: list[Json] = []
        self.counts: Counter[str] = Counter()
        self._answers: dict[int, str] = {}
        self.listeners: list[Callable[[Json], None]] = []
        self._file: IO[str] | None = path.open("a", encoding="utf-8", errors="backslashreplace") if path else None

    def record(self, row: Json, answer: str | None = None) -> None:
        """Keep one call: method, args, token (its kind), ok, error, t, and violations when there are any.

        Of the answers, given as JSON, only the newest are kept, and only in memory, by the place of their call."""
        clean = _clean(row)
        self._answers[len(self.calls)] = answer or "null"
        self._answers.pop(len(self.calls) - KEPT_ANSWERS, None)
        self.calls.append(clean)
        for listener in self.listeners:
            listener(clean)
        if self._file:
            self._file.write(json.dumps(clean, ensure_ascii=False) + "\n")
            self._file.flush()

    def answer(self, place: int) -> Any:
        """What that call was answered, read only now that somebody looks; of a long one its beginning, as text."""
        text = self._answers.get(place, "null")
        if len(text) > LONGEST_ANSWER:
            return _clean(f"{text[:SHOWN_OF_LONG]} … ({len(text):,} characters)")
        return _clean(json.loads(text))

    def clear(self) -> None:
        """Forget what was recorded in memory; the file keeps it."""
        self.calls.clear()
        self._answers.clear()

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRET.sub("[token]", value) if "xox" in value or "xapp-" in value or "xwfp-" in value else value
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items() if key != "token_value"}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return value
