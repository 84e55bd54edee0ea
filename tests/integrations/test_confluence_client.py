"""Requests to Confluence that go wrong: each ends in one plain sentence, with the word whether another try can help, whether it may have
had its effect, and nothing of the token or of what was written."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot.integrations import confluence_errors
from bot.integrations.confluence_errors import SENTENCES
from bot.ports.errors import IntegrationError, RateLimited
from tests.confluence import kept, local_confluence
from tests.confluence.local_confluence import SPACE_ID, TOKEN, LocalConfluence
from tests.jira import local_jira
from tests.jira.local_jira import Fault

SECRET = "What nobody may read in a log"


@pytest.fixture
def confluence() -> Iterator[LocalConfluence]:
    with local_confluence.running() as made:
        yield made


def refusal(confluence: LocalConfluence, fault: Fault, *, writes: bool) -> IntegrationError:
    client = kept.client(confluence, (1, 0.3))
    confluence.fail("*", fault)
    with pytest.raises(IntegrationError) as refused:
        client.create(SPACE_ID, "", SECRET, f"<p>{SECRET}</p>") if writes else client.space("OPS")
    return refused.value


@pytest.mark.parametrize("writes", [False, True], ids=["read", "write"])
@pytest.mark.parametrize(
    ("fault", "said", "retryable", "doubt"),
    [
        (Fault(401), SENTENCES[401], False, False),
        (Fault(403), SENTENCES[403], False, False),
        (Fault(404), SENTENCES[404], False, False),
        (Fault(413), SENTENCES[413], False, False),
        (Fault(409), confluence_errors.CHANGED, True, False),
        (Fault(500), confluence_errors.TROUBLE, True, True),
        (Fault(503), confluence_errors.TROUBLE, True, True),
        (local_jira.redirect("https://example.com/"), confluence_errors.ELSEWHERE, False, False),
        (local_jira.PAGE, confluence_errors.NONSENSE, True, True),
        (Fault(200, body=[]), confluence_errors.NONSENSE, True, True),
        (local_jira.CUT, confluence_errors.LOST, True, True),
        (local_jira.HANG, confluence_errors.LOST, True, True),
        (Fault(400, body={"errors": [{"title": "No", "detail": "Really"}]}), "Confluence refused the page: No Really.", False, False),
        (Fault(400, body={"message": "com.acme.BadRequestException: No xhtml"}), "Confluence refused the page: No xhtml.", False, False),
        (Fault(400, body="<html>"), "Confluence refused the page (400).", False, False),
        (Fault(418), "Confluence refused the page (418).", False, False),
    ],
)  # fmt: skip
def test_a_refusal_is_one_sentence(
    confluence: LocalConfluence, fault: Fault, said: str, retryable: bool, doubt: bool, writes: bool
) -> None:
    error = refusal(confluence, fault, writes=writes)
    assert str(error) == said
    assert (error.retryable, error.unknown) == (retryable, doubt and writes)


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (local_confluence.WAIT, 7),
        (Fault(503, headers={"Retry-After": "20"}), 20),
        (Fault(429), 30),
        (Fault(429, headers={"Retry-After": "soon"}), 30),
        (Fault(429, headers={"Retry-After": "9999999"}), 86_400),
    ],
)
def test_confluence_is_left_alone_for_as_long_as_it_asks(confluence: LocalConfluence, fault: Fault, wait: int) -> None:
    error = refusal(confluence, fault, writes=True)
    assert isinstance(error, RateLimited)
    assert error.wait.total_seconds() == wait
    assert str(error) == f"Confluence asked us to wait {wait} s."


def test_where_nothing_listens_nothing_was_done() -> None:
    client = kept.client(LocalConfluence(url="http://127.0.0.1:9/wiki"))
    with pytest.raises(IntegrationError, match=r"^Confluence cannot be reached\.$") as refused:
        client.create(SPACE_ID, "", "x", "")
    assert (refused.value.retryable, refused.value.unknown) == (True, False)


def test_only_the_configured_host_hears_the_token(confluence: LocalConfluence) -> None:
    client = kept.client(confluence)
    client.url = client.url.replace("127.0.0.1", "localhost")
    with pytest.raises(IntegrationError, match="leads elsewhere"):
        client.myself()
    assert confluence.heard == []


def test_neither_token_nor_words_are_logged(confluence: LocalConfluence, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    kept.client(confluence).create(SPACE_ID, "", SECRET, f"<p>{SECRET}</p>")
    refusal(confluence, Fault(500), writes=True)
    assert SECRET not in caplog.text
    assert TOKEN not in caplog.text


def test_words_that_are_no_xml_are_refused(confluence: LocalConfluence) -> None:
    with pytest.raises(IntegrationError, match="Error parsing xhtml") as refused:
        kept.client(confluence).create(SPACE_ID, "", "x", "<p>open")
    assert refused.value.name == "http_400"


def test_a_label_is_asked_for_to_the_letter(confluence: LocalConfluence) -> None:
    assert kept.client(confluence).labelled("OPS", 'x" OR label = "y') == []
    assert "%22x+OR+label+%3D+y%22" in confluence.heard[-1][1]
