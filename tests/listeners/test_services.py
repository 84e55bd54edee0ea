"""`/postmortem service`: the directory that says who comes to a meeting because of a service (R-14)."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.policy import Policy
from bot.domain.services import Service
from tests.fakes import payloads
from tests.fakes.bot import Bot, Reply

OWNER, IC, STRANGER, ADMIN = "U2", "U1", "U5", "U4"
_views = itertools.count(1)


@pytest.fixture
def led(engine: Any) -> Bot:
    """Somebody leads an open post-mortem, and somebody else is an administrator."""
    bot = Bot(engine, policy=Policy(admins=frozenset({ADMIN})))
    bot.assigned()
    return bot


def enter(bot: Bot, name: str = "Billing API", user: str = OWNER, **answers: Any) -> Reply:
    bot.command(f"service add {name}", user)
    return bot.submit(bot.screens.form(), user, f"VS{next(_views)}", **answers)


def found(bot: Bot, name: str = "billing api") -> Service | None:
    entry = bot.look(lambda unit: unit.services.some(payloads.TEAM, [name]).get(name))
    assert entry is None or isinstance(entry, Service)
    return entry


def test_one_is_entered_read_in_any_case_changed_and_taken_out(led: Bot) -> None:
    assert "is empty" in led.command("service", STRANGER).sentence
    assert not enter(led, service_owners=["U3", "U1"], manager="U4", project="bill").errors
    entry = found(led)
    assert entry
    assert (entry.name, entry.owners, entry.manager, entry.project) == ("Billing API", ("U3", "U1"), "U4", "BILL")
    assert "Billing API" in led.command("service", STRANGER).text
    assert "no PM" in led.command("service", STRANGER).text
    read = led.command("service  BILLING  api", STRANGER).text
    assert "<@U3>" in read.replace("\\u003c", "<").replace("\\u003e", ">")
    assert ids.SERVICE_EDIT not in read
    assert ids.SERVICE_EDIT in led.command("service billing api", ADMIN).text
    led.press(ids.SERVICE_EDIT, "Billing API", ADMIN)
    assert not led.submit(led.screens.form(), ADMIN, "VS-edit", product_manager="U5").errors
    entry = found(led)
    assert entry
    assert (entry.owners, entry.product_manager, entry.version) == (("U3", "U1"), "U5", 2)
    assert "changed" in led.command("service billing api", STRANGER).text
    led.press(ids.SERVICE_REMOVE, "Billing API", IC)
    assert found(led) is None
    history = led.look(lambda unit: unit.services.history(payloads.TEAM, "billing api", limit=9))
    assert [(each.actor, each.old is None, each.new is None) for each in history] == [
        (IC, False, True), (ADMIN, False, False), (OWNER, True, False),
    ]  # fmt: skip
    led.press(ids.SERVICE_REMOVE, "Billing API", IC)
    assert "not in the directory any more" in led.screens.sentence()


def test_others_read_it_and_guests_do_not(led: Bot) -> None:
    enter(led)
    for user, said in ((STRANGER, "Only the owner, the IC and the deputy"), ("UGUEST", "for colleagues")):
        assert said in led.command("service add search", user).sentence
        led.press(ids.SERVICE_EDIT, "Billing API", user)
        assert said in led.screens.sentence()
        led.press(ids.SERVICE_REMOVE, "Billing API", user)
        assert said in led.screens.sentence()
    assert "for colleagues" in led.command("service", "UFAR").sentence
    assert found(led)


def test_two_who_change_the_same_do_not_overwrite_each_other(led: Bot) -> None:
    enter(led)
    led.press(ids.SERVICE_EDIT, "Billing API", OWNER)
    mine = led.screens.form()
    led.press(ids.SERVICE_EDIT, "Billing API", IC)
    led.submit(led.screens.form(), IC, "VS-ic", manager="U3")
    refused = led.submit(mine, OWNER, "VS-owner", manager="U5")
    assert "Somebody else changed this service" in str(refused.errors)
    entry = found(led)
    assert entry
    assert entry.manager == "U3"
    led.command("service add", OWNER)
    again = led.submit(led.screens.form(), OWNER, "VS-new", service_name="billing  API")
    assert "is in the directory already" in str(again.errors)


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"service_owners": ["UPAGER"]}, "service_owners", "PagerDuty is an app"),
        ({"manager": "UGONE"}, "manager", "has no account here any more"),
        ({"project": "a b"}, "project", "2 to 10 capital letters"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(led: Bot, answers: dict[str, Any], field: str, said: str) -> None:
    assert said in enter(led, **answers).errors[field]
    assert found(led) is None


def test_an_unknown_name_gets_the_nearest_ones_and_a_button(led: Bot) -> None:
    enter(led)
    read = led.command("service biling api", OWNER).text
    assert "Did you mean Billing API?" in read
    assert ids.SERVICE_ADD in read
    led.press(ids.SERVICE_ADD, "search", OWNER)
    assert not led.submit(led.screens.form(), OWNER, "VS-add").errors
    assert found(led, "search")


def test_odd_names_do_no_harm(led: Bot) -> None:
    for name in ("<!channel> *x* `y` مرحبا", "x" * 3000, "   ", "add"):
        assert led.command(f"service {name}", STRANGER).status == 200
        led.press(ids.SERVICE_EDIT, name, OWNER)
        led.press(ids.SERVICE_REMOVE, name, OWNER)
    assert led.look(lambda unit: list(unit.services.all(payloads.TEAM))) == []


def test_the_meetings_of_its_post_mortems_follow_it(led: Bot) -> None:
    record = led.record()
    with led.store.transaction(timedelta(seconds=5)) as unit:
        unit.records.save(record.changed(services=("BILLING api",)))
    before = len(led.rows("calendar"))
    enter(led, service_owners=["U3"])
    assert len(led.rows("calendar")) == before + 1
