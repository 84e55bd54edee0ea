"""What holds for a wiki and for none: who asks never meets an error that is not one of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.wiki import KeptPage, PageDraft
from bot.integrations.console_publisher import NONE, ConsolePublisher
from bot.ports.errors import IntegrationError
from bot.ports.publisher import Merging, PageAway, Publisher
from tests.confluence import kept, local_confluence
from tests.confluence.local_confluence import LocalConfluence

DRAFT = PageDraft("pm1", "PM-1 (new page abc)", "postmortem-abc", "PM-1: Pool", "<p>Words</p>", ("postmortem", "sev1"))
KEPT = KeptPage("pm1")


def merging() -> Merging:
    return Merging(lambda _: DRAFT.body, lambda _: "")


@pytest.fixture
def confluence() -> Iterator[LocalConfluence]:
    with local_confluence.running() as made:
        yield made


@pytest.fixture(params=["confluence", "none"])
def publisher(request: pytest.FixtureRequest, confluence: LocalConfluence) -> Publisher:
    return kept.publisher(confluence, kept.TO_GROUP) if request.param == "confluence" else ConsolePublisher()


def test_nothing_is_found_of_what_was_never_made(publisher: Publisher) -> None:
    assert publisher.find(DRAFT) is None


def test_a_page_is_made_found_and_written_or_refused_in_one_sentence(
    publisher: Publisher, confluence: LocalConfluence
) -> None:
    if not publisher.configured:
        for act in (lambda: publisher.create(DRAFT), lambda: publisher.write("7", DRAFT, KEPT, merging())):
            with pytest.raises(IntegrationError) as refused:
                act()
            assert (str(refused.value), refused.value.retryable, refused.value.unknown) == (NONE, False, False)
        assert publisher.address("7") == ""
        return
    made = publisher.create(DRAFT)
    assert publisher.find(DRAFT) == made
    assert publisher.find(DRAFT, left=[made]) is None
    for _ in range(2):
        publisher.write(made, DRAFT, KEPT, merging())
        assert publisher.find(DRAFT) == made
    assert (confluence.page.title, len(confluence.page.versions)) == (DRAFT.title, 2)
    assert publisher.address(made).endswith(f"/spaces/OPS/pages/{made}")


def test_to_make_it_twice_gives_the_same_page(publisher: Publisher) -> None:
    if publisher.configured:
        assert publisher.create(DRAFT) == publisher.create(DRAFT)


def test_to_shut_what_is_not_there_is_no_error(publisher: Publisher) -> None:
    publisher.shut("7", DRAFT, KEPT, merging())


def test_what_was_written_is_shut_and_opened_again(publisher: Publisher, confluence: LocalConfluence) -> None:
    if not publisher.configured:
        return
    made = publisher.create(DRAFT)
    publisher.write(made, DRAFT, KEPT, merging())
    publisher.shut(
        made,
        replace(DRAFT, title="PM-1: restricted", labels=("postmortem",)),
        replace(KEPT, labels=DRAFT.labels),
        merging(),
    )
    assert (confluence.page.body, confluence.page.title) == ("", "PM-1: restricted")
    assert "sev1" not in confluence.page.labels
    assert confluence.page.readers == {"user": [local_confluence.ME], "group": []}
    publisher.write(made, DRAFT, replace(KEPT, closed=True), merging())
    publisher.open(made)
    assert confluence.page.readers is None


def test_one_that_is_gone_is_said_to_be(publisher: Publisher) -> None:
    with pytest.raises(IntegrationError) as refused:
        publisher.write("7", DRAFT, KEPT, merging())
    assert isinstance(refused.value, PageAway) is publisher.configured
