"""The longest and the worst of what others are asked, of queries, of the larger timeline, of lists and of reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.blocks import (
    deadline_notes,
    digest_post,
    direct,
    hub,
    ids,
    lines_dm,
    modals,
    nudges,
    pages,
    pointed_forms,
    pointed_notes,
    query_form,
    query_pages,
    question_dm,
    question_forms,
    question_pages,
    search_list,
    text,
    timeline_form,
    timeline_pages,
    walk_form,
    watch_dm,
)
from bot.blocks.done import Done
from bot.blocks.pages import QUERIES, QUESTIONS, TIMELINE, Page
from bot.blocks.walk_form import Step
from bot.domain import pieces, queries
from bot.domain.content import Section
from bot.domain.digest import Late
from bot.domain.earlier import Earlier
from bot.domain.found import Hit, Results
from bot.domain.home import Line
from bot.domain.line_checks import CheckState
from bot.domain.postmortem import Audit
from bot.domain.queries import Written
from bot.domain.questions import QuestionState
from bot.domain.reminders import Nudge
from bot.domain.search import Passage, Query
from bot.domain.similar import Match
from demo.gallery import asked, in_jira, samples
from demo.gallery.entry import Entry, message, modal, whisper
from demo.gallery.groups import confirmed, reminders
from demo.gallery.groups.questions import OWNER
from demo.gallery.people import BEN, CHIOMA, PEOPLE
from demo.gallery.samples import ID
from demo.gallery.texts import NOW
from demo.gallery.worst import (
    FIELD,
    LINK,
    MANY,
    QUERY,
    SENTENCE,
    TEXT,
    WORST,
    overview,
    questions,
    record,
    warned,
    worst,
)

ADDRESSES = tuple(f"https://evil.example/{number}?{'q' * 1900}" for number in range(50))
ANSWER = worst(pieces.FIELD) * 3


def draw() -> Iterator[Entry]:
    yield from _questions()
    yield from _queries()
    yield from _timeline()
    yield from _pointed()
    yield from _found()
    yield from _reminders()


def _questions() -> Iterator[Entry]:
    seen, carried = overview(), modals.carry(record=ID)
    for state in QuestionState:
        each = next(each for each in questions() if each.state is state)
        drawing = question_dm.ask(seen, replace(each, answer=ANSWER), sees=True)
        yield message("You are asked", f"longest, {state.value}", drawing)
    yield message("A reminder of a question", "longest", question_dm.nudge(seen, questions()[0], sees=True))
    for number in (0, 20, 28):
        view = question_pages.listed(seen, Page(QUESTIONS, number), OWNER)
        yield modal("Questions", f"300 of the longest, page {number + 1}", view)
    ask = question_forms.ask(record(), carried, person=CHIOMA, words=FIELD, sentence=SENTENCE)
    yield modal("Ask somebody", "longest", ask)
    yield modal("Answer a question", "longest", question_forms.answer(questions()[0], carried))
    yield modal("I can't answer this", "longest", question_forms.decline(questions()[0], carried))
    proposed = question_forms.evidence(replace(questions()[1], answer=ANSWER), seen.life.items, [LINK], carried)
    yield modal("As evidence of a line", "longest", proposed)
    mine = tuple(replace(each, user_id=CHIOMA) for each in seen.life.items)
    check = asked.check(state=CheckState.OFF, said=FIELD)
    drawing = lines_dm.draw(confirmed.overview(items=mine), check, CHIOMA, NOW.isoformat())
    yield message("Your lines", "longest", drawing)
    yield modal("Something is off", "longest", lines_dm.object_form(record()))
    everybody = [f"U0X{number}" for number in range(MANY)]
    yield modal("Ask for confirmation", "300 people", lines_dm.ask_form(everybody, MANY, carried))


def _queries() -> Iterator[Entry]:
    seen, carried = overview(), pages.metadata(ID, Page(QUERIES))
    yield modal("Queries", "300 of the longest", query_pages.kept(seen, Page(QUERIES, 20)))
    yield modal("Queries taken out", "300 of the longest", query_pages.removed(seen, seen.life.queries, Page(QUERIES)))
    view = query_pages.proposed(seen, asked.proposed(MANY, f"{asked.RISKY}\n{QUERY}"), Page(QUERIES, 20))
    yield modal("Into the queries?", "300 of the longest", view)
    written = Written(QUERY, worst(queries.TOOL_MOST), LINK, FIELD, BEN)
    theirs = Written("x", "x", "https://x.example", "x", CHIOMA)
    for what, mine, other in (("full", written, theirs), ("full by somebody else", theirs, written)):
        view = query_form.draw(mine, carried, new=False, warning=warned(), theirs=other, source=text.link(LINK, FIELD))
        yield modal("A query", f"longest, {what}", view)
    secrets = replace(written, text="\n".join([asked.RISKY] * 100))
    view = query_form.draw(secrets, carried, new=True, suspects=asked.suspects(secrets.text))
    yield modal("A query", "longest, with a hundred secrets", view)


def _timeline() -> Iterator[Entry]:
    seen, page = overview(), Page(TIMELINE, 20)
    yield modal("Merge lines", "300 of the longest", timeline_pages.ask_what_to_merge(seen, page))
    done = Done(f"{text.escape(text.clip(SENTENCE, 500))} *was done*", f"{ID}:removed:item-1")
    yield modal("Timeline", "300 of the longest, after an Undo", timeline_pages.kept(seen, page, done))
    bare = seen.life.items[-1]
    view = walk_form.draw(seen, bare, Step(MANY, MANY, page), ADDRESSES, warning=walk_form.EMPTY)
    yield modal("What shows it?", "longest, with 50 addresses", view)
    typed = timeline_form.Typed("14:02", FIELD, about=True)
    view = timeline_form.draw(typed, pages.metadata(ID, page), new=True, offered=ADDRESSES)
    yield modal("A line", "longest, with 50 addresses", view)


def _pointed() -> Iterator[Entry]:
    seen, carried = overview(), modals.carry(record=ID)
    came_from, items = text.link(LINK, FIELD), seen.life.items
    yield modal("No post-mortem here", "longest", pointed_forms.start("Add to timeline", record(), carried))
    typed = timeline_form.Typed("14:02", FIELD * 5, evidence="\n".join(ADDRESSES[:20]))
    view = timeline_form.draw(typed, carried, new=True, source=came_from, callback=ids.POINTED_LINE)
    yield modal("Add to timeline", "longest", view)
    yield modal("Add as TODO", "longest", pointed_forms.todo(FIELD * 5, came_from, carried))
    view = query_form.draw(Written(QUERY), carried, new=True, source=came_from, callback=ids.POINTED_QUERY)
    yield modal("Add as query", "longest", view)
    many = [replace(items[0], id=f"line-{number}") for number in range(1200)]
    view = pointed_forms.evidence(many, many, ADDRESSES[:2], ADDRESSES[:18], came_from, carried)
    yield modal("Attach as evidence", "longest, of 1,200 lines", view)
    yield whisper(
        "A line",
        "longest, added",
        pointed_notes.added(record(), replace(items[0], text=FIELD, evidence=ADDRESSES), FIELD),
    )
    yield whisper("A TODO", "longest", pointed_notes.todo_added(record(), FIELD, LINK))


def _found() -> Iterator[Entry]:
    passages = tuple((word, Passage(Section.OVERVIEW, TEXT)) for word in ("stupid", "fence", "مرحبا"))
    results = Results([Hit(record(), NOW.date(), passages)] * 8, 20, 38, MANY)
    query = Query((worst(100),) * 6, BEN, worst(200), 1, NOW.date(), NOW.date())
    yield whisper("Search", "longest", search_list.drawing(query, results, f"search {worst(500)}"))
    yield whisper(
        "Search", "longest, nothing", search_list.drawing(query, replace(results, hits=(), total=0), "search")
    )
    match = Match(record(), tuple(worst(60) for _ in range(60)), (WORST,) * 20, True)
    alike = [Earlier(match, NOW.date(), LINK)] * 3
    yield whisper("All steps", "longest, with earlier ones", hub.hub(overview(), similar=alike))
    drawing = direct.owner_dm(overview(), PEOPLE[BEN], similar=alike)
    yield message("You are the owner", "longest, with earlier ones", drawing)


def _reminders() -> Iterator[Entry]:
    late = replace(overview(), now=NOW + timedelta(days=400))
    yield message("Reminder", "longest, all at once", nudges.to_person(late, list(Nudge)))
    yield message("Reminder", "longest, in the channel", nudges.to_channel(late))
    audits = [Audit(ID, NOW, BEN, field, FIELD, FIELD, FIELD) for _, field, _, _ in reminders.CHANGES] * 20
    yield message("You watch it", "longest", watch_dm.draw(late, audits))
    line = Line(record(), late.deadline, samples.booking(link=LINK))
    week = replace(reminders.week(range(1, 2)), overdue=(line,) * MANY, due=(line,) * MANY, meetings=(line,) * MANY)
    tickets = tuple(replace(each, url=LINK, status=FIELD) for each in in_jira.each_way(MANY))
    week = replace(week, late=(Late(line, MANY, MANY, 999, tickets),) * MANY)
    yield message("The week", "longest", digest_post.drawing(week, NOW))
    yield whisper("List", "longest, overdue", digest_post.overdue(week, NOW))
    yield modal("How is this counted?", "longest", modals.notice(deadline_notes.working(late), deadline_notes.TITLE))
