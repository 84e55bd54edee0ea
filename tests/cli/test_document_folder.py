"""`app.py document --all`: the folder that Git keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.postmortem import Postmortem
from storage.store import SqlStore
from tests.cli.machine import Machine, Ran

AT = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """PM-7, PM-10, and PM-8, which is restricted."""
    with store.transaction(timedelta(seconds=5)) as unit:
        unit.records.add(Postmortem("pm-7", "T1", "C1", 7, AT, "U1", title="Checkout [slow](x) <b>"))
        unit.records.add(Postmortem("pm-10", "T1", "C3", 10, AT, "U1", title="Search"))
        unit.records.add(Postmortem("pm-8", "T1", "C2", 8, AT, "U1", title="A secret", restricted=True))
    return store


@pytest.fixture
def offline(machine: Machine, migrated_url: str) -> Machine:
    """The machine on this database."""
    machine.settings |= {"DATABASE_URL": migrated_url}
    return machine


def write(offline: Machine, *more: str) -> Ran:
    return offline.type("document", "--all", "--format", "markdown", "-o", "pms", *more)


def contents(offline: Machine) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (offline.folder / "pms").iterdir()}


def test_each_has_a_file_and_the_index_leads_to_it(offline: Machine, filled: SqlStore) -> None:
    said = write(offline)
    assert (said.code, said.out, said.err) == (0, "pms: 3 written, 0 unchanged, 0 removed.\n", "")
    files = contents(offline)
    assert set(files) == {"README.md", "pm-7.md", "pm-10.md"}
    assert "PM-8" not in "".join(files.values())
    assert "Restricted post-mortems are not in this folder." in files["README.md"]
    links = [line for line in files["README.md"].splitlines() if line.startswith("- ")]
    assert links == [
        "- [PM-10: Search](pm-10.md): Draft",
        r"- [PM-7: Checkout \[slow\](x) &lt;b&gt;](pm-7.md): Draft",
    ]
    alone = offline.type("document", "7", "--format", "markdown").out
    assert files["pm-7.md"].partition("\n")[2] == alone


def test_restricted_ones_are_there_when_asked_for_and_go_when_not(offline: Machine, filled: SqlStore) -> None:
    assert write(offline, "--restricted").out == "pms: 4 written, 0 unchanged, 0 removed.\n"
    assert "# PM-8: restricted post-mortem" in contents(offline)["pm-8.md"]
    assert write(offline).out == "pms: 1 written, 2 unchanged, 1 removed.\n"
    assert set(contents(offline)) == {"README.md", "pm-7.md", "pm-10.md"}


def test_what_says_the_same_is_not_touched(offline: Machine, filled: SqlStore) -> None:
    write(offline)
    before = {path: path.stat().st_mtime_ns for path in (offline.folder / "pms").iterdir()}
    assert write(offline).out == "pms: 0 written, 3 unchanged, 0 removed.\n"
    assert {path: path.stat().st_mtime_ns for path in before} == before
    with filled.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get("pm-7", lock=True)
        assert record is not None
        unit.records.save(replace(record, title="Checkout", version=record.version + 1))
    assert write(offline).out == "pms: 2 written, 1 unchanged, 0 removed.\n"


def test_only_files_of_ours_are_removed(offline: Machine, filled: SqlStore) -> None:
    write(offline)
    folder = offline.folder / "pms"
    ours = (folder / "pm-7.md").read_bytes()
    for name, content in (("pm-99.md", ours), ("notes.md", ours), ("pm-98.md", b"mine"), ("x.txt", b"mine")):
        (folder / name).write_bytes(content)
    assert write(offline).out == "pms: 0 written, 3 unchanged, 1 removed.\n"
    assert set(contents(offline)) == {"README.md", "pm-7.md", "pm-10.md", "notes.md", "pm-98.md", "x.txt"}


def test_a_file_of_somebody_else_is_not_written_over(offline: Machine, filled: SqlStore) -> None:
    (offline.folder / "pms").mkdir()
    (offline.folder / "pms" / "README.md").write_text("mine")
    said = write(offline)
    assert (said.code, said.out) == (2, "")
    assert said.err == "pms/README.md was not written by this command: move it away, or choose another folder.\n"
    assert contents(offline) == {"README.md": "mine"}


def test_a_place_that_takes_no_folder_is_told(offline: Machine, filled: SqlStore) -> None:
    (offline.folder / "pms").write_text("a file")
    said = write(offline)
    assert (said.code, said.err) == (2, "pms cannot be written: File exists.\n")


def test_a_number_that_two_workspaces_have_is_refused(offline: Machine, filled: SqlStore) -> None:
    with filled.transaction(timedelta(seconds=5)) as unit:
        unit.records.add(Postmortem("other-7", "T2", "C9", 7, AT, "U1"))
    said = write(offline)
    assert (said.code, said.err) == (2, "Several workspaces in this database have a PM-7: nothing was written.\n")
    assert not Path(offline.folder / "pms").exists()


def test_without_a_post_mortem_the_index_says_so(offline: Machine) -> None:
    assert write(offline).out == "pms: 1 written, 0 unchanged, 0 removed.\n"
    assert "There is none yet." in contents(offline)["README.md"]
