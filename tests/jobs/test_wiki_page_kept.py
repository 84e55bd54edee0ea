"""What stays on the page as people made it, and what is said of a page that cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.wiki import WikiRules
from bot.integrations import confluence_publisher
from bot.integrations.confluence_errors import SENTENCES
from tests.confluence import local_confluence
from tests.confluence.kept import begun, card, change, state, write
from tests.confluence.local_confluence import HOME, LocalConfluence, Page
from tests.fakes.bot import Bot
from tests.jira.local_jira import Fault

# Nothing here depends on which database it is.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def confluence() -> Iterator[LocalConfluence]:
    with local_confluence.running() as made:
        yield made


@pytest.fixture
def bot(engine: Engine, confluence: LocalConfluence) -> Bot:
    return begun(engine, confluence)


def test_what_people_write_beside_our_parts_stays(bot: Bot, confluence: LocalConfluence) -> None:
    page = confluence.page
    confluence.edit(page, f"<p>Read this first.</p>{page.body}<p>And this last.</p>")
    page.labels.append("theirs")
    write(bot, "Pool full")
    assert page.body.startswith("<p>Read this first.</p>")
    assert page.body.endswith("<p>And this last.</p>")
    assert page.body.count("postmortem-begin-head") == 1
    assert "Pool full" in page.title
    assert "theirs" in page.labels


def test_labels_of_ours_follow_and_those_of_people_stay(bot: Bot, confluence: LocalConfluence) -> None:
    write(bot, "Pool full")
    confluence.page.labels.append("theirs")
    change(bot, severity=1, services=())
    bot.work()
    assert {"postmortem", "sev1", "theirs"} <= set(confluence.page.labels)
    assert not {"sev2", "payments-api"} & set(confluence.page.labels)


def test_an_address_that_people_took_away_does_not_come_back(bot: Bot) -> None:
    assert bot.record().page_url
    bot.command("page none", user="U2")
    write(bot, "Pool full")
    assert bot.record().page_url is None


def test_two_who_write_at_once_both_stay(bot: Bot, confluence: LocalConfluence) -> None:
    page = confluence.page

    def meanwhile(_: LocalConfluence) -> None:
        confluence.edit(page, f"{page.body}<p>Typed at that moment.</p>")

    confluence.before["update"] = meanwhile
    write(bot, "Pool full")
    assert page.body.endswith("<p>Typed at that moment.</p>")
    assert page.title == "PM-1: Pool full"
    assert confluence.seen.count("update") == 3


def test_a_page_that_others_never_leave_alone_is_tried_later(bot: Bot, confluence: LocalConfluence) -> None:
    clash = Fault(409)
    confluence.fail("update", *[clash] * confluence_publisher.MOST_CONFLICTS)
    write(bot, "Pool full")
    bot.later(timedelta(hours=1))
    assert confluence.page.title == "PM-1: Pool full"
    assert len(confluence.made) == 1


def test_a_title_that_another_page_has_is_said(bot: Bot, confluence: LocalConfluence) -> None:
    confluence.pages["7"] = Page("7", HOME, [("PM-1: Pool full", "")])
    write(bot, "Pool full")
    assert state(bot) == ("dead", confluence_publisher.TAKEN.format("PM-1: Pool full"))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("archived", confluence_publisher.ARCHIVED),
        ("trashed", confluence_publisher.TRASHED),
        ("gone", confluence_publisher.GONE),
    ],
)
def test_a_page_that_people_put_away_is_never_brought_back(
    bot: Bot, confluence: LocalConfluence, status: str, said: str
) -> None:
    first = confluence.page
    first.status = status
    write(bot, "Pool full")
    assert state(bot) == ("dead", said)
    assert (first.status, len(confluence.made)) == (status, 1)
    assert said in card(bot)
    buttons = {ids.WIKI_AGAIN: "Try the page again", ids.WIKI_ANEW: "Make a new page"}
    assert all(each in card(bot) for pair in buttons.items() for each in pair)

    first.status = "current"
    bot.press(ids.WIKI_AGAIN, bot.record().id, "U3")
    bot.work()
    assert (first.title, len(confluence.made)) == ("PM-1: Pool full", 1)
    assert ids.WIKI_AGAIN not in card(bot)


def test_a_new_page_is_made_only_of_one_that_is_lost(bot: Bot, confluence: LocalConfluence) -> None:
    bot.press(ids.WIKI_ANEW, bot.record().id, "U2")
    bot.work()
    assert len(confluence.made) == 1
    assert "is not lost" in bot.screens.sentence()


@pytest.mark.parametrize("status", [401, 403, 404, 413])
def test_a_refusal_for_good_is_one_sentence_on_the_card(bot: Bot, confluence: LocalConfluence, status: int) -> None:
    confluence.fail("update", Fault(status))
    write(bot, "Pool full")
    assert state(bot) == ("dead", SENTENCES[status])
    assert SENTENCES[status] in card(bot)
    bot.press(ids.WIKI_AGAIN, bot.record().id, "U2")
    bot.work()
    assert confluence.page.title == "PM-1: Pool full"


def test_a_page_that_cannot_be_read_is_left_alone(bot: Bot, confluence: LocalConfluence) -> None:
    page = confluence.page
    confluence.edit(page, "<p>broken")
    write(bot, "Pool full")
    told, why = state(bot)
    assert told == "dead"
    assert why.startswith("What stands on the page in Confluence cannot be read:")
    assert page.body == "<p>broken"


def test_a_year_has_one_page_above_its_post_mortems(engine: Engine, confluence: LocalConfluence) -> None:
    bot = begun(engine, confluence, WikiRules(by_year=True, private_channels=True))
    bot.chat.rooms["C2"] = replace(bot.chat.rooms["C1"])
    bot.command("assign <@U2|x>", channel="C2")
    bot.work()
    year, *pages = confluence.made
    assert (year.title, year.parent) == ("Post-mortems 2026", HOME)
    assert [each.parent for each in pages] == [year.id] * 2


def test_another_page_of_that_number_is_never_written(bot: Bot, confluence: LocalConfluence) -> None:
    """Of another Confluence, which the settings name now."""
    page = confluence.page
    page.properties.clear()
    theirs = page.body
    write(bot, "Pool full")
    assert state(bot) == ("dead", confluence_publisher.GONE)
    assert page.body == theirs
