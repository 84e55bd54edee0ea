"""What every tracker keeps to: Jira Cloud, Data Center, the one of the tests, and where there is none, the one that says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.domain.ticket_labels import Change
from bot.domain.tickets import TicketDraft
from bot.integrations.console_tracker import NONE, ConsoleTracker
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from bot.ports.errors import IntegrationError
from bot.ports.tracker import FieldsNeeded, Tracker
from tests.fakes.tracker import NEEDS, FakeTracker
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, LocalJira, a_field

LABEL = f"pm-{'c' * 32}"
JIRAS: dict[str, LocalJira] = {}
DRAFT = TicketDraft("OPS", "Task", "Do it", "words", ("sev1", LABEL))


@pytest.fixture(params=["cloud", "data-center", "fake"])
def tracker(request: pytest.FixtureRequest) -> Iterator[Tracker]:
    if request.param == "fake":
        yield FakeTracker()
        return
    with local_jira.running(LocalJira(cloud=request.param == "cloud")) as jira:
        access = JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, jira.cloud)
        JIRAS[jira.url] = jira
        yield JiraTracker(JiraClient(access, timeout=(1, 1)))


def test_what_is_made_is_found_by_its_label_and_read_by_its_key(tracker: Tracker) -> None:
    assert tracker.configured
    made = tracker.create(DRAFT)
    assert [each.key for each in tracker.find(LABEL)] == [made.key]
    standing = tracker.read(made.key)
    assert standing
    assert (standing.url, standing.status, standing.done, standing.labels) == (made.url, "To Do", False, DRAFT.labels)
    assert tracker.find("pm-other") == []
    assert tracker.read("OPS-404") is None
    assert tracker.standing([made.key]) == {made.key: standing}
    assert "OPS-404" not in tracker.standing([made.key, "OPS-404"])


def test_labels_and_the_link_back_can_be_set_twice(tracker: Tracker) -> None:
    key = tracker.create(DRAFT).key
    for _ in range(2):
        tracker.relabel(key, Change(("sev1",), ("sev2",)))
        tracker.link_back(key, "https://x.example", "PM-1", "pm-1")
    standing = tracker.read(key)
    assert standing
    assert standing.labels == (LABEL, "sev2")


def test_the_link_back_is_taken_off_also_where_there_is_none(tracker: Tracker) -> None:
    key = tracker.create(DRAFT).key
    tracker.link_back(key, "https://x.example", "PM-1", "pm-1")
    tracker.link_back(key, "https://x.example", "PM-2", "pm 2/ä")
    for _ in range(2):
        tracker.unlink(key, "pm 2/ä")
    assert remaining(tracker, key) == ["pm-1"]


def remaining(tracker: Tracker, key: str) -> list[str]:
    """The identities of the links that lead to us."""
    if isinstance(tracker, FakeTracker):
        return [identity for of, identity in tracker.links if of == key]
    assert isinstance(tracker, JiraTracker)
    return list(JIRAS[tracker.client.url].issues[key].links)


def test_two_that_are_made_are_two(tracker: Tracker) -> None:
    assert tracker.create(DRAFT).key != tracker.create(DRAFT).key
    assert len(tracker.find(LABEL)) == 2


def test_a_field_that_is_wanted_is_named_in_the_form_and_by_the_refusal() -> None:
    with local_jira.running() as jira:
        jira.fields["customfield_1"] = a_field("customfield_1", "Team", "string", required=True)
        ours = JiraTracker(JiraClient(JiraAccess(jira.url, SecretStr(TOKEN), EMAIL, cloud=True)))
        (need,) = ours.form("OPS", "Task").missing(("project", "issuetype", "reporter", *NEEDS))
        for each in (ours, FakeTracker(wanted=(need,))):
            with pytest.raises(FieldsNeeded, match="Jira wants Team") as caught:
                each.create(DRAFT)
            assert caught.value.needs == (need,)


def test_where_there_is_none_it_says_so_and_nothing_is_made() -> None:
    none = ConsoleTracker()
    assert (none.configured, none.find(LABEL), none.read("OPS-1"), none.standing(["OPS-1"])) == (False, [], None, {})
    for act in (
        lambda: none.create(DRAFT),
        lambda: none.relabel("OPS-1", Change()),
        lambda: none.link_back("OPS-1", "https://x.example", "", ""),
        lambda: none.unlink("OPS-1", ""),
        lambda: none.form("OPS", "Task"),
    ):
        with pytest.raises(IntegrationError) as caught:
            act()
        assert (str(caught.value), caught.value.retryable, caught.value.unknown) == (NONE, False, False)
