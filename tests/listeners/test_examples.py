"""`/postmortem examples`: earlier messages that the reader may see, the most alike first, and public ones (R-38, R-63)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot import config
from bot.blocks import ids
from bot.domain import examples
from bot.domain.errors import BadInput
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.policy import Policy
from bot.domain.postmortem import Roles
from bot.domain.status import Status
from tests import factories
from tests.fakes.bot import Bot
from tests.fakes.chat import BOT, Room
from tests.listeners import handing

PATIENCE = timedelta(seconds=5)


def closed(bot: Bot, number: int, channel: str = "C1", text: str = "", **values: Any) -> None:
    """An earlier post-mortem with a message."""
    now = bot.clock.now()
    given: dict[str, Any] = {
        "id": f"old-{number}", "number": number, "channel_id": channel, "status": Status.CLOSED, "current": False,
        "severity": 2, "closed_at": now - timedelta(days=number), "created_by": "U9", "owner": "U9",
        "roles": Roles(ic="U9"),
    }  # fmt: skip
    record = factories.postmortem(**(given | values))
    with bot.store.transaction(PATIENCE) as unit:
        unit.records.add(record)
        said = ExternalDecision(
            ExternalMessage.PRESENT, Parts(text or f"Message {number}.", "<!channel>", "Doing."), "U9", now
        )
        unit.meetings.put_external(record.id, said)


def shown(bot: Bot, user: str = "U1", channel: str = "C1") -> str:
    return str(bot.command("examples", user, channel).json["blocks"])


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def test_without_any_the_public_ones_are_shown(begun: Bot) -> None:
    said = shown(begun)
    assert "no earlier message" in said
    assert all(link.name in said for link in examples.PUBLIC)


def test_the_most_alike_come_first_then_the_newest(begun: Bot) -> None:
    handing.put(begun, severity=1, services=("checkout",))
    closed(begun, 11)
    closed(begun, 12, severity=1)
    closed(begun, 13, severity=2, services=("Checkout",))
    closed(begun, 14, severity=1, services=("checkout", "mail"))
    closed(begun, 15)
    said = shown(begun)
    places = [said.find(f"Message {number}.") for number in (14, 13, 12)]
    assert -1 not in places
    assert places == sorted(places)
    assert "Page 1 of 2" in said
    begun.press(ids.EXAMPLES_PAGE, f"{begun.record().id}:1", "U1")
    last = begun.screens.said[-1]
    assert last.replace
    assert "Message 11." in str(last.drawing.blocks)
    assert "Message 15." in str(last.drawing.blocks)


def test_nobody_is_pinged_by_what_was_written(begun: Bot) -> None:
    closed(begun, 11)
    assert "<!channel>" not in shown(begun)


def test_restricted_ones_are_never_shown_not_even_to_those_concerned(begun: Bot) -> None:
    closed(begun, 11, restricted=True, owner="U1", text="Key was leaked.")
    assert "leaked" not in shown(begun, "U1")


def test_a_private_channels_is_shown_to_its_members_alone(engine: Engine) -> None:
    bot = Bot(engine)
    bot.chat.rooms["CPRIVATE"] = Room({"U1", "U2", BOT}, private=True)
    bot.command("assign <@U2|x>", "U1", "CPRIVATE")
    bot.assigned()
    bot.work()
    closed(bot, 11, "CPRIVATE", text="Only for members.")
    closed(bot, 12, "CNEVER", text="Of an unknown channel.")
    closed(bot, 13, "C1", text="For everybody.")
    assert "Only for members" in shown(bot, "U1")
    assert "Only for members" not in shown(bot, "U4")
    assert "unknown channel" not in shown(bot, "U1")
    assert "For everybody" in shown(bot, "U4")
    assert "For everybody" not in shown(bot, "UGUEST")


def test_undecided_none_and_open_ones_are_no_examples(begun: Bot) -> None:
    handing.write(begun)
    assert handing.TEXT["summary"] not in shown(begun)


def test_they_lie_over_the_form_that_is_being_written(begun: Bot) -> None:
    closed(begun, 11)
    view = handing.form(begun)
    begun.press_in(view, ids.EXAMPLES_OPEN, begun.record().id, "U2")
    assert "Message 11." in str(begun.screens.form())


@pytest.mark.parametrize("value", ["", "x", "record:-1", ":99999999", "no-record:1"])
def test_an_odd_page_is_a_page(begun: Bot, value: str) -> None:
    begun.press(ids.EXAMPLES_PAGE, value, "U1")
    assert "learn from" in begun.screens.sentence()


def test_a_channel_without_a_post_mortem_has_examples_too(begun: Bot) -> None:
    closed(begun, 11)
    assert "Message 11." in shown(begun, "U1", "C1")
    begun.chat.rooms["C2"] = Room({"U1", BOT})
    assert "Message 11." in shown(begun, "U1", "C2")


def test_the_setting_takes_names_and_addresses() -> None:
    given = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "0" * 32}
    settings = config.load(**given, examples="Us https://a.example/1, The others https://b.example/2")
    assert settings.policy.examples == (
        examples.Link("Us", "https://a.example/1"), examples.Link("The others", "https://b.example/2")
    )  # fmt: skip
    with pytest.raises(config.ConfigError, match=r"^EXAMPLES cannot be used: Write a name"):
        config.load(**given, examples="Us ftp://a.example")


@pytest.mark.parametrize("typed", ["", "Us", "javascript:alert(1)", "Us javascript:alert(1)"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        examples.read(typed)


def test_the_public_ones_can_be_read_back() -> None:
    assert [examples.read(f"{each.name} {each.url}") for each in Policy().examples] == list(examples.PUBLIC)
