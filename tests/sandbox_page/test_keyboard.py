"""The page without a mouse."""

from __future__ import annotations


def test_a_message_is_written_mentioned_and_sent_with_the_keyboard_alone(page, slack):
    page.focused("one.matches('.composer-field')")
    page.type("hello @be")
    page.see(".popup .option.lit", "Ben")
    page.press("Enter")
    page.until("document.activeElement.value === 'hello @ben '")
    page.type("and")
    page.press("Shift+Enter")
    page.type("all")
    page.press("Enter")
    page.see(".message .mention", "@Ben")
    assert slack.see.messages("inc")[-1]["text"].endswith("> and\nall")
    page.focused("one.matches('.composer-field') && one.value === ''")


def test_arrows_choose_in_the_suggestions_and_escape_closes_them(page):
    page.type(":thu")
    page.see(".popup .option.lit", ":thumbsup:")
    page.press("ArrowDown")
    page.see(".popup .option.lit", ":thumbsdown:")
    page.press("Escape")
    page.gone(".popup")
    page.until("document.activeElement.value === ':thu'")


def test_messages_are_walked_with_arrows_and_their_menu_opens_with_a_key(page, slack):
    page.run("document.querySelector('.center .messages').focus()")
    page.press("ArrowUp")
    page.focused("one.innerText.includes('back up')")
    page.press("ArrowUp")
    page.focused("one.innerText.includes('This message was deleted')")
    page.press("ArrowDown")
    page.press("m")
    page.see(".menu .option", "Reply in thread")
    page.press("Enter")
    page.see(".side h2", "Thread")
    page.focused("one.closest('.side') && one.matches('textarea')")
    page.press("Escape")
    page.gone(".side h2")


def test_the_user_is_switched_with_the_keyboard(page):
    page.press("Control+k")
    page.see(".dialog h2", "Act as")
    page.type("ben")
    page.press("Enter")
    page.see(".switcher", "Ben")


def test_escape_closes_a_dialog_and_gives_the_focus_back(page):
    page.run("document.querySelector('.switcher').focus()")
    page.press("Enter")
    page.see(".dialog")
    page.press("Escape")
    page.gone(".dialog")
    page.focused("one.matches('.switcher')")


def test_everything_that_can_be_pressed_has_a_name_and_the_focus_can_be_seen(page):
    page.click(".replies", "1 reply")
    page.see(".side h2", "Thread")
    page.click("[data-inspector=toggle]")
    page.see(".inspector-head")
    script = """[...document.querySelectorAll('button, a[href], input, textarea')].filter((one) => one.getClientRects().length)
        .filter((one) => !(one.innerText || '').trim() && !one.getAttribute('aria-label') && !one.title && !(one.labels || []).length
            && !one.querySelector('[aria-label], img[alt]')).map((one) => one.outerHTML)"""
    assert page.run(script) == []
    page.press("Tab")
    assert (
        page.run(
            "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow"
        )
        != "nonenone"
    )
