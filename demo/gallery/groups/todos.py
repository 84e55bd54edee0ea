"""What is to be done: the TODOs of the channel, what was decided, and one action item."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import pages, text, todo_form, todo_pages
from bot.blocks.pages import ACTIONS, TODOS, Page
from bot.domain.actions import Choice, Decision
from demo.gallery import found, samples, stages, texts
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.people import ANA, CHIOMA
from demo.gallery.samples import ID


def draw() -> Iterator[Entry]:
    seen = samples.overview(**found.done())
    for state, number, page in (("one", 1, 0), ("three", 3, 0), ("20, the second page", 20, 1)):
        yield modal("What becomes of it?", state, todo_pages.waiting(seen, found.todos(number), Page(TODOS, page)))
    yield modal("Action items", "none yet", todo_pages.listed(samples.overview(), Page(ACTIONS)))
    lived = samples.life(actions=samples.actions(), waiting_todos=samples.keys(found.todos(2)))
    yield modal("Action items", "one of each", todo_pages.listed(samples.overview(lived=lived), Page(ACTIONS)))
    shut = stages.closed()
    yield modal("Action items", "Closed: they are only read", todo_pages.listed(shut, Page(ACTIONS)))
    many = samples.life(actions=samples.actions() * 5)
    yield modal(
        "Action items", "20, the second page", todo_pages.listed(samples.overview(lived=many), Page(ACTIONS, 1))
    )
    carried = pages.metadata(ID, Page(ACTIONS), parts=1)
    yield modal("Action item", "a new one", todo_form.form("", None, carried))
    for decision, said, beside, who in ((each[1], each[0], each[2], each[3]) for each in texts.ACTIONS):
        ticket = decision is Decision.TICKET
        choice = Choice(decision, ticket=beside if ticket else "", reason="" if ticket else beside, assignee=who)
        yield modal("Action item", decision.value, todo_form.form(said, choice, carried))
    said, _, beside, _ = texts.ACTIONS[0]
    warning = f"{text.mention(ANA)} saved this while you had the form open. Yours is still in the fields: save again, and it counts."
    mine = Choice(Decision.DISCUSS, reason="Which team?", assignee=CHIOMA)
    view = todo_form.form("Show the pool's use", mine, carried, warning=warning, theirs=f"Ticket\n{said}\n{beside}")
    yield modal("Action item", "saved by somebody else meanwhile", view)


GROUP = Group("todos", "What is to be done", "What becomes of each TODO, and the list of what was decided.", draw)
