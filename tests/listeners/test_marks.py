"""What is captured, and what happens when: one case a test, with the bot whole and Slack in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids, move_buttons
from bot.domain.capture import Capture
from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.message import FileRef
from bot.domain.policy import Policy
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.usecases import timeline_changes
from bot.usecases.keep_timeline import KeepTimeline
from bot.usecases.timeline_changes import Change
from tests.fakes import payloads
from tests.fakes.bot import Bot

OWNER, IC, RESPONDER, OTHER = "U2", "U1", "U3", "U4"


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """A post-mortem whose channel was read when nothing was said yet."""
    bot = Bot(engine)
    bot.assigned()
    bot.chat.calls.clear()
    return bot


def items(bot: Bot, *, removed: bool = False) -> list[Item]:
    record = bot.record()
    return [each for each in bot.look(lambda unit: unit.items.timeline(record.id)) if each.removed is removed]


def capture(bot: Bot, ts: str) -> Capture | None:
    record = bot.record()
    found = bot.look(lambda unit: unit.captures.get(record.id, "C1", ts))
    assert found is None or isinstance(found, Capture)
    return found


def react(bot: Bot, ts: str, name: str = "memo", user: str = RESPONDER, **values: Any) -> None:
    bot.chat.mark(values.get("channel", "C1"), ts, name, user, on=values.get("on", True))
    assert bot.send(payloads.reaction(ts, name, user, **values)).status == 200
    bot.work()


def edit(bot: Bot, ts: str, new: str, at: float = 1_764_100_000) -> None:
    """Somebody edits a message, in Slack and as Slack tells of it."""
    room = bot.chat.rooms["C1"]
    old = room.messages[ts]
    room.messages[ts] = replace(old, text=new, edited_ts=f"{at:.6f}")
    last = float(old.edited_ts) if old.edited_ts else None
    before = payloads.written(ts, old.text, old.user_id or "", edited=last, thread_ts=old.thread_ts)
    after = payloads.written(ts, new, old.user_id or "", edited=at, thread_ts=old.thread_ts)
    assert bot.send(payloads.changed(after, before, at=at)).status == 200
    bot.work()


def delete(bot: Bot, ts: str, at: float = 1_764_100_000) -> None:
    old = bot.chat.rooms["C1"].messages.pop(ts)
    assert bot.send(payloads.deleted(payloads.written(ts, old.text, old.user_id or ""), at=at)).status == 200
    bot.work()


def answered(bot: Bot) -> set[str]:
    return {ts for ts, _ in bot.chat.rooms["C1"].reactions}


def test_a_reaction_puts_the_message_into_the_timeline(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting <@U4|dev>'s pay &amp; checkout https://grafana.example/d/1", "U2")
    react(bot, ts)
    [item] = items(bot)
    assert (item.text, item.user_id, item.by) == (
        "restarting @Dev's pay & checkout https://grafana.example/d/1",
        "U2",
        RESPONDER,
    )
    assert item.evidence == ("https://grafana.example/d/1",)
    assert (item.ts, item.thread_ts) == (ts, None)
    assert answered(bot) == {ts}
    assert [each.via for each in bot.history() if each.field == "timeline"] == ["reaction"]


def test_nothing_is_posted_for_it_and_the_card_tells(bot: Bot) -> None:
    before = len(bot.chat.posts)
    react(bot, bot.chat.say("C1", "restarting pay", "U2"))
    assert len(bot.chat.posts) == before
    assert "Marked by people: 1 message, 1 line of the timeline." in str(bot.card.drawing.blocks)


def test_a_reply_in_a_thread_is_read_and_no_other_message(bot: Bot) -> None:
    parent = bot.chat.say("C1", "checkout is slow", "U1")
    reply = bot.chat.say("C1", "the pool is exhausted", "U4", thread_ts=parent)
    bot.chat.say("C1", "and another thing", "U4")
    react(bot, reply)
    [item] = items(bot)
    assert (item.text, item.ts, item.thread_ts) == ("the pool is exhausted", reply, parent)
    assert bot.chat.count("message") == 1


def test_many_reactions_are_one_line_and_one_reading(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    for user in ("U1", "U2", "U3", "U4"):
        react(bot, ts, user=user)
    react(bot, ts, "stopwatch::skin-tone-4")
    assert len(items(bot)) == 1
    assert bot.chat.count("message") == 1


def test_the_line_goes_with_the_last_reaction_and_comes_back_with_the_next(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    react(bot, ts, user=OTHER)
    react(bot, ts, on=False)
    assert len(items(bot)) == 1
    react(bot, ts, user=OTHER, on=False)
    assert items(bot) == []
    assert [item.text for item in items(bot, removed=True)] == ["restarting pay"]
    assert answered(bot) == set()
    react(bot, ts)
    assert [item.text for item in items(bot)] == ["restarting pay"]
    assert items(bot, removed=True) == []


def change_by_hand(bot: Bot, item: Item, user: str = OWNER) -> Item:
    """The owner writes the line anew."""
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        desk_line = replace(item, text="pay-3 was restarted", version=item.version + 1, by=user)
        unit.items.put_item(desk_line)
    return desk_line


def test_of_a_line_that_somebody_changed_they_are_asked(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    changed = change_by_hand(bot, items(bot)[0])
    react(bot, ts, on=False)
    assert [item.text for item in items(bot)] == ["pay-3 was restarted"]
    question = bot.chat.told(OWNER)[-1]
    assert "Nobody marks the message any more" in question.text
    bot.press(ids.LINE_OUT, f"{changed.postmortem_id}:{changed.id}", OWNER)
    bot.work()
    assert items(bot) == []
    assert "It was taken out" in str(bot.chat.told(OWNER)[-1].drawing.blocks)


def test_a_line_that_is_kept_is_not_asked_about_again(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    changed = change_by_hand(bot, items(bot)[0])
    react(bot, ts, on=False)
    bot.press(ids.LINE_KEEP, f"{changed.postmortem_id}:{changed.id}", OWNER)
    bot.work()
    edit(bot, ts, "restarting pay again")
    asked = [post for post in bot.chat.told(OWNER) if "Nobody marks" in post.text]
    assert len(asked) == 1
    assert "It stays." in str(asked[0].drawing.blocks)
    assert [item.text for item in items(bot)] == ["pay-3 was restarted"]


def test_a_question_is_taken_back_when_somebody_marks_the_message_again(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    change_by_hand(bot, items(bot)[0])
    react(bot, ts, on=False)
    react(bot, ts, user=OTHER)
    assert "Somebody marks it again" in str(bot.chat.told(OWNER)[-1].drawing.blocks)
    react(bot, ts, user=OTHER, on=False)
    assert len([post for post in bot.chat.told(OWNER) if "Nobody marks" in post.text]) == 2


def test_only_who_writes_or_changed_it_may_answer(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    changed = change_by_hand(bot, items(bot)[0])
    react(bot, ts, on=False)
    bot.press(ids.LINE_OUT, f"{changed.postmortem_id}:{changed.id}", OTHER)
    bot.work()
    assert len(items(bot)) == 1
    bot.press(ids.LINE_OUT, f"{changed.postmortem_id}:{changed.id}", IC)
    bot.press(ids.LINE_KEEP, f"{changed.postmortem_id}:{changed.id}", OWNER)
    assert "decided already" in str(bot.screens.said[-1])


def test_an_edit_changes_the_line_and_keeps_the_first_words(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    edit(bot, ts, "restarting pay-3")
    edit(bot, ts, "restarted pay-3", at=1_764_100_500)
    [item] = items(bot)
    assert item.text == "restarted pay-3"
    found = capture(bot, ts)
    assert found
    assert (found.heard.before, found.heard.said) == ("restarting pay", "restarted pay-3")
    assert [each.via for each in bot.history() if each.field == "timeline"][1:] == ["edited in Slack"] * 2


def test_an_edit_leaves_a_line_that_somebody_changed(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    change_by_hand(bot, items(bot)[0])
    edit(bot, ts, "restarting pay-3")
    assert [item.text for item in items(bot)] == ["pay-3 was restarted"]


def test_an_address_that_is_unfolded_changes_nothing(bot: Bot) -> None:
    ts = bot.chat.say("C1", "see https://grafana.example/d/1", "U2")
    react(bot, ts)
    before = bot.history()
    old = payloads.written(ts, "see https://grafana.example/d/1", "U2")
    bot.send(payloads.changed({**old, "attachments": [{"from_url": "https://grafana.example/d/1", "title": "p"}]}, old))
    bot.work()
    assert bot.history() == before


def test_a_deleted_message_keeps_its_line(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    delete(bot, ts)
    assert [item.text for item in items(bot)] == ["restarting pay"]
    found = capture(bot, ts)
    assert found
    assert found.heard.deleted_at is not None


def test_a_parent_that_leaves_a_tombstone_is_deleted_too(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    grave = {
        "type": "message",
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "text": "This message was deleted.",
        "ts": ts,
    }
    bot.send(payloads.changed(grave, payloads.written(ts, "restarting pay", "U2")))
    bot.work()
    found = capture(bot, ts)
    assert found
    assert found.heard.deleted_at is not None
    assert [item.text for item in items(bot)] == ["restarting pay"]


def test_a_message_that_was_deleted_before_anybody_could_read_it_makes_no_line(bot: Bot) -> None:
    bot.chat.say("C1", "another one", "U2")
    react(bot, "1764000000.000900")
    assert items(bot) == []
    assert "1 deleted before I could read it" in str(bot.card.drawing.blocks)


def test_a_deletion_that_is_heard_first_tells_what_it_said(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    delete(bot, ts, at=1_764_200_000)
    react(bot, ts, at=1_764_100_000)
    assert [item.text for item in items(bot)] == ["restarting pay"]
    assert bot.chat.count("message") == 0


def test_a_pin_is_a_mark_and_needs_no_reading(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    message = payloads.written(ts, "restarting pay", "U2")
    bot.send(payloads.pin(message))
    bot.work()
    assert [(item.text, item.by) for item in items(bot)] == [("restarting pay", RESPONDER)]
    assert bot.chat.count("message") == 0
    bot.send(payloads.pin(message, OTHER, on=False))
    bot.work()
    assert items(bot) == []


def test_an_alert_of_another_bot_is_captured(bot: Bot) -> None:
    ts = bot.chat.say("C1", "Triggered: checkout latency", None, bot_id="BP", subtype="bot_message")  # type: ignore[arg-type]
    react(bot, ts)
    assert [(item.text, item.user_id) for item in items(bot)] == [("Triggered: checkout latency", None)]


def test_a_message_with_a_file_alone_is_captured_with_its_file(bot: Bot) -> None:
    link = "https://acme.slack.com/files/U2/F9/latency.png"
    ts = bot.chat.say("C1", "", "U2", files=(FileRef("F9", "latency.png", link, "image/png"),), subtype="file_share")
    react(bot, ts)
    assert [(item.text, item.evidence) for item in items(bot)] == [("latency.png", (link,))]


def test_a_reply_that_is_shown_in_the_channel_is_captured_with_its_thread(bot: Bot) -> None:
    parent = bot.chat.say("C1", "checkout is slow", "U1")
    ts = bot.chat.say("C1", "rolled back", "U4", thread_ts=parent, subtype="thread_broadcast")
    react(bot, ts)
    assert [(item.text, item.thread_ts) for item in items(bot)] == [("rolled back", parent)]


def test_the_time_that_is_written_is_the_time_of_the_event(bot: Bot) -> None:
    ts = bot.chat.say("C1", "14:02 UTC - paged the database team", "U2")
    react(bot, ts)
    [item] = items(bot)
    assert f"{item.at:%H:%M}" == "14:02"
    assert item.ts == ts
    assert item.kind is not TimelineKind.impact_start


def test_other_reactions_and_those_of_bots_mark_nothing(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts, "tada")
    react(bot, ts, user="UPAGER")
    assert capture(bot, ts) is None
    assert bot.chat.calls == []


def test_a_message_of_ours_is_no_line(bot: Bot) -> None:
    react(bot, bot.card.ts)
    assert items(bot) == []


def test_a_channel_without_a_post_mortem_costs_nothing(bot: Bot) -> None:
    before = bot.contents()
    for event in (
        payloads.reaction("1764000000.000100", channel="C9"),
        payloads.pin(payloads.written("1764000000.000100", "x"), channel="C9"),
        payloads.deleted(payloads.written("1764000000.000100", "x"), channel="C9"),
    ):
        assert bot.send(event).status == 200
    assert bot.contents() == before
    assert bot.chat.calls == []


def test_a_todo_is_put_on_the_list_and_taken_off_it(bot: Bot) -> None:
    ts = bot.chat.say("C1", "the dashboard lies", "U2")
    record = bot.record()

    def waiting() -> list[tuple[str, int]]:
        return list(bot.look(lambda unit: unit.items.waiting(record.id, "todo")))

    react(bot, ts, "clipboard")
    assert waiting() == [(ts, 0)]
    assert answered(bot) == {ts}
    react(bot, ts, "clipboard", on=False)
    assert waiting() == []


def test_a_query_is_kept_to_the_letter(bot: Bot) -> None:
    ts = bot.chat.say("C1", "ran this:\n```select *  from t\nwhere a &lt; 3```", "U2")
    record = bot.record()
    react(bot, ts, "mag")
    found = bot.look(lambda unit: unit.proposals.load(record.id))
    assert [each.text for each in found.queries] == ["select *  from t\nwhere a < 3"]


def test_what_is_marked_as_evidence_is_offered_to_every_line(bot: Bot) -> None:
    line = bot.chat.say("C1", "restarting pay", "U2")
    graph = bot.chat.say("C1", "https://grafana.example/d/7", "U4")
    react(bot, line)
    react(bot, graph, "bar_chart")
    record, [item] = bot.record(), items(bot)
    offered = KeepTimeline(Policy(), "https://acme.slack.com/", lambda: "new").offered
    assert bot.look(lambda unit: offered(unit, record, item)) == ("https://grafana.example/d/7",)


def test_a_proposal_that_somebody_marks_is_not_proposed_any_more(bot: Bot) -> None:
    ts = bot.chat.say("C1", "We are in SEV-1, service pay is down, next checkin in 3 minutes", "U1")
    bot.command("harvest", OWNER)
    bot.work()
    record = bot.record()
    assert [at for at, _ in bot.look(lambda unit: unit.items.waiting(record.id, "timeline"))] == [ts]
    react(bot, ts)
    assert bot.look(lambda unit: unit.items.waiting(record.id, "timeline")) == []
    bot.command("harvest", OWNER)
    bot.work()
    assert bot.look(lambda unit: unit.items.waiting(record.id, "timeline")) == []
    assert len(items(bot)) == 1


def test_what_is_marked_before_the_first_reading_is_in_the_timeline_once(engine: Engine) -> None:
    bot = Bot(engine)
    ts = bot.chat.say("C1", "restarting pay", "U2")
    bot.command("assign <@U2|x>", "U1")
    bot.send(payloads.reaction(ts))
    bot.work()
    assert [item.text for item in items(bot)] == ["restarting pay"]


def status(bot: Bot, to: Status) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(status=to))


def test_what_was_agreed_on_does_not_grow_until_it_goes_back_to_review(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    status(bot, Status.REVIEWED)
    react(bot, ts)
    assert items(bot) == []
    assert answered(bot) == set()
    record = bot.record()
    button = move_buttons.button(record, Status.IN_REVIEW)
    bot.press(button["action_id"], button["value"], OWNER)
    bot.submit(bot.screens.form(), OWNER, reason="a line is missing")
    bot.work()
    assert [item.text for item in items(bot)] == ["restarting pay"]


def test_of_a_closed_one_nothing_is_heard(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    status(bot, Status.CLOSED)
    react(bot, ts)
    assert capture(bot, ts) is None


def take_out(bot: Bot, item: Item, user: str = OWNER) -> None:
    """The owner takes a line out in the form of the timeline."""
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        timeline_changes.save(unit, record, [Change(item, replace(item, removed=True))], user, bot.clock.now())
    bot.work()


@pytest.mark.parametrize("later", ["an edit", "another mark", "a preview"])
def test_a_line_that_people_made_and_took_out_does_not_come_back_by_itself(bot: Bot, later: str) -> None:
    ts = bot.chat.say("C1", "paged the database team", "U2")
    bot.choose(ids.ADD_TO_TIMELINE, payloads.written(ts, "paged the database team", "U2"), OTHER)
    bot.submit(bot.screens.form(), OTHER)
    react(bot, ts)
    take_out(bot, items(bot)[0])
    if later == "an edit":
        edit(bot, ts, "paged the database team, twice")
    elif later == "another mark":
        react(bot, ts, user=IC)
    else:
        here = payloads.written(ts, "paged the database team", "U2")
        bot.send(payloads.changed({**here, "attachments": [{"from_url": "https://g.example/1"}]}, here))
        bot.work()
    assert items(bot) == []


def test_a_line_that_was_taken_out_since_nobody_marked_it_comes_back_as_people_left_it(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    changed = change_by_hand(bot, items(bot)[0])
    react(bot, ts, on=False)
    bot.press(ids.LINE_OUT, f"{changed.postmortem_id}:{changed.id}", OWNER)
    bot.work()
    react(bot, ts, user=OTHER)
    assert [item.text for item in items(bot)] == ["pay-3 was restarted"]
    edit(bot, ts, "restarting pay again")
    assert [item.text for item in items(bot)] == ["pay-3 was restarted"], "the words are a person's still"
    react(bot, ts, user=OTHER, on=False)
    assert len([post for post in bot.chat.told(OWNER) if "Nobody marks" in post.text]) == 2, "asked anew"
    assert [item.text for item in items(bot)] == ["pay-3 was restarted"]


def test_a_mark_that_nobody_heard_of_keeps_the_line_until_it_goes_too(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    bot.chat.mark("C1", ts, "memo", OTHER, on=True)
    react(bot, ts, on=False)
    assert [item.text for item in items(bot)] == ["restarting pay"]
    assert answered(bot) == {ts}
    react(bot, ts, user=OTHER, on=False)
    assert (items(bot), answered(bot)) == ([], set())


def test_slack_is_asked_only_when_the_last_mark_that_was_heard_of_goes(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    react(bot, ts, user=OTHER)
    react(bot, ts, on=False)
    assert bot.chat.count("message") == 1
    react(bot, ts, user=OTHER, on=False)
    assert bot.chat.count("message") == 2
    edit(bot, ts, "restarting pay again")
    assert bot.chat.count("message") == 2


def test_a_todo_that_somebody_else_marked_unheard_stays_on_the_list(bot: Bot) -> None:
    ts = bot.chat.say("C1", "add an alert", "U2")
    react(bot, ts, "clipboard")
    bot.chat.mark("C1", ts, "clipboard", OTHER, on=True)
    react(bot, ts, "clipboard", on=False)
    assert [each.ts for each in bot.look(lambda unit: unit.proposals.load(bot.record().id)).todos] == [ts]


def while_deaf(bot: Bot, ts: str, **values: Any) -> None:
    """Something happened to a message while nobody listened; then the bot is back, and reads the channel."""
    room = bot.chat.rooms["C1"]
    room.messages[ts] = replace(room.messages[ts], **values)
    bot.clock.advance(timedelta(minutes=10))
    bot.command("harvest all")
    bot.work()


def test_an_edit_that_was_missed_is_followed_after_the_next_reading(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    while_deaf(bot, ts, text="restarting checkout", edited_ts="1764100000.000000", reactions=("memo",))
    assert [item.text for item in items(bot)] == ["restarting checkout"]
    kept = capture(bot, ts)
    assert kept is not None
    assert kept.heard.before == "restarting pay"


def test_a_reaction_that_was_taken_back_unheard_is_found_by_the_next_reading(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    while_deaf(bot, ts, reactions=("tada",))
    assert items(bot) == []
    while_deaf(bot, ts, reactions=("memo",))
    assert [item.text for item in items(bot)] == ["restarting pay"]


def test_what_was_heard_while_the_channel_was_read_is_newer_than_the_page(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    bot.send(payloads.reaction(ts, "memo", RESPONDER, at=bot.clock.now().timestamp()))
    bot.work(timedelta(0))
    bot.command("harvest all")
    bot.work()
    assert [item.text for item in items(bot)] == ["restarting pay"]


def test_an_hour_of_marks_writes_the_document_a_few_times_and_posts_nothing(bot: Bot) -> None:
    before = len(bot.chat.posts)
    for step in range(12):
        bot.later(timedelta(minutes=5))
        react(bot, bot.chat.say("C1", f"step {step}", "U2"))
    bot.later(timedelta(minutes=11))
    assert len(bot.chat.posts) == before
    assert 1 <= bot.chat.count("share") <= 6, "each version is a file in the card's thread"
    written = list(bot.chat.visible_files().values())[-1].content.decode()
    assert all(f"step {step}" in written for step in range(12))


@pytest.mark.parametrize("how", ["by a reaction", "from the menu"])
def test_the_document_says_that_the_message_of_a_line_was_edited_and_deleted(bot: Bot, how: str) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    if how == "by a reaction":
        react(bot, ts)
    else:
        bot.choose(ids.ADD_TO_TIMELINE, payloads.written(ts, "restarting pay", "U2"), OTHER)
        bot.submit(bot.screens.form(), OTHER)
    bot.later(timedelta(minutes=11))
    edit(bot, ts, "restarting checkout")
    bot.later(timedelta(minutes=11))
    assert "edited in Slack" in list(bot.chat.visible_files().values())[-1].content.decode()
    delete(bot, ts, at=1_764_200_000)
    bot.later(timedelta(minutes=11))
    assert "deleted in Slack" in list(bot.chat.visible_files().values())[-1].content.decode()


def test_a_line_of_an_earlier_incident_of_the_channel_is_still_followed(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    first = bot.record()
    bot.clock.advance(timedelta(hours=2))
    bot.command("start new")
    bot.work()
    assert bot.record().id != first.id
    edit(bot, ts, "restarting checkout")
    of_first = bot.look(lambda unit: unit.items.timeline(first.id))
    assert [(item.text, item.removed) for item in of_first] == [("restarting checkout", False)]
    react(bot, ts, on=False)
    assert [item.removed for item in bot.look(lambda unit: unit.items.timeline(first.id))] == [True]
    react(bot, ts, user=OTHER)
    assert items(bot) == [], "the other incident has nothing of it"
    new = bot.chat.say("C1", "something else is down", "U2")
    react(bot, new)
    assert [item.text for item in items(bot)] == ["something else is down"]
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        second = unit.records.get(bot.record().id, lock=True)
        assert second
        unit.records.save(second.changed(status=Status.CLOSED))
    edit(bot, ts, "restarting both", at=1_764_200_000)
    assert [item.text for item in bot.look(lambda unit: unit.items.timeline(first.id))] == ["restarting both"]


def test_a_mark_on_a_message_of_the_channel_that_nobody_heard_of_is_proposed_by_the_reading(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2", reactions=("memo",))
    bot.command("harvest", OWNER)
    bot.work()
    record = bot.record()
    assert [at for at, _ in bot.look(lambda unit: unit.items.waiting(record.id, "timeline"))] == [ts]
    assert items(bot) == []


def test_a_message_that_was_deleted_unheard_keeps_its_line(bot: Bot) -> None:
    ts = bot.chat.say("C1", "restarting pay", "U2")
    react(bot, ts)
    del bot.chat.rooms["C1"].messages[ts]
    bot.command("harvest all", OWNER)
    bot.work()
    assert [item.text for item in items(bot)] == ["restarting pay"]
