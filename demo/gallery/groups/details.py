"""The forms around the record itself: its details, its owner, and why it moves back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from bot.blocks import modals, move_buttons, replies
from bot.domain.postmortem import Roles, Times
from bot.domain.status import Status
from demo.gallery import found, samples
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.people import ANA, CHANNEL, DANA
from demo.gallery.samples import ID

CARRIED = json.dumps({"record": ID, "seen": "1f0c"})
MOVES = (
    (Status.IN_REVIEW, Status.DRAFT),
    (Status.REVIEWED, Status.IN_REVIEW),
    (Status.CLOSED, Status.IN_REVIEW),
)


def draw() -> Iterator[Entry]:
    yield modal("Incident details", "nothing is known", modals.details(samples.overview(samples.fresh()), CARRIED))
    guessed = samples.overview(replace(samples.fresh(), times=Times()), **found.done(title="Orders slow"))
    yield modal("Incident details", "suggested from the channel", modals.details(guessed, CARRIED))
    everybody = samples.record(roles=Roles(ic=ANA, shadow=DANA, scribe=DANA))
    yield modal("Incident details", "filled in", modals.details(samples.overview(everybody), CARRIED))
    chosen = json.dumps({"channel": CHANNEL, "proposal": None})
    yield modal("Choose the owner", "asked", modals.choose_owner(chosen))
    sentence = "Instead of the person who was proposed, who will own PM-7?"
    yield modal("Choose the owner", "instead of a proposal", modals.choose_owner(chosen, sentence=sentence, owner=DANA))
    yield modal("I can't be the owner", "empty", modals.decline(samples.overview(), json.dumps({"record": ID})))
    for frm, to in MOVES:
        yield modal("Why?", f"from {frm} to {to}", move_buttons.ask_why(samples.record(status=frm), to))
    said = replies.say("*PM-7*: the meeting is booked for Wed 25 Nov 2026 15:05 (UTC), 30 min.")
    yield modal("A message over a form", "to be read", modals.notice(said, "The meeting"))


GROUP = Group("details", "Forms around the record", "Details, owner, and the reason for a way back.", draw)
