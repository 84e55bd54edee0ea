"""Where the focus is and where it goes back to: with real keys only, from the field to the messages, into them, and back."""

from __future__ import annotations

import pytest

from tests.sandbox_page.gallery import plain

LINK = "see https://grafana.example/d/7"


@pytest.mark.parametrize("key", ["F6", "Shift+Tab"])
def test_one_key_leads_from_the_field_to_the_messages_whose_keys_work_there(page, slack, key):
    slack.act.post("ben", "inc", LINK)
    page.see(".message", LINK)
    page.focused("one.matches('.composer-field')")
    page.press(key)
    page.focused("one.matches('.message') && one.innerText.includes('grafana.example/d/7')")
    page.press("ArrowUp")
    page.focused("one.matches('.message') && one.innerText.includes('back up')")
    page.press("t")
    page.focused("one.closest('.side') && one.matches('.composer-field') && one.value === ''")
    page.press("Escape")
    page.gone(".side h2")
    page.focused("one.matches('.message') && one.innerText.includes('back up')")


def test_the_messages_are_one_stop_of_the_tab_key(page, slack):
    slack.act.post("ben", "inc", LINK)
    page.see(".message", LINK)
    page.press("Shift+Tab")
    page.focused("one.matches('.message')")
    page.press("Shift+Tab")
    page.focused("one.closest('.channel-head')")
    page.press("Tab")
    page.focused("one.matches('.message')")
    page.press("Escape")
    page.focused("one.matches('.center .composer-field')")


def test_enter_goes_into_a_message_and_its_keys_work_on_a_link_too(page, slack):
    slack.act.post("ben", "inc", LINK)
    page.see(".message", LINK)
    page.press("Shift+Tab")
    page.press("Enter")
    page.focused("one.matches('a') && one.href.includes('grafana')")
    page.press("m")
    page.see(".menu .option", "Reply in thread")
    page.press("Escape")
    page.gone(".menu")
    page.press("ArrowUp")
    page.focused("one.matches('.message') && one.innerText.includes('back up')")
    page.press("ArrowDown")
    page.press("Enter")
    page.press("r")
    page.focused("one.matches('[type=search]') && one.value === ''")
    page.type("rocket")
    page.press("Enter")
    page.see(".message .reaction")
    page.focused("one.closest('.message')?.innerText.includes('grafana.example/d/7')")


def test_the_focus_comes_back_to_the_button_of_a_message_that_was_drawn_anew_under_its_modal(page, slack, web, bolt):
    channel = slack.see.channel("inc")["id"]
    button = {"type": "button", "action_id": "go", "text": plain("Go on")}
    rows = [{"type": "actions", "block_id": "row", "elements": [button]}]
    ts = web.chat_postMessage(channel=channel, text="x", blocks=rows)["ts"]

    @bolt.action("go")
    def opened(ack, body, client):
        ack()
        view = {"type": "modal", "callback_id": "f", "title": plain("Form"), "blocks": rows}
        client.views_open(trigger_id=body["trigger_id"], view=view)
        client.chat_update(channel=channel, ts=ts, text="x", blocks=[{"type": "divider"}, *rows])

    page.see(".message .button", "Go on")
    page.press("Shift+Tab")
    page.press("Enter")
    page.focused("one.innerText === 'Go on'")
    page.press("Enter")
    page.see(".modal h2", "Form")
    page.see(".message hr")
    page.press("Escape")
    page.gone(".modal[open]")
    page.focused("one.innerText === 'Go on' && one.closest('.message')")


def test_after_a_conversation_was_chosen_one_types_into_its_field(page):
    page.click(".room", "general")
    page.focused("one.matches('.composer-field') && one.placeholder === 'Message #general'")
    page.see(".room.here", "general")  # the list is drawn a frame later
    page.press("F6")
    page.press("F6")
    page.focused("one.matches('.room.here')")
    page.press("Tab")
    page.press("Enter")
    page.see("h1", "hidden")
    page.focused("one.matches('.composer-field')")
    page.type("typed at once")
    page.focused("one.matches('.composer-field') && one.value === 'typed at once'")
