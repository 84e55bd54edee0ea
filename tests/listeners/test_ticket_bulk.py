"""All tickets at once, through the door and before a Jira: what Jira wants is asked once in a form, the modal shows how far each ticket
is, who closed it is told once, and however it is clicked each ticket is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.outgoing import Lane
from bot.domain.postmortem import Times
from bot.domain.tickets import KeptTicket, TicketState
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from tests.fakes.bot import PATIENCE, Bot
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, LocalJira, a_field
from tests.jobs.test_tickets import begun

OWNER, IC, OTHER = "U2", "U1", "U5"
TEAMS = [{"id": "7", "value": "Blue"}, {"id": "8", "value": "Red"}]
ALL = (
    a_field("customfield_1", "Team", "option", required=True, allowedValues=TEAMS),
    a_field("customfield_2", "Teams", "array", items="option", required=True, allowedValues=TEAMS),
    a_field("customfield_3", "Cost", "number", required=True),
    a_field("customfield_4", "Why", "string", required=True),
    a_field("customfield_5", "Tags", "array", items="string", required=True),
    a_field("customfield_6", "From", "date", required=True),
)
FILLED = {
    "want:0:choice:customfield_1": "8",
    "want:0:choices:customfield_2": ["7", "8"],
    "want:0:number:customfield_3": "2.5",
    "want:0:text:customfield_4": "so",
    "want:0:words:customfield_5": "a, b",
    "want:0:date:customfield_6": "2026-12-01",
}


@pytest.fixture
def jira() -> Iterator[LocalJira]:
    with local_jira.running(LocalJira()) as jira:
        yield jira


@pytest.fixture
def bot(engine: Engine, jira: LocalJira) -> Bot:
    """Three action items that are to become tickets."""
    access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=True)
    bot = begun(engine, JiraTracker(JiraClient(access, timeout=(1, 1))))
    for number in (1, 2):
        add(bot, number)
    return bot


def add(bot: Bot, number: int) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.items.put_action(
            ActionItem(
                f"{number:032}", bot.record().id, f"Fall back {number}", Decision.TICKET, OWNER, bot.clock.now(),
                kind=ActionKind.PREVENT, priority=Priority.P1,
            )
        )  # fmt: skip


def press(bot: Bot, user: str = OWNER, action: str = ids.TICKETS_CREATE, which: str = "") -> str:
    """The button in the open list; the modal that it turns into stays open. Returns the modal's name."""
    bot.command("actions", user)
    value = bot.record().id + (f":{which}" if which else "")
    return again(bot, bot.screens.form(), action, value, user)


def again(bot: Bot, view: Mapping[str, Any], action: str, value: str, user: str = OWNER) -> str:
    """A button of an open modal."""
    assert bot.press_in(view, action, value, user, view_id=f"V{user}{len(bot.screens.shown)}").status == 200
    shown = bot.screens.redrawn[-1]
    name = str(shown.view["external_id"])
    assert shown.hash == "h1"
    bot.chat.modals[name] = dict(shown.view)
    return name


def modal(bot: Bot) -> dict[str, Any]:
    return list(bot.chat.modals.values())[-1]


def tickets(bot: Bot) -> list[KeptTicket]:
    return list(bot.look(lambda unit: unit.tickets.of_record("pm1")))


def told(bot: Bot, user: str = OWNER) -> list[str]:
    """The messages about what came of tickets."""
    return [f"{post.text} {post.drawing.blocks}" for post in bot.chat.told(user) if "tickets_s" in post.mark]


def button(view: Mapping[str, Any], label: str) -> dict[str, Any]:
    found = [each for block in view["blocks"] for each in block.get("elements", []) if _label(each) == label]
    assert found, f"no button {label} in {view['blocks']}"
    return dict(found[0])


def _label(element: Mapping[str, Any]) -> str:
    said = element.get("text")
    return str(said.get("text")) if isinstance(said, Mapping) else ""


