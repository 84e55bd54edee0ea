"""`/postmortem` and its words: one record for one incident, help from the table, and a sentence for everything else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.harvest_state import Phase
from bot.domain.postmortem import Postmortem
from bot.listeners.commands import table
from tests import factories
from tests.fakes import payloads
from tests.fakes.bot import Bot


def records(bot: Bot) -> int:
    return len(bot.contents()["postmortem"])


def test_start_opens_one_record_with_card_steps_and_harvest(bot: Bot) -> None:
    assert "is open, and the channel is being read" in bot.command("start").sentence
    bot.work()
    record = bot.record()
    assert (record.number, record.owner, record.created_by) == (1, None, "U1")
    assert {row["kind"] for row in bot.rows()} >= {"card", "role_steps", "harvest"}
    assert bot.look(lambda unit: unit.harvests.state(record.id)).phase is Phase.DONE


def test_start_twice_is_one_record(bot: Bot) -> None:
    bot.command("start")
    assert "is open in this channel already" in bot.command("start", "U3").sentence
    bot.work()
    assert records(bot) == 1
    assert len([post for post in bot.chat.in_room("C1") if post.mark.startswith(("card", "role_steps"))]) == 2


def test_assign_after_start_is_the_same_record(bot: Bot) -> None:
    bot.command("start")
    bot.assigned()
    assert records(bot) == 1


def test_start_new_is_a_second_incident_with_its_own_window(bot: Bot) -> None:
    bot.chat.say("C1", "TODO: of the first incident", ts=factories.ts(factories.NOW - timedelta(hours=2)))
    bot.assigned()
    first = bot.record()
    bot.clock.advance(timedelta(days=2))
    bot.chat.say("C1", "TODO: of the second incident")
    assert "PM-2" in bot.command("start new").sentence
    bot.work()
    second = bot.record()
    assert (second.number, second.window_from) == (2, first.created_at)
    closed = bot.look(lambda unit: unit.records.get(first.id))
    assert (closed.current, closed.window_until) == (False, second.created_at)
    todos = bot.look(lambda unit: unit.proposals.load(second.id)).todos
    assert [todo.text for todo in todos] == ["of the second incident"]


def test_two_channels_have_two_records(bot: Bot) -> None:
    bot.command("start", channel="C1")
    bot.command("start", channel="C2")
    numbers = {bot.record(channel).number for channel in ("C1", "C2")}
    assert numbers == {1, 2}


@pytest.mark.parametrize("text", ["", "status", "start", "assign <@U2|b>", "harvest"])
@pytest.mark.parametrize("place", [{"channel": "DU1"}, {"channel": "G1", "channel_name": "mpdirectmessage"}], ids=str)
def test_a_direct_conversation_is_refused(bot: Bot, text: str, place: dict[str, str]) -> None:
    assert "incident's channel" in bot.command(text, **place).sentence
    assert records(bot) == 0


def test_help_works_everywhere_and_lists_everything(bot: Bot) -> None:
    for channel in ("C1", "DU1"):
        listed = bot.command("help", channel=channel).text
        for command in table.SUBCOMMANDS:
            assert f"/postmortem {command.usage}" in listed
            assert command.what in listed


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("asign <@U2|b>", "assign"), ("stats", "status"), ("HLEP", "help"), ("harvst", "harvest"), ("strat new", "start")],
)
def test_a_word_that_is_nearly_one_is_answered_with_the_nearest_and_the_list(
    bot: Bot, typed: str, nearest: str
) -> None:
    reply = bot.command(typed)
    assert f"Did you mean `/postmortem {nearest}`?" in reply.sentence
    assert "/postmortem assign @owner" in reply.text
    assert records(bot) == 0


@pytest.mark.parametrize("typed", ["frobnicate", "<!channel>", "`*_~", "&lt;", "\u202eabc", "🔥", "x" * 3000])
def test_any_other_word_gets_the_list_and_pings_nobody(bot: Bot, typed: str) -> None:
    reply = bot.command(typed)
    assert "There is no command" in reply.sentence
    assert "/postmortem assign @owner" in reply.text
    assert "<!" not in reply.text


@pytest.mark.parametrize("typed", ["start again", "harvest some", "start new now"])
def test_a_known_word_with_other_words_says_what_can_be_typed(bot: Bot, typed: str) -> None:
    assert "Type `/postmortem" in bot.command(typed).sentence
    assert records(bot) == 0


@pytest.mark.parametrize("typed", ["", "status", "harvest"])
def test_without_a_record_the_way_to_one_is_said(bot: Bot, typed: str) -> None:
    assert "Type `/postmortem assign @name`" in bot.command(typed).sentence


def test_status_shows_where_it_stands_and_changes_nothing(bot: Bot) -> None:
    bot.assigned()
    before = bot.contents()
    reply = bot.command("status", "U4")
    assert "PM-1" in reply.sentence
    assert "owner <@U2>" in reply.sentence
    assert "The channel was read" in reply.text
    assert bot.contents() == before
    assert bot.command("").json == reply.json or "PM-1" in bot.command("").sentence


def test_status_answers_the_one_who_asks_alone(bot: Bot) -> None:
    bot.assigned()
    posts = len(bot.chat.posts)
    assert bot.command("status").json["response_type"] == "ephemeral"
    assert len(bot.chat.posts) == posts


def test_harvest_while_the_channel_is_being_read_says_so(bot: Bot) -> None:
    bot.command("start")
    assert "being read already" in bot.command("harvest").sentence
    bot.work()
    assert "being read again" in bot.command("harvest").sentence
    bot.work()
    assert bot.look(lambda unit: unit.harvests.state(bot.record().id)).phase is Phase.DONE


def test_the_form_is_opened_with_the_trigger_of_the_command(bot: Bot) -> None:
    bot.command("start", trigger_id="13.37.x")
    assert bot.screens.opened[-1].trigger_id == "13.37.x"


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(payloads.button("what_is_this", "1"), id="a button of another version"),
        pytest.param(payloads.event({"type": "reaction_added", "user": "U1"}), id="an event nobody listens to"),
        pytest.param(payloads.event({"type": "message", "channel": "C9", "text": "x", "ts": "1.1"}), id="a message"),
        pytest.param({"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}}, id="a shortcut"),
        pytest.param({"type": "view_closed", "view": {"id": "V1"}, "user": {"id": "U1"}}, id="a closed form"),
        pytest.param({"type": "block_suggestion", "action_id": "x", "user": {"id": "U1"}}, id="a suggestion"),
        pytest.param({"type": "of_tomorrow"}, id="a kind that does not exist yet"),
        pytest.param({"type": "app_rate_limited", "team_id": "T1"}, id="app_rate_limited"),
    ],
)
def test_what_nobody_listens_to_is_acknowledged_and_changes_nothing(bot: Bot, payload: payloads.Json) -> None:
    before = bot.contents()
    assert bot.send(payload).status == 200
    assert {**bot.contents(), "receipt": None} == {**before, "receipt": None}


def test_a_button_of_another_version_gets_a_sentence(bot: Bot) -> None:
    bot.press("what_is_this", "1")
    assert "older version" in bot.screens.sentence()


def test_a_form_of_another_version_gets_a_sentence_at_its_first_field(bot: Bot) -> None:
    bot.command("assign @x")
    view = {**bot.screens.form(), "callback_id": "what_is_this"}
    assert "older version" in bot.submit(view, owner="U2").errors["owner"]


@pytest.mark.parametrize(
    "action", ["details_open", "owner_accept", "owner_decline", "owner_choose_open", "harvest_again"]
)
def test_a_button_of_a_record_that_is_gone_gets_a_sentence(bot: Bot, action: str) -> None:
    assert bot.press(action, "no-such-record").status == 200
    assert "not here any more" in bot.screens.sentence()


def test_a_button_of_another_workspace_does_not_reach_the_record(bot: Bot) -> None:
    record = bot.assigned()
    foreign = payloads.button("owner_accept", record.id, "U2", team={"id": "T2", "domain": "other"})
    assert bot.send(foreign).status == 200
    assert "not here any more" in bot.screens.sentence()
    unchanged: Postmortem = bot.record()
    assert unchanged == record
