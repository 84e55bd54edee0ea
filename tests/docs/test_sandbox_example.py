"""The ten lines that show the local Slack to others are run as they stand, by themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def example(page: str) -> str:
    """The one piece of Python of a page."""
    (found,) = re.findall(r"```python\n(.+?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.mark.parametrize("page", ["README.md", "sandbox/README.md"])
def test_the_example_runs(page: str) -> None:
    # No limit of our own: it starts two processes, and how long a busy machine takes for them proves nothing.
    done = subprocess.run([sys.executable, "-c", example(page)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", ["README.md", "sandbox/README.md"])
def test_the_example_is_ten_lines(page: str) -> None:
    assert len([line for line in example(page).splitlines() if line.strip()]) == 10
