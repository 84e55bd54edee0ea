"""Rounds: what people answer when somebody asks what is to be done now that it is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import analyse, close_reading, features, network, note, round_words
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

Say = Callable[..., Message]


def opens(said: str) -> bool:
    return round_words.opens(said, note.words_in(said))


@pytest.mark.parametrize(
    "said",
    [
        "anything we should do after this?",
        "lessons?",
        "closing now. follow-ups?",
        "ok, what would have helped?",
        "what do we take from this? I write it down",
        "Anything else for the post-mortem before I close it?",
        "what do we fix so that nobody gets paged for this again?",
        "what would you do differently next time?",
        "tickets?",
        "who has points for the review?",
        "before everyone leaves: what do we change, one line each, no essays",
        "what would you want different by the next time. one-liners",
        "retro in here, I type",
        "learnings while you're all here, 5 min",
        "if it were your company, what would you fix so my lines don't happen again?",
        "let's list while we remember",
        "what would have made this 5 minutes instead of 35",
        "so the takeaways, throw them in",
        "say what you want fixed, nobody's cross",
        "round 2: what hurts",
        "what could be better?",
        "stuff we'd like fixed, reply here",
    ],
)
def test_a_question_about_what_is_to_be_done_is_known(said: str) -> None:
    assert opens(said)


@pytest.mark.parametrize(
    "said",
    [
        "anything else down?",
        "what happened?",
        "lessons learned are in the wiki",
        "did you restart it after this?",
        "is anybody on the bridge?",
        "what should we try now?",
        "we should do something after this",
        "what did we change on the 11th",
        "what do you need from us",
        "retro is thursday",
        "watch the queue please while it runs",
        "before I forget: retract must lower the maximum",
        "what's different on gw3",
        "put it in the runbook",
    ],
)
def test_other_questions_are_none(said: str) -> None:
    assert not opens(said)


def around(messages: list[Message], people: dict[str, Person]) -> list[str]:
    ctx, _ = analyse.prepared(messages, people)
    named = (next((name for name in features.around(note, ctx) if name.startswith("~round")), "") for note in ctx.notes)
    return list(named)


def test_the_next_messages_answer_it_and_those_of_its_thread(
    say: Say, people: dict[str, Person], stamp: Callable[[float], str]
) -> None:
    talk = [
        say("db is back", minute=0),
        say("anything we should do after this?", minute=1),
        say("docs", "UBO", minute=2),
        say("an alert on lag", "UCY", minute=3, thread_ts=stamp(1)),
        say("fewer retries", "UDEE", minute=4),
        *(say(f"bye {number}", "UBO", minute=5 + number) for number in range(10)),
    ]
    assert around(talk, people) == [
        "",
        "",
        "~round:0",
        "~round:0",
        "~round:1",
        "~round:2",
        "~round:2",
        *["~round:3"] * 6,
        "",
        "",
    ]


def test_an_app_asks_nobody(say: Say, people: dict[str, Person]) -> None:
    assert around([say("lessons?", "UBOT", bot_id="B1"), say("docs", "UBO", minute=1)], people) == ["", ""]


def test_an_answer_is_read_closely_with_the_question(say: Say, people: dict[str, Person]) -> None:
    by = network.shipped()
    assert by is not None

    def rows(first: str) -> list[object]:
        talk = [say(first), say("docs", "UBO", minute=1), say("fewer retries", "UCY", minute=2)]
        ctx, _ = analyse.prepared(talk, people)
        return [close_reading.row(note, ctx, by.pieces).around for note in ctx.notes]

    assert rows("lessons?")[2] != rows("so nice")[2]


def test_brief_answers_are_follow_ups_and_jokes_and_goodbyes_are_none(say: Say, people: dict[str, Person]) -> None:
    said = (
        ("checkout is down for everybody", "UANA"), ("the deploy broke the pool config", "UBO"), ("rolled back", "UBO"),
        ("errors are gone, resolved", "UANA"), ("anything we should do after this?", "UANA"), ("smoke test for payments", "UBO"),
        ("runbook for the failover", "UCY"), ("a vacation", "UDEE"), ("nothing from me", "UBO"), ("great, thanks all", "UANA"),
    )  # fmt: skip
    talk = [say(text, who, minute=minute) for minute, (text, who) in enumerate(said)]
    found = analyse.analyse(talk, people, analyse.Options(declared=True))
    assert [each.text for each in found.todos] == ["smoke test for payments", "runbook for the failover"]
    alone = [each for each in talk if "after this" not in each.text]
    assert len(analyse.analyse(alone, people, analyse.Options(declared=True)).todos) < len(found.todos)
