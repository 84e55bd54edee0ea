"""The command line: start a local Slack, print where it is in one line of JSON, serve until told to stop."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import signal
import sys
from pathlib import Path

from sandbox.server import Options, Server, serve_until
from sandbox.spec import places
from sandbox.world.workspace import Rules


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--workspace", type=Path, help="a YAML file with people, channels and history")
    parser.add_argument("--export", type=Path, help="a Slack export, folder or zip, instead of a workspace file")
    parser.add_argument("--manifest", type=Path, help="the Slack manifest of the app under test")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--traffic", type=Path, help="append every Web API call to this file, a JSON object a line")
    parser.add_argument("--deliver", metavar="URL", help="signed HTTP to this address instead of Socket Mode")
    parser.add_argument("--profile", choices=("internal", "non-marketplace"), default="internal")
    parser.add_argument("--clock", choices=("real", "manual"), default="real")
    parser.add_argument("--rate-limits", choices=("on", "off"), default="on")
    parser.add_argument("--short-pages", action="store_true", help="pages of history are sometimes shorter than asked")
    parser.add_argument("--strict", action="store_true", help="end with status 1 when there were violations")
    return parser


def options(argv: list[str] | None = None) -> Options:
    """The options of a command line."""
    given = _parser().parse_args(argv)
    limited = given.rate_limits == "on"
    rules = Rules(given.profile, limited, strict=given.strict, short_pages=given.short_pages)
    return Options(
        workspace=given.workspace,
        manifest=given.manifest,
        export=given.export,
        traffic=given.traffic,
        host=given.host,
        port=given.port,
        deliver=given.deliver,
        clock=given.clock,
        rules=rules,
    )


def _tell_skipped(skipped: list[str]) -> None:
    for what in skipped:
        sys.stderr.write(f"sandbox: skipped: {what}\n")
    if skipped:
        sys.stderr.write(f"sandbox: {len(skipped)} skipped in all\n")


async def _run(chosen: Options) -> int:
    server = Server(chosen)
    _tell_skipped(server.world.skipped)
    # What was loaded lives to the end; looking through it for garbage would hold up everything for half a second.
    gc.freeze()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    handles = await server.start()
    sys.stdout.write(json.dumps(handles) + "\n")
    sys.stdout.flush()
    await serve_until(server, stop)
    found = server.world.violations
    for row in found if chosen.rules.strict else []:
        sys.stderr.write(f"violation: {row['kind']}: {row['text']}\n")
    return 1 if found and chosen.rules.strict else 0


def main() -> int:
    """Exit status: 0 stopped, 1 stopped with violations under --strict, 2 something was wrong with the files or the port."""
    chosen = options()
    try:
        return asyncio.run(_run(chosen))
    except OSError as error:
        sys.stderr.write(f"sandbox: {places.of_file(error)}\n")
    except ValueError as error:
        sys.stderr.write(f"sandbox: {error}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
