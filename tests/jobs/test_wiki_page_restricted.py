"""The page of a restricted post-mortem (R-63): nothing stands where others can read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.wiki import WikiRules
from bot.integrations import confluence_publisher
from bot.integrations.confluence_errors import SENTENCES
from bot.usecases import rows
from tests.confluence import local_confluence
from tests.confluence.kept import (
    NEUTRAL,
    OPEN,
    SECRET,
    TO_GROUP,
    begun,
    change,
    hidden,
    new,
    publisher,
    restrict,
    state,
    write,
)
from tests.confluence.local_confluence import ME, LocalConfluence
from tests.fakes import payloads
from tests.fakes.bot import PATIENCE, Bot

# Nothing here depends on which database it is.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def confluence() -> Iterator[LocalConfluence]:
    with local_confluence.running() as made:
        yield made


@pytest.fixture
def bot(engine: Engine, confluence: LocalConfluence) -> Bot:
    return begun(engine, confluence)


def test_nothing_of_a_restricted_one_is_published_where_nobody_is_named(
    engine: Engine, confluence: LocalConfluence
) -> None:
    bot = hidden(engine, confluence, OPEN)
    write(bot, SECRET)
    assert confluence.made == []
    assert set(confluence.seen) <= {"space", "pages", "search"}
    assert bot.record().page_url is None
    restrict(bot, "unrestrict")
    assert SECRET in confluence.page.title


def test_the_page_of_a_restricted_one_is_closed_before_anything_stands_on_it(
    engine: Engine, confluence: LocalConfluence
) -> None:
    bot = hidden(engine, confluence, TO_GROUP)
    write(bot, SECRET)
    page = confluence.page
    assert page.readers == {"user": [ME], "group": ["security-team"]}
    assert page.title == "PM-1: restricted post-mortem"
    assert "postmortem-begin-head" in page.body
    assert "payments-api" not in page.labels
    assert not [each for each in confluence.public if "postmortem" in each or "PM-1" in each or SECRET in each]
    assert confluence.seen.index("restrict") < confluence.seen.index("update")


def test_a_page_that_cannot_be_closed_is_emptied_and_people_are_told(bot: Bot, confluence: LocalConfluence) -> None:
    write(bot, SECRET)
    confluence.may_restrict = False
    restrict(bot)
    assert SECRET not in confluence.page.title + confluence.page.body
    assert "postmortem-begin" not in confluence.page.body
    told, why = state(bot)
    assert (told, why) == ("dead", confluence_publisher.EMPTIED.format(SENTENCES[403]))
    confluence.may_restrict = True
    bot.press(ids.WIKI_AGAIN, bot.record().id, "U2")
    bot.work()
    assert state(bot)[0] == "done"
    assert "PM-1" not in confluence.readable()


def test_a_group_that_is_not_there_publishes_nothing(engine: Engine, confluence: LocalConfluence) -> None:
    confluence.groups = ()
    bot = hidden(engine, confluence, TO_GROUP)
    told, why = state(bot)
    assert told == "dead"
    assert why.startswith("The page could not be closed to others in Confluence, and nothing is written on it:")
    assert "There is no security-team" in why
    assert confluence.page.body == ""
    assert confluence.page.readers == {"user": [ME], "group": []}


@pytest.mark.parametrize("status", ["archived", "trashed"])
def test_one_that_was_put_away_is_closed_as_well(bot: Bot, confluence: LocalConfluence, status: str) -> None:
    write(bot, SECRET)
    page = confluence.page
    page.status = status
    restrict(bot)
    assert (page.status, page.readers) == (status, {"user": [ME], "group": []})
    assert state(bot)[0] == "done"


def test_who_keeps_the_page_closed_to_more_is_not_overruled(engine: Engine, confluence: LocalConfluence) -> None:
    bot = begun(engine, confluence, TO_GROUP)
    restrict(bot)
    page = confluence.page
    page.readers = {"user": [ME, "5b10ac8d82e05b22cc7d4ef5"], "group": []}
    restrict(bot, "unrestrict")
    assert page.readers == {"user": [ME, "5b10ac8d82e05b22cc7d4ef5"], "group": []}


def test_what_is_said_in_a_private_channel_is_published_for_the_named_alone(
    engine: Engine, confluence: LocalConfluence
) -> None:
    """Unless the settings say that it is for everybody."""
    bot, rules = begun(engine, confluence, WikiRules()), WikiRules(("security-team",))
    write(bot, SECRET)
    assert confluence.made == []
    policy, to_group = Policy(wiki=rules), publisher(confluence, rules)
    named = Bot(engine, clock=bot.clock, chat=bot.chat, policy=policy, publisher=to_group)
    write(named, f"{SECRET} again")
    assert confluence.page.title == f"PM-1: {SECRET} again"
    assert confluence.page.readers == {"user": [ME], "group": ["security-team"]}
    assert not [each for each in confluence.public if SECRET in each or "PM-1" in each]


def test_nothing_is_published_while_nobody_knows_who_may_read_the_channel(
    engine: Engine, confluence: LocalConfluence
) -> None:
    bot = new(engine, confluence)
    with bot.store.transaction(PATIENCE) as unit:
        record = Postmortem("pm1", payloads.TEAM, "C1", 1, bot.clock.now(), "U1")
        unit.records.add(record)
        unit.outbox.put(rows.wiki_page(record, bot.clock.now()))
    bot.work()
    assert state(bot) == ("open", "It is not known yet who may read the channel.")
    assert confluence.seen == []


def test_a_channel_that_is_made_private_closes_the_page(engine: Engine, confluence: LocalConfluence) -> None:
    bot = new(engine, confluence, WikiRules())
    bot.chat.rooms["C1"].private = False
    assert bot.command("assign <@U2|x>").status == 200
    bot.work()
    assert "PM-1" in confluence.readable()
    bot.chat.rooms["C1"].private = True
    with bot.store.transaction(PATIENCE) as unit:
        unit.outbox.put(rows.place(bot.record(), bot.clock.now()))
    bot.work()
    assert "PM-1" not in confluence.readable()
    assert bot.record().page_url is None


def test_one_that_becomes_restricted_again_while_it_is_written_is_not_opened(
    bot: Bot, confluence: LocalConfluence
) -> None:
    """A wiki that takes its time answers when something else was decided."""
    restrict(bot)
    confluence.before["update"] = lambda _: change(bot, restricted=True)
    restrict(bot, "unrestrict")
    page = confluence.page
    assert page.readers == {"user": [ME], "group": []}
    assert page.title == NEUTRAL
    assert "postmortem-begin" not in page.body
    assert "open" not in confluence.seen
