"""What the page says when something does not work: once, in a place where it covers nothing, and not for longer than it is true."""

from __future__ import annotations

from tests.sandbox_page.test_modals import form, name, opens

COVERS = "document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)"


def cut(slack, tabs):
    """A page whose connection can be cut, and its connections so far."""
    page, lines = tabs(), []

    def between(socket):
        socket.connect_to_server()
        lines.append(socket)

    page.page.context.route_web_socket("**/page/live", between)
    page.open(f"{slack.url}/#u={slack.see.user('aino')['id']}&c={slack.see.channel('inc')['id']}")
    return page, lines


def test_that_the_local_slack_is_away_is_no_longer_said_when_it_is_back(slack, tabs):
    page, lines = cut(slack, tabs)
    lines[0].close()
    page.see(".notice.bad", "not reachable")
    page.see(".notice", "Connected again")
    page.gone(".notice.bad")


def test_a_notice_covers_no_button_that_sends_and_goes_by_itself(page, slack):
    page.page.clock.install()
    page.reload()
    page.refuses("act/direct")
    page.page.route("**/act/direct", lambda route: route.fulfill(status=400, json={"reason": "that went wrong"}))
    page.click(".room", "helper")
    box = page.see(".notice.bad", "that went wrong").bounding_box()
    send = page.see(".composer .send").bounding_box()
    assert box["y"] + box["height"] < send["y"]
    page.page.clock.run_for(11_000)
    page.gone(".notice")


def test_the_trouble_of_a_form_stands_above_its_buttons(page, bolt):
    opens(bolt, form(name(), callback="nobody"))
    page.write(".composer-field", "/form")
    page.see(".modal input")
    page.type("x")
    high = page.see(".modal-foot .primary").bounding_box()["height"]
    page.press("Enter")
    error = page.see(".modal-foot .error", "trouble").bounding_box()
    for button in page.all(".modal-foot button").all():
        box = button.bounding_box()
        assert error["y"] + error["height"] <= box["y"]
        assert box["height"] == high


def test_what_cannot_be_sent_stays_in_the_field_below_a_plain_sentence(page):
    page.refuses("act/post")
    page.page.route("**/act/post", lambda route: route.abort())
    page.write(".composer-field", "do not lose me")
    page.see(".composer-alert", "The local Slack cannot be reached just now; try again in a moment.")
    page.focused("one.value === 'do not lose me'")


def test_a_form_in_two_tabs_sends_what_is_seen_in_the_one_that_sends(visit, slack, bolt):
    sent = []

    @bolt.view("form")
    def view(ack, view):
        sent.append(view["state"]["values"]["name"]["name"]["value"])
        ack()

    opens(bolt, form(name()))
    one = visit()
    one.write(".composer-field", "/form")
    one.see(".modal input")
    with one.answering("act/fill"):
        one.type("from a")
    other = visit()
    field = other.see(".modal input")
    with other.answering("act/fill"):
        field.fill("from c")
    assert one.last(".modal input").input_value() == "from a"
    one.click(".modal .primary")
    one.gone(".modal[open]")
    assert sent == ["from a"]
