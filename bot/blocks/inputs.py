"""The fields of our forms, and the answers they come back as. One block a field, its block id is the field's name; an
answer may be missing or odd (old forms, hand-made payloads), and reading it never fails."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.blocks import ids, parts, text
from bot.domain import typed

Block = dict[str, Any]
TICKED = "yes"

_LABEL, _HINT, _PLACEHOLDER, _OPTION, _ENTERED = 2000, 2000, 150, 75, 3000
# So many options in one group of a list.
_OPTIONS = 100
_USER_ID = re.compile(r"[UW][A-Z0-9]{1,30}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
# Slack's picker takes ten digits: 2001 to 2286.
_FIRST, _LAST = 1_000_000_000, 9_999_999_999


def line(
    label: str,
    block_id: str,
    initial: str,
    *,
    most: int = _ENTERED,
    optional: bool = False,
    multiline: bool = False,
    hint: str = "",
    placeholder: str = "",
    verbatim: bool = False,
) -> Block:
    """A text field; `most` is the number of characters it takes. `verbatim`: white space, control characters and marks of
    direction stay as they are."""
    element: Block = {"type": "plain_text_input", "action_id": ids.INPUT, "multiline": multiline, "max_length": most}
    if verbatim and initial:
        element["initial_value"] = text.clip(typed.verbatim(initial), most)
    elif initial.strip():
        element["initial_value"] = text.clip(typed.clean(initial), most)
    if placeholder:
        element["placeholder"] = parts.plain(placeholder, _PLACEHOLDER)
    return _input(label, block_id, element, hint, optional)


def moment(label: str, block_id: str, initial: datetime | None, hint: str = "", *, optional: bool = True) -> Block:
    """A date and a time, shown in the reader's zone."""
    element: Block = {"type": "datetimepicker", "action_id": ids.INPUT}
    if initial is not None and _FIRST <= initial.timestamp() <= _LAST:
        element["initial_date_time"] = int(initial.timestamp())
    return _input(label, block_id, element, hint, optional)


def day(label: str, block_id: str, initial: date | None, hint: str = "", *, optional: bool = True) -> Block:
    """A day of the calendar."""
    element: Block = {"type": "datepicker", "action_id": ids.INPUT}
    if initial is not None:
        element["initial_date"] = initial.isoformat()
    return _input(label, block_id, element, hint, optional)


def person(label: str, block_id: str, initial: str | None, hint: str = "", *, optional: bool) -> Block:
    """One person of the workspace."""
    element: Block = {
        "type": "users_select",
        "action_id": ids.INPUT,
        "placeholder": parts.plain("Choose a person", 150),
    }
    if initial and _USER_ID.match(initial):
        element["initial_user"] = initial
    return _input(label, block_id, element, hint, optional)


def people(label: str, block_id: str, initial: Sequence[str], hint: str = "") -> Block:
    """Any number of people of the workspace."""
    element: Block = {
        "type": "multi_users_select",
        "action_id": ids.INPUT,
        "placeholder": parts.plain("Choose people", 150),
    }
    chosen = [each for each in dict.fromkeys(initial) if _USER_ID.match(each)]
    if chosen:
        element["initial_users"] = chosen
    return _input(label, block_id, element, hint, optional=True)


def select(
    label: str, block_id: str, options: Sequence[tuple[str, str]], chosen: str | None, hint: str = "", *, optional: bool = False
) -> Block:  # fmt: skip
    """One of a few; `options` are pairs of label and value, `chosen` is the value of one of them, None for none yet."""
    drawn = [{"text": parts.plain(name, _OPTION), "value": value} for name, value in options]
    element: Block = {"type": "static_select", "action_id": ids.INPUT, "options": drawn}
    if chosen is not None:
        element["initial_option"] = next(option for option in drawn if option["value"] == chosen)
    return _input(label, block_id, element, hint, optional)


def pick(
    label: str, block_id: str, options: Sequence[tuple[str, str]], chosen: Collection[str], *, several: bool = False
) -> Block:  # fmt: skip
    """One or several of any number of options, which somebody has to choose; `chosen` are values, of which those that are no option
    count for nothing."""
    drawn = [{"text": parts.plain(name, _OPTION), "value": value} for name, value in options]
    element: Block = {"type": "multi_static_select" if several else "static_select", "action_id": ids.INPUT}
    if len(drawn) > _OPTIONS:
        cut = [drawn[start : start + _OPTIONS] for start in range(0, len(drawn), _OPTIONS)]
        element["option_groups"] = [{"label": _span(group), "options": group} for group in cut]
    else:
        element["options"] = drawn
    found = [option for option in drawn if option["value"] in chosen]
    if found:
        element |= {"initial_options": found} if several else {"initial_option": found[0]}
    return _input(label, block_id, element, "", optional=False)


