"""The message to customers in its form: three parts of any length, nothing overwritten, and what was reviewed goes back when
it is changed (R-36, R-37, T7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import hints, ids
from bot.domain.external_message import ExternalMessage, Parts
from bot.domain.harvest.finding import Confidence, Findings, TimelineFinding, TimelineKind
from bot.domain.policy import Policy
from bot.domain.status import Status
from bot.ports.screens import PushView
from bot.usecases import facts
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.listeners import handing
from tests.listeners.handing import IC, OWNER, STRANGER, SUPPORT, TEXT


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def test_the_three_parts_are_saved_and_stand_in_the_form_again(begun: Bot) -> None:
    assert not handing.write(begun).errors
    found = handing.decision(begun)
    assert (found.value, found.text, found.by) == (ExternalMessage.PRESENT, Parts(**TEXT), OWNER)
    shown = {
        block["block_id"]: block["element"].get("initial_value")
        for block in handing.form(begun)["blocks"]
        if block["type"] == "input"
    }
    assert {name: shown[name] for name in TEXT} == TEXT
    assert {"external_message", "external_message.summary"} <= {entry.field for entry in begun.history()}


def test_a_form_sent_unchanged_changes_nothing(begun: Bot) -> None:
    handing.write(begun)
    view, before = handing.form(begun), begun.contents()["audit"]
    assert not handing.send(begun, view).errors
    assert begun.contents()["audit"] == before


@pytest.mark.parametrize("user", [STRANGER, SUPPORT, "UGUEST", "U3"])
def test_others_than_owner_and_ic_are_told_and_nothing_is_saved(begun: Bot, user: str) -> None:
    view = handing.form(begun)
    begun.press(ids.EXTERNAL_OPEN, begun.record().id, user)
    assert begun.screens.said
    before = begun.contents()
    reply = handing.send(begun, view, user, **TEXT)
    assert reply.errors
    assert begun.contents() == before


def test_an_empty_text_is_no_decision(begun: Bot) -> None:
    view = handing.form(begun)
    choice = next(each for each in view["blocks"] if each.get("block_id") == ids.DECISION)
    assert "initial_option" not in choice["element"], "nothing is chosen for anybody"
    assert "Nothing is chosen" in handing.send(begun, view).errors[ids.DECISION]
    assert "not a decision" in handing.send(begun, handing.form(begun), decision="present").errors["summary"]
    assert handing.decision(begun).value is ExternalMessage.UNDECIDED


def test_dropping_a_written_message_asks_why(begun: Bot) -> None:
    handing.write(begun)
    assert "say why" in handing.send(begun, handing.form(begun), decision="none").errors[ids.REASON]
    assert not handing.send(begun, handing.form(begun), decision="none", reason="nobody was affected").errors
    found = handing.decision(begun)
    assert (found.value, found.reason, found.text) == (ExternalMessage.NONE, "nobody was affected", Parts())
    assert any("nobody was affected" in entry.via for entry in begun.history())
    assert any(entry.old == TEXT["happened"] for entry in begun.history()), "the words stay in the history"


def test_none_from_the_beginning_needs_no_reason(begun: Bot) -> None:
    assert not handing.send(begun, handing.form(begun), decision="none").errors
    assert handing.decision(begun).value is ExternalMessage.NONE


@pytest.mark.parametrize("length", [2999, 3000, 3001, 9500])
def test_a_part_of_any_length_is_kept_whole(begun: Bot, length: int) -> None:
    words = ("word " * length)[: length - 1] + "!"
    fields = max(1, -(-length // 2990))
    view = handing.form(begun)
    assert not handing.send(begun, view, **TEXT | {"happened": words[:2990]}).errors
    for number in range(1, fields):
        view, block_id = handing.form(begun), f"happened__{number + 1}"
        piece = words[2990 * number : 2990 * (number + 1)]
        assert not handing.send(begun, view, **{block_id: piece}).errors
    said = handing.decision(begun).text.happened
    assert "".join(said.split()) == "".join(words[: 2990 * fields].split())
    assert not handing.send(begun, handing.form(begun), summary="Shorter.").errors
    assert handing.decision(begun).text.happened == said, "to the letter, through as many fields as it takes"


def test_two_who_write_at_once_do_not_overwrite_one_another(begun: Bot) -> None:
    mine, theirs = handing.form(begun), handing.form(begun, IC)
    assert not handing.send(begun, theirs, IC, **TEXT).errors
    reply = handing.send(begun, mine, **TEXT | {"happened": "Something else."})
    again = reply.json["view"]
    assert handing.decision(begun).text.happened == TEXT["happened"], "nothing was overwritten"
    assert "Something else." in str(again), "what was typed is still there"
    assert TEXT["happened"] in str(again), "and so is the other text"
    assert f"<@{IC}>" in str(again)
    assert not handing.send(begun, again).errors
    assert handing.decision(begun).text.happened == "Something else."


def test_the_full_outage_is_a_flag_of_the_incident(begun: Bot) -> None:
    view = handing.form(begun)
    handing.send(begun, view, **TEXT | {"full_outage": ["yes"]})
    assert begun.record().full_outage is True
    assert [entry.new for entry in begun.history() if entry.field == "full_outage"] == ["yes"]


def test_an_edit_of_a_reviewed_message_says_that_it_goes_back_and_does_it(begun: Bot) -> None:
    handing.reviewed(begun)
    assert handing.decision(begun).frozen == Parts(**TEXT)
    view = handing.form(begun)
    assert "goes back to In Review" in str(view)
    reply = handing.send(begun, view, happened="Another account.")
    assert "In Review" in str(reply.json["view"])
    record, found = begun.record(), handing.decision(begun)
    assert (record.status, found.frozen, found.text.happened) == (Status.IN_REVIEW, None, "Another account.")
    assert record.sent_back_at is not None
    begun.work()
    assert any("edited after the review" in post.text for post in begun.chat.in_room("C1"))


def test_a_reviewed_message_sent_unchanged_stays_reviewed(begun: Bot) -> None:
    handing.reviewed(begun)
    handing.send(begun, handing.form(begun))
    assert begun.record().status is Status.REVIEWED
    assert handing.decision(begun).frozen == Parts(**TEXT)


def test_a_form_opened_before_the_review_asks_again_before_it_takes_it_back(begun: Bot) -> None:
    assert not handing.write(begun).errors
    handing.held(begun)
    early = handing.form(begun)
    handing.review_again(begun)
    reply = handing.send(begun, early, happened="Another account.")
    assert "reviewed while you had the form open" in str(reply.json["view"])
    assert begun.record().status is Status.REVIEWED
    assert handing.decision(begun).text == Parts(**TEXT)
    assert not handing.send(begun, reply.json["view"]).errors
    assert begun.record().status is Status.IN_REVIEW
    assert handing.decision(begun).text.happened == "Another account."


def test_the_meeting_may_decide_not_to_send_it_and_then_the_owner_closes(begun: Bot) -> None:
    handing.reviewed(begun)
    view = handing.form(begun)
    assert not handing.send(begun, view, decision="none", reason="the meeting found that nobody saw it").errors
    assert begun.record().status is Status.REVIEWED
    begun.press(ids.MOVE_CLOSED, f"{begun.record().id}:Reviewed", OWNER)
    assert begun.record().status is Status.CLOSED


def test_a_closed_one_is_refused(begun: Bot) -> None:
    handing.write(begun)
    view = handing.form(begun)
    handing.put(begun, status=Status.CLOSED)
    before = begun.contents()
    assert "Closed" in str(handing.send(begun, view, happened="late").errors)
    begun.press(ids.EXTERNAL_OPEN, begun.record().id, OWNER)
    assert "Open again" in begun.screens.sentence()
    assert begun.contents() == before


def test_the_preview_shows_what_is_typed_and_saves_nothing(begun: Bot) -> None:
    view = handing.form(begun)
    for block in view["blocks"]:
        if block.get("block_id") == "summary":
            block["element"]["initial_value"] = "We are *sorry* <!channel> ``` & more"
    before = begun.contents()["external_message"]
    begun.press_in(view, ids.EXTERNAL_PREVIEW, begun.record().id, OWNER)
    shown = begun.screens.form()
    assert "&lt;!channel&gt;" in str(shown)
    assert "<!channel>" not in str(shown)
    assert "submit" not in shown
    assert begun.contents()["external_message"] == before


# Wording while it is typed.


def typed(bot: Bot, view: dict[str, Any], user: str = OWNER, **values: str) -> None:
    """Somebody typed this into fields of the open form."""
    for block in view["blocks"]:
        if block.get("block_id") in values:
            block["element"]["initial_value"] = values[block["block_id"]]
    last = next(iter(values.values()), "")
    assert bot.send(payloads.modal_button(view, ids.INPUT, last, user)).status == 200


def test_hints_come_and_go_while_somebody_types_and_the_fields_keep_their_names(begun: Bot) -> None:
    view = handing.form(begun)
    inputs = [(each["block_id"], each["element"]["action_id"]) for each in view["blocks"] if each["type"] == "input"]
    live = [each["block_id"] for each in view["blocks"] if each.get("dispatch_action")]
    assert live == ["summary", "happened", "doing", "full_outage"]
    typed(begun, view, summary="There was an outage.")
    drawn = begun.screens.redrawn[-1]
    assert drawn.hash == "h1"
    assert "an incident" in str(drawn.view)
    now = [(each["block_id"], each["element"]["action_id"]) for each in drawn.view["blocks"] if each["type"] == "input"]
    assert now == inputs
    assert drawn.view["private_metadata"] == view["private_metadata"]
    count = len(begun.screens.redrawn)
    typed(begun, dict(drawn.view), summary="There was an outage. Then")
    assert len(begun.screens.redrawn) == count, "the same hints are not drawn twice"
    typed(begun, dict(drawn.view), summary="It was slow.")
    assert "an incident" not in str(begun.screens.redrawn[-1].view)


def test_a_full_outage_may_be_called_one(begun: Bot) -> None:
    view = handing.form(begun)
    for block in view["blocks"]:
        if block.get("block_id") == ids.FULL_OUTAGE:
            block["element"]["initial_options"] = block["element"]["options"]
    typed(begun, view, summary="There was an outage.")
    assert begun.screens.redrawn == []


def test_typing_writes_nothing_and_a_stranger_sees_nothing(begun: Bot) -> None:
    view, before = handing.form(begun), begun.contents()
    typed(begun, view, summary="There was an outage.")
    shown = len(begun.screens.shown)
    typed(begun, view, STRANGER, summary="There was an outage. Ben failed to check.")
    assert len(begun.screens.shown) == shown
    assert begun.contents() == before


def test_a_field_full_to_its_brim_may_be_typed_into(begun: Bot) -> None:
    typed(begun, handing.form(begun), summary="x" * 3000)


def test_sections_have_hints_too(begun: Bot) -> None:
    begun.press(ids.SECTION_EDIT, f"{begun.record().id}:overview", OWNER)
    view = begun.screens.form()
    typed(begun, view, what_happened="Ben failed to check the replica.")
    assert "warn" not in hints.FIELDS
    assert "failed to check" in str(begun.screens.redrawn[-1].view)


def test_the_decision_is_what_the_gate_asks_for(begun: Bot) -> None:
    def decided() -> ExternalMessage:
        return begun.look(lambda unit: facts.facts(unit, begun.record(), Policy())).external  # type: ignore[no-any-return]

    assert decided() is ExternalMessage.UNDECIDED
    handing.write(begun)
    assert decided() is ExternalMessage.PRESENT


def test_the_form_quotes_the_approved_message_and_not_what_was_said_last(begun: Bot) -> None:
    def told(rule: str, words: str, ts: str) -> TimelineFinding:
        at = begun.clock.now()
        return TimelineFinding(ts, None, 0, at, "U1", TimelineKind.public, words, (), rule, Confidence.B)

    said = (
        told("H-11", 'Message for customers: "Checkouts are slow; we are on it."\ngo ahead and post', "1.0"),
        told("H-29", "status page is updated", "2.0"),
    )
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        unit.proposals.replace(begun.record().id, Findings(timeline=said))
    shown = str(handing.form(begun)["blocks"])
    assert "Checkouts are slow; we are on it." in shown
    assert "go ahead" not in shown
    assert "status page is updated" not in shown


# Three modals lie over one another, and there is no fourth.

THIRD = {"view_id": "V3", "previous_view_id": "V2", "root_view_id": "V1"}


def inputs_of(view: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(each["block_id"], each["element"]["action_id"]) for each in view["blocks"] if each["type"] == "input"]


@pytest.mark.parametrize("button", [ids.EXAMPLES_OPEN, ids.EXTERNAL_PREVIEW])
def test_what_is_looked_at_from_the_third_modal_stands_in_the_form_and_the_fields_stay(begun: Bot, button: str) -> None:
    view, record = handing.form(begun), begun.record().id
    for block in view["blocks"]:
        if block.get("block_id") == "summary":
            block["element"]["initial_value"] = "We are so sorry."
    begun.press_in(view, button, record, OWNER, **THIRD)
    drawn = begun.screens.redrawn[-1]
    assert drawn.view_id == "V3"
    assert (inputs_of(drawn.view), drawn.view["callback_id"]) == (inputs_of(view), ids.EXTERNAL)
    assert drawn.view["private_metadata"] == view["private_metadata"]
    assert len(drawn.view["blocks"]) > len(view["blocks"])
    begun.press_in(drawn.view, button, record, OWNER, **THIRD)
    assert len(begun.screens.redrawn[-1].view["blocks"]) == len(drawn.view["blocks"]), "in the place of the one before"
    assert not handing.send(begun, dict(drawn.view), decision="present").errors
    assert handing.decision(begun).text.summary == "We are so sorry."


def test_where_a_push_fails_the_form_keeps_its_fields(begun: Bot) -> None:
    view = handing.form(begun)
    begun.press_in(view, ids.EXTERNAL_PREVIEW, begun.record().id, OWNER)
    pushed = begun.screens.opened[-1]
    assert isinstance(pushed, PushView)
    assert pushed.instead is not None
    assert inputs_of(pushed.instead) == inputs_of(view)
    begun.press_in(view, ids.EXTERNAL_OPEN, begun.record().id, OWNER, **THIRD)
    assert inputs_of(begun.screens.redrawn[-1].view) == inputs_of(view), "a form never gives way to a form"


def test_a_page_of_examples_turns_inside_the_form(begun: Bot) -> None:
    view = handing.form(begun)
    begun.press_in(view, ids.EXAMPLES_PAGE, f"{begun.record().id}:0", OWNER, **THIRD)
    assert inputs_of(begun.screens.redrawn[-1].view) == inputs_of(view)
