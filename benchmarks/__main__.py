"""`python -m benchmarks [NAME...] [--quick]`: measures, and prints the table of values, floors, ratios and goals.

The exit status is 1 when a goal is missed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping

from benchmarks import ack, due, hang, harvest, killed, local_slack, pacing, search, start, talk, tick
from benchmarks.report import Line, table

MEASURES: Mapping[str, Callable[[bool], Iterator[Line]]] = {
    "ack": ack.measure,
    "hang": hang.measure,
    "start": start.measure,
    "harvest": harvest.measure,
    "killed": killed.measure,
    "pacing": pacing.measure,
    "tick": tick.measure,
    "search": search.measure,
    "due": due.measure,
    "slack": local_slack.measure,
    "talk": talk.measure,
}


def main() -> int:
    """Run the measures that were named, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="speed as ratios to floors")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which ones: {', '.join(MEASURES)}")
    parser.add_argument("--quick", action="store_true", help="fewer calls, smaller sizes")
    given = parser.parse_args()
    unknown = set(given.names) - set(MEASURES)
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}")
    lines: list[Line] = []
    for name in given.names or MEASURES:
        for line in MEASURES[name](given.quick):
            lines.append(line)
            print("  ".join(cell for cell in line.cells() if cell), flush=True)
    print()
    print(table(lines))
    return 0 if all(line.ok for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
