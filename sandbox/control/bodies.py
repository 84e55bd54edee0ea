"""The keys that requests to the control API share, each of one type; what is wrong becomes a sentence before anything is done."""

from __future__ import annotations

import binascii
import json
import math
from typing import Any

from sandbox.spec.types import Json, Refusal, words

TEXTS = words(
    """
    action_id actor app base64 block_id bot callback_id channel display_name email how id inviter markdown method name real_name
    reason tab thread title topic tz url user view_id with
    """
)
FLAGS = words(
    """
    all as_admin broadcast clear close deleted duplicate every frozen home is_admin is_restricted is_stranger is_ultra_restricted
    kill private raw shuffle verify
    """
)
NUMBERS = words("call chance grace quiet retry_after seconds sockets timeout times")
LISTS = words("attachments blocks files members")
OBJECTS = words("file")
_TYPED = (TEXTS | FLAGS | NUMBERS | LISTS | OBJECTS) - {"url"}
FARTHEST = 10.0**9
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What a handler runs into when a value inside a request is not what it should be."""


def checked(body: Json) -> Json:
    """The body without what is null where that means nothing. Refusal with a sentence for the first key of a wrong type."""
    kept = {key: value for key, value in body.items() if value is not None or key not in _TYPED}
    for key, value in kept.items():
        wrong = _wrong(key, value)
        if wrong and value is not None:
            raise Refusal(f"{key} must be {wrong}")
    return kept


def _wrong(key: str, value: Any) -> str:
    if key in TEXTS and not isinstance(value, str):
        return "a text"
    if key in FLAGS and not isinstance(value, bool):
        return "true or false"
    if key in NUMBERS and not _number(value):
        return "a number"
    if key in LISTS and not isinstance(value, list):
        return "a list"
    return "an object" if key in OBJECTS and not isinstance(value, dict) else ""


def _number(value: Any) -> bool:
    fits = isinstance(value, int | float) and not isinstance(value, bool)
    return fits and math.isfinite(value) and abs(value) <= FARTHEST


def sentence(error: Exception) -> str:
    """What an error of reading a request means, in words."""
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return "the body is not JSON"
    if isinstance(error, binascii.Error):
        return "base64 is not base64"
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return f"a value has the wrong form: {error}"
