"""`app.py export`: all that people wrote and decided, whole or not at all, with nothing in it that is nobody's business, beside a bot
that serves."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.place import Channel
from bot.domain.postmortem import Audit, Postmortem
from storage import dump, erasure
from storage.dump import Wanted
from storage.store import SqlStore
from storage.tables import metadata
from storage.transactions import Transactions
from tests.cli.machine import ROOT, Machine

NOW = datetime(2026, 11, 23, 15, 5, 0, 123456, tzinfo=UTC)
PATIENCE = timedelta(seconds=5)
TOKEN = "xoxb-123456789012-abcdefghijkl"
PAGE = (ROOT / "docs" / "export-json.md").read_text(encoding="utf-8")


def record(number: int, **values: Any) -> Postmortem:
    given = {"created_at": NOW + timedelta(days=number), "created_by": "U1", "title": f"Title {number}"}
    return Postmortem(
        **({"id": f"pm{number}", "team_id": "T1", "channel_id": f"C{number}", "number": number} | given | values)
    )


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """PM-1 with a message that holds a token, PM-2 that is restricted, PM-3."""
    with store.transaction(PATIENCE) as unit:
        unit.people.put("T1", [Person("U1", "Ana"), Person("U2", "Ben Okafor", email="ben@acme.example")])
        for each in (record(1), record(2, restricted=True, title="A leak"), record(3, title="סוף ✅ \u2028 {code}")):
            unit.records.add(each)
            unit.ledger.note(Audit(each.id, NOW, "U2", "title", None, f"{each.title}, says Ben Okafor", "form"))
        for number in (1, 2):
            unit.channels.put(Channel("T1", f"C{number}", f"inc-name-{number}", False, False, NOW))
        said = Message("C1", "1764000000.000100", "U1", f"the token is {TOKEN}\nBen Okafor has it")
        unit.harvests.put_state(HarvestState("pm1", "C1", Phase.DONE))
        unit.harvests.add_messages(HarvestState("pm1", "C1", Phase.DONE), [said])
    return store


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def exported(machine: Machine, url: str, *words: str) -> list[dict[str, Any]]:
    said = machine.type("export", *words, DATABASE_URL=url)
    assert said.code == 0, said.err
    return lines(said.out)


def of(found: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [each for each in found if each["type"] == name]


def test_every_post_mortem_comes_with_all_that_belongs_to_it(
    machine: Machine, filled: SqlStore, migrated_url: str
) -> None:
    found = exported(machine, migrated_url)
    head, end = found[0], found[-1]
    assert (head["type"], head["format"], head["since"], head["restricted"]) == ("export", 1, None, False)
    assert end == {"type": "end", "lines": len(found) - 2, "postmortems": 2}
    assert [each["number"] for each in of(found, "postmortem")] == [1, 3]
    assert of(found, "postmortem")[0]["created_at"] == "2026-11-24T15:05:00.123456Z"
    assert of(found, "postmortem")[1]["title"] == "סוף ✅ \u2028 {code}"
    assert [each["postmortem_id"] for each in of(found, "audit")] == ["pm1", "pm3"]
    (message,) = of(found, "harvest_message")
    assert "Ben Okafor has it" in message["body"]["text"]


def test_what_looks_like_a_secret_is_masked(machine: Machine, filled: SqlStore, migrated_url: str) -> None:
    said = machine.type("export", DATABASE_URL=migrated_url).out
    assert TOKEN not in said
    assert "the token is xoxb…" in of(lines(said), "harvest_message")[0]["body"]["text"]


def test_restricted_ones_are_in_it_only_where_asked_for(machine: Machine, filled: SqlStore, migrated_url: str) -> None:
    ran = machine.type("export", DATABASE_URL=migrated_url)
    assert ran.err.endswith("Left out: 1 restricted; --restricted brings them.\n")
    for word in ("A leak", "pm2", "C2", "inc-name-2"):
        assert word not in ran.out, word
    found = exported(machine, migrated_url, "--restricted")
    assert [each["number"] for each in of(found, "postmortem")] == [1, 2, 3]
    assert [each["name"] for each in of(found, "channel")] == ["inc-name-1", "inc-name-2"]
    assert found[0]["restricted"] is True


def test_since_a_day_on_only_what_was_opened_then(machine: Machine, filled: SqlStore, migrated_url: str) -> None:
    found = exported(machine, migrated_url, "--since", "2026-11-26")
    assert [each["number"] for each in of(found, "postmortem")] == [3]
    assert {each["postmortem_id"] for each in of(found, "audit")} == {"pm3"}
    assert found[0]["since"] == "2026-11-26"
    wrong = machine.run("export", "--since", "yesterday", DATABASE_URL=migrated_url)
    assert wrong.code == 2
    assert "'yesterday' is no day: say year-month-day" in wrong.err


def test_forgotten_people_stay_forgotten(machine: Machine, filled: SqlStore, migrated_url: str) -> None:
    with filled.transaction(PATIENCE) as unit:
        unit.erasure.person("T1", "U2", ("Ben Okafor", "ben@acme.example"), "a former colleague")
    said = machine.type("export", "--restricted", DATABASE_URL=migrated_url).out
    for word in ("U2", "Okafor", "ben@acme"):
        assert word not in said, word
    assert "a former colleague" in said
    assert of(lines(said), "person") == of(lines(said), "person")[:1]


def test_a_file_is_there_whole_for_its_owner_alone_or_as_it_was(
    machine: Machine, filled: SqlStore, migrated_url: str, tmp_path: Path
) -> None:
    place = tmp_path / "out" / "all.jsonl"
    wrong = machine.type("export", "-o", str(place), DATABASE_URL=migrated_url)
    assert (wrong.code, wrong.out) == (2, "")
    assert "cannot be written: No such file or directory" in wrong.err
    place.parent.mkdir()
    assert "is a folder" in machine.type("export", "-o", str(place.parent), DATABASE_URL=migrated_url).err
    right = machine.type("export", "-o", str(place), DATABASE_URL=migrated_url)
    assert (right.code, right.out) == (0, "")
    assert right.err.startswith("2 post-mortems, ")
    assert lines(place.read_text(encoding="ascii"))[-1]["type"] == "end"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert list(place.parent.iterdir()) == [place]


def test_the_database_itself_is_never_written_over(machine: Machine) -> None:
    assert machine.type("migrate").code == 0
    file = machine.settings["DATABASE_URL"].removeprefix("sqlite:///")
    for end in ("", "-wal"):
        assert "is the database itself" in machine.type("export", "-o", f"{file}{end}").err
    assert machine.type("export").code == 0


def test_a_database_that_is_not_there_or_old_is_said(machine: Machine, database_url: str) -> None:
    assert "serve` makes it" in machine.type("export").err
    said = machine.type("export", DATABASE_URL=database_url)
    assert said.code == 2


def test_a_reader_who_goes_away_ends_it_without_a_trace_back(
    machine: Machine, filled: SqlStore, migrated_url: str
) -> None:
    with filled.transaction(PATIENCE) as unit:
        unit.ledger.note(*(Audit("pm1", NOW, "U1", "title", None, "x" * 500, "form") for _ in range(2000)))
    command = f"{sys.executable} {ROOT / 'app.py'} export | head -c 10"
    env = {"DATABASE_URL": migrated_url, "PATH": "/usr/bin:/bin"}
    ran = subprocess.run(command, shell=True, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout == '{"type":"e'
    assert ran.stderr == ""


@pytest.fixture
def many(filled: SqlStore) -> SqlStore:
    """Ten megabytes of history."""
    for start in range(0, 5000, 500):
        with filled.transaction(PATIENCE) as unit:
            unit.ledger.note(*(Audit("pm1", NOW, "U1", f"f{start + n}", None, "x" * 2000, "form") for n in range(500)))
    return filled


def test_it_is_read_in_portions_while_others_write(many: SqlStore, engine: Engine) -> None:
    found = 0
    with Transactions(engine).reading() as conn:
        reading: Iterator[tuple[str, dict[str, Any]]] = dump.rows(conn, Wanted())
        next(reading)
        with many.transaction(PATIENCE) as unit:
            unit.records.add(record(9))
        tracemalloc.start()
        for name, row in reading:
            found += name == "audit"
            assert row.get("number") != 9, "it shows what was there when it began"
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found == 5002
    assert peak < 8_000_000


def test_every_table_is_in_it_or_left_out_for_a_reason() -> None:
    named = [*dump.TYPES, *dump.LEFT_OUT]
    assert sorted(named) == sorted(metadata.tables), "put a new table into storage/dump.py, and docs/export-json.md"
    assert len(named) == len(set(named))
    copies = {"receipt", "outbox"}
    assert set(erasure.WORDS) - copies <= set(dump.TYPES), "people's words are in an export"
    for name in dump.OF_RECORD:
        assert "postmortem_id" in metadata.tables[name].c


def test_the_page_names_every_line_and_each_of_its_fields() -> None:
    wanted = [f"| `{name}` | {', '.join(f'`{field}`' for field in dump.fields(name))} |" for name in dump.TYPES]
    missing = [line for line in wanted if line not in PAGE]
    assert missing == [], "a field that is new, or gone, or has another name: say so in docs/export-json.md"
    assert len(re.findall(r"^\| `[a-z_]+` \| `", PAGE, re.MULTILINE)) == len(wanted)
    for name, why in dump.LEFT_OUT.items():
        assert f"| `{name}` | {why} |" in PAGE
