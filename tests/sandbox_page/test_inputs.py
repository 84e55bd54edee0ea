"""Every kind of input, used by hand: what the app is told of it, and when."""

from __future__ import annotations

import pytest

from tests.sandbox_page import gallery
from tests.sandbox_page.gallery import plain

EVERY = {one["action_id"]: one for one in [*gallery.TYPED, *gallery.SELECTS, *gallery.PICKERS]}


@pytest.fixture
def form(page, bolt):
    """Opens a form with these blocks, and gives the list that what is sent ends up in."""

    def opens(*blocks):
        sent = []

        @bolt.command("/form")
        def command(ack, body, client):
            ack()
            view = {"type": "modal", "callback_id": "all", "title": plain("Form"), "submit": plain("Send")}
            client.views_open(trigger_id=body["trigger_id"], view={**view, "blocks": list(blocks)})

        @bolt.view("all")
        def view(ack, view):
            sent.append({key: next(iter(value.values())) for key, value in view["state"]["values"].items()})
            ack()

        @bolt.options({"action_id": "externals"})
        def options(ack, payload):
            ack(options=[gallery.option(f"{payload['value']}-{at}") for at in (1, 2)])

        page.write(".composer-field", "/form")
        page.see(".modal h2", "Form")
        return sent

    return opens


def sends(page, sent):
    page.click(".modal .primary")
    page.gone(".modal[open]")
    return sent[0]


def test_the_five_menus_of_many_take_several_and_give_them_back(page, slack, form):
    names = ["statics", "externals", "users", "conversations", "channels"]
    sent = form(*gallery.inputs([EVERY[name] for name in names]))
    for option in ("Option a", "Option b"):
        page.choose("The statics", option)
    page.labelled("The externals").click()
    page.type("x")
    page.click(".popup .option", "Option x-2")
    for name in ("Ben", "cho"):
        page.choose("The users", name)
    page.choose("The conversations", "hidden")
    page.choose("The channels", "general")
    page.choose("The channels", "inc")
    page.page.get_by_role("button", name="Remove # inc").click()
    page.labelled("The users").click()
    page.press("Backspace")
    got = sends(page, sent)
    assert [one["value"] for one in got["in-statics"]["selected_options"]] == ["a", "b"]
    assert [one["value"] for one in got["in-externals"]["selected_options"]] == ["x-2"]
    assert got["in-users"]["selected_users"] == [slack.see.user("ben")["id"]]
    assert got["in-conversations"]["selected_conversations"] == [slack.see.channel("hidden")["id"]]
    assert got["in-channels"]["selected_channels"] == [slack.see.channel("general")["id"]]


def test_no_more_is_chosen_than_may_be(page, form):
    few = {**EVERY["statics"], "options": [gallery.option(str(at)) for at in range(3)]}
    form(*gallery.inputs([few]))
    for at in range(2):
        page.choose("The statics", f"Option {at}")
    page.labelled("The statics").click()
    page.click(".popup .option", "Option 2")
    page.see(".popup", "2 at most")


@pytest.mark.parametrize(
    ("name", "wrong", "sentence", "right"),
    [
        ("email", "nobody", "valid email", "a@b.example"),
        ("url", "nowhere", "valid URL", "https://a.example"),
        ("number", "12", "9 or less", "7"),
        ("number", "1.5", "whole number", "1"),
    ],
)
def test_what_the_client_does_not_let_through_is_said_below_the_field(page, form, name, wrong, sentence, right):
    page.refuses("act/submit")
    sent = form(*gallery.inputs([EVERY[name]]))
    page.set(f"The {name}", wrong)
    page.click(".modal .primary")
    page.see(".modal .error", sentence)
    page.set(f"The {name}", right)
    assert sends(page, sent)[f"in-{name}"]["value"] == right


def test_a_time_stands_in_the_readers_zone_or_in_the_one_of_the_element(page, form):
    there = {**EVERY["time"], "action_id": "there", "timezone": "America/New_York"}
    form(*gallery.inputs([EVERY["time"], there, EVERY["datetime"]]))
    rows = page.texts(".modal .field-row")
    assert ["Helsinki" in row for row in rows] == [True, False, True]
    assert "America/New_York" in rows[1]
    assert page.labelled("The datetime").input_value() == "2026-03-02T11:00"


