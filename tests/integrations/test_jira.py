"""The adapter to Jira against a local one that refuses what the real one refuses, on Cloud and on Data Center."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain.ticket_labels import Change
from bot.domain.tickets import FieldKind, TicketDraft
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import FORM_KEPT, JiraTracker
from bot.ports.errors import IntegrationError, RateLimited
from bot.ports.tracker import FieldsNeeded
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, LocalJira, a_field

LABEL = f"pm-{'a' * 32}"
DRAFT = TicketDraft(
    "OPS", "Task", "Alert when the pool is full", "> words", ("sev2", "sev2_20261123", LABEL), "High", "aino@example.com",
    date(2026, 12, 24),
)  # fmt: skip


@pytest.fixture(params=[True, False], ids=["cloud", "data-center"])
def jira(request: pytest.FixtureRequest) -> Iterator[LocalJira]:
    with local_jira.running(LocalJira(cloud=request.param)) as started:
        yield started


def tracker(jira: LocalJira, token: str = TOKEN, url: str = "") -> JiraTracker:
    access = JiraAccess(url or jira.url, SecretStr(token), EMAIL if jira.cloud else "", jira.cloud)
    return JiraTracker(JiraClient(access, timeout=(1, 0.3)))


def trouble(act: Callable[[], Any]) -> IntegrationError:
    with pytest.raises(IntegrationError) as caught:
        act()
    assert TOKEN not in f"{caught.value!r}{caught.value}"
    return caught.value


def test_a_ticket_has_all_that_was_asked_for(jira: LocalJira) -> None:
    made = tracker(jira).create(DRAFT)
    issue = jira.issues[made.key]
    assert (made.key, made.url, made.left_out) == ("OPS-1", f"{jira.url}/browse/OPS-1", ())
    assert issue.fields == {
        "project": {"key": "OPS"},
        "issuetype": {"id": "10"},
        "summary": "Alert when the pool is full",
        "description": "> words",
        "labels": ["sev2", "sev2_20261123", LABEL],
        "priority": {"name": "High"},
        "duedate": "2026-12-24",
        "assignee": {"accountId": "a1"} if jira.cloud else {"name": "aino"},
    }


def test_it_is_found_by_its_label_and_read_by_its_key(jira: LocalJira) -> None:
    made = tracker(jira).create(DRAFT)
    jira.issues[made.key].status = "Done"
    (found,) = tracker(jira).find(LABEL)
    assert found == tracker(jira).read(made.key)
    assert (found.key, found.status, found.done, found.labels) == (made.key, "Done", True, DRAFT.labels)
    assert tracker(jira).find(f"pm-{'b' * 32}") == []
    assert tracker(jira).read("OPS-99") is None
    assert jira.seen.count("search" if jira.cloud else "old search") == 2


def test_what_the_form_has_no_place_for_is_left_out_and_named(jira: LocalJira) -> None:
    for name in ("priority", "duedate", "assignee"):
        del jira.fields[name]
    assert tracker(jira).create(DRAFT).left_out == ("priority", "due date", "assignee")


@pytest.mark.parametrize(
    ("people", "known"),
    [
        pytest.param([], False, id="nobody"),
        pytest.param([{"accountId": "a2", "name": "b", "found": "aino@example.com"}], True, id="one-with-a-hidden-address"),
        pytest.param([{"accountId": f"a{n}", "name": f"n{n}", "found": "aino@example.com"} for n in (1, 2)], False, id="two-hidden"),
        pytest.param([{"accountId": "a3", "name": "c", "emailAddress": "not.aino@example.com"}], False, id="another"),
    ],
)  # fmt: skip
def test_an_assignee_is_one_that_the_address_belongs_to(jira: LocalJira, people: list[Any], known: bool) -> None:
    jira.people = tuple(people)
    made = tracker(jira).create(DRAFT)
    assert ("assignee" in jira.issues[made.key].fields, made.left_out) == (known, () if known else ("assignee",))


def test_without_a_field_for_labels_nothing_is_made(jira: LocalJira) -> None:
    del jira.fields["labels"]
    said = trouble(lambda: tracker(jira).create(DRAFT))
    assert (said.name, said.retryable, said.unknown, jira.posts) == ("no_labels", False, False, 0)
    assert "create screen" in str(said)


def test_fields_that_jira_wants_are_asked_for_and_then_filled_in(jira: LocalJira) -> None:
    teams = [{"id": "7", "value": "Blue"}, {"id": "8", "value": "Red"}]
    wanted = [
        a_field("customfield_1", "Team", "option", required=True, allowedValues=teams),
        a_field("customfield_2", "Teams", "array", items="option", required=True, allowedValues=teams),
        a_field("customfield_3", "Cost", "number", required=True),
        a_field("customfield_4", "Why", "string", required=True),
        a_field("customfield_5", "Set by Jira", "string", required=True, hasDefaultValue=True),
    ]
    jira.fields |= {each["fieldId"]: each for each in wanted}
    with pytest.raises(FieldsNeeded, match="Jira wants Team, Teams, Cost, Why for") as caught:
        tracker(jira).create(DRAFT)
    assert jira.posts == 0
    kinds = [need.kind for need in caught.value.needs]
    assert kinds == [FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.NUMBER, FieldKind.TEXT]
    assert caught.value.needs[0].options == (("7", "Blue"), ("8", "Red"))
    typed = {"customfield_1": "7", "customfield_2": ("7", "8"), "customfield_3": "1.5", "customfield_4": "so"}
    draft = TicketDraft("OPS", "Task", "Do it", "", (LABEL,), extra=typed)
    fields = jira.issues[tracker(jira).create(draft).key].fields
    assert [fields[f"customfield_{n}"] for n in range(1, 5)] == [{"id": "7"}, [{"id": "7"}, {"id": "8"}], 1.5, "so"]
    bad = TicketDraft("OPS", "Task", "Do it", "", (LABEL,), extra=typed | {"customfield_3": "much"})
    assert str(trouble(lambda: tracker(jira).create(bad))) == "Cost wants a number."


def test_a_form_that_changed_behind_our_back_is_read_anew(jira: LocalJira) -> None:
    ours = tracker(jira)
    ours.create(DRAFT)
    jira.fields["customfield_1"] = a_field("customfield_1", "Team", "string", required=True)
    said = trouble(lambda: ours.create(DRAFT))
    assert (said.name, str(said)) == ("fields_needed", "Jira wants Team for a Task in OPS.")
    assert isinstance(said, FieldsNeeded)
    assert [need.id for need in said.needs] == ["customfield_1"]
    assert [need.id for need in ours.needs(DRAFT)] == ["customfield_1"]
    assert jira.posts == 2


def test_a_refusal_of_what_we_filled_in_ourselves_asks_nobody(jira: LocalJira) -> None:
    said = trouble(lambda: tracker(jira).create(replace(DRAFT, priority="Odd")))
    assert (said.name, str(said)) == ("http_400", "Jira refused: priority: Priority is not valid.")


def test_a_value_that_jira_does_not_know_any_more_is_asked_for_again(jira: LocalJira) -> None:
    teams = [{"id": "7", "value": "Blue"}]
    jira.fields["customfield_1"] = a_field("customfield_1", "Team", "option", allowedValues=teams)
    said = trouble(lambda: tracker(jira).create(replace(DRAFT, extra={"customfield_1": "6"})))
    assert isinstance(said, FieldsNeeded)
    assert [(need.id, need.required) for need in said.needs] == [("customfield_1", False)]


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:textarea"}, FieldKind.LONG),
        ({"type": "string", "system": "environment"}, FieldKind.LONG),
        ({"type": "array", "items": "string"}, FieldKind.WORDS),
        ({"type": "array", "items": "version"}, FieldKind.OTHER),
        ({"type": "date"}, FieldKind.DATE),
        ({"type": "datetime"}, FieldKind.OTHER),
        ({"type": "user"}, FieldKind.OTHER),
    ],
)
def test_each_kind_of_field_is_told_by_its_schema(jira: LocalJira, schema: dict[str, str], kind: FieldKind) -> None:
    jira.fields["customfield_1"] = {**a_field("customfield_1", "Odd", "string", required=True), "schema": schema}
    (need,) = tracker(jira).needs(DRAFT)
    assert (need.kind, need.can_be_asked) == (kind, kind is not FieldKind.OTHER)


def test_a_form_is_kept_for_minutes(jira: LocalJira) -> None:
    at = 0.0
    ours = JiraTracker(tracker(jira).client, lambda: at)
    ours.form("OPS", "task")
    before = len(jira.seen)
    ours.form("OPS", "task")
    assert len(jira.seen) == before
    at = FORM_KEPT
    assert ours.form("OPS", "task").priorities == ("Highest", "High", "Medium", "Low")
    assert len(jira.seen) > before


def test_an_unknown_issue_type_is_named_with_those_that_there_are(jira: LocalJira) -> None:
    said = trouble(lambda: tracker(jira).form("OPS", "Story"))
    assert str(said) == "The project OPS has no issue type Story: there are Task, Bug."


def test_labels_are_changed_one_by_one_and_those_of_people_stay(jira: LocalJira) -> None:
    made = tracker(jira).create(DRAFT)
    jira.issues[made.key].fields["labels"].append("people")
    for _ in range(2):
        tracker(jira).relabel(made.key, Change(("sev2", "sev2_20261123"), ("sev1", "sev1_20261123")))
    assert jira.issues[made.key].fields["labels"] == [LABEL, "people", "sev1", "sev1_20261123"]
    before = len(jira.seen)
    tracker(jira).relabel(made.key, Change())
    assert len(jira.seen) == before


def test_the_link_back_is_one_however_often_it_is_made(jira: LocalJira) -> None:
    made = tracker(jira).create(DRAFT)
    for title in ("PM-7", "PM-7: Down"):
        tracker(jira).link_back(made.key, "https://slack.example/x", title, "pm-1")
    assert jira.issues[made.key].links == {"pm-1": {"url": "https://slack.example/x", "title": "PM-7: Down"}}


FAULTS = [
    pytest.param(local_jira.LOST, True, True, 1, id="answer-lost"),
    pytest.param(local_jira.CUT, True, True, 0, id="connection-cut"),
    pytest.param(local_jira.HANG, True, True, 1, id="hang"),
    pytest.param(local_jira.BROKEN, True, True, 0, id="500"),
    pytest.param(local_jira.MADE_BUT_500, True, True, 1, id="502-and-made"),
    pytest.param(local_jira.PAGE, True, True, 0, id="a-page-in-its-place"),
    pytest.param(local_jira.Fault(201, body={"id": "1"}), True, True, 0, id="no-key"),
    pytest.param(local_jira.Fault(408), True, True, 0, id="408"),
    pytest.param(local_jira.UNAUTHORIZED, False, False, 0, id="401"),
    pytest.param(local_jira.FORBIDDEN, False, False, 0, id="403"),
    pytest.param(local_jira.GONE, False, False, 0, id="404"),
    pytest.param(local_jira.Fault(400, body="<html>"), False, False, 0, id="400-without-reasons"),
    pytest.param(local_jira.redirect("https://elsewhere.example/"), False, False, 0, id="redirect"),
]


@pytest.mark.parametrize(("fault", "retryable", "unknown", "made"), FAULTS)
def test_each_fault_of_a_post_says_whether_it_may_have_had_its_effect(
    jira: LocalJira, fault: local_jira.Fault, retryable: bool, unknown: bool, made: int
) -> None:
    jira.fail("create", fault)
    said = trouble(lambda: tracker(jira).create(DRAFT))
    assert (said.retryable, said.unknown, jira.posts, len(jira.issues)) == (retryable, unknown, 1, made)
    assert str(said).endswith(".")


@pytest.mark.parametrize("fault", [local_jira.CUT, local_jira.HANG, local_jira.BROKEN, local_jira.PAGE])
def test_a_fault_of_a_read_is_never_in_doubt_and_nothing_is_tried_twice(
    jira: LocalJira, fault: local_jira.Fault
) -> None:
    jira.fail("*", fault)
    said = trouble(lambda: tracker(jira).read("OPS-1"))
    assert (said.retryable, said.unknown, jira.seen) == (True, False, ["read"])


def test_a_wait_is_taken_as_long_as_jira_says(jira: LocalJira) -> None:
    jira.fail("create", local_jira.WAIT)
    said = trouble(lambda: tracker(jira).create(DRAFT))
    assert isinstance(said, RateLimited)
    assert (said.wait, str(said)) == (timedelta(seconds=7), "Jira asked us to wait 7 s.")


def test_nobody_there_is_no_doubt(jira: LocalJira) -> None:
    said = trouble(
        lambda: tracker(jira, url="http://127.0.0.1:9").client.create(
            {"project": {"key": "A"}, "issuetype": {"id": "1"}}
        )
    )
    assert (said.retryable, said.unknown, str(said)) == (True, False, "Jira cannot be reached.")


def test_a_redirect_to_another_host_is_not_followed_and_tells_it_no_secret(jira: LocalJira) -> None:
    with local_jira.running(LocalJira(cloud=jira.cloud)) as other:
        for operation in ("read", "create"):
            jira.fail(operation, local_jira.redirect(f"{other.url}{local_jira.PREFIX}issue/OPS-1"))
        assert trouble(lambda: tracker(jira).read("OPS-1")).name == "redirected"
        assert trouble(lambda: tracker(jira).create(DRAFT)).name == "redirected"
        assert other.heard == []


def test_a_redirect_to_itself_is_not_followed_either(jira: LocalJira) -> None:
    jira.fail("create", local_jira.redirect(f"{jira.url}{local_jira.PREFIX}myself"))
    assert trouble(lambda: tracker(jira).create(DRAFT)).name == "redirected"
    assert jira.seen[-1] == "create"


def test_certificates_are_looked_at(jira: LocalJira) -> None:
    assert tracker(jira).client._jira._session.verify is True


def test_another_address_cannot_be_spoken_to_at_all(jira: LocalJira) -> None:
    client = tracker(jira).client
    with local_jira.running() as other, pytest.raises(Exception, match="No connection adapters"):
        client._jira.send("GET", f"{other.url}/rest/api/2/myself")
    assert other.heard == []


def test_the_token_is_in_no_address_log_or_repr(jira: LocalJira, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ours = tracker(jira)
    jira.fail("create", local_jira.BROKEN)
    trouble(lambda: ours.create(DRAFT))
    trouble(lambda: tracker(jira, token=f"{TOKEN}-old").read("OPS-1"))
    ours.find(LABEL)
    assert all(TOKEN not in path for _, path, _ in jira.heard)
    assert TOKEN not in caplog.text
    assert DRAFT.summary not in caplog.text
    assert TOKEN not in repr(ours) + repr(vars(ours.client))
    assert all(headers.get("Connection") == "close" for _, _, headers in jira.heard)


def test_wrong_credentials_are_named(jira: LocalJira) -> None:
    said = trouble(lambda: tracker(jira, token="other").client.myself())
    assert (said.name, str(said)) == (
        "http_401",
        "Jira refuses the bot's credentials: an administrator renews JIRA_TOKEN.",
    )


@pytest.mark.parametrize("key", ["", "OPS", "../../x-1", "OPS-1/remotelink", "OPS-1?x=1"])
def test_what_is_no_key_is_never_sent(jira: LocalJira, key: str) -> None:
    assert trouble(lambda: tracker(jira).read(key)).name == "bad_key"
    assert jira.seen == []


def test_the_local_jira_refuses_labels_with_spaces_unknown_fields_and_parameters(jira: LocalJira) -> None:
    client = tracker(jira).client
    base = {"project": {"key": "OPS"}, "issuetype": {"id": "10"}, "summary": "x"}
    for wrong in ({"labels": ["a b"]}, {"customfield_9": "x"}, {"summary": ""}, {"priority": {"name": "Odd"}}):
        assert trouble(lambda fields=base | wrong: client.create(fields)).name == "http_400"
    key = tracker(jira).create(DRAFT).key
    assert (
        trouble(lambda: client._write("PUT", {"update": {"labels": [{"added": "x"}]}}, "issue", key)).name == "http_400"
    )
    assert (
        trouble(lambda: client._write("POST", {"object": {"url": "x"}}, "issue", key, "remotelink")).name == "http_400"
    )
    assert trouble(lambda: client._read("myself", who="me")).name == "http_400"
    assert trouble(lambda: client._read("nothing")).name == "http_404"


def made(jira: LocalJira, many: int) -> list[str]:
    ours = tracker(jira)
    return [ours.create(DRAFT).key for _ in range(many)]


def searches(jira: LocalJira) -> int:
    return jira.seen.count("search") + jira.seen.count("old search")


def test_fifty_keys_are_one_search(jira: LocalJira) -> None:
    keys = made(jira, 50)
    jira.issues[keys[7]].status = "Closed"
    found = tracker(jira).standing(keys)
    assert list(found) == keys
    assert [key for key, each in found.items() if each.done] == [keys[7]]
    assert searches(jira) == 1


def test_a_key_that_is_missing_is_left_out_of_a_second_search(jira: LocalJira) -> None:
    keys = made(jira, 12)
    del jira.issues["OPS-1"]
    assert list(tracker(jira).standing(keys)) == keys[1:], "OPS-11 and OPS-12 are others than OPS-1"
    assert searches(jira) == 2
    assert tracker(jira).standing(["OPS-1"]) == {}


def test_where_jira_does_not_say_which_is_missing_nothing_is_known_of_any(jira: LocalJira) -> None:
    keys = made(jira, 3)
    del jira.issues["OPS-1"]
    jira.names_missing = False
    assert tracker(jira).standing(keys) == {}
    assert searches(jira) == 1


def test_two_refusals_are_enough(jira: LocalJira) -> None:
    keys = made(jira, 3)
    said = {"errorMessages": ["An issue with key 'OPS-1' does not exist for field 'key'."], "errors": {}}
    jira.fail("*", local_jira.Fault(400, body=said), local_jira.Fault(400, body=said))
    assert tracker(jira).standing(keys) == {}
    assert searches(jira) == 2


def test_what_cannot_be_a_key_is_in_no_search(jira: LocalJira) -> None:
    (key,) = made(jira, 1)
    assert list(tracker(jira).standing([key, 'OPS-1") OR project = "WEB', "", "OPS-1\n"])) == [key]
    assert tracker(jira).standing(["no key"]) == {}
    assert searches(jira) == 1


def test_one_that_was_moved_is_read_under_its_new_key(jira: LocalJira) -> None:
    (key,) = made(jira, 1)
    issue = jira.issues.pop(key)
    issue.key = "WEB-9"
    jira.issues["WEB-9"], jira.moved[key] = issue, "WEB-9"
    assert list(tracker(jira).standing([key])) == ["WEB-9"]
    moved = tracker(jira).read(key)
    assert moved
    assert moved.key == "WEB-9"


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        pytest.param(local_jira.UNAUTHORIZED, "http_401", id="401"),
        pytest.param(local_jira.GONE, "http_404", id="404"),
        pytest.param(local_jira.BROKEN, "http_500", id="500"),
        pytest.param(local_jira.WAIT, "ratelimited", id="429"),
        pytest.param(local_jira.PAGE, "bad_answer", id="page"),
    ],
)
def test_a_search_that_fails_says_nothing_of_tickets(jira: LocalJira, fault: local_jira.Fault, name: str) -> None:
    keys = made(jira, 2)
    jira.fail("*", fault)
    assert trouble(lambda: tracker(jira).standing(keys)).name == name


def test_a_priority_is_known_in_whatever_case_it_was_set(jira: LocalJira) -> None:
    made = tracker(jira).create(replace(DRAFT, priority="highest"))
    assert jira.issues[made.key].fields["priority"] == {"name": "Highest"}


def test_a_filled_in_field_that_the_form_has_no_more_is_left_out_by_its_name(jira: LocalJira) -> None:
    jira.fields["customfield_4"] = a_field("customfield_4", "Why", "string")
    ours = tracker(jira)
    ours.form("OPS", "Task")
    del jira.fields["customfield_4"]
    ours.form("OPS", "Task", anew=True)
    assert ours.create(replace(DRAFT, extra={"customfield_4": "so"})).left_out == ("Why",)


def test_after_a_refusal_for_required_fields_the_form_is_read_anew(jira: LocalJira) -> None:
    jira.fields["customfield_9"] = a_field("customfield_9", "Approver", "user", required=True)
    ours = tracker(jira)
    with pytest.raises(FieldsNeeded):
        ours.create(DRAFT)
    del jira.fields["customfield_9"]
    assert ours.create(DRAFT).key == "OPS-1"
