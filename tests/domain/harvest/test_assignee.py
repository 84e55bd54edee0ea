"""A follow-up is for whom it is handed to, or who takes it; nobody where nobody did."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import bare_command
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]
WISH = "TODO: alert on the age of the backup"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("TODO: rotate the signing key (bo)", "UBO"),
        ("TODO: rotate the signing key → bo", "UBO"),
        ("TODO: rotate the signing key, owner bo", "UBO"),
        ("TODO: rotate the signing key. bo yours", "UBO"),
        ("TODO: a page of contacts. cy can you start it", "UCY"),
        ("TODO: ana - a stop button for the mailer", "UANA"),
        ("TODO: rotate the signing key - me, next week", "UDEE"),
        ("TODO: the key job. that's on me", "UDEE"),
        ("TODO: tidy the dashboard, will do on monday", "UDEE"),
        ("TODO: adding the check to the image, it is in my sprint", "UDEE"),
        ("TODO: someone should rotate the signing key", None),
        ("TODO: ask the bank whether we can rotate the key", None),
    ],
)
def test_words_in_it_tell_whose_it_is(harvest: Harvest, say: Say, line: str, who: str | None) -> None:
    assert [todo.assignee for todo in harvest(say(line, "UDEE")).todos] == [who]


@pytest.mark.parametrize(
    ("answers", "who"),
    [
        ([("UBO", "yes, I'll take that one")], "UBO"),
        ([("UBO", "on it")], "UBO"),
        ([("UBO", "consider it mine")], "UBO"),
        ([("UCY", "bo can you take that"), ("UBO", "sure")], "UBO"),
        ([("UCY", "good one"), ("UBO", "I can do that")], "UBO"),
        ([("UCY", "good one"), ("UBO", "I'll call the bank")], None),
        ([("UCY", "cy please tell support"), ("UCY", "will do")], None),
        ([("UCY", "how old is it?"), ("UBO", "mine")], None),
    ],
    ids=["takes it", "on it", "mine", "handed", "a little later", "something else", "asked for other work", "a question between"],
)  # fmt: skip
def test_an_answer_tells_whose_it_is(
    harvest: Harvest, say: Say, answers: list[tuple[str, str]], who: str | None
) -> None:
    said = [say(text, by, place) for place, (by, text) in enumerate(answers, 1)]
    assert [todo.assignee for todo in harvest(say(WISH, "UANA"), *said).todos if todo.text in WISH] == [who]


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("$ df -h /var", "$ df -h /var"),
        ("ran kubectl get pods -A | grep Crash, all fine", "kubectl get pods -A | grep Crash"),
        (
            "select count(*) from orders where state='x' → 12",
            "select count(*) from orders where state='x'",
        ),
        ("checked sum(rate(errors_total[5m]))", "sum(rate(errors_total[5m]))"),
        ("can you run kubectl get pods", None),
        ("curl gives 200 again", None),
        ("I select a few from the list", None),
        ("we have the docker build in ci now", None),
    ],
)
def test_a_command_in_plain_words_is_known_by_what_only_a_command_has(line: str, command: str | None) -> None:
    assert next(bare_command.find(line), None) == command


def test_a_command_in_plain_words_is_found(harvest: Harvest, say: Say) -> None:
    found = harvest(say("ran kubectl get pods -A | grep Crash, all fine"), say("kubectl is slow today", minute=1))
    assert [(each.text, each.line) for each in found.queries] == [("kubectl get pods -A | grep Crash", 0)]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("TODO: rotate the key <@UBO> by friday", "UBO"),
        ("Action: the key <@UBO> do it", "UBO"),
        ("- [ ] the key: Cy", "UCY"),
        ("ACTION: Zoe to rotate the keys", "Zoe"),
        ("ACTION: Zoe Young will rotate the keys", "Zoe Young"),
        ("TODO: Alerts to fire on both sides", None),
        ("TODO for someone from payments: rotate the keys", None),
        ("TODO: someone from payments to rotate the keys", None),
        ("TODO: ask <@UBO> for the keys", None),
        ("TODO: document <@UBO>'s script", None),
        ("TODO: revert what <@UBO> changed", None),
        ("TODO (cy and bo): rotate the keys", "UCY"),
        ("TODO: the keys, cy, before the release", "UCY"),
        ("TODO: rotate the keys, owner me", "UANA"),
        ("TODO: rotate bo's keys", None),
        ("TODO: tell bo about the keys", None),
        ("TODO: <@UBO> and <@UCY> rotate the keys", "UBO"),
    ],
)
def test_a_mention_or_a_name_in_a_marked_line(harvest: Harvest, line: str, who: str | None) -> None:
    assert [todo.assignee for todo in harvest(line).todos] == [who]


def test_a_marked_line_answers_nobody(harvest: Harvest) -> None:
    found = harvest(("the alert did not fire", "UBO"), "TODO the alert by 2026-01-12", "TODO: please add an alert")
    assert [todo.assignee for todo in found.todos] == [None, None]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("we should rotate the keys, I'd lead it next sprint", "UDEE"),
        ("we should have a runbook for it. i write it on thursday", "UDEE"),
        ("we should have a runbook for it. gimme till friday", "UDEE"),
        ("We'll make the zone mandatory in the runbook next week", "UDEE"),
        ("adding an alert for the disk tomorrow", "UDEE"),
        ("we should add an alert for the disk, cy leads", "UCY"),
        ("we should add an alert for the disk, bo's team", "UBO"),
        ("we should write the runbook, nobody knew about bo", None),
        ("we should fix the alert, it is like bo's script", None),
    ],
)
def test_what_its_author_says_or_the_only_name_tells_whose_it_is(
    harvest: Harvest, say: Say, line: str, who: str | None
) -> None:
    assert [todo.assignee for todo in harvest(say(line, "UDEE")).todos] == [who]


def test_who_is_told_to_do_what_they_spoke_of(harvest: Harvest, say: Say) -> None:
    talk = [
        say("I could write a runbook for the keys", "UBO", 0),
        say("do it, put it into the sprint, by friday", "UANA", 1),
    ]
    assert {each.assignee for each in harvest(*talk).todos} <= {"UBO"}


@pytest.mark.parametrize(
    "line",
    [
        "I realise it is a lot of work, but we should add an alert for this",
        "I would have welcomed it if somebody had asked, we should add an alert for this",
        "I could have seen it at seven, we should add an alert for this",
        "Could I ask a favour: we should add an alert for this",
        "what I ask myself: should we not add an alert for this, we should add an alert for this",
        "I keep thinking that we should add an alert for this",
        "we should add an alert for this, I count eleven without",
        "nobody should do that by hand, starting with me, we should add an alert for this",
        "I'd sleep better if we had it, we should add an alert for this",
    ],
)
def test_what_people_think_count_or_would_have_done_is_no_promise(harvest: Harvest, line: str) -> None:
    assert [todo.assignee for todo in harvest("the disk is full", line).todos] == [None]


def test_a_wish_in_a_long_message_is_not_for_who_tells_of_themselves_in_it(harvest: Harvest) -> None:
    wish = "we should add an alert for this."
    of = f"I take the numbers from the page by hand every morning, since the graph of the queue went away last year. {wish}"
    assert [todo.assignee for todo in harvest(of).todos] == [None]
    assert [todo.assignee for todo in harvest(f"I take the numbers by hand. {wish}").todos] == ["UANA"]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("I'd like to know if there are more, bo could you write a runbook for it tomorrow", "UBO"),
        ("I wrote a draft of the runbook, bo review it please before I publish it next week", "UBO"),
        ("I'd happily add the alert, bo can you file a ticket for it", "UBO"),
        ("I'll write the runbook for it next week, bo can you check it", "UANA"),
    ],
)
def test_who_is_asked_by_name_has_it_unless_their_asker_promises_it(harvest: Harvest, line: str, who: str) -> None:
    assert {todo.assignee for todo in harvest(line).todos} == {who}


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("<@UBO> is it worth it that we should add an alert for this?", None),
        ("<@UBO>, does the check do any good, or should we add an alert for this?", None),
        ("<@UBO> is there an alert for this, or should we add an alert?", None),
        ("bo, does the runbook cover that? otherwise we should add it to the runbook", None),
        ("didn't bo say that we should write a runbook for this?", None),
        ("<@UBO> could you write a runbook for this tomorrow?", "UBO"),
        ("<@UBO> do you want to write a runbook for this?", "UBO"),
    ],
)
def test_who_is_only_asked_a_question_has_no_work(harvest: Harvest, line: str, who: str | None) -> None:
    assert {todo.assignee for todo in harvest(line).todos} <= {who}


@pytest.mark.parametrize(
    ("wish", "answer", "who"),
    [
        ("we should add an alert for this, I press it by hand", "mine, I'll do it this week", "UBO"),
        ("I'd write a runbook for this", "good one", "UANA"),
        ("I'd write a runbook for this this week", "mine", "UANA"),
        ("I'm writing a runbook for this", "mine", "UANA"),
        ("I'll write a runbook for this", "mine", "UANA"),
    ],
)
def test_who_says_next_that_it_is_theirs_has_it_unless_its_author_promised_it(
    harvest: Harvest, wish: str, answer: str, who: str
) -> None:
    assert {todo.assignee for todo in harvest(wish, (answer, "UBO")).todos if todo.text in wish} == {who}


@pytest.mark.parametrize(
    ("wish", "due"),
    [
        ("<@UBO> can you add a canary step to the deploy pipeline?", ""),
        ("the dashboards are all stale since the move. Can you go through them this week Bo?", "this week"),
        ("I'd like to have a canary step by friday. Could you add it, bo?", "by friday"),
    ],
)
def test_who_is_asked_by_name_and_says_yes_has_it_with_its_time(harvest: Harvest, wish: str, due: str) -> None:
    found = harvest(f"TODO: {wish}", ("Sure", "UBO")).todos
    assert [(each.assignee, each.due) for each in found] == [("UBO", due)]


def test_who_asks_whether_they_should_has_not_taken_it(harvest: Harvest) -> None:
    wish = "we should add an alert for this"
    said = harvest(wish, ("shall I bring it to the board on monday? With the example", "UBO")).todos
    assert [todo.assignee for todo in said if todo.text == wish] == [None]
