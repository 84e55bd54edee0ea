"""Slack and the network repeat things: whatever was accepted once has one effect and one answer."""

from __future__ import annotations

from datetime import timedelta

from bot.blocks import ids
from bot.domain.postmortem import OwnerState
from tests.fakes import payloads
from tests.fakes.bot import Bot, Reply


def twice(bot: Bot, payload: payloads.Json, after: timedelta = timedelta(0)) -> tuple[Reply, Reply]:
    """The very same bytes with the very same signature, two times; the tables do not change the second time."""
    body, kind = payloads.encode(payload)
    stamp = str(int(bot.clock.now().timestamp()))
    first = bot.post(body, kind, stamp=stamp)
    bot.clock.advance(after)
    kept = bot.contents()
    shown = list(bot.screens.shown)
    second = bot.post(body, kind, stamp=stamp)
    assert bot.contents() == kept
    assert bot.screens.shown == shown
    return first, second


def test_a_replayed_command_gets_the_first_answer(bot: Bot) -> None:
    first, second = twice(bot, payloads.command("assign <@U2|ben>"), timedelta(seconds=290))
    assert (first.status, first.json) == (second.status, second.json)
    assert "is open" in first.sentence
    assert len(bot.screens.opened) == 1


def test_a_replay_is_answered_as_before_although_things_have_changed(bot: Bot) -> None:
    command = payloads.command("assign <@U2|ben>")
    first = bot.send(command)
    bot.command("assign <@U3|c>")
    assert bot.send(command).json == first.json
    assert bot.record().owner == "U3"


def test_the_same_words_typed_again_are_another_command(bot: Bot) -> None:
    bot.command("start new")
    bot.command("start new")
    assert bot.record().number == 2


def test_a_replayed_start_new_opens_one_record(bot: Bot) -> None:
    bot.command("start")
    twice(bot, payloads.command("start new"))
    assert bot.record().number == 2


def test_a_replayed_button_has_one_effect_and_one_answer(bot: Bot) -> None:
    bot.assigned()
    bot.command("assign <@U3|c>", "U4")
    (row,) = bot.rows("confirm_dm")
    proposal = row["key"].split(":")[1]
    twice(bot, payloads.button(ids.PROPOSAL_CONFIRM, proposal, "U1", "DU1"))
    assert bot.record().owner == "U3"
    assert [each.field for each in bot.history()].count("owner") == 2


def test_a_replayed_accept_is_accepted_once(bot: Bot) -> None:
    record = bot.assigned()
    twice(bot, payloads.button(ids.OWNER_ACCEPT, record.id, "U2", "DU2"))
    assert bot.record().owner_state is OwnerState.ACCEPTED
    assert [each.field for each in bot.history()].count("owner accepted") == 1


def test_a_replayed_form_is_saved_once_and_closes_again(bot: Bot) -> None:
    bot.assigned()
    form = bot.details_form()
    first, second = twice(bot, payloads.submission(form, title="Checkout is down", severity="1"))
    assert (first.status, first.text) == (second.status, second.text) == (200, "")
    assert [each.field for each in bot.history()].count("title") == 1


def test_a_replayed_event_is_heard_once(bot: Bot) -> None:
    bot.assigned()
    first, second = twice(bot, payloads.user_change("U2", deleted=True))
    assert first.status == second.status == 200
    bot.work()
    assert sum("deactivated" in post.text for post in bot.chat.told("U1")) == 1


def test_the_same_event_sent_again_by_slack_is_heard_once(bot: Bot) -> None:
    bot.assigned()
    event = payloads.user_change("U2", deleted=True)
    for retry in range(4):
        bot.clock.advance(timedelta(minutes=1))
        assert bot.send({**event, "event_time": event["event_time"] + retry}).status == 200
    bot.work()
    assert sum("deactivated" in post.text for post in bot.chat.told("U1")) == 1


def test_a_refused_command_leaves_no_receipt_so_that_it_can_be_tried_again(bot: Bot) -> None:
    command = payloads.command("harvest")
    assert "no post-mortem" in bot.send(command).sentence
    bot.command("start")
    assert "being read already" in bot.send(command).sentence