def test_nothing_is_asked_of_jira_before_the_answer_and_the_modal_says_that_it_is_asked(
    bot: Bot, jira: LocalJira
) -> None:
    press(bot)
    assert jira.heard == []
    assert "Asking Jira what it wants" in str(modal(bot))


def test_where_nothing_is_wanted_the_modal_shows_each_ticket_until_all_are_made(bot: Bot, jira: LocalJira) -> None:
    press(bot)
    bot.work()
    assert "*3 of 3 tickets made*" in str(modal(bot))
    assert all(key in str(modal(bot)) for key in jira.issues)
    assert jira.posts == 3
    assert told(bot) == [], "who sees it needs no message"


def test_progress_is_shown_while_some_wait(bot: Bot, jira: LocalJira) -> None:
    jira.fail("create", local_jira.WAIT)
    press(bot)
    shown: list[str] = []
    while not all(each.settled for each in tickets(bot)) or len(tickets(bot)) < 3:
        bot.later(timedelta(seconds=1))
        shown.append(str(modal(bot)))
    bot.work()
    assert "*3 of 3 tickets made*" in str(modal(bot))
    assert (jira.posts, len(jira.issues)) == (4, 3)


def test_who_closed_it_is_told_once_when_all_are_settled(bot: Bot, jira: LocalJira) -> None:
    jira.fail("create", local_jira.FORBIDDEN)
    bot.chat.modals.pop(press(bot))
    bot.work()
    (said,) = told(bot)
    assert "*PM-1* Pool: 2 of 3 tickets made, 1 refused." in said
    assert "permission in this project" in said
    assert "Try the failed one again" in said
    bot.later(timedelta(hours=2))
    assert len(told(bot)) == 1


def test_a_retry_asks_for_those_that_failed_and_no_other(bot: Bot, jira: LocalJira) -> None:
    jira.fail("create", local_jira.FORBIDDEN, local_jira.FORBIDDEN)
    press(bot)
    bot.work()
    assert "*1 of 3 tickets made, 2 refused*" in str(modal(bot))
    add(bot, 3)
    retry = button(modal(bot), "Try the 2 failed again")
    again(bot, modal(bot), retry["action_id"], retry["value"])
    bot.work()
    assert "*2 of 2 tickets made*" in str(modal(bot))
    assert (len(jira.issues), jira.posts, len(tickets(bot))) == (3, 5, 3)


def test_all_that_jira_wants_is_asked_once_for_all_of_them(bot: Bot, jira: LocalJira) -> None:
    jira.fields |= {each["fieldId"]: each for each in ALL}
    press(bot)
    bot.work()
    assert (jira.posts, tickets(bot)) == (0, [])
    form = modal(bot)
    labels = [block["label"]["text"] for block in form["blocks"] if block["type"] == "input"]
    assert labels == ["Team", "Teams", "Cost", "Why", "Tags", "From"]
    assert not any(block["optional"] for block in form["blocks"] if block["type"] == "input")
    reply = bot.submit(form, OWNER, **FILLED)
    assert reply.json["response_action"] == "update", reply
    assert (reply.json["view"]["external_id"], jira.posts) == (form["external_id"], 0)
    bot.work()
    assert "*3 of 3 tickets made*" in str(modal(bot))
    for issue in jira.issues.values():
        assert {name: value for name, value in issue.fields.items() if name.startswith("customfield")} == {
            "customfield_1": {"id": "8"}, "customfield_2": [{"id": "7"}, {"id": "8"}], "customfield_3": 2.5,
            "customfield_4": "so", "customfield_5": ["a", "b"], "customfield_6": "2026-12-01",
        }  # fmt: skip


