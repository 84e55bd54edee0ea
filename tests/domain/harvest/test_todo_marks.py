"""Whatever way people mark a follow-up, it is found; the table of marks says which ways there are, and every row of it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.harvest import marked, todo_marks
from bot.domain.harvest.finding import Confidence, Findings
from bot.domain.harvest.mark import Mark
from bot.domain.harvest.message import Message
from bot.domain.harvest.spots import Said

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
ROWS = [(mark, example) for mark in todo_marks.MARKS for example in mark.examples]


def found(of: Findings) -> list[tuple[str, str | None]]:
    return [(each.text, each.assignee) for each in of.todos if each.rule == "H-01" and each.confidence is Confidence.A]


@pytest.mark.parametrize(("mark", "example"), ROWS, ids=[example for _, example in ROWS])
def test_every_example_of_the_table_is_found_by_its_own_row(harvest: Harvest, mark: Mark, example: str) -> None:
    assert [each.text.removeprefix("@bo ").removeprefix("bo to ") for each in harvest(example).todos] == ["fix it"]
    assert mark.wording.match(example)
    assert marked.places(Said(["hello", example])) == [1]


@pytest.mark.parametrize(
    ("line", "text", "who"),
    [
        ("TODO/ana: add an alert", "add an alert", "UANA"),
        ("TODO <@UBO> and <@UCY>: add an alert", "add an alert", "UBO"),
        ("TODO (bo, cy): add an alert", "add an alert", "UBO"),
        ("TODO cy: add an alert", "add an alert", "UCY"),
        ("ACTION Zoe: add an alert", "add an alert", "Zoe"),
        ("AI (bo): add an alert", "add an alert", "UBO"),
        ("TODO(2026-03-01, bo): add an alert", "add an alert", "UBO"),
        ("TODO (P1, bo): add an alert", "add an alert", "UBO"),
        ("AI #2: add an alert", "add an alert", None),
        ("A/I: add an alert", "add an alert", None),
        ("f/u: add an alert", "add an alert", None),
        ("followup - add an alert", "add an alert", None),
        ("*TODO* add an alert", "add an alert", None),
        ("_todo_ - add an alert", "add an alert", None),
        (":memo: TODO add an alert", "add an alert", None),
        (":todo: add an alert", "add an alert", None),
        ("add an alert #todo", "add an alert", None),
        ("add an alert #todo <@UBO>", "add an alert", "UBO"),
        ("add an alert (todo)", "add an alert", None),
        ("- [] add an alert", "add an alert", None),
        ("1. [ ] add an alert", "add an alert", None),
        ("⬜ add an alert", "add an alert", None),
        ("⬜ <@UBO> add an alert", "@bo add an alert", "UBO"),
        (":white_large_square: add an alert", "add an alert", None),
        ("<@UBO> TODO: add an alert", "add an alert", "UBO"),
        ("and todo for me: add an alert", "add an alert", "UANA"),
        ("so that nobody forgets it: TODO <@UBO> add an alert", "@bo add an alert", "UBO"),
        ("one shard! :todo: make it two", "make it two", None),
        ("/inc todo add an alert, owner bo", "add an alert, owner bo", "UBO"),
        ("TODO(<@UBO>) add an alert", "add an alert", "UBO"),
        ("TODO: (bo) add an alert", "add an alert", "UBO"),
        ("TODO (P1)(bo): add an alert", "add an alert", "UBO"),
        ("TODO bo add an alert", "bo add an alert", "UBO"),
        ("TODO: add an alert @bo @cy", "add an alert @bo @cy", "UBO"),
        ("TODO: ana/bo - add an alert", "ana/bo - add an alert", "UANA"),
        ("TODO (post-mortem): add an alert", "add an alert", None),
        ("Bo: TODO add an alert", "add an alert", "UBO"),
        ("ACTION add an alert", "add an alert", None),
        ("TODO... add an alert", "add an alert", None),
        ("TODO = add an alert", "add an alert", None),
        ("(1) TODO: add an alert", "add an alert", None),
        ("[14:05] TODO: add an alert", "add an alert", None),
        ("TODO page on fsync over 500 ms", "page on fsync over 500 ms", None),
        ("todo rotate the key", "rotate the key", None),
        ("to do - rotate the key", "rotate the key", None),
        ("// TODO: handle vouchers", "handle vouchers", None),
        ("# TODO(bo): handle vouchers", "handle vouchers", "UBO"),
        ("`TODO` rotate the key", "rotate the key", None),
        ("FIXME: the key is in the log", "the key is in the log", None),
        ("Corrective action: a second reader", "a second reader", None),
        ("Remediation item (bo): rotate the key", "rotate the key", "UBO"),
        ("Remediation: rotate the key", "rotate the key", None),
        ("task for bo: rotate the key", "rotate the key", "UBO"),
        ("note to self: rotate the key", "rotate the key", "UANA"),
        ("<@UBO> action: rotate the key", "rotate the key", "UBO"),
        ("fu: rotate the key", "rotate the key", None),
    ],
)
def test_a_marked_line_is_found_with_whom_it_is_for(harvest: Harvest, line: str, text: str, who: str | None) -> None:
    assert found(harvest(line)) == [(text, who)]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("TODO: fix a; TODO: fix b", ["fix a", "fix b"]),
        ("TODO fix a, TODO fix b", ["fix a", "fix b"]),
        ("todo: fix a, todo: fix b", ["fix a", "fix b"]),
        ("TODO: why no page? TODO(bo): fix b", ["why no page?", "fix b"]),
        ("AI: fix a. AI: fix b", ["fix a.", "fix b"]),
        ("TODOs: fix a; fix b", ["fix a", "fix b"]),
        ("Action items: 1) fix a 2) fix b", ["fix a", "fix b"]),
        ("that one is mine. TODO bo: fix a", ["fix a"]),
        ("TODO: grep for TODO comments", ["grep for TODO comments"]),
        ("we fixed it, TODO: fix a. TODO: fix b", ["fix a.", "fix b"]),
        ("that is it for today, todo: fix a", ["fix a"]),
        ("Next steps -&gt; Abe: fix a; Eve: fix b", ["fix a", "fix b"]),
        ("TODO: fix a; it flaps", ["fix a; it flaps"]),
    ],
)
def test_several_in_one_line_are_several(harvest: Harvest, line: str, texts: list[str]) -> None:
    of = harvest(line).todos
    assert [each.text for each in of] == texts
    assert len({(each.ts, each.line) for each in of}) == len(texts)


def test_each_of_several_in_a_line_is_for_its_own_person(harvest: Harvest) -> None:
    assert found(harvest("TODO: bo to fix a; TODO: fix b; TODO (cy): fix c")) == [
        ("bo to fix a", "UBO"),
        ("fix b", None),
        ("fix c", "UCY"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "TODO: none from me",
        "ACTION: none from me, comms went well I think",
        "no TODOs",
        "my todo list is long",
        "TODO lists are for the weak",
        "todo: nothing",
        "todo list of bo is long",
        "todo update?",
        "todo today is hard",
        "todo test failed again",
        "to do this we need a key",
        "the `TODO` in that file is mine",
        "`TODO` comments are everywhere",
        "FIXME comments everywhere",
        "fu: you too",
        "Corrective action: restarted the pods",
        "Remediation: we failed over to B",
        "task: db-migrate finished",
        "Task: failed with exit 1",
        "note to self: tell cy gently",
        "note to self: never on a friday",
        "Next steps -&gt; see the doc",
        "Next steps: we wait",
        "⬜⬜🟩⬜🟨",
        "todo list app is down",
        "what's todo?",
        "TODO app is slow",
        "the TODO service is down",
        "TODO in the code right above it",
        "see https://github.com/x/todo",
        "follow-up call with the customer went well",
        "he wrote &quot;TODO: fix it&quot;",
        "# TODO handle vouchers, says the importer",
        "there is a comment: `# TODO: guard for empty mesh`",
        "see #todo",
        "put it into #todo",
        "TODO/DONE: 3/5",
        "TODO's are in the doc",
        "/todo list",
        "Action plan: see the doc",
        "✅ TODO: fix the dashboard",
        "TODO: fix the dashboard ✅",
        "TODO: fix the dashboard :white_check_mark:",
        ":white_check_mark: TODO: fix the dashboard",
        "TODO: fix the dashboard - DONE",
        "TODO: fix the dashboard (done)",
        "TODO send the hours. (done, just got the mail)",
        "TODO: done",
        "ACTION: Bo - DONE - rotate the keys",
        "docs: TODO explain the retry",
        "- [x] TODO: fix the dashboard",
        "~TODO: fix the dashboard~",
        "ticket: video has a picture but no thumbnail?",
        "UPDATE 07:30. Impact: 402 of 2,310 lanes. Cause: an empty group. Action: group disabled",
        "Impact: logins fail\nAction: failed over to B\nNext update: 15:00",
    ],
)
def test_no_mark_or_done_is_none(harvest: Harvest, line: str) -> None:
    assert found(harvest(line)) == []


@pytest.mark.parametrize(
    "head", ["Next steps:", "*Next steps* :point_down:", "Action items", "TODO:", "TODO list", "Agreed follow-ups:"]
)
def test_a_list_below_a_heading_may_stand_in_the_next_messages_of_its_author(harvest: Harvest, head: str) -> None:
    of = harvest(head, "• fix a\n• fix b", ("good", "UBO"), "- fix c", "thanks all", "- lunch")
    assert [each.text for each in of.todos] == ["fix a", "fix b", "fix c"]
    assert {each.rule for each in of.todos} == {"H-01"}
    assert harvest(head, ("- fix a", "UBO")).todos == ()


@pytest.mark.parametrize(
    "head",
    [
        "*Follow-ups*",
        ":memo: Action items",
        ":memo: *Action items*",
        "what's left:",
        ":pushpin: loose ends",
        "*Still open*",
        "*Remediation items*",
        "# TODO",
        "ACTIONS",
        "Tasks:",
        "Action items (draft):",
        "Follow-ups noted during the call, please object if wrong:",
        "things to fix:",
        "for later:",
    ],
)
@pytest.mark.parametrize("bullets", [("- ", "- "), ("1. ", "2. "), ("• ", "• "), ("– ", "– ")])
def test_a_heading_and_what_is_below_it(harvest: Harvest, head: str, bullets: tuple[str, str]) -> None:
    said = "\n".join([head, f"{bullets[0]}rotate the key", f"{bullets[1]}write the runbook"])
    assert found(harvest(said)) == [("rotate the key", None), ("write the runbook", None)]
    assert marked.places(Said(["hello", said])) == [1]


@pytest.mark.parametrize(
    "said",
    [
        "what's left:\n- 3 boxes\n- the other queue",
        "Still open:\n- checkout in the north\n- 40 orders",
        "for later\n- rotate the key\n- write the runbook",
        "what's left: nothing",
        "great tasks\n- rotate the key",
        "Tasks:\n- rotate the key ✅",
        "Follow-ups from last week that are done:\n- rotate the key",
    ],
)
def test_a_list_of_other_things_is_none(harvest: Harvest, said: str) -> None:
    assert found(harvest(said)) == []


def test_bold_lines_without_bullets_stand_below_a_bold_heading(harvest: Harvest) -> None:
    assert found(harvest("*Follow-ups*\nrotate the key\nwrite it")) == [("rotate the key", None), ("write it", None)]


def test_of_next_steps_each_is_for_the_one_named_before_it(harvest: Harvest) -> None:
    assert found(harvest("Next steps: Bo: fix a; Zoe: fix b")) == [("fix a", "UBO"), ("fix b", "Zoe")]


def test_a_list_below_a_heading_may_stand_in_its_thread(
    harvest: Harvest, say: Say, stamp: Callable[[float], str]
) -> None:
    head = say("Next steps:", minute=0, reply_count=2)
    replies = [say(f"- fix {part}", minute=place, thread_ts=stamp(0)) for place, part in enumerate("ab", 20)]
    assert [each.text for each in harvest(head, *replies).todos] == ["fix a", "fix b"]


def test_an_empty_line_may_stand_between_a_heading_and_its_list(harvest: Harvest) -> None:
    assert [each.text for each in harvest("Action items:\n\n- fix a\n- fix b").todos] == ["fix a", "fix b"]


def test_who_and_until_when_may_stand_together_in_front(harvest: Harvest) -> None:
    of = harvest("TODO (bo, by friday): fix it").todos
    assert [(each.text, each.assignee, each.due) for each in of] == [("fix it", "UBO", "by friday")]


def test_a_tick_that_somebody_put_on_it_says_that_it_is_done(harvest: Harvest, say: Say) -> None:
    todo = say("TODO: fix the dashboard")
    assert harvest(replace(todo, ticked_by=("UBO",))).todos == ()
    assert len(harvest(replace(todo, ticked_by=("UBOT",))).todos) == 1, "an app says that it has heard"
    both = say("TODO: fix the dashboard\nTODO: tell support", ticked_by=("UBO",))
    assert len(harvest(both).todos) == 2, "nobody knows which"
