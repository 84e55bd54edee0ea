"""What the Python apps show: the form, its second page, the Home tab."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
COLOURS = ("green", "grey", "red")


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def says(words: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **more}


def button(action_id: str, words: str) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(words), "value": action_id}


def _input(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def form(title: str = "Teach") -> Json:
    where = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    colour = {"type": "external_select", "action_id": "colour", "min_query_length": 0}
    return {
        "type": "modal",
        "callback_id": "form",
        "notify_on_close": True,
        "title": plain(title),
        "submit": plain("Say it"),
        "blocks": [
            says("A new word", accessory=button("rename", "Rename")),
            _input("word", {"type": "plain_text_input", "action_id": "word"}),
            _input("where", where),
            _input("colour", colour, optional=True),
        ],
    }


def second() -> Json:
    blocks = [_input("more", {"type": "plain_text_input", "action_id": "more"})]
    return {"type": "modal", "callback_id": "second", "title": plain("More"), "submit": plain("Done"), "blocks": blocks}


def home(count: int) -> Json:
    return {"type": "home", "blocks": [says(f"Seen {count} times", accessory=button("seen", "Again"))]}


def options(typed: str) -> list[Json]:
    return [{"text": plain(colour), "value": colour} for colour in COLOURS if typed in colour]


def word_of(view: Json) -> tuple[str, str]:
    """The word, and the conversation it is for."""
    values = view["state"]["values"]
    return values["word"]["word"]["value"], values["where"]["where"]["selected_conversation"]