def test_what_was_filled_in_is_there_for_the_next_ticket(bot: Bot, jira: LocalJira) -> None:
    jira.fields |= {each["fieldId"]: each for each in ALL}
    press(bot)
    bot.work()
    bot.submit(modal(bot), OWNER, **FILLED)
    bot.work()
    add(bot, 3)
    press(bot)
    bot.work()
    assert bot.submit(modal(bot), OWNER, "V2").json["response_action"] == "update"
    bot.work()
    first, *_, last = jira.issues.values()
    assert first.fields["customfield_2"] == last.fields["customfield_2"]
    assert len(jira.issues) == 4


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("want:0:number:customfield_3", "much", "Write a number such as 3 or 2.5."),
        ("want:0:number:customfield_3", "1,000", "Write a number such as 3 or 2.5."),
        ("want:0:number:customfield_3", "nan", "Write a number such as 3 or 2.5."),
        ("want:0:text:customfield_4", "  ", "Jira wants this: fill it in."),
        ("want:0:text:customfield_4", "x" * 256, "Jira takes 255 characters here: shorten it."),
        ("want:0:words:customfield_5", " , ", "Jira wants this: fill it in."),
        ("want:0:date:customfield_6", None, "Jira wants this: fill it in."),
        ("want:0:choices:customfield_2", [], "Jira wants this: fill it in."),
    ],
)
def test_what_jira_would_refuse_is_said_at_its_field_and_nothing_is_asked_for(
    bot: Bot, jira: LocalJira, field: str, typed: Any, sentence: str
) -> None:
    jira.fields |= {each["fieldId"]: each for each in ALL}
    press(bot)
    bot.work()
    assert bot.submit(modal(bot), OWNER, **{**FILLED, field: typed}).errors == {field: sentence}
    assert tickets(bot) == []


def test_a_field_that_cannot_be_asked_for_is_named_with_what_to_do(bot: Bot, jira: LocalJira) -> None:
    jira.fields["customfield_9"] = a_field("customfield_9", "Approver", "user", required=True)
    press(bot)
    bot.work()
    assert "submit" not in modal(bot)
    assert "Jira wants Approver, which cannot be asked for here. Give it a default value" in str(modal(bot))
    assert (jira.posts, tickets(bot)) == (0, [])


def test_more_than_a_form_holds_is_said_plainly(bot: Bot, jira: LocalJira) -> None:
    jira.fields |= {
        f"customfield_{n}": a_field(f"customfield_{n}", f"F{n}", "string", required=True) for n in range(120)
    }
    press(bot)
    bot.work()
    assert "more here than one form can hold" in str(modal(bot))


def test_a_list_of_hundreds_is_offered_whole(bot: Bot, jira: LocalJira) -> None:
    many = [{"id": str(n), "value": f"Component {n}"} for n in range(250)]
    jira.fields["customfield_1"] = a_field("customfield_1", "Component", "option", required=True, allowedValues=many)
    press(bot)
    bot.work()
    assert bot.submit(modal(bot), OWNER, **{"want:0:choice:customfield_1": "249"}).json["response_action"] == "update"
    bot.work()
    assert {issue.fields["customfield_1"]["id"] for issue in jira.issues.values()} == {"249"}


def test_with_jira_down_the_reason_is_said_and_the_action_items_stay(bot: Bot, jira: LocalJira) -> None:
    jira.fail("types", local_jira.BROKEN)
    press(bot)
    bot.work()
    assert "Jira is in trouble itself." in str(modal(bot))
    assert tickets(bot) == []
    retry = button(modal(bot), "Try again")
    again(bot, modal(bot), retry["action_id"], retry["value"])
    bot.work()
    assert len(jira.issues) == 3


def test_who_closed_it_while_jira_was_asked_is_told_once_and_goes_on_from_there(bot: Bot, jira: LocalJira) -> None:
    jira.fields["customfield_4"] = ALL[3]
    bot.chat.modals.pop(press(bot))
    bot.work()
    (said,) = told(bot)
    assert "no ticket was asked for. Jira wants Why for a Task in OPS." in said
    assert jira.posts == 0
    bot.press(ids.TICKETS_CREATE, "pm1:", OWNER)
    opened = bot.screens.form()
    bot.chat.modals[opened["external_id"]] = opened
    bot.work()
    bot.submit(modal(bot), OWNER, **{"want:0:text:customfield_4": "so"})
    bot.work()
    assert (len(jira.issues), len(told(bot))) == (3, 1)


