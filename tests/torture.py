"""Every call of the main job, with real processes: `app.py serve` is killed (kill -9) at call k, before and after its effect,
for every k, and each time the next process must come to the end of an undisturbed run. The same for two tickets at every request to
Jira, for a page at every request to Confluence, for an invitation at every answer of a mail server, and for a canvas at every call for
it. Then the race: 2,000 reminders, four replicas on Postgres and one process on SQLite, 45 kills each. `make torture`; some twenty
minutes on two cores.

usage: python -m tests.torture [calls] [tickets] [calendar] [pages] [mails] [canvas] [race] [--limit N] [--jobs N] [--seed N]
exit status: 0 all held, 1 some did not
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from benchmarks import databases
from tests.faults import calendar_killing, canvas_killing, killing, mail_killing, page_killing, racing, ticket_killing
from tests.faults.calendar_killing import RealCalendar
from tests.faults.canvas_killing import RealCanvas
from tests.faults.killing import RealJob, Result
from tests.faults.mail_killing import RealMail
from tests.faults.page_killing import RealPage
from tests.faults.racing import Plan, Race
from tests.faults.ticket_killing import RealTickets


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line a call or race, `k of n`; returns the exit status."""
    given = _arguments(argv)
    parts = given.parts or list(PARTS)
    return max(PARTS[part](given) for part in parts)


def _calls(given: argparse.Namespace) -> int:
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


def _race(given: argparse.Namespace) -> int:
    status = 0
    for name, processes in (("Postgres", 4), ("SQLite", 1)):
        with tempfile.TemporaryDirectory(prefix="race-") as folder, databases.DATABASES[name]() as url:
            plan = Plan(processes, rows=2000, kills=45, seed=given.seed, over=30, wait=True)
            try:
                outcome = Race(url, Path(folder), plan).run()
                racing.check(outcome, plan.kills)
            except Exception as error:
                status = 1
                _say(f"{name}, {processes} at once: FAILED: {' '.join(str(error).split())[:500]}")
                continue
            kills = ", ".join(f"{number} {how}" for how, number in sorted(outcome.kills.items()))
            told = f"0 lost, 0 doubled, 0 early of {plan.rows}; killed: {kills}; looked for: {outcome.looks}"
            _say(f"{name}, {processes} at once: {told}")
    return status


def _tickets(given: argparse.Namespace) -> int:
    """A kill at every request to Jira. What may have been made is looked for over minutes before there is another request."""
    with tempfile.TemporaryDirectory(prefix="tickets-") as name:
        folder = Path(name)
        requests = RealTickets(folder / "undisturbed").run().requests
        cases = [(number, after) for number in range(1, len(requests) + 1) for after in (False, True)]
        if given.limit is not None:
            cases = sorted(random.Random(given.seed).sample(cases, min(given.limit, len(cases))))
        _say(f"two tickets make {len(requests)} requests to Jira; {len(cases)} kills follow")
        failed = _in_turn(cases, given.jobs, lambda number, after: _one_ticket(folder, number, after), "request")
    _say(f"{len(cases) - failed} of {len(cases)} held")
    return 1 if failed else 0


def _one_ticket(folder: Path, number: int, after: bool) -> str:
    """What was wrong, in one line; "" when all held."""
    try:
        left = RealTickets(folder / f"{number}-{after}", number, after=after).run(ticket_killing.LOOKED_FOR)
        ticket_killing.check(left, number, after=after)
    except Exception as error:
        return " ".join(f"{type(error).__name__} {error}".split())[:500]
    return ""


def _calendar(given: argparse.Namespace) -> int:
    """A kill at every request to the shared calendar."""
    with tempfile.TemporaryDirectory(prefix="calendar-") as name:
        folder = Path(name)
        requests = RealCalendar(folder / "undisturbed").run().requests
        cases = [(number, after) for number in range(1, len(requests) + 1) for after in (False, True)]
        if given.limit is not None:
            cases = sorted(random.Random(given.seed).sample(cases, min(given.limit, len(cases))))
        _say(f"a meeting that moves makes {len(requests)} requests to the calendar; {len(cases)} kills follow")
        failed = _in_turn(cases, given.jobs, lambda number, after: _one_meeting(folder, number, after), "request")
    _say(f"{len(cases) - failed} of {len(cases)} held")
    return 1 if failed else 0


