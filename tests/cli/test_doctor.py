"""`app.py doctor` against a local Slack and real databases: what is wrong is said in a sentence with how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.domain.outgoing import Kind, Lane, Outgoing
from bot.integrations import slack_scopes
from cli import check_slack
from sandbox.client import Sandbox
from storage import schema
from storage.engine import make_engine
from storage.store import SqlStore
from tests import factories
from tests.cli.machine import ROOT, Machine, Ran

GROUP = "S0CANNOTBE"


@pytest.fixture(scope="module")
def poorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A Slack where the app was installed without two of its scopes, and with one too many."""
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    scopes[:] = [name for name in scopes if name not in {"pins:write", "channels:join"}] + ["reactions:read"]
    file = tmp_path_factory.mktemp("poorer") / "manifest.yml"
    file.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    with Sandbox.start(in_process=True, manifest=file) as sandbox:
        yield sandbox


def waiting(key: str, due: datetime) -> Outgoing:
    return Outgoing(Kind.PEOPLE, key, "T1", due)


def wrongs(said: Ran) -> list[str]:
    return [line for line in said.out.splitlines() if line.startswith("WRONG")]


def check_form(said: Ran, machine: Machine) -> None:
    """Whatever it finds, it never shows a secret, and every line is a check with a sentence."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        if name in machine.settings:
            assert machine.settings[name] not in said.out + said.err
    *lines, last = said.out.splitlines()
    assert all(line.startswith(("ok    ", "WRONG ")) and line.endswith(".") for line in lines), lines
    assert last == "All is well." if said.code == 0 else last.endswith(" to mend.")


def test_when_all_is_well_every_check_says_so_and_nothing_is_made(machine: Machine) -> None:
    said = replace(machine, anew=True).run("doctor")
    assert (said.code, said.err, wrongs(said)) == (0, "", [])
    check_form(said, machine)
    for check in ("settings", "time zone", "database", "bot token", "scopes", "clock", "app token"):
        assert f"ok    {check}: " in said.out
    assert list(machine.folder.iterdir()) == []


def test_over_http_the_signing_secret_is_looked_at(over_http: Machine) -> None:
    said = over_http.type("doctor")
    assert said.code == 0
    assert "ok    signing secret: " in said.out
    assert "app token" not in said.out
    bad = over_http.type("doctor", SLACK_SIGNING_SECRET="canary-not-hex")
    assert bad.code == 1
    assert wrongs(bad)[0].startswith("WRONG signing secret: SLACK_SIGNING_SECRET is not of Slack's form")
    assert "canary" not in bad.out


@pytest.mark.parametrize("setting", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_token_that_slack_refuses_is_named(machine: Machine, setting: str) -> None:
    value = machine.settings[setting][:-4] + "0000"
    said = machine.type("doctor", **{setting: value})
    assert said.code == 1
    assert len(wrongs(said)) == 1
    assert f"{setting} is refused by Slack (invalid_auth): copy it anew from " in wrongs(said)[0]
    assert value not in said.out + said.err


def test_each_missing_scope_is_named_with_what_it_is_for(machine: Machine, poorer: Sandbox) -> None:
    there = {"SLACK_BOT_TOKEN": poorer.bot_token, "SLACK_APP_TOKEN": poorer.app_token, "SLACK_API_URL": poorer.api_url}
    said = machine.type("doctor", **there)
    assert said.code == 1
    assert [line.split(" lacks ")[1].split(",")[0] for line in wrongs(said)] == ["channels:join", "pins:write"]
    for line in wrongs(said):
        assert line.endswith("add it under OAuth & Permissions and reinstall the app.")
    assert said.out.endswith("2 things to mend.\n")


def test_a_slack_that_does_not_answer_is_told_by_its_address(machine: Machine) -> None:
    said = machine.type("doctor", SLACK_API_URL="http://127.0.0.1:1/api/")
    assert said.code == 1
    assert len(wrongs(said)) == 2
    assert all("Slack does not answer at http://127.0.0.1:1/api/" in line for line in wrongs(said))
    check_form(said, machine)


@pytest.mark.parametrize("how", ["503", "junk", "error:fatal_error"])
def test_a_slack_in_trouble_is_no_traceback(machine: Machine, slack: Sandbox, how: str) -> None:
    slack.fault("auth.test", how)
    said = machine.type("doctor")
    slack.clear_faults()
    assert said.code == 1
    assert wrongs(said)[0].startswith("WRONG bot token: Slack does not answer at ")


def test_a_group_of_ics_that_slack_does_not_know_is_named(machine: Machine) -> None:
    said = machine.type("doctor", IC_GROUP=GROUP)
    assert said.code == 1
    assert f"Slack does not give the members of IC_GROUP {GROUP} (no_such_subteam)" in wrongs(said)[0]


@pytest.mark.parametrize(
    ("setting", "value", "error"),
    [
        ("SUPPORT_GROUP", GROUP, "no_such_subteam"),
        ("SUPPORT_CHANNEL", "C0000000000", "channel_not_found"),
        ("REVIEW_CHANNEL", "C0000000000", "channel_not_found"),
        ("LEARNINGS_CHANNEL", "C0000000000", "channel_not_found"),
    ],
)
def test_where_the_support_team_and_the_review_are_is_looked_at(
    machine: Machine, setting: str, value: str, error: str
) -> None:
    said = machine.type("doctor", **{setting: value})
    assert said.code == 1
    assert setting in wrongs(said)[0]
    assert error in wrongs(said)[0]


def test_a_schema_that_is_not_the_newest_is_told_with_the_command_that_mends_it(
    machine: Machine, database_url: str
) -> None:
    engine = make_engine(database_url)
    schema.upgrade(engine, "0001")
    said = machine.type("doctor", DATABASE_URL=database_url)
    assert said.code == 1
    assert wrongs(said) == [
        f"WRONG schema: The schema is 0001, and this version needs {schema.head()}: type `python app.py migrate`."
    ]
    assert schema.current(engine) == "0001"
    engine.dispose()
    assert machine.type("migrate", DATABASE_URL=database_url).code == 0
    assert machine.type("doctor", DATABASE_URL=database_url).code == 0


def test_a_postgres_that_does_not_answer_is_told_without_its_password(machine: Machine) -> None:
    said = machine.type("doctor", DATABASE_URL="postgresql://bot:canary@127.0.0.1:1/none")
    assert said.code == 1
    assert wrongs(said)[0].startswith("WRONG database: DATABASE_URL cannot be used: the database says “Connection")
    assert "canary" not in said.out + said.err


def test_a_folder_that_is_not_there_is_told(machine: Machine) -> None:
    said = machine.type("doctor", DATABASE_URL="sqlite:////no/such/folder/bot.db")
    assert said.code == 1
    assert "make its folder" in wrongs(said)[0]


def test_another_process_that_serves_is_told_and_not_disturbed(machine: Machine) -> None:
    with machine.start("serve") as bot:
        bot.until("serving ")
        said = machine.type("doctor")
        assert said.code == 0
        assert "ok    process: one is serving from bot.db now" in said.out
        assert bot.stop() == 0
    assert "ok    process: none serves from this file now." in machine.type("doctor").out


def test_actions_that_wait_for_long_are_counted(machine: Machine, migrated_url: str, store: SqlStore) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    with store.transaction(timedelta(seconds=5)) as unit:
        unit.outbox.put(*(waiting(f"waits:{number}", long_ago) for number in range(3)))
        unit.outbox.put(waiting("later", datetime.now(UTC) + timedelta(days=3)))
    said = machine.type("doctor", DATABASE_URL=migrated_url)
    assert said.code == 1
    assert wrongs(said)[0].startswith("WRONG outgoing: 3 outgoing actions have waited for more than 5 minutes")


def test_actions_given_up_of_late_are_told_with_why_and_what_to_type(
    machine: Machine, migrated_url: str, store: SqlStore
) -> None:
    now = datetime.now(UTC)
    assert "ok    given up: nothing in the last 7 days." in machine.type("doctor", DATABASE_URL=migrated_url).out

    def give_up(key: str, due: datetime, why: str) -> None:
        with store.transaction(timedelta(seconds=5)) as unit:
            unit.outbox.put(Outgoing(Kind.PERSON_DM, key, "T1", due))
            (row,) = unit.outbox.claim(Lane.MESSAGES, by="w", limit=1, lease=timedelta(minutes=1))
            unit.outbox.give_up(row, "w", why)

    give_up("old", now - timedelta(days=30), "Long ago.")
    said = machine.type("doctor", DATABASE_URL=migrated_url)
    assert said.code == 0
    assert "nothing in the last 7 days; 1 before that, see `python app.py outbox --dead`." in said.out
    for key in ("a", "b"):
        give_up(key, now, "The channel is archived.")
    give_up("c", now, "No such channel.")
    said = machine.type("doctor", DATABASE_URL=migrated_url)
    assert said.code == 1
    (line,) = wrongs(said)
    start = (
        "WRONG given up: 3 outgoing actions were given up, the last because: No such channel; The channel is archived."
    )
    assert line.startswith(start)
    assert "`python app.py outbox --retry ID`" in line
    check_form(said, machine)


@pytest.mark.parametrize(
    ("date", "wrong"),
    [
        ("Mon, 23 Nov 2026 15:05:00 GMT", None),
        ("Mon, 23 Nov 2026 15:04:30 GMT", None),
        ("Mon, 23 Nov 2026 14:58:00 GMT", "420 s ahead of Slack's time"),
        ("Mon, 23 Nov 2026 15:12:00 GMT", "420 s behind Slack's time"),
    ],
    ids=["same", "half-a-minute", "ahead", "behind"],
)
def test_a_clock_that_is_off_is_told(date: str, wrong: str | None) -> None:
    (found,) = check_slack._clock({"date": date}, factories.NOW)
    assert found.well is (wrong is None)
    assert wrong is None or wrong in found.said


@given(st.text(max_size=40))
def test_a_date_that_makes_no_sense_stops_nobody(date: str) -> None:
    assert len(list(check_slack._clock({"date": date}, factories.NOW))) <= 1


def test_an_optional_scope_that_is_missing_is_nothing_to_mend_and_says_what_is_lost() -> None:
    granted = slack_scopes.SCOPES.keys() - {"users:read.email"}
    found = list(check_slack._scopes({"x-oauth-scopes": ",".join(granted)}))
    assert all(each.well for each in found)
    assert "lacks users:read.email: without it tickets have no assignee" in found[0].said
    assert found[1].said == f"all {len(granted)} are granted."


def test_an_optional_scope_that_the_settings_ask_for_is_to_be_mended() -> None:
    granted = {"x-oauth-scopes": ",".join(slack_scopes.SCOPES.keys() - {"canvases:write"})}
    assert all(each.well for each in check_slack._scopes(granted))
    (found,) = check_slack._scopes(granted, frozenset({"canvases:write"}))
    assert not found.well
    assert found.said == (
        "The app lacks canvases:write, which it needs to show the document as a canvas (DOCUMENT_CANVAS): "
        "add it under OAuth & Permissions and reinstall the app."
    )


def test_where_slack_does_not_tell_the_scopes_nothing_is_guessed() -> None:
    (found,) = check_slack._scopes({})
    assert found.well


def test_all_scopes_of_the_table_are_enough() -> None:
    assert slack_scopes.missing(frozenset(slack_scopes.SCOPES)) == ()


def test_settings_that_cannot_be_used_end_with_2(machine: Machine, tmp_path: Path) -> None:
    said = machine.type("doctor", PORT="x")
    assert said.code == 2
    assert said.err == "PORT cannot be used: Input should be a valid integer, unable to parse string as an integer\n"
    with pytest.raises(config.ConfigError):
        config.load(slack_bot_token="xoxb-1", slack_signing_secret="s", port="x")
