"""What doctor says of Confluence, and how it is mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.domain.policy import Policy
from bot.domain.wiki import WikiRules
from bot.wiki_settings import WikiSettings
from cli import check_confluence
from tests.confluence import local_confluence
from tests.confluence.local_confluence import EMAIL, HOME, TOKEN, LocalConfluence
from tests.fakes import bot as fake
from tests.jira.local_jira import Fault

NOT_PUBLISHED = "restricted post-mortems, and those of private channels, are not published (CONFLUENCE_RESTRICT_TO)."


@pytest.fixture
def confluence() -> Iterator[LocalConfluence]:
    with local_confluence.running() as made:
        yield made


def settings(url: str, rules: WikiRules | None = None, **given: str) -> Settings:
    values = {"url": url, "email": EMAIL, "token": SecretStr(TOKEN), "space": "OPS", **given}
    bare = fake.settings("sqlite://", Policy(wiki=rules or WikiRules()))
    return bare.model_copy(update={"wiki": WikiSettings.model_validate(values)})


def said(settings: Settings) -> list[tuple[bool, str, str]]:
    return [(each.well, each.check, each.said) for each in check_confluence.look(settings)]


def test_without_confluence_one_line_says_so() -> None:
    assert said(fake.settings("sqlite://")) == [
        (True, "confluence", "not set up (CONFLUENCE_URL): the document is a file in the card's thread.")
    ]


def test_all_is_well(confluence: LocalConfluence) -> None:
    assert said(settings(confluence.url, parent=HOME)) == [
        (True, "confluence", f"{confluence.url} knows us as Post-mortem bot."),
        (True, "confluence space", "OPS is there, and pages may be added in it."),
        (True, "confluence parent", "pages are put under “Operations”."),
        (True, "confluence restricted", NOT_PUBLISHED),
    ]  # fmt: skip
    assert set(confluence.seen) == {"myself", "space", "operations", "read"}


def test_it_says_who_may_read_restricted_ones(confluence: LocalConfluence) -> None:
    rules = WikiRules(("security-team", "user:u1"), private_channels=True)
    told = said(settings(confluence.url, rules))
    assert told[2][2] == "none is set (CONFLUENCE_PARENT): pages are put under the space's home page."
    assert told[3] == (True, "confluence restricted", "restricted post-mortems are for security-team, u1 alone.")


def test_a_token_that_is_refused(confluence: LocalConfluence) -> None:
    told = said(settings(confluence.url, token="old"))
    assert told == [(False, "confluence", check_confluence.REFUSED)]


def test_a_space_that_is_not_shown(confluence: LocalConfluence) -> None:
    sentence = "The space WEB is not shown to the bot's account: correct CONFLUENCE_SPACE, or let the account in."
    assert (False, "confluence space", sentence) in said(settings(confluence.url, space="WEB"))


def test_a_space_in_which_nothing_may_be_added(confluence: LocalConfluence) -> None:
    confluence.may_add = False
    sentence = "The bot's account may not add pages in OPS: an administrator of the space grants it."
    assert (False, "confluence space", sentence) in said(settings(confluence.url))


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("archived", f"The page {HOME} is archived: restore it, or correct CONFLUENCE_PARENT."),
        ("deleted", f"There is no page {HOME}, or the bot's account may not see it: correct CONFLUENCE_PARENT."),
    ],
)
def test_a_parent_that_is_not_there(confluence: LocalConfluence, status: str, sentence: str) -> None:
    confluence.pages[HOME].status = status
    assert (False, "confluence parent", sentence) in said(settings(confluence.url, parent=HOME))


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(500), "Confluence does not answer at {} (it answers 500): check the network, the proxy and CONFLUENCE_URL."),
        (Fault(404), "There is no Confluence at {}: correct CONFLUENCE_URL."),
        (local_confluence.WAIT, "Confluence asked us to wait 7 s. Run this again then: the bot waits that long as well."),
    ],
)  # fmt: skip
def test_a_confluence_in_trouble(confluence: LocalConfluence, fault: Fault, sentence: str) -> None:
    confluence.fail("myself", fault)
    assert said(settings(confluence.url)) == [(False, "confluence", sentence.format(confluence.url))]


def test_trouble_on_the_way_is_said_too(confluence: LocalConfluence) -> None:
    confluence.fail("operations", Fault(500))
    assert said(settings(confluence.url))[-1] == (
        False, "confluence space", "Confluence is in trouble itself. Try again in some minutes."
    )  # fmt: skip
