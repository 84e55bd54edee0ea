"""The command line. What a command does not need is not loaded for it: the harvest of an export starts without Slack and database."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from bot.config_error import ConfigError
from cli import table


def build(*arguments: Any, **options: Any) -> Any:
    """The bot, put together by `cli.wiring`."""
    from cli import wiring

    return wiring.build(*arguments, **options)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command of the table; the exit code is 0, 1 for a finding of `doctor`, 2 for a mistake in what was asked."""
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # what NumPy reckons here is small, and others want the processors
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return table.run(arguments, build, sys.stdout, sys.stderr)
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
