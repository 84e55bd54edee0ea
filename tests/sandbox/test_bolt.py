"""A real Bolt app over Socket Mode and over HTTP: a command, a form, a button, an event, a Home tab."""

from __future__ import annotations

import threading

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient


def plain(words):
    return {"type": "plain_text", "text": words}


FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Form"),
    "submit": plain("Send"),
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": plain("Name"),
            "element": {"type": "plain_text_input", "action_id": "name"},
        }
    ],
}
CARD = [{"type": "actions", "elements": [{"type": "button", "action_id": "done", "text": plain("Done"), "value": "1"}]}]


def bolt(slack):
    app = App(
        client=WebClient(slack.bot_token, base_url=slack.api_url),
        signing_secret=slack.signing_secret,
        process_before_response=True,
    )

    @app.command("/help-me")
    def command(ack, body, client):
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack("opened")

    @app.view("form")
    def view(ack, body, client):
        name = body["view"]["state"]["values"]["name"]["name"]["value"]
        if name == "wrong":
            ack(response_action="errors", errors={"name": "not that one"})
            return
        client.chat_postMessage(channel=body["user"]["id"], text=f"hello {name}", blocks=CARD)
        ack()

    @app.action("done")
    def done(ack, respond):
        ack()
        respond("well done", replace_original=True)

    @app.event("message")
    def message(event, say):
        if event.get("text") == "ping":
            say("pong")

    @app.event("app_home_opened")
    def home(event, client):
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]})

    return app


@pytest.fixture(params=["socket", "http"])
def running(request, start):
    slack = start(clock="real")
    app = bolt(slack)
    if request.param == "socket":
        handler = SocketModeHandler(app, slack.app_token, web_client=WebClient(slack.app_token, base_url=slack.api_url))
        handler.connect()
        slack.wait_for_sockets(1)
        yield slack
        handler.close()
        return
    from slack_bolt.app.app import SlackAppDevelopmentServer

    server = SlackAppDevelopmentServer(port=0, path="/slack/events", app=app, http_server_logger_enabled=False)
    thread = threading.Thread(target=server._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    assert slack.deliver(f"http://127.0.0.1:{server._server.server_port}/slack/events", verify=True)["verified"]
    yield slack
    server._server.shutdown()
    server._server.server_close()
    thread.join()


def test_the_whole_round_of_an_app(running):
    slack = running
    assert slack.act.command("aino", "#inc", "/help-me")["message"]["text"] == "opened"
    assert slack.act.submit("aino", {"name": "wrong"})["errors"] == {"name": "not that one"}
    assert slack.act.submit("aino", {"name": "world"})["stack"] == []
    assert slack.see.dms("aino")[-1]["text"] == "hello world"
    slack.act.press("aino", "done", channel="@helper")
    slack.wait_until(lambda: slack.see.dms("aino")[-1]["text"] == "well done")
    slack.act.post("aino", "#inc", "ping")
    slack.wait_until(lambda: slack.see.messages("inc")[-1]["text"] == "pong")
    slack.act.home("ben")
    home = slack.wait_until(lambda: slack.see.home("ben"))
    assert home["blocks"][0]["type"] == "divider"
    assert [call for call in slack.calls() if not call["ok"]] == []
    assert slack.violations() == []
