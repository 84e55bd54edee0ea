"""What the IC and the owner do in Slack, and what they see there: the command, the form, the direct message. Everything is
found as a person finds it, by what is written on the buttons and fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from demo import words
from demo.live import Actors, Step
from demo.story import Story
from demo.story_values import Modal
from demo.teller import Teller, count
from demo.watch import Watch
from sandbox.client import Sandbox

Json = dict[str, Any]
_MOMENT = 10.0
"""Seconds within which the bot answers a person."""


@dataclass(frozen=True, slots=True)
class Scene:
    """`names` are what people are called in Slack, by user id."""

    slack: Sandbox
    story: Story
    watch: Watch
    tell: Teller
    names: Mapping[str, str]

    def person(self, key: str) -> str:
        """What somebody of the story is called in Slack."""
        return self.names[self.story.user(key).id]

    def show_channel(self) -> set[str]:
        """What stands in the channel, as Slack has it; returns the ts of all messages."""
        messages = self.slack.see.messages(self.story.channel.id)
        writers = {message.get("user") or message.get("bot_id") for message in messages}
        threads = sum(1 for message in messages if message.get("reply_count"))
        length = float(messages[-1]["ts"]) - float(messages[0]["ts"])
        said = f"{count(len(messages), 'message')}, {count(threads, 'thread')}, by {count(len(writers), 'writer')}"
        self.tell.line("the channel", f"{said}, over {count(round(length / 60), 'minute')}")
        return {str(message["ts"]) for message in messages}

    def play(self, steps: list[Step], pause: float) -> None:
        """The live part, a line a step."""
        actors = Actors(self.slack, self.story)
        for step in steps:
            actors.do(step)
            self.tell.line(self._author(step), words.clip(self._told(step)))
            self.watch.pause(pause)

    def _author(self, step: Step) -> str:
        bots = {bot.key: bot.name for bot in self.story.bots}
        by = step.message.by
        return bots[by] if by in bots else self.person(by)

    def _told(self, step: Step) -> str:
        message = step.message
        text = words.plain(message.text, self.names)
        if step.does == "change" and message.edit:
            return f"(changes a message) {words.plain(message.edit.text, self.names)}"
        if message.thread:
            text = f"(in a thread) {text}"
        return {
            "delete": f"(deletes a message) {text}",
            "join": "(joins the channel)",
            "topic": f"(sets the topic) {text}",
        }.get(step.does, text)

    def command(self) -> None:
        """The IC types the command; the bot's answer."""
        asked = self.story.command
        user, channel = self.story.user(asked.who), self.story.channel
        self.tell.line(self.person(asked.who), f"types {words.plain(asked.text, self.names)}")
        answer = self.slack.act.command(user.name, channel.id, asked.text)
        self.tell.expect(answer.get("ok"), f"The command was not answered: {answer.get('shown')}.")
        if answer.get("message"):
            self.tell.more(words.lines(answer["message"], self.names), "the bot")

    def fill_form(self) -> None:
        """The form that the command opened, filled in and sent."""
        who, modal = self.story.command.who, self.story.command.modal
        user = self.story.user(who).name
        view = self.watch.until(lambda: self.slack.see.modals(user), "The form", _MOMENT)[-1]
        known = words.fields(view)
        title = view["title"]["text"]
        self.tell.line("the bot", f"opens the form “{title}” with {count(len(known), 'field')}")
        wanted = self._answers(modal)
        missing = [label for label in wanted if label not in known]
        self.tell.expect(not missing, f"The form has no field {', '.join(missing)}.")
        values = {known[label]: value for label, value in wanted.items() if label in known}
        answer = self.slack.act.submit(user, values)
        refused = answer.get("errors") or answer.get("error")
        self.tell.expect(not refused, f"The form was refused: {refused}.")
        self.tell.line(self.person(who), f"fills in {count(len(values), 'field')} and sends the form")

    def _answers(self, modal: Modal) -> dict[str, Any]:
        return {
            "Title": modal.title,
            "Severity": f"SEV-{modal.severity}",
            "Started": int(modal.started.timestamp()),
            "Noticed": int(modal.detected.timestamp()),
            "Resolved": int(modal.resolved.timestamp()),
            "Incident commander": self.story.user(modal.ic).id,
            "Shadow of the incident commander": self.story.user(modal.shadow).id,
            "Scribe": self.story.user(modal.scribe).id,
            "Services": ", ".join(modal.services),
            "Call recording": modal.recording,
        }

    def accept(self) -> None:
        """The owner reads the direct message and presses Accept; the message says so then."""
        owner, name = self.story.user(self.story.command.owner).name, self.person(self.story.command.owner)
        message = self.watch.until(lambda: self.asked(), "The direct message to the owner", _MOMENT)
        rows = words.lines(message, self.names)
        steps = [row for row in rows if row[:1].isdigit()]
        shown = [words.clip(row, 150) for row in rows if row not in steps[1:]]
        more = [f"({count(len(steps), 'step')})" if row in steps else row for row in shown]
        self.tell.more(more, f"DM to {name}")
        self.tell.line(name, "presses Accept")
        answer = self.slack.act.press(
            owner, words.buttons(message)["Accept"], channel=message["room"], ts=message["ts"]
        )
        self.tell.expect(answer.get("ok", True), f"The button was not answered: {answer.get('shown')}.")
        done = self.watch.until(self._accepted, "The owner's message with the answer", _MOMENT)
        self.tell.line("the bot", done)

    def asked(self) -> Json | None:
        """The owner's direct message while it has the button, with `room`, the conversation that it stands in."""
        seen = self.slack.see("dms", user=self.story.user(self.story.command.owner).name)
        found = [message for message in seen["messages"] if "Accept" in words.buttons(message)]
        return {**found[-1], "room": seen["channel"]} if found else None

    def _accepted(self) -> str | None:
        return next((row for row in self.owner_reads() if "accepted" in row), None)

    def owner_reads(self) -> list[str]:
        """The rows of the owner's newest direct message."""
        messages = self.slack.see.dms(self.story.user(self.story.command.owner).name)
        return words.lines(messages[-1], self.names) if messages else []
