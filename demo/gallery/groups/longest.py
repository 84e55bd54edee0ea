"""The same drawings with the longest and the worst that people may type: every input full, right-to-left words, emoji, back
ticks, calls to everybody, 300 candidates, 300 lines. Too large to be compared word by word; judged by the rules alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import (
    card,
    content_menu,
    direct,
    examples_list,
    external_form,
    held,
    history,
    hub,
    meeting_form,
    modals,
    move_buttons,
    pages,
    refusals,
    replies,
    review_notes,
    review_post,
    said_lines,
    section_form,
    support_task,
    text,
    ticket_form,
    timeline_form,
    timeline_pages,
    todo_form,
    todo_pages,
    wording_list,
)
from bot.blocks import notes as tables
from bot.domain import pieces, proposals, section_forms
from bot.domain.actions import Choice, Decision
from bot.domain.booking import Outcome
from bot.domain.errors import Reason, Refused
from bot.domain.examples import PUBLIC
from bot.domain.external_message import Parts
from bot.domain.meeting import Proposal
from bot.domain.message_sheet import Sheet
from bot.domain.postmortem import Audit
from bot.domain.questions import QuestionState
from bot.domain.said_there import HEARD, Said, Saying
from bot.domain.section_forms import Field, Shape
from bot.domain.status import Status
from bot.domain.topics import Topic
from bot.usecases import wording
from demo.gallery import samples
from demo.gallery.entry import Entry, Group, message, modal, whisper
from demo.gallery.groups import longest_asked, notes
from demo.gallery.people import ANA, BEN, CHANNEL, CHIOMA, SUPPORT
from demo.gallery.samples import ID
from demo.gallery.texts import NOW
from demo.gallery.worst import FIELD, LINK, MANY, SENTENCE, TEXT, WORST, overview, questions, record, warned, worst


def draw() -> Iterator[Entry]:
    yield from _messages()
    yield from _topics()
    yield from _forms()
    yield from _sections()
    yield from _lists()
    yield from _customers()
    yield from longest_asked.draw()


def _messages() -> Iterator[Entry]:
    seen, review = overview(), record(status=Status.IN_REVIEW, review_posted_at=NOW)
    yield message("Card", "longest", card.card(seen))
    yield whisper("All steps", "longest", hub.hub(seen))
    yield message("You are the owner", "longest", direct.owner_dm(seen, None, to=BEN))
    yield message("Please read", "longest", review_post.drawing(overview(review)))
    changes = samples.booking(outcome=Outcome.CHANGES, outcome_note=FIELD, outcome_by=ANA)
    yield message("Was it held?", "longest", held.card(overview(review, booking=changes), 0))
    reasons = tuple(Reason(code, SENTENCE) for code in (*refusals.LEADS, "other") for _ in range(3))
    refused = Refused(SENTENCE, reasons=reasons)
    refused.about = ID
    yield whisper("Refusal", "longest", refusals.refusal(refused))
    yield whisper("Unknown command", "longest", replies.unknown_command(TEXT, TEXT, [(TEXT, TEXT)] * 70))
    audits = [Audit(ID, NOW, ANA, worst(60), FIELD, FIELD, FIELD)] * MANY
    yield whisper("History", "longest", history.page(record(), audits, 17))
    reviewed = overview(record(status=Status.REVIEWED, reviewed_at=NOW))
    yield message(
        "Task", "longest", support_task.drawing(reviewed, NOW.isoformat(), CHANNEL, f"<!subteam^{SUPPORT}>", FIELD)
    )
    for number, drawing in enumerate(support_task.further(reviewed), 2):
        yield message("Task in the thread", f"longest, piece {number}", drawing)


def _topics() -> Iterator[Entry]:
    asked_ = questions()
    lived = samples.life(booking=samples.booking(link=LINK), questions=asked_)
    seen = samples.overview(record(), lived, document=LINK)
    for table, draw_ in ((tables.TO_PERSON, direct.person_dm), (tables.TO_CHANNEL, direct.channel_note)):
        where = "to a person" if table is tables.TO_PERSON else "in the channel"
        for topic in table:
            values = dict(notes.CASES.get(topic, (("", {}),))[-1][1])
            full: Mapping[str, Any] = {**values, "reason": TEXT, "said": [FIELD] * 3, "proposed": FIELD, "why": FIELD}
            if "question" in values:
                state = QuestionState.DECLINED if topic == Topic.QUESTION_DECLINED else QuestionState.ANSWERED
                full = {**full, "question": next(each.id for each in asked_ if each.state is state)}
            yield message(topic, f"longest, {where}", draw_(topic, seen, full))


def _forms() -> Iterator[Entry]:
    seen, carried = overview(), pages.metadata(ID, pages.Page(pages.TIMELINE))
    yield modal("Incident details", "longest", modals.details(seen, carried))
    yield modal("Choose the owner", "longest", modals.choose_owner(carried, sentence=TEXT, owner=ANA))
    yield modal("I can't be the owner", "longest", modals.decline(seen, carried))
    yield modal("Why?", "longest", move_buttons.ask_why(record(status=Status.CLOSED), Status.IN_REVIEW))
    yield modal(
        "The meeting", "longest", meeting_form.form(seen, Proposal(None, (), TEXT), intro=held.deadline_says(seen))
    )
    yield modal("It was held", "longest", meeting_form.was_form(seen))
    yield modal("Changes needed", "longest", meeting_form.changes_form(record(), samples.booking()))
    yield modal("Comment", "longest", review_notes.comment_form(record()))
    yield modal("Posted", "longest", support_task.posted_form(record(), NOW.isoformat(), NOW))
    typed = timeline_form.Typed(worst(100), TEXT, evidence="\n".join([LINK] * 1), waiver=SENTENCE)
    line = timeline_form.draw(typed, carried, new=False, source=text.link(LINK, FIELD), warning=warned(), theirs=TEXT)
    yield modal("A line", "longest", line)
    choice = Choice(Decision.WONT_DO, reason=FIELD, assignee=worst(80))
    action = todo_form.form(TEXT, choice, carried, warning=warned(), theirs=TEXT, said=FIELD)
    yield modal("Action item", "longest", action)
    linked = ticket_form.link(replace(samples.actions()[0], text=TEXT), SENTENCE, carried)
    yield modal("Link a ticket", "longest", linked)
    notice = modals.notice(replies.say(text.escape(SENTENCE)), worst(60))
    yield modal("A message over a form", "longest", notice)


def _sections() -> Iterator[Entry]:
    yield modal("Write the post-mortem", "longest", content_menu.draw(overview(), (SENTENCE,) * 8))
    for form in section_forms.forms(tuple(f"{number} {worst(200)}" for number in range(8))).values():
        shown = {field.name: _full(field) for field in form.fields}
        theirs = {name: "x" if isinstance(value, str) else not value for name, value in shown.items()}
        for what, fields, other in (("full", shown, theirs), ("full by somebody else", theirs, shown)):
            carried = pages.metadata(
                ID,
                pages.Page(pages.MENU),
                section=form.section.value,
                seen="4c1f",
                parts=section_form.parts_drawn(form, fields),
            )
            told = Said(HEARD, (Saying(worst(200), "1.000100"),) * 3, "H-40")
            drawn = {name: said_lines.draw((told, told), lambda ts, thread: LINK) for name in _TOLD}
            view = section_form.draw(form, fields, carried, theirs=other, warning=warned(), said=drawn)
            yield modal(f"Section {form.section.value}", f"longest, {what}", view)


_TOLD = ("accounts", "users", "support", "people")


def _full(field: Field) -> str | bool:
    if field.shape is Shape.TICK:
        return True
    if field.shape is Shape.PERSON:
        return CHIOMA
    if field.shape is Shape.PEOPLE:
        return "\n".join(f"U0X{number}" for number in range(MANY))
    return (
        TEXT if field.shape in (Shape.TEXT, Shape.LINES) and field.most is None else worst(field.most or pieces.FIELD)
    )


def _lists() -> Iterator[Entry]:
    seen = overview()
    heard = seen.findings
    candidates = proposals.candidates(heard, seen.life.waiting_items)
    for number in (0, 20, 37):
        page = pages.Page(pages.PROPOSALS, number)
        view = timeline_pages.proposed(seen, candidates, page)
        yield modal("Into the timeline?", f"300 of the longest, page {number + 1}", view)
        view = timeline_pages.kept(seen, replace(page, name=pages.TIMELINE))
        yield modal("Timeline", f"300 of the longest, page {number + 1}", view)
    removed = timeline_pages.removed(seen, seen.life.items, pages.Page(pages.REMOVED, 20))
    yield modal("Taken out", "300 of the longest", removed)
    yield modal(
        "No data exists", "150 of the longest", timeline_pages.ask_why_no_data(seen, pages.Page(pages.TIMELINE))
    )
    todos = proposals.todos(heard, seen.life.waiting_todos)
    yield modal(
        "What becomes of it?", "300 of the longest", todo_pages.waiting(seen, todos, pages.Page(pages.TODOS, 20))
    )
    yield modal("Action items", "300 of the longest", todo_pages.listed(seen, pages.Page(pages.ACTIONS, 20)))
    yield modal("Notes", "300 of the longest", review_notes.listing(seen, 7))


def _customers() -> Iterator[Entry]:
    said = Parts(TEXT, TEXT, TEXT)
    sheet, other = (
        Sheet(samples.message(said), True, Status.REVIEWED),
        Sheet(samples.message(Parts("x")), False, Status.DRAFT),
    )
    of = record(status=Status.REVIEWED, reviewed_at=NOW - timedelta(hours=1))
    view = external_form.draw(
        of, other, sheet.wish, theirs=other, warning=warned(), suggested=TEXT,
        written=Saying(TEXT, "1.000100"), link=lambda ts, thread: LINK,
    )  # fmt: skip
    yield modal("Message to customers", "longest, full", view)
    view = external_form.draw(of, sheet, other.wish, theirs=sheet, warning=warned())
    yield modal("Message to customers", "longest, full by somebody else", view)
    yield modal("Preview", "longest", external_form.preview(of, said))
    yield whisper("Examples", "longest", examples_list.drawing([(of, said)] * 5, 1, 3, PUBLIC, ID))
    lived = samples.life(unseen=MANY, items=samples.items(40, words=WORST))
    located = wording.unseen(wording.findings(lived, full_outage=False, responders=()), ())
    listed = wording_list.listing(of, located, MANY, 1)
    yield modal("Wording", f"{len(located)} findings in the longest", listed)
    value = wording_list.value(of, located[0])
    yield modal("Ignore it", "longest", wording_list.ignore_form(of, located[0], value))


GROUP = Group("longest", "The longest and the worst", "The same with every input full of what breaks things.", draw)
