"""`/postmortem ask @name QUESTION`: pull somebody in who could know (R-08)."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import lines, replies
from bot.domain import mentions
from bot.domain import questions as rules
from bot.listeners import questions
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import ask_question

PICK = "Choose one person, and write the question."
NOT_A_MENTION = "Slack did not tell me who that is. Choose one person; the question is what you typed."
NO_QUESTION = "Write the question."


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Ask, or open the form where something is missing."""
    record = desk.ask.record(unit, call.place.team_id, status.current(unit, call, lock=True).id)
    found = mentions.read(call.text)
    asked = ask_question.one_asked(found)
    words = mentions.words(mentions.without(call.text, asked))
    if words.strip():
        # Before a form is opened with it: the field would show the beginning alone.
        words = rules.words(words)
    if asked is None or not words.strip():
        sentence = NO_QUESTION if asked else NOT_A_MENTION if found.rest else PICK
        form = questions.ask_form(call, record, person=asked, words=words, sentence=sentence)
        return Answer(replies.say(sentence), screens=(form,))
    question = desk.ask(unit, call.place.team_id, record.id, asked, words, call.place.user_id, now)
    said = f"<@{question.asked_of}> is asked, for {lines.name(record)}. The question stays on the card until there is an answer."
    return Answer(replies.say(said))


ASK = Subcommand("ask", "ask @name QUESTION", "ask somebody who could know; it stays on the card until answered", run)
