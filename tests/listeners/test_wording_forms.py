"""Findings about wording, gone through in a list: one click for better words, left, or ignored with a reason (R-37, R-64)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.actions import ActionItem, Decision
from bot.domain.content import Entry, Section
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.harvest.finding import TimelineKind
from bot.domain.looked_at import LookedAt
from bot.domain.policy import Policy
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.usecases import facts
from tests.fakes.bot import Bot
from tests.listeners import handing
from tests.listeners.handing import IC, OWNER, STRANGER

PATIENCE = timedelta(seconds=5)


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def save(bot: Bot, section: Section, **value: Any) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        version = unit.contents.load(bot.record().id).entry(section).version + 1
        unit.contents.save(bot.record().id, Entry(section, value, version, OWNER, bot.clock.now()))


def text(bot: Bot, section: Section, name: str) -> Any:
    return bot.look(lambda unit: unit.contents.load(bot.record().id)).entry(section).value.get(name)


def unseen(bot: Bot) -> int:
    found = bot.look(lambda unit: facts.facts(unit, bot.record(), Policy())).unseen_findings
    assert isinstance(found, int)
    return found


def opened(bot: Bot, user: str = OWNER) -> dict[str, Any]:
    bot.press(ids.WORDING_OPEN, bot.record().id, user)
    return bot.screens.form()


def buttons(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for block in view["blocks"] if block["type"] == "actions" for each in block["elements"]]


def click(bot: Bot, view: dict[str, Any], action_id: str, number: int = 0, user: str = OWNER) -> dict[str, Any]:
    """Press the nth button of that name; the list as it is drawn then."""
    value = [each["value"] for each in buttons(view) if each["action_id"] == action_id][number]
    bot.press_in(view, action_id, value, user)
    return dict(bot.screens.redrawn[-1].view) if bot.screens.redrawn else {}


def looked(bot: Bot) -> list[LookedAt]:
    return list(bot.look(lambda unit: unit.reviews.looked_at(bot.record().id)))


BLAME = "Then the engineer failed to check the replica. It was an outage & <!channel>."


def test_a_finding_stands_in_its_sentence_with_its_reason_and_pings_nobody(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="", what_happened=BLAME)
    view = str(opened(begun))
    assert "*failed to check*" in view
    assert "measures a person" in view
    assert "<!channel>" not in view
    assert unseen(begun) > 0


def test_one_click_puts_the_better_words_into_the_text_as_a_new_version(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    view = click(begun, opened(begun), ids.WORDING_TAKE_OTHER)
    assert text(begun, Section.OVERVIEW, "overview") == "A service degradation hit us."
    assert "Nothing is left" in str(view)
    assert unseen(begun) == 0
    entry = begun.look(lambda unit: unit.contents.load(begun.record().id)).entry(Section.OVERVIEW)
    assert (entry.version, entry.by) == (2, OWNER)
    assert [each.old for each in begun.history() if each.field == "wording.overview"] == ["An outage hit us."]


def test_a_text_that_was_changed_meanwhile_is_not_touched(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    view = opened(begun)
    save(begun, Section.OVERVIEW, overview="We had an outage, and an outage hit us.", what_happened="")
    before = begun.contents()
    click(begun, view, ids.WORDING_TAKE)
    assert "changed in the meantime" in str(begun.screens.shown[-1])
    assert begun.contents() == before


def test_a_second_click_on_the_same_button_finds_it_done(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    view = opened(begun)
    click(begun, view, ids.WORDING_TAKE)
    before = begun.contents()
    click(begun, view, ids.WORDING_TAKE)
    assert begun.contents() == before


def test_left_as_it_is_it_is_not_asked_for_again(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    assert unseen(begun) == 1
    click(begun, opened(begun), ids.WORDING_LEAVE)
    assert unseen(begun) == 0
    (seen,) = looked(begun)
    assert (seen.field, seen.by, seen.reason) == ("overview", OWNER, "")
    save(begun, Section.OVERVIEW, overview="On Monday, an outage hit us.", what_happened="")
    assert unseen(begun) == 0, "the text around it changed, the finding did not"


def test_ignored_it_keeps_the_reason(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    view = opened(begun)
    click(begun, view, ids.WORDING_IGNORE_OPEN)
    asked = begun.screens.form()
    assert "few words" in begun.submit(asked, OWNER, "V2", reason="  ", previous_view_id="V1").errors["reason"]
    assert not begun.submit(asked, OWNER, "V2", reason="that is its name", previous_view_id="V1").errors
    assert looked(begun)[0].reason == "that is its name"
    assert begun.screens.redrawn[-1].view_id == "V1"
    assert unseen(begun) == 0


def test_a_long_list_has_pages_and_is_never_a_wall(begun: Bot) -> None:
    said = " ".join(f"The engineer failed to check box {number}." for number in range(30))
    save(begun, Section.OVERVIEW, overview="", what_happened=said)
    view, clicks = opened(begun), 0
    assert len(view["blocks"]) < 100
    view = click(begun, view, ids.WORDING_PAGE)
    assert "Page 2" in str(view)
    while unseen(begun):
        view, clicks = click(begun, view, ids.WORDING_LEAVE_PAGE), clicks + 1
    assert clicks <= 8


def test_leaving_a_page_leaves_only_what_it_showed(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    view = opened(begun)
    save(begun, Section.FACTORS, trigger="", factors=["Human error"])
    click(begun, view, ids.WORDING_LEAVE_PAGE)
    assert unseen(begun) == 1


def test_every_kind_of_text_is_found_where_it_stands_and_changed_there(begun: Bot) -> None:
    record, now = begun.record(), begun.clock.now()
    save(begun, Section.FACTORS, trigger="An outage.", factors=["fine", "Then an outage."])
    save(begun, Section.RESOLUTION, resolution="It ended the outage.", temporary=False, long_term="")
    save(
        begun,
        Section.IMPACT,
        accounts={"unknown": "the outage hid it"},
        metrics={"Requests failed": {"unknown": "an outage"}},
    )
    save(begun, Section.RETROSPECT, well=[], badly=["The outage page was late."], nothing_to_note=False, lucky=[])
    item = Item("item-1", record.id, now, "An outage began", TimelineKind.other, OWNER, now)
    action = ActionItem("action-1", record.id, "Write of the outage", Decision.DISCUSS, OWNER, now)
    with begun.store.transaction(PATIENCE) as unit:
        unit.items.put_item(item)
        unit.items.put_action(action)
        said = ExternalDecision(ExternalMessage.PRESENT, Parts("Sorry.", "An outage.", ""), OWNER, now)
        unit.meetings.put_external(record.id, said)
    view = opened(begun)
    for _ in range(20):
        found = [each["action_id"] for each in buttons(view) if each["action_id"] == ids.WORDING_TAKE]
        if not found:
            break
        view = click(begun, view, ids.WORDING_TAKE)
    assert "Nothing is left" in str(view)
    everything = begun.contents()
    kept = [str(everything[name]) for name in ("section", "timeline_entry", "action_item", "external_message")]
    assert all("outage" not in each for each in kept)
    assert text(begun, Section.FACTORS, "factors") == ["fine", "Then an incident."]
    assert text(begun, Section.IMPACT, "accounts") == {"unknown": "the incident hid it"}


def test_names_of_responders_are_offered_as_roles(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="Ana rolled it back.", what_happened="")
    click(begun, opened(begun), ids.WORDING_TAKE)
    assert text(begun, Section.OVERVIEW, "overview") == "The incident commander rolled it back."


@pytest.mark.parametrize("user", [STRANGER, "U5", "UGUEST"])
def test_others_change_nothing_by_any_button(begun: Bot, user: str) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    view, before = opened(begun), begun.contents()
    count = len(begun.screens.opened)
    begun.press(ids.WORDING_OPEN, begun.record().id, user)
    for action_id in (ids.WORDING_TAKE, ids.WORDING_LEAVE, ids.WORDING_LEAVE_PAGE, ids.WORDING_IGNORE_OPEN):
        click(begun, view, action_id, user=user)
    assert begun.contents() == before
    assert all(str(each.view.get("title", {}).get("text")) != "Wording" for each in begun.screens.opened[count:])


def test_a_reviewed_text_is_not_changed_here(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    view = opened(begun)
    handing.put(begun, status=Status.REVIEWED)
    before = begun.contents()
    click(begun, view, ids.WORDING_TAKE, user=IC)
    assert begun.contents() == before


@pytest.mark.parametrize(
    "value", ["", "overview", "overview|x", "nowhere|1|2", "|||", "overview|" + "9" * 12 + "|outage:an outage:1"]
)
def test_a_button_of_another_making_changes_nothing(begun: Bot, value: str) -> None:
    save(begun, Section.OVERVIEW, overview="An outage hit us.", what_happened="")
    view, before = opened(begun), begun.contents()
    begun.press_in(view, ids.WORDING_TAKE, f"{begun.record().id}:{value}", OWNER)
    assert begun.contents() == before


def test_a_warning_stands_in_the_way_of_the_review_until_somebody_looked(begun: Bot) -> None:
    save(begun, Section.OVERVIEW, overview="Human error. Obviously an incident.", what_happened="")
    begun.press(ids.MOVE_IN_REVIEW, f"{begun.record().id}:Draft", OWNER)
    assert "Not looked at yet: 1 wording finding" in str(begun.screens.shown[-1])
    click(begun, opened(begun), ids.WORDING_LEAVE)
    begun.press(ids.MOVE_IN_REVIEW, f"{begun.record().id}:Draft", OWNER)
    assert "Not looked at" not in str(begun.screens.shown[-1]), "a suggestion waits for nobody"