def test_a_field_that_jira_wants_only_when_it_comes_to_it_is_asked_for_by_a_button(bot: Bot, jira: LocalJira) -> None:
    """The form does not call it required; a rule of the workflow does."""
    jira.fields["customfield_4"] = a_field("customfield_4", "Why", "string")
    said = local_jira.Fault(400, body={"errorMessages": [], "errors": {"customfield_4": "Why is required."}})
    jira.fail("create", said, said, said)
    press(bot)
    bot.work()
    assert "Jira wants Why for a Task in OPS." in str(modal(bot))
    assert [(each.state, each.wants) for each in tickets(bot)] == [(TicketState.REFUSED, ("customfield_4",))] * 3
    bot.command("actions", OWNER)
    fill = button(bot.screens.form(), "Fill in what Jira wants")
    again(bot, bot.screens.form(), fill["action_id"], fill["value"])
    bot.work()
    bot.submit(modal(bot), OWNER, **{"want:0:text:customfield_4": "so"})
    bot.work()
    assert [issue.fields["customfield_4"] for issue in jira.issues.values()] == ["so"] * 3
    assert [each.wants for each in tickets(bot)] == [()] * 3


def test_a_form_that_changed_meanwhile_is_asked_for_by_the_same_button(bot: Bot, jira: LocalJira) -> None:
    press(bot)
    bot.step(Lane.HARVEST)
    jira.fields["customfield_4"] = ALL[3]
    bot.work()
    fill = button(modal(bot), "Fill in what Jira wants")
    again(bot, modal(bot), fill["action_id"], fill["value"])
    bot.work()
    bot.submit(modal(bot), OWNER, **{"want:0:text:customfield_4": "so"})
    bot.work()
    assert (len(jira.issues), [each.state for each in tickets(bot)]) == (3, [TicketState.MADE] * 3)


def test_clicked_twice_in_one_modal_it_is_asked_once(bot: Bot, jira: LocalJira) -> None:
    bot.command("actions", OWNER)
    view = bot.screens.form()
    for _ in range(2):
        assert bot.press_in(view, ids.TICKETS_CREATE, "pm1", OWNER).status == 200
    names = {str(shown.view["external_id"]) for shown in bot.screens.redrawn}
    assert len(names) == 1
    bot.work()
    assert (jira.posts, len(bot.rows("ticket_form")), len(told(bot))) == (3, 1, 1)


def test_clicked_by_two_people_each_ticket_is_one_and_both_see_it(bot: Bot, jira: LocalJira) -> None:
    one, other = press(bot, OWNER), press(bot, IC)
    bot.work()
    assert (jira.posts, len(jira.issues)) == (3, 3)
    assert "3 of 3 tickets made" in str(bot.chat.modals[one])
    assert "3 of 3 tickets made" in str(bot.chat.modals[other])
    assert (told(bot, OWNER), told(bot, IC)) == ([], [])


def test_two_forms_that_are_sent_make_each_ticket_once(bot: Bot, jira: LocalJira) -> None:
    jira.fields["customfield_4"] = ALL[3]
    names = [press(bot, OWNER), press(bot, IC)]
    bot.work()
    for name, user in zip(names, (OWNER, IC), strict=True):
        bot.submit(bot.chat.modals[name], user, f"V{user}", **{"want:0:text:customfield_4": user})
    bot.work()
    assert [issue.fields["customfield_4"] for issue in jira.issues.values()] == [OWNER] * 3


