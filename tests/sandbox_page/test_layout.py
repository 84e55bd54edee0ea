"""The page in a narrow window, in the dark, and for those who do not see it or do not use a mouse."""

from __future__ import annotations

import pytest

from tests.sandbox_page import gallery

OVERFLOW = """(() => {
    const box = document.querySelector(".messages");
    return document.documentElement.scrollWidth > innerWidth || box.scrollWidth > box.clientWidth + 1;
})()"""


def luminance(colour):
    red, green, blue = (int(part) / 255 for part in colour.split("(")[1].rstrip(")").split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_readers_preference_and_words_can_be_read(visit, scheme):
    page = visit(color_scheme=scheme)
    ground, ink = luminance(page.style("body", "backgroundColor")), luminance(page.style("body", "color"))
    assert (ground > 0.8) is (scheme == "light")
    assert abs(ground - ink) > 0.6


def test_in_a_narrow_window_the_conversations_are_a_drawer(visit):
    page = visit(width=420)
    page.gone(".room", "general")
    page.page.get_by_role("button", name="Conversations").click()
    page.focused("one.matches('.room.here')")
    page.press("Escape")
    page.gone(".room", "general")
    page.focused("one.matches('.drawer-button')")
    page.press("Enter")
    page.click(".room", "general")
    page.see("h1", "general")
    page.gone(".room", "general")


def test_in_a_narrow_window_a_thread_covers_the_conversation_and_can_be_left(visit):
    page = visit(width=420)
    page.click(".replies", "1 reply")
    page.see(".side .message", "why?")
    page.page.get_by_role("button", name="Close thread").click()
    page.see(".center .message", "back up")


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_nothing_is_wider_than_the_window(visit, slack, web, width):
    page = visit(width=width)
    page.serves(gallery.PICTURE, gallery.GRAPH, "image/svg+xml")
    for blocks in gallery.message():
        web.chat_postMessage(channel=slack.see.channel("inc")["id"], text="all", blocks=blocks)
    slack.act.post("ben", "inc", "a" * 300)
    page.see(".message", "aaaa")
    assert page.run(OVERFLOW) is False


def test_the_parts_of_the_page_and_of_a_message_have_roles_and_names(page):
    get = page.page.get_by_role
    for role, name in (("navigation", "Conversations"), ("main", "Conversation"), ("log", "Messages")):
        assert get(role, name=name).count() == 1
    assert get("textbox", name="Message #inc").count() == 1
    assert get("article", name="Ben, 11:01").count() == 1
    assert get("link", name="inc").get_attribute("aria-current") == "page"
    assert get("button", name="Acting as aino").count() == 1


def test_the_focus_stays_inside_a_modal_and_comes_back_when_it_closes(page, bolt):
    @bolt.command("/form")
    def form(ack, body, client):
        ack()
        client.views_open(
            trigger_id=body["trigger_id"], view=gallery.modal() | {"blocks": gallery.inputs(gallery.TYPED)}
        )

    page.write(".composer-field", "/form")
    page.focused("one.closest('.modal') && one.matches('input')")
    for key in ["Tab"] * 14 + ["Shift+Tab"] * 16:
        page.press(key)
        assert page.run("document.activeElement === document.body || !!document.activeElement.closest('.modal')")
    page.press("Escape")
    page.gone(".modal[open]")
    page.focused("one.matches('.composer-field')")


def test_every_field_of_a_form_has_its_label_its_hint_and_its_error(page, bolt):
    @bolt.command("/form")
    def form(ack, body, client):
        ack()
        rows = gallery.inputs([*gallery.TYPED, *gallery.SELECTS, *gallery.PICKERS])
        client.views_open(
            trigger_id=body["trigger_id"],
            view=gallery.modal() | {"blocks": [{**rows[0], "optional": False}, *rows[1:]]},
        )

    page.refuses("act/submit")
    page.write(".composer-field", "/form")
    for one in [*gallery.TYPED, *gallery.SELECTS, *gallery.PICKERS[2:]]:
        assert page.page.get_by_label(f"The {one['action_id']}").first.get_attribute("aria-describedby")
    assert page.page.get_by_role("group", name="The checks").count() >= 1
    page.click(".modal .primary", "Send")
    page.see(".error", "Please complete")
    field = page.page.get_by_label("The line").first
    assert field.get_attribute("aria-invalid") == "true"
    assert "error" in field.get_attribute("aria-describedby")
    page.focused("one.getAttribute('aria-invalid') === 'true'")
