"""Block Kit: every limit, shape and surface, with Slack's own sentences and pointers (group 9)."""

from __future__ import annotations

import pytest

from sandbox.spec import blocks, state, views


def plain(text="x", **more):
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text="x"):
    return {"type": "mrkdwn", "text": text}


def option(value="v", text="t", **more):
    return {"text": plain(text), "value": value, **more}


def options(count):
    return [option(str(n)) for n in range(count)]


def button(**more):
    return {"type": "button", "text": plain(), "action_id": "b", **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def section(**more):
    return {"type": "section", **more}


def field(element, **more):
    return {"type": "input", "label": plain(), "element": element, **more}


def select(**more):
    return {"type": "static_select", "action_id": "s", **more}


def rich(*pieces):
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


GOOD = {
    "section": section(text=mrkdwn("x" * 3000)),
    "section with fields": section(fields=[plain()] * 10),
    "section with picture": section(
        text=plain(), accessory={"type": "image", "image_url": "https://x", "alt_text": ""}
    ),
    "divider": {"type": "divider", "block_id": "d"},
    "header": {"type": "header", "text": plain("x" * 150)},
    "context": {
        "type": "context",
        "elements": [mrkdwn(), plain(), {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}],
    },
    "actions": actions(button(style="danger", value="v"), select(options=options(100)), {"type": "users_select"}),
    "confirm": actions(button(confirm={"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain()})),
    "overflow": section(text=plain(), accessory={"type": "overflow", "options": options(5)}),
    "groups": actions(select(option_groups=[{"label": plain(), "options": options(2)}])),
    "text input": field(
        {"type": "plain_text_input", "multiline": True, "min_length": 1, "max_length": 3000}, hint=plain()
    ),
    "number": field({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}),
    "pickers": actions(
        {"type": "datepicker", "initial_date": "2026-03-02"}, {"type": "timepicker", "initial_time": "09:30"}
    ),
    "date and time": field({"type": "datetimepicker", "initial_date_time": 1_772_442_000}),
    "checkboxes": field({"type": "checkboxes", "options": [{"text": mrkdwn("*b*"), "value": "1"}]}, optional=True),
    "image": {"type": "image", "image_url": "https://x", "alt_text": "a", "title": plain()},
    "markdown": {"type": "markdown", "text": "# x"},
    "rich text": rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}),
    "table": {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, rich({"type": "text", "text": "b"})]]},
    "feedback": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": plain(), "value": "1"},
                "negative_button": {"text": plain(), "value": "0"},
            }
        ],
    },
    "icon button": {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}]},
    "container": {"type": "container", "title": plain(), "child_blocks": [section(text=plain())]},
    "video": {
        "type": "video",
        "alt_text": "x",
        "title": plain(),
        "thumbnail_url": "https://x/t.png",
        "video_url": "https://x/v",
    },
    "remote file": {"type": "file", "external_id": "x", "source": "remote"},
    "data table": {
        "type": "data_table",
        "caption": "x",
        "rows": [[{"type": "raw_text", "text": "n"}], [{"type": "raw_number", "value": 1.5, "text": "1.5"}]],
    },
    "card": {"type": "card", "title": mrkdwn(), "actions": [button()]},
    "carousel": {"type": "carousel", "elements": [{"type": "card", "body": mrkdwn()}]},
    "task": {"type": "task_card", "task_id": "1", "title": "x", "status": "pending"},
    "plan": {"type": "plan", "title": "x", "tasks": [{"task_id": "1", "title": "x", "status": "complete"}]},
    "workflow button": actions(
        {
            "type": "workflow_button",
            "text": plain(),
            "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft1/x"}},
        }
    ),
    "every text input": field({"type": "email_text_input", "initial_value": "a@b.example"}),
    "web address": field(
        {"type": "url_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
    ),
    "rich text input": field({"type": "rich_text_input", "initial_value": rich({"type": "text", "text": "x"})}),
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD.keys())
def test_what_slack_takes_is_taken(block):
    assert blocks.problems([block], "message") == []


TOO_LONG = "must be less than {} characters"
ENUM = "must be a valid enum value"
FORMAT = "does not match the required format"
WHOLE = "must provide an integer"
PICTURE = {"type": "image", "image_url": "https://x", "alt_text": "x"}
CELL = {"type": "raw_text", "text": "x"}
DATA = {"type": "data_table", "caption": "x"}


