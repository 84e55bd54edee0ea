"""A run that leaves Postgres out is red: the tests of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FILE = "tests/storage/test_posts.py"


def run(*words, **environment):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", FILE, *words]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(command, cwd=ROOT, env=plain | environment, capture_output=True, text=True, check=False)


def test_fewer_tests_on_postgres_than_on_sqlite_fail_a_run_whose_tests_all_pass():
    ended = run("--deselect", f"{FILE}::test_a_message_is_remembered_moved_and_forgotten[postgres]")
    assert "ran on sqlite: 2, ran on postgres: 1" in ended.stdout
    assert "3 passed, 1 deselected" in ended.stdout
    assert ended.returncode == 1


@pytest.mark.parametrize("words", [(), ("-k", "sqlite")], ids=["all of them", "those picked by name"])
def test_a_run_is_green(words):
    ended = run(*words)
    assert ended.returncode == 0, ended.stdout


def test_a_postgres_that_cannot_start_is_red_and_not_skipped():
    ended = run(PGSERVER_POSTGRES_VERSION="1")
    assert "2 passed, 2 errors" in ended.stdout
    assert ended.returncode == 1
