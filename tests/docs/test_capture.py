"""The README's table of what is captured: each case names a test, and the test is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TITLE = "## What is captured, and what happens when"


def section() -> str:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    return page.partition(TITLE)[2].partition("\n## ")[0]


def rows() -> list[list[str]]:
    """The rows of the tables of cases, their heads left out."""
    lines = [line for line in section().splitlines() if line.count("|") == 4]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "case" and set(row[0]) != {"-"}]


def test_each_case_names_a_test_that_is_there() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py")))
    there = set(re.findall(r"^def (test_\w+)", written, re.MULTILINE))
    assert len(rows()) > 50
    for case, _, told in rows():
        named = re.findall(r"`([^`]+)`", told)
        assert named, f"no test for: {case}"
        missing = [each for each in named if each not in there and not (ROOT / each).is_file()]
        assert missing == [], case
