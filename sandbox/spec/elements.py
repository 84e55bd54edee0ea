"""Every element of Block Kit with its limits: what may stand in a section, a row of actions, an input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.spec import richtext
from sandbox.spec.composition import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION,
    DISPATCH,
    FILTER,
    GROUP,
    OPTION,
    PLACEHOLDER,
    PLAIN_OPTION,
    STYLE,
    USER,
    WORKFLOW,
)
from sandbox.spec.shapes import (
    Check,
    Problem,
    array,
    boolean,
    choice,
    is_date,
    is_time,
    is_zone,
    mapping,
    plain_text,
    string,
    such,
    typed,
    url,
    whole,
)


def _of(kind: str, *required: str, rule: Check | None = None, **fields: Check) -> Check:
    return mapping({"type": choice(kind), "action_id": ACTION_ID, **fields}, "type", *required, rule=rule)


def _pick(kind: str, *required: str, rule: Check | None = None, **fields: Check) -> Check:
    return _of(kind, *required, rule=rule, confirm=CONFIRM, focus_on_load=boolean, **fields)


def _options_of(value: dict[str, Any]) -> list[Any]:
    return [*(value.get("options") or []), *(o for g in value.get("option_groups") or [] for o in g["options"])]


def _one_source(value: Any, at: str) -> Iterator[Problem]:
    if ("options" in value) == ("option_groups" in value):
        yield Problem(at, "must define either `options` or `option_groups`, and not both")
    yield from _initial(value, at)


def _initial(value: Any, at: str) -> Iterator[Problem]:
    options = _options_of(value)
    if "initial_option" in value and value["initial_option"] not in options:
        yield Problem(f"{at}/initial_option", "`initial_option` must match exactly with an option within `options`")
    for place, one in enumerate(value.get("initial_options") or []):
        if one not in options:
            yield Problem(
                f"{at}/initial_options/{place}", "`initial_options` must match exactly with options within `options`"
            )
    values = [option.get("value") for option in options]
    if len(values) != len(set(values)):
        yield Problem(f"{at}/options", "option values must be unique")


def _lengths(value: Any, at: str) -> Iterator[Problem]:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        yield Problem(f"{at}/min_length", "must be less than or equal to `max_length`")


OPTIONS = array(PLAIN_OPTION, 100, 1)
GROUPS = array(GROUP, 100, 1)
MANY = whole(1)

BUTTON = _of(
    "button",
    "text",
    text=plain_text(75),
    value=string(2000),
    url=url(),
    style=STYLE,
    confirm=CONFIRM,
    accessibility_label=string(75),
)
WORKFLOW_BUTTON = _of(
    "workflow_button",
    "text",
    "workflow",
    text=plain_text(75),
    workflow=WORKFLOW,
    style=STYLE,
    confirm=CONFIRM,
    accessibility_label=string(75),
)
OVERFLOW = _of("overflow", "options", options=array(PLAIN_OPTION, 5, 1), confirm=CONFIRM, rule=_initial)
_SELECT = {"placeholder": PLACEHOLDER}

SELECTS: dict[str, Check] = {
    "static_select": _pick(
        "static_select", **_SELECT, options=OPTIONS, option_groups=GROUPS, initial_option=PLAIN_OPTION, rule=_one_source
    ),
    "external_select": _pick("external_select", **_SELECT, initial_option=PLAIN_OPTION, min_query_length=whole(0)),
    "users_select": _pick("users_select", **_SELECT, initial_user=USER),
    "conversations_select": _pick(
        "conversations_select",
        **_SELECT,
        initial_conversation=CONVERSATION,
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=FILTER,
    ),
    "channels_select": _pick("channels_select", **_SELECT, initial_channel=CONVERSATION, response_url_enabled=boolean),
}

MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": _pick(
        "multi_static_select",
        **_SELECT,
        options=OPTIONS,
        option_groups=GROUPS,
        initial_options=array(PLAIN_OPTION, 100, 1),
        max_selected_items=MANY,
        rule=_one_source,
    ),
    "multi_external_select": _pick(
        "multi_external_select",
        **_SELECT,
        initial_options=array(PLAIN_OPTION, 100, 1),
        min_query_length=whole(0),
        max_selected_items=MANY,
    ),
    "multi_users_select": _pick("multi_users_select", **_SELECT, initial_users=array(USER), max_selected_items=MANY),
    "multi_conversations_select": _pick(
        "multi_conversations_select",
        **_SELECT,
        initial_conversations=array(CONVERSATION),
        default_to_current_conversation=boolean,
        max_selected_items=MANY,
        filter=FILTER,
    ),
    "multi_channels_select": _pick(
        "multi_channels_select", **_SELECT, initial_channels=array(CONVERSATION), max_selected_items=MANY
    ),
}

PICKERS: dict[str, Check] = {
    "checkboxes": _pick(
        "checkboxes", "options", options=array(OPTION, 10, 1), initial_options=array(OPTION, 10, 1), rule=_initial
    ),
    "radio_buttons": _pick(
        "radio_buttons", "options", options=array(OPTION, 10, 1), initial_option=OPTION, rule=_initial
    ),
    "datepicker": _pick(
        "datepicker", **_SELECT, initial_date=such(is_date, "must be a valid date in the format YYYY-MM-DD")
    ),
    "timepicker": _pick(
        "timepicker",
        **_SELECT,
        initial_time=such(is_time, "must be a valid time in the format HH:mm"),
        timezone=such(is_zone, "must be a valid IANA timezone"),
    ),
    "datetimepicker": _pick("datetimepicker", initial_date_time=whole(1_000_000_000, 9_999_999_999)),
}

_TYPED = {"placeholder": PLACEHOLDER, "focus_on_load": boolean, "dispatch_action_config": DISPATCH}
TEXT_INPUTS: dict[str, Check] = {
    "plain_text_input": _of(
        "plain_text_input",
        **_TYPED,
        initial_value=string(3000),
        multiline=boolean,
        min_length=whole(0, 3000),
        max_length=whole(1, 3000),
        rule=_lengths,
    ),
    "email_text_input": _of("email_text_input", **_TYPED, initial_value=string()),
    "url_text_input": _of("url_text_input", **_TYPED, initial_value=string()),
    "number_input": _of(
        "number_input",
        "is_decimal_allowed",
        **_TYPED,
        is_decimal_allowed=boolean,
        initial_value=string(),
        min_value=string(),
        max_value=string(),
    ),
    "rich_text_input": _of(
        "rich_text_input", **_TYPED, initial_value=richtext.BLOCK, min_lines=whole(1), max_lines=whole(1)
    ),
}
FILE_INPUT = _of("file_input", filetypes=array(string()), max_files=whole(1, 10))


def _one_file(value: Any, at: str) -> Iterator[Problem]:
    if ("id" in value) == ("url" in value):
        yield Problem(at, "must define either `id` or `url`")


SLACK_FILE = mapping({"id": string(least=1), "url": url()}, rule=_one_file)


def _image_source(value: Any, at: str) -> Iterator[Problem]:
    if ("image_url" in value) == ("slack_file" in value):
        yield Problem(at, "must define either `image_url` or `slack_file`")


IMAGE_FIELDS: dict[str, Check] = {
    "type": choice("image"),
    "image_url": url(),
    "slack_file": SLACK_FILE,
    "alt_text": string(2000),
}
IMAGE = mapping({**IMAGE_FIELDS, "fallback": string()}, "type", "alt_text", rule=_image_source)
image_source = _image_source

_FEEDBACK = mapping({"text": plain_text(75), "value": string(2000), "accessibility_label": string(75)}, "text", "value")
CONTEXT_ACTION = typed(
    {
        "feedback_buttons": _of(
            "feedback_buttons",
            "positive_button",
            "negative_button",
            positive_button=_FEEDBACK,
            negative_button=_FEEDBACK,
        ),
        "icon_button": _of(
            "icon_button",
            "icon",
            "text",
            icon=string(),
            text=plain_text(75),
            value=string(2000),
            confirm=CONFIRM,
            accessibility_label=string(75),
            visible_to_user_ids=array(USER),
        ),
    }
)

_PRESSED: dict[str, Check] = {"button": BUTTON, "workflow_button": WORKFLOW_BUTTON, "overflow": OVERFLOW}
_CHOSEN: dict[str, Check] = {**SELECTS, **MULTI_SELECTS, **PICKERS}
ACCESSORY = typed({**_PRESSED, **_CHOSEN, "image": IMAGE})
ACTION = typed({**_PRESSED, **_CHOSEN, "rich_text_input": TEXT_INPUTS["rich_text_input"]})
INPUT = typed({**_CHOSEN, **TEXT_INPUTS, "file_input": FILE_INPUT})
