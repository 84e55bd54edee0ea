"""The form that completes the record: refused at the fields, corrected, saved once, never over somebody else's work (R-61, R-62)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.postmortem import Times
from tests import factories
from tests.fakes import payloads
from tests.fakes.bot import Bot

NOW = int(factories.NOW.timestamp())
GOOD: dict[str, Any] = {
    "title": "Checkout is down",
    "severity": "1",
    "started_at": NOW - 3 * 3600,
    "detected_at": NOW - 2 * 3600,
    "resolved_at": NOW - 3600,
    "ic": "U1",
    "shadow": "U4",
    "scribe": "U3",
    "services": "checkout, payments",
    "recording": "https://zoom.example/rec/1",
}


@pytest.fixture
def form(bot: Bot) -> dict[str, Any]:
    bot.assigned()
    return bot.details_form()


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def test_everything_filled_in_is_saved(bot: Bot, form: dict[str, Any]) -> None:
    assert bot.submit(form, **GOOD).text == ""
    record = bot.record()
    assert (record.title, record.severity) == ("Checkout is down", 1)
    assert record.times == Times(at(GOOD["started_at"]), at(GOOD["detected_at"]), at(GOOD["resolved_at"]))
    assert (record.roles.ic, record.roles.shadow, record.roles.scribe) == ("U1", "U4", "U3")
    assert not record.roles.ic_assumed
    assert record.services == ("checkout", "payments")
    assert record.recording == "https://zoom.example/rec/1"


WRONG = {
    "no title": ({"title": ""}, {"title"}),
    "a title of spaces": ({"title": "   "}, {"title"}),
    "a title too long": ({"title": "x" * 151}, {"title"}),
    "ended before it began": ({"resolved_at": NOW - 4 * 3600, "detected_at": None}, {"resolved_at"}),
    "noticed before it began": ({"detected_at": NOW - 4 * 3600}, {"detected_at"}),
    "in the future": ({"resolved_at": NOW + 3600}, {"resolved_at"}),
    "no address": ({"recording": "javascript:alert(1)"}, {"recording"}),
    "an app as the scribe": ({"scribe": "UPAGER"}, {"scribe"}),
    "too many services": ({"services": ",".join(map(str, range(31)))}, {"services"}),
    "several at once": (
        {"title": "", "recording": "x", "resolved_at": NOW + 3600},
        {"title", "recording", "resolved_at"},
    ),
}


@pytest.mark.parametrize("case", list(WRONG))
def test_a_mistake_is_said_at_its_field_and_nothing_is_saved(bot: Bot, form: dict[str, Any], case: str) -> None:
    changes, fields = WRONG[case]
    before = bot.contents()
    reply = bot.submit(form, **{**GOOD, **changes})
    assert reply.json["response_action"] == "errors"
    assert set(reply.errors) == fields
    assert all(sentence.endswith(".") for sentence in reply.errors.values())
    assert bot.contents() == before, "not even a receipt: the correction must be accepted"


def test_refused_then_corrected_then_sent_twice_is_one_change(bot: Bot, form: dict[str, Any]) -> None:
    assert "title" in bot.submit(form, **{**GOOD, "title": ""}).errors
    right = payloads.submission(form, **GOOD)
    assert bot.send(right).text == ""
    saved = bot.contents()
    assert bot.send(right).text == ""
    double_click = payloads.submission(form, **GOOD)
    assert double_click["trigger_id"] != right["trigger_id"]
    assert bot.send(double_click).text == ""
    assert bot.contents() == saved
    assert [entry.field for entry in bot.history()].count("title") == 1


def test_the_same_form_with_nothing_changed_changes_nothing(bot: Bot, form: dict[str, Any]) -> None:
    bot.submit(form, **GOOD)
    bot.work()
    before = bot.record()
    uploads = bot.chat.count("reserve")
    assert bot.submit(bot.details_form(), view_id="V2").text == ""
    bot.work()
    assert bot.record() == before
    assert bot.chat.count("reserve") == uploads


def test_a_form_opened_before_somebody_else_saved_is_refused(bot: Bot, form: dict[str, Any]) -> None:
    theirs = bot.details_form("U2")
    assert bot.submit(theirs, "U2", "V2", title="Theirs").text == ""
    reply = bot.submit(form, "U1", "V1", title="Mine")
    assert "Somebody else saved" in reply.errors["title"]
    assert bot.record().title == "Theirs"
    assert bot.submit(bot.details_form(), "U1", "V3", title="Mine").text == ""
    assert bot.record().title == "Mine"


def test_a_change_elsewhere_does_not_make_the_form_stale(bot: Bot, form: dict[str, Any]) -> None:
    bot.command("assign <@U3|c>")
    bot.chat.say("C1", "Call is over, thanks everyone. Follow up in Slack.")
    bot.command("harvest")
    bot.work()
    assert bot.submit(form, **GOOD).text == ""


@pytest.mark.parametrize(("user", "may"), [("U1", True), ("U2", True), ("U3", False), ("U5", False), ("UGUEST", False)])
def test_only_the_ic_and_the_owner_change_the_details(bot: Bot, form: dict[str, Any], user: str, may: bool) -> None:
    shown = len(bot.screens.opened)
    bot.press(ids.DETAILS_OPEN, bot.record().id, user)
    assert (len(bot.screens.opened) > shown) == may
    reply = bot.submit(form, user, "V2", **GOOD)
    assert (reply.text == "") == may
    if not may:
        assert "Only the IC and the owner" in bot.screens.sentence()
        # A form has no channel: who is a guest and has no role is told so much.
        assert ("to guests" if user == "UGUEST" else "Only the IC and the owner") in reply.errors["title"]
        assert bot.record().title == ""


def test_a_form_without_its_record_is_refused(bot: Bot, form: dict[str, Any]) -> None:
    assert "not here any more" in bot.submit({**form, "private_metadata": ""}, **GOOD).errors["title"]


def test_every_change_is_in_the_history_with_old_and_new(bot: Bot, form: dict[str, Any]) -> None:
    bot.submit(form, **GOOD)
    bot.submit(bot.details_form("U2"), "U2", "V2", **{**GOOD, "severity": "2", "title": "Checkout was slow"})
    bot.submit(bot.details_form("U1"), "U1", "V3", severity="2")
    changes = [(entry.actor, entry.field, entry.old, entry.new) for entry in bot.history() if entry.via == "form"]
    assert ("U1", "severity", None, "1") in changes
    assert ("U2", "severity", "1", "2") not in changes, "the owner proposes, the IC sets it"
    assert ("U1", "severity", "1", "2") in changes
    assert ("U2", "title", "Checkout is down", "Checkout was slow") in changes
    record = bot.record()
    severities = bot.look(lambda unit: unit.ledger.severities(record.id))
    assert [(change.severity, change.by) for change in severities] == [(1, "U1"), (2, "U1")]


def test_the_deadline_follows_severity_and_end(bot: Bot, form: dict[str, Any]) -> None:
    assert "provisional" in bot.card.text.lower() or "waits for" in bot.card.text.lower() or "until" in bot.card.text
    bot.submit(form, **GOOD)
    bot.work()
    assert "Thu 26 Nov" in bot.card.text  # SEV-1: three calendar days after Monday the 23rd
    bot.submit(bot.details_form(), "U1", "V2", severity="2")
    bot.work()
    assert "Mon 30 Nov" in bot.card.text  # SEV-2: five business days
    assert "Mon 30 Nov" in str(bot.chat.told("U2")[0].drawing.blocks)
    bot.submit(
        bot.details_form(), "U1", "V3", severity="1", resolved_at=NOW - 5 * 86400, detected_at=None, started_at=None
    )
    bot.work()
    assert "Overdue" in bot.card.text


def test_card_dm_and_document_show_what_was_entered(bot: Bot, form: dict[str, Any]) -> None:
    bot.submit(form, **GOOD)
    bot.work()
    assert "Checkout is down" in bot.card.text
    assert "Checkout is down" in bot.chat.told("U2")[0].text
    (file,) = bot.chat.visible_files().values()
    assert "Checkout is down" in file.content.decode()
    assert "https://zoom.example/rec/1" in file.content.decode()


def test_other_times_are_another_window_and_the_channel_is_analysed_again(bot: Bot) -> None:
    long_ago = factories.NOW - timedelta(days=30)
    bot.chat.say("C1", "TODO: of another incident", ts=factories.ts(long_ago))
    bot.chat.say("C1", "TODO: of this incident", ts=factories.ts(factories.NOW - timedelta(hours=2)))
    record = bot.assigned()

    def todos() -> list[str]:
        return [todo.text for todo in bot.look(lambda unit: unit.proposals.load(record.id)).todos]

    assert len(todos()) == 2
    bot.submit(bot.details_form(), **GOOD)
    bot.work()
    assert todos() == ["of this incident"]
    assert bot.chat.count("history") == 1, "what is stored is analysed anew, not read anew"


def test_the_form_is_filled_in_with_what_the_channel_says(bot: Bot) -> None:
    bot.chat.say("C1", "IC: <@U3>, Deputy: <@U5>, Scribe: <@U4>", "U3")
    bot.chat.say("C1", "We are in SEV-1, checkout is down, next checkin in 3 minutes", "U3")
    bot.assigned()
    blocks = {block["block_id"]: block for block in bot.details_form()["blocks"] if block["type"] == "input"}
    assert blocks["ic"]["element"]["initial_user"] == "U3"
    assert "Suggested" in blocks["ic"]["hint"]["text"]
    assert blocks["scribe"]["element"]["initial_user"] == "U4"
    assert blocks["severity"]["element"]["initial_option"]["value"] == "1"
    assert bot.record().roles.scribe is None, "a suggestion is nothing until somebody saves it"


def test_when_the_form_cannot_be_opened_a_button_does(bot: Bot) -> None:
    bot.command("assign <@U2|ben>")
    screen = bot.screens.opened[-1]
    assert screen.fallback
    assert ids.DETAILS_OPEN in str(screen.fallback.blocks)
    assert screen.response_url
    bot.work()
    assert bot.record().owner == "U2"
    assert ids.DETAILS_OPEN in str(bot.card.drawing.blocks)