def test_one_that_nobody_knows_of_is_shown_as_looked_for_and_then_with_its_question(bot: Bot, jira: LocalJira) -> None:
    jira.behind = 10_000
    jira.fail("create", local_jira.LOST)
    press(bot)
    bot.work()
    assert "*2 of 3 tickets made, 1 looked for*" in str(modal(bot))
    jira.fail("create", local_jira.LOST)
    bot.later(timedelta(minutes=7))
    for _ in range(40):
        bot.later(timedelta(seconds=30))
    assert "*2 of 3 tickets made, 1 with a question*" in str(modal(bot))
    assert "Was a ticket made in OPS?" in str(modal(bot))


def test_the_list_says_why_one_waits_and_that_it_is_tried_again(bot: Bot, jira: LocalJira) -> None:
    jira.fail("create", *[local_jira.WAIT] * 3)
    press(bot)
    bot.work(timedelta(seconds=1))
    bot.command("actions", OWNER)
    assert "Jira asked us to wait 7 s. It is tried again by itself." in str(bot.screens.form())


def test_with_jira_down_after_it_was_asked_one_that_waits_is_tried_again_by_a_button(bot: Bot, jira: LocalJira) -> None:
    shown = stuck(bot, jira)
    assert "The ticket is not made yet. _Jira is in trouble itself. It is tried again by itself._" in str(shown)
    assert jira.posts == 0
    jira.faults.clear()
    retry = button(shown, "Try again")
    assert bot.press_in(shown, retry["action_id"], retry["value"], OWNER).status == 200
    assert "Jira is asked again, for all tickets that wait." in str(bot.screens.redrawn[-1].view)
    bot.work(timedelta(seconds=1))
    assert (jira.posts, [each.state for each in tickets(bot)]) == (3, [TicketState.MADE] * 3)


def test_one_that_waits_because_of_an_error_can_be_cancelled_and_asked_for_later(bot: Bot, jira: LocalJira) -> None:
    shown = stuck(bot, jira)
    cancel = button(shown, "Cancel")
    bot.press_in(shown, cancel["action_id"], cancel["value"], OWNER)
    assert "No ticket is asked for any more" in str(bot.screens.redrawn[-1].view)
    jira.faults.clear()
    bot.later(timedelta(hours=2))
    gone = cancel["value"].rpartition(":")[2]
    states = {each.action_id: each.state for each in tickets(bot)}
    assert states.pop(gone) is TicketState.NONE
    assert (list(states.values()), len(jira.issues)) == ([TicketState.MADE] * 2, 2)
    assert "2 of 2 tickets made" in str(modal(bot))
    press(bot)
    bot.work()
    assert (len(jira.issues), jira.posts) == (3, 3)


def test_one_that_may_have_been_made_is_not_cancelled(bot: Bot, jira: LocalJira) -> None:
    jira.behind = 10_000
    jira.fail("create", local_jira.LOST)
    press(bot)
    bot.work(timedelta(seconds=1))
    jira.fail("search", *[local_jira.BROKEN] * 20)
    bot.later(timedelta(seconds=5))
    (sending,) = (each for each in tickets(bot) if each.state is TicketState.SENDING)
    bot.command("actions", OWNER)
    shown = bot.screens.form()
    assert button(shown, "Try again")["value"] == f"pm1:{sending.action_id}"
    assert ids.TICKET_CANCEL not in str(shown)
    bot.press(ids.TICKET_CANCEL, f"pm1:{sending.action_id}", OWNER)
    assert "a request has left for Jira" in bot.screens.sentence()
    assert [each.state for each in tickets(bot)].count(TicketState.SENDING) == 1


def stuck(bot: Bot, jira: LocalJira) -> dict[str, Any]:
    """Jira told its form and then went down; the list afterwards."""
    jira.fail("search", *[local_jira.BROKEN] * 200)
    press(bot)
    bot.work(timedelta(seconds=1))
    assert [each.state for each in tickets(bot)] == [TicketState.WAITING] * 3
    bot.command("actions", OWNER)
    return bot.screens.form()


