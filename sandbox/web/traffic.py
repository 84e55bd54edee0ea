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
_SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+")


class Traffic:
    """Calls in order. `file` gets one line a call, flushed at once."""

    def __init__(self, path: Path | None = None) -> None:
        self.calls: list[Json] = []
        self.counts: Counter[str] = Counter()
        self.answers: dict[int, Any] = {}
        self.listeners: list[Callable[[Json], None]] = []
        self._file: IO[str] | None = path.open("a", encoding="utf-8") if path else None

    def record(self, row: Json, answer: Any = None) -> None:
        """Keep one call: method, args, token (its kind), ok, error, t, and violations when there are any.

        Of the answers only the newest are kept, and only in memory, by the place of their call."""
        clean = _clean(row)
        self.answers[len(self.calls)] = _clean(answer)
        self.answers.pop(len(self.calls) - KEPT_ANSWERS, None)
        self.calls.append(clean)
        for listener in self.listeners:
            listener(clean)
        if self._file:
            self._file.write(json.dumps(clean, ensure_ascii=False) + "\n")
            self._file.flush()

    def clear(self) -> None:
        """Forget what was recorded in memory; the file keeps it."""
        self.calls.clear()
        self.answers.clear()

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRET.sub("[token]", value) if "xox" in value or "xapp-" in value else value
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items() if key != "token_value"}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return value
