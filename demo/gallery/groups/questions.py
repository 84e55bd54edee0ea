"""Somebody is asked: the message that they get in each of its states, the list, and the forms around a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import modals, question_dm, question_forms, question_pages
from bot.blocks.pages import QUESTIONS, Page
from bot.domain import questions
from bot.domain.actors import Actor, Role
from bot.domain.questions import Question, UsedAs
from demo.gallery import asked, samples, stages
from demo.gallery.entry import Entry, Group, message, modal
from demo.gallery.people import BEN, FARID, WORKSPACE
from demo.gallery.samples import ID

OWNER, STRANGER = Actor(BEN, frozenset({Role.OWNER})), Actor(FARID, frozenset())


def draw() -> Iterator[Entry]:
    yield from _messages()
    yield from _pages()
    yield from _forms()


def _messages() -> Iterator[Entry]:
    seen, waits = samples.overview(), asked.question()
    yield message("You are asked", "to be answered", question_dm.ask(seen, waits, sees=True))
    yield message("You are asked", "who may not see the post-mortem", question_dm.ask(seen, waits, sees=False))
    yield message("You are asked", "answered", question_dm.ask(seen, asked.answered(), sees=True))
    yield message("You are asked", "given back", question_dm.ask(seen, asked.declined(), sees=True))
    yield message("You are asked", "withdrawn", question_dm.ask(seen, asked.withdrawn(), sees=True))
    later = replace(seen, now=seen.now + timedelta(hours=4))
    yield message("A reminder of a question", "the only one", question_dm.nudge(later, waits, sees=True))


def _pages() -> Iterator[Entry]:
    every = (
        asked.question(0), asked.declined(), asked.withdrawn(), asked.answered(3),
        *(asked.answered(4 + place, each) for place, each in enumerate(UsedAs) if each),
    )  # fmt: skip
    yield _listed("nobody was asked", (), OWNER)
    yield _listed("one waits", (asked.question(),), OWNER)
    yield _listed("in each state", every, OWNER)
    yield _listed("for a reader", every[:4], STRANGER)
    many = tuple(asked.question(place) for place in range(20))
    yield _listed("20, the second page", many, OWNER, page=1)
    closed = replace(stages.closed(), life=replace(stages.closed().life, questions=(asked.answered(),)))
    view = question_pages.listed(closed, Page(QUESTIONS), OWNER)
    yield modal("Questions", "Closed: nobody is asked any more", view)


def _listed(state: str, known: tuple[Question, ...], reader: Actor, page: int = 0) -> Entry:
    overview = samples.overview(lived=samples.life(questions=known), document=samples.DOCUMENT)
    return modal("Questions", state, question_pages.listed(overview, Page(QUESTIONS, page), reader))


def _forms() -> Iterator[Entry]:
    record, carried = samples.record(), modals.carry(record=ID)
    yield modal("Ask somebody", "empty", question_forms.ask(record, carried))
    sentence = "Whom do you ask? Choose one person: no team, no channel, no app."
    view = question_forms.ask(record, carried, person=FARID, words=asked.ASKED[0][1], sentence=sentence)
    yield modal("Ask somebody", "typed already", view)
    yield modal("Answer a question", "empty", question_forms.answer(asked.question(), carried))
    yield modal("I can't answer this", "empty", question_forms.decline(asked.question(), carried))
    for state, items in (("a line of eleven", samples.items()), ("one of 120", samples.items(120))):
        each = asked.answered()
        view = question_forms.evidence(each, items, questions.addresses(each, WORKSPACE), carried)
        yield modal("As evidence of a line", state, view)


GROUP = Group("questions", "Questions to others", "Whoever could know is asked, and answers with a button.", draw)