def _span(group: Sequence[Block]) -> Block:
    first, last = (parts.plain(group[at]["text"]["text"], 35)["text"] for at in (0, -1))
    return parts.plain(f"{first} – {last}", _OPTION)


def tick(label: str, block_id: str, option: str, on: bool, hint: str = "") -> Block:
    """One box to tick; `option` stands beside it."""
    drawn = {"text": parts.plain(option, _OPTION), "value": TICKED}
    element: Block = {"type": "checkboxes", "action_id": ids.INPUT, "options": [drawn]}
    if on:
        element["initial_options"] = [drawn]
    return _input(label, block_id, element, hint, optional=True)


def ticks(
    label: str, block_id: str, options: Sequence[tuple[str, str]], on: Collection[str] = (), hint: str = ""
) -> Block:
    """Boxes to tick, at most ten; `options` are pairs of what stands beside each and its value, `on` the ticked ones."""
    drawn = [{"text": parts.plain(name, _OPTION), "value": value} for name, value in options]
    element: Block = {"type": "checkboxes", "action_id": ids.INPUT, "options": drawn}
    if ticked := [option for option in drawn if option["value"] in on]:
        element["initial_options"] = ticked
    return _input(label, block_id, element, hint, optional=True)


def _input(label: str, block_id: str, element: Block, hint: str, optional: bool) -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": parts.plain(label, _LABEL),
        "element": element,
        "optional": optional,
    }
    return {**block, "hint": parts.plain(hint, _HINT)} if hint else block


class Answers:
    """Reads `view.state.values`. Fields whose answer has the wrong kind are collected in `odd`."""

    def __init__(self, values: object) -> None:
        self._values = values if isinstance(values, Mapping) else {}
        self.odd: set[str] = set()

    def text(self, block_id: str) -> str:
        """What was typed, "" when nothing was."""
        value = self._get(block_id, "value")
        if isinstance(value, str):
            return typed.clean(value)
        self._strange(block_id, value)
        return ""

    def verbatim(self, block_id: str) -> str:
        """What was typed, to the letter; "" when nothing was."""
        value = self._get(block_id, "value")
        if isinstance(value, str):
            return typed.verbatim(value)
        self._strange(block_id, value)
        return ""

    def choice(self, block_id: str) -> str | None:
        """The value of the chosen option."""
        option = self._get(block_id, "selected_option")
        value = option.get("value") if isinstance(option, Mapping) else option
        if isinstance(value, str):
            return value
        self._strange(block_id, value)
        return None

    def names(self) -> list[str]:
        """The fields that the form had."""
        return [name for name in self._values if isinstance(name, str)]

    def ticked(self, block_id: str) -> bool:
        """Whether the box is ticked."""
        chosen = self._get(block_id, "selected_options")
        return isinstance(chosen, list) and any(
            isinstance(each, Mapping) and each.get("value") == TICKED for each in chosen
        )

    def several(self, block_id: str) -> list[str]:
        """The values of the boxes that are ticked."""
        chosen = self._get(block_id, "selected_options")
        found = [each.get("value") for each in chosen if isinstance(each, Mapping)] if isinstance(chosen, list) else []
        return [value for value in found if isinstance(value, str)]

    def has(self, block_id: str) -> bool:
        """Whether the form had this field."""
        return isinstance(self._values.get(block_id), Mapping)

    def user(self, block_id: str) -> str | None:
        """The chosen person's id."""
        value = self._get(block_id, "selected_user")
        if isinstance(value, str) and _USER_ID.match(value):
            return value
        self._strange(block_id, value or None)
        return None

    def users(self, block_id: str) -> list[str]:
        """The chosen people's ids, each once."""
        value = self._get(block_id, "selected_users")
        if isinstance(value, list):
            return [each for each in dict.fromkeys(filter(_is_text, value)) if _USER_ID.match(each)]
        self._strange(block_id, value)
        return []

    def moment(self, block_id: str) -> datetime | None:
        """The chosen instant, UTC."""
        value = self._get(block_id, "selected_date_time")
        if isinstance(value, str) and re.fullmatch(r"\d{1,11}", value, re.ASCII):
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LAST:
            return datetime.fromtimestamp(value, UTC)
        self._strange(block_id, value)
        return None

    def day(self, block_id: str) -> date | None:
        """The chosen day."""
        value = self._get(block_id, "selected_date")
        if isinstance(value, str) and _DAY.match(value):
            with contextlib.suppress(ValueError):
                return date.fromisoformat(value)
        self._strange(block_id, value)
        return None

    def _get(self, block_id: str, key: str) -> Any:
        block = self._values.get(block_id)
        if not isinstance(block, Mapping):
            return None
        answer = block.get(ids.INPUT) or next(iter(block.values()), None)
        return answer.get(key) if isinstance(answer, Mapping) else None

    def _strange(self, block_id: str, value: object) -> None:
        if value is not None:
            self.odd.add(block_id)


def _is_text(value: object) -> bool:
    return isinstance(value, str)
