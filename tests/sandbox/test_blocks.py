"""Block Kit: every limit, shape and surface, with Slack's own sentences and pointers (group 9)."""

from __future__ import annotations

import pytest

from sandbox.spec import blocks, views


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
    "alert": {"type": "alert", "text": plain(), "level": "warning"},
    "container": {"type": "container", "child_blocks": [section(text=plain())]},
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD.keys())
def test_what_slack_takes_is_taken(block):
    assert blocks.problems([block], "message") == []


TOO_LONG = "must be less than {} characters"
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
        "does not match the required format",
    ),
    (
        "seconds",
        field({"type": "datetimepicker", "initial_date_time": 17724420}),
        "/element/initial_date_time",
        "must be greater than or equal to 1e+09",
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


def test_markdown_blocks_are_counted_together():
    found = blocks.problems([{"type": "markdown", "text": "x" * 6001}] * 2, "message")
    assert "together" in found[0].text


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
