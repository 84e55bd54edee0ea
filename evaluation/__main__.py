"""`make evaluate`: precision and recall of the harvest by kind, on both halves of the labelled channels, and of single lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation import lines, reading, report, score
from evaluation.score import Score

HERE = Path(__file__).parent
HALVES = ("tuned", "unseen")
GROUPS = (*HALVES, "further", "recent", "strangers")
"""The further channels are unseen, too, and so is a half of the recent ones; the rest of these and those of strangers were until their
figures had been taken."""


def main(argv: Sequence[str]) -> int:
    """The exit code: 0 when every figure is at least its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--half", choices=GROUPS, help="one group of channels only")
    parser.add_argument(
        "--channel", metavar="NAME", help="one channel, with the messages behind the figures (tuned half only)"
    )
    parser.add_argument("--figures", action="store_true", help="print the figures only, and compare nothing")
    options = parser.parse_args(argv)
    if options.channel:
        print(report.behind(reading.read(HERE / "tuned" / f"{options.channel}.txt")))
        return 0
    low = []
    for group in GROUPS if options.half is None else (options.half,):
        low += report.below(group, _figures(group))
    for each in () if options.figures else low:
        print(each, file=sys.stderr)
    return 1 if low and not options.figures else 0


def _figures(group: str) -> Score:
    channels = reading.folder(HERE / group)
    figures = score.total(channels)
    print(report.table(f"{group} ({len(channels)} channels)", figures))
    if group not in HALVES:
        return figures
    single = lines.score(HERE / "lines" / f"{group}.txt")
    print(report.table(f"{group}, single lines", single))
    return figures + single


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
