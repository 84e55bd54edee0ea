"""Where the reader is stays in the address: a reload, a permalink, the back button and another user lead to the right place."""

from __future__ import annotations


def ready(page):
    page.until("document.documentElement.dataset.live === 'yes' && !!document.querySelector('.message')")


def test_a_reload_keeps_user_channel_thread_and_inspector(visit, slack):
    page = visit("ben", "inc")
    page.click(".replies", "1 reply")
    page.click("[data-inspector=toggle]")
    page.see(".inspector-head")
    page.call("Page.reload")
    ready(page)
    page.see(".switcher", "Ben")
    page.see("h1", "inc")
    page.see(".side h2", "Thread")
    page.see(".inspector-head")


def test_a_draft_survives_a_reload_and_belongs_to_its_channel(page):
    page.click(".composer-field")
    page.type("not yet sent")
    page.call("Page.reload")
    ready(page)
    page.until("document.querySelector('.composer-field').value === 'not yet sent'")
    page.click(".room", "general")
    page.see("h1", "general")
    assert page.run("document.querySelector('.composer-field').value") == ""


def test_the_back_button_goes_back(page):
    page.click(".room", "general")
    page.see("h1", "general")
    page.run("history.back()")
    page.see("h1", "inc")


def test_a_permalink_opens_the_page_at_the_message(slack, browser, web):
    inc = slack.see.channel("inc")["id"]
    first, reply = slack.see.messages("inc")[:2]
    for message, selector in ((first, ".center .message.lit"), (reply, ".side .message.lit")):
        link = web.chat_getPermalink(channel=inc, message_ts=message["ts"])["permalink"]
        page = browser.page()
        page.open(link)
        page.see(selector)
        assert page.run(f"document.querySelector('{selector}').dataset.ts") == message["ts"]
        assert page.complaints == []


def test_a_permalink_inside_a_message_is_followed_without_leaving(visit, slack, web):
    link = web.chat_getPermalink(channel=slack.see.channel("inc")["id"], message_ts=slack.see.messages("inc")[0]["ts"])[
        "permalink"
    ]
    slack.act.post("ben", "general", f"see {link}")
    page = visit("aino", "general")
    page.run("window.same = true")
    page.click(".message a", "/archives/")
    page.see("h1", "inc")
    page.see(".message.lit")
    assert page.run("window.same") is True


def test_somebody_else_sees_other_conversations(visit, slack):
    page = visit("aino", "hidden")
    page.see(".message", "a secret")
    page.click(".switcher")
    page.click(".people .option", "Ben")
    page.see(".switcher", "Ben")
    page.gone(".room", "hidden")
    page.gone(".message", "a secret")


def test_the_page_comes_back_when_the_sandbox_was_away(page, slack):
    page.run("window.before = WebSocket.prototype.close; 1")
    page.call("Network.enable")
    page.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=-1, uploadThroughput=-1)
    page.call("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)
    slack.act.post("ben", "inc", "after the gap")
    page.see(".message", "after the gap")


def test_two_pages_of_two_people_see_each_other_at_once(visit, slack):
    one, other = visit("aino"), visit("ben")
    one.write(".composer-field", "ping")
    other.see(".message", "ping")
    other.write(".composer-field", "pong @aino")
    one.see(".mention.me", "@aino")