def test_what_is_left_of_a_short_text_is_counted(page, form):
    form(*gallery.inputs([{**EVERY["line"], "max_length": 10}]))
    page.labelled("The line").press_sequentially("twelve words")
    page.see(".modal .left", "0")
    assert page.labelled("The line").input_value() == "twelve wor"


@pytest.mark.parametrize(
    ("moments", "heard"),
    [(["on_enter_pressed"], ["abc"]), (["on_character_entered"], ["a", "ab", "abc"])],
    ids=["enter", "character"],
)
def test_a_field_that_dispatches_tells_the_app_while_the_form_is_open(page, bolt, form, moments, heard):
    typed = []

    @bolt.action("line")
    def line(ack, action):
        ack()
        typed.append(action["value"])

    element = {**EVERY["line"], "dispatch_action_config": {"trigger_actions_on": moments}}
    form({**gallery.inputs([element])[0], "dispatch_action": True})
    page.labelled("The line").press_sequentially("abc", delay=40)
    if moments == ["on_enter_pressed"]:
        page.press("Enter")  # Elsewhere that key sends the form.
    page.wait_for(lambda: typed == heard, str(typed))
    page.see(".modal h2", "Form")


@pytest.mark.parametrize("name", ["date", "checks", "radio", "users"])
def test_a_choice_in_an_actions_block_is_told_at_once(page, slack, web, bolt, name):
    told = []

    @bolt.action(name)
    def heard(ack, action):
        ack()
        told.append({key: value for key, value in action.items() if key.startswith("selected")})

    channel = slack.see.channel("inc")["id"]
    web.chat_postMessage(channel=channel, text="x", blocks=[{"type": "actions", "elements": [EVERY[name]]}])
    if name == "date":
        page.page.locator(".block-actions input").fill("2026-05-04")
        wanted = {"selected_date": "2026-05-04"}
    elif name == "users":
        page.click(".block-actions .combobox input")
        page.click(".popup .option", "cho")
        wanted = {"selected_users": [slack.see.user("cho")["id"]]}
    else:
        page.click(".block-actions .choice", "Option a")
        option = EVERY[name]["options"][0]
        wanted = {"selected_options": [option]} if name == "checks" else {"selected_option": option}
    page.wait_for(lambda: told, name)
    assert set(told[0]) == set(wanted)
    assert "a" in str(told[0]) if name in ("checks", "radio") else told[0] == wanted


def test_the_three_dots_offer_their_options_and_tell_which_was_taken(page, slack, web, bolt):
    told = []

    @bolt.action("overflow")
    def heard(ack, action):
        ack()
        told.append(action["selected_option"]["value"])

    accessory = {**gallery.BUTTONS[-1], "confirm": gallery.CONFIRM}
    section = {"type": "section", "text": plain("x"), "accessory": accessory}
    web.chat_postMessage(channel=slack.see.channel("inc")["id"], text="x", blocks=[section])
    page.page.locator(".block-section button").last.click()
    page.click(".menu .option", "Option b")
    page.click(".dialog .button", "Yes, do")
    page.wait_for(lambda: told == ["b"])


def test_a_choice_that_is_taken_back_when_asked_tells_nobody(page, slack, web, bolt):
    told = []

    @bolt.action("static")
    def heard(ack, action):
        ack()
        told.append(action)

    element = {**EVERY["static"], "confirm": gallery.CONFIRM}
    blocks = [{"type": "actions", "elements": [element]}]
    web.chat_postMessage(channel=slack.see.channel("inc")["id"], text="x", blocks=blocks)
    page.click(".block-actions .combobox input")
    page.click(".popup .option", "Option b")
    page.click(".dialog .button", "No")
    page.gone(".dialog")
    assert page.last(".block-actions .combobox input").input_value() == ""
    assert told == []
