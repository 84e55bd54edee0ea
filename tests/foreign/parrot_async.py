"""The same small app on AsyncApp, every listener a coroutine."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.foreign import forms


def build(token: str, secret: str, api_url: str) -> AsyncApp:
    app = AsyncApp(client=AsyncWebClient(token, base_url=api_url), signing_secret=secret)
    _speaks(app)
    _forms(app)
    _home(app)
    return app


def _speaks(app: AsyncApp) -> None:
    @app.message(re.compile("^ping (.+)"))
    async def ping(context, say):
        await say(f"pong {context['matches'][0]}")

    @app.event("message")
    async def anything():
        """Whatever else is written is heard and left alone."""

    @app.event("app_mention")
    async def mention(event, say):
        row = {"type": "actions", "elements": [forms.button("wave", "Wave")]}
        await say(text="Hello!", blocks=[forms.says(f"Hello <@{event['user']}>!"), row], thread_ts=event["ts"])

    @app.action("wave")
    async def wave(ack, body, respond):
        await ack()
        await respond(text=f"<@{body['user']['id']}> waved", replace_original=True)

    @app.command("/parrot")
    async def command(ack, command, client, respond):
        if command["text"] == "form":
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=forms.form())
            return
        await ack("repeating")
        await respond(text=command["text"], response_type="in_channel")

    @app.shortcut({"callback_id": "remember", "type": "message_action"})
    async def remember(ack, shortcut, client):
        await ack()
        channel, ts = shortcut["channel"]["id"], shortcut["message"]["ts"]
        await client.reactions_add(channel=channel, timestamp=ts, name="parrot")
        await client.chat_postEphemeral(channel=channel, user=shortcut["user"]["id"], text="remembered")


def _forms(app: AsyncApp) -> None:
    @app.shortcut("teach")
    async def teach(ack, shortcut, client):
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=forms.form())

    @app.action("rename")
    async def rename(ack, body, client):
        await ack()
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=forms.form("Renamed"))

    @app.options("colour")
    async def colours(ack, payload):
        await ack(options=forms.options(payload["value"]))

    @app.view("form")
    async def form(ack, view, body, client):
        word, channel = forms.word_of(view)
        if word == "silence":
            await ack(response_action="errors", errors={"word": "parrots do not know that"})
        elif word == "more":
            await ack(response_action="push", view=forms.second())
        else:
            await ack()
            await client.chat_postMessage(channel=channel, text=f"new word: {word}")
            await AsyncWebhookClient(body["response_urls"][0]["response_url"]).send(text=f"learnt {word}")

    @app.view("second")
    async def second(ack):
        await ack(response_action="clear")

    @app.view_closed("form")
    async def closed(ack, body, client):
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="another time, then")


def _home(app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def opened(event, client):
        await client.views_publish(user_id=event["user"], view=forms.home(1))

    @app.action("seen")
    async def seen(ack, body, client):
        await ack()
        await client.views_publish(user_id=body["user"]["id"], hash=body["view"]["hash"], view=forms.home(2))
