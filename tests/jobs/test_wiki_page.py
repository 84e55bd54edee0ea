"""The document as one page in Confluence: made once, brought up to date when its content changes, shared where no other was entered, and
closed when it becomes restricted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.wiki import KeptPage, WikiRules
from bot.usecases import rows
from tests.confluence import local_confluence
from tests.confluence.kept import OPEN, SECRET, TO_GROUP, begun, card, kept, new, restrict, write
from tests.confluence.local_confluence import HOME, LocalConfluence
from tests.fakes.bot import PATIENCE, Bot


@pytest.fixture
def confluence() -> Iterator[LocalConfluence]:
    with local_confluence.running() as made:
        yield made


@pytest.fixture
def bot(engine: Engine, confluence: LocalConfluence) -> Bot:
    return begun(engine, confluence)


def test_the_document_stands_on_one_page_that_people_share(bot: Bot, confluence: LocalConfluence) -> None:
    write(bot, "Pool full")
    page, record = confluence.page, bot.record()
    assert (page.title, page.parent) == ("PM-1: Pool full", HOME)
    assert "postmortem-begin-head" in page.body
    own = [each for each in page.labels if each.startswith("postmortem-")]
    assert page.labels == [*own, "postmortem", "sev2", "payments-api"]
    assert len(own) == 1
    assert record.page_url == f"{confluence.url}/spaces/OPS/pages/{page.id}"
    assert record.page_url in card(bot)
    assert [(each.actor, each.new) for each in bot.history() if each.field == "page"] == [("bot", record.page_url)]


def test_nothing_is_asked_while_nothing_changes(bot: Bot, confluence: LocalConfluence) -> None:
    asked = len(confluence.seen)
    with bot.store.transaction(PATIENCE) as unit:
        unit.outbox.put(rows.document(bot.record(), bot.clock.now()), rows.wiki_page(bot.record(), bot.clock.now()))
    bot.work()
    assert len(confluence.seen) == asked
    versions = len(confluence.page.versions)
    write(bot, "Pool full")
    assert len(confluence.page.versions) == versions + 1


def test_an_address_that_people_entered_stays(engine: Engine, confluence: LocalConfluence) -> None:
    bot = new(engine, confluence)
    bot.command("assign <@U2|x>")
    bot.command("page https://wiki.example.com/pm", user="U2")
    bot.work()
    assert confluence.page.title.startswith("PM-1")
    assert bot.record().page_url == "https://wiki.example.com/pm"


def test_a_new_page_takes_the_place_of_one_that_was_put_away(bot: Bot, confluence: LocalConfluence) -> None:
    first = confluence.page
    first.status = "trashed"
    write(bot, "Pool full")
    refused = bot.press(ids.WIKI_ANEW, bot.record().id, "U3")
    assert "Only the owner, the IC and the deputy" in bot.screens.sentence()
    assert refused.status == 200
    bot.press(ids.WIKI_ANEW, bot.record().id, "U2")
    bot.work()
    (second,) = [each for each in confluence.made if each is not first]
    assert second.title == "PM-1: Pool full"
    assert bot.record().page_url == f"{confluence.url}/spaces/OPS/pages/{second.id}"
    assert kept(bot).left == (first.id,)

    first.status = "current"
    first.versions.append(("PM-1: Pool full, before", first.body))
    write(bot, "Pool fuller")
    assert (second.title, len(confluence.made)) == ("PM-1: Pool fuller", 2)


def test_after_a_restore_the_page_is_found_by_its_mark(bot: Bot, confluence: LocalConfluence) -> None:
    """The memory is older than the page, which has another title by now, and somebody made a copy of it."""
    page = confluence.page
    copy = replace(
        page, id="199", versions=list(page.versions), labels=list(page.labels), properties=dict(page.properties)
    )
    copy.versions.append((f"Copy of {page.title}", page.body))
    confluence.pages["199"] = copy
    with bot.store.transaction(PATIENCE) as unit:
        unit.wiki_pages.put(KeptPage(bot.record().id))
    write(bot, "Pool full")
    assert len(confluence.made) == 2
    assert (page.title, copy.title) == ("PM-1: Pool full", "Copy of PM-1: post-mortem without a title yet")
    assert kept(bot).page_id == page.id


@pytest.mark.parametrize("rules", [OPEN, TO_GROUP], ids=["nobody is named", "a group is named"])
def test_one_that_becomes_restricted_is_closed_first(
    engine: Engine, confluence: LocalConfluence, rules: WikiRules
) -> None:
    bot = begun(engine, confluence, rules)
    write(bot, SECRET)
    assert SECRET in confluence.readable()
    asked = len(confluence.seen)
    restrict(bot)
    assert "PM-1" not in confluence.readable()
    page, seen = confluence.page, confluence.seen[asked:]
    assert seen.index("restrict") < seen.index("update")
    assert page.title == "PM-1: restricted post-mortem"
    assert SECRET not in page.body
    assert ("postmortem-begin-head" in page.body) is (rules is TO_GROUP)
    assert not {"sev2", "payments-api"} & set(page.labels)
    assert bool(bot.record().page_url) is (rules is TO_GROUP)

    restrict(bot, "unrestrict")
    assert confluence.page is page
    assert (page.readers, page.title) == (None, f"PM-1: {SECRET}")
    assert bot.record().page_url == f"{confluence.url}/spaces/OPS/pages/{page.id}"
