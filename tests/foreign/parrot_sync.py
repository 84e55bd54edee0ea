"""A small app of Bolt for Python: messages, a command, forms, shortcuts, menus, buttons, the Home tab."""

from __future__ import annotations

import re

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from tests.foreign import forms


def build(token: str, secret: str, api_url: str) -> App:
    app = App(client=WebClient(token, base_url=api_url), signing_secret=secret)
    _speaks(app)
    _forms(app)
    _home(app)
    return app


def _speaks(app: App) -> None:
    @app.message(re.compile("^ping (.+)"))
    def ping(context, say):
        say(f"pong {context['matches'][0]}")

    @app.event("message")
    def anything():
        """Whatever else is written is heard and left alone."""

    @app.event("app_mention")
    def mention(event, say):
        row = {"type": "actions", "elements": [forms.button("wave", "Wave")]}
        say(text="Hello!", blocks=[forms.says(f"Hello <@{event['user']}>!"), row], thread_ts=event["ts"])

    @app.action("wave")
    def wave(ack, body, respond):
        ack()
        respond(text=f"<@{body['user']['id']}> waved", replace_original=True)

    @app.command("/parrot")
    def command(ack, command, client, respond):
        if command["text"] == "form":
            ack()
            client.views_open(trigger_id=command["trigger_id"], view=forms.form())
            return
        ack("repeating")
        respond(text=command["text"], response_type="in_channel")

    @app.shortcut({"callback_id": "remember", "type": "message_action"})
    def remember(ack, shortcut, client):
        ack()
        channel, ts = shortcut["channel"]["id"], shortcut["message"]["ts"]
        client.reactions_add(channel=channel, timestamp=ts, name="parrot")
        client.chat_postEphemeral(channel=channel, user=shortcut["user"]["id"], text="remembered")


def _forms(app: App) -> None:
    @app.shortcut("teach")
    def teach(ack, shortcut, client):
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=forms.form())

    @app.action("rename")
    def rename(ack, body, client):
        ack()
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=forms.form("Renamed"))

    @app.options("colour")
    def colours(ack, payload):
        ack(options=forms.options(payload["value"]))

    @app.view("form")
    def form(ack, view, body, client):
        word, channel = forms.word_of(view)
        if word == "silence":
            ack(response_action="errors", errors={"word": "parrots do not know that"})
        elif word == "more":
            ack(response_action="push", view=forms.second())
        else:
            ack()
            client.chat_postMessage(channel=channel, text=f"new word: {word}")
            WebhookClient(body["response_urls"][0]["response_url"]).send(text=f"learnt {word}")

    @app.view("second")
    def second(ack):
        ack(response_action="clear")

    @app.view_closed("form")
    def closed(ack, body, client):
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="another time, then")


def _home(app: App) -> None:
    @app.event("app_home_opened")
    def opened(event, client):
        client.views_publish(user_id=event["user"], view=forms.home(1))

    @app.action("seen")
    def seen(ack, body, client):
        ack()
        client.views_publish(user_id=body["user"]["id"], hash=body["view"]["hash"], view=forms.home(2))
