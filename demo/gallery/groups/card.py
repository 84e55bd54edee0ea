"""The card of a post-mortem in its channel, and what is posted beside it once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.blocks import card, role_steps
from demo.gallery import in_jira, linked, samples, stages
from demo.gallery.entry import Entry, Group, message
from demo.gallery.stages import STAGES


def draw() -> Iterator[Entry]:
    for state, overview in STAGES.items():
        yield message("Card", state, card.card(overview()))
    canvas = replace(stages.half_written(), canvas=samples.CANVAS)
    yield message("Card", "the document is a canvas, too", card.card(canvas))
    yield message("Card", "tickets have labels of before", card.card(linked.outdated()))
    yield message("Card", "tickets in Jira", card.card(in_jira.overview()))
    yield message("Card", "more tickets than it names", card.card(in_jira.overview(14)))
    away = "People put the page into Confluence's trash: restore it there, then try again, or make a new page."
    lost = samples.overview(troubles=(away,), page_failed=True, page_lost=True)
    yield message("Card", "the page in the wiki was put away", card.card(lost))
    yield message("Steps by role", "the incident is over", role_steps.role_steps(samples.overview()))
    yield message("Steps by role", "nothing is known", role_steps.role_steps(samples.overview(samples.fresh())))


GROUP = Group("card", "The card in the channel", "Pinned in the incident's channel and redrawn in place.", draw)
