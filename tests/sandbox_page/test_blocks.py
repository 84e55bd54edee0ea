"""Every block and every element is drawn on every surface that takes it, and works."""

from __future__ import annotations

import pytest

from sandbox.spec import blocks as rules
from sandbox.spec import elements
from tests.sandbox_page import gallery


def kinds(node):
    """Every `type` inside."""
    if isinstance(node, list):
        return {kind for one in node for kind in kinds(one)}
    if isinstance(node, dict):
        return {str(node.get("type"))} | {kind for one in node.values() for kind in kinds(one)}
    return set()


def test_the_gallery_has_every_block_and_every_element_that_the_rules_know():
    shown = kinds([*gallery.message(), gallery.modal(), gallery.home()])
    wanted = {*rules.BLOCKS, *elements.SELECTS, *elements.MULTI_SELECTS, *elements.PICKERS, *elements.TEXT_INPUTS}
    assert {
        *wanted,
        "button",
        "workflow_button",
        "overflow",
        "file_input",
        "feedback_buttons",
        "icon_button",
        "image",
    } <= shown


@pytest.fixture
def page(page):
    page.serves(gallery.PICTURE, gallery.GRAPH, "image/svg+xml")
    return page


def test_every_block_of_a_message_is_drawn(page, slack, web):
    channel = slack.see.channel("inc")["id"]
    for blocks in gallery.message():
        web.chat_postMessage(channel=channel, text="all", blocks=blocks)
    page.see(".block-file")
    drawn = set(
        page.run("[...document.querySelectorAll('.message .block')].map((one) => one.className.split('block-')[1])")
    )
    assert set(rules.BLOCKS) - rules.MODAL_ONLY <= drawn
    page.gone(".unknown")
    page.see(".block-section strong", "bold")
    page.see(".block-section .list .item", "first")
    page.see(".block-section pre", "fence")
    page.see(".block-markdown th", "a")
    page.until("document.querySelector('.block-image img').naturalWidth > 0")


def test_every_input_of_a_modal_is_drawn(page, slack, bolt):
    @bolt.command("/form")
    def form(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=gallery.modal())

    page.write(".composer-field", "/form")
    page.see(".modal h2", "Everything")
    page.see(".modal .block-alert", "This is warning")
    page.gone(".unknown")
    for one in [*gallery.TYPED, *gallery.SELECTS, *gallery.PICKERS, gallery.FILE]:
        page.see(".modal .field-row", f"The {one['action_id']}")
    page.press("Escape")
    page.gone(".modal[open]")
    assert slack.see.modals("aino") == []


def test_every_block_of_a_home_tab_is_drawn_and_a_button_in_it_reaches_the_app(page, slack, web, bolt):
    pressed = []

    @bolt.event("app_home_opened")
    def opened(event, client):
        client.views_publish(user_id=event["user"], view=gallery.home())

    @bolt.action("button")
    def button(ack, body):
        ack()
        pressed.append(body["view"]["type"])

    page.click(".room", "Helper")
    page.click(".tab", "Home")
    page.see(".home .block-header", "Header")
    page.gone(".unknown")
    page.click(".home .button", "Press me")
    page.wait_for(lambda: pressed == ["home"])


def test_what_is_not_known_is_shown_loudly(visit):
    page = visit("aino", "future")
    for words in (
        "unknown block: hologram",
        "unknown element: lever",
        "unknown rich text: smell",
        "unknown rich text: rich_text_poem",
    ):
        page.see(".unknown", words)
    page.see(".unknown pre", "<img src=x>")
    assert page.style(".unknown", "borderStyle") == "dashed"


@pytest.mark.parametrize(
    ("element", "option", "key", "value"),
    [
        (gallery.SELECTS[0], "Option b", "selected_option", "b"),
        (gallery.SELECTS[1], "Option a", "selected_option", "a"),
        (gallery.SELECTS[3], "cho", "selected_user", "cho"),
        (gallery.SELECTS[5], "general", "selected_channel", "general"),
    ],
    ids=["static", "grouped", "users", "channels"],
)
def test_a_menu_in_a_message_tells_the_app_what_was_chosen(page, slack, web, bolt, element, option, key, value):
    chosen = []

    @bolt.action(element["action_id"])
    def heard(ack, action):
        ack()
        chosen.append(action[key])

    channel = slack.see.channel("inc")["id"]
    web.chat_postMessage(channel=channel, text="x", blocks=[{"type": "actions", "elements": [element]}])
    page.click(".block-actions .combobox input")
    page.click(".popup .option", option)
    page.wait_for(lambda: chosen)
    named = {"cho": slack.see.user("cho")["id"], "general": slack.see.channel("general")["id"]}
    got = chosen[0]["value"] if isinstance(chosen[0], dict) else chosen[0]
    assert got == named.get(value, value)


def test_a_question_is_asked_before_a_dangerous_button_acts(page, slack, web, bolt):
    pressed = []

    @bolt.action("danger")
    def heard(ack, action):
        ack()
        pressed.append(action["action_id"])

    channel = slack.see.channel("inc")["id"]
    web.chat_postMessage(channel=channel, text="x", blocks=[{"type": "actions", "elements": gallery.BUTTONS}])
    page.click(".block-actions .danger")
    page.click(".dialog .button", "No")
    page.gone(".dialog")
    page.click(".block-actions .danger")
    page.see(".dialog strong", "really")
    page.click(".dialog .button", "Yes, do")
    page.wait_for(lambda: pressed == ["danger"])


def test_options_of_an_external_menu_come_from_the_app(page, slack, web, bolt):
    chosen = []

    @bolt.options("external")
    def options(ack, payload):
        ack(options=[gallery.option(payload["value"] + "!")])

    @bolt.action("external")
    def heard(ack, action):
        ack()
        chosen.append(action["selected_option"]["value"])

    channel = slack.see.channel("inc")["id"]
    web.chat_postMessage(channel=channel, text="x", blocks=[{"type": "actions", "elements": [gallery.SELECTS[2]]}])
    page.click(".block-actions .combobox input")
    page.type("abc")
    page.click(".popup .option", "Option abc!")
    page.wait_for(lambda: chosen == ["abc!"])