def listed(**more):
    section_ = {"type": "rich_text_section", "elements": []}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [section_], **more}],
    }


BAD = [
    ("section text", section(text=mrkdwn("x" * 3001)), "/text/text", TOO_LONG.format(3001)),
    ("empty text", section(text=mrkdwn("")), "/text/text", "must be more than 0 characters"),
    ("section alone", section(), "", "must define either `text` or `fields`"),
    ("field", section(fields=[plain("x" * 2001)]), "/fields/0/text", TOO_LONG.format(2001)),
    ("fields", section(fields=[plain()] * 11), "/fields", "no more than 10 items allowed"),
    ("unknown block", {"type": "heading"}, "/type", "unsupported type: heading"),
    ("no type", {"text": plain()}, "", "missing required field: type"),
    ("unknown key", section(text=plain(), colour="red"), "", "invalid additional property: colour"),
    ("emoji on mrkdwn", section(text={**mrkdwn(), "emoji": True}), "/text", "invalid additional property: emoji"),
    ("header", {"type": "header", "text": plain("x" * 151)}, "/text/text", TOO_LONG.format(151)),
    ("header mrkdwn", {"type": "header", "text": mrkdwn()}, "/text/type", "must be a valid enum value"),
    ("context", {"type": "context", "elements": [plain()] * 11}, "/elements", "no more than 10 items allowed"),
    ("context button", {"type": "context", "elements": [button()]}, "/elements/0/type", "unsupported type: button"),
    ("actions", actions(*[button(action_id=str(n)) for n in range(26)]), "/elements", "no more than 25 items allowed"),
    ("no actions", actions(), "/elements", "no fewer than 1 items allowed"),
    (
        "text input in actions",
        actions({"type": "plain_text_input"}),
        "/elements/0/type",
        "unsupported type: plain_text_input",
    ),
    ("button text", actions(button(text=plain("x" * 76))), "/elements/0/text/text", TOO_LONG.format(76)),
    ("button mrkdwn", actions(button(text=mrkdwn())), "/elements/0/text/type", "must be a valid enum value"),
    ("button value", actions(button(value="x" * 2001)), "/elements/0/value", TOO_LONG.format(2001)),
    ("button url", actions(button(url="x" * 3001)), "/elements/0/url", TOO_LONG.format(3001)),
    ("button style", actions(button(style="default")), "/elements/0/style", "must be a valid enum value"),
    ("button number", actions(button(value=7)), "/elements/0/value", "must provide a string"),
    ("action_id", actions(button(action_id="x" * 256)), "/elements/0/action_id", TOO_LONG.format(256)),
    ("block_id", {"type": "divider", "block_id": "x" * 256}, "/block_id", TOO_LONG.format(256)),
    (
        "option text",
        actions(select(options=[option(text="x" * 76)])),
        "/elements/0/options/0/text/text",
        TOO_LONG.format(76),
    ),
    ("option value", actions(select(options=[option("x" * 151)])), "/elements/0/options/0/value", TOO_LONG.format(151)),
    ("options", actions(select(options=options(101))), "/elements/0/options", "no more than 100 items allowed"),
    ("no options", actions(select(options=[])), "/elements/0/options", "no fewer than 1 items allowed"),
    (
        "both sources",
        actions(select(options=options(1), option_groups=[{"label": plain(), "options": options(1)}])),
        "/elements/0",
        "must define either `options` or `option_groups`, and not both",
    ),
    ("twice", actions(select(options=[option(), option()])), "/elements/0/options", "option values must be unique"),
    (
        "initial",
        actions(select(options=options(2), initial_option=option("9"))),
        "/elements/0/initial_option",
        "`initial_option` must match exactly with an option within `options`",
    ),
    (
        "placeholder",
        actions(select(options=options(1), placeholder=plain("x" * 151))),
        "/elements/0/placeholder/text",
        TOO_LONG.format(151),
    ),
    (
        "overflow",
        actions({"type": "overflow", "options": options(6)}),
        "/elements/0/options",
        "no more than 5 items allowed",
    ),
    (
        "radio",
        actions({"type": "radio_buttons", "options": options(11)}),
        "/elements/0/options",
        "no more than 10 items allowed",
    ),
    (
        "date",
        actions({"type": "datepicker", "initial_date": "2.3.2026"}),
        "/elements/0/initial_date",
        "must be a valid date in the format YYYY-MM-DD",
    ),
    (
        "seconds",
        field({"type": "datetimepicker", "initial_date_time": 17724420}),
        "/element/initial_date_time",
        "must be greater than or equal to 1000000000",
    ),
    ("label", field({"type": "plain_text_input"}, label=plain("x" * 2001)), "/label/text", TOO_LONG.format(2001)),
    ("label mrkdwn", field({"type": "plain_text_input"}, label=mrkdwn()), "/label/type", "must be a valid enum value"),
    ("no label", {"type": "input", "element": {"type": "plain_text_input"}}, "", "missing required field: label"),
    ("button in input", field(button()), "/element/type", "unsupported type: button"),
    (
        "max_length",
        field({"type": "plain_text_input", "max_length": 3001}),
        "/element/max_length",
        "must be less than or equal to 3000",
    ),
    (
        "lengths",
        field({"type": "plain_text_input", "min_length": 9, "max_length": 3}),
        "/element/min_length",
        "must be less than or equal to `max_length`",
    ),
    ("image", {"type": "image", "image_url": "https://x"}, "", "missing required field: alt_text"),
    ("image source", {"type": "image", "alt_text": "x"}, "", "must define either `image_url` or `slack_file`"),
    (
        "confirm",
        actions(button(confirm={"text": plain("x" * 301)})),
        "/elements/0/confirm/text/text",
        TOO_LONG.format(301),
    ),
    ("markdown", {"type": "markdown", "text": "x" * 12_001}, "/text", TOO_LONG.format(12_001)),
    ("rich text", rich({"type": "text"}), "/elements/0/elements/0", "missing required field: text"),
    (
        "table",
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101},
        "/rows",
        "no more than 100 items allowed",
    ),
    (
        "columns",
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        "/rows/0",
        "no more than 20 items allowed",
    ),
    ("null", section(text=None), "/text", "must provide an object"),
    (
        "file of an image",
        {"type": "image", "alt_text": "x", "slack_file": {}},
        "/slack_file",
        "must define either `id` or `url`",
    ),
    ("true for 1", listed(border=True), "/elements/0/border", "must be a valid enum value"),
    ("deep list", listed(indent=9), "/elements/0/indent", "must be less than or equal to 8"),
    ("list of texts", listed(elements=[CELL]), "/elements/0/elements/0/type", ENUM),
    ("link alone", rich({"type": "link"}), "/elements/0/elements/0", "missing required field: url"),
    ("broadcast", rich({"type": "broadcast", "range": "all"}), "/elements/0/elements/0/range", ENUM),
    ("user id", rich({"type": "user", "user_id": "bob"}), "/elements/0/elements/0/user_id", FORMAT),
    ("feedback", {"type": "context_actions", "elements": [button()]}, "/elements/0/type", "unsupported type: button"),
    (
        "six context actions",
        {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}] * 6},
        "/elements",
        "no more than 5 items allowed",
    ),
    (
        "workflow",
        actions({"type": "workflow_button", "text": plain(), "workflow": {}}),
        "/elements/0/workflow",
        "missing required field: trigger",
    ),
    ("video", {**GOOD["video"], "video_url": "http://x"}, "/video_url", "invalid url"),
    ("video title", {**GOOD["video"], "title": plain("x" * 200)}, "/title/text", TOO_LONG.format(200)),
    ("file source", {"type": "file", "external_id": "x", "source": "local"}, "/source", ENUM),
    (
        "number without a kind",
        field({"type": "number_input"}),
        "/element",
        "missing required field: is_decimal_allowed",
    ),
    ("files", field({"type": "file_input", "max_files": 11}), "/element/max_files", "must be less than or equal to 10"),
    (
        "dispatch",
        field({"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": ["blur"]}}),
        "/element/dispatch_action_config/trigger_actions_on/0",
        ENUM,
    ),
    ("half a character", field({"type": "plain_text_input", "max_length": 1.5}), "/element/max_length", WHOLE),
    ("hint", field({"type": "plain_text_input"}, hint=plain("x" * 2001)), "/hint/text", TOO_LONG.format(2001)),
    (
        "time",
        actions({"type": "timepicker", "initial_time": "24:00"}),
        "/elements/0/initial_time",
        "must be a valid time in the format HH:mm",
    ),
    (
        "group label",
        actions(select(option_groups=[{"label": plain("x" * 76), "options": options(1)}])),
        "/elements/0/option_groups/0/label/text",
        TOO_LONG.format(76),
    ),
    (
        "no overflow",
        actions({"type": "overflow", "options": []}),
        "/elements/0/options",
        "no fewer than 1 items allowed",
    ),
    (
        "option mrkdwn",
        actions(select(options=[{"text": mrkdwn(), "value": "v"}])),
        "/elements/0/options/0/text/type",
        ENUM,
    ),
    (
        "alt text",
        {"type": "image", "image_url": "https://x", "alt_text": "x" * 2001},
        "/alt_text",
        TOO_LONG.format(2001),
    ),
    ("image title", {**PICTURE, "title": plain("x" * 2001)}, "/title/text", TOO_LONG.format(2001)),
    ("image url", {**PICTURE, "image_url": "x" * 3001}, "/image_url", TOO_LONG.format(3001)),
    (
        "confirm title",
        actions(button(confirm={"title": plain("x" * 101), "text": plain()})),
        "/elements/0/confirm/title/text",
        TOO_LONG.format(101),
    ),
    (
        "confirm deny",
        actions(button(confirm={"deny": plain("x" * 31), "text": plain()})),
        "/elements/0/confirm/deny/text",
        TOO_LONG.format(31),
    ),
    (
        "accessibility",
        actions(button(accessibility_label="x" * 76)),
        "/elements/0/accessibility_label",
        TOO_LONG.format(76),
    ),
    ("empty card", {"type": "card"}, "", "must define one of `hero_image`, `title`, `actions`, `body`"),
    ("carousel", {"type": "carousel", "elements": [GOOD["divider"]]}, "/elements/0/type", "unsupported type: divider"),
    ("task", {"type": "task_card", "task_id": "1", "title": "x"}, "", "missing required field: status"),
    ("plan", {"type": "plan", "title": "x", "tasks": [1]}, "/tasks/0", "must provide an object"),
    ("uneven data", {**DATA, "rows": [[CELL], [CELL, CELL]]}, "/rows/1", "all rows must have the same number of cells"),
    ("data without rows", {**DATA, "rows": [[CELL]]}, "/rows", "no fewer than 2 items allowed"),
    ("header of data", {**DATA, "rows": [[rich()], [CELL]]}, "/rows/0/0/type", "unsupported type: rich_text"),
    ("box", {"type": "container", "child_blocks": []}, "/child_blocks", "no fewer than 1 items allowed"),
    (
        "box without title",
        {"type": "container", "child_blocks": [GOOD["divider"]]},
        "",
        "must define one of `title`, `rich_text_title`",
    ),
    (
        "box in a box",
        {"type": "container", "title": plain(), "child_blocks": [GOOD["container"]]},
        "/child_blocks/0/type",
        "unsupported type: container",
    ),
]


