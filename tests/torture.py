"""Every call of the main job, with real processes: `app.py serve` is killed (kill -9) at call k, before and after its effect,
for every k, and each time the next process must come to the end of an undisturbed run. `make torture`; some five minutes on two cores.

usage: python -m tests.torture [--limit N] [--jobs N] [--seed N]    exit status: 0 all held, 1 some did not
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from tests.faults import killing
from tests.faults.killing import RealJob, Result


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line a call, `k of n`; returns the exit status."""
    given = _arguments(argv)
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        clean = RealJob(folder / "undisturbed").run()
        cases = [(number, after) for number in range(1, clean.calls + 1) for after in (False, True)]
        if given.limit is not None:
            cases = sorted(random.Random(given.seed).sample(cases, min(given.limit, len(cases))))
        _say(f"the main job makes {clean.calls} calls; {len(cases)} kills follow")
        failed = _all(folder, cases, clean, given.jobs)
    _say(f"{len(cases) - failed} of {len(cases)} held")
    return 1 if failed else 0


def _all(folder: Path, cases: list[tuple[int, bool]], clean: Result, jobs: int) -> int:
    failed = 0
    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(_one, folder, number, after, clean): (number, after) for number, after in cases}
        for done, future in enumerate(as_completed(running), 1):
            number, after = running[future]
            wrong = future.result()
            failed += bool(wrong)
            when = "after" if after else "before"
            told = f"FAILED: {wrong}" if wrong else "ok"
            _say(f"{done} of {len(cases)}: killed at call {number} {when} its effect: {told}")
    return failed


def _one(folder: Path, number: int, after: bool, clean: Result) -> str:
    """What was wrong, in one line; "" when all held."""
    try:
        result = RealJob(folder / f"{number}-{after}", number, after=after).run()
        # Threads take turns by chance: a run may have one call less than the undisturbed one.
        if not result.killed and number > clean.calls - 2:
            return ""
        killing.check(result, clean)
    except Exception as error:
        return " ".join(f"{type(error).__name__} {error}".split())[:500]
    return ""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="kill -9 at every call")
    parser.add_argument("--limit", type=int, default=None, metavar="N", help="only N kills, drawn by the seed")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), metavar="N", help="runs at once")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which ones --limit draws")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
