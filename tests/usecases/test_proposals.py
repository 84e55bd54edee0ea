"""Who is not the IC proposes, and the IC decides (R-06); whoever stays silent is passed over after four working hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.policy import Policy
from bot.domain.postmortem import Proposal, ProposalState
from bot.domain.topics import Topic
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.fakes.chat import Post
from tests.fakes.clock import ManualClock
from tests.fakes.errors import refused

HOURS = timedelta(hours=1)


@pytest.fixture
def proposed(bot: Bot) -> Proposal:
    """U1 is the IC, U2 the owner; U4 typed `assign` with U3, and everybody was told."""
    bot.once(_proposed)
    return pending(bot)


def _proposed(bot: Bot) -> None:
    bot.assigned()
    assert "<@U1>, who is the IC, was asked to confirm" in bot.command("assign <@U3|chioma>", "U4").sentence
    bot.work()


def pending(bot: Bot) -> Proposal:
    record = bot.record()
    found = bot.look(lambda unit: unit.ledger.pending(record.id))
    assert isinstance(found, Proposal)
    return found


def proposal(bot: Bot, which: Proposal) -> Proposal:
    found = bot.look(lambda unit: unit.ledger.proposal(which.id))
    assert isinstance(found, Proposal)
    return found


def question(bot: Bot, user: str) -> Post:
    """The message that asks somebody to confirm."""
    (post,) = [post for post in bot.chat.told(user) if post.mark.startswith("confirm_dm")]
    return post


def buttons(post: Post) -> list[str]:
    rows = [element for block in post.drawing.blocks for element in block.get("elements", [])]
    return [row["action_id"] for row in rows if row.get("type") == "button"]


def test_a_proposal_waits_for_the_ic_and_everybody_can_see_it(bot: Bot, proposed: Proposal) -> None:
    assert (proposed.candidate, proposed.proposed_by, proposed.asked) == ("U3", "U4", "U1")
    assert bot.record().owner == "U2"
    assert buttons(question(bot, "U1")) == [ids.PROPOSAL_CONFIRM, ids.PROPOSAL_OTHER]
    assert "proposed by <@U4>, waiting for <@U1>" in str(bot.card.drawing.blocks)
    assert any("proposed by <@U4>; <@U1> is asked to confirm" in post.text for post in bot.chat.in_room("C1"))
    assert not bot.chat.told("U3")


def test_confirmed_it_holds_and_the_history_has_both(bot: Bot, proposed: Proposal) -> None:
    bot.press(ids.PROPOSAL_CONFIRM, proposed.id, "U1")
    bot.work()
    assert bot.record().owner == "U3"
    assert "U1> has designated you" in bot.chat.told("U3")[0].text
    decided = proposal(bot, proposed)
    assert (decided.state, decided.decided_by) == (ProposalState.CONFIRMED, "U1")
    assert ("owner proposed", "U4", "U3") in [(entry.field, entry.actor, entry.new) for entry in bot.history()]
    assert ("owner", "U1", "U3") in [(entry.field, entry.actor, entry.new) for entry in bot.history()]
    assert buttons(question(bot, "U1")) == []
    assert "Confirmed" in question(bot, "U1").text


def test_confirmed_twice_it_holds_once(bot: Bot, proposed: Proposal) -> None:
    for _ in range(2):
        bot.press(ids.PROPOSAL_CONFIRM, proposed.id, "U1")
    assert "was confirmed by <@U1> already" in bot.screens.sentence()
    bot.work()
    assert bot.designated() == ["U2", "U3"]


@pytest.mark.parametrize("user", ["U4", "U3", "U2", "U5", "UGUEST"])
def test_nobody_else_can_confirm(bot: Bot, proposed: Proposal, user: str) -> None:
    before = bot.contents()
    bot.press(ids.PROPOSAL_CONFIRM, proposed.id, user)
    assert "Only the IC can confirm this: ask <@U1>" in bot.screens.sentence()
    assert bot.contents() == before


def test_someone_else_can_be_chosen_and_the_proposal_is_closed(bot: Bot, proposed: Proposal) -> None:
    bot.press(ids.PROPOSAL_OTHER, proposed.id, "U1")
    form = bot.screens.form()
    assert bot.submit(form, "U1", owner="U4").text == ""
    bot.work()
    assert bot.record().owner == "U4"
    assert proposal(bot, proposed).state is ProposalState.REPLACED
    assert buttons(question(bot, "U1")) == []
    assert not bot.chat.told("U3")


def test_a_decided_proposal_cannot_be_decided_otherwise(bot: Bot, proposed: Proposal) -> None:
    bot.press(ids.PROPOSAL_CONFIRM, proposed.id, "U1")
    bot.press(ids.PROPOSAL_OTHER, proposed.id, "U1")
    assert "was confirmed" in bot.screens.sentence()
    assert not [screen for screen in bot.screens.opened if screen.view["callback_id"] == ids.CHOOSE_OWNER]


def test_the_ic_typing_assign_decides_what_was_proposed(bot: Bot, proposed: Proposal) -> None:
    bot.command("assign <@U4|dev>", "U1")
    bot.work()
    assert bot.record().owner == "U4"
    assert proposal(bot, proposed).state is ProposalState.REPLACED
    assert buttons(question(bot, "U1")) == []


def test_a_new_proposal_takes_the_place_of_the_old_one(bot: Bot, proposed: Proposal) -> None:
    bot.command("assign <@U5|eve>", "U4")
    bot.work()
    assert proposal(bot, proposed).state is ProposalState.REPLACED
    assert pending(bot).candidate == "U5"
    bot.press(ids.PROPOSAL_CONFIRM, proposed.id, "U1")
    assert "was replaced by another one" in bot.screens.sentence()
    assert bot.record().owner == "U2"


def test_a_candidate_who_left_meanwhile_is_not_confirmed(bot: Bot, proposed: Proposal) -> None:
    bot.send(payloads.user_change("U3", deleted=True))
    bot.press(ids.PROPOSAL_CONFIRM, proposed.id, "U1")
    assert "deactivated" in bot.screens.sentence()
    assert bot.record().owner == "U2"
    assert pending(bot).state is ProposalState.PENDING


# Silence.


def with_stand_ins(engine: Engine, clock: ManualClock | None = None) -> Bot:
    policy = Policy(ic_users=frozenset({"U3"}), ic_group="S1")
    bot = Bot(engine, policy=policy, clock=clock, synced=False)
    bot.chat.groups["S1"] = ("U3", "U5")
    bot.assigned("U2")
    bot.command("assign <@U4|dev>", "U4")
    bot.work()
    return bot


def test_a_silent_ic_is_passed_over_after_four_working_hours(engine: Engine) -> None:
    bot = with_stand_ins(engine)
    first = pending(bot)
    assert first.asked == "U1"
    # 15:05 on a Monday: two hours are left of the day, so it is 11:05 on Tuesday.
    bot.later(19 * HOURS)
    assert pending(bot).asked == "U1"
    bot.later(HOURS + timedelta(minutes=1))
    assert pending(bot).asked == "U3"
    assert buttons(question(bot, "U3")) == [ids.PROPOSAL_CONFIRM, ids.PROPOSAL_OTHER]
    assert any("so <@U3> is asked now" in post.text for post in bot.chat.in_room("C1"))
    bot.later(4 * HOURS + timedelta(minutes=1))
    assert pending(bot).asked == "U5"


def test_a_stand_in_confirms_and_every_question_is_redrawn(engine: Engine) -> None:
    bot = with_stand_ins(engine)
    asked = pending(bot)
    bot.later(20 * HOURS + timedelta(minutes=1))
    bot.press(ids.PROPOSAL_CONFIRM, asked.id, "U3")
    bot.work()
    assert bot.record().owner == "U4"
    assert buttons(question(bot, "U3")) == []
    assert buttons(question(bot, "U1")) == [], "the IC was asked first, and is not asked any more"


def test_the_ic_can_still_confirm_what_was_passed_on(engine: Engine) -> None:
    bot = with_stand_ins(engine)
    asked = pending(bot)
    bot.later(20 * HOURS + timedelta(minutes=1))
    bot.press(ids.PROPOSAL_CONFIRM, asked.id, "U1")
    bot.work()
    assert bot.record().owner == "U4"
    assert buttons(question(bot, "U1")) == buttons(question(bot, "U3")) == []


def test_a_decided_proposal_is_never_passed_on(engine: Engine) -> None:
    bot = with_stand_ins(engine)
    bot.press(ids.PROPOSAL_CONFIRM, pending(bot).id, "U1")
    bot.later(timedelta(days=5))
    assert not [post for post in bot.chat.told("U3") if post.mark.startswith("confirm_dm")]


def test_when_the_bot_was_down_meanwhile_the_question_is_passed_on_once(engine: Engine) -> None:
    bot = with_stand_ins(engine)
    bot.clock.advance(timedelta(days=3))
    bot.work()
    assert pending(bot).asked == "U3"
    assert len([post for post in bot.chat.in_room("C1") if "is asked now" in post.text]) == 1


def test_a_deactivated_ic_is_not_asked(bot: Bot) -> None:
    bot.assigned()
    bot.send(payloads.user_change("U1", deleted=True))
    bot.chat.fail("open_dm", refused("user_disabled"), times=99)
    bot.command("assign <@U3|c>", "U4")
    assert pending(bot).asked is not None


def test_the_deputy_of_the_channel_is_asked_after_the_ic(bot: Bot) -> None:
    bot.chat.say("C1", "IC: <@U1>, Deputy: <@U3>, Scribe: <@U5>", "U1")
    bot.assigned()
    bot.command("assign <@U4|dev>", "U4")
    bot.later(20 * HOURS + timedelta(minutes=1))
    assert pending(bot).asked == "U3"
    bot.press(ids.PROPOSAL_CONFIRM, pending(bot).id, "U3")
    assert bot.record().owner == "U4"


# Who the IC is.


def test_whoever_types_first_is_taken_to_be_the_ic_until_somebody_says_otherwise(bot: Bot) -> None:
    record = bot.assigned(by="U4")
    assert (record.roles.ic, record.roles.ic_assumed) == ("U4", True)
    assert "(assumed)" in str(bot.card.drawing.blocks)


def named(bot: Bot, user: str) -> list[Post]:
    return [post for post in bot.chat.told(user) if f":{Topic.IC_NAMED}:" in post.mark]


def test_an_ic_whom_the_channel_names_is_told_and_may_choose_another(bot: Bot) -> None:
    bot.chat.say("C1", "IC: <@U1>, Deputy: <@U5>, Scribe: <@U3>", "U3")
    bot.assigned("U2", by="U4")
    (told,) = named(bot, "U1")
    assert "<@U4> has designated <@U2>" in told.text
    assert buttons(told) == [ids.OWNER_CHOOSE_OPEN]
    bot.press(ids.OWNER_CHOOSE_OPEN, bot.record().id, "U1")
    bot.submit(bot.screens.form(), "U1", owner="U3")
    bot.work()
    assert bot.record().owner == "U3"


def test_an_ic_whom_the_channel_names_is_told_after_start_and_assign_too(bot: Bot) -> None:
    bot.chat.say("C1", "IC: <@U1>, Deputy: <@U5>, Scribe: <@U3>", "U3")
    bot.command("start", "U4")
    bot.work()
    bot.assigned("U2", by="U4")
    assert len(named(bot, "U1")) == 1


def test_an_ic_named_in_the_form_is_told_once(bot: Bot) -> None:
    bot.assigned("U2", by="U4")
    for title in ("Checkout is down", "Checkout was down"):
        assert bot.submit(bot.details_form("U4"), "U4", f"V{len(title)}", title=title, ic="U1").text == ""
        bot.work()
    assert len(named(bot, "U1")) == 1
    assert not bot.record().roles.ic_assumed


def test_the_last_ic_designates_after_a_hand_over(bot: Bot) -> None:
    bot.assigned("U2", by="U1")
    bot.submit(bot.details_form("U1"), "U1", title="x", ic="U3")
    bot.command("assign <@U4|dev>", "U3")
    assert bot.record().owner == "U4"
    bot.command("assign <@U2|ben>", "U4")
    assert pending(bot).asked == "U3"


def test_the_same_proposal_typed_twice_is_one(bot: Bot) -> None:
    bot.assigned()
    for _ in range(2):
        assert "was asked to confirm" in bot.command("assign <@U3>", "U4").sentence
        bot.work()
    assert len([post for post in bot.chat.in_room("C1") if "is asked to confirm" in post.text]) == 1
