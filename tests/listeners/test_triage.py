"""Triage: everything that can be said of one TODO, merging and its undo, what stood around it in the chat, and the tickets as a
file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.postmortem import FileState
from bot.domain.status import Status
from tests import factories
from tests.fakes import errors
from tests.fakes.bot import Bot
from tests.listeners.test_todos import OTHER, OWNER, TICKET, actions, counted, form, found, opened, propose


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def one_todo(bot: Bot, number: int = 1) -> dict[str, Any]:
    """The form of one TODO that waits."""
    todo = found(number)
    bot.press(ids.TODO_EDIT, f"{bot.record().id}:{todo.ts}:{todo.line}", OWNER)
    return bot.screens.form()


def by_hand(bot: Bot, text: str, **answers: Any) -> ActionItem:
    """An action item that somebody added."""
    reply = bot.submit(form(bot), OWNER, text=text, **({"kind": "prevent"} | answers))
    assert reply.errors == {}
    return next(each for each in actions(bot) if each.text == text)


def apart(bot: Bot, action: ActionItem, user: str = OWNER) -> None:
    bot.press(ids.ACTION_APART, f"{bot.record().id}:{action.id}", user)


def test_a_todo_gets_everything_that_a_ticket_says(begun: Bot) -> None:
    propose(begun, found(1, assignee="U3"))
    view = one_todo(begun)
    assert begun.submit(view, OWNER, kind="mitigate", priority="P0", due="2026-12-24", text="Fall back").errors == {}
    (action,) = actions(begun)
    assert (action.kind, action.priority, action.due) == (ActionKind.MITIGATE, Priority.P0, date(2026, 12, 24))
    assert (action.text, action.assignee, action.ts) == ("Fall back", "U3", found(1).ts)
    assert "Ticket (P0, mitigate, 2026-12-24): Fall back" in {entry.new for entry in begun.history()}
    reply = begun.submit(view, OWNER, "V2", kind="repair", hash="h2")
    assert "Somebody decided on this TODO meanwhile" in str(reply.json)
    assert len(actions(begun)) == 1


def test_the_day_of_the_rule_is_shown_and_stays_with_the_rule(begun: Bot) -> None:
    view = form(begun)
    due = next(block for block in view["blocks"] if block.get("block_id") == "due")
    assert "calendar days after" in due["hint"]["text"]
    assert by_hand(begun, "Alert").due is None
    begun.submit(form(begun, actions(begun)[0]), OWNER, "V2", due="2027-01-02")
    assert actions(begun)[0].due == date(2027, 1, 2)
    begun.submit(form(begun, actions(begun)[0]), OWNER, "V3", due=due["element"]["initial_date"])
    assert actions(begun)[0].due is None


def test_a_lower_priority_is_refused_without_a_justification(begun: Bot) -> None:
    view = form(begun)
    before = begun.contents()
    reply = begun.submit(view, OWNER, text="Tidy", kind="process", priority="lower")
    assert list(reply.errors) == ["why_ticket"]
    assert "Topic for discussion" in reply.errors["why_ticket"]
    assert begun.contents() == before
    reply = begun.submit(view, OWNER, text="Tidy", kind="process", priority="lower", why_ticket="It takes an hour")
    assert reply.errors == {}
    assert (actions(begun)[0].priority, actions(begun)[0].justification) == (Priority.LOWER, "It takes an hour")


def test_what_it_costs_and_is_worth_is_noted_whatever_becomes_of_it(begun: Bot) -> None:
    dear = by_hand(
        begun, "Two regions", decision="wont_do", said="too dear", roi="A year of work for an hour of outage"
    )
    assert dear.roi == "A year of work for an hour of outage"
    assert "Won't do (prevent, too dear, ROI: A year of work for an hour of outage): Two regions" in {
        entry.new for entry in begun.history()
    }
    assert "_ROI: A year of work for an hour of outage_" in str(opened(begun))
    begun.submit(form(begun, dear), OWNER, "V2", decision="ticket", kind="prevent", said="")
    (again,) = actions(begun)
    assert (again.decision, again.roi) == (Decision.TICKET, "A year of work for an hour of outage")
    begun.press(ids.ACTIONS_CSV, begun.record().id, OWNER)
    begun.work()
    assert "ROI: A year of work for an hour of outage" in tickets(begun)[0]


def test_a_vague_verb_is_hinted_at_and_saved_all_the_same(begun: Bot) -> None:
    action = by_hand(begun, "Improve the alerts")
    assert "from which value to which" in str(form(begun, action)["blocks"])


def test_a_todo_is_merged_into_another_keeps_its_link_and_comes_back(begun: Bot) -> None:
    whole = by_hand(begun, "One alert for all queues")
    propose(begun, found(1))
    view = one_todo(begun)
    assert list(begun.submit(view, OWNER, decision="merged").errors) == ["into"]
    assert begun.submit(view, OWNER, decision="merged", into=whole.id).errors == {}
    merged = next(each for each in actions(begun) if each.decision is Decision.MERGED)
    assert (merged.merged_into, merged.ts, counted(begun)) == (whole.id, found(1).ts, (0, 0))
    listed = str(opened(begun)["blocks"])
    assert listed.count(f"p{found(1).ts.replace('.', '')}") == 2, "beside itself, and beside what does it"
    apart(begun, merged)
    assert ([each.text for each in actions(begun)], counted(begun)) == ([whole.text], (1, 0))
    assert begun.history()[-1].via == "undo"
    apart(begun, merged)
    assert "not there any more" in begun.screens.sentence()


def fields_of(view: dict[str, Any]) -> list[str]:
    return [str(block.get("block_id")) for block in view["blocks"]]


def test_what_took_others_in_is_not_merged_itself(begun: Bot) -> None:
    whole, part = by_hand(begun, "One alert"), by_hand(begun, "Another alert")
    begun.submit(form(begun, part), OWNER, "V2", decision="merged", into=whole.id)
    assert "into" not in fields_of(form(begun, whole))


def test_undoing_a_merge_brings_the_decision_back(begun: Bot) -> None:
    whole = by_hand(begun, "One alert for all queues")
    part = by_hand(begun, "Alert on pay", priority="P0", said=TICKET)
    begun.submit(form(begun, part), OWNER, "V2", decision="merged", into=whole.id)
    merged = next(each for each in actions(begun) if each.id == part.id)
    assert merged.decision is Decision.MERGED
    apart(begun, merged)
    again = next(each for each in actions(begun) if each.id == part.id)
    assert again == replace(part, version=3, at=again.at)
    apart(begun, again)
    assert "not merged" in begun.screens.sentence()


def test_nobody_else_merges_and_nothing_comes_apart_once_it_is_closed(begun: Bot) -> None:
    whole, part = by_hand(begun, "One alert"), by_hand(begun, "Another alert")
    begun.submit(form(begun, part), OWNER, "V2", decision="merged", into=whole.id)
    before = begun.contents()
    apart(begun, part, OTHER)
    assert "write the post-mortem" in begun.screens.sentence()
    assert begun.contents() == before
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(begun.record().id, lock=True)
        assert record
        unit.records.save(record.changed(status=Status.CLOSED))
    before = begun.contents()
    apart(begun, part)
    assert "Closed" in begun.screens.sentence()
    assert begun.contents() == before


def test_what_was_said_around_a_todo_is_shown(begun: Bot) -> None:
    said = {0: "is it the <pool> again?", 1: "TODO raise the pool", 2: "agreed", 3: "and the cache?"}
    reply = factories.ts(factories.STARTED + timedelta(minutes=1, seconds=30))
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        state = unit.harvests.state(begun.record().id)
        assert state
        listed = [
            factories.message(words, ts=factories.ts(factories.STARTED + timedelta(minutes=number)), user_id="U3")
            for number, words in said.items()
        ]
        of_a_thread = factories.message("in a thread", ts=reply, thread_ts=listed[0].ts, user_id="U3")
        unit.harvests.add_messages(state, [*listed, of_a_thread])
    propose(begun, found(1, text="raise the pool"))
    shown = str(opened(begun)["blocks"])
    assert "is it the &lt;pool&gt; again?" in shown
    assert "agreed" in shown
    assert "in a thread" not in shown
    assert "and the cache?" not in shown


def test_the_command_opens_the_list_and_a_word_asks_for_the_file(begun: Bot) -> None:
    begun.command("actions", OWNER)
    assert begun.screens.form()["title"]["text"] == "Action items"
    assert "CSV" not in str(begun.screens.form())
    assert "No action item waits" in begun.command("actions csv", OWNER).text
    assert "Type `/postmortem actions`" in begun.command("actions xml", OWNER).text
    by_hand(begun, "Alert")
    assert "CSV file" in begun.command("actions csv", OWNER).text


def tickets(bot: Bot) -> list[str]:
    """The lists of tickets that people can see."""
    return [
        each.content.decode("utf-8-sig") for each in bot.chat.visible_files().values() if each.name.endswith(".csv")
    ]


def test_the_file_comes_into_the_thread_of_the_card_once_and_a_newer_one_takes_its_place(begun: Bot) -> None:
    by_hand(begun, "=1+1 alerts", assignee="U3")
    for _ in range(2):
        begun.press(ids.ACTIONS_CSV, begun.record().id, OWNER)
        begun.work()
    (content,) = tickets(begun)
    assert "\n'=1+1 alerts," in content.replace("\r", "")
    by_hand(begun, "Another alert")
    begun.press(ids.ACTIONS_CSV, begun.record().id, OWNER)
    begun.work()
    (content,) = tickets(begun)
    assert "Another alert" in content
    kept = begun.look(lambda unit: [each.state for each in unit.items.action_files(begun.record().id)])
    assert kept == [FileState.REMOVED, FileState.SHARED]


def test_an_upload_whose_answer_was_lost_is_one_file(begun: Bot) -> None:
    by_hand(begun, "Alert")
    begun.work()
    begun.chat.fail("share", errors.lost(), after=True)
    begun.press(ids.ACTIONS_CSV, begun.record().id, OWNER)
    begun.work()
    begun.later(timedelta(minutes=5))
    begun.work()
    assert len(tickets(begun)) == 1
