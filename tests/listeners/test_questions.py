"""Pulling people in (R-08): who may be asked and how, what they are told, that a question stays until it is answered, and what
an answer becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.documents import markdown
from bot.domain import document
from bot.domain.harvest.finding import TimelineKind
from bot.domain.policy import Policy
from bot.domain.questions import Question, QuestionState, UsedAs
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.usecases import overviews, rows
from bot.usecases.move_status import MoveStatus
from tests.fakes.bot import Bot
from tests.fakes.chat import Post
from tests.fakes.errors import refused

OWNER, IC, OTHER, OUTSIDE = "U2", "U1", "U4", "U5"
GRAPH = "https://grafana.example/d/1"
MONDAY = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)


def asked(bot: Bot, text: str = "what did the failover do?", of: str = OUTSIDE, by: str = OTHER) -> Question:
    bot.clock.advance(timedelta(seconds=1))
    reply = bot.command(f"ask <@{of}|x> {text}", by)
    assert f"<@{of}> is asked" in reply.sentence, reply
    bot.work()
    return questions(bot)[-1]


def questions(bot: Bot) -> list[Question]:
    return list(bot.look(lambda unit: unit.questions.all(bot.record().id)))


def told(bot: Bot, user: str, kind: str = "question_dm:") -> list[Post]:
    return [post for post in bot.chat.told(user) if post.mark.startswith(kind)]


def dm(bot: Bot, user: str = OUTSIDE) -> str:
    return str(told(bot, user)[-1].drawing)


def written(bot: Bot) -> str:
    def read(unit: Any) -> str:
        seen = overviews.overview(unit, bot.record(), Policy(), "https://acme.slack.com/", bot.clock.now())
        return markdown.render(document.build(seen))

    return str(bot.look(read))


def change(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def answered(bot: Bot, question: Question, answer: str, user: str = OUTSIDE, **more: str) -> None:
    bot.press(ids.QUESTION_ANSWER, question.id, user)
    assert bot.submit(bot.screens.form(), user, "VA", answer=answer, **more).errors == {}
    bot.work()


def put_lines(bot: Bot, count: int) -> None:
    record_id, first = bot.record().id, MONDAY - timedelta(hours=2)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        for number in range(count):
            at = first + timedelta(minutes=number)
            given: dict[str, Any] = {
                "text": f"Event {number}",
                "kind": TimelineKind.action,
                "by": OWNER,
                "saved_at": at,
            }
            unit.items.put_item(Item(f"item{number}", record_id, at, **given))


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    change(bot, title="Checkout is slow")
    return bot


def test_somebody_outside_is_invited_and_told_and_it_stays_on_the_card_until_it_is_answered(begun: Bot) -> None:
    question = asked(begun)
    assert OUTSIDE in begun.chat.rooms["C1"].members
    assert all(part in dm(begun) for part in (f"<@{OTHER}> asks you", "Checkout is slow", "what did the failover do?"))
    assert "/archives/C1" in dm(begun)
    card = str(begun.card.drawing)
    assert "Open questions" in card
    assert f"<@{OUTSIDE}>, since" in card
    assert "1 waits for an answer" in card
    assert "Open questions:" in written(begun)
    answered(begun, question, f"It took the replica, see {GRAPH}.")
    assert "Open questions" not in str(begun.card.drawing)
    assert [post.mark.split(":")[0] for post in told(begun, OUTSIDE)] == ["question_dm"], "edited in place"
    assert "You answered" in dm(begun)
    assert ids.QUESTION_ANSWER not in dm(begun)
    for person in (OTHER, OWNER):
        (news,) = told(begun, person, "person_dm:")[-1:]
        assert "It took the replica" in str(news.drawing)
    text = written(begun)
    assert "Questions And Answers" in text
    assert "Open questions:" not in text
    assert [entry.field for entry in begun.history() if "question" in entry.field] == ["question", "question answered"]
    before = begun.contents()["question"]
    begun.press(ids.QUESTION_ANSWER, question.id, OUTSIDE)
    assert "answered already" in begun.screens.sentence()
    assert begun.contents()["question"] == before
    begun.later(timedelta(days=7))
    assert told(begun, OUTSIDE, "question_nudge:") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("<@UPAGER|p> why", "is an app, and a question needs a person"),
        ("<@UGONE|g> why", "deactivated"),
        ("<@UGUEST|g> why", "cannot be asked"),
        ("<@UNOBODY|g> why", "I know nobody"),
        ("<@USLACKBOT> why", "Slackbot cannot answer a question"),
        ("<!subteam^S1|@dba> why", "user group"),
        ("<!channel> why", "everybody"),
        ("<@U5|eve> <@U3|chi> why", "You named 2 people"),
        ("<@U4|me> why", "That is you"),
        (f"<@U5|eve> {'x' * 3001}", "more than 3,000 characters"),
        (f"eve {'x' * 3001}", "more than 3,000 characters"),
    ],
)
def test_one_person_is_asked_one_thing_or_a_sentence_says_why_not(begun: Bot, typed: str, said: str) -> None:
    before = begun.contents()
    reply = begun.command(f"ask {typed}", OTHER)
    assert said in reply.sentence
    assert "U5" not in reply.sentence
    assert begun.contents() == before


def test_what_is_missing_is_asked_for_in_a_form_that_holds_the_rest(begun: Bot) -> None:
    for typed, person, words in [
        ("<@U5|eve>", OUTSIDE, None), ("@eve why\nand <https://x.example|how>?", None, "why\nand https://x.example?"),
        ("", None, None),
    ]:  # fmt: skip
        begun.command(f"ask {typed}", OTHER)
        view = begun.screens.form()
        fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        assert fields["person"].get("initial_user") == person
        assert fields["question"].get("initial_value") == words
    assert "Choose one person" in begun.submit(view, OTHER, "V1", question="why?").errors["person"]
    assert "is an app" in begun.submit(view, OTHER, "V2", person="UPAGER", question="why?").errors["person"]
    assert "Write the question" in begun.submit(view, OTHER, "V3", person=OUTSIDE, question=" ").errors["question"]
    assert questions(begun) == []
    odd = "<!channel> `a` ```b``` \U0001f525 مرحبا " + "x" * 2900
    assert begun.submit(view, OTHER, "V4", person=OUTSIDE, question=odd).errors == {}
    begun.work()
    assert questions(begun)[0].text == odd.strip()
    assert "<!channel>" not in dm(begun)
    assert dm(begun).count("x" * 100) >= 20, "all of it is there"
    assert "asked that already" in begun.submit(view, OTHER, "V5", person=OUTSIDE, question=odd).errors["question"]


def test_whoever_cannot_answer_says_who_could_and_who_asked_hears_of_it(begun: Bot) -> None:
    question = asked(begun)
    begun.press(ids.QUESTION_DECLINE, question.id, OUTSIDE)
    begun.submit(begun.screens.form(), OUTSIDE, hint="Chioma <!here>")
    begun.work()
    (state,) = questions(begun)
    assert (state.state, state.answer) == (QuestionState.DECLINED, "Chioma <!here>")
    assert "cannot answer" in str(told(begun, OTHER, "person_dm:")[-1].drawing)
    assert "Chioma" in str(told(begun, OTHER, "person_dm:")[-1].drawing)
    assert "Open questions" not in str(begun.card.drawing)
    assert "was told" in dm(begun)


def test_who_asked_the_owner_and_the_ic_withdraw_it_and_nobody_else(begun: Bot) -> None:
    question = asked(begun)
    begun.press(ids.QUESTION_WITHDRAW, question.id, "U3")
    assert "Only who asked, the owner and the IC" in begun.screens.sentence()
    assert questions(begun)[0].open
    begun.press(ids.QUESTIONS_OPEN, begun.record().id, OWNER)
    view = begun.screens.form()
    assert ids.QUESTION_WITHDRAW in str(view)
    begun.press_in(view, ids.QUESTION_WITHDRAW, question.id, OWNER)
    begun.work()
    assert questions(begun)[0].state is QuestionState.WITHDRAWN
    assert "withdrawn" in dm(begun)
    assert "Nobody was asked" in str(begun.screens.redrawn[-1].view)
    begun.press(ids.QUESTION_ANSWER, question.id, OUTSIDE)
    assert "withdrawn" in begun.screens.sentence()


def test_one_reminder_in_their_own_working_hours_then_who_asked_and_the_owner_are_told_once(begun: Bot) -> None:
    """Monday 15:05 UTC is past midnight in Tokyo, where the working day has eight hours."""
    begun.know(replace(begun.chat.users[OUTSIDE], tz="Asia/Tokyo"))
    question = asked(begun)
    begun.clock.advance_to(datetime(2026, 11, 24, 3, 59, tzinfo=UTC))
    begun.work(timedelta(0))
    assert told(begun, OUTSIDE, "question_nudge:") == []
    begun.clock.advance_to(datetime(2026, 11, 24, 4, 1, tzinfo=UTC))
    begun.work()
    (nudge,) = told(begun, OUTSIDE, "question_nudge:")
    assert "still waits for your answer" in nudge.text
    assert question.text in str(nudge.drawing)
    before = len(told(begun, OWNER, "person_dm:question_silent")) + len(begun.chat.told(OTHER))
    begun.clock.advance_to(datetime(2026, 11, 25, 0, 1, tzinfo=UTC))
    begun.work()
    silent = [post for who in (OTHER, OWNER) for post in begun.chat.told(who) if ":question_silent:" in post.mark]
    assert len(silent) == 2
    assert before == 0
    assert "was reminded and has not answered yet" in silent[0].text
    begun.later(timedelta(days=14))
    assert len(told(begun, OUTSIDE, "question_nudge:")) == 1
    assert len([post for post in begun.chat.told(OTHER) if ":question_silent:" in post.mark]) == 1


@pytest.mark.parametrize("over", ["closed", "waived"])
def test_a_post_mortem_that_is_over_reminds_nobody_and_asks_nobody(engine: Any, over: str) -> None:
    bot = Bot(engine, policy=Policy(allow_waive=True))
    bot.assigned()
    asked(bot)
    if over == "closed":
        change(bot, status=Status.CLOSED)
        with bot.store.transaction(timedelta(seconds=5)) as unit:
            unit.outbox.put(rows.card(bot.record(), bot.clock.now()))
    else:
        change(bot, severity=3)
        bot.command("waive not worth it", IC)
    bot.later(timedelta(days=7))
    assert told(bot, OUTSIDE, "question_nudge:") == []
    assert [post for post in bot.chat.told(OTHER) if ":question_silent:" in post.mark] == []
    assert over in bot.command("ask <@U5|eve> why?", IC).sentence.lower()
    assert "Open questions" not in str(bot.card.drawing)


@pytest.mark.parametrize("over", ["closed", "waived"])
@pytest.mark.parametrize("reminded", [False, True], ids=["before anybody was reminded", "after the reminder"])
def test_what_lapsed_while_it_was_over_is_counted_anew_when_it_goes_on(engine: Any, over: str, reminded: bool) -> None:
    bot = Bot(engine, policy=Policy(allow_waive=True))
    bot.assigned()
    change(bot, severity=3)
    asked(bot)
    if reminded:
        bot.later(timedelta(days=1))
    before = [len(_said(bot, who)) for who in (OUTSIDE, OTHER)]
    assert before == [int(reminded), 0]
    if over == "closed":
        change(bot, status=Status.CLOSED, closed_at=bot.clock.now())
    else:
        bot.command("waive not worth it", IC)
    bot.later(timedelta(days=7))
    assert [len(_said(bot, who)) for who in (OUTSIDE, OTHER)] == before
    _goes_on(bot, over)
    bot.later(timedelta(minutes=5))
    assert [len(_said(bot, who)) for who in (OUTSIDE, OTHER)] == before, "not at once"
    bot.later(timedelta(days=1, hours=1))
    assert [len(_said(bot, who)) for who in (OUTSIDE, OTHER)] == [1, int(reminded)]
    bot.later(timedelta(days=3))
    assert [len(_said(bot, who)) for who in (OUTSIDE, OTHER)] == [1, 1]


def _said(bot: Bot, who: str) -> list[Post]:
    """That a question waits: to who was asked, or to who asked."""
    return [post for post in bot.chat.told(who) if "question_nudge:" in post.mark or ":question_silent:" in post.mark]


def _goes_on(bot: Bot, over: str) -> None:
    if over == "waived":
        bot.command("waive undo", IC)
        assert bot.record().waiver is None
        return
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        move = MoveStatus(Policy())
        move(
            unit, "T1", bot.record().id, Status.IN_REVIEW, expected=Status.CLOSED, by=IC, reason="more came out",
            now=bot.clock.now(),
        )  # fmt: skip


def private(bot: Bot) -> None:
    bot.chat.rooms["C1"].private = True
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        channel = unit.channels.get("T1", "C1")
        assert channel
        unit.channels.put(replace(channel, private=True, members=frozenset({"U1", "U2", "U3", "U4", "UBOT"})))


@pytest.mark.parametrize("restricted", [False, True], ids=["private", "restricted"])
def test_somebody_outside_a_private_channel_reads_the_question_alone_and_may_answer_it(
    begun: Bot, restricted: bool
) -> None:
    private(begun)
    change(begun, restricted=restricted)
    question = asked(begun)
    assert OUTSIDE not in begun.chat.rooms["C1"].members
    assert question.text in dm(begun)
    for secret in ("Checkout is slow", begun.record().name, "C1", "archives"):
        assert secret not in dm(begun)
    for act, value in [
        (ids.QUESTIONS_OPEN, begun.record().id), (ids.HUB_OPEN, begun.record().id), (ids.QUESTION_WITHDRAW, question.id),
        (ids.CONTENT_OPEN, begun.record().id), (ids.QUESTION_TO_TIMELINE, question.id),
    ]:  # fmt: skip
        shown = len(begun.screens.opened)
        begun.press(act, value, OUTSIDE, channel="D1")
        assert len(begun.screens.opened) == shown, act
        assert begun.record().name not in begun.screens.sentence()
    begun.press(ids.QUESTION_ANSWER, question.id, "UGUEST", channel="D1")
    assert questions(begun)[0].open
    answered(begun, question, "The replica took over.")
    assert questions(begun)[0].answer == "The replica took over."
    assert begun.record().name not in dm(begun)


def test_who_asked_and_left_the_private_channel_is_not_told_the_answer(begun: Bot) -> None:
    private(begun)
    question = asked(begun)
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        channel = unit.channels.get("T1", "C1")
        assert channel
        unit.channels.put(replace(channel, members=channel.members - {OTHER}))
    answered(begun, question, "The replica took over.")
    assert "The replica took over." in str(told(begun, OWNER, "person_dm:")[-1].drawing)
    assert told(begun, OTHER, "person_dm:") == []


def test_who_was_asked_is_forgotten_with_the_rest(engine: Any) -> None:
    bot = Bot(engine, policy=Policy(admins=frozenset({IC})))
    bot.assigned()
    answered(bot, asked(bot, "what did Eve see?"), "Eve saw it.")
    asked(bot, "and <https://x.example/a?b=1&amp;c=2|then>?")
    bot.command(f"forget <@{OUTSIDE}|eve>", IC)
    bot.press(ids.FORGET_CONFIRM, OUTSIDE, IC)
    bot.work()
    first, second = questions(bot)
    assert "Eve" not in first.text + first.answer
    assert second.text == "and https://x.example/a?b=1&c=2?"
    assert OUTSIDE not in (first.asked_of, second.asked_of, first.answered_by)
    bot.later(timedelta(days=7))
    assert "Not everything worked" not in str(bot.card.drawing)


def test_a_person_who_cannot_be_reached_leaves_it_open_and_who_asked_is_told(begun: Bot) -> None:
    begun.chat.fail("open_dm", refused("user_disabled"))
    asked(begun)
    assert told(begun, OUTSIDE) == []
    (news,) = [post for post in begun.chat.told(OTHER) if ":question_untold:" in post.mark]
    assert "could not be reached" in news.text
    assert "Open questions" in str(begun.card.drawing)


def test_a_long_answer_is_kept_whole_and_becomes_a_line_of_the_timeline(begun: Bot) -> None:
    question = asked(begun)
    answered(
        begun,
        question,
        "a" * 3000,
        answer__2="`b` <!channel>",
        answer__3=f"see {GRAPH}, and https://acme.slack.com/archives/C1/p1",
    )
    (kept,) = questions(begun)
    assert kept.answer == "\n".join(
        ["a" * 3000, "`b` <!channel>", f"see {GRAPH}, and https://acme.slack.com/archives/C1/p1"]
    )
    begun.press(ids.QUESTIONS_OPEN, begun.record().id, OTHER)
    assert ids.QUESTION_TO_TIMELINE not in str(begun.screens.form()), "who does not write is not offered it"
    begun.press(ids.QUESTION_TO_TIMELINE, question.id, OTHER)
    assert "write the post-mortem" in begun.screens.sentence()
    begun.press(ids.QUESTION_TO_TIMELINE, question.id, OWNER)
    form = begun.screens.form()
    fields = {
        block["block_id"]: block["element"].get("initial_value") for block in form["blocks"] if block["type"] == "input"
    }
    assert (fields["when"], fields["evidence"]) == (None, GRAPH)
    assert "Enter a time" in begun.submit(form, OWNER, "V1").errors["when"]
    assert questions(begun)[0].used_as is UsedAs.NOTHING
    reply = begun.submit(form, OWNER, "V1", hash="h2", when="2026-11-23 12:00 UTC")
    assert "It is a line of the timeline" in str(reply.json["view"])
    (item,) = begun.look(lambda unit: unit.items.timeline(begun.record().id))
    assert item.text.startswith("a" * 3000)
    assert "<!channel>" in item.text
    assert item.evidence == (GRAPH,)
    assert "Questions And Answers" not in written(begun)
    begun.press(ids.QUESTION_TO_EVIDENCE, question.id, OWNER)
    assert "used already" in begun.screens.sentence()


def test_an_answer_becomes_a_query_to_the_letter_and_a_doubt_uses_nothing_up(begun: Bot) -> None:
    question = asked(begun)
    said = "psql -c 'select `a` from <!channel>'  # token=abcd1234efgh"
    answered(begun, question, said)
    begun.press(ids.QUESTION_TO_QUERY, question.id, OTHER)
    assert "write the post-mortem" in begun.screens.sentence()
    begun.press(ids.QUESTION_TO_QUERY, question.id, OWNER)
    doubted = begun.submit(begun.screens.form(), OWNER, "V1").json["view"]
    assert "secret" in str(doubted)
    assert questions(begun)[0].used_as is UsedAs.NOTHING
    box = next(block["block_id"] for block in doubted["blocks"] if block.get("element", {}).get("type") == "checkboxes")
    reply = begun.submit(doubted, OWNER, "V1", hash="h2", **{box: ["yes"]})
    assert "It is among the queries" in str(reply.json["view"])
    (query,) = begun.look(lambda unit: unit.queries.all(begun.record().id))
    assert (query.text, query.ran_by) == (said, OUTSIDE)


def test_an_answer_shows_a_line_among_three_hundred(begun: Bot) -> None:
    question = asked(begun)
    answered(begun, question, f"Look at {GRAPH}")
    begun.press(ids.QUESTION_TO_EVIDENCE, question.id, OWNER)
    assert "There is no line" in begun.screens.sentence()
    put_lines(begun, 300)
    begun.press(ids.QUESTION_TO_EVIDENCE, question.id, OWNER)
    view = begun.screens.form()
    groups = view["blocks"][1]["element"]["option_groups"]
    assert [len(group["options"]) for group in groups] == [100, 100, 100]
    chosen = groups[1]["options"][7]
    bad = begun.submit(view, OWNER, "V1", line=chosen, evidence="https://acme.slack.com/archives/C1/p1")
    assert "a message in Slack" in bad.errors["evidence"]
    reply = begun.submit(view, OWNER, "V1", hash="h2", line=chosen)
    assert "It shows a line" in str(reply.json["view"])
    found = {item.id: item.evidence for item in begun.look(lambda unit: unit.items.timeline(begun.record().id))}
    assert [key for key, value in found.items() if value] == ["item107"]


def test_many_questions_are_paged_and_the_card_names_three(begun: Bot) -> None:
    for number in range(20):
        begun.command(f"ask <@U5|eve> question {number}.", OTHER)
        begun.clock.advance(timedelta(seconds=1))
    begun.work()
    card = str(begun.card.drawing)
    assert "and 17 more" in card
    assert "question 2." in card
    assert "question 3." not in card
    begun.press(ids.QUESTIONS_OPEN, begun.record().id, OTHER)
    view = begun.screens.form()
    seen = ""
    for number in range(3):
        begun.press_in(view, ids.QUESTIONS_OPEN, f"{begun.record().id}:{number}", OTHER)
        shown = begun.screens.redrawn[-1].view
        assert len(shown["blocks"]) <= 100
        seen += str(shown)
    assert all(f"question {number}." in seen for number in range(20))


@pytest.mark.parametrize("value", ["", ":", "nonsense", "x:y"])
def test_odd_buttons_get_a_sentence(begun: Bot, value: str) -> None:
    for act in (name for name in ids.ACTIONS if name.startswith(("question", "lines_"))):
        for odd in (value, f"{begun.record().id}:{value}"):
            shown = len(begun.screens.shown)
            begun.press(act, odd, OWNER)
            assert len(begun.screens.shown) > shown, (act, odd)
            assert "Something went wrong" not in str(begun.screens.shown[-1]), (act, odd)
