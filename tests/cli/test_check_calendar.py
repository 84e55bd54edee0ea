"""What `doctor` says of the shared calendar: each thing that would keep meetings off it, with how to mend it, never the password, and
without writing anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import config
from cli import check_calendar
from tests.caldav import local_caldav
from tests.caldav.local_caldav import PASSWORD, PATH, USER, Fault, LocalCaldav

MUST = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "0" * 32}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def caldav(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalCaldav]:
    monkeypatch.chdir(tmp_path)
    with local_caldav.running(tmp_path / "radicale") as started:
        yield started


def found(caldav: LocalCaldav, **settings: object) -> list[str]:
    given = {"caldav_url": f"{caldav.url}{PATH}", "caldav_user": USER, "caldav_password": PASSWORD}
    said = [each.line() for each in check_calendar.look(config.load(**MUST, **{**given, **settings}), NOW)]
    assert PASSWORD not in str(said)
    assert all(line.endswith(".") for line in said)
    assert not {"PUT", "DELETE"} & set(caldav.seen), "nothing is written"
    return said


def test_when_all_is_well_each_thing_is_named(caldav: LocalCaldav) -> None:
    said = found(caldav)
    assert [line.split(":")[0] for line in said] == [
        "ok    calendar",
        "ok    calendar rights",
        "ok    calendar free-busy",
        "ok    calendar invitations",
    ]
    assert said[3].endswith("people are invited by the file in the channel.")
    assert "“Incident Post-Mortem Meetings”, and knows us as bot" in said[0]


MAIL = {"smtp_host": "localhost", "mail_from": "pm@acme.example"}


@pytest.mark.parametrize(
    ("schedules", "own", "settings", "ends"),
    [
        pytest.param(False, "", MAIL, "people are invited by mail.", id="mail"),
        pytest.param(False, "", {**MAIL, "mail_invitations": False}, "by the file in the channel.", id="mail off"),
        pytest.param(True, "bot@acme.example", MAIL, "it invites as bot@acme.example.", id="server"),
        pytest.param(True, "", {"calendar_address": "pm@acme.example"}, "it invites as pm@acme.example.", id="address"),
        pytest.param(True, "", {}, "set CALENDAR_ADDRESS to the mailbox of its account.", id="nobody"),
    ],
)
def test_it_is_said_which_way_invites(
    caldav: LocalCaldav, schedules: bool, own: str, settings: dict[str, object], ends: str
) -> None:
    caldav.schedules, caldav.own = schedules, own
    said = [line for line in found(caldav, **settings) if "calendar invitations" in line]
    assert [line.endswith(ends) for line in said] == [True], said


def test_without_a_calendar_it_says_what_then() -> None:
    (said,) = check_calendar.look(config.load(**MUST), NOW)
    assert said.line() == (
        "ok    calendar: not set up (CALDAV_URL): people put meetings on the shared calendar by the file."
    )


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"caldav_password": "wrong"}, "CALDAV_USER and CALDAV_PASSWORD are refused"),
        (
            {"caldav_url": "http://127.0.0.1:9/bot/x/"},
            "The calendar's server cannot be reached. Check the network, the proxy and CALDAV_URL (http://127.0.0.1:9/bot/x/).",
        ),
    ],
    ids=["a wrong password", "nobody there"],
)
def test_what_is_wrong_is_one_sentence(caldav: LocalCaldav, settings: dict[str, str], sentence: str) -> None:
    (said,) = found(caldav, **settings)
    assert said.startswith(f"WRONG calendar: {sentence}")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(503), "The server at {url} answers 503: it, or what stands before it, is in trouble."),
        (local_caldav.WAIT, "The calendar's server asked us to wait 7 s. Run this again then"),
        (local_caldav.RESTING, "The calendar's server asked us to wait 7 s. Run this again then"),
        (local_caldav.LOST, "The calendar's server did not answer in time or the connection broke. Check the network"),
        (Fault(507), "The server at {url} answers 507"),
    ],
    ids=["503", "429", "503 with a time", "lost", "507"],
)
def test_what_the_server_did_answer_is_said_with_what_to_do(caldav: LocalCaldav, fault: Fault, sentence: str) -> None:
    caldav.fail("PROPFIND", *[fault] * 3)
    (said,) = found(caldav)
    assert said.startswith(f"WRONG calendar: {sentence.format(url=f'{caldav.url}{PATH}')}")
    assert "Error" not in said


def test_a_port_that_speaks_no_tls_is_told_without_the_names_of_errors(
    caldav: LocalCaldav,
) -> None:
    (said,) = found(caldav, caldav_url=f"{caldav.url.replace('http:', 'https:')}{PATH}")
    assert said.startswith("WRONG calendar: The calendar's server does not speak TLS at this address")
    assert "Error" not in said


@pytest.mark.parametrize("path", ["/bot/", "/bot/other/"])
def test_an_address_that_is_no_calendar_is_told(caldav: LocalCaldav, path: str) -> None:
    (said,) = found(caldav, caldav_url=f"{caldav.url}{path}")
    assert said.startswith("WRONG calendar: ")
    assert "CALDAV_URL" in said


def test_who_may_only_read_is_told_who_gives_the_right(caldav: LocalCaldav) -> None:
    rights = frozenset({"read", "read-free-busy"})
    assert check_calendar._writing(rights, "bot").line().startswith("WRONG calendar rights: bot may only read it")
    assert check_calendar._writing(None, "bot").well


@pytest.mark.parametrize(("fault", "well"), [(Fault(403), True), (Fault(500), False)], ids=["refused", "broken"])
def test_a_server_that_does_not_tell_when_it_is_taken_is_no_trouble(
    caldav: LocalCaldav, fault: Fault, well: bool
) -> None:
    caldav.fail("REPORT", fault)
    assert found(caldav)[2].startswith("ok " if well else "WRONG")
