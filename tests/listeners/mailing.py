"""Shorthands for tests of the mails that people send: a record that is written and reviewed, its forms, and what came of them."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.content import Entry, Section
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.mail import Mailbox, MailRules
from bot.domain.mail_draft import Letter, MailDraft
from bot.domain.policy import Policy
from bot.domain.recipients import MailLists
from bot.domain.status import Status
from tests.fakes.bot import Bot, Reply
from tests.fakes.mailer import FakeMailer
from tests.listeners import handing
from tests.listeners.handing import OWNER

PAGE = "https://wiki.acme.example/pm/7"
OVERVIEW = "Orders were slow for two hours, and 412 were given up."
LISTS = MailLists(
    sev1=("incident-reports@acme.example", "all@acme.example"),
    sev2=("engineering@acme.example",),
    restricted=("security@acme.example",),
    support=("support@acme.example",),
)
_views = itertools.count(1)


def made(engine: Engine, lists: MailLists = LISTS, mailer: FakeMailer | None = None, **policy: Any) -> Bot:
    """A bot with the lists, and a SEV-1 with a page and an overview, owned by Ben, with Ana as its IC."""
    rules = MailRules(Mailbox("postmortem@acme.example", "Post-mortems")) if mailer else None
    bot = Bot(engine, policy=Policy(mail_lists=lists, mail=rules, **policy), mailer=mailer)
    bot.assigned()
    handing.put(bot, page_url=PAGE, title="Checkout is slow", severity=1)
    written(bot)
    return bot


def written(bot: Bot, overview: str = OVERVIEW) -> None:
    """The overview says this."""
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        before = unit.contents.load(bot.record().id).entry(Section.OVERVIEW)
        entry = Entry(Section.OVERVIEW, {"overview": overview}, before.version + 1, OWNER, bot.clock.now())
        unit.contents.save(bot.record().id, entry)


def reviewed(bot: Bot) -> None:
    """No message to customers, the meeting was held, and T3."""
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.meetings.put_external(
            bot.record().id, ExternalDecision(ExternalMessage.NONE, by=OWNER, at=bot.clock.now())
        )
    handing.held(bot)
    handing.review_again(bot)
    bot.work()


def form(bot: Bot, user: str = OWNER, action: str = ids.MAIL_SUMMARY_OPEN) -> dict[str, Any]:
    """The form of a mail, opened."""
    before = len(bot.screens.opened)
    bot.press(action, bot.record().id, user)
    assert len(bot.screens.opened) > before, bot.screens.sentence()
    return bot.screens.form()


def save(bot: Bot, view: dict[str, Any], user: str = OWNER, **answers: Any) -> Reply:
    """Press Save."""
    return bot.submit(view, user, f"VM{next(_views)}", **answers)


def press(bot: Bot, view: dict[str, Any], action: str, user: str = OWNER, **typed: str) -> dict[str, Any]:
    """Press a button in the form, with this typed in it; the form as it is drawn then, or whatever is laid over it."""
    filled = with_typed(view, **typed)
    seen = len(bot.screens.shown)
    bot.press_in(filled, action, button(view, action)["value"], user, view_id=f"VM{next(_views)}")
    shown = bot.screens.shown[seen:]
    return dict(shown[-1].view) if shown else {}  # type: ignore[union-attr]


def with_typed(view: dict[str, Any], **typed: str) -> dict[str, Any]:
    """The form with other words in its fields."""
    blocks = []
    for block in view["blocks"]:
        if block.get("block_id") in typed:
            element = {**block["element"], "initial_value": typed[block["block_id"]]}
            block = {**block, "element": element}
        blocks.append(block)
    return {**view, "blocks": blocks}


def button(view: dict[str, Any], action: str) -> dict[str, Any]:
    """A button of a form or of a message's blocks."""
    found = [each for block in view["blocks"] for each in block.get("elements", ()) if each.get("action_id") == action]
    assert found, f"no {action}"
    return dict(found[0])


def fields(view: dict[str, Any]) -> dict[str, str]:
    """What stands in the fields, by their names."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: str(block["element"].get("initial_value", "")) for block in inputs}


def draft(bot: Bot, purpose: Letter = Letter.SUMMARY) -> MailDraft:
    """What is kept."""
    found = bot.look(lambda unit: unit.mail_drafts.get(bot.record().id, purpose))
    assert isinstance(found, MailDraft)
    return found


def status(bot: Bot) -> Status:
    """Of the record."""
    return bot.record().status
