"""Every group of the gallery, in the order of the page. A new drawing gets an entry in the group that it belongs to, or a
file of its own in `groups/` and a line here; the tests of the gallery name what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from demo.gallery.entry import Entry, Group
from demo.gallery.groups import (
    answers,
    card,
    changing,
    confirmed,
    content,
    deadlines,
    details,
    external,
    finding_again,
    held,
    home_tab,
    hub,
    longest,
    mails,
    marks,
    meeting,
    meeting_people,
    merging,
    notes,
    noticed,
    owner,
    pointed,
    queries,
    questions,
    reminders,
    report,
    review,
    shared_calendar,
    support,
    tickets,
    timeline,
    todos,
    words,
)

GROUPS: tuple[Group, ...] = (
    card.GROUP, hub.GROUP, home_tab.GROUP, owner.GROUP, notes.PEOPLE, notes.CHANNEL, details.GROUP, content.GROUP,
    timeline.GROUP, marks.GROUP, pointed.GROUP, changing.GROUP, queries.GROUP, todos.GROUP, tickets.GROUP,
    questions.GROUP, confirmed.GROUP, meeting.GROUP, meeting_people.GROUP, shared_calendar.GROUP, merging.GROUP,
    deadlines.GROUP, reminders.GROUP, report.GROUP, held.GROUP, review.GROUP, external.GROUP, mails.GROUP,
    words.GROUP, support.GROUP, answers.GROUP, finding_again.GROUP, noticed.GROUP,
)  # fmt: skip


# Judged by the rules alone: too large to be compared, and no pleasure to look at.
JUDGED: tuple[Group, ...] = (
    longest.GROUP,
    meeting_people.LONGEST,
    merging.LONGEST,
    noticed.LONGEST,
    tickets.LONGEST,
    mails.LONGEST,
)


def entries(groups: tuple[Group, ...] = (*GROUPS, *JUDGED)) -> Iterator[tuple[Group, Entry]]:
    """Everything, drawn now."""
    for group in groups:
        for entry in group.draw():
            yield group, entry
