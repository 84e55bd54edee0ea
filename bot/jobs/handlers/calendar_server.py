"""Whether the server of the shared calendar invites people by itself is asked before anything leaves, and then known."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.scheduling import Scheduling
from bot.jobs.scene import Scene
from bot.jobs.worker import MAX_ATTEMPTS, PATIENCE
from bot.ports.calendar import SharedCalendar
from bot.ports.errors import IntegrationError, RateLimited


def known(scene: Scene, calendar: SharedCalendar, row: Row, overview: Overview) -> Overview:
    """The overview with that in it. A server that does not answer is waited for as usual; after that it counts as one that invites nobody:
    two invitations are better than none."""
    if overview.scheduling is not None or not calendar.configured:
        return overview
    try:
        return replace(overview, scheduling=learn(scene, calendar, row.team_id))
    except IntegrationError as error:
        if isinstance(error, RateLimited) or (error.retryable and row.attempts < MAX_ATTEMPTS):
            raise
        return overview


def learn(scene: Scene, calendar: SharedCalendar, team_id: str) -> Scheduling:
    """Ask, and remember."""
    told = calendar.scheduling()
    with scene.store.transaction(PATIENCE) as unit:
        unit.calendar.put_scheduling(team_id, told)
    return told
