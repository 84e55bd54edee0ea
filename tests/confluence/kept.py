"""Bots that keep a page in a local Confluence, and what tests do to them."""

from __future__ import annotations

from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.domain.policy import Policy
from bot.domain.wiki import KeptPage, WikiRules
from bot.integrations.confluence_client import ConfluenceAccess, ConfluenceClient
from bot.integrations.confluence_publisher import ConfluencePublisher
from bot.usecases import rows
from tests.confluence import local_confluence
from tests.confluence.local_confluence import EMAIL, TOKEN, LocalConfluence
from tests.fakes.bot import PATIENCE, Bot

OPEN, TO_GROUP = (WikiRules(each, private_channels=True) for each in ((), ("security-team",)))
SECRET = "Token of the vault leaked"
NEUTRAL = "PM-1: restricted post-mortem"


def client(confluence: LocalConfluence, timeout: tuple[float, float] = (2, 2)) -> ConfluenceClient:
    """As the settings would make it, but for its patience in seconds."""
    return ConfluenceClient(ConfluenceAccess(confluence.url, EMAIL, SecretStr(TOKEN)), timeout=timeout)


def publisher(confluence: LocalConfluence, rules: WikiRules = OPEN) -> ConfluencePublisher:
    """As the settings would make it."""
    return ConfluencePublisher(client(confluence), local_confluence.SPACE, "", rules.restrict_to)


def new(engine: Engine, confluence: LocalConfluence, rules: WikiRules = OPEN) -> Bot:
    """In a private channel."""
    bot = Bot(engine, policy=Policy(wiki=rules), publisher=publisher(confluence, rules))
    bot.chat.rooms["C1"].private = True
    return bot


def begun(engine: Engine, confluence: LocalConfluence, rules: WikiRules = OPEN) -> Bot:
    """With a record and its page."""
    bot = new(engine, confluence, rules)
    assert bot.command("assign <@U2|x>").status == 200
    bot.work()
    return bot


def hidden(engine: Engine, confluence: LocalConfluence, rules: WikiRules = OPEN) -> Bot:
    """With a record that was restricted before anything was published."""
    bot = new(engine, confluence, rules)
    assert bot.command("assign <@U2|x>").status == 200
    change(bot, restricted=True)
    bot.work()
    return bot


def change(bot: Bot, **values: object) -> None:
    """The record is another one, and the document is to follow."""
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))
        unit.outbox.put(rows.document(record, bot.clock.now()))


def write(bot: Bot, words: str) -> None:
    """Somebody says what the incident was."""
    change(bot, title=words, severity=2, services=("Payments API",))
    bot.work()


def restrict(bot: Bot, word: str = "restrict") -> None:
    """By the command, with a reason."""
    assert bot.command(f"{word} as the lawyers say").status == 200
    bot.work()


def kept(bot: Bot) -> KeptPage:
    """What the bot keeps of the page."""
    found = bot.look(lambda unit: unit.wiki_pages.get(bot.record().id))
    assert isinstance(found, KeptPage)
    return found


def state(bot: Bot) -> tuple[str, str]:
    """How the row of the page stands, and why."""
    (row,) = bot.rows("wiki_page")
    return str(row["state"]), str(row["last_error"] or "")


def card(bot: Bot) -> str:
    """The card as it looks now."""
    return str(bot.card.drawing)
