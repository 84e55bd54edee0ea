"""`app.py migrate`: bring the database to the newest schema."""

from __future__ import annotations

import argparse
from typing import TextIO

from bot import config
from cli import database
from cli.table import Build
from storage import schema


def run(arguments: list[str], build: Build, out: TextIO, err: TextIO) -> int:
    """Upgrade; a second time does nothing."""
    parser = argparse.ArgumentParser(prog="app.py migrate", description="Bring the database to the newest schema.")
    parser.parse_args(arguments)
    url = config.database_url()
    engine = database.open_engine(url)
    try:
        with database.named_trouble():
            before = schema.current(engine)
            schema.upgrade(engine)
    finally:
        engine.dispose()
    after = schema.head()
    said = "has the newest schema already" if before == after else f"brought from {before or 'empty'} to {after}"
    out.write(f"{database.shown(url)}: {said}.\n")
    return 0
