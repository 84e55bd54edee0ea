"""One ticket for an action item, whatever is clicked twice, lost on the way, refused or killed; or one question to a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain import tickets
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.errors import Refused
from bot.domain.harvest.person import Person
from bot.domain.outgoing import Lane
from bot.domain.policy import Policy
from bot.domain.postmortem import OwnerState, Postmortem, Times
from bot.domain.tickets import FieldKind, FieldNeed, KeptTicket, Ticket, TicketForm, TicketRules, TicketState
from bot.ports.errors import IntegrationError
from bot.ports.tracker import Tracker
from bot.usecases import rows
from bot.usecases.ask_for_ticket import AskForTicket, Wish
from bot.usecases.link_ticket import LinkTicket
from bot.usecases.relabel_tickets import RelabelTickets
from tests.fakes import payloads
from tests.fakes import tracker as fake
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.tracker import FakeTracker

ITEM = "0123456789abcdef0123456789abcdef"
LABEL = f"pm-{ITEM}"
POLICY = Policy(tickets=TicketRules("OPS"))
LATE = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def tracker() -> FakeTracker:
    return FakeTracker()


@pytest.fixture
def bot(engine: Engine, tracker: FakeTracker) -> Bot:
    return begun(engine, tracker)


def begun(engine: Engine, tracker: Tracker, policy: Policy = POLICY) -> Bot:
    """With a tracker, a SEV-2 that began shortly before midnight, and one action item."""
    made = Bot(engine, policy=policy, tracker=tracker)
    times, now = Times(started_at=LATE, resolved_at=LATE + timedelta(hours=2)), made.clock.now()
    record = Postmortem(
        "pm1", payloads.TEAM, "C1", 1, now, "U1", severity=2, times=times, title="Pool", owner="U2",
        owner_state=OwnerState.ACCEPTED, owner_since=now,
    )  # fmt: skip
    with made.store.transaction(PATIENCE) as unit:
        unit.records.add(record)
        unit.items.put_action(ActionItem(ITEM, "pm1", "Alert when the {pool} is full", Decision.TICKET, "U2", now))
    return made


def ask(bot: Bot, wish: Wish | None = None) -> KeptTicket:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        return AskForTicket(POLICY)(unit, record, action(bot), wish or Wish("P1"), "U2", bot.clock.now())


def link(bot: Bot, typed: str) -> KeptTicket:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        return LinkTicket(POLICY)(unit, record, action(bot), typed, "U2", bot.clock.now())


def action(bot: Bot) -> ActionItem:
    found: ActionItem = bot.look(lambda unit: unit.items.actions(bot.record().id)[0])
    return found


def kept(bot: Bot) -> KeptTicket:
    found: KeptTicket = bot.look(lambda unit: unit.tickets.get(ITEM))
    return found


def minutes(bot: Bot, many: int) -> None:
    for _ in range(2 * many):
        later(bot, MINUTE / 2)


def later(bot: Bot, by: timedelta) -> None:
    """Time passes, for tickets alone."""
    bot.clock.advance(by)
    bot.workers[Lane.FILES].drain()


def creates(tracker: FakeTracker) -> int:
    return tracker.calls.count("create")


def test_it_is_made_once_and_shown_where_people_look(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    bot.work()
    (draft,) = tracker.drafts
    assert (draft.project, draft.issue_type, draft.priority) == ("OPS", "Task", "High")
    assert draft.labels == ("sev2", "sev2_20261123", LABEL)
    assert draft.due
    assert (draft.due - (LATE + timedelta(hours=2)).date()).days == 30
    assert r"bq. Alert when the \{pool\} is full" in draft.description
    assert "PM-1 (Pool), SEV-2" in draft.description
    standing = kept(bot)
    assert (standing.state, standing.key, standing.status, standing.linked_back) == (
        TicketState.MADE,
        "OPS-1",
        "To Do",
        True,
    )
    assert action(bot).ticket == "https://jira.example/browse/OPS-1"
    assert [identity for _, identity in tracker.links] == [f"postmortem-{bot.record().id}"]
    assert [each.new for each in bot.history() if each.field == "ticket"] == [
        "asked for in OPS: Alert when the {pool} is full", "OPS-1",
    ]  # fmt: skip


def test_it_is_due_by_the_terms_that_are_configured(engine: Engine, tracker: FakeTracker) -> None:
    bot = begun(engine, tracker, replace(POLICY, action_days=(5, 12)))
    ask(bot)
    bot.work()
    assert tracker.drafts[0].due == date(2026, 12, 6)


def test_a_lower_priority_has_its_name_in_the_tracker_and_says_why_it_is_worth_a_ticket(
    bot: Bot, tracker: FakeTracker
) -> None:
    low = replace(
        action(bot), priority=Priority.LOWER, justification="An hour's work, and nobody knows them.", roi="An hour."
    )
    with bot.store.transaction(PATIENCE) as unit:
        unit.items.put_action(low)
    ask(bot, AskForTicket.wish(low))
    bot.work()
    (draft,) = tracker.drafts
    assert draft.priority == "Medium"
    assert "*Why:* An hour's work, and nobody knows them." in draft.description
    assert "*ROI:* An hour." in draft.description


def test_asked_for_twice_it_is_made_once(bot: Bot, tracker: FakeTracker) -> None:
    assert ask(bot) == ask(bot)
    bot.work()
    with pytest.raises(Refused, match="has the ticket OPS-1 already"):
        ask(bot)
    bot.work()
    assert creates(tracker) == 1


@pytest.mark.parametrize("behind", [0, 1, 4])
def test_a_lost_answer_is_one_request_however_late_the_search_knows_of_it(
    bot: Bot, tracker: FakeTracker, behind: int
) -> None:
    tracker.behind = behind
    ask(bot)
    tracker.after[3] = fake.lost()
    minutes(bot, 8)
    assert (creates(tracker), kept(bot).key, kept(bot).tries) == (1, "OPS-1", 1)


def test_a_lost_request_is_looked_for_five_minutes_before_there_is_another(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    tracker.before[3] = fake.lost()
    bot.work()
    begun = bot.clock.now()
    while creates(tracker) == 1:
        later(bot, timedelta(seconds=5))
    assert timedelta(minutes=5) < bot.clock.now() - begun < timedelta(minutes=8)
    assert tracker.calls.count("find") > 5
    assert (kept(bot).state, kept(bot).key) == (TicketState.MADE, "OPS-1")


def lost_twice(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    tracker.before[3] = fake.lost()
    bot.work()
    while kept(bot).tries == 1:
        tracker.before = {len(tracker.calls) + 3: fake.lost()} if creates(tracker) == 1 else tracker.before
        later(bot, timedelta(seconds=20))
    minutes(bot, 8)


def test_after_two_that_were_lost_a_person_is_asked_and_nothing_guessed(bot: Bot, tracker: FakeTracker) -> None:
    lost_twice(bot, tracker)
    assert (kept(bot).state, creates(tracker)) == (TicketState.HELD, 2)
    assert kept(bot).trouble.startswith("Was a ticket made in OPS? ")
    assert LABEL in kept(bot).trouble
    minutes(bot, 10)
    bot.work()
    assert creates(tracker) == 2
    assert any("Was a ticket made in OPS?" in post.text for post in bot.chat.posts if post.channel == "DU2")
    with pytest.raises(Refused, match="Was a ticket made"):
        ask(bot)
    ask(bot, Wish(anew=True))
    bot.work()
    assert (kept(bot).key, creates(tracker)) == ("OPS-1", 3)


def test_one_that_is_held_can_be_linked_by_hand_and_gets_our_labels(bot: Bot, tracker: FakeTracker) -> None:
    lost_twice(bot, tracker)
    tracker.tickets["WEB-7"] = Ticket("WEB-7", "https://jira.example/browse/WEB-7", labels=("theirs",))
    link(bot, "web-7")
    bot.work()
    assert tracker.tickets["WEB-7"].labels == ("theirs", "sev2", "sev2_20261123", LABEL)
    assert (kept(bot).key, kept(bot).project, kept(bot).linked_back) == ("WEB-7", "WEB", True)
    assert (action(bot).ticket, creates(tracker)) == ("https://jira.example/browse/WEB-7", 2)


def change_severity(bot: Bot, severity: int) -> list[str]:
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        changed = record.changed(severity=severity)
        unit.records.save(changed)
        return [each.key for each in RelabelTickets()(unit, changed, "U1", bot.clock.now())]


def test_another_severity_changes_our_labels_and_leaves_those_of_people(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    bot.work()
    tracker.tickets["OPS-1"] = Ticket(
        "OPS-1", "https://jira.example/browse/OPS-1", labels=("backend", *kept(bot).labels)
    )
    assert change_severity(bot, 1) == ["OPS-1"]
    assert change_severity(bot, 1) == ["OPS-1"], "until it is done"
    bot.work()
    assert sorted(tracker.tickets["OPS-1"].labels) == sorted(("backend", "sev1", "sev1_20261123", LABEL))
    assert kept(bot).tags == ("sev1", "sev1_20261123")
    assert (change_severity(bot, 1), creates(tracker)) == ([], 1)
    assert bot.history()[-2].new == "sev1 sev1_20261123 on OPS-1"


def test_labels_that_cannot_be_changed_are_named_and_changed_when_somebody_tries_again(
    bot: Bot, tracker: FakeTracker
) -> None:
    ask(bot)
    bot.work()
    tracker.before[len(tracker.calls) + 2] = fake.refused()
    change_severity(bot, 1)
    bot.work()
    assert (kept(bot).state, kept(bot).trouble) == (TicketState.MADE, "Jira refused: summary: no.")
    assert tracker.tickets["OPS-1"].labels == ("sev2", "sev2_20261123", LABEL)
    change_severity(bot, 1)
    bot.work()
    assert (kept(bot).trouble, tracker.tickets["OPS-1"].labels) == ("", (LABEL, "sev1", "sev1_20261123"))


def test_refused_it_stays_with_the_reason_and_a_way_to_try_again(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    tracker.before[3] = fake.refused()
    bot.work()
    assert (kept(bot).state, kept(bot).trouble) == (TicketState.REFUSED, "Jira refused: summary: no.")
    assert action(bot).ticket == ""
    ask(bot)
    bot.work()
    assert (kept(bot).state, kept(bot).tries, creates(tracker)) == (TicketState.MADE, 1, 2)


def test_a_field_that_is_wanted_is_named_and_then_filled_in(bot: Bot, tracker: FakeTracker) -> None:
    tracker.wanted = (FieldNeed("customfield_1", "Team", FieldKind.TEXT, True),)
    ask(bot)
    bot.work()
    assert (kept(bot).state, kept(bot).trouble) == (TicketState.REFUSED, "Jira wants Team.")
    ask(bot, Wish("P1", extra={"customfield_1": "Blue"}))
    bot.work()
    assert tracker.drafts[0].extra == {"customfield_1": "Blue"}


def test_down_then_up_it_is_one(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    tracker.before |= {1: fake.server_error(), 2: fake.server_error(), 4: fake.server_error()}
    minutes(bot, 10)
    assert (kept(bot).state, len(tracker.tickets)) == (TicketState.MADE, 1)


def test_asked_to_wait_it_waits_and_that_is_no_try(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    tracker.before[3] = fake.wait(40)
    bot.step(Lane.FILES)
    assert (kept(bot).state, kept(bot).tries) == (TicketState.WAITING, 0)
    minutes(bot, 2)
    assert (kept(bot).key, len(tracker.drafts)) == ("OPS-1", 1)


def test_down_for_good_while_it_is_looked_for_it_is_held_and_never_called_not_made(
    bot: Bot, tracker: FakeTracker
) -> None:
    ask(bot)
    tracker.after[3] = fake.lost()
    tracker.before = {number: fake.server_error() for number in range(4, 60)}
    for _ in range(14):
        later(bot, timedelta(minutes=16))
    assert (kept(bot).state, creates(tracker)) == (TicketState.HELD, 1)


CALLS = ("find", "form", "create", "read", "relabel", "link")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fault", [fake.lost, fake.Crash], ids=["lost", "killed"])
@pytest.mark.parametrize("number", range(1, len(CALLS) + 1), ids=CALLS)
def test_a_fault_at_any_call_ends_with_one_ticket(
    bot: Bot, tracker: FakeTracker, number: int, fault: Callable[[], BaseException], after: bool
) -> None:
    ask(bot)
    (tracker.after if after else tracker.before)[number] = fault()
    try:
        bot.work()
    except fake.Crash:
        # Another process goes on when the lease of this one has ended.
        bot.clock.advance(timedelta(minutes=2))
    minutes(bot, 9)
    assert (len(tracker.tickets), kept(bot).state, kept(bot).linked_back) == (1, TicketState.MADE, True)
    made_and_lost = number == 3 and after
    assert creates(tracker) == (2 if number == 3 and not made_and_lost else 1)


LINKING = ("look", "read", "relabel", "link")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fault", [fake.lost, fake.Crash], ids=["lost", "killed"])
@pytest.mark.parametrize("number", range(1, len(LINKING) + 1), ids=LINKING)
def test_a_fault_at_any_call_ends_with_the_ticket_linked_and_none_made(
    bot: Bot, tracker: FakeTracker, number: int, fault: Callable[[], BaseException], after: bool
) -> None:
    tracker.tickets["WEB-7"] = Ticket("WEB-7", "https://jira.example/browse/WEB-7", labels=("theirs",))
    link(bot, "WEB-7")
    (tracker.after if after else tracker.before)[number] = fault()
    try:
        bot.work()
    except fake.Crash:
        bot.clock.advance(timedelta(minutes=2))
    minutes(bot, 3)
    assert (kept(bot).key, kept(bot).linking, kept(bot).linked_back, creates(tracker)) == ("WEB-7", "", True, 0)
    assert tracker.tickets["WEB-7"].labels == ("theirs", "sev2", "sev2_20261123", LABEL)


def test_a_row_that_is_taken_up_again_after_a_link_failed_makes_no_ticket(bot: Bot, tracker: FakeTracker) -> None:
    link(bot, "WEB-404")
    bot.work()
    with bot.store.transaction(PATIENCE) as unit:
        unit.outbox.put(rows.ticket(bot.record(), ITEM, bot.clock.now()))
    bot.work()
    assert (kept(bot).state, creates(tracker)) == (TicketState.NONE, 0)


@pytest.mark.parametrize("number", range(1, 4))
def test_killed_at_any_commit_it_is_one_ticket(bot: Bot, tracker: FakeTracker, number: int) -> None:
    """The process ends between an answer and writing it down, or between writing down and asking."""
    ask(bot)
    count, real = 0, bot.store.transaction

    class Dying:
        def __init__(self, patience: timedelta) -> None:
            self.inner = real(patience)

        def __enter__(self) -> object:
            return self.inner.__enter__()

        def __exit__(self, *error: object) -> object:
            nonlocal count
            if tracker.calls:
                count += 1
                if count == number:
                    crash = fake.Crash()
                    self.inner.__exit__(fake.Crash, crash, None)
                    raise crash
            return self.inner.__exit__(*error)

    bot.store.transaction = Dying  # type: ignore[method-assign,assignment]
    with pytest.raises(fake.Crash):
        minutes(bot, 1)
    bot.store.transaction = real  # type: ignore[method-assign]
    bot.clock.advance(timedelta(minutes=2))
    minutes(bot, 10)
    assert (len(tracker.tickets), kept(bot).state) == (1, TicketState.MADE)


def test_without_a_tracker_it_says_so(engine: Engine) -> None:
    bot = Bot(engine)
    record: Postmortem = bot.assigned()
    item = ActionItem(ITEM, record.id, "x", Decision.TICKET, "U2", bot.clock.now())
    with bot.store.transaction(PATIENCE) as unit, pytest.raises(Refused, match="No tracker is set up here"):
        AskForTicket(Policy())(unit, record, item, Wish(), "U2", bot.clock.now())


def test_without_a_start_there_is_no_label_and_it_says_what_to_do(bot: Bot) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.records.save(bot.record().changed(times=Times()))
    with pytest.raises(Refused, match="when the incident began"):
        ask(bot)


def test_one_that_was_unlinked_is_not_taken_for_the_new_one_though_its_label_is_on_it_still(
    bot: Bot, tracker: FakeTracker
) -> None:
    """The labels could not be taken off, or the search does not know of it yet."""
    ask(bot)
    bot.work()
    with bot.store.transaction(PATIENCE) as unit:
        record = unit.records.get("pm1", lock=True)
        assert record
        LinkTicket(POLICY).off(unit, record, action(bot), "U2", bot.clock.now())
    tracker.fail_next(fake.refused())
    bot.work()
    assert LABEL in tracker.tickets["OPS-1"].labels
    ask(bot)
    bot.work()
    assert (kept(bot).key, creates(tracker)) == ("OPS-2", 2)


def leads_to(tracker: FakeTracker) -> str:
    """Where the ticket leads to."""
    return tracker.links["OPS-1", "postmortem-pm1"][0]


def test_a_ticket_leads_to_the_channel_and_to_no_file_that_a_newer_one_takes_the_place_of(
    bot: Bot, tracker: FakeTracker
) -> None:
    bot.work()
    ask(bot)
    bot.work()
    channel = leads_to(tracker)
    assert channel.endswith("/archives/C1")
    assert f"[read it|{channel}]" in tracker.drafts[0].description


def test_another_page_is_led_to_by_the_tickets_that_are_made_and_no_label_is_changed(
    bot: Bot, tracker: FakeTracker
) -> None:
    ask(bot)
    bot.work()
    with bot.store.transaction(PATIENCE) as unit:
        unit.records.save(bot.record().changed(severity=1))
    for typed, there in (("https://wiki.example/pm-1", "https://wiki.example/pm-1"), ("none", "/archives/C1")):
        bot.command(f"page {typed}", "U2")
        bot.work()
        assert leads_to(tracker).endswith(there)
    assert tracker.tickets["OPS-1"].labels == ("sev2", "sev2_20261123", LABEL)
    assert (len(tracker.links), creates(tracker)) == (1, 1)


def test_a_page_that_jira_does_not_take_is_told_and_nothing_is_made_anew(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    bot.work()
    bot.command("page https://wiki.example/pm-1", "U2")
    tracker.fail_next(fake.refused())
    bot.work()
    assert any("could not be led to the page" in post.text for post in bot.chat.posts if post.channel == "DU2")
    assert (kept(bot).state, creates(tracker)) == (TicketState.MADE, 1)


def test_of_one_that_was_unlinked_meanwhile_nothing_is_changed(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    bot.work()
    bot.command("page https://wiki.example/pm-1", "U2")
    with bot.store.transaction(PATIENCE) as unit:
        LinkTicket(POLICY).off(unit, bot.record(), action(bot), "U2", bot.clock.now())
    bot.work()
    assert tracker.links == {}


def decided(bot: Bot, decision: Decision) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        now = action(bot)
        unit.items.put_action(replace(now, decision=decision, reason="Costs more", version=now.version + 1))


OTHERWISE = [each for each in Decision if each is not Decision.TICKET]


@pytest.mark.parametrize("decision", OTHERWISE)
def test_decided_otherwise_while_it_waits_none_is_made_until_it_is_asked_for_again(
    bot: Bot, tracker: FakeTracker, decision: Decision
) -> None:
    ask(bot)
    decided(bot, decision)
    bot.work()
    assert (creates(tracker), kept(bot).state, kept(bot).trouble) == (0, TicketState.NONE, tickets.UNWANTED)
    assert not any("could not be made" in post.text for post in bot.chat.posts)
    decided(bot, Decision.TICKET)
    assert tickets.to_ask([action(bot)], {ITEM: kept(bot)})
    ask(bot)
    bot.work()
    assert (creates(tracker), kept(bot).state) == (1, TicketState.MADE)


def test_decided_otherwise_at_the_last_moment_no_request_leaves(bot: Bot, tracker: FakeTracker) -> None:
    """While Jira is asked for the form."""
    ask(bot)
    real = tracker.form

    def slow(project: str, issue_type: str) -> TicketForm:
        decided(bot, Decision.WONT_DO)
        return real(project, issue_type)

    tracker.form = slow  # type: ignore[method-assign]
    bot.work()
    assert (creates(tracker), kept(bot).state) == (0, TicketState.NONE)


def test_decided_otherwise_after_a_request_was_lost_it_is_looked_for_and_not_asked_for_again(
    bot: Bot, tracker: FakeTracker
) -> None:
    ask(bot)
    tracker.before[3] = fake.lost()
    bot.work()
    decided(bot, Decision.WONT_DO)
    minutes(bot, 10)
    assert (creates(tracker), kept(bot).state) == (1, TicketState.NONE)


def test_decided_otherwise_the_one_that_was_made_all_the_same_is_known(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    tracker.after[3] = fake.lost()
    bot.work()
    decided(bot, Decision.WONT_DO)
    minutes(bot, 10)
    assert (creates(tracker), kept(bot).key) == (1, "OPS-1")


@pytest.mark.parametrize("email", ["", "aino@example.com"])
@pytest.mark.parametrize("lost", [False, True])
def test_without_an_address_it_has_no_assignee_and_says_so(
    bot: Bot, tracker: FakeTracker, email: str, lost: bool
) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.people.put(payloads.TEAM, [Person("U5", name="Aino", email=email)])
        unit.items.put_action(replace(action(bot), assignee="U5"))
    ask(bot)
    if lost:
        tracker.after[3] = fake.lost()
    minutes(bot, 8)
    said = "" if email else "No assignee: Slack tells the bot no e-mail address of Aino."
    assert (tracker.drafts[0].assignee, kept(bot).trouble) == (email, said)


@pytest.mark.parametrize("kind", [None, ActionKind.PREVENT])
def test_its_type_stands_in_the_description(bot: Bot, tracker: FakeTracker, kind: ActionKind | None) -> None:
    with bot.store.transaction(PATIENCE) as unit:
        unit.items.put_action(replace(action(bot), kind=kind))
    ask(bot)
    bot.work()
    assert ("*Type:* prevent" in tracker.drafts[0].description) is (kind is not None)


def test_the_words_of_jira_are_no_markup_in_slack(bot: Bot, tracker: FakeTracker) -> None:
    ask(bot)
    tracker.before[3] = IntegrationError(
        "Jira refused: *summary* ~no~ <!channel> JIRA_TOKEN.", name="http_400", retryable=False
    )
    bot.work()
    bot.command("actions", "U2")
    listed = str(bot.screens.form()["blocks"])
    assert "JIRA_TOKEN" in listed
    assert not any(each in listed for each in ("*summary*", "~no~", "<!channel>"))
    assert "*summary*" not in str(bot.card.drawing.blocks)
