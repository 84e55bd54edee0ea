"""What went wrong in other incident bots, and which of our tests would have caught it. Each row names a fault and the tests that
go red with it; the tests below are those that had no place of their own."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot import config
from bot.blocks import ids
from tests.fakes import payloads
from tests.fakes.bot import Bot

TESTS = Path(__file__).parent

CAUGHT: Mapping[str, tuple[str, ...]] = {
    "a reaction on a reply stores another message of the channel": (
        "listeners/test_marks.py::test_a_reply_in_a_thread_is_read_and_no_other_message",
        "integrations/test_chat_contract.py::test_the_very_message_is_read_wherever_it_stands",
    ),
    "two people react and there are two lines": (
        "listeners/test_marks.py::test_many_reactions_are_one_line_and_one_reading",
        "usecases/test_burst.py::test_a_burst_of_reactions_on_two_replicas",
    ),
    "edits are not followed": (
        "listeners/test_marks.py::test_an_edit_changes_the_line_and_keeps_the_first_words",
        "listeners/test_marks.py::test_an_edit_that_was_missed_is_followed_after_the_next_reading",
        "jobs/test_live.py::test_edits_and_previews_are_followed_and_the_older_words_never_come_back",
    ),
    "deletions are not followed": (
        "listeners/test_marks.py::test_a_deleted_message_keeps_its_line",
        "listeners/test_marks.py::test_a_parent_that_leaves_a_tombstone_is_deleted_too",
    ),
    "images are lost": (
        "listeners/test_marks.py::test_a_message_with_a_file_alone_is_captured_with_its_file",
        "jobs/test_live.py::test_files_alerts_and_broadcasts_are_kept_and_our_own_messages_not",
    ),
    "a time is shown without its date": ("domain/test_phrases.py::test_a_moment_has_its_date_and_its_zone",),
    "mentions of groups and channels stay raw": ("domain/harvest/test_text.py::test_markup_becomes_inert_text",),
    "a page fails, and what came before it is shown as everything": (
        "jobs/test_harvest.py::test_the_card_says_how_far_it_got",
        "jobs/test_harvest.py::test_slack_asking_to_wait_is_shown_and_obeyed_and_the_result_is_the_same",
        "jobs/test_missed.py::test_until_the_gap_is_filled_the_card_does_not_say_that_everything_is_heard",
    ),
    "threads under the alerts of apps are dropped": (
        "test_peers_faults.py::test_the_diagnosis_in_the_thread_of_an_alert_is_found",
        "jobs/test_harvest.py::test_every_page_and_every_thread_is_read_once",
    ),
    "reminders are gone after a restart": (
        "jobs/test_reminders.py::test_down_over_many_reminders_each_person_gets_one_message",
        "faults/test_reminders.py::test_a_fault_at_any_call_leaves_each_reminder_once",
    ),
    "a reminder is sent once for ever": (
        "domain/test_reminders.py::test_a_daily_reminder_comes_once_a_working_day_whatever_clocks_do",
    ),
    "two replicas remind twice": (
        "jobs/test_two_replicas.py::test_each_reminder_and_each_digest_comes_once_from_two_replicas_at_once",
        "faults/test_race.py::test_each_reminder_comes_once_and_not_early_though_replicas_are_killed",
    ),
    "reminders end with the incident": (
        "domain/test_reminders.py::test_without_a_meeting_the_owner_is_reminded_in_working_hours_until_the_deadline",
        "jobs/test_reminders.py::test_what_the_meeting_left_to_do_is_said",
    ),
    "Slack is asked for each member before a form opens, and the trigger has expired": (
        "test_peers_faults.py::test_no_form_waits_for_a_call",
        "listeners/test_hung_network.py::test_with_slack_deaf_and_fifty_slow_commands_all_further_ones_are_answered_in_time",
    ),
    "listeners are registered, or the token is replaced, with each request": (
        "test_peers_faults.py::test_requests_leave_the_app_as_it_was_built",
    ),
    "unescaped text breaks the document": (
        "documents/test_markdown.py::test_typed_text_stays_text_in_every_place",
        "documents/test_markdown.py::test_a_whole_document_is_rendered_whatever_was_harvested",
        "e2e/test_main_job.py::test_what_people_type_pings_nobody_anywhere",
    ),
    "the document is the database, and taking one entry out deletes another": (
        "test_peers_faults.py::test_a_line_that_is_taken_out_takes_no_other_along",
        "jobs/test_document.py::test_a_file_that_somebody_deleted_is_replaced_when_the_content_changes",
    ),
    "what cannot be exported holds the process up": (
        "faults/test_every_call.py::test_a_call_that_is_refused_for_good_is_given_up_loudly_and_harms_nothing_else",
        "jobs/test_posting.py::test_trouble_without_end_is_given_up_shown_and_told_once",
        "cli/test_outbox.py::test_what_was_given_up_is_tried_again_all_of_it_or_nothing",
    ),
    "what a form asked for is dropped": (
        "listeners/test_details_form.py::test_everything_filled_in_is_saved",
        "listeners/test_details_form.py::test_card_dm_and_document_show_what_was_entered",
    ),
    "a duration loses its days": ("domain/test_phrases.py::test_a_span_is_told_in_its_largest_fitting_unit",),
    "the time of the event becomes that of writing it down": (
        "listeners/test_marks.py::test_the_time_that_is_written_is_the_time_of_the_event",
        "listeners/test_typed_lines.py::test_what_people_type",
    ),
    "requests without a signature are taken": (
        "listeners/test_door.py::test_a_forged_request_is_refused_and_changes_nothing",
        "cli/test_serve.py::test_over_http_it_answers_on_its_health_paths_and_nothing_unsigned",
    ),
    "without a key the door is open": ("test_peers_faults.py::test_without_a_secret_nothing_is_served_over_http",),
    "tokens are in the logs": (
        "test_logs.py::test_a_secret_is_hidden_wherever_it_stands_in_a_record",
        "test_logs.py::test_a_bot_at_work_logs_no_secret",
        "test_config.py::test_secrets_are_hidden_from_whoever_prints_the_settings",
    ),
    "everything is mocked, and all of this passes": ("test_peers_faults.py::test_nothing_of_ours_is_mocked",),
}


@cache
def written_in(file: Path) -> frozenset[str]:
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return frozenset(each.name for each in found if isinstance(each, ast.FunctionDef) and each.name.startswith("test_"))


@pytest.mark.parametrize("fault", CAUGHT)
def test_each_fault_has_tests_that_would_catch_it(fault: str) -> None:
    named = [each.split("::") for each in CAUGHT[fault]]
    assert named
    assert [name for file, name in named if name not in written_in(TESTS / file)] == []


@pytest.fixture
def bot(engine: Engine) -> Bot:
    return Bot(engine)


def test_the_diagnosis_in_the_thread_of_an_alert_is_found(bot: Bot) -> None:
    alert = bot.chat.say("C1", "error rate of checkout is 12 %", "UPAGER", bot_id="B9", subtype="bot_message")
    reply = bot.chat.say("C1", "TODO: alert on the pool before it is exhausted", "U3", thread_ts=alert)
    bot.assigned()
    found = bot.look(lambda unit: unit.proposals.load(bot.record().id)).todos
    assert [(each.ts, each.thread_ts) for each in found] == [(reply, alert)]


def test_no_form_waits_for_a_call(bot: Bot) -> None:
    bot.assigned()
    bot.chat.calls.clear()
    opened = len(bot.screens.opened)
    bot.details_form()
    bot.command("meeting", "U2")
    bot.command("timeline", "U2")
    bot.choose(ids.ADD_TO_TIMELINE, payloads.written("1763899200.000200", "restarting pay"))
    assert len(bot.screens.opened) == opened + 4
    assert bot.chat.calls == []


def test_requests_leave_the_app_as_it_was_built(bot: Bot) -> None:
    app = bot.service.app
    before = (len(app._listeners), len(app._middleware_list), app.client.token)
    bot.assigned()
    for _ in range(3):
        bot.command("status")
        bot.press(ids.DETAILS_OPEN, bot.record().id)
    assert (len(app._listeners), len(app._middleware_list), app.client.token) == before


def test_a_line_that_is_taken_out_takes_no_other_along(bot: Bot) -> None:
    bot.assigned()
    for text in ("O'Neil's pod (.*) was restarted", "O'Neil", "O"):
        bot.command(f"timeline add 14:02 UTC {text}")
    lines = bot.look(lambda unit: unit.items.timeline(bot.record().id))
    one = next(each for each in lines if each.text == "O'Neil")
    bot.press(ids.LINE_TAKE_BACK, f"{one.postmortem_id}:{one.id}:{one.version}")
    left = bot.look(lambda unit: unit.items.timeline(bot.record().id))
    assert sorted(each.text for each in left if not each.removed) == ["O", "O'Neil's pod (.*) was restarted"]
    bot.work()
    document = list(bot.chat.visible_files().values())[-1].content.decode()
    assert "was restarted" in document


def test_without_a_secret_nothing_is_served_over_http() -> None:
    with pytest.raises(config.ConfigError, match=r"^SLACK_SIGNING_SECRET is missing"):
        config.load(slack_bot_token="xoxb-1", slack_app_token="", slack_signing_secret="")


def test_nothing_of_ours_is_mocked() -> None:
    word = "mo" + "ck"
    named = [f"import {word}", f"unittest.{word}", "Magic" + "Mock", f"{word}er"]
    files = [each for each in TESTS.rglob("*.py") if any(name in each.read_text(encoding="utf-8") for name in named)]
    assert files == []
