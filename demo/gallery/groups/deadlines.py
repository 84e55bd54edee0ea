"""How the deadline is counted, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import deadline_notes, modals
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem, Times
from bot.usecases import standing
from demo.gallery import samples, stages
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.texts import NOW, STARTED

HOLIDAYS = frozenset({(NOW + timedelta(days=3)).date(), (NOW + timedelta(days=4)).date()})


def draw() -> Iterator[Entry]:
    yield _working("calendar days", samples.record())
    yield _working("business days, with holidays", samples.record(severity=2, holidays=HOLIDAYS))
    yield _working("provisional", samples.record(times=Times(STARTED), severity=None))
    closed = frozenset((NOW + timedelta(days=day)).date() for day in range(1, 80))
    yield _working("months without a working day", samples.record(severity=2, holidays=closed))
    yield _shown("the incident is open again", stages.open_again())


def _working(state: str, record: Postmortem) -> Entry:
    seen = samples.overview(record)
    return _shown(state, replace(seen, deadline=standing.deadline(record, samples.POLICY)))


def _shown(state: str, overview: Overview) -> Entry:
    return modal("How is this counted?", state, modals.notice(deadline_notes.working(overview), deadline_notes.TITLE))


GROUP = Group("deadlines", "The deadline", "How it is counted: every day with what it counts for.", draw)
