"""What Slack accepts of a message or a form, as far as ours use it: shapes and limits. Whatever is not listed here is
refused, so that a new kind of block brings its limits along."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.ports.chat import Drawing

Json = Mapping[str, Any]
_LIVE = re.compile(r"<!(?!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^<>|]+>)|<@(?![UW][A-Z0-9]+>)")
_TEXT_INPUT = {"type", "action_id", "multiline", "max_length", "initial_value", "placeholder"}


def length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_text(value: Json, most: int, kind: str | None = None) -> None:
    assert value["type"] in ("mrkdwn", "plain_text")
    assert kind is None or value["type"] == kind
    allowed = {"mrkdwn": {"type", "text", "verbatim"}, "plain_text": {"type", "text", "emoji"}}
    assert set(value) <= allowed[value["type"]]
    assert 1 <= length(value["text"]) <= most, f"{length(value['text'])} characters, {most} allowed"
    if value["type"] == "mrkdwn":
        assert value["verbatim"] is True
        check_mrkdwn(value["text"])
    else:
        assert not re.search(r"<[!@#]", value["text"])
        assert not re.search(r"@(channel|here|everyone)\b", value["text"], re.IGNORECASE)


def check_mrkdwn(text: str) -> None:
    """Every `<…>` is whole and one of ours, every `&` an entity, nothing calls everybody, code blocks are none."""
    assert not _LIVE.search(text)
    assert not re.search(r"@(channel|here|everyone)\b", text, re.IGNORECASE)
    assert not re.search(r"[<>]", re.sub(r"<[^<>]+>", "", text))
    assert not re.search(r"&(?!amp;|lt;|gt;)", text)
    assert "```" not in text
    assert not any("\ud800" <= letter <= "\udfff" for letter in text)


def check_button(button: Json) -> None:
    assert set(button) <= {"type", "text", "action_id", "value", "style"}
    check_text(button["text"], 75, "plain_text")
    assert 1 <= len(button["action_id"]) <= 255
    assert 1 <= length(button["value"]) <= 2000
    assert button.get("style", "primary") in ("primary", "danger")


def check_block(block: Json) -> None:
    match block["type"]:
        case "header":
            check_text(block["text"], 150, "plain_text")
        case "section" if "fields" in block:
            assert 1 <= len(block["fields"]) <= 10
            for field in block["fields"]:
                check_text(field, 2000)
        case "section":
            check_text(block["text"], 3000)
        case "context":
            assert 1 <= len(block["elements"]) <= 10
            for element in block["elements"]:
                check_text(element, 2000)
        case "actions":
            assert 1 <= len(block["elements"]) <= 25
            for element in block["elements"]:
                check_button(element)
            ids = [element["action_id"] for element in block["elements"]]
            assert len(ids) == len(set(ids))
        case "input":
            check_input(block)
        case other:
            pytest.fail(f"no limits are known for a block of type {other}")


def check_input(block: Json) -> None:
    assert set(block) <= {"type", "block_id", "label", "element", "optional", "hint"}
    assert 1 <= len(block["block_id"]) <= 255
    check_text(block["label"], 2000, "plain_text")
    if "hint" in block:
        check_text(block["hint"], 2000, "plain_text")
    element = block["element"]
    if "placeholder" in element:
        check_text(element["placeholder"], 150, "plain_text")
    match element["type"]:
        case "plain_text_input":
            assert set(element) <= _TEXT_INPUT
            assert 1 <= element["max_length"] <= 3000
            assert length(element.get("initial_value", "x")) <= element["max_length"]
        case "datetimepicker":
            assert re.fullmatch(r"\d{10}", str(element.get("initial_date_time", 1_700_000_000)))
        case "users_select":
            assert re.fullmatch(r"[UW][A-Z0-9]+", element.get("initial_user", "U1"))
        case "static_select":
            assert 1 <= len(element["options"]) <= 100
            assert element["initial_option"] in element["options"]
            for option in element["options"]:
                check_text(option["text"], 75, "plain_text")
                assert 1 <= len(option["value"]) <= 150
        case other:
            pytest.fail(f"no limits are known for an element of type {other}")


def check_message(drawing: Drawing) -> None:
    json.dumps(list(drawing.blocks)).encode()
    assert 1 <= length(drawing.text) <= 4000
    check_mrkdwn(drawing.text)
    assert 1 <= len(drawing.blocks) <= 50
    for block in drawing.blocks:
        assert block["type"] != "input"
        check_block(block)
    assert sum(length(json.dumps(block, ensure_ascii=False)) for block in drawing.blocks) < 40_000


def check_view(view: Json) -> None:
    assert view["type"] == "modal"
    for part in ("title", "submit", "close"):
        check_text(view[part], 24, "plain_text")
    assert 1 <= len(view["callback_id"]) <= 255
    assert length(view["private_metadata"]) <= 3000
    assert 1 <= len(view["blocks"]) <= 100
    for block in view["blocks"]:
        check_block(block)
    ids = [block["block_id"] for block in view["blocks"] if "block_id" in block]
    assert len(ids) == len(set(ids))


@pytest.fixture(scope="session")
def accepts() -> Callable[[Drawing], None]:
    """Fails when Slack would not take this message, or would ping somebody that we did not mention."""
    return check_message


@pytest.fixture(scope="session")
def accepts_view() -> Callable[[Json], None]:
    """The same for a form."""
    return check_view
