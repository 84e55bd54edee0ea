"""What becomes of each TODO: a ticket, a topic, done already, or not to be done and why; decided once, changed when need be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.harvest.finding import Confidence, Findings, TodoFinding
from bot.domain.policy import Policy
from bot.domain.status import Status
from bot.usecases import facts
from tests import factories
from tests.fakes.bot import Bot

OWNER, IC, OTHER = "U2", "U1", "U4"
TICKET = "https://jira.example/browse/P-1"


def found(number: int, **values: Any) -> TodoFinding:
    at = factories.STARTED + timedelta(minutes=number)
    return factories.todo(**({"text": f"Todo {number}", "ts": factories.ts(at)} | values))


def propose(bot: Bot, *listed: TodoFinding) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.proposals.replace(bot.record().id, Findings(todos=listed))


def actions(bot: Bot) -> list[ActionItem]:
    return list(bot.look(lambda unit: unit.items.actions(bot.record().id)))


def counted(bot: Bot) -> tuple[int, int]:
    """Open TODOs and undecided action items, as the guards see them."""
    known = bot.look(lambda unit: facts.facts(unit, bot.record(), Policy()))
    return known.open_todos, known.undecided_actions


def opened(bot: Bot, user: str = OWNER) -> dict[str, Any]:
    bot.press(ids.TODOS_OPEN, bot.record().id, user)
    return bot.screens.form()


def fields(view: dict[str, Any], what: str) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if str(block.get("block_id")).startswith(f"{what}:")]


def form(bot: Bot, action: ActionItem | None = None, user: str = OWNER) -> dict[str, Any]:
    record = bot.record().id
    bot.press(ids.ACTION_EDIT if action else ids.ACTION_ADD, f"{record}:{action.id}" if action else record, user)
    return bot.screens.form()


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def test_each_todo_says_which_rule_found_it_and_how_sure_that_is(begun: Bot) -> None:
    propose(begun, found(1, rule="H-42", confidence=Confidence.C), found(2, rule="H-01", confidence=Confidence.A))
    shown = str(opened(begun)["blocks"])
    assert "suggested by H-42: a follow-up that is known by its weight" in shown
    assert "found by H-01: a line marked TODO, ACTION or FOLLOW-UP" in shown


def test_each_todo_is_decided_and_the_guards_know(begun: Bot) -> None:
    propose(begun, *(found(number) for number in range(5)))
    assert counted(begun) == (5, 0)
    view = opened(begun)
    decisions, said = fields(view, "decision"), fields(view, "said")
    answers = {
        fields(view, "kind")[0]: "detect", decisions[0]: "ticket", said[0]: TICKET,
        decisions[1]: "discuss", decisions[2]: "done", decisions[3]: "wont_do",
        said[3]: "too dear",
    }  # fmt: skip
    reply = begun.submit(view, OWNER, **answers)
    assert reply.errors == {}
    assert [
        (each.text, each.decision, each.ticket, each.reason) for each in sorted(actions(begun), key=lambda a: a.text)
    ] == [
        ("Todo 0", Decision.TICKET, TICKET, ""),
        ("Todo 1", Decision.DISCUSS, "", ""),
        ("Todo 2", Decision.DONE, "", ""),
        ("Todo 3", Decision.WONT_DO, "", "too dear"),
    ]
    assert counted(begun) == (1, 1)
    assert "Todo 4" in str(reply.json["view"]), "the one that is left"
    propose(begun, *(found(number) for number in range(5)))
    assert counted(begun) == (1, 1), "a later reading brings none back"


def test_what_lacks_something_is_refused_at_its_field_and_nothing_is_kept(begun: Bot) -> None:
    propose(begun, *(found(number) for number in range(3)))
    view = opened(begun)
    decisions, said = fields(view, "decision"), fields(view, "said")
    before = begun.contents()
    answers = {decisions[0]: "ticket", said[0]: "P-1", decisions[1]: "wont_do", said[2]: "nothing chosen"}
    reply = begun.submit(view, OWNER, **answers)
    assert set(reply.errors) == {*said, fields(view, "kind")[0]}, "a ticket has a type"
    assert begun.contents() == before
    (rest,), (why,) = fields(view, "rest"), fields(view, "why")
    assert why in begun.submit(view, OWNER, **{rest: "wont_do"}).errors


@pytest.mark.parametrize("many", [8, 60, 300])
def test_a_page_is_decided_at_once_and_the_next_one_follows(begun: Bot, many: int) -> None:
    propose(begun, *(found(number) for number in range(many)))
    view = opened(begun)
    decisions = fields(view, "decision")
    assert (len(decisions), len(view["blocks"]) <= 100) == (8, True)
    (rest,), (why,) = fields(view, "rest"), fields(view, "why")
    reply = begun.submit(view, OWNER, **{rest: "wont_do", why: "an exercise", decisions[0]: "discuss"})
    assert counted(begun) == (many - 8, 1)
    assert [each.reason for each in actions(begun) if each.decision is Decision.WONT_DO] == ["an exercise"] * 7
    title = reply.json["view"]["title"]["text"]
    assert title == ("Action items" if many == 8 else "What becomes of it?")
    if many > 8:
        assert fields(reply.json["view"], "decision")[0] not in decisions
        begun.press_in(reply.json["view"], ids.CONTENT_PAGE, f"{begun.record().id}:todos.2", OWNER)
        assert fields(begun.screens.redrawn[-1].view, "decision")


def test_nothing_chosen_decides_nothing_and_goes_on(begun: Bot) -> None:
    propose(begun, *(found(number) for number in range(20)))
    view = begun.submit(opened(begun), OWNER).json["view"]
    assert "Todo 8" in str(view)
    assert counted(begun) == (20, 0)


def test_a_decision_is_changed_later(begun: Bot) -> None:
    propose(begun, found(1, assignee="U3"))
    view = opened(begun)
    begun.submit(view, OWNER, **{fields(view, "decision")[0]: "discuss"})
    (action,) = actions(begun)
    assert (action.assignee, counted(begun)) == ("U3", (0, 1))
    begun.submit(form(begun, action), OWNER, "V2", decision="ticket", kind="repair", said=TICKET)
    (action,) = actions(begun)
    assert (action.decision, action.ticket, action.assignee, counted(begun)) == (Decision.TICKET, TICKET, "U3", (0, 0))
    history = [(entry.old, entry.new) for entry in begun.history() if entry.field == "action item"]
    assert history[-1] == ("Topic for discussion: Todo 1", f"Ticket (P1, repair, {TICKET}): Todo 1")


def test_they_stay_in_the_order_of_the_chat_whatever_is_changed(begun: Bot) -> None:
    propose(begun, *(found(number) for number in range(7)))
    view = opened(begun)
    begun.submit(view, OWNER, **dict.fromkeys(fields(view, "decision"), "discuss"))
    begun.later(timedelta(minutes=1))
    begun.submit(form(begun), OWNER, "V2", text="Alert", decision="discuss")
    in_order = [*(f"Todo {number}" for number in range(7)), "Alert"]
    assert [each.text for each in actions(begun)] == in_order
    for number in (3, 0):
        begun.later(timedelta(minutes=1))
        changed = actions(begun)[number]
        begun.submit(form(begun, changed), OWNER, f"V3{number}", decision="wont_do", said="too dear")
        assert actions(begun)[number].decision is Decision.WONT_DO
    assert [each.text for each in actions(begun)] == in_order


def test_an_action_item_is_added_by_hand(begun: Bot) -> None:
    view = form(begun)
    assert list(begun.submit(view, OWNER, said=TICKET, kind="detect", text=" ").errors) == ["text"]
    assert list(begun.submit(view, OWNER, text="Alert", said="P-1").errors) == ["said", "kind"]
    assert begun.submit(view, OWNER, text="Alert\non queue", kind="detect", assignee="U3").errors == {}
    (action,) = actions(begun)
    assert (action.kind, action.priority, action.ticket) == (ActionKind.DETECT, Priority.P1, ""), (
        "P1 unless said otherwise"
    )
    assert (action.text, action.assignee, action.ts) == ("Alert\non queue", "U3", None)


def test_the_second_of_two_on_one_decision_sees_both(begun: Bot) -> None:
    begun.submit(form(begun), OWNER, text="Alert", decision="discuss")
    (action,) = actions(begun)
    mine, theirs = form(begun, action), form(begun, action, IC)
    begun.submit(theirs, IC, "V2", decision="wont_do", said="too dear")
    reply = begun.submit(mine, OWNER, "V3", decision="ticket", kind="repair", said=TICKET)
    view = reply.json["view"]
    assert "too dear" in str(view)
    assert TICKET in str(view)
    assert actions(begun)[0].decision is Decision.WONT_DO
    assert begun.submit(view, OWNER, "V3", hash="h2").errors == {}
    assert actions(begun)[0].ticket == TICKET


def test_two_people_decide_each_todo_once(begun: Bot) -> None:
    propose(begun, found(1))
    mine, theirs = opened(begun), opened(begun, IC)
    (field,) = fields(mine, "decision")
    begun.submit(mine, OWNER, "V1", **{field: "done"})
    begun.submit(theirs, IC, "V2", **{field: "discuss"})
    assert [(each.decision, each.by) for each in actions(begun)] == [(Decision.DONE, OWNER)]


TEXTS = ["x" * 3000, "\U0001f525" * 1500, "مرحبا", "<!channel> <@U404> `a` ```b``` <script>", "long " * 3000]


@pytest.mark.parametrize("words", TEXTS, ids=["longest", "fire", "right to left", "pings", "longer than a field"])
def test_words_are_kept_and_ping_nobody(begun: Bot, words: str) -> None:
    detail = f"{words[1:]}\n<!channel>"
    propose(begun, found(1, text=words, detail=detail))
    view = opened(begun)
    assert "<!channel>" not in str(view)
    begun.submit(view, OWNER, **{fields(view, "decision")[0]: "done"})
    (action,) = actions(begun)
    assert action.text == f"{words}\n{detail}"
    begun.submit(form(begun, action), OWNER, "V2", decision="discuss")
    assert actions(begun)[0].text.split() == action.text.split()
    assert "<!channel>" not in str(opened(begun))


@pytest.mark.parametrize("act", [ids.TODOS_OPEN, ids.ACTION_ADD, ids.ACTION_EDIT])
@pytest.mark.parametrize("who", [OTHER, "U5"])
def test_others_change_nothing(begun: Bot, act: str, who: str) -> None:
    begun.submit(form(begun), OWNER, text="Alert", decision="discuss")
    value = f"{begun.record().id}:{actions(begun)[0].id}" if act == ids.ACTION_EDIT else begun.record().id
    before, seen = begun.contents(), len(begun.screens.opened)
    begun.press(act, value, who)
    assert "write the post-mortem" in begun.screens.sentence()
    assert (begun.contents(), len(begun.screens.opened)) == (before, seen)


@pytest.mark.parametrize(
    ("status", "open_still"), [(Status.IN_REVIEW, True), (Status.REVIEWED, True), (Status.CLOSED, False)]
)
def test_decisions_are_due_until_it_is_closed(begun: Bot, status: Status, open_still: bool) -> None:
    view = form(begun)
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(begun.record().id, lock=True)
        assert record
        unit.records.save(record.changed(status=status))
    reply = begun.submit(view, OWNER, text="Alert", decision="discuss")
    assert (reply.errors == {}) is open_still
    assert len(actions(begun)) == open_still


def test_who_decided_before_finds_what_is_new_first_and_marked(begun: Bot) -> None:
    propose(begun, *(found(number) for number in range(9)))
    view = opened(begun)
    begun.submit(view, OWNER, **{fields(view, "decision")[0]: "discuss"})
    begun.clock.advance(timedelta(hours=2))
    at = begun.clock.now() - timedelta(minutes=5)
    propose(begun, *(found(number) for number in range(9)), factories.todo("Said later", ts=factories.ts(at)))
    shown = [block["text"]["text"] for block in opened(begun)["blocks"] if "accessory" in block]
    assert shown[0].startswith(":new: *Said later*")
    assert shown[1].startswith("*Todo 1*")
    assert not any(":new:" in each for each in shown[1:])
