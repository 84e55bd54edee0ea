"""A ticket that exists is linked to an action item, by its key or its address, and unlinked again. Jira is asked after the answer; what
it does not have, or does not tell, changes nothing and is said in one sentence."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.policy import Policy
from bot.domain.tickets import KeptTicket, TicketRules, TicketState
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from tests.fakes.bot import PATIENCE, Bot, Reply
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, Fault, Issue, LocalJira
from tests.jobs.test_tickets import begun
from tests.listeners.test_todos import fields, found, opened, propose

OWNER, OTHER = "U2", "U5"
FIRST, SECOND = f"{1:032}", f"{2:032}"
TAGS = ["sev2", "sev2_20261123"]
FORM = {"kind": "prevent"}
VIEWS = itertools.count(100)


@pytest.fixture
def jira() -> Iterator[LocalJira]:
    with local_jira.running(LocalJira()) as jira:
        for key in ("OPS-7", "OPS-8"):
            issue(jira, key, ["theirs"])
        yield jira


@pytest.fixture
def bot(engine: Engine, jira: LocalJira) -> Bot:
    access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=True)
    bot = begun(
        engine, JiraTracker(JiraClient(access, timeout=(1, 1))), Policy(tickets=TicketRules("OPS", url=jira.url))
    )
    with bot.store.transaction(PATIENCE) as unit:
        for number in (1, 2):
            unit.items.put_action(item(bot, f"{number:032}", f"Fall back {number}"))
    return bot


def issue(jira: LocalJira, key: str, labels: list[str]) -> Issue:
    jira.issues[key] = Issue(key, key, {"labels": labels})
    return jira.issues[key]


def item(bot: Bot, action_id: str, words: str, record_id: str = "pm1") -> ActionItem:
    return ActionItem(
        action_id, record_id, words, Decision.TICKET, OWNER, bot.clock.now(), kind=ActionKind.PREVENT, priority=Priority.P1
    )  # fmt: skip


def action(bot: Bot, action_id: str = FIRST) -> ActionItem:
    return next(each for each in bot.look(lambda unit: unit.items.actions("pm1")) if each.id == action_id)


def kept(bot: Bot, action_id: str = FIRST) -> KeptTicket | None:
    found: KeptTicket | None = bot.look(lambda unit: unit.tickets.get(action_id))
    return found


def named(bot: Bot, typed: str, action_id: str = FIRST) -> Reply:
    """Somebody presses the button beside the action item, types and sends."""
    bot.press(ids.TICKET_LINK, f"pm1:{action_id}", OWNER)
    return bot.submit(bot.screens.form(), OWNER, f"V{next(VIEWS)}", ticket=typed)


def link(bot: Bot, typed: str = "OPS-7", action_id: str = FIRST) -> None:
    assert named(bot, typed, action_id).errors == {}
    bot.work()


def unlink(bot: Bot, action_id: str = FIRST) -> None:
    bot.press(ids.TICKET_UNLINK, f"pm1:{action_id}", OWNER)
    bot.work()


def listed(bot: Bot) -> str:
    bot.command("actions", OWNER)
    return str(bot.screens.form())


def told(bot: Bot, user: str = OWNER) -> list[str]:
    return [post.text for post in bot.chat.posts if post.channel == f"D{user}"]


def labels(jira: LocalJira, key: str = "OPS-7") -> list[str]:
    return list(jira.issues[key].fields["labels"])


@pytest.mark.parametrize(
    "typed",
    ["OPS-7", " ops-7 ", "{}/browse/OPS-7", "{}/projects/OPS/issues/OPS-7/", "{}/x/boards/1?selectedIssue=OPS-7"],
)
def test_a_key_or_an_address_is_looked_at_after_the_answer_and_linked(bot: Bot, jira: LocalJira, typed: str) -> None:
    assert ids.TICKET_LINK in listed(bot)
    reply = named(bot, typed.format(jira.url))
    assert (reply.errors, jira.seen) == ({}, []), "Jira is asked later"
    assert "OPS-7 is looked at in Jira" in str(reply.json)
    assert "OPS-7 is looked at in Jira, to be linked." in listed(bot)
    bot.work()
    assert labels(jira) == ["theirs", *TAGS, f"pm-{FIRST}"]
    assert list(jira.issues["OPS-7"].links) == ["postmortem-pm1"]
    assert action(bot).ticket == f"{jira.url}/browse/OPS-7"
    assert jira.posts == 0
    shown = listed(bot)
    assert f"<{jira.url}/browse/OPS-7|OPS-7> (To Do)" in shown
    assert "Unlink OPS-7" in shown
    assert [each.new for each in bot.history() if each.field == "ticket"] == ["to be linked: OPS-7", "OPS-7"]


MISTYPED = [
    pytest.param("", "Write the ticket's key, such as OPS-123, or its address in Jira.", id="nothing"),
    pytest.param("the pool ticket", "Write the ticket's key", id="words"),
    pytest.param("OPS-0", "Write the ticket's key", id="no number"),
    pytest.param("https://jira.elsewhere.example/browse/OPS-7", "That address is not in our Jira (http", id="another host"),
    pytest.param("https://{host}@jira.elsewhere.example/browse/OPS-7", "That address is not in our Jira", id="host as a name"),
    pytest.param("http://x@{host}/browse/OPS-7", "That address is not in our Jira", id="somebody else's name"),
    pytest.param("https://[", "Write the ticket's key", id="no address at all"),
    pytest.param("{url}/projects/OPS", "That address names no ticket", id="no ticket"),
    pytest.param("javascript://{host}/browse/OPS-7", "That address is not in our Jira", id="another scheme"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), MISTYPED)
def test_what_is_neither_is_refused_at_the_field_and_nothing_is_kept(
    bot: Bot, jira: LocalJira, typed: str, said: str
) -> None:
    before = bot.contents()
    reply = named(bot, typed.format(url=jira.url, host=jira.url.removeprefix("http://")))
    assert reply.errors["ticket"].startswith(said)
    bot.work()
    assert (bot.contents()["ticket"], bot.contents()["action_item"]) == (before["ticket"], before["action_item"])
    assert jira.seen == []


REFUSED = [
    pytest.param("OPS-404", [], "Jira has no such ticket, or the bot's account may not see it.", id="not found"),
    pytest.param(
        "OPS-7", [local_jira.UNAUTHORIZED], "an administrator renews JIRA_TOKEN. Nothing was changed", id="401"
    ),
    pytest.param("OPS-7", [local_jira.CUT] * 3, "Nothing was changed: link it again later.", id="down"),
    pytest.param("OPS-7", [local_jira.BROKEN] * 3, "Jira is in trouble itself. Nothing was changed", id="500"),
]


@pytest.mark.parametrize(("key", "faults", "said"), REFUSED)
def test_what_jira_does_not_tell_changes_nothing_and_is_said_to_whoever_asked(
    bot: Bot, jira: LocalJira, key: str, faults: list[Fault], said: str
) -> None:
    jira.fail("read", *faults)
    link(bot, key)
    (dm,) = [text for text in told(bot) if "was not linked" in text]
    assert f"{key} was not linked to “Fall back 1” of *PM-1*" in dm
    assert said in dm
    standing = kept(bot)
    assert standing
    assert (standing.state, standing.linking, standing.key, action(bot).ticket) == (TicketState.NONE, "", "", "")
    assert set(jira.seen) == {"read"}, "nothing was written"
    shown = listed(bot)
    assert f"{key} was not linked" in shown
    assert "Create 3 tickets" in shown
    link(bot)
    assert labels(jira) == ["theirs", *TAGS, f"pm-{FIRST}"]


def test_asked_to_wait_it_waits_and_is_linked(bot: Bot, jira: LocalJira) -> None:
    jira.fail("read", local_jira.WAIT)
    link(bot)
    assert action(bot).ticket.endswith("OPS-7")


def test_labels_that_cannot_be_put_on_are_said_and_put_on_by_a_button(bot: Bot, jira: LocalJira) -> None:
    jira.fail("edit", local_jira.FORBIDDEN)
    link(bot)
    shown = listed(bot)
    assert "permission in this project" in shown
    assert "Label 1 ticket" in shown
    assert "those are `sev2 sev2_20261123` now" in shown
    bot.press(ids.TICKETS_RELABEL, "pm1", OWNER)
    bot.work()
    assert labels(jira) == ["theirs", *TAGS, f"pm-{FIRST}"]
    assert ids.TICKETS_RELABEL not in listed(bot)


def hold(bot: Bot) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.tickets.put(KeptTicket(FIRST, "pm1", f"pm-{FIRST}", "OPS", "Task", OWNER, bot.clock.now()).held())


def test_one_that_is_held_is_linked_and_while_it_is_not_its_question_stays(bot: Bot, jira: LocalJira) -> None:
    hold(bot)
    assert "There is one: link it" in listed(bot)
    bot.press(ids.TICKET_LINK, f"pm1:{FIRST}", OWNER)
    assert "Was a ticket made in OPS?" in str(bot.screens.form())
    link(bot, "OPS-404")
    standing = kept(bot)
    assert standing
    assert standing.state is TicketState.HELD
    assert standing.trouble.startswith("OPS-404 was not linked: ")
    assert "Was a ticket made in OPS?" in standing.trouble
    bot.press(ids.TICKET_LINK, f"pm1:{FIRST}", OWNER)
    bot.submit(bot.screens.form(), OWNER, "V9", ticket="OPS-7")
    bot.press(ids.TICKET_ANEW, f"pm1:{FIRST}", OWNER)
    assert "OPS-7 is being looked at" in bot.screens.sentence()
    bot.work()
    assert (action(bot).ticket, jira.posts) == (f"{jira.url}/browse/OPS-7", 0)


@pytest.mark.parametrize("state", [TicketState.WAITING, TicketState.SENDING])
def test_while_one_is_being_made_none_is_linked(bot: Bot, jira: LocalJira, state: TicketState) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.tickets.put(KeptTicket(FIRST, "pm1", f"pm-{FIRST}", "OPS", "Task", OWNER, bot.clock.now(), state))
    assert "I have asked Jira for a ticket" in named(bot, "OPS-7").errors["ticket"]


def test_a_ticket_of_another_action_item_is_refused_with_what_to_do(bot: Bot, jira: LocalJira) -> None:
    link(bot)
    assert named(bot, "OPS-7", SECOND).errors["ticket"] == (
        "OPS-7 is the ticket of another action item already: “Fall back 1”. Merge this one into that one, or unlink it there "
        "first."
    )
    assert kept(bot, SECOND) is None


def test_one_that_was_moved_to_the_ticket_of_another_action_item_is_not_linked_twice(bot: Bot, jira: LocalJira) -> None:
    link(bot)
    jira.issues["OLD-3"] = jira.issues["OPS-7"]
    link(bot, "OLD-3", SECOND)
    assert action(bot, SECOND).ticket == ""
    assert "OLD-3 was not linked: OPS-7 is the ticket of another action item already" in listed(bot)


def test_linked_to_two_post_mortems_it_has_the_labels_of_both_and_keeps_what_the_other_needs(
    bot: Bot, jira: LocalJira
) -> None:
    link(bot)
    theirs = f"{9:032}"
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        unit.records.add(replace(record, id="pm2", number=2, channel_id="C2"))
        unit.items.put_action(item(bot, theirs, "The same", "pm2"))
        unit.tickets.put(
            KeptTicket(
                theirs, "pm2", f"pm-{theirs}", "OPS", "Task", OWNER, bot.clock.now(), TicketState.MADE, key="OPS-7",
                tags=tuple(TAGS), linked_back=True,
            )
        )  # fmt: skip
    jira.issues["OPS-7"].fields["labels"].append(f"pm-{theirs}")
    bot.command("severity SEV-1", "U1")
    bot.press(ids.TICKETS_RELABEL, "pm1", OWNER)
    bot.work()
    assert set(labels(jira)) == {"theirs", *TAGS, "sev1", "sev1_20261123", f"pm-{FIRST}", f"pm-{theirs}"}
    unlink(bot)
    assert set(labels(jira)) == {"theirs", *TAGS, f"pm-{theirs}"}


def test_unlinked_it_loses_what_we_put_onto_it_and_can_be_linked_again(bot: Bot, jira: LocalJira) -> None:
    link(bot)
    unlink(bot)
    assert (labels(jira), jira.issues["OPS-7"].links, action(bot).ticket) == (["theirs"], {}, "")
    assert "Create 3 tickets" in listed(bot)
    bot.press(ids.TICKET_UNLINK, f"pm1:{FIRST}", OWNER)
    assert "has no ticket any more" in bot.screens.sentence()
    link(bot)
    assert labels(jira) == ["theirs", *TAGS, f"pm-{FIRST}"]
    bot.press(ids.TICKET_UNLINK, f"pm1:{FIRST}", OWNER)
    link(bot)
    assert labels(jira) == ["theirs", *TAGS, f"pm-{FIRST}"], "linked again before the labels were off"


def test_one_in_the_place_of_another_takes_the_labels_along(bot: Bot, jira: LocalJira) -> None:
    link(bot)
    link(bot, "OPS-8")
    assert (labels(jira), labels(jira, "OPS-8")) == (["theirs"], ["theirs", *TAGS, f"pm-{FIRST}"])
    assert action(bot).ticket.endswith("OPS-8")


def test_one_that_was_deleted_in_jira_is_named_and_can_be_unlinked(bot: Bot, jira: LocalJira) -> None:
    link(bot)
    del jira.issues["OPS-7"]
    bot.command("severity SEV-1", "U1")
    bot.press(ids.TICKETS_RELABEL, "pm1", OWNER)
    bot.work()
    said = "Jira has no ticket OPS-7 any more: unlink it, then link another one, or have one made."
    assert said in listed(bot)
    unlink(bot)
    assert (action(bot).ticket, [row["state"] for row in bot.rows("ticket_off")]) == ("", ["cancelled"])


def test_linked_before_the_severity_is_known_it_gets_its_labels_later(bot: Bot, jira: LocalJira) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        unit.records.save(record.changed(severity=None))
    link(bot)
    assert labels(jira) == ["theirs", f"pm-{FIRST}"]
    bot.command("severity SEV-2", "U1")
    bot.press(ids.TICKETS_RELABEL, "pm1", OWNER)
    bot.work()
    assert labels(jira) == ["theirs", f"pm-{FIRST}", *TAGS]


# The same where the action item is triaged.


def form_of(bot: Bot, action_id: str = FIRST) -> dict[str, Any]:
    bot.press(ids.ACTION_EDIT, f"pm1:{action_id}", OWNER)
    return bot.screens.form()


def test_the_form_of_an_action_item_links_what_is_typed_there(bot: Bot, jira: LocalJira) -> None:
    view = form_of(bot)
    assert "The key or address of a ticket that is there already" in str(view)
    bad = bot.submit(view, OWNER, said="https://elsewhere.example/browse/OPS-7", **FORM)
    assert "That address is not in our Jira" in bad.errors["said"]
    assert bot.submit(view, OWNER, "V2", said="ops-7", **FORM).errors == {}
    bot.work()
    assert (action(bot).ticket, labels(jira)) == (f"{jira.url}/browse/OPS-7", ["theirs", *TAGS, f"pm-{FIRST}"])
    bot.submit(form_of(bot), OWNER, "V3", text="Fall back by itself", **FORM)
    bot.work()
    assert action(bot).ticket == f"{jira.url}/browse/OPS-7", "what was not touched stays"
    bot.submit(form_of(bot), OWNER, "V4", said="", **FORM)
    bot.work()
    assert (action(bot).ticket, labels(jira)) == ("", ["theirs"])
    taken = bot.submit(form_of(bot, SECOND), OWNER, "V5", said="OPS-7", **FORM)
    assert taken.errors == {}


def test_the_form_refuses_what_is_another_ones_at_its_field(bot: Bot, jira: LocalJira) -> None:
    link(bot)
    reply = bot.submit(form_of(bot, SECOND), OWNER, "V2", said="OPS-7", **FORM)
    assert list(reply.errors) == ["said"]
    assert "the ticket of another action item already" in reply.errors["said"]


def test_decided_otherwise_and_back_it_has_its_ticket_again(bot: Bot, jira: LocalJira) -> None:
    link(bot)
    bot.submit(form_of(bot), OWNER, "V2", decision="done", said="")
    assert "Unlink OPS-7" in listed(bot)
    bot.submit(form_of(bot), OWNER, "V3", decision="ticket", said="", **FORM)
    bot.work()
    assert (action(bot).ticket, labels(jira)) == (f"{jira.url}/browse/OPS-7", ["theirs", *TAGS, f"pm-{FIRST}"])


def test_an_address_that_came_while_the_form_was_open_is_not_taken_out_by_it(bot: Bot, jira: LocalJira) -> None:
    view = form_of(bot)
    link(bot)
    reply = bot.submit(view, OWNER, "V7", text="Fall back by itself", **FORM)
    both = reply.json["view"]
    assert bot.submit(both, OWNER, "V7", hash="h2").errors == {}
    bot.work()
    assert (action(bot).ticket, action(bot).text) == (f"{jira.url}/browse/OPS-7", "Fall back by itself")


def test_each_todo_of_a_page_is_linked_or_refused_at_its_own_field(bot: Bot, jira: LocalJira) -> None:
    propose(bot, found(1), found(2))
    view = opened(bot)
    decisions, said, kinds = fields(view, "decision"), fields(view, "said"), fields(view, "kind")
    answers = dict.fromkeys(decisions, "ticket") | dict.fromkeys(kinds, "detect")
    reply = bot.submit(view, OWNER, **answers, **{said[0]: "OPS-7", said[1]: "ops-7"})
    assert list(reply.errors) == [said[1]], "one ticket for two"
    reply = bot.submit(view, OWNER, "V2", **answers, **{said[0]: "OPS-7", said[1]: "ops-8"})
    assert reply.errors == {}
    bot.work()
    assert all({*TAGS, "theirs"} <= set(labels(jira, key)) for key in ("OPS-7", "OPS-8"))


def test_without_a_tracker_the_address_of_any_ticket_is_noted_and_nothing_else_offered(engine: Engine) -> None:
    bot = Bot(engine)
    bot.assigned()
    record = bot.record().id
    bot.press(ids.ACTION_ADD, record, OWNER)
    bot.submit(bot.screens.form(), OWNER, text="Alert", kind="detect", said="https://tracker.example/1234")
    (made,) = bot.look(lambda unit: unit.items.actions(record))
    assert made.ticket == "https://tracker.example/1234"
    assert ids.TICKET_LINK not in listed(bot)
    bot.press(ids.TICKET_LINK, f"{record}:{made.id}", OWNER)
    reply = bot.submit(bot.screens.form(), OWNER, "V2", ticket="OPS-7")
    assert "No tracker is set up here" in reply.errors["ticket"]


@pytest.mark.parametrize("act", [ids.TICKET_LINK, ids.TICKET_UNLINK, ids.TICKETS_RELABEL])
def test_somebody_who_does_not_write_links_nothing(bot: Bot, jira: LocalJira, act: str) -> None:
    link(bot)
    before, asked = bot.contents()["ticket"], len(jira.seen)
    bot.press(act, "pm1" if act == ids.TICKETS_RELABEL else f"pm1:{FIRST}", OTHER)
    bot.work()
    assert (bot.contents()["ticket"], len(jira.seen)) == (before, asked)


def test_the_words_of_people_ping_nobody(bot: Bot, jira: LocalJira) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.items.put_action(replace(action(bot), text="<!channel> fall back"))
    link(bot, "OPS-404")
    (dm,) = [text for text in told(bot) if "was not linked" in text]
    assert "!channel&gt; fall back" in dm
    assert "<!channel>" not in dm


def test_one_that_waits_because_of_an_error_can_be_linked_to_a_ticket_that_exists(bot: Bot, jira: LocalJira) -> None:
    jira.fail("search", *[Fault(500)] * 50)
    bot.press(ids.TICKETS_CREATE, "pm1", OWNER)
    bot.work(timedelta(seconds=1))
    assert kept(bot).state is TicketState.WAITING  # type: ignore[union-attr]
    assert named(bot, "OPS-404").errors == {}
    bot.work(timedelta(seconds=1))
    assert "OPS-404 was not linked" in listed(bot)
    link(bot)
    assert action(bot).ticket == f"{jira.url}/browse/OPS-7"
    jira.faults.clear()
    bot.later(timedelta(hours=2))
    assert kept(bot).key == "OPS-7"  # type: ignore[union-attr]
    assert jira.posts == 2, "the others alone"


def test_after_a_ticket_that_is_gone_is_unlinked_nothing_is_said_of_it_any_more(bot: Bot, jira: LocalJira) -> None:
    link(bot)
    del jira.issues["OPS-7"]
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        unit.records.save(record.changed(severity=1))
    bot.press(ids.TICKETS_RELABEL, "pm1", OWNER)
    bot.work()
    assert "Not everything worked" in str(bot.card.drawing.blocks)
    unlink(bot)
    assert "Not everything worked" not in str(bot.card.drawing.blocks)
    assert bot.look(lambda unit: unit.outbox.dead("pm1")) == []