def test_a_form_that_was_mended_in_jira_is_read_anew_by_the_next_press(bot: Bot, jira: LocalJira) -> None:
    jira.fields["customfield_9"] = a_field("customfield_9", "Approver", "user", required=True)
    press(bot)
    bot.work()
    assert "which cannot be asked for here" in str(modal(bot))
    jira.fields["customfield_9"]["required"] = False
    press(bot)
    bot.work()
    assert "*3 of 3 tickets made*" in str(modal(bot))


def test_somebody_who_does_not_write_makes_none(bot: Bot, jira: LocalJira) -> None:
    bot.press(ids.TICKETS_FILL, "pm1:wanting", OTHER)
    bot.work()
    assert (jira.posts, bot.rows("ticket_form")) == (0, [])


def test_what_is_made_already_is_said(bot: Bot, jira: LocalJira) -> None:
    press(bot)
    bot.work()
    bot.press(ids.TICKETS_CREATE, "pm1", OWNER)
    assert "Every ticket is made, or is being made." in bot.screens.sentence()


def test_several_refusals_are_told_in_one_message_and_in_no_other(bot: Bot, jira: LocalJira) -> None:
    jira.fail("create", local_jira.FORBIDDEN, local_jira.UNAUTHORIZED)
    bot.chat.modals.pop(press(bot))
    bot.work()
    assert len(told(bot)) == 1
    assert [post.mark for user in (OWNER, IC) for post in bot.chat.told(user) if ":trouble:" in post.mark] == []
    assert "Not everything worked" in str(bot.card.drawing.blocks)


@pytest.mark.parametrize(
    ("severity", "times", "said"),
    [
        (None, Times(), "Say how severe the incident is and when it began first, with *Fill in the details*"),
        (None, None, "Say how severe the incident is first, with *Fill in the details*"),
        (2, Times(), "Say when the incident began first, with *Fill in the details*"),
    ],
)
def test_what_is_missing_of_the_incident_is_said_at_once_with_the_button_that_leads_there(
    bot: Bot, jira: LocalJira, severity: int | None, times: Times | None, said: str
) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        unit.records.save(record.changed(severity=severity, times=times or record.times))
    bot.press(ids.TICKETS_CREATE, "pm1", OWNER)
    shown = bot.screens.said[-1].drawing
    assert said in str(shown.blocks)
    assert ids.DETAILS_OPEN in str(shown.blocks)
    assert jira.heard == []


def test_a_project_that_jira_does_not_know_is_named_with_where_to_correct_it(bot: Bot, jira: LocalJira) -> None:
    jira.projects = ("WEB",)
    press(bot)
    bot.work()
    assert "Jira knows no project OPS, or the bot's account may not see it." in str(modal(bot))
    assert "/postmortem service" in str(modal(bot))


def test_the_list_shows_the_address_of_a_ticket_once(bot: Bot, jira: LocalJira) -> None:
    press(bot)
    bot.work()
    bot.command("actions", OWNER)
    assert str(bot.screens.form()["blocks"]).count(f"{jira.url}/browse/OPS-1|") == 1


def restricted(bot: Bot) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.records.save(bot.record().changed(restricted=True))


@pytest.mark.parametrize("secret", [False, True])
def test_of_a_restricted_one_each_button_asks_before_its_words_go_to_jira(
    bot: Bot, jira: LocalJira, secret: bool
) -> None:
    if secret:
        restricted(bot)
    bot.command("actions", OWNER)
    asking = [button(bot.screens.form(), "Create 3 tickets")]
    jira.fail("types", local_jira.BROKEN)
    press(bot)
    bot.work()
    asking.append(button(modal(bot), "Try again"))
    jira.fail("create", local_jira.FORBIDDEN)
    press(bot)
    bot.work()
    asking.append(button(modal(bot), "Try the failed one again"))
    said = ["everybody reads them who may see the project" in str(each.get("confirm")) for each in asking]
    assert said == [secret] * 3