def _pages(given: argparse.Namespace) -> int:
    """A kill at every request to Confluence."""
    with tempfile.TemporaryDirectory(prefix="pages-") as name:
        folder = Path(name)
        requests = RealPage(folder / "undisturbed").run().requests
        cases = [(number, after) for number in range(1, len(requests) + 1) for after in (False, True)]
        if given.limit is not None:
            cases = sorted(random.Random(given.seed).sample(cases, min(given.limit, len(cases))))
        _say(f"a page takes {len(requests)} requests to Confluence; {len(cases)} kills follow")
        failed = _in_turn(cases, given.jobs, lambda number, after: _one_page(folder, number, after), "request")
    _say(f"{len(cases) - failed} of {len(cases)} held")
    return 1 if failed else 0


def _mails(given: argparse.Namespace) -> int:
    """A kill at every answer of the mail server. What may have been sent is asked about after minutes."""
    with tempfile.TemporaryDirectory(prefix="mails-") as name:
        folder = Path(name)
        cases = [(number, False) for number in range(1, mail_killing.ANSWERS)]
        cases += [(mail_killing.ANSWERS, after) for after in (False, True)]
        if given.limit is not None:
            cases = sorted(random.Random(given.seed).sample(cases, min(given.limit, len(cases))))
        _say(f"a mail takes {mail_killing.ANSWERS} answers; {len(cases)} kills follow")
        failed = _in_turn(cases, given.jobs, lambda number, after: _one_mail(folder, number, after), "answer")
    _say(f"{len(cases) - failed} of {len(cases)} held")
    return 1 if failed else 0


def _canvas(given: argparse.Namespace) -> int:
    """A kill at every call for the canvas of a document."""
    with tempfile.TemporaryDirectory(prefix="canvas-") as name:
        folder = Path(name)
        cases = [(number, after) for number in range(1, len(canvas_killing.CALLS) + 1) for after in (False, True)]
        if given.limit is not None:
            cases = sorted(random.Random(given.seed).sample(cases, min(given.limit, len(cases))))
        _say(f"a canvas takes {len(canvas_killing.CALLS)} calls; {len(cases)} kills follow")
        failed = _in_turn(cases, given.jobs, lambda number, after: _one_canvas(folder, number, after), "call")
    _say(f"{len(cases) - failed} of {len(cases)} held")
    return 1 if failed else 0


def _one_canvas(folder: Path, number: int, after: bool) -> str:
    """What was wrong, in one line; "" when all held."""
    try:
        canvas_killing.check(RealCanvas(folder / f"{number}-{after}", number, after=after).run())
    except Exception as error:
        return " ".join(f"{type(error).__name__} {error}".split())[:500]
    return ""


def _one_meeting(folder: Path, number: int, after: bool) -> str:
    """What was wrong, in one line; "" when all held."""
    try:
        calendar_killing.check(RealCalendar(folder / f"{number}-{after}", number, after=after).run())
    except Exception as error:
        return " ".join(f"{type(error).__name__} {error}".split())[:500]
    return ""


def _one_page(folder: Path, number: int, after: bool) -> str:
    """What was wrong, in one line; "" when all held."""
    try:
        page_killing.check(RealPage(folder / f"{number}-{after}", number, after=after).run())
    except Exception as error:
        return " ".join(f"{type(error).__name__} {error}".split())[:500]
    return ""


def _one_mail(folder: Path, number: int, after: bool) -> str:
    """What was wrong, in one line; "" when all held."""
    try:
        mail_killing.check(RealMail(folder / f"{number}-{after}", number, after=after).run(), number, after=after)
    except Exception as error:
        return " ".join(f"{type(error).__name__} {error}".split())[:500]
    return ""


PARTS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "calls": _calls,
    "tickets": _tickets,
    "calendar": _calendar,
    "pages": _pages,
    "mails": _mails,
    "canvas": _canvas,
    "race": _race,
}


def _all(folder: Path, cases: list[tuple[int, bool]], clean: Result, jobs: int) -> int:
    return _in_turn(cases, jobs, lambda number, after: _one(folder, number, after, clean), "call")


def _in_turn(cases: list[tuple[int, bool]], jobs: int, one: Callable[[int, bool], str], what: str) -> int:
    """How many failed."""
    failed = 0
    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(one, number, after): (number, after) for number, after in cases}
        for done, future in enumerate(as_completed(running), 1):
            number, after = running[future]
            wrong = future.result()
            failed += bool(wrong)
            when = "after" if after else "before"
            told = f"FAILED: {wrong}" if wrong else "ok"
            _say(f"{done} of {len(cases)}: killed at {what} {number} {when} its effect: {told}")
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
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=f"which: {', '.join(PARTS)}")
    parser.add_argument("--limit", type=int, default=None, metavar="N", help="only N kills, drawn by the seed")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), metavar="N", help="runs at once")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which ones --limit draws")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
