"""`app.py outbox`: what comes next, what was given up, another try; beside a bot that serves, and without saying what is in a row."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.domain.outgoing import Kind, Lane, Outgoing
from bot.domain.postmortem import Postmortem
from sandbox.client import Sandbox
from storage.store import SqlStore
from tests.cli.machine import Machine

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
ARCHIVED = "The channel is archived, so nothing can be posted there."
CANARY = {"text": "canary-text", "to": "UCANARY"}


def put(store: SqlStore, *given: Outgoing) -> None:
    with store.transaction(timedelta(seconds=5)) as unit:
        unit.outbox.put(*given)


def row(key: str, due: datetime = NOW, kind: Kind = Kind.PERSON_DM) -> Outgoing:
    return Outgoing(kind, f"canary-key:{key}", "TCANARY", due, "pm-canary", CANARY)


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """PM-7 with a row of each state: 1 waits, 2 is due, 3 is in hand, 4 and 5 were given up, 6 is done."""
    with store.transaction(timedelta(seconds=5)) as unit:
        unit.records.add(Postmortem("pm-canary", "TCANARY", "CCANARY", 7, NOW, "UCANARY", title="canary-title"))
    put(store, row("1", NOW + HOUR), row("2", NOW + HOUR, Kind.DOCUMENT))
    put(store, *(row(str(number), NOW - HOUR) for number in range(3, 7)))
    with store.transaction(timedelta(seconds=5)) as unit:
        claimed = unit.outbox.claim(Lane.MESSAGES, by="w", limit=9, lease=HOUR)
        unit.outbox.give_up(claimed[1], "w", ARCHIVED)
        unit.outbox.give_up(claimed[2], "w", "A line\nbroken \x1b[31m")
        unit.outbox.done(claimed[3], "w")
    put(store, Outgoing(Kind.DOCUMENT, "canary-key:2", "TCANARY", NOW - HOUR, "pm-canary", CANARY, again=True))
    return store


def listed(machine: Machine, url: str, *words: str) -> dict[str, list[dict[str, object]]]:
    said = machine.type("outbox", *words, "--json", DATABASE_URL=url)
    assert (said.code, said.err) == (0, "")
    found: dict[str, list[dict[str, object]]] = json.loads(said.out)
    return found


def test_it_tells_what_comes_next_what_was_given_up_and_what_is_done(
    machine: Machine, filled: SqlStore, migrated_url: str
) -> None:
    all_of_it = listed(machine, migrated_url)
    seen = {name: [(line["id"], line["state"]) for line in lines] for name, lines in all_of_it.items()}
    assert seen == {
        "next": [(2, "due"), (3, "in hand"), (1, "waits")],
        "dead": [(5, "dead"), (4, "dead")],
        "ended": [(6, "done")],
    }
    assert listed(machine, migrated_url, "--dead") == {"dead": all_of_it["dead"]}
    due = listed(machine, migrated_url, "--due")["due"]
    assert [(line["id"], line["state"]) for line in due] == [(2, "due"), (3, "in hand")]
    assert all_of_it["dead"][1] == {
        "id": 4, "kind": "person_dm", "record": "PM-7", "state": "dead", "attempts": 1, "last_error": ARCHIVED,
        "due": (NOW - HOUR).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }  # fmt: skip
    table = machine.type("outbox", DATABASE_URL=migrated_url).out
    lines = table.splitlines()
    assert lines[1].split() == ["id", "kind", "record", "due", "state", "attempts", "last", "error"]
    assert f"4   person_dm  PM-7    {NOW - HOUR:%Y-%m-%d %H:%M:%S}Z  dead   1         {ARCHIVED}" in table
    assert "A line broken ?[31m" in table
    for said in (table, json.dumps(all_of_it)):
        assert "canary" not in said.lower(), "no key, no value, no title, no person"


def test_what_was_given_up_is_tried_again_all_of_it_or_nothing(
    machine: Machine, filled: SqlStore, migrated_url: str
) -> None:
    wrong = machine.type("outbox", "--retry", "4", "77", DATABASE_URL=migrated_url)
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == "There is no row 77: `app.py outbox --dead` lists those that were given up.\n"
    done = machine.type("outbox", "--retry", "4", "6", DATABASE_URL=migrated_url)
    assert done.err == "Row 6 is done: only one that was given up can be tried again.\n"
    assert [line["id"] for line in listed(machine, migrated_url, "--dead")["dead"]] == [5, 4]
    right = machine.type("outbox", "--retry", "4", "5", "4", DATABASE_URL=migrated_url)
    assert (right.code, right.err) == (0, "")
    assert right.out.splitlines() == [
        f"Row {number} (person_dm) is tried again within seconds, where the bot runs." for number in (4, 5)
    ]
    assert listed(machine, migrated_url, "--dead") == {"dead": []}
    with filled.transaction(timedelta(seconds=5)) as unit:
        claimed = {each.id: each for each in unit.outbox.claim(Lane.MESSAGES, by="v", limit=9, lease=HOUR)}
    assert claimed[4].attempts == 2, "so it is looked for before it is sent"
    assert claimed[4].first_attempt_at is not None


def test_nothing_at_all_is_said_to_be_nothing(machine: Machine, store: SqlStore, migrated_url: str) -> None:
    said = machine.type("outbox", DATABASE_URL=migrated_url)
    assert said.out.split("\n") == [
        "Nothing is to be done.",
        "",
        "Nothing was given up.",
        "",
        "Nothing was done yet.",
        "",
    ]


def test_a_database_that_is_not_ready_is_one_sentence(machine: Machine) -> None:
    said = machine.type("outbox")
    assert (said.code, list(machine.folder.iterdir())) == (2, [])
    assert said.err.endswith("bot.db yet: `python app.py serve` makes it.\n")
    (machine.folder / "bot.db").touch()
    said = machine.type("outbox")
    assert said.code == 2
    assert said.err == "The database has another schema than this version needs: type `python app.py migrate`.\n"
    away = machine.type("outbox", DATABASE_URL="postgresql://bot:canary@127.0.0.1:1/none")
    assert (away.code, len(away.err.splitlines())) == (2, 1)
    assert "canary" not in away.err


def test_words_that_make_no_sense_are_refused(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--retry", "x"], ["--retry", "9" * 23], ["--due", "--dead"], ["--retry"], ["all"]):
        with pytest.raises(SystemExit) as ended:
            machine.type("outbox", *words)
        assert ended.value.code == 2


def test_beside_a_bot_that_serves_a_dead_row_is_listed_and_sent_after_all(machine: Machine, slack: Sandbox) -> None:
    """The whole way on SQLite: refused for good, mended, tried again by another process, and posted once."""
    # A bot that comes into the channel meanwhile tries again by itself what was given up.
    web = WebClient(machine.settings["SLACK_BOT_TOKEN"], base_url=machine.settings["SLACK_API_URL"])
    web.conversations_join(channel=slack.see.channel("general")["id"])
    with machine.start("serve") as bot:
        bot.until("serving ")
        slack.wait_for_sockets(1)
        slack.fault("chat.postMessage", "error:restricted_action", every=True)
        slack.act.command("ada", "#general", "/postmortem assign @ben")
        slack.wait_until(lambda: dead_steps(machine), timeout=60)
        slack.clear_faults()
        (steps,) = dead_steps(machine)
        said = machine.type("outbox", "--retry", str(steps["id"]))
        assert said.code == 0, said.err
        slack.wait_until(lambda: not dead_steps(machine), timeout=60)
        slack.wait_until(lambda: len(posts(slack, "role_steps:")) == 1, timeout=60)
        assert bot.stop() == 0
    assert len(posts(slack, "role_steps:")) == 1


def dead_steps(machine: Machine) -> list[dict[str, object]]:
    """What was given up of the one kind that this test follows; other rows of the same command may die before it."""
    dead = listed(machine, machine.settings["DATABASE_URL"], "--dead")["dead"]
    return [line for line in dead if line["kind"] == "role_steps"]


def posts(slack: Sandbox, mark: str) -> list[object]:
    seen = slack.see.messages("#general")
    return [each for each in seen if each.get("metadata", {}).get("event_payload", {}).get("mark", "").startswith(mark)]
