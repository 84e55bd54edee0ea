"""One of every block and of every element, for messages, modals and Home tabs."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
PICTURE = "https://pictures.example/graph.svg"
GRAPH = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 160" width="320" height="160">
<rect width="320" height="160" fill="#e8efee"/>
<path d="M0 130 L60 120 L120 40 L170 60 L230 20 L320 90" fill="none" stroke="#1a6b63" stroke-width="6"/></svg>"""


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str, **more: Any) -> Json:
    return {"text": plain(f"Option {value}"), "value": value, **more}


OPTIONS = [option("a"), option("b")]
CONFIRM = {"title": plain("Sure?"), "text": marked("*really*"), "confirm": plain("Yes, do"), "deny": plain("No")}
MARKDOWN = """# Title
**bold** and *it* [l](https://example.com)
- [x] done
1. one
> q
```
code
```
| a | b |
|---|---|
| 1 | 2 |"""
LINE = [
    {"type": "text", "text": "bold", "style": {"bold": True}},
    {"type": "text", "text": "code", "style": {"code": True}},
    {"type": "link", "url": "https://example.com", "text": "link"},
    {"type": "broadcast", "range": "here"},
    {"type": "emoji", "name": "wave"},
    {"type": "color", "value": "#ff0000"},
    {"type": "date", "timestamp": 1772442000, "format": "{date_num}", "fallback": "then"},
]
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": LINE},
        {"type": "rich_text_quote", "elements": LINE[:1]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [{"type": "rich_text_section", "elements": LINE[:1]}],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 1,
            "elements": [{"type": "rich_text_section", "elements": LINE[:1]}],
        },
    ],
}

BUTTONS: list[Json] = [
    {"type": "button", "action_id": "button", "text": plain("Press me"), "value": "1"},
    {"type": "button", "action_id": "primary", "text": plain("Primary"), "style": "primary"},
    {"type": "button", "action_id": "danger", "text": plain("Danger"), "style": "danger", "confirm": CONFIRM},
    {"type": "button", "action_id": "link", "text": plain("Link"), "url": "https://example.com"},
    {
        "type": "workflow_button",
        "action_id": "workflow",
        "text": plain("Workflow"),
        "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft1/x"}},
    },
    {"type": "overflow", "action_id": "overflow", "options": OPTIONS},
]


def menu(kind: str, action_id: str, **more: Any) -> Json:
    return {"type": kind, "action_id": action_id, "placeholder": plain(action_id.capitalize()), **more}


