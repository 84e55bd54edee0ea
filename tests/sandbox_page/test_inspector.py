"""The inspector: calls and deliveries as they happen, and what is wrong in red."""

from __future__ import annotations


def test_a_call_and_its_violation_are_shown_at_once_with_what_was_sent(page, slack, web):
    page.click("[data-inspector=toggle]")
    page.see(".inspector-head")
    web.api_call("chat.postMessage", json={"channel": slack.see.channel("inc")["id"], "text": "hi", "colour": "red"})
    page.see(".log-row.bad", "unknown argument colour")
    page.see(".tally .bad", "with problems")
    page.click(".log-row.bad", "chat.postMessage")
    page.see(".detail .json-string", '"hi"')
    page.see(".detail h3", "Answer")
    assert page.style(".log-row.bad .log-state", "color") == "rgb(179, 38, 30)"


def test_a_delivery_shows_its_payload_what_the_app_answered_and_how_long_it_took(page, slack, bolt):
    @bolt.command("/form")
    def command(ack):
        ack("here you are")

    page.click("[data-inspector=toggle]")
    page.write(".composer-field", "/form please")
    page.see(".message.whisper", "here you are")
    page.see(".log-row.delivery", "ms")
    page.click(".log-row.delivery", "/form")
    page.see(".detail", '"please"')
    page.see(".detail", "here you are")


def test_an_error_is_red_and_the_problems_can_be_looked_at_alone(page, slack, web):
    page.click("[data-inspector=toggle]")
    for method in ("auth.test", "no.such"):
        web.api_call(method) if method == "auth.test" else slack.wait_until(lambda: refused(web))
    page.see(".log-row.bad", "unknown_method")
    page.click(".inspector .tab", "Problems")
    page.gone(".log-row", "auth.test")
    page.see(".log-row.bad", "no.such")


def refused(web):
    try:
        web.api_call("no.such")
    except Exception as error:  # noqa: BLE001
        return str(error)


def test_what_happened_before_the_page_was_opened_is_there_too(visit, slack, web):
    web.api_call("auth.test")
    page = visit("aino", "inc", "&i=1")
    page.see(".log-row", "auth.test")
    page.click(".inspector-head .input")
    page.type("nothing like that")
    page.gone(".log-row")


def test_a_command_that_nobody_answers_is_told_where_it_was_typed(page):
    page.refuses("act/command")
    page.write(".composer-field", "/form")
    page.see(".composer-alert", "dispatch_failed")
    page.click("[data-inspector=toggle]")
    page.see(".log-row.bad", "not_connected")
    page.write(".composer-field", "/nonsense")
    page.see(".composer-alert", "/nonsense is not a valid command.")


def test_the_rows_are_walked_with_the_keyboard_and_filtered_by_their_kind(page, slack, web):
    page.click("[data-inspector=toggle]")
    web.auth_test()
    slack.act.post("ben", "inc", "an event")
    page.see(".log-row.call", "auth.test")
    page.see(".log-row.delivery", "message")
    page.click(".inspector .tab", "Deliveries")
    page.gone(".log-row", "auth.test")
    page.click(".inspector .tab", "Calls")
    page.gone(".log-row", "message")
    page.last(".log").focus()
    page.press("ArrowUp")
    page.see(".detail h2", "auth.test")
