"""The small objects that elements are made of: options, confirmations, filters, ids."""

from __future__ import annotations

from sandbox.spec.shapes import any_text, array, boolean, choice, mapping, plain_text, string, url

ACTION_ID = string(255, 1)
STYLE = choice("primary", "danger")
PLACEHOLDER = plain_text(150)
CONFIRM = mapping(
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
        "style": STYLE,
    },
    "text",
)
DISPATCH = mapping({"trigger_actions_on": array(choice("on_enter_pressed", "on_character_entered"), 2, 1)})
PLAIN_OPTION = mapping(
    {"text": plain_text(75), "value": string(150), "description": plain_text(75), "url": url()}, "text", "value"
)
OPTION = mapping(
    {"text": any_text(75), "value": string(150), "description": any_text(75), "url": url()}, "text", "value"
)
GROUP = mapping({"label": plain_text(75), "options": array(PLAIN_OPTION, 100, 1)}, "label", "options")
CONVERSATION = string(pattern=r"[CGDUW][A-Z0-9]{2,}")
USER = string(pattern=r"[UW][A-Z0-9]{2,}")
_PARAMETER = mapping({"name": string(least=1), "value": string()}, "name", "value")
WORKFLOW = mapping(
    {
        "trigger": mapping(
            {"url": url(), "customizable_input_parameters": array(_PARAMETER)},
            "url",
        )
    },
    "trigger",
)
FILTER = mapping(
    {
        "include": array(choice("im", "mpim", "private", "public"), 4, 1),
        "exclude_bot_users": boolean,
        "exclude_external_shared_channels": boolean,
    }
)