@pytest.mark.parametrize(("block", "pointer", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_slack_refuses_is_refused_in_its_words(block, pointer, words):
    found = [(problem.pointer, problem.text) for problem in blocks.problems([block], "message")]
    assert (f"/blocks/0{pointer}", words) in found


def test_fifty_blocks_in_a_message_and_a_hundred_in_a_view():
    many = [{"type": "divider"}] * 51
    assert blocks.problems(many, "message")[0].text == "no more than 50 items allowed"
    assert blocks.problems(many, "home") == []
    assert blocks.problems(many * 2, "modal")[0].text == "no more than 100 items allowed"


def test_block_ids_and_action_ids_must_be_unique():
    twice = [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]
    assert blocks.problems(twice, "message")[0].pointer == "/blocks/1/block_id"
    assert blocks.problems([actions(button(), button())], "message")[0].pointer == "/blocks/0/elements/1/action_id"


def test_markdown_blocks_are_counted_together(web, inc, error):
    half = {"type": "markdown", "text": "x" * 6000}
    assert web.chat_postMessage(channel=inc, text="x", blocks=[half, half])["ok"]
    body = error(web.chat_postMessage, channel=inc, text="x", blocks=[half, half, {"type": "markdown", "text": "x"}])
    assert body["error"] == "msg_blocks_too_long"


def test_blocks_of_a_size_that_slack_was_seen_to_refuse_are_noted(slack, web, inc):
    web.chat_postMessage(channel=inc, text="x", blocks=[section(text=mrkdwn("x" * 3000))] * 5)
    assert "msg_blocks_too_long" in slack.violations()[0]["text"]


def test_an_alert_is_for_modals_only():
    block = {"type": "alert", "text": plain(), "level": "warning"}
    assert blocks.problems([block], "modal") == []
    for surface in ("message", "home"):
        assert blocks.problems([block], surface)[0].text == "unsupported type: alert"


def test_ids_are_unique_and_given_inside_containers_and_carousels_too():
    inside = [{"type": "divider", "block_id": "a"}]
    twice = [*inside, {"type": "container", "title": plain(), "child_blocks": inside}]
    assert blocks.problems(twice, "message")[0].pointer == "/blocks/1/child_blocks/0/block_id"
    card = {"type": "card", "title": mrkdwn(), "actions": [{"type": "button", "text": plain()}]}
    made = iter("abcdef")
    whole = blocks.completed([{"type": "carousel", "elements": [card]}], lambda: next(made))
    assert whole[0]["elements"][0]["actions"][0]["action_id"] == "c"
    assert [element["action_id"] for _, element in state.elements(whole)] == ["c"]


@pytest.mark.parametrize("kind", ["markdown", "table"])
def test_some_blocks_are_for_messages_only(kind):
    assert blocks.problems([GOOD[kind]], "modal")[0].text == f"unsupported type: {kind}"


def test_a_file_input_is_for_modals_only():
    block = field({"type": "file_input"})
    assert blocks.problems([block], "modal") == []
    assert blocks.problems([block], "message")[0].text == "unsupported type: file_input"


def view(**more):
    return {"type": "modal", "title": plain(), "blocks": [], **more}


@pytest.mark.parametrize(
    ("given", "pointer", "words"),
    [
        ({"type": "modal", "blocks": []}, "", "missing required field: title"),
        (view(title=plain("x" * 25)), "/title/text", TOO_LONG.format(25)),
        (view(submit=plain("x" * 25)), "/submit/text", TOO_LONG.format(25)),
        (view(close=mrkdwn()), "/close/type", "must be a valid enum value"),
        (view(private_metadata="x" * 3001), "/private_metadata", TOO_LONG.format(3001)),
        (view(callback_id="x" * 256), "/callback_id", TOO_LONG.format(256)),
        (
            view(blocks=[field({"type": "plain_text_input"})]),
            "",
            "must define `submit` to use an `input` block in modals",
        ),
        (view(blocks=[section()]), "/blocks/0", "must define either `text` or `fields`"),
        (view(width="wide"), "", "invalid additional property: width"),
        ({"type": "home", "blocks": []}, "/type", "unsupported type: home"),
    ],
)
def test_a_modal_is_checked_whole(given, pointer, words):
    assert (pointer, words) in [(problem.pointer, problem.text) for problem in views.problems(given, "modal")]


def test_ids_that_an_app_leaves_out_are_given():
    made = iter("abcdef")
    whole = blocks.completed([actions(button(action_id="mine"), {"type": "users_select"})], lambda: next(made))
    assert whole[0]["block_id"] == "a"
    assert [element["action_id"] for element in whole[0]["elements"]] == ["mine", "b"]


def test_a_message_gets_the_error_form_of_slack(web, inc, error):
    body = error(web.chat_postMessage, channel=inc, text="x", blocks=[section(text=mrkdwn("x" * 3001))])
    assert body["error"] == "invalid_blocks"
    assert body["errors"] == [
        "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]
    assert body["response_metadata"]["messages"] == [f"[ERROR] {line}" for line in body["errors"]]


def test_blocks_that_are_no_list_are_of_invalid_format(web, inc, error):
    given = {"channel": inc, "text": "x", "blocks": '"[]"'}
    assert error(web.api_call, "chat.postMessage", json=given)["error"] == "invalid_blocks_format"