SELECTS: list[Json] = [
    menu("static_select", "static", options=OPTIONS),
    menu("static_select", "grouped", option_groups=[{"label": plain("Group"), "options": OPTIONS}]),
    menu("external_select", "external", min_query_length=0),
    menu("users_select", "user"),
    menu("conversations_select", "conversation"),
    menu("channels_select", "channel"),
    menu("multi_static_select", "statics", options=OPTIONS, max_selected_items=2),
    menu("multi_external_select", "externals", min_query_length=0),
    menu("multi_users_select", "users"),
    menu("multi_conversations_select", "conversations"),
    menu("multi_channels_select", "channels"),
]
PICKERS: list[Json] = [
    {"type": "checkboxes", "action_id": "checks", "options": [option("a", description=plain("more")), option("b")]},
    {"type": "radio_buttons", "action_id": "radio", "options": OPTIONS, "initial_option": OPTIONS[1]},
    {"type": "datepicker", "action_id": "date", "initial_date": "2026-03-02"},
    {"type": "timepicker", "action_id": "time", "initial_time": "09:30"},
    {"type": "datetimepicker", "action_id": "datetime", "initial_date_time": 1772442000},
]
TYPED: list[Json] = [
    {"type": "plain_text_input", "action_id": "line", "placeholder": plain("A line")},
    {"type": "plain_text_input", "action_id": "lines", "multiline": True, "initial_value": "two\nlines"},
    {"type": "email_text_input", "action_id": "email"},
    {"type": "url_text_input", "action_id": "url"},
    {"type": "number_input", "action_id": "number", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"},
    {"type": "rich_text_input", "action_id": "rich"},
]
ALERTS: list[Json] = [
    {"type": "alert", "text": plain(f"This is {level}"), "level": level}
    for level in ("default", "info", "warning", "error", "success")
]
FILE: Json = {"type": "file_input", "action_id": "files", "max_files": 2}


def inputs(elements: list[Json]) -> list[Json]:
    """An input block for each, all optional."""
    return [
        {
            "type": "input",
            "block_id": f"in-{one['action_id']}",
            "optional": True,
            "label": plain(f"The {one['action_id']}"),
            "hint": plain("a hint"),
            "element": one,
        }
        for one in elements
    ]


def common() -> list[Json]:
    """The blocks that every surface takes."""
    video = {
        "type": "video",
        "alt_text": "v",
        "thumbnail_url": PICTURE,
        "title": plain("Film"),
        "video_url": "https://example.com/v",
        "author_name": "A",
    }
    return [
        {"type": "header", "text": plain("Header :wave:")},
        {
            "type": "section",
            "text": marked(
                "*bold* _italic_ ~strike~ `code` <https://example.com|link>\n&gt; quote\n• item\n1. first\n```\nfence\n```"
            ),
        },
        {
            "type": "section",
            "fields": [marked("*One*\n1"), plain("Two")],
            "accessory": {"type": "image", "image_url": PICTURE, "alt_text": "square"},
        },
        {"type": "divider"},
        {
            "type": "context",
            "elements": [
                {"type": "image", "image_url": PICTURE, "alt_text": "tiny"},
                marked("context _text_"),
                plain("plain"),
            ],
        },
        {"type": "image", "image_url": PICTURE, "alt_text": "picture", "title": plain("Title")},
        {"type": "actions", "elements": BUTTONS},
        {"type": "actions", "elements": SELECTS},
        {"type": "actions", "elements": PICKERS},
        {"type": "section", "text": plain("with a menu"), "accessory": {**SELECTS[0], "action_id": "beside"}},
        {**RICH},
        video,
    ]


def message() -> tuple[list[Json], list[Json]]:
    """Two messages: a message has fifty blocks at most, and one table."""
    card = {
        "type": "card",
        "title": marked("Card"),
        "subtitle": marked("sub"),
        "body": marked("body"),
        "actions": [{**BUTTONS[0], "action_id": "in-card"}],
    }
    task = {
        "type": "task_card",
        "task_id": "t",
        "title": "Task",
        "status": "complete",
        "details": RICH,
        "sources": [{"type": "url", "url": "https://example.com", "text": "src"}],
    }
    good, bad = {"text": plain("Good"), "value": "up"}, {"text": plain("Bad"), "value": "down"}
    rows = [
        [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Count"}],
        [{"type": "rich_text", "elements": RICH["elements"][:1]}, {"type": "raw_text", "text": "1"}],
    ]
    newer: list[Json] = [
        {
            "type": "markdown",
            "text": MARKDOWN,
        },
        {"type": "table", "rows": rows, "column_settings": [{"align": "right"}]},
        {
            "type": "data_table",
            "caption": "Data",
            "page_size": 1,
            "rows": [rows[0], [{"type": "raw_number", "value": 1, "text": "1"}, rows[0][0]], [rows[0][0], rows[0][1]]],
        },
        {
            "type": "context_actions",
            "elements": [
                {"type": "feedback_buttons", "action_id": "fb", "positive_button": good, "negative_button": bad},
                {"type": "icon_button", "action_id": "trash", "icon": "trash", "text": plain("Delete")},
            ],
        },
        card,
        {"type": "carousel", "elements": [card]},
        task,
        {"type": "plan", "title": "Plan", "tasks": [task]},
        {
            "type": "container",
            "title": plain("Box"),
            "child_blocks": [{"type": "divider"}, {"type": "section", "text": plain("inside")}],
        },
        {"type": "file", "external_id": "x1", "source": "remote"},
        *inputs(TYPED[:1]),
    ]
    return common(), newer


def modal() -> Json:
    """A modal with every input."""
    return {
        "type": "modal",
        "callback_id": "every",
        "title": plain("Everything"),
        "submit": plain("Send"),
        "close": plain("Stop"),
        "blocks": [*ALERTS, *common(), *inputs([*TYPED, *SELECTS, *PICKERS, FILE])],
    }


def home() -> Json:
    """A Home tab with everything that one may hold."""
    return {"type": "home", "blocks": [*common(), *inputs([*TYPED, *SELECTS[:2], *PICKERS])]}
