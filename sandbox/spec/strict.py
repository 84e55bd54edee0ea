"""JSON as Slack reads it: no NaN and no infinity, and half a surrogate pair becomes the character that stands for what is broken."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


def loads(raw: str | bytes) -> Any:
    """The value of a JSON text. ValueError for what JSON does not know (NaN, Infinity, 1e999), RecursionError for a pit."""
    text = raw.decode(json.detect_encoding(raw)) if isinstance(raw, bytes) else raw
    found = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    return whole(found) if _ESCAPED.search(text) or _HALF.search(text) else found


def whole(value: Any) -> Any:
    """The same with every lone half of a pair replaced, as no file and no connection can carry one."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [whole(one) for one in value]
    return {whole(key): whole(one) for key, one in value.items()} if isinstance(value, dict) else value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no JSON")
    return number
