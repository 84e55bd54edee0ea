"""`/postmortem assign`: the ten kinds of input (R-05), and who is told what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.harvest.person import Person
from bot.domain.policy import Policy
from bot.domain.postmortem import OwnerState
from tests.fakes import payloads
from tests.fakes.bot import Bot


@dataclass(frozen=True)
class Case:
    """What is typed, a part of the answer, and the owner that results (None: nothing was opened)."""

    typed: str
    answer: str
    owner: str | None = None
    form: str | None = None


TEN = {
    "one person": Case("<@U2|ben>", "<@U2> is the owner", "U2", ids.DETAILS),
    "one person without a label": Case("<@U2>", "<@U2> is the owner", "U2", ids.DETAILS),
    "one person among words": Case("please take it <@U2|ben> thanks", "<@U2> is the owner", "U2", ids.DETAILS),
    "the same person twice": Case("<@U2|ben> <@U2|ben>", "<@U2> is the owner", "U2", ids.DETAILS),
    "a user group": Case("<!subteam^S1|@sre>", "user group"),
    "two people": Case("<@U2|ben> <@U3|chioma>", "You named 2 people"),
    "@channel": Case("<!channel>", "is everybody"),
    "@here": Case("<!here|here>", "is everybody"),
    "@everyone as words": Case("@everyone", "is everybody"),
    "an app": Case("<@UPAGER|pagerduty>", "PagerDuty is an app"),
    "this bot": Case("<@UBOT|postmortem>", "postmortem is an app"),
    "Slackbot": Case("<@USLACKBOT|slackbot>", "Slackbot cannot own"),
    "a deactivated person": Case("<@UGONE|gone>", "deactivated"),
    "a guest": Case("<@UGUEST|guest>", "is a guest here"),
    "somebody of another organisation": Case("<@UFAR|far>", "from another organisation"),
    "somebody outside the channel": Case("<@U5|eve>", "<@U5> is the owner", "U5", ids.DETAILS),
    "a plain name": Case("@ben", "did not tell me who that is", form=ids.CHOOSE_OWNER),
    "a name with a space": Case("Ben Baker", "did not tell me who that is", form=ids.CHOOSE_OWNER),
    "nobody": Case("", "Choose the one person", form=ids.CHOOSE_OWNER),
    "an id that nobody has": Case("<@U404|who>", "I know nobody with the id U404"),
    "oneself": Case("<@U1|ana>", "<@U1> is the owner", "U1", ids.DETAILS),
}


@pytest.mark.parametrize("case", TEN.values(), ids=TEN.keys())
def test_each_kind_of_input_gets_its_answer(bot: Bot, case: Case) -> None:
    before = bot.contents()
    reply = bot.command(f"assign {case.typed}")
    assert reply.status == 200
    assert case.answer in reply.sentence
    assert "<!" not in reply.text
    if case.owner:
        assert (bot.record().owner, bot.record().owner_state) == (case.owner, OwnerState.TOLD)
    else:
        assert {**bot.contents(), "receipt": None} == {**before, "receipt": None}
    assert [screen.view["callback_id"] for screen in bot.screens.opened] == [case.form] * bool(case.form)
    bot.work()
    assert bot.designated() == ([case.owner] if case.owner else [])


def test_somebody_outside_the_channel_is_invited(bot: Bot) -> None:
    bot.assigned("U5")
    assert "U5" in bot.chat.rooms["C1"].members
    assert len(bot.chat.told("U5")) == 1


def test_the_owner_is_invited_although_the_bot_was_not_in_the_channel_yet(bot: Bot) -> None:
    bot.chat.rooms["C1"].members.discard("UBOT")
    bot.command("assign <@U5|eve>")
    (invitation,) = [row for row in bot.rows() if row["kind"] == "invite_owner"]
    # Whichever row is worked first, the invitation must not be lost.
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.outbox.cancel(bot.record().id, [row["key"] for row in bot.rows() if row["key"] != invitation["key"]])
    bot.work()
    assert "U5" in bot.chat.rooms["C1"].members


def test_who_cannot_be_invited_still_has_the_direct_message(engine: Engine) -> None:
    bot = Bot(engine, policy=Policy(allow_external_owner=True))
    bot.assigned("UFAR")
    assert "UFAR" not in bot.chat.rooms["C1"].members
    assert len(bot.chat.told("UFAR")) == 1
    assert not bot.look(lambda unit: unit.outbox.dead(bot.record().id))


@pytest.mark.parametrize("user", ["UGUEST", "UFAR"])
def test_guests_are_taken_where_the_settings_say_so(engine: Engine, user: str) -> None:
    bot = Bot(engine, policy=Policy(allow_external_owner=True))
    assert bot.assigned(user).owner == user


def test_the_form_for_a_plain_name_takes_the_person_chosen(bot: Bot) -> None:
    bot.command("assign @ben")
    reply = bot.submit(bot.screens.form(), owner="U2")
    assert (reply.status, reply.text) == (200, "")
    bot.work()
    assert bot.record().owner == "U2"
    assert len(bot.chat.told("U2")) == 1


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [(None, "Choose one person"), ("UPAGER", "is an app"), ("UGONE", "deactivated"), ("U404", "I know nobody")],
)
def test_the_form_refuses_nobody_and_those_who_cannot(bot: Bot, chosen: str | None, sentence: str) -> None:
    bot.command("assign @nobody")
    reply = bot.submit(bot.screens.form(), owner=chosen)
    assert reply.json["response_action"] == "errors"
    assert sentence in reply.errors["owner"]
    assert not bot.rows("card")
    # Corrected and sent again from the same form, it is taken.
    assert bot.submit(bot.screens.form(), owner="U2").text == ""
    assert bot.record().owner == "U2"


def test_naming_the_owner_again_changes_nothing(bot: Bot) -> None:
    bot.assigned()
    before = bot.record()
    assert "is the owner of" in bot.command("assign <@U2|ben>").sentence
    bot.work()
    assert bot.record() == before
    assert len(bot.chat.told("U2")) == 1


@pytest.mark.parametrize(
    ("word", "space"), [("assign", "  "), ("ASSIGN", "\t"), ("Assign", "\n"), ("assigN", "\u00a0")], ids=repr
)
def test_white_space_and_capitals_do_not_matter(bot: Bot, word: str, space: str) -> None:
    assert "is the owner" in bot.command(f"{space}{word}{space}<@U2|ben>{space}").sentence


# Before the list of people was read, nobody can be refused with certainty: Slack is asked, and nobody is told until it says.

UNKNOWN = {
    "nobody": ("U404", "nobody with the id U404"),
    "an app": ("UPAGER", "is an app"),
    "deactivated": ("UGONE", "is deactivated"),
    "a guest": ("UGUEST", "is a guest"),
}


@pytest.mark.parametrize("case", list(UNKNOWN))
def test_an_owner_who_turns_out_not_to_be_fit_is_taken_back_and_the_caller_told(engine: Engine, case: str) -> None:
    bot = Bot(engine, synced=False)
    user, sentence = UNKNOWN[case]
    assert bot.command(f"assign <@{user}|x>").status == 200
    bot.work()
    record = bot.record()
    assert (record.owner, record.owner_state) == (None, OwnerState.NONE)
    (refusal,) = [post for post in bot.chat.told("U1") if "cannot be the owner" in post.text]
    assert sentence in str(refusal.drawing.blocks)
    assert not bot.chat.told(user)
    assert [entry.new for entry in bot.history() if entry.field == "owner"] == [user, None]


def test_an_owner_whom_slack_knows_is_told_once_it_said_so(engine: Engine) -> None:
    bot = Bot(engine, synced=False)
    bot.command("assign <@U2|ben>")
    bot.work()
    assert bot.record().owner == "U2"
    assert len(bot.chat.told("U2")) == 1
    assert bot.chat.count("person") <= 1


def test_a_late_answer_about_an_earlier_owner_changes_nothing(engine: Engine) -> None:
    bot = Bot(engine, synced=False)
    bot.chat.fail("person", None, meanwhile=lambda: bot.command("assign <@U3|chioma>") and None)
    bot.command("assign <@U404|who>")
    bot.work()
    assert bot.record().owner == "U3"
    assert len(bot.chat.told("U3")) == 1


def test_somebody_who_joined_a_moment_ago_can_be_named_when_their_news_came(bot: Bot) -> None:
    assert "I know nobody" in bot.command("assign <@UNEW|new>").sentence
    bot.chat.users["UNEW"] = Person("UNEW", "New")
    bot.send(payloads.event({"type": "team_join", "user": {"id": "UNEW", "name": "new", "profile": {}}}))
    assert bot.assigned("UNEW").owner == "UNEW"
