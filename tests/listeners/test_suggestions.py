"""What the channel tells stands where it helps: under the fields of the forms, with its message and its rule, and is nothing before
somebody saves it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.blocks import content_menu, ids
from bot.domain import triage
from bot.domain.content import Section
from bot.domain.harvest.finding import (
    Confidence,
    CustomerCount,
    Findings,
    Presence,
    PublicText,
    TimelineFinding,
    TimelineKind,
)
from tests import factories
from tests.fakes.bot import Bot
from tests.listeners import handing
from tests.listeners.test_todos import found as a_todo

OWNER = "U2"
TS = factories.ts(factories.STARTED, 300)
LINK = f"p{TS.replace('.', '')}"


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def propose(bot: Bot, **found: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.proposals.replace(bot.record().id, Findings(**found))


def section(bot: Bot, which: Section) -> dict[str, Any]:
    bot.press(ids.SECTION_EDIT, content_menu.section_value(bot.record().id, which), OWNER)
    return bot.screens.form()


def said(view: dict[str, Any]) -> str:
    """What the form says beside its fields."""
    texts = [each["text"]["text"] for each in view["blocks"] if each["type"] == "section"]
    told = [part["text"] for each in view["blocks"] if each["type"] == "context" for part in each["elements"]]
    return "\n".join([*texts, *told])


def block(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    return next(each for each in view["blocks"] if each.get("block_id") == block_id)


def test_the_impact_form_tells_the_numbers_of_the_channel_until_somebody_writes_their_own(begun: Bot) -> None:
    propose(begun, customers=(CustomerCount("42", "users", "42 users <!channel> are affected", TS),))
    view = section(begun, Section.IMPACT)
    told = said(view)
    assert "Said in the channel" in told
    assert "<!channel>" not in told
    assert "42 users &lt;" in told
    assert LINK in told
    assert "suggested, H-40" in told
    assert "initial_value" not in block(view, "users")["element"], "a number in passing is no value"
    begun.submit(view, OWNER, users="1204")
    assert "Said in the channel" not in said(section(begun, Section.IMPACT))


def test_the_number_stays_beside_its_field_when_somebody_else_was_faster(begun: Bot) -> None:
    propose(begun, customers=(CustomerCount("42", "users", "42 users are affected", TS),))
    view = section(begun, Section.IMPACT)
    begun.submit(view, OWNER, accounts="7")
    reply = begun.submit(view, "U1", "V2", accounts="8", hash="h2")
    assert "Saved meanwhile" in str(reply.json)
    assert "42 users are affected" in str(reply.json)
    assert LINK in str(reply.json)


def test_the_responders_form_names_who_was_called_and_silent(begun: Bot) -> None:
    propose(begun, presence=Presence(silent=(("U4", TS),)))
    told = said(section(begun, Section.RESPONDERS))
    name = shown_name(begun, "U4")
    assert f"_Called, but silent in the channel:_ {name}" in told
    assert LINK in told
    assert "please check" in told


def shown_name(bot: Bot, user: str) -> str:
    person = bot.look(lambda unit: unit.people.get(bot.record().team_id, user))
    return person.name if person else user


def public(text: str, rule: str = "H-29") -> TimelineFinding:
    return TimelineFinding(
        TS, None, 0, factories.STARTED, "U3", TimelineKind.public, text, (), rule, Confidence.B
    )  # fmt: skip


def test_a_text_for_customers_that_was_written_stands_beside_what_was_told(begun: Bot) -> None:
    words = "We are aware that reminders are late. @everyone We apologise."
    propose(
        begun,
        timeline=(public("status page updated"),),
        public_texts=(PublicText("an older one", "1.0"), PublicText(words, TS)),
    )
    told = said(handing.form(begun))
    assert "status page updated" in told
    assert "Written for customers in the channel" in told
    assert LINK in told
    assert "suggested, H-41" in told
    assert "reminders are late" in told
    assert "an older one" not in told
    handing.write(begun)
    assert "reminders are late" not in said(handing.form(begun)), "once it is decided nothing is suggested"


def test_the_same_text_is_not_suggested_twice(begun: Bot) -> None:
    propose(
        begun,
        timeline=(public("Reminders are late, we are on it."),),
        public_texts=(PublicText("Reminders are late, we are on it", TS),),
    )
    told = said(handing.form(begun))
    assert "Reminders are late" in told
    assert "Written for customers" not in told


def test_a_title_is_proposed_in_the_form_and_is_set_by_nobody_but_a_person(begun: Bot) -> None:
    propose(begun, title="Reminder e-mails delayed")
    view = begun.details_form()
    assert block(view, ids.TITLE)["element"]["initial_value"] == "Reminder e-mails delayed"
    assert "please check" in block(view, ids.TITLE)["hint"]["text"]
    assert begun.record().title == ""
    assert begun.submit(view, OWNER, title="Reminders late").errors == {}
    assert begun.record().title == "Reminders late"
    view = begun.details_form()
    assert block(view, ids.TITLE)["element"]["initial_value"] == "Reminders late"


def todo_form(bot: Bot, **values: Any) -> dict[str, Any]:
    todo = a_todo(1, **values)
    propose(bot, todos=(todo,))
    bot.press(ids.TODO_EDIT, f"{bot.record().id}:{todo.ts}:{todo.line}", OWNER)
    return bot.screens.form()


def test_words_that_mean_one_day_are_the_day_in_the_form(begun: Bot) -> None:
    day = factories.STARTED.date() + timedelta(days=30)
    view = todo_form(begun, due=f"by {day.isoformat()}")
    due = block(view, "due")
    assert due["element"]["initial_date"] == day.isoformat()
    assert f"Said in the channel: “by {day.isoformat()}”." in due["hint"]["text"]
    assert begun.submit(view, OWNER, kind="prevent").errors == {}
    (action,) = begun.look(lambda unit: unit.items.actions(begun.record().id))
    assert action.due == day


@pytest.mark.parametrize(
    "words", ["before black friday", "next week", "by 2026-01-01"], ids=["an event", "a week", "a day long over"]
)
def test_other_words_are_only_a_hint_and_the_day_stays_with_the_rule(begun: Bot, words: str) -> None:
    rule = block(todo_form(begun), "due")["element"]["initial_date"]
    view = todo_form(begun, due=words)
    assert block(view, "due")["element"]["initial_date"] == rule
    assert f"“{words}”" in block(view, "due")["hint"]["text"]
    assert begun.submit(view, OWNER, kind="prevent").errors == {}
    (action,) = begun.look(lambda unit: unit.items.actions(begun.record().id))
    assert action.due is None


def test_the_list_shows_until_when_beside_the_candidate(begun: Bot) -> None:
    propose(begun, todos=(a_todo(1, due="by *friday*"), a_todo(2)))
    begun.press(ids.TODOS_OPEN, begun.record().id, OWNER)
    told = said(begun.screens.form())
    assert told.count("until when, as it was said") == 1
    assert "friday" in told


def test_what_is_said_to_be_due_is_a_day_only_in_its_authors_zone(begun: Bot) -> None:
    record = begun.record()
    todo = a_todo(1, due="tomorrow", user_id="U2")
    author = factories.person("U2", tz="Europe/Berlin")
    wanted: date = factories.STARTED.date() + timedelta(days=1)
    assert triage.said_day(todo, author, record, factories.STARTED) == wanted
    assert triage.said_day(todo, None, record, factories.STARTED) is None
    assert triage.said_day(todo, author, record, factories.STARTED + timedelta(days=9)) is None
