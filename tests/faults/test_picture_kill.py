"""kill -9 of the real `app.py serve` at an upload that Slack took and did not answer, then a new process on what was left: each file
once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.picture_killing import RealPicture

# Which upload, and whether it took its effect.
KILLS = ((1, True), (2, True), (2, False))


def test_killed_at_an_upload_the_next_process_leaves_each_file_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(len(KILLS)) as pool:
        runs = [pool.submit(RealPicture(tmp_path / f"{at}-{after}", at, after=after).run) for at, after in KILLS]
        for run, kill in zip(runs, KILLS, strict=True):
            left = run.result()
            assert left.killed, kill
            assert left.names == ["pm-1-timeline.png", "pm-1.html", "pm-1.md"], kill
