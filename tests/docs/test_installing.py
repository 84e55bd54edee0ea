"""The locked requirements leave one package out that another asks for: every place that installs them says so, and the calendar works
without it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("Makefile", "Dockerfile", "README.md", "docs/operations.md")
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-learn.txt")
IMPORT = "from bot.integrations.caldav_client import CaldavAccess, CaldavClient; from pydantic import SecretStr; "
MAKE = 'CaldavClient(CaldavAccess("https://calendar.example/a/b/", "u", SecretStr("p")))'


def run(script: str, path: Path | str = "") -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": f"{path}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("place", PLACES)
def test_every_place_that_installs_them_takes_them_as_they_are(place: str) -> None:
    found = re.findall(r"pip install[^\n`]*-r requirements[-a-z]*\.txt", (ROOT / place).read_text(encoding="utf-8"))
    assert found
    assert all("--no-deps --require-hashes" in each for each in found)


def test_make_learn_and_make_setup_do_it_alike() -> None:
    said = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"-r (requirements[-a-z]*\.txt)", said)) == {"requirements-dev.txt", "requirements-learn.txt"}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_leaves_it_out(lock: str) -> None:
    named = {line.split("==")[0] for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "==" in line}
    assert {"caldav", "requests", "urllib3"} <= named
    assert not {each for each in named if "niquests" in each or "urllib3-future" in each}


def test_the_calendar_works_without_it() -> None:
    blocked = "import sys; sys.modules['niquests'] = sys.modules['urllib3_future'] = None; "
    done = run(f"{blocked}{IMPORT}import bot.integrations.caldav_calendar, cli.check_calendar; {MAKE}")
    assert done.returncode == 0, done.stderr


def test_where_it_is_installed_all_the_same_that_is_said_in_a_sentence(tmp_path: Path) -> None:
    package = tmp_path / "niquests"
    package.mkdir()
    for name in ("auth", "models", "structures", "exceptions", "adapters"):
        (package / f"{name}.py").write_text(f"from requests.{name} import *\n")
    (package / "__init__.py").write_text("from requests import *\nfrom niquests import adapters, exceptions\n")
    done = run(f"{IMPORT}{MAKE}", tmp_path)
    assert "ConfigError: The package niquests is installed" in done.stderr
    assert "--no-deps" in done.stderr
