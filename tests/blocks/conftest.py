"""Judges of a drawn message or form: the local Slack's own rules for shapes and limits, and on top what Slack would
accept and we do not: calls to everybody, mark-up of people, and lengths counted in the narrowest way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from bot.ports.chat import Drawing
from sandbox.spec import blocks, views

Json = Mapping[str, Any]
_LIVE = re.compile(r"<!(?!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^<>|]+>)|<@(?![UW][A-Z0-9]+>)")
_EVERYBODY = re.compile(r"@(channel|here|everyone)\b", re.IGNORECASE)
# The longest text of each place, in UTF-16 units; the rules of the local Slack count characters.
_WIDEST = {"header": 150, "section": 3000, "fields": 2000, "context": 2000, "actions": 75, "input": 2000}
_QUESTION = {"title": 100, "text": 300, "confirm": 30, "deny": 30}


def width(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def texts(value: Any, but: str = "") -> Iterator[Json]:
    """All text objects inside, except those under the name `but`."""
    if isinstance(value, Mapping):
        if value.get("type") in ("mrkdwn", "plain_text"):
            yield value
        for name, inner in value.items():
            if name != but:
                yield from texts(inner, but)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner, but)


def questions(value: Any) -> Iterator[Json]:
    """What is asked before something is done, all of it inside."""
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ():
        yield from questions(inner)
    if isinstance(value, Mapping) and isinstance(value.get("confirm"), Mapping) and "title" in value["confirm"]:
        yield value["confirm"]


def check_mrkdwn(text: str) -> None:
    """Every `<…>` is whole and one of ours, every `&` an entity, nothing calls everybody, code blocks are none."""
    assert not _LIVE.search(text)
    assert not _EVERYBODY.search(text)
    assert not re.search(r"[<>]", re.sub(r"<[^<>]+>", "", text))
    assert not re.search(r"&(?!amp;|lt;|gt;)", text)
    assert "```" not in text
    text.encode()


def check_text(value: Json, widest: int) -> None:
    assert width(value["text"]) <= widest
    if value["type"] == "mrkdwn":
        # Without it Slack looks for names and addresses by itself.
        assert value["verbatim"] is True
        check_mrkdwn(value["text"])
    else:
        assert not re.search(r"<[!@#]", value["text"])
        assert not _EVERYBODY.search(value["text"])


def check_texts(drawn: Any) -> None:
    for block in drawn:
        for value in texts(block, but="confirm"):
            check_text(value, _WIDEST["fields" if "fields" in block else block["type"]])
        for question in questions(block):
            for name, value in question.items():
                if name != "style":
                    check_text(value, _QUESTION[name])


def check_message(drawing: Drawing) -> None:
    assert 1 <= width(drawing.text) <= 4000
    check_mrkdwn(drawing.text)
    assert drawing.blocks
    assert blocks.problems([dict(block) for block in drawing.blocks], "message") == []
    check_texts(drawing.blocks)


def check_view(view: Json) -> None:
    assert views.problems(dict(view), "modal") == []
    check_texts(view["blocks"])


@pytest.fixture(scope="session")
def accepts() -> Callable[[Drawing], None]:
    """Fails when Slack would not take this message, or would ping somebody that we did not mention."""
    return check_message


@pytest.fixture(scope="session")
def accepts_view() -> Callable[[Json], None]:
    """The same for a form."""
    return check_view
