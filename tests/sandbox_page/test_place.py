"""Where the reader is stays in the address: a reload, a permalink, the back button and another user lead to the right place."""

from __future__ import annotations


def test_a_reload_keeps_user_channel_thread_and_inspector(visit, slack):
    page = visit("ben", "inc")
    page.click(".replies", "1 reply")
    page.click("[data-inspector=toggle]")
    page.see(".inspector-head")
    page.reload()
    page.see(".switcher", "Ben")
    page.see("h1", "inc")
    page.see(".side h2", "Thread")
    page.see(".inspector-head")


def test_a_draft_survives_a_reload_and_belongs_to_its_channel(page):
    page.click(".composer-field")
    page.type("not yet sent")
    page.reload()
    page.until("document.querySelector('.composer-field').value === 'not yet sent'")
    page.click(".room", "general")
    page.see("h1", "general")
    assert page.run("document.querySelector('.composer-field').value") == ""


def test_the_back_button_goes_back(page):
    page.click(".room", "general")
    page.see("h1", "general")
    page.run("history.back()")
    page.see("h1", "inc")


def test_a_permalink_opens_the_page_at_the_message(slack, tabs, web):
    inc = slack.see.channel("inc")["id"]
    first, reply = slack.see.messages("inc")[:2]
    for message, selector in ((first, ".center .message.lit"), (reply, ".side .message.lit")):
        link = web.chat_getPermalink(channel=inc, message_ts=message["ts"])["permalink"]
        page = tabs()
        page.open(link)
        page.see(selector)
        assert page.run(f"document.querySelector('{selector}').dataset.ts") == message["ts"]


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


def test_what_was_missed_while_the_connection_was_cut_is_there_when_it_is_back(slack, tabs):
    page, cut = tabs(), []

    def between(socket):
        socket.connect_to_server()
        cut.append(socket)

    page.page.context.route_web_socket("**/page/live", between)
    page.open(f"{slack.url}/#u={slack.see.user('aino')['id']}&c={slack.see.channel('inc')['id']}")
    cut[0].close()
    page.see(".notice.bad", "not reachable")
    slack.act.post("ben", "inc", "in the gap")
    page.see(".notice", "Connected again")
    page.see(".message", "in the gap")
    assert len(cut) == 2


def test_two_pages_of_two_people_see_each_other_at_once(visit, slack):
    one, other = visit("aino"), visit("ben")
    one.write(".composer-field", "ping")
    other.see(".message", "ping")
    other.write(".composer-field", "pong @aino")
    one.see(".mention.me", "@aino")
