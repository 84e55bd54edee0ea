"""The two direct messages with buttons that the ownership of a post-mortem turns on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import direct
from bot.domain.overview import Overview
from bot.domain.postmortem import OwnerState, ProposalState
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, message
from demo.gallery.people import ANA, BEN, CHIOMA, DANA, PEOPLE
from demo.gallery.texts import NOW

READER = PEOPLE[BEN]


def draw() -> Iterator[Entry]:
    told = samples.overview(samples.record(owner_state=OwnerState.TOLD), document=samples.DOCUMENT)
    yield _owner("to be answered", told)
    yield message("You are the owner", "taken on by themselves", direct.owner_dm(told, READER, by=BEN))
    yield _owner("accepted, the meeting is booked", stages.half_written())
    yield _owner("the deadline has passed", replace(told, now=NOW + timedelta(days=5)))
    yield _owner("the document is a canvas, too", replace(told, canvas=samples.CANVAS))
    yield _owner("waived", stages.waived())
    yield _owner("merged into another one", stages.merged())
    yield _owner("reviewed", stages.reviewed())
    yield _owner("closed", stages.closed())
    passed_on = samples.overview(samples.record(owner=DANA))
    yield message("You are the owner", "somebody else is by now", direct.owner_dm(passed_on, READER, to=BEN))
    for state in ProposalState:
        by = None if state is ProposalState.PENDING else ANA
        proposal = samples.proposal(state=state, decided_by=by)
        yield message(
            "Confirm the owner", state.value, direct.confirm_dm(samples.overview(proposal=proposal), proposal)
        )
    other = samples.proposal(candidate=CHIOMA, proposed_by=DANA)
    yield message(
        "Confirm the owner", "nothing is known yet", direct.confirm_dm(samples.overview(samples.fresh()), other)
    )


def _owner(state: str, overview: Overview) -> Entry:
    return message("You are the owner", state, direct.owner_dm(overview, READER))


GROUP = Group("owner", "Direct messages about the owner", "To the owner, and to whoever confirms the owner.", draw)
