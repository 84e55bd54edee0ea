"""What `app.py doctor` asks Confluence: whether it knows us, whether the space and the page above the post-mortems are there, and whether
pages may be added. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator

from bot.config import Settings
from bot.domain import phrases
from bot.domain.wiki import WikiRules
from bot.integrations.confluence_client import ConfluenceAccess, ConfluenceClient
from bot.integrations.confluence_publisher import PROPERTY
from bot.ports.errors import IntegrationError, RateLimited
from bot.wiki_settings import WikiSettings
from cli import unanswered
from cli.finding import Finding, fine, wrong

REFUSED = (
    "CONFLUENCE_EMAIL and CONFLUENCE_TOKEN are refused: make a new API token for that account at id.atlassian.com."
)
# As the interface names it.
ADD = ("create", "page")


def look(settings: Settings) -> Iterator[Finding]:
    """All that concerns Confluence; one line where none is set up."""
    wiki, rules = settings.wiki, settings.policy.wiki
    if wiki is None or rules is None:
        yield fine("confluence", "not set up (CONFLUENCE_URL): the document is a file in the card's thread.")
        return
    client = ConfluenceClient(ConfluenceAccess(wiki.url, wiki.email, wiki.token))
    try:
        who = client.myself()
    except IntegrationError as error:
        yield wrong("confluence", _unreached(error, wiki))
        return
    yield fine("confluence", f"{wiki.url} knows us as {who.get('displayName') or wiki.email}.")
    try:
        yield from _space(client, wiki)
    except IntegrationError as error:
        yield wrong("confluence space", f"{error} Try again in some minutes." if error.retryable else str(error))
        return
    yield _restricted(rules)


def _space(client: ConfluenceClient, wiki: WikiSettings) -> Iterator[Finding]:
    space = client.space(wiki.space)
    if space is None:
        said = f"The space {wiki.space} is not shown to the bot's account: correct CONFLUENCE_SPACE, or let the account in."
        yield wrong("confluence space", said)
        return
    if ADD in client.operations(str(space["id"])):
        yield fine("confluence space", f"{wiki.space} is there, and pages may be added in it.")
    else:
        said = f"The bot's account may not add pages in {wiki.space}: an administrator of the space grants it."
        yield wrong("confluence space", said)
    yield _parent(client, wiki)


def _parent(client: ConfluenceClient, wiki: WikiSettings) -> Finding:
    if not wiki.parent:
        return fine("confluence parent", "none is set (CONFLUENCE_PARENT): pages are put under the space's home page.")
    try:
        page = client.page(wiki.parent, PROPERTY)
    except IntegrationError as error:
        if error.name != "http_404":
            raise
        said = f"There is no page {wiki.parent}, or the bot's account may not see it: correct CONFLUENCE_PARENT."
        return wrong("confluence parent", said)
    if page.status != "current":
        return wrong(
            "confluence parent", f"The page {wiki.parent} is {page.status}: restore it, or correct CONFLUENCE_PARENT."
        )
    return fine("confluence parent", f"pages are put under “{page.title}”.")


def _restricted(rules: WikiRules) -> Finding:
    which = "restricted post-mortems" + ("" if rules.private_channels else ", and those of private channels,")
    if not rules.restrict_to:
        return fine("confluence restricted", f"{which} are not published (CONFLUENCE_RESTRICT_TO).")
    named = phrases.listing([each.removeprefix("user:") for each in rules.restrict_to])
    return fine("confluence restricted", f"{which} are for {named} alone.")


def _unreached(error: IntegrationError, wiki: WikiSettings) -> str:
    if error.name in ("http_401", "http_403"):
        return REFUSED
    if isinstance(error, RateLimited):
        return f"{error} Run this again then: the bot waits that long as well."
    if error.retryable and error.name != "bad_answer":
        return f"Confluence does not answer at {wiki.url} ({unanswered.why(error)}): check the network, the proxy and CONFLUENCE_URL."
    if error.name == "http_404":
        return f"There is no Confluence at {wiki.url}: correct CONFLUENCE_URL."
    return str(error)
