"""kill -9 of the real `app.py serve` when Slack has made the canvas and nobody knows of it yet, then a new process on what was left: one
canvas. `make torture` does it at every call for it, before and after its effect."""

from __future__ import annotations

from pathlib import Path

from tests.faults import canvas_killing
from tests.faults.canvas_killing import RealCanvas


def test_killed_when_it_was_made_the_next_process_finds_it(tmp_path: Path) -> None:
    canvas_killing.check(RealCanvas(tmp_path / "killed", 1, after=True).run())
