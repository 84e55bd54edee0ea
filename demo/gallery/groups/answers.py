"""What only the one who typed or pressed sees: help, refusals with the way out, the history, and short answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.blocks import history, refusals, replies
from bot.domain import errors, status, ticket_labels
from bot.domain.actors import Actor, Role
from bot.domain.errors import DomainError
from bot.domain.overview import Overview
from bot.domain.postmortem import Audit
from bot.domain.status import Status
from bot.listeners import forms, intake, layers
from bot.listeners.commands import assign, forget, harvest, page, table
from bot.listeners.commands.help import listing
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, whisper
from demo.gallery.people import ANA, BEN, CHIOMA
from demo.gallery.samples import ID
from demo.gallery.texts import NOW


def draw() -> Iterator[Entry]:
    commands = listing(table.SUBCOMMANDS)
    yield whisper("Help", "every command", replies.help(commands))
    yield whisper("Unknown command", "one is near", replies.unknown_command("asign", "assign", commands))
    yield whisper("Unknown command", "none is near", replies.unknown_command("<!channel> `x`", None, commands))
    yield whisper("Form did not open", "with the button that opens it", replies.open_form(forms.NOT_OPENED, ID))
    yield whisper("Form did not open", "to be pressed again", replies.say(layers.NOT_OPENED))
    yield from _answers()
    yield from _refusals()
    yield from _history()


def _answers() -> Iterator[Entry]:
    told = f"*PM-7* is open. <@{BEN}> is the owner and is told now; the channel is being read for the draft."
    yield whisper("Answer", "opened", replies.say_here(told, strangers=False))
    yield whisper("Answer", "opened, strangers read along", replies.say_here(told, strangers=True))
    yield whisper("Answer", "who is meant?", replies.say(assign.NOT_A_MENTION))
    yield whisper("Answer", "reading the channel again", replies.say(harvest.STARTED))
    yield whisper("Answer", "it is being read already", replies.say(harvest.RUNNING))
    yield whisper("Forget somebody", "asked first", forget.question(CHIOMA))


def _refusals() -> Iterator[Entry]:
    yield whisper("Refusal", "how to type it", replies.refusal(page.HOW))
    yield whisper("Refusal", "somebody else was faster", refusals.sentence(intake.BUSY))
    draft, review = stages.read(), stages.meeting_over()
    yield whisper("Refusal", "much is still to be done", refusals.refusal(_refused(draft, Status.IN_REVIEW)))
    lacking = errors.refused("no_severity_no_start", ticket_labels.NEITHER)
    lacking.about = draft.postmortem.id
    yield whisper("Refusal", "tickets need the severity and the start", refusals.refusal(lacking))
    yield whisper("Refusal", "the meeting is to come", refusals.refusal(_refused(stages.in_review(), Status.REVIEWED)))
    yield whisper("Refusal", "topics and a message are left", refusals.refusal(_refused(review, Status.CLOSED)))
    only_support = _refused(stages.reviewed(), Status.CLOSED)
    yield whisper("Refusal", "only the support team closes it", refusals.refusal(only_support))
    yield whisper("Refusal", "no such way", refusals.refusal(_refused(draft, Status.CLOSED)))


def _refused(overview: Overview, to: Status) -> DomainError:
    """What the rules say to the owner who tries that."""
    record, actor = overview.postmortem, Actor(BEN, frozenset({Role.OWNER}))
    assert overview.facts is not None
    try:
        status.move(
            record.status, to, expected=record.status, actor=actor, facts=overview.facts, now=overview.now, reason="x"
        )
    except DomainError as error:
        error.about = record.id
        return error
    raise ValueError(f"the move to {to} is not refused")


def _history() -> Iterator[Entry]:
    record = samples.record()
    changes = (
        ("owner", None, BEN, ANA, "/postmortem assign"), ("severity", None, "1", ANA, "form"),
        ("title", None, record.title, ANA, "form"), ("owner_state", "told", "accepted", BEN, "button"),
        ("overview.what_happened", None, "Release 4.12 opened two connections an order.\nIt was rolled back.", BEN, "form"),
        ("status", "Draft", "In Review", BEN, "button T1"), ("document", None, "F0DOC1", "bot", "harvest"),
        ("severity", "1", "2", ANA, "proposal: No order failed after 13:14."),
    )  # fmt: skip
    entries = [
        Audit(ID, NOW + timedelta(minutes=place), actor, field, old, new, via)
        for place, (field, old, new, actor, via) in enumerate(changes * 3)
    ]
    yield whisper("History", "nothing yet", history.page(record, []))
    yield whisper("History", "one page", history.page(record, entries[:8]))
    yield whisper("History", "the second of three pages", history.page(record, entries, 1))


GROUP = Group(
    "answers", "Answers to one person", "Help, refusals with the way out, the history, and short answers.", draw
)
