"""History for readers, records whose time is over, and people who are to be forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.blocks import history, ids
from bot.domain.harvest.person import Person
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit
from bot.domain.status import Status
from bot.usecases.forget import TOKEN
from storage import erasure, life_tables, tables
from tests.fakes.bot import Bot

ADMIN = "U9"
GONE = Person("U77", "Quentin Vale", "Quentin X. Vale", handle="qvale2", email="qv@acme.example")


@pytest.fixture
def bot(engine: Engine) -> Bot:
    bot = Bot(engine, policy=Policy(admins=frozenset({ADMIN}), retention=timedelta(days=30)))
    bot.chat.users |= {"U77": GONE, ADMIN: Person(ADMIN, "Ada")}
    bot.know(*bot.chat.users.values())
    bot.chat.rooms["C1"].members |= {"U77", ADMIN}
    return bot


def change(bot: Bot, channel: str = "C1", **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record(channel).id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


def test_the_history_is_told_a_page_at_a_time_the_newest_first(bot: Bot) -> None:
    bot.assigned()
    record = bot.record()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        for number in range(25):
            at = bot.clock.now() + timedelta(minutes=number)
            unit.ledger.note(Audit(record.id, at, "U1", "title", f"old {number}", f"<!channel> new {number}", "form"))
    total = len(bot.history())
    first = bot.command("history", "U5")
    assert f"{total} changes, page 1 of 3" in first.sentence
    assert first.text.index("new 24") < first.text.index("new 16")
    assert "<!channel>" not in first.text
    assert "<!date^" in first.json["blocks"][1]["text"]["text"], "in the reader's own zone"
    bot.press(ids.HISTORY_PAGE, f"{record.id}:2", "U5")
    last = bot.screens.said[-1]
    assert "page 3 of 3" in last.drawing.text
    assert last.replace
    assert "owner" in str(last.drawing)
    assert not [block for block in last.drawing.blocks if "Older" in str(block)]


@pytest.mark.parametrize("value", ["x", "", ":", "9" * 30, "a:b:c"])
def test_an_odd_page_gets_a_sentence(bot: Bot, value: str) -> None:
    bot.assigned()
    bot.press(ids.HISTORY_PAGE, value, "U1")
    assert "not here any more" in bot.screens.sentence()


def test_a_page_that_is_not_there_is_the_last_one(bot: Bot) -> None:
    bot.assigned()
    entries = bot.history()
    assert history.page(bot.record(), entries * 5, 99) == history.page(
        bot.record(), entries * 5, len(entries) * 5 // 10
    )
    # Of a single page nobody needs the number.
    assert "page" not in history.page(bot.record(), entries[:1], 99).text


def test_a_closed_one_goes_when_its_time_is_over_with_everything_that_belongs_to_it(bot: Bot) -> None:
    bot.assigned()
    record = bot.record()
    change(bot, status=Status.CLOSED, closed_at=bot.clock.now())
    bot.clock.advance(timedelta(days=29))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    assert bot.record() is not None
    bot.clock.advance(timedelta(days=2))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    left = {
        name: rows
        for name, rows in bot.contents().items()
        if name not in ("person", "people_sync", "numbering", "alembic_version")
    }
    assert not any(record.id in str(rows) for rows in left.values())
    assert {row[1] for row in left["outbox"]} <= {"'people'", "'digest'"}, "what is left concerns no record"
    assert not left["channel"]
    bot.command("assign <@U2|ben>")
    assert bot.record().number == record.number + 1, "a number that people have said is not given again"


def test_an_open_one_and_one_that_was_opened_again_stay(bot: Bot) -> None:
    bot.assigned()
    change(bot, status=Status.IN_REVIEW, closed_at=None)
    bot.clock.advance(timedelta(days=400))
    bot.service.runner.housekeeping()  # type: ignore[misc]
    assert bot.record().number == 1


def full(bot: Bot) -> None:
    """The person wrote, was named, owned it, noted something and approved."""
    bot.chat.say("C1", "Quentin Vale: I restart the proxy, ask <@U77|qvale2> or @qvale2", "U77")
    bot.chat.say("C1", "TODO (<@U77>): page support earlier", "U3")
    bot.command("assign <@U77|q>", "U1")
    bot.work()
    bot.press(ids.OWNER_ACCEPT, bot.record().id, "U77")
    bot.press(ids.REVIEW_APPROVE, bot.record().id, "U77")
    bot.press(ids.REVIEW_COMMENT, bot.record().id, "U77")
    bot.submit(bot.screens.form(), "U77", reason="Ask quentin x. vale")
    bot.submit(bot.details_form("U1"), "U1", "V2", title="The night of Quentin Vale", scribe="U77")
    bot.press(ids.MAIL_SUMMARY_OPEN, bot.record().id, "U77")
    mail = {"mail_to": "qv@acme.example", "mail_body": "Ask Quentin Vale."}
    assert not bot.submit(bot.screens.form(), "U77", "V3", **mail).errors
    bot.command("assign <@U2|ben>", "U1")
    bot.work()


def test_an_administrator_forgets_a_person_after_a_question(bot: Bot) -> None:
    full(bot)
    before = bot.contents()
    assert "U77" in str(before)
    question = bot.command("forget <@U77|qvale2>", ADMIN)
    assert "cannot be undone" in question.sentence
    assert bot.contents() == before, "nothing before the button"
    bot.press(ids.FORGET_CONFIRM, "U77", ADMIN)
    assert "places in 1 post-mortem changed" in bot.screens.sentence()
    bot.work()
    for trace in ("U77", "Quentin", "quentin", "qvale2", "qv@acme.example"):
        left = [(name, row) for name, rows in bot.contents().items() for row in rows if trace in str(row)]
        assert not left, trace
    assert bot.record().title == f"The night of {TOKEN}"
    assert bot.record().roles.scribe == TOKEN
    assert bot.record().owner == "U2"
    entry = [each for each in bot.history() if each.field == "taken out"]
    assert [(each.actor, each.new) for each in entry] == [(ADMIN, TOKEN)]
    (file,) = bot.chat.visible_files().values()
    assert b"Quentin" not in file.content
    assert TOKEN.encode() in file.content
    assert TOKEN in bot.command("history", "U5").text or "page" in bot.command("history", "U5").text


def test_the_list_of_people_does_not_bring_them_back(bot: Bot) -> None:
    full(bot)
    bot.press(ids.FORGET_CONFIRM, "U77", ADMIN)
    bot.know(*bot.chat.users.values())
    assert bot.look(lambda unit: unit.people.get("T1", "U77")) is None
    assert bot.look(lambda unit: unit.people.get("T1", "U1"))


def test_two_forgotten_people_in_one_place_are_one(bot: Bot) -> None:
    full(bot)
    bot.press(ids.REVIEW_APPROVE, bot.record().id, "U3")
    bot.press(ids.FORGET_CONFIRM, "U77", ADMIN)
    bot.press(ids.FORGET_CONFIRM, "U3", ADMIN)
    bot.work()
    assert "'U3'" not in str(bot.contents())
    assert [each.user_id for each in bot.look(lambda unit: unit.reviews.approvals(bot.record().id))] == [TOKEN]


def test_whom_an_open_one_needs_is_not_forgotten(bot: Bot) -> None:
    full(bot)
    before = bot.contents()
    for user in ("U1", "U2"):
        assert "Name somebody else there first" in bot.command(f"forget <@{user}>", ADMIN).sentence
        bot.press(ids.FORGET_CONFIRM, user, ADMIN)
    assert bot.contents() == before


@pytest.mark.parametrize("user", ["U1", "U2", "U5", "UGUEST"])
def test_nobody_but_administrators_forgets(bot: Bot, user: str) -> None:
    full(bot)
    before = bot.contents()
    assert "Only administrators" in bot.command("forget <@U77>", user).sentence
    bot.press(ids.FORGET_CONFIRM, "U77", user)
    assert bot.contents() == before


@pytest.mark.parametrize("typed", ["forget", "forget Quentin", "forget <@U77> <@U3>", "forget <!subteam^S1>"])
def test_what_names_no_single_person_is_answered_with_how_to_type_it(bot: Bot, typed: str) -> None:
    assert "with one person" in bot.command(typed, ADMIN).sentence


def test_every_column_with_peoples_words_exists() -> None:
    assert life_tables.forgotten is not None
    for name, columns in erasure.WORDS.items():
        assert columns <= set(tables.metadata.tables[name].c.keys()), name


def test_every_change_of_a_record_has_an_entry_in_its_history(bot: Bot) -> None:
    """Whatever is done: the record's version rose by as much as there are reasons for it in the history."""
    bot.assigned()
    acts = [
        lambda: bot.press(ids.OWNER_ACCEPT, bot.record().id, "U2"),
        lambda: bot.submit(bot.details_form("U1"), "U1", title="Checkout", severity="3", scribe="U3"),
        lambda: bot.command("severity SEV-2 more", "U1"),
        lambda: bot.command("page https://wiki.example.com/1", "U2"),
        lambda: bot.press(ids.MEETING_OPEN, bot.record().id, "U2"),
        lambda: bot.submit(bot.screens.form(), "U2", "V9"),
        lambda: bot.command("assign <@U3|c>", "U1"),
        lambda: bot.press(ids.OWNER_DECLINE, bot.record().id, "U3"),
        lambda: bot.submit(bot.screens.form(), "U3", "V10", reason="on leave"),
        lambda: bot.command("start new", "U1"),
    ]
    for act in acts:
        before = versions(bot)
        act()
        bot.work()
        for record_id, (version, entries) in versions(bot).items():
            old_version, old_entries = before.get(record_id, (0, 0))
            assert entries > old_entries or version == old_version, record_id


def versions(bot: Bot) -> dict[str, tuple[int, int]]:
    """Of each record its version, and how long its history is."""
    with bot.engine.connect() as conn:
        found = {row.id: row.version for row in conn.execute(sa.text("SELECT id, version FROM postmortem"))}
    return {each: (version, len(history_of(bot, each))) for each, version in found.items()}


def history_of(bot: Bot, record_id: str) -> list[Audit]:
    return list(bot.look(lambda unit: unit.ledger.history(record_id)))
