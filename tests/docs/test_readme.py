"""What the README and the pages for operators say is what there is: commands, files, settings, queries."""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.config import Environment
from bot.jobs import worker
from bot.listeners.commands import help as helps
from bot.listeners.commands import table as subcommands
from bot.listeners.shortcuts import table as menu
from cli import table

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
QUERIES = re.findall(r"```sql\n(.+?)```", OPERATIONS, re.DOTALL)


def rows(heading: str) -> list[tuple[str, str]]:
    """The two columns of the table after these words."""
    part = README.split(heading, 1)[1].split("\n\n", 2)[1]
    found = [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]) for line in part.splitlines()[2:]]
    return [(first.strip("`"), second) for first, second in found]


def test_the_table_of_subcommands_is_that_of_the_help() -> None:
    assert rows("In Slack, in the incident's channel:") == helps.listing(subcommands.SUBCOMMANDS)


def test_the_table_of_the_menu_is_that_of_the_manifest() -> None:
    wanted = [(each.label, each.what) for each in menu.SHORTCUTS.values()]
    assert rows("and where the bot is no member:") == wanted


def test_the_table_of_the_operators_commands_is_that_of_the_help() -> None:
    wanted = [(f"python app.py {name}", command.what) for name, command in table.COMMANDS.items()]
    assert rows("On the machine:") == wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_and_command_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?<![\w.])make ([a-z-]+)(?=[`,\s]*(?:`|#|$))", text, re.MULTILINE)) <= targets
    assert set(re.findall(r"app\.py ([a-z]+)", text)) <= {*table.COMMANDS, "help"}
    typed = set(re.findall(r"`/postmortem ([a-z-]+)", text))
    assert typed <= {command.name for command in subcommands.SUBCOMMANDS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_setting_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`", page.read_text(encoding="utf-8")))
    assert named <= {name.upper() for name in Environment.model_fields} | {"POSTGRES_PASSWORD", "SSL_CERT_FILE"}


def test_the_layout_names_folders_that_there_are() -> None:
    layout = README.split("## Development", 1)[1].split("```")[1]
    named = re.findall(r"(?<!\S)((?:[a-z]+/)+|app\.py)", layout)
    assert len(named) > 10
    missing = [path for path in named if not (ROOT / path).exists() and not (ROOT / "bot/domain" / path).exists()]
    assert missing == []


def test_the_promises_name_the_real_numbers() -> None:
    assert f"lease of {worker.LEASE.total_seconds():.0f} seconds" in README
    assert f"failed {worker.MAX_ATTEMPTS} times over three quarters of an hour" in README
    waits = [worker.backoff(attempt) for attempt in range(1, worker.MAX_ATTEMPTS)]
    assert timedelta(minutes=40) < sum(waits, timedelta()) < timedelta(minutes=50)


@pytest.mark.parametrize("query", QUERIES, ids=[query.split("\n")[0][:40] for query in QUERIES])
def test_every_query_of_the_operators_page_runs(engine: Engine, query: str) -> None:
    with engine.connect() as conn:
        assert conn.execute(sa.text(query)).fetchall() == []


def test_the_command_for_a_backup_makes_a_whole_copy(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "postmortem.db") as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE t (x)")
        live.execute("INSERT INTO t VALUES (1)")
        live.commit()
        (line,) = re.findall(r"^python -c .+$", OPERATIONS, re.MULTILINE)
        subprocess.run([sys.executable, *shlex.split(line)[1:]], cwd=tmp_path, check=True, timeout=30)
    live.close()
    copy = sqlite3.connect(tmp_path / "backup.db")
    assert copy.execute("SELECT x FROM t").fetchall() == [(1,)]
    copy.close()
