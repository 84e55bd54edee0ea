"""Forms of findings say while there may be more: the channel is being read, or something was said that is not looked through yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import still_coming, timeline_pages, todo_pages
from bot.blocks.pages import ACTIONS, PROPOSALS, TIMELINE, TODOS, Page
from bot.domain.harvest_state import Phase
from bot.domain.overview import Overview
from bot.domain.proposals import Candidate
from bot.domain.status import Status
from tests import factories

NOW = factories.NOW


def reading(phase: Phase, status: Status = Status.DRAFT, *, heard: bool = False) -> Overview:
    state = factories.harvest(phase=phase, heard_at=NOW - timedelta(seconds=4) if heard else None)
    return factories.overview(record=factories.postmortem(status=status), harvest=state)


def said(view: dict[str, Any]) -> str:
    return " ".join(str(each["elements"]) for each in view["blocks"] if each["type"] == "context")


FORMS = (
    lambda overview: todo_pages.listed(overview, Page(ACTIONS)),
    lambda overview: todo_pages.waiting(overview, [factories.todo()], Page(TODOS)),
    lambda overview: timeline_pages.kept(overview, Page(TIMELINE)),
    lambda overview: timeline_pages.proposed(
        overview, [Candidate(("1.000001", 0), (factories.event(),))], Page(PROPOSALS)
    ),
)


@pytest.mark.parametrize("draw", FORMS)
def test_what_was_just_said_is_on_its_way(draw: Any) -> None:
    assert "is being looked through. Open this again in a minute" in said(draw(reading(Phase.DONE, heard=True)))
    assert "looked through" not in said(draw(reading(Phase.DONE)))


@pytest.mark.parametrize("phase", [Phase.HISTORY, Phase.THREADS, Phase.ANALYSE])
def test_while_the_channel_is_read_more_may_be_found(phase: Phase) -> None:
    assert "still being read" in said(todo_pages.listed(reading(phase), Page(ACTIONS)))


@pytest.mark.parametrize(
    "overview",
    [reading(Phase.STOPPED, heard=True), reading(Phase.DONE, Status.CLOSED, heard=True), factories.overview()],
)
def test_nothing_is_promised_where_nothing_comes(overview: Overview) -> None:
    assert still_coming.line(overview) == []
