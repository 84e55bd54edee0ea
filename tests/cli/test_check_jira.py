"""What `doctor` says of Jira: each thing that would keep a ticket from being made, with how to mend it, and never the token."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import config
from cli import check_jira
from tests.jira import local_jira
from tests.jira.local_jira import EMAIL, TOKEN, LocalJira, a_field

MUST = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "0" * 32}


@pytest.fixture(params=[True, False], ids=["cloud", "data-center"])
def jira(request: pytest.FixtureRequest) -> Iterator[LocalJira]:
    with local_jira.running(LocalJira(cloud=request.param)) as started:
        yield started


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def found(jira: LocalJira, **settings: object) -> list[str]:
    given = {
        "jira_url": jira.url,
        "jira_token": TOKEN,
        "jira_email": EMAIL,
        "jira_project": "OPS",
        "jira_cloud": jira.cloud,
    }
    said = [each.line() for each in check_jira.look(config.load(**MUST, **{**given, **settings}))]
    assert TOKEN not in str(said)
    assert all(line.endswith(".") for line in said)
    return said


def wrongs(said: list[str]) -> list[str]:
    return [line for line in said if line.startswith("WRONG")]


def test_when_all_is_well_each_thing_is_named_and_nothing_is_made(jira: LocalJira) -> None:
    said = found(jira)
    assert wrongs(said) == []
    named = [line.split(":")[0].removeprefix("ok    ") for line in said]
    assert named == [
        "jira",
        "jira project",
        "jira permissions",
        "jira issue type",
        "jira labels",
        "jira fields",
        "jira status",
    ]
    assert jira.issues == {}
    assert jira.posts == 0


def test_without_jira_it_says_what_then() -> None:
    (said,) = check_jira.look(config.load(**MUST))
    assert said.line() == "ok    jira: not set up (JIRA_URL): action items stand in the document."


def no_labels(jira: LocalJira) -> None:
    del jira.fields["labels"]


def no_permission(jira: LocalJira) -> None:
    jira.permissions -= {"CREATE_ISSUES", "LINK_ISSUES"}


def in_trouble(jira: LocalJira) -> None:
    jira.fail("project", local_jira.BROKEN)


def elsewhere(jira: LocalJira) -> None:
    jira.fail("myself", local_jira.redirect("https://sso.example/"))


def a_page(jira: LocalJira) -> None:
    jira.fail("myself", local_jira.PAGE)


def nothing(_: LocalJira) -> None:
    """As it is."""


@pytest.mark.parametrize(
    ("change", "settings", "said"),
    [
        pytest.param(nothing, {"jira_token": "other"}, "WRONG jira: .*JIRA_TOKEN (is|are) refused by Jira", id="token"),
        pytest.param(
            nothing, {"jira_project": "NONE"}, "WRONG jira project: The project NONE is not shown", id="project"
        ),
        pytest.param(
            nothing, {"jira_issue_type": "Story"}, "no issue type Story: there are Task, Bug. Correct", id="type"
        ),
        pytest.param(no_labels, {}, "WRONG jira labels: The form for Task in OPS has no field Labels", id="labels"),
        pytest.param(no_permission, {}, "WRONG jira permissions: .* lacks Create Issues in OPS", id="permission"),
        pytest.param(
            nothing, {"jira_priorities": "P0=Odd"}, "WRONG jira priorities: Jira has no priority Odd", id="priority"
        ),
        pytest.param(in_trouble, {}, "WRONG jira project: Jira is in trouble itself", id="trouble"),
        pytest.param(elsewhere, {}, "WRONG jira: Jira's address leads elsewhere", id="redirect"),
        pytest.param(a_page, {}, "WRONG jira: Jira's answer made no sense", id="no-jira"),
        pytest.param(
            nothing,
            {"jira_url": "http://127.0.0.1:9"},
            r"WRONG jira: Jira does not answer at http://127.0.0.1:9 \(no connection came about\)",
            id="nobody",
        ),
    ],
)
def test_what_is_wrong_is_said_with_how_to_mend_it(
    jira: LocalJira, change: Callable[[LocalJira], None], settings: dict[str, str], said: str
) -> None:
    change(jira)
    bad = "\n".join(wrongs(found(jira, **settings)))
    assert re.search(said, bad), bad


def test_fields_that_must_be_asked_for_and_those_that_are_not_there_are_named(jira: LocalJira) -> None:
    jira.fields["customfield_1"] = a_field("customfield_1", "Team", "string", required=True)
    del jira.fields["duedate"]
    (line,) = [each for each in found(jira) if "jira fields" in each]
    assert line.endswith("Team must be filled in for each. It has no Due date: tickets are made without.")


def test_how_the_status_is_read_is_said(jira: LocalJira) -> None:
    assert found(jira)[-1] == "ok    jira status: is read every 1 h; no webhook is set up (JIRA_WEBHOOK_SECRET)."
    secret = "a-webhook-secret-canary"
    said = found(jira, jira_status_minutes=15, jira_webhook_secret=secret, jira_webhook_port=3001)
    where = "/jira/webhook on port 3001"
    assert said[-1] == f"ok    jira status: is read every 15 min, and when Jira's webhook posts to {where}."
    assert secret not in str(said)


@pytest.mark.parametrize("mended", [False, True])
def test_a_field_that_cannot_be_asked_for_is_wrong_until_jira_fills_it_in(jira: LocalJira, mended: bool) -> None:
    jira.fields["customfield_9"] = a_field("customfield_9", "Approver", "user", required=True, hasDefaultValue=mended)
    bad = wrongs(found(jira))
    assert bool(bad) is not mended
    assert mended or "wants Approver, which the bot cannot ask for, so that no ticket can be made: give it" in bad[0]


def test_the_projects_of_services_are_tried_too_each_once(jira: LocalJira) -> None:
    named = {"NONE": ["Billing", "Search"], "OPS": ["Pay"], "WEB": ["Shop"]}
    given = {
        "jira_url": jira.url,
        "jira_token": TOKEN,
        "jira_email": EMAIL,
        "jira_project": "OPS",
        "jira_cloud": jira.cloud,
    }
    said = [each.line() for each in check_jira.look(config.load(**MUST, **given), lambda: named)]
    (bad,) = wrongs(said)
    assert "The project NONE is not shown to the bot's account: correct it for Billing, Search with `/postmortem" in bad
    assert "ok    jira project: WEB of Shop is there, and tickets can be made in it." in said
    assert sum("OPS is there" in each for each in said) == 1
