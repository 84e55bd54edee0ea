"""`make evaluate`: precision and recall of the harvest by kind, on both halves of the labelled channels, and of single lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation import lines, reading, report, score

HERE = Path(__file__).parent
HALVES = ("tuned", "unseen")


def main(argv: Sequence[str]) -> int:
    """The exit code: 0 when every figure is at least its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--half", choices=HALVES, help="one half only")
    parser.add_argument(
        "--channel", metavar="NAME", help="one channel, with the messages behind the figures (tuned half only)"
    )
    parser.add_argument("--figures", action="store_true", help="print the figures only, and compare nothing")
    options = parser.parse_args(argv)
    if options.channel:
        print(report.behind(reading.read(HERE / "tuned" / f"{options.channel}.txt")))
        return 0
    low = []
    for half in HALVES if options.half is None else (options.half,):
        channels = reading.folder(HERE / half)
        figures = score.total(channels)
        print(report.table(f"{half} ({len(channels)} channels)", figures))
        single = lines.score(HERE / "lines" / f"{half}.txt")
        print(report.table(f"{half}, single lines", single))
        low += report.below(half, figures + single)
    for each in () if options.figures else low:
        print(each, file=sys.stderr)
    return 1 if low and not options.figures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
