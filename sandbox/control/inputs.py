"""What a person can put into each input, and what the Slack client refuses before the app ever hears of it."""

from __future__ import annotations

import re
from typing import Any

from sandbox.control.desk import Desk
from sandbox.spec import shapes, state
from sandbox.spec.types import Json, Refusal, words

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")
_WRITTEN = words("plain_text_input email_text_input url_text_input number_input rich_text_input")
"""What is typed: emptied, it is as if nobody had touched it."""


def chosen(desk: Desk, element: Json, value: Any) -> Any:
    """The value as Slack sends it: users and channels by id, options whole. Refusal when it cannot be chosen."""
    kind = element["type"]
    if value is None or (value == "" and kind in _WRITTEN):
        return [] if state.is_many(kind) else None
    if state.is_many(kind):
        return [_one(desk, element, one) for one in (value if isinstance(value, list) else [value])]
    return _one(desk, element, value)


def _one(desk: Desk, element: Json, value: Any) -> Any:
    kind = element["type"]
    if "users" in kind:
        return desk.user({"user": value}).id
    if "channels" in kind or "conversations" in kind:
        return desk.channel({"channel": value}).id
    if kind in ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"):
        return option(options(element), value)
    if kind in ("external_select", "multi_external_select"):
        return option(desk.suggested.get(element["action_id"], []), value)
    if kind == "datetimepicker":
        return int(value)
    if kind in ("datepicker", "timepicker") and not _moment(kind, str(value)):
        raise Refusal(f"{kind} does not take {value!r}")
    if kind == "file_input":
        return _file(desk, value)
    if kind == "rich_text_input" and not isinstance(value, dict):
        return desk.world.typist().write(str(value))[1]
    return value if isinstance(value, dict) else str(value)


def _moment(kind: str, value: str) -> bool:
    return shapes.is_date(value) if kind == "datepicker" else shapes.is_time(value)


def _file(desk: Desk, value: Any) -> Json:
    """A file of the workspace, by its id or as it is."""
    key = value.get("id") if isinstance(value, dict) else value
    found = desk.world.files.get(str(key))
    if found is None:
        raise Refusal(f"there is no file {key!r}; upload it first")
    return found


def options(element: Json) -> list[Json]:
    """All options of an element, groups taken apart."""
    grouped = [row for group in element.get("option_groups") or [] for row in group["options"]]
    return [*(element.get("options") or []), *grouped]


def option(rows: list[Json], value: Any) -> Json:
    """The option with that value, or failing that with that text. Refusal; a whole option is taken as it is."""
    if isinstance(value, dict):
        return value
    for row in rows:
        if row.get("value") == str(value):
            return row
    for row in rows:
        if row["text"]["text"] == str(value):
            return row
    raise Refusal(f"there is no option {value!r}", options=[row.get("value") for row in rows])


def problem(block: Json, element: Json, entry: Json) -> str | None:
    """The sentence under an input that the client does not let through; None when it may go."""
    value = entry.get(state.KEYS[element["type"]])
    if state.is_empty(entry):
        return None if block.get("optional") else "Please complete this required field."
    if isinstance(value, str):
        return _text_problem(element, value)
    most = element.get("max_selected_items")
    if isinstance(value, list) and most and len(value) > most:
        return f"Choose {most} at most."
    return None


def _text_problem(element: Json, value: str) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        if len(value) < element.get("min_length", 0):
            return f"Write at least {element['min_length']} characters."
        if len(value) > element.get("max_length", 3000):
            return f"Write {element.get('max_length', 3000)} characters at most."
    if kind == "email_text_input" and not _EMAIL.fullmatch(value):
        return "Enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(value):
        return "Enter a valid URL."
    return _number_problem(element, value) if kind == "number_input" else None


def _number_problem(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and number < float(low):
        return f"Enter {low} or more."
    if high is not None and number > float(high):
        return f"Enter {high} or less."
    return None
